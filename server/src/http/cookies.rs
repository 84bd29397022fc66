//! Cookies: read from a request, written to an answer. Values are encoded, so that any text fits.

use axum::http::{HeaderMap, HeaderValue, header};
use startklar_app::address;

/// Seconds that a choice is remembered: a year.
pub(super) const YEAR: u32 = 31_536_000;

/// Longest value that is written, in bytes: browsers take 4,096 with name and attributes.
const LONGEST: usize = 3_500;

/// The value of a cookie, decoded.
pub(super) fn get(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .and_then(|(_, value)| address::pairs(&format!("v={value}")).next())
        .map(|(_, value)| value)
}

/// A cookie for the pages of this server under a path; an age of 0 removes it. No script reads it,
/// and other sites cannot have it sent along with a form.
pub(super) fn set(name: &str, value: &str, path: &str, age: u32) -> Option<HeaderValue> {
    made(name, value, path, age, "Lax")
}

/// The same that comes back only from our own pages: not even along with a link on another site.
pub(super) fn set_strict(name: &str, value: &str, age: u32) -> Option<HeaderValue> {
    made(name, value, "/", age, "Strict")
}

fn made(name: &str, value: &str, path: &str, age: u32, site: &str) -> Option<HeaderValue> {
    let value = address::encode(value);
    if value.len() > LONGEST {
        return None;
    }
    format!("{name}={value}; Path={path}; Max-Age={age}; HttpOnly; SameSite={site}")
        .parse()
        .ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back() {
        let text = "Größe; a=b, \"c\"\r\nSet-Cookie: x=1";
        let cookie = set("notice", text, "/", 60).unwrap();
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.ends_with("; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"));
        let mut headers = HeaderMap::new();
        let sent = format!("me=x; {}", cookie.split(';').next().unwrap());
        headers.insert(header::COOKIE, sent.parse().unwrap());
        assert_eq!(get(&headers, "notice").as_deref(), Some(text));
        assert_eq!(get(&headers, "me").as_deref(), Some("x"));
        assert_eq!(get(&headers, "m"), None);
    }

    #[test]
    fn what_no_browser_would_keep_is_not_sent() {
        assert!(set("notice", &"ü".repeat(1_000), "/", 60).is_none());
    }
}
