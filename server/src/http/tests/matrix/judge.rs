//! What a cell must be: allowed, or refused and in which words.

use axum::http::{HeaderMap, StatusCode, header};
use startklar::{
    Locale, People,
    rights::{self, Act, Standing},
};
use startklar_app::boot::Notice;

use super::{
    super::Answer,
    cast::{Column, Person, Shows},
    table::{Row, Then, Who},
};
use crate::{http::flash, texts};

/// What a cell must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Allowed,
    /// Sign in first.
    SignIn,
    /// This token reads only.
    ReadsOnly,
    AdministratorsOnly,
    OthersActs,
    /// There is no such thing where people sign in.
    Ended,
    NoRight(Act),
}

/// Whether a path is for programs, which show tokens.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path == "/metrics"
}

/// Who they are at this path, if it takes what they show for that.
fn signed(path: &str, column: &Column) -> Option<&'static Person> {
    match column.shows {
        Shows::Session => column.person,
        Shows::Reads | Shows::Writes if is_for_programs(path) => column.person,
        _ => None,
    }
}

/// What the table says of a cell.
pub(super) fn verdict(row: &Row, column: &Column) -> Verdict {
    if matches!(row.who, Who::Anyone) {
        return Verdict::Allowed;
    }
    let Some(person) = signed(row.path, column) else {
        return Verdict::SignIn;
    };
    if column.shows == Shows::Reads && row.method != "GET" {
        return Verdict::ReadsOnly;
    }
    let (right, refused) = match row.who {
        Who::Anyone | Who::Signed => (true, Verdict::Allowed),
        Who::NoOne => (false, Verdict::Ended),
        Who::Administrator => (administers(person), Verdict::AdministratorsOnly),
        Who::Teller if person.has(Act::Begin, &[], false) => {
            (administers(person), Verdict::OthersActs)
        }
        Who::Teller => (false, Verdict::NoRight(Act::Begin)),
        Who::Right(act) => (person.has(act, &[], false), Verdict::NoRight(act)),
        Who::Own(act, of, named) => (person.has(act, of, named), Verdict::NoRight(act)),
    };
    if right { Verdict::Allowed } else { refused }
}

fn administers(person: &Person) -> bool {
    person.standing == Standing::Administrator
}

/// Whether an answer is what the cell must be.
pub(super) fn is(row: &Row, column: &Column, verdict: Verdict, answer: &Answer) -> bool {
    if verdict == Verdict::Allowed {
        return is_then(row.then, signed(row.path, column).is_some(), answer);
    }
    if is_for_programs(row.path) {
        return is_refused_to_program(verdict, answer);
    }
    if verdict == Verdict::SignIn {
        return answer.status == StatusCode::SEE_OTHER
            && answer.header("location").starts_with("/login?back=%2F");
    }
    if verdict == Verdict::Ended {
        return answer.status == StatusCode::GONE;
    }
    is_said(&words(verdict), answer)
}

/// Whether somebody is told this: by the page itself, or by the one that they are led back to.
fn is_said(words: &str, answer: &Answer) -> bool {
    match answer.status {
        StatusCode::FORBIDDEN => answer.text.contains(words),
        StatusCode::SEE_OTHER => {
            notice(answer).is_some_and(|notice| notice.refused && notice.text.starts_with(words))
        }
        _ => false,
    }
}

fn words(verdict: Verdict) -> String {
    let t = &texts::of(Locale::En).access;
    match verdict {
        Verdict::AdministratorsOnly => t.administrators_only.to_owned(),
        Verdict::OthersActs => t.others_acts.to_owned(),
        Verdict::NoRight(act) => {
            // Whose it is comes after it, and depends on the discipline.
            let text = rights::refusal(act).text(Locale::En, &People::default());
            let (what, _) = text.split_once('.').unwrap();
            format!("{what}.")
        }
        other => panic!("nobody is told {other:?}"),
    }
}

fn is_refused_to_program(verdict: Verdict, answer: &Answer) -> bool {
    let (status, code) = match verdict {
        Verdict::SignIn => (StatusCode::UNAUTHORIZED, "sign_in"),
        Verdict::ReadsOnly => (StatusCode::FORBIDDEN, "reads_only"),
        Verdict::AdministratorsOnly => (StatusCode::FORBIDDEN, "administrators_only"),
        Verdict::OthersActs => (StatusCode::FORBIDDEN, "others_acts"),
        Verdict::NoRight(_) => (StatusCode::FORBIDDEN, "no_right"),
        other => panic!("no program is told {other:?}"),
    };
    let right = match verdict {
        Verdict::NoRight(act) => answer.json()["act"] == serde_json::to_value(act).unwrap(),
        _ => true,
    };
    answer.status == status && answer.code() == code && right
}

fn is_then(then: Then, signed: bool, answer: &Answer) -> bool {
    let (status, to) = (answer.status, answer.header("location"));
    let notice = notice(answer);
    let moved = status == StatusCode::SEE_OTHER;
    let html = answer.header("content-type").starts_with("text/html");
    match then {
        Then::Page => status == StatusCode::OK && html,
        Then::Data => status == StatusCode::OK && !html,
        Then::File => {
            let none = status == StatusCode::NOT_FOUND && answer.text.is_empty();
            !html && (status == StatusCode::OK || none)
        }
        Then::Made => status == StatusCode::CREATED,
        Then::Goes(place) => moved && to == place && notice.is_none(),
        Then::Done(place) => moved && leads(place, to) && notice.is_some_and(|it| !it.refused),
        Then::Says(place) => moved && to == place && notice.is_some_and(|it| it.refused),
        Then::Away => moved && to.starts_with("http://127.0.0.1:"),
        Then::Either(first, _) if signed => is_then(*first, signed, answer),
        Then::Either(_, second) => is_then(*second, signed, answer),
    }
}

fn leads(place: &str, to: &str) -> bool {
    match place.strip_suffix('*') {
        Some(beginning) => to.starts_with(beginning),
        None => to == place,
    }
}

/// What an answer has the next page say.
pub(super) fn notice(answer: &Answer) -> Option<Notice> {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter();
    let mut sent = HeaderMap::new();
    sent.extend(cookies.map(|cookie| (header::COOKIE, cookie.clone())));
    flash::take(&sent)
}
