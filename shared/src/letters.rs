//! Small and capital letters of the Latin, Greek and Cyrillic scripts, for sorting, searching and
//! ids. The standard library knows every script of the world; its tables would be a thirtieth of all
//! that a browser loads.

/// The small letter of a capital; any other character as it is.
///
/// ```
/// use startklar::letters::small;
/// assert_eq!((small('Ä'), small('Σ'), small('Ж'), small('7')), ('ä', 'σ', 'ж', '7'));
/// ```
pub fn small(c: char) -> char {
    let further = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Έ'..='Ί' => 37,
        'Ύ' | 'Ώ' => 63,
        'Ό' => 64,
        'Ά' => 38,
        'Ā'..='Į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' | 'Ȁ'..='ȟ' => u32::from(u32::from(c) % 2 == 0),
        'Ĺ'..='ň' | 'Ź'..='ž' => u32::from(u32::from(c) % 2 == 1),
        'İ' => return 'i',
        'Ÿ' => return 'ÿ',
        'ẞ' => return 'ß',
        _ => 0,
    };
    char::from_u32(u32::from(c) + further).unwrap_or(c)
}

/// The capital of a small letter; any other character as it is, `ß` too.
///
/// ```
/// use startklar::letters::capital;
/// assert_eq!((capital('ä'), capital('š'), capital('ß')), ('Ä', 'Š', 'ß'));
/// ```
pub fn capital(c: char) -> char {
    let before = |distance| char::from_u32(u32::from(c).checked_sub(distance)?);
    [32, 1, 80, 37, 63, 64, 38]
        .into_iter()
        .filter_map(before)
        .find(|capital| *capital != c && small(*capital) == c)
        .unwrap_or(c)
}

/// A text in small letters.
///
/// ```
/// assert_eq!(startklar::letters::lower("Prüfung FÄLLIG"), "prüfung fällig");
/// ```
pub fn lower(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters that this knows.
    fn known() -> impl Iterator<Item = char> {
        ('\0'..='\u{17f}')
            .chain('\u{200}'..='\u{21f}')
            .chain('\u{386}'..='\u{3ce}')
            .chain('\u{400}'..='\u{45f}')
    }

    #[test]
    fn small_letters_are_those_of_the_standard() {
        for c in known().filter(|c| *c != 'İ') {
            assert_eq!(
                c.to_lowercase().collect::<String>(),
                small(c).to_string(),
                "{c}"
            );
        }
    }

    #[test]
    fn capitals_are_those_of_the_standard() {
        // Letters whose capital is two letters, or lies in another script.
        let odd = ['ß', 'ŉ', 'ΐ', 'ΰ', 'ς', 'µ', 'ı', 'ſ', 'ÿ'];
        for c in known().filter(|c| !odd.contains(c)) {
            assert_eq!(
                c.to_uppercase().collect::<String>(),
                capital(c).to_string(),
                "{c}"
            );
        }
    }
}
