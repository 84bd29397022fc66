//! A catalogue as lines, one for each text, so that a browser loads the one language that it shows.
//! Both sides are made from one list of fields: the order is theirs.

use super::{Catalogue, Plural};

/// What a catalogue is made of.
pub(super) trait Texts {
    /// Hands out each text in order.
    fn each(&self, out: &mut dyn FnMut(&'static str));

    /// The same from texts in that order.
    fn of(next: &mut dyn FnMut() -> &'static str) -> Self;
}

impl Texts for &'static str {
    fn each(&self, out: &mut dyn FnMut(&'static str)) {
        out(self);
    }

    fn of(next: &mut dyn FnMut() -> &'static str) -> Self {
        next()
    }
}

impl Texts for Plural {
    fn each(&self, out: &mut dyn FnMut(&'static str)) {
        out(self.one);
        out(self.other);
    }

    fn of(next: &mut dyn FnMut() -> &'static str) -> Self {
        Self {
            one: next(),
            other: next(),
        }
    }
}

impl<const N: usize> Texts for [&'static str; N] {
    fn each(&self, out: &mut dyn FnMut(&'static str)) {
        for text in self {
            out(text);
        }
    }

    fn of(next: &mut dyn FnMut() -> &'static str) -> Self {
        std::array::from_fn(|_| next())
    }
}

impl Catalogue {
    /// Every text on a line of its own.
    pub fn lines(&self) -> String {
        let mut lines = String::new();
        self.each(&mut |text| {
            lines.push_str(text);
            lines.push('\n');
        });
        lines
    }

    /// The catalogue that was written as these lines. None when they are too few or too many: then
    /// they are of another version.
    pub fn read(lines: &'static str) -> Option<Self> {
        let mut rest = lines.lines();
        let mut whole = true;
        let read = Self::of(&mut || {
            rest.next().unwrap_or_else(|| {
                whole = false;
                ""
            })
        });
        (whole && rest.next().is_none()).then_some(read)
    }
}

#[cfg(all(test, feature = "languages"))]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn a_catalogue_is_read_as_it_was_written() {
        for locale in Locale::ALL {
            let lines: &'static str = locale.catalogue().lines().leak();
            let read = Catalogue::read(lines).unwrap();
            assert_eq!(read.lines(), lines);
            assert_eq!(read.ui.undo, locale.catalogue().ui.undo);
            assert_eq!(read.non_technical, locale.catalogue().non_technical);
        }
    }

    #[test]
    fn no_text_is_empty_or_has_a_line_break() {
        for locale in Locale::ALL {
            locale.catalogue().each(&mut |text| {
                let one_line = !text.is_empty() && !text.contains(['\n', '\r']);
                assert!(one_line, "{}: {text:?}", locale.tag());
            });
        }
    }

    #[test]
    fn lines_of_another_version_are_refused() {
        let lines: &'static str = Locale::En.catalogue().lines().leak();
        let more: &'static str = format!("{lines}one more\n").leak();
        assert!(Catalogue::read(more).is_none());
        let less = lines.trim_end().rsplit_once('\n').unwrap().0;
        assert!(Catalogue::read(less).is_none());
    }
}
