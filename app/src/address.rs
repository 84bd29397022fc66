//! Addresses of a launch's pages: made here for links, read here by the server, so that the two
//! cannot drift. Every view and every filter has one.

use std::fmt::Write as _;

use startklar::{
    Discipline, EpicId, ItemId, Launch, NoticeId, RequestId, StoryId, engine::Subject, model::File,
};

use crate::boot::Filter;

/// An item's page, within its launch.
pub fn item(id: &ItemId) -> String {
    format!("/items/{id}")
}

/// Where an item's files go, within its launch.
#[cfg(feature = "ssr")]
pub fn files(id: &ItemId) -> String {
    format!("{}/files", item(id))
}

/// Where a file of an item is given out, within its launch.
pub fn file(id: &ItemId, file: &File) -> String {
    format!("{}/files/{}", item(id), file.sha256)
}

/// Where following an item begins and ends, within its launch.
#[cfg(feature = "ssr")]
pub fn follow(id: &ItemId) -> String {
    format!("{}/follow", item(id))
}

/// A story's page, within its launch.
pub fn story(id: &StoryId) -> String {
    format!("/stories/{id}")
}

/// An epic's page, within its launch.
pub fn epic(id: &EpicId) -> String {
    format!("/epics/{id}")
}

/// Where a request stands, within its launch.
pub fn request(id: &RequestId) -> String {
    format!("/requests#request-{id}")
}

/// Where a change notice stands, within its launch.
pub fn notice(id: &NoticeId) -> String {
    format!("/notices#notice-{id}")
}

/// The page about a subject, within its launch.
pub fn subject(launch: &Launch, subject: Subject) -> String {
    let found = match subject {
        Subject::Launch => Some(String::new()),
        Subject::Discipline(discipline) => {
            Some(format!("/checklists?discipline={}", discipline.code()))
        }
        Subject::Epic(ix) => launch.epics.at(ix).map(|e| epic(&e.id)),
        Subject::Story(ix) => launch.stories.at(ix).map(|s| story(&s.id)),
        Subject::Item(ix) => launch.items.at(ix).map(|i| item(&i.id)),
        Subject::Request(ix) => launch.requests.at(ix).map(|r| request(&r.id)),
        Subject::Notice(ix) => launch.notice_at(ix).map(|n| notice(&n.notice.id)),
    };
    found.unwrap_or_default()
}

/// The same page as it stood at the end of a day.
#[cfg(feature = "ssr")]
pub(crate) fn at(href: &str, day: chrono::NaiveDate) -> String {
    let (path, hash) = href.find('#').map_or((href, ""), |at| href.split_at(at));
    let more = if path.contains('?') { "&" } else { "?" };
    format!("{path}{more}at={day}{hash}")
}

/// The id of the launch to which a page's address belongs; empty when to none.
pub(crate) fn launch(path: &str) -> &str {
    let within = path.strip_prefix("/l/").unwrap_or_default();
    within.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The address of the page on which one says who one is, and from which one comes back here.
pub(crate) fn who(path: &str) -> String {
    format!("/who?back={}", encode(path))
}

impl Filter {
    /// The filter that the query of an address names; what it does not know it passes over.
    ///
    /// ```
    /// use startklar_app::boot::Filter;
    /// let filter = Filter::from_query("discipline=sales&open=1&q=price+list");
    /// assert_eq!(filter.words, "price list");
    /// assert_eq!(filter.query(), "?discipline=sales&open=1&q=price+list");
    /// ```
    pub fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs(query) {
            let on = value == "1";
            match name.as_str() {
                "discipline" => filter.disciplines.extend(
                    Discipline::from_code(&value).filter(|d| !filter.disciplines.contains(d)),
                ),
                "mine" => filter.mine = on,
                "open" => filter.open = on,
                "late" => filter.late = on,
                "waived" => filter.waived = on,
                "q" => value.trim().clone_into(&mut filter.words),
                _ => {}
            }
        }
        filter
    }

    /// The query of an address that names this filter, with its question mark; empty for all.
    pub fn query(&self) -> String {
        let mut query = String::new();
        let mut add = |name: &str, value: &str| {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(name);
            query.push('=');
            query.push_str(&encode(value));
        };
        for discipline in &self.disciplines {
            add("discipline", discipline.code());
        }
        for (name, on) in [
            ("mine", self.mine),
            ("open", self.open),
            ("late", self.late),
            ("waived", self.waived),
        ] {
            if on {
                add(name, "1");
            }
        }
        if !self.words.is_empty() {
            add("q", &self.words);
        }
        query
    }
}

/// The names and values of a query, decoded.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> + '_ {
    query
        .trim_start_matches('?')
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(value))
        })
}

/// The value of a field in the query of an address.
pub fn field(path: &str, name: &str) -> Option<String> {
    let query = path.split('#').next()?.split_once('?')?.1;
    pairs(query)
        .find(|(n, _)| n == name)
        .map(|(_, value)| value)
}

/// A text as a value within a query.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let hex = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
                let ahead = bytes.clone().next();
                let after = bytes.clone().nth(1);
                if let (Some(high), Some(low)) = (hex(ahead), hex(after)) {
                    bytes.nth(1);
                    out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                } else {
                    out.push(byte);
                }
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_survives_the_query() {
        for text in ["", "a b&c=d", "50 % über", "💥?#+", "%zz", "%4"] {
            let query = format!("q={}", encode(text));
            assert_eq!(
                pairs(&query).next(),
                Some(("q".to_owned(), text.to_owned())),
                "{query}"
            );
        }
    }

    #[test]
    fn a_filter_is_its_query_and_back() {
        let filter = Filter {
            disciplines: vec![Discipline::Sales, Discipline::Marketing],
            mine: true,
            late: true,
            words: "Preis & Paket".to_owned(),
            ..Filter::default()
        };
        assert_eq!(Filter::from_query(&filter.query()), filter);
        assert_eq!(Filter::default().query(), "");
    }

    #[test]
    fn unknown_and_doubled_fields_are_passed_over() {
        let filter = Filter::from_query("?discipline=sales&discipline=sales&discipline=x&open=0&z");
        assert_eq!(
            filter,
            Filter {
                disciplines: vec![Discipline::Sales],
                ..Filter::default()
            }
        );
    }

    #[test]
    fn the_way_back_survives_the_question_who_asks() {
        let path = "/l/m/checklists?q=price+list%20&open=1";
        assert_eq!(field(&who(path), "back").as_deref(), Some(path));
    }

    #[test]
    fn a_page_of_a_launch_names_it() {
        for path in ["/l/m", "/l/m?at=2026-01-01", "/l/m/items/a"] {
            assert_eq!(launch(path), "m");
        }
        assert_eq!(launch("/week"), "");
    }

    #[test]
    fn a_field_is_read_from_a_path() {
        assert_eq!(
            field("/l/x/checklists?row=offer&open=1#i", "row").as_deref(),
            Some("offer")
        );
        assert_eq!(field("/l/x/checklists", "row"), None);
    }
}
