//! Templates with named gaps, and plurals.

use std::fmt::Display;

use super::Locale;

/// A text in the form for one and the form for all other numbers; `{n}` is the number.
#[derive(Debug, Clone, Copy)]
pub struct Plural {
    /// For exactly one.
    pub one: &'static str,
    /// For none and for many.
    pub other: &'static str,
}

/// The right form for a number, with the number in it.
///
/// ```
/// use startklar::texts::{Plural, count};
/// let items = Plural { one: "{n} item", other: "{n} items" };
/// assert_eq!(count(&items, 1), "1 item");
/// assert_eq!(count(&items, 0), "0 items");
/// ```
pub fn count(plural: &Plural, n: usize) -> String {
    fill(if n == 1 { plural.one } else { plural.other }, &[("n", &n)])
}

/// A number with its thousands apart.
///
/// ```
/// use startklar::{Locale, texts::number};
/// assert_eq!(number(Locale::En, 7), "7");
/// assert_eq!(number(Locale::En, 1_047), "1,047");
/// assert_eq!(number(Locale::De, 1_234_567), "1.234.567");
/// ```
pub fn number(locale: Locale, n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(locale.catalogue().cockpit.thousands);
        }
        out.push(digit);
    }
    out
}

/// Fills the gaps of a template. A gap without a value stays as it is written, so that a mistake
/// is seen and nothing is lost. Where a value ends in a full stop, as German months do, it ends the sentence too.
///
/// ```
/// use startklar::texts::fill;
/// assert_eq!(fill("{a} of {b}", &[("a", &3), ("b", &5)]), "3 of 5");
/// assert_eq!(fill("Gilt ab {day}.", &[("day", &"Di 17. Nov.")]), "Gilt ab Di 17. Nov.");
/// ```
pub fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, gap) = rest.split_at(start);
        out.push_str(before);
        let end = gap
            .find('}')
            .map(|e| (e, gap.get(1..e).unwrap_or_default()));
        let known = |name| values.iter().find(|(n, _)| *n == name);
        if let Some((e, (_, value))) = end.and_then(|(e, name)| Some((e, known(name)?))) {
            // Writing to a string cannot fail.
            let _ = write!(out, "{value}");
            rest = gap.get(e + 1..).unwrap_or_default();
            if out.ends_with('.') {
                rest = rest.strip_prefix('.').unwrap_or(rest);
            }
        } else {
            out.push('{');
            rest = gap.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}
