//! A file of leaked passwords in the form in which “Have I Been Pwned” gives them out: a line for each with
//! the SHA-1 in forty hex digits, a colon, and how often it was seen, sorted by hash. It may be of any size:
//! nothing of it is kept in memory.

use std::{
    fs,
    io::{self, BufRead, BufReader, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::hex;

/// Digits of a SHA-1.
const DIGITS: usize = 40;

/// Most bytes of a line; whatever holds longer ones is no such file.
const LONGEST: u64 = 80;

/// Why a file cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum BadFile {
    /// It cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is nothing in it, as after a download that failed.
    #[error("{} is empty; a SHA-1 stands on each line of a list of leaked passwords", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// It is of another form.
    #[error(
        "{}, byte {at}: “{found}” is no line of a list of leaked passwords; each is a SHA-1 in {DIGITS} \
         hex digits, a colon and a count, and they are sorted by hash",
        path.display()
    )]
    Form {
        /// Which.
        path: PathBuf,
        /// Where the line begins.
        at: u64,
        /// What stands there.
        found: String,
    },
}

/// A file of leaked passwords.
#[derive(Debug, Clone)]
pub struct File {
    path: PathBuf,
}

/// A line and where it lies.
struct Line {
    begins: u64,
    ends: u64,
    text: String,
}

impl Line {
    /// Its hash, in upper case as such files are written.
    fn hash(&self) -> Option<String> {
        let hash = self.text.split(':').next()?.trim_end();
        let whole = hash.len() == DIGITS && hash.bytes().all(|b| b.is_ascii_hexdigit());
        whole.then(|| hash.to_ascii_uppercase())
    }
}

impl File {
    /// Takes a file, when its beginning, its middle and its end look like such a list.
    ///
    /// # Errors
    /// [`BadFile`].
    pub fn open(path: &Path) -> Result<Self, BadFile> {
        let file = Self {
            path: path.to_owned(),
        };
        let unreadable = |error| BadFile::Unreadable {
            path: file.path.clone(),
            error,
        };
        let mut open = Open::of(&file.path).map_err(unreadable)?;
        if open.length == 0 {
            return Err(BadFile::Empty { path: file.path });
        }
        let middle = open.length / 2;
        let last = open.length.saturating_sub(LONGEST);
        let mut before = String::new();
        for from in [0, middle, last] {
            let Some(line) = open.line_from(from).map_err(unreadable)? else {
                continue;
            };
            match line.hash() {
                Some(hash) if hash >= before => before = hash,
                _ => {
                    return Err(BadFile::Form {
                        path: file.path.clone(),
                        at: line.begins,
                        found: line.text.chars().take(DIGITS).collect(),
                    });
                }
            }
        }
        Ok(file)
    }

    /// Whether a password is in it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(in crate::accounts) async fn holds(&self, password: &str) -> io::Result<bool> {
        let hash = hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref());
        let (path, hash) = (self.path.clone(), hash.to_ascii_uppercase());
        let task = tokio::task::spawn_blocking(move || Open::of(&path)?.holds(&hash));
        task.await.map_err(io::Error::other)?
    }
}

/// The file while it is read.
struct Open {
    file: BufReader<fs::File>,
    length: u64,
}

impl Open {
    fn of(path: &Path) -> io::Result<Self> {
        let file = fs::File::open(path)?;
        let length = file.metadata()?.len();
        // A line is half a hundred bytes, and a search reads some thirty of them, far apart.
        let file = BufReader::with_capacity(256, file);
        Ok(Self { file, length })
    }

    /// The first line that begins at this byte or later.
    fn line_from(&mut self, from: u64) -> io::Result<Option<Line>> {
        let mut begins = from;
        if from > 0 {
            // From the byte before, so that a line which begins right here is not skipped.
            self.file.seek(SeekFrom::Start(from - 1))?;
            begins = from - 1 + u64::try_from(self.read()?.len()).unwrap_or(LONGEST);
        } else {
            self.file.seek(SeekFrom::Start(0))?;
        }
        let bytes = self.read()?;
        let ends = begins + u64::try_from(bytes.len()).unwrap_or(LONGEST);
        let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        Ok((!bytes.is_empty()).then_some(Line { begins, ends, text }))
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut limited = io::Read::take(&mut self.file, LONGEST);
        limited.read_until(b'\n', &mut bytes)?;
        Ok(bytes)
    }

    /// Searches by halves: the line, if there is one, begins in `from..to`.
    fn holds(&mut self, hash: &str) -> io::Result<bool> {
        let (mut from, mut to) = (0, self.length);
        while from < to {
            let middle = from.midpoint(to);
            let line = self.line_from(middle)?;
            match line.filter(|line| line.begins < to) {
                None => to = middle,
                Some(line) => match line.hash() {
                    Some(found) if found == hash => return Ok(true),
                    Some(found) if *found < *hash => from = line.ends,
                    Some(_) => to = middle,
                    None => return Err(io::Error::other("a line of another form")),
                },
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests;
