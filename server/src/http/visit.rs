//! What is new since the reader's last visit: a cookie for each launch remembers where the visit
//! before this one ended, and where this one is.

use axum::http::{HeaderMap, HeaderValue};
use startklar::{LaunchId, time::Instant};

use super::cookies;

/// Minutes of absence after which a new visit begins.
const ABSENCE: i64 = 30;

/// An event and a moment.
type Mark = (u64, Instant);

/// Where the last visit ended, and the cookie that remembers this one.
pub(super) fn visit(
    headers: &HeaderMap,
    id: &LaunchId,
    revision: u64,
    now: Instant,
) -> (Option<Mark>, Option<HeaderValue>) {
    let name = format!("seen-{id}");
    let (before, last) = cookies::get(headers, &name).map_or((None, None), |text| read(&text));
    let before = match last {
        Some((_, at)) if (now - at).num_minutes() >= ABSENCE => last,
        _ => before,
    };
    // Only the pages of this launch need it: a reader of hundreds of launches must not send them
    // all with each request.
    let cookie = cookies::set(
        &name,
        &write(before, (revision, now)),
        &format!("/l/{id}"),
        cookies::YEAR,
    );
    (before, cookie)
}

fn write(before: Option<Mark>, last: Mark) -> String {
    let mark = |(revision, at): Mark| format!("{revision}.{}", at.timestamp());
    match before {
        Some(before) => format!("{}-{}", mark(last), mark(before)),
        None => mark(last),
    }
}

fn read(text: &str) -> (Option<Mark>, Option<Mark>) {
    let mark = |text: &str| {
        let (revision, at) = text.split_once('.')?;
        Some((
            revision.parse().ok()?,
            Instant::from_timestamp(at.parse().ok()?, 0)?,
        ))
    };
    match text.split_once('-') {
        Some((last, before)) => (mark(before), mark(last)),
        None => (None, mark(text)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use axum::http::header;
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_visit_goes_on_until_half_an_hour_of_absence() {
        let id: LaunchId = "m".parse().unwrap();
        let start = startklar::time::parse_instant("2026-03-02T09:00:00Z").unwrap();
        let mut headers = HeaderMap::new();
        let mut look = |revision, minutes| {
            let now = start + TimeDelta::minutes(minutes);
            let (before, cookie) = visit(&headers, &id, revision, now);
            headers.insert(header::COOKIE, cookie.unwrap());
            before.map(|(revision, _)| revision)
        };
        assert_eq!(look(10, 0), None);
        assert_eq!(look(12, 29), None);
        assert_eq!(look(15, 58), None);
        // The last look was at 15.
        assert_eq!(look(20, 200), Some(15));
        assert_eq!(look(21, 220), Some(15));
        assert_eq!(look(30, 600), Some(21));
    }
}
