//! As much of the ZIP format as it takes to see what is in an archive: names, never contents. Every
//! number in it may lie, so each is only ever used to look whether something is there.

/// A directory ends with so many bytes and a comment.
const END: usize = 22;

/// An entry of the directory has so many bytes before its name.
const ENTRY: usize = 46;

/// A part begins with so many bytes before its name.
const PART: usize = 30;

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?).into())
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

/// The names of the parts, as the directory lists them; `None` when there is no whole directory.
pub(super) fn names(content: &[u8]) -> Option<Vec<&[u8]>> {
    let end = end(content)?;
    let (count, mut at) = (short(end, 10)?, long(end, 16)?);
    let mut names = Vec::new();
    for _ in 0..count {
        let entry = content.get(at..)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return None;
        }
        let length = short(entry, 28)?;
        names.push(entry.get(ENTRY..ENTRY + length)?);
        at = at.checked_add(ENTRY + length + short(entry, 30)? + short(entry, 32)?)?;
    }
    Some(names)
}

/// The end of the directory: the last of its kind whose comment reaches to the end of the archive.
fn end(content: &[u8]) -> Option<&[u8]> {
    let last = content.len().checked_sub(END)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let fits = |at: &usize| {
        let end = content.get(*at..).unwrap_or_default();
        end.starts_with(b"PK\x05\x06") && short(end, 20) == Some(last - at)
    };
    let at = (first..=last).rev().find(fits)?;
    content.get(at..)
}

/// What is in the first part, if that has this name and is not packed.
pub(super) fn first<'a>(content: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (packing, size, length) = (short(content, 8)?, long(content, 18)?, short(content, 26)?);
    let at = PART + length;
    let fits = packing == 0 && content.get(PART..at)? == name;
    let at = at + short(content, 28)?;
    content.get(at..at.checked_add(size)?).filter(|_| fits)
}
