//! What a form led to, carried over the redirect in a cookie that is read once; and where it leads.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use startklar_app::{address, boot::Notice};

use super::cookies;

const NAME: &str = "notice";

/// Stands between the words of a notice and what was written into the form. Where somebody writes it, a
/// part of the words counts as written.
const WRITTEN: char = '\u{1e}';

/// Seconds that a notice waits for its page.
const AGE: u32 = 60;

/// Longest notice, in bytes when encoded: it must fit into a cookie.
const LONGEST: usize = 3_000;

/// What the script says by that asks for a page anew, see `app/browser/renew.js`.
const RENEWS: &str = "startklar-renews";

/// The notice of a request. Whoever asks for a page anew shows none: the notice waits for the page that
/// somebody goes to.
pub(super) fn take(headers: &HeaderMap) -> Option<Notice> {
    if headers.contains_key(RENEWS) {
        return None;
    }
    let value = cookies::get(headers, NAME)?;
    let (kind, text) = value.split_once(':')?;
    let (text, written) = text.split_once(WRITTEN).unwrap_or((text, ""));
    let (kind, field) = kind.split_once('@').unwrap_or((kind, ""));
    Some(Notice {
        text: text.to_owned(),
        refused: kind == "refused",
        field: Some(field.to_owned()).filter(|field| !field.is_empty()),
        written: written.to_owned(),
    })
}

/// Removes the notice.
pub(super) fn clear() -> Option<HeaderValue> {
    cookies::set(NAME, "", "/", 0)
}

/// Goes back to a page of this server and says something there.
pub(super) fn back(to: &str, notice: &Notice) -> Response {
    with(Redirect::to(to).into_response(), notice)
}

/// An answer after which the next page says something.
pub(super) fn with(mut response: Response, notice: &Notice) -> Response {
    let kind = if notice.refused { "refused" } else { "done" };
    let field = notice.field.iter().map(|field| format!("@{field}"));
    let field: String = field.collect();
    let text = format!("{}{WRITTEN}{}", notice.text, notice.written);
    let value = format!("{kind}{field}:{}", cut(text.trim_end_matches(WRITTEN)));
    let cookie = cookies::set(NAME, &value, "/", AGE);
    response
        .headers_mut()
        .extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// As much of a text as fits, looked at no further than that.
fn cut(text: &str) -> &str {
    let mut length = 0;
    let over = text.char_indices().find(|(_, letter)| {
        length += address::encode(letter.encode_utf8(&mut [0; 4])).len();
        length > LONGEST
    });
    let end = over.map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// Where to go back to: a page of this server or, for anything else, the other one. An address
/// with two slashes, or what browsers take for one, would lead to another server.
pub(super) fn local(back: Option<&str>, other: &str) -> String {
    let fits = |to: &&str| {
        to.len() <= 2_000
            && to.starts_with('/')
            && !to.starts_with("//")
            && !to.contains('\\')
            && to.bytes().all(|byte| (b'!'..=b'~').contains(&byte))
    };
    back.filter(fits).unwrap_or(other).to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    #[test]
    fn only_pages_of_this_server_are_gone_back_to() {
        for to in ["/", "/l/m?open=1#row", "/who?back=/l/m"] {
            assert_eq!(local(Some(to), "/other"), to);
        }
        for to in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "a",
        ] {
            assert_eq!(local(Some(to), "/other"), "/other", "{to}");
        }
    }

    #[test]
    fn a_notice_is_cut_where_a_cookie_is_full() {
        for (letter, takes) in [("a", 1), ("ä", 6), ("🚀", 12)] {
            let long = letter.repeat(1_048_576 / letter.len());
            assert_eq!(cut(&long).len(), LONGEST / takes * letter.len(), "{letter}");
        }
        assert_eq!(cut("short"), "short");
    }

    #[test]
    fn a_notice_waits_for_the_page_that_shows_it() {
        let response = back("/l/m", &Notice::done("Done.".to_owned()));
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            response.headers()[header::SET_COOKIE].clone(),
        );
        headers.insert(RENEWS, HeaderValue::from_static("1"));
        assert_eq!(take(&headers), None);
        headers.remove(RENEWS);
        assert!(take(&headers).is_some());
    }

    #[test]
    fn a_notice_comes_over_the_redirect() {
        let said = Notice {
            field: Some("freeze_last 2".to_owned()),
            written: "Kept: “a: b@c”".to_owned(),
            ..Notice::refused("„Ä“ fehlt; ".repeat(20))
        };
        let response = back("/l/m", &said);
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let mut headers = HeaderMap::new();
        let cookie = response.headers()[header::SET_COOKIE].clone();
        headers.insert(header::COOKIE, cookie);
        assert_eq!(take(&headers), Some(said));
    }
}
