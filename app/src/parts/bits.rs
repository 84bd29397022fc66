//! A line of text with links in it: what people wrote stays text, and becomes a link only where it
//! is an address of the web.

use leptos::prelude::*;
use startklar::texts::fill;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bit {
    /// Words.
    Text(String),
    /// A page of this product.
    Link {
        /// The words.
        text: String,
        /// The address.
        href: String,
    },
    /// An address that somebody wrote.
    Away {
        /// The words.
        text: String,
        /// The address, `http` or `https`.
        href: String,
    },
}

impl Bit {
    /// Words.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A page of this product.
    pub(crate) fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link {
            text: text.into(),
            href: href.into(),
        }
    }
}

/// Longest address that is shown whole.
const SHOWN: usize = 56;

/// What somebody wrote, its web addresses as links. No other scheme ever becomes one.
pub(crate) fn written(text: &str) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut words = String::new();
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let bare = word.trim_end_matches(['.', ',', ';', ')', '!', '?']);
        if is_address(bare) {
            if !words.is_empty() {
                bits.push(Bit::Text(std::mem::take(&mut words)));
            }
            bits.push(Bit::Away {
                text: shown(bare),
                href: bare.to_owned(),
            });
            words.push_str(part.get(bare.len()..).unwrap_or_default());
        } else {
            words.push_str(part);
        }
    }
    if !words.is_empty() {
        bits.push(Bit::Text(words));
    }
    bits
}

fn is_address(word: &str) -> bool {
    let scheme = ["https://", "http://"].into_iter().find(|s| {
        word.get(..s.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(s))
    });
    scheme.is_some_and(|s| word.len() > s.len())
}

/// An address without its scheme, cut to a readable length.
fn shown(address: &str) -> String {
    let bare = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest)
        .trim_end_matches('/');
    if bare.chars().count() <= SHOWN {
        return bare.to_owned();
    }
    let cut: String = bare.chars().take(SHOWN - 1).collect();
    format!("{cut}…")
}

/// A template of the catalogue with pieces in its gaps. A stop that follows a gap is left out
/// when what fills it ends with one.
pub(crate) fn weave(template: &str, gaps: &[(&str, Vec<Bit>)]) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut rest = template;
    while let Some((before, name, after)) = next_gap(rest) {
        push_text(&mut bits, before);
        match gaps.iter().find(|(gap, _)| *gap == name) {
            Some((_, filling)) => bits.extend(filling.iter().cloned()),
            None => push_text(&mut bits, &format!("{{{name}}}")),
        }
        rest = match (bits.last(), after.strip_prefix('.')) {
            (Some(Bit::Text(text)), Some(behind)) if text.ends_with(['.', '?', '!']) => behind,
            _ => after,
        };
    }
    push_text(&mut bits, rest);
    bits
}

fn next_gap(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

fn push_text(bits: &mut Vec<Bit>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Bit::Text(last)) = bits.last_mut() {
        last.push_str(text);
    } else {
        bits.push(Bit::text(text));
    }
}

/// A template with words in its gaps, as pieces.
pub(crate) fn words(template: &str, gaps: &[(&str, &str)]) -> Vec<Bit> {
    let gaps: Vec<_> = gaps
        .iter()
        .map(|(name, text)| (*name, vec![Bit::text(*text)]))
        .collect();
    weave(template, &gaps)
}

/// A list of links: “a, b and c”.
pub(crate) fn list(links: Vec<Bit>, and: &str) -> Vec<Bit> {
    let last = links.len().saturating_sub(1);
    let mut bits = Vec::new();
    for (place, link) in links.into_iter().enumerate() {
        if place > 0 {
            let between = if place == last {
                fill(" {and} ", &[("and", &and)])
            } else {
                ", ".into()
            };
            bits.push(Bit::Text(between));
        }
        bits.push(link);
    }
    bits
}

/// The words alone.
#[cfg(test)]
pub(crate) fn plain(bits: &[Bit]) -> String {
    bits.iter()
        .map(|bit| match bit {
            Bit::Text(text) | Bit::Link { text, .. } | Bit::Away { text, .. } => text.as_str(),
        })
        .collect()
}

/// Pieces as HTML. What leads away tells the other side nothing and hands it nothing.
pub(crate) fn show(bits: Vec<Bit>) -> impl IntoView {
    bits.into_iter()
        .map(|bit| match bit {
            Bit::Text(text) => text.into_any(),
            Bit::Link { text, href } => view! { <a href=href>{text}</a> }.into_any(),
            Bit::Away { text, href } => view! {
                <a class="away-link" href=href rel="noopener nofollow">
                    {text}
                </a>
            }
            .into_any(),
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hrefs(bits: &[Bit]) -> Vec<&str> {
        bits.iter()
            .filter_map(|b| match b {
                Bit::Away { href, .. } => Some(href.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn only_web_addresses_become_links() {
        let text = "see https://wiki.example/a/b, HTTP://x.example and javascript:alert(1)";
        let bits = written(text);
        assert_eq!(
            hrefs(&bits),
            ["https://wiki.example/a/b", "HTTP://x.example"]
        );
        assert_eq!(
            plain(&bits),
            "see wiki.example/a/b, x.example and javascript:alert(1)"
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "ftp://x",
            "//x.example",
        ] {
            assert!(hrefs(&written(bad)).is_empty(), "{bad}");
        }
    }

    #[test]
    fn a_long_address_is_cut_and_still_leads_there() {
        let long = format!("https://x.example/{}", "a".repeat(90));
        let bits = written(&long);
        assert_eq!(hrefs(&bits), [long.as_str()]);
        assert!(plain(&bits).ends_with('…'));
    }

    #[test]
    fn pieces_stand_in_the_gaps() {
        let bits = weave(
            "Needs {items} first.",
            &[("items", vec![Bit::link("A", "/a")])],
        );
        assert_eq!(
            bits,
            [
                Bit::text("Needs "),
                Bit::link("A", "/a"),
                Bit::text(" first.")
            ]
        );
        assert_eq!(
            plain(&words("Am {day}.", &[("day", "7. Apr.")])),
            "Am 7. Apr."
        );
        assert_eq!(plain(&words("{a} {b}", &[("a", "1")])), "1 {b}");
    }

    #[test]
    fn a_list_has_one_and() {
        let links = ["A", "B", "C"].map(|t| Bit::link(t, "/")).to_vec();
        assert_eq!(plain(&list(links, "and")), "A, B and C");
        assert!(list(Vec::new(), "and").is_empty());
    }
}
