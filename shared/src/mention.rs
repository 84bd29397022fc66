//! Mentions: `@handle` in what people say to each other. In the journal stands the id instead, so that
//! a person can be forgotten while the journal stays whole.
//!
//! Said are the text of a request, its answer and the remarks on it, the evidence of a tick, and why
//! somebody asks for a waiver or “not applicable”. What only describes (notes, titles) tells nobody
//! anything, since it is copied from launch to launch.

use std::borrow::Cow;

use crate::{id::PersonId, model::People, text::Note};

/// Characters of an id as it is written.
const ID: usize = 36;

/// A piece of what was said.
enum Piece<'a> {
    Words(&'a str),
    Person(PersonId, &'a str),
}

/// What somebody typed, with the id in place of each handle that somebody has. Other words behind an
/// `@`, and addresses of mail, stay what they are; so does a text with so many that it would no longer
/// fit, since an id may be longer than a handle.
///
/// ```
/// use startklar::{People, PersonId, mention, model::Person, text::Note};
/// let mut people = People::default();
/// people.put(Person { id: PersonId::from_number(7), key: "lena".into(), name: "Lena Novak".parse()? });
/// let typed: Note = "@lena, see @metakube or ask lena@example.com".parse()?;
/// let kept = mention::keep(&typed, &people);
/// assert_eq!(mention::shown(kept.as_str(), &people, "somebody"), "@Lena Novak, see @metakube or ask lena@example.com");
/// assert_eq!(mention::typed(kept.as_str(), &people), typed.as_str());
/// assert_eq!(mention::shown(kept.as_str(), &People::default(), "somebody"), "@somebody, see @metakube or ask lena@example.com");
/// # Ok::<(), startklar::text::BadText>(())
/// ```
pub fn keep(typed: &Note, people: &People) -> Note {
    let text = typed.as_str();
    let (mut kept, mut from) = (String::new(), 0);
    for at in begins(text) {
        let behind = text.get(at + 1..).unwrap_or_default();
        let handle = handle(behind);
        if id_at(behind).is_none()
            && let Some(person) = people.by_key(&handle.to_ascii_lowercase())
        {
            kept.push_str(text.get(from..=at).unwrap_or_default());
            kept.push_str(&person.id.to_string());
            from = at + 1 + handle.len();
        }
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept.parse().unwrap_or_else(|_| typed.clone())
}

/// What was said, with names in place of ids; `unknown` for whoever was erased.
pub fn shown<'a>(said: &'a str, people: &People, unknown: &str) -> Cow<'a, str> {
    written(said, |id, _| people.name(id).unwrap_or(unknown).to_owned())
}

/// What was said, with handles in place of ids, as it is typed. Of whoever was erased the id stays.
pub fn typed<'a>(said: &'a str, people: &People) -> Cow<'a, str> {
    written(said, |id, text| {
        people.get(id).map_or(text, |person| &person.key).to_owned()
    })
}

/// Who is mentioned, in the order of the words.
pub fn of(said: &str) -> impl Iterator<Item = PersonId> {
    pieces(said).into_iter().filter_map(|piece| match piece {
        Piece::Person(id, _) => Some(id),
        Piece::Words(_) => None,
    })
}

/// The beginning of what was said, at most so many characters, which ends before a mention rather than
/// within one.
pub(crate) fn cut(said: &str, most: usize) -> &str {
    let end = said
        .char_indices()
        .nth(most)
        .map_or(said.len(), |(at, _)| at);
    let cut = said.get(..end).unwrap_or(said);
    match cut.rfind('@') {
        Some(at)
            if at + 1 + ID > end && id_at(said.get(at + 1..).unwrap_or_default()).is_some() =>
        {
            said.get(..at).unwrap_or_default()
        }
        _ => cut,
    }
}

fn written(said: &str, name: impl Fn(PersonId, &str) -> String) -> Cow<'_, str> {
    if of(said).next().is_none() {
        return said.into();
    }
    let all = pieces(said).into_iter().map(|piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Person(id, text) => format!("@{}", name(id, text)),
    });
    all.collect::<String>().into()
}

fn pieces(said: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    let words = |from: usize, to: usize| {
        let words = said.get(from..to).filter(|words| !words.is_empty());
        words.map(Piece::Words)
    };
    for at in begins(said) {
        if let Some((id, text)) = said.get(at + 1..).and_then(id_at) {
            pieces.extend(words(from, at));
            pieces.push(Piece::Person(id, text));
            from = at + 1 + text.len();
        }
    }
    pieces.extend(words(from, said.len()));
    pieces
}

/// Where an `@` begins a word that is no part of an address, neither of mail nor of the web.
fn begins(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('@').filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let word = before.rsplit(char::is_whitespace).next()?;
        let inside = word.ends_with(is_of_a_word) || word.contains("://");
        (!inside).then_some(at)
    })
}

/// Whether an `@` behind it belongs to an address of mail.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
}

/// The handle that a text begins with, if somebody had it: a stop behind it ends the sentence.
fn handle(text: &str) -> &str {
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = text.find(|c| !goes_on(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end_matches('.')
}

fn id_at(text: &str) -> Option<(PersonId, &str)> {
    let id = text.get(..ID)?;
    let ends = |c: char| !c.is_alphanumeric() && c != '-';
    let alone = text.get(ID..)?.chars().next().is_none_or(ends);
    let hyphens = id.bytes().filter(|b| *b == b'-').count() == 4;
    (alone && hyphens)
        .then(|| id.parse().ok())
        .flatten()
        .map(|person| (person, id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Person;

    fn people() -> People {
        let named = [(1, "lena"), (2, "lena-novak"), (3, "nils")];
        let named = named.map(|(number, key)| Person {
            id: PersonId::from_number(number),
            key: key.to_owned(),
            name: format!("The {key}").parse().unwrap(),
        });
        Vec::from(named).into()
    }

    fn kept(typed: &str) -> String {
        let typed: Note = typed.parse().unwrap();
        keep(&typed, &people()).into()
    }

    fn named(typed: &str) -> String {
        shown(&kept(typed), &people(), "somebody").into_owned()
    }

    #[test]
    fn the_longest_handle_counts_and_nothing_within_a_word() {
        assert_eq!(named("@lena-novak: look"), "@The lena-novak: look");
        assert_eq!(named("(@lena)"), "(@The lena)");
        assert_eq!(named("@LENA!"), "@The lena!");
        assert_eq!(named("Thanks @nils."), "Thanks @The nils.");
        for other in [
            "mail@lena",
            "a.b@lena",
            "@@",
            "@",
            "@lena-n",
            "@lena-",
            "@lenaä",
            "@ lena",
            "x_@nils",
            "https://example.org/@lena/launch",
            "see HTTP://example.org/@nobody/@nils",
        ] {
            assert_eq!(named(other), other);
        }
        assert_eq!(named("ä@lena @ü @nils"), "ä@lena @ü @The nils");
    }

    #[test]
    fn everybody_is_found_once_for_each_time() {
        let all: Vec<_> = of(&kept("@lena@nils and @nils")).collect();
        assert_eq!(all, [1, 3].map(PersonId::from_number));
        assert_eq!(of("nobody @ all").count(), 0);
    }

    #[test]
    fn what_is_kept_is_kept_again_and_typed_as_before() {
        for text in ["@nils, @lena and @nobody", "x @lena", "@lena"] {
            let once = kept(text);
            assert_eq!(kept(&once), once);
            assert_eq!(typed(&once, &people()), text);
        }
    }

    #[test]
    fn an_id_that_goes_on_is_none() {
        let id = PersonId::from_number(1);
        for text in [
            format!("@{id}a"),
            format!("@{id}-"),
            format!("@{}", id.0.simple()),
        ] {
            assert_eq!(of(&text).count(), 0, "{text}");
        }
        assert_eq!(of(&format!("@{id}, @{id}")).count(), 2);
    }

    #[test]
    fn a_cut_leaves_a_mention_out_rather_than_in_two() {
        let said = kept("Ask @nils now");
        assert_eq!(cut(&said, 20), "Ask ");
        assert_eq!(cut(&said, 41), said.get(..41).unwrap());
        assert_eq!(cut(&said, 100), said);
        assert_eq!(cut("Ask @nobody", 7), "Ask @no");
    }

    #[test]
    fn what_no_longer_fits_stays_what_was_typed() {
        let long: Note = "@lena ".repeat(600).parse().unwrap();
        assert_eq!(keep(&long, &people()), long);
    }
}
