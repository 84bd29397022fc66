//! Plan errors in words.

use chrono::SecondsFormat;

use super::{
    error::{PlanError, Problem},
    fields::{Kind, Thing},
};
use crate::{
    model::People,
    texts::{Catalogue, Locale, count, fill},
    time::Instant,
};

impl PlanError {
    /// What is wrong and what to write instead, in a language; without line and column.
    pub fn text(&self, locale: Locale) -> String {
        let t = &locale.catalogue().plan;
        let path = &self.path;
        match &self.problem {
            Problem::Syntax { message } => fill(t.syntax, &[("message", message)]),
            Problem::UnknownField { found, near, known } => {
                unknown(locale.catalogue(), found, *near, known)
            }
            Problem::Missing {
                name,
                allowed: kind,
            } => fill(
                t.missing,
                &[("name", name), ("allowed", &allowed(kind, locale))],
            ),
            Problem::WrongType {
                found,
                allowed: kind,
            }
            | Problem::BadValue {
                found,
                allowed: kind,
            } => fill(
                t.not_allowed,
                &[
                    ("path", path),
                    ("found", found),
                    ("allowed", &allowed(kind, locale)),
                ],
            ),
            Problem::UnknownReference { thing, found, near } => {
                let thing = word(locale.catalogue(), *thing);
                let gaps: [(&str, &dyn std::fmt::Display); 2] =
                    [("thing", &thing), ("found", found)];
                let mut text = fill(t.unknown_reference, &gaps);
                if let Some(near) = near {
                    text.push(' ');
                    text.push_str(&fill(t.did_you_mean, &[("near", near)]));
                }
                text
            }
            Problem::Duplicate { found, first } => {
                fill(t.duplicate, &[("found", found), ("line", first)])
            }
            Problem::StandsAfter { found } => fill(t.stands_after, &[("found", found)]),
            Problem::Exclusive { name, other } => {
                fill(t.exclusive, &[("name", name), ("other", other)])
            }
            Problem::TooEarly {
                found,
                other,
                earliest,
            } => fill(
                t.too_early,
                &[
                    ("path", path),
                    ("found", &moment(*found)),
                    ("other", other),
                    ("earliest", &moment(*earliest)),
                ],
            ),
            Problem::InFuture { found, latest } => fill(
                t.not_allowed,
                &[
                    ("path", path),
                    ("found", &moment(*found)),
                    ("allowed", &format!("≤ {}", moment(*latest))),
                ],
            ),
            Problem::NotShown {
                at,
                blockers,
                titles,
                claimable,
            } => {
                let titles = titles.iter().find(|(l, _)| *l == locale);
                let titles = titles.map_or("", |(_, titles)| titles.as_str());
                not_shown(
                    locale.catalogue(),
                    (path, *at),
                    (*blockers, titles),
                    *claimable,
                )
            }
            Problem::Refused { at, refusal } => fill(
                t.refused,
                &[
                    ("path", path),
                    ("at", &moment(*at)),
                    ("reason", &refusal.text(locale, &People::default())),
                ],
            ),
        }
    }
}

fn unknown(t: &Catalogue, found: &str, near: Option<&str>, known: &[&str]) -> String {
    let t = &t.plan;
    if let Some(instead) = instead(known).filter(|_| is_status(found)) {
        return fill(t.unknown_status, &[("name", &found), ("instead", &instead)]);
    }
    match near {
        Some(near) => fill(t.unknown_field_near, &[("name", &found), ("near", &near)]),
        None => fill(
            t.unknown_field,
            &[("name", &found), ("known", &known.join(", "))],
        ),
    }
}

/// What a file does not show of a record, and what to write instead.
fn not_shown(
    t: &Catalogue,
    (path, at): (&str, Instant),
    (blockers, titles): (usize, &str),
    claimable: bool,
) -> String {
    let t = &t.plan;
    let what = fill(
        &count(&t.not_shown, blockers),
        &[("path", &path), ("at", &moment(at)), ("open", &titles)],
    );
    let instead = if claimable {
        t.claim_it
    } else {
        t.close_it_anew
    };
    format!("{what} {instead}")
}

/// Names by which people try to say where something stands.
const STATUS: [&str; 14] = [
    "status",
    "state",
    "stage",
    "done",
    "closed",
    "complete",
    "completed",
    "finished",
    "ready",
    "progress",
    "percent",
    "verdict",
    "erledigt",
    "fertig",
];

fn is_status(name: &str) -> bool {
    STATUS.contains(&name.to_ascii_lowercase().as_str())
}

/// What says that something happened, in a table of these fields, if anything does.
fn instead(known: &[&str]) -> Option<&'static str> {
    let ways = [
        ("ticked", "ticked = { by = …, at = … }"),
        ("done", "done = 2026-04-02T16:00:00+02:00"),
        ("accepted", "accepted = { by = …, at = … }"),
        ("answer", "answer = { by = …, at = …, text = … }"),
        // The whole file, and its launch.
        ("launched", "[launched]"),
        ("watch_days", "[launched]"),
    ];
    let mut ways = ways.into_iter();
    let (_, way) = ways.find(|(field, _)| known.contains(field))?;
    Some(way)
}

fn moment(at: Instant) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn word(catalogue: &Catalogue, thing: Thing) -> &'static str {
    match thing {
        Thing::Launch => catalogue.plan.launch,
        Thing::Person => catalogue.plan.person,
        Thing::Epic => catalogue.common.epic,
        Thing::Story => catalogue.common.story,
        Thing::Item => catalogue.common.item,
        Thing::Request => catalogue.common.request,
        Thing::Notice => catalogue.notices.notice,
    }
}

/// What a field may hold, in words.
pub(super) fn allowed(kind: &Kind, locale: Locale) -> String {
    let t = &locale.catalogue().plan;
    match kind {
        Kind::Id(_) => t.an_id.to_owned(),
        Kind::Ref(thing) => fill(
            t.a_reference,
            &[("thing", &word(locale.catalogue(), *thing))],
        ),
        Kind::Line => t.a_line.to_owned(),
        Kind::Note => t.a_note.to_owned(),
        Kind::Whole(least, most) if least == most => least.to_string(),
        Kind::Whole(least, most) => fill(t.a_whole, &[("least", least), ("most", most)]),
        Kind::Yes => t.yes_or_no.to_owned(),
        Kind::Day => t.a_day.to_owned(),
        Kind::Moment => t.a_moment.to_owned(),
        Kind::MomentOrYes => t.a_moment_or_yes.to_owned(),
        Kind::Zone => t.a_zone.to_owned(),
        Kind::Clock => t.a_clock.to_owned(),
        Kind::OneOf(words) => words.join(", "),
        Kind::List(kind) => fill(t.a_list, &[("allowed", &allowed(kind, locale))]),
        Kind::Table(_) => t.a_table.to_owned(),
        Kind::Tables(_) => t.tables.to_owned(),
        Kind::Keyed(_) => t.keyed_tables.to_owned(),
    }
}
