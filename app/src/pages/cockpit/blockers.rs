//! What blocks the launch, in the order in which it must start. The first group stands whole, the
//! others behind a line that counts them.

use std::fmt::Write as _;

use chrono::NaiveDate;
use leptos::prelude::*;
use startklar::{
    Policy,
    engine::{Finding, Rule, Subject},
    model::ItemIx,
    texts::{count, fill, subject_title},
    time::days_between,
};

use super::{
    why::Reasons,
    write::{Look, Page, written},
};
use crate::{
    address,
    charts::{escape, work},
    desk::Desk,
};

/// Why a blocker stands where it stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Missing,
    Late,
    Near,
    Later,
    UnderWay,
    ToBuild,
}

const GROUPS: [Group; 6] = [
    Group::Missing,
    Group::Late,
    Group::Near,
    Group::Later,
    Group::UnderWay,
    Group::ToBuild,
];

/// A blocker and why it stands where it does.
type Blocker<'a> = (Group, &'a Finding);

/// Blockers that are shown at once; the others are a click away.
const SHOWN: usize = 20;

/// The list as text.
#[derive(Debug, Clone, Default, PartialEq)]
struct Listed {
    flips: String,
    first: String,
    more: String,
    rest: String,
}

pub(super) fn view(desk: Desk) -> impl IntoView {
    let c = &desk.texts().cockpit;
    let listed = written(desk, |page| list(*page));
    view! {
        <section aria-labelledby="blockers">
            <div class="head">
                <h2 id="blockers">{c.blockers_head}</h2>
                <p class="quiet">{move || listed.with(|l| l.flips.clone())}</p>
            </div>
            <div inner_html=move || listed.with(|l| l.first.clone())></div>
            <details class="more" hidden=move || listed.with(|l| l.rest.is_empty())>
                <summary>{move || listed.with(|l| l.more.clone())}</summary>
                <div inner_html=move || listed.with(|l| l.rest.clone())></div>
            </details>
        </section>
    }
}

fn list(page: Page<'_>) -> Listed {
    let c = &page.t().cockpit;
    let mut blockers: Vec<Blocker<'_>> = page
        .assessment
        .blockers()
        .map(|f| (group(&page, f), f))
        .collect();
    // What must start first: what has not begun before what has, and before all what moves the date
    // with each day. Within that the engine's order stays, by last safe start.
    startklar::order::sort_by_key(&mut blockers, |(group, f)| {
        let first = page.binds() == Some(f.subject) && waits_to_begin(&page, f);
        let late = *group == Group::Late;
        (!first, late && !waits_to_begin(&page, f))
    });
    let Some(first) = blockers.iter().map(|(group, _)| *group).min() else {
        return Listed {
            first: format!("<p>{}</p>", c.blockers_none),
            ..Listed::default()
        };
    };
    let mut room = SHOWN;
    let (shown, rest): (Vec<Blocker<'_>>, Vec<Blocker<'_>>) =
        blockers.iter().partition(|(group, _)| {
            // What is late is not folded away because something is missing from the plan besides.
            let shows = (*group == first || *group == Group::Late) && room > 0;
            room -= usize::from(shows);
            shows
        });
    let reasons = Reasons::of(page);
    Listed {
        flips: count(&c.blockers_flip, blockers.len()),
        first: table(&page, &reasons, &blockers, &shown),
        more: more(&page, &rest),
        rest: if rest.is_empty() {
            String::new()
        } else {
            table(&page, &reasons, &blockers, &rest)
        },
    }
}

/// How many of these are of each group that is among them.
fn groups(of: &[Blocker<'_>]) -> impl Iterator<Item = (Group, usize)> {
    GROUPS.into_iter().filter_map(|group| {
        let n = of.iter().filter(|(own, _)| *own == group).count();
        (n > 0).then_some((group, n))
    })
}

/// “19 more: begin within 7 days 4, later 12”.
fn more(page: &Page<'_>, rest: &[Blocker<'_>]) -> String {
    let parts: Vec<String> = groups(rest)
        .map(|(group, n)| format!("{} {n}", group.in_line(page)))
        .collect();
    let more = count(&page.t().cockpit.more, rest.len());
    format!("{more}: {}", parts.join(", "))
}

impl Group {
    fn title(self, page: &Page<'_>) -> &'static str {
        let c = &page.t().cockpit;
        match self {
            Self::Missing => c.group_missing,
            Self::Late => c.group_late,
            Self::Near => c.group_near,
            Self::Later => c.group_later,
            Self::UnderWay => c.group_under_way,
            Self::ToBuild => c.group_to_build,
        }
    }

    /// The title within a line.
    fn in_line(self, page: &Page<'_>) -> &'static str {
        let c = &page.t().cockpit;
        match self {
            Self::Missing => c.line_missing,
            Self::Late => c.line_late,
            Self::Near => c.line_near,
            Self::Later => c.line_later,
            Self::UnderWay => c.line_under_way,
            Self::ToBuild => c.line_to_build,
        }
    }
}

/// Whether the day of an item is over: it is late, whatever start would still be safe.
fn is_overdue(page: &Page<'_>, ix: ItemIx) -> bool {
    let due = page.launch.items.at(ix).and_then(|item| item.due);
    due.is_some_and(|due| due < page.today())
}

fn group(page: &Page<'_>, finding: &Finding) -> Group {
    match (finding.rule, finding.subject) {
        (Rule::ScopeEmpty | Rule::EpicEmpty | Rule::DisciplineMissing, _) => Group::Missing,
        (Rule::RequestOverdue | Rule::NoticeUnread, _) => Group::Late,
        (rule, _) if rule.is_of_moment() => Group::Missing,
        (_, Subject::Item(ix)) if is_overdue(page, ix) => Group::Late,
        (_, Subject::Item(ix)) => {
            let Some((day, start)) = work::start_of(page.launch, page.assessment, ix) else {
                return Group::Later;
            };
            match start {
                work::Start::Met => Group::UnderWay,
                work::Start::Missed | work::Start::Slow => Group::Late,
                work::Start::Ahead if days_between(page.today(), day) <= Policy::NEAR_DAYS => {
                    Group::Near
                }
                work::Start::Ahead => Group::Later,
            }
        }
        _ => Group::ToBuild,
    }
}

/// Some blockers by group; the head of a group says how many it has in all.
fn table(
    page: &Page<'_>,
    reasons: &Reasons<'_>,
    all: &[Blocker<'_>],
    rows: &[Blocker<'_>],
) -> String {
    let c = &page.t().cockpit;
    let mut out = String::with_capacity(rows.len() * 640);
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        r#"<table class="list blockers"><caption class="away">{}</caption><thead><tr>"#,
        c.blockers_caption
    );
    for head in [c.last_safe_start, c.what, c.waits_for, c.discipline, c.due] {
        let _ = write!(out, r#"<th scope="col">{head}</th>"#);
    }
    out.push_str("</tr></thead>");
    for (group, _) in groups(rows) {
        let own = |of: &Blocker<'_>| of.0 == group;
        let _ = write!(
            out,
            r#"<tbody><tr class="group"><th scope="rowgroup" colspan="5">{}, <span class="quiet">{}</span></th></tr>"#,
            group.title(page),
            count(&c.entries, all.iter().filter(|one| own(one)).count())
        );
        for (_, finding) in rows.iter().filter(|one| own(one)) {
            out.push_str("<tr>");
            row(&mut out, page, reasons, finding);
        }
        out.push_str("</tbody>");
    }
    out.push_str("</table>");
    out
}

fn row(out: &mut String, page: &Page<'_>, reasons: &Reasons<'_>, finding: &Finding) {
    let c = &page.t().cockpit;
    let look = if waits_to_begin(page, finding) {
        Look::Late
    } else {
        Look::Plain
    };
    when(out, page, c.last_safe_start, finding.last_safe_start, look);
    let _ = write!(
        out,
        r#"<td class="item"><a href="{}{}">{}</a>{}<span class="why">{}</span></td><td>{}</td><td>{}</td>"#,
        page.base,
        address(page, finding),
        escape(&title(page, finding)),
        mark(page, finding),
        escape(&reasons.words(finding)),
        who(page, reasons, finding),
        page.t().discipline(finding.discipline)
    );
    let due = due(page, finding);
    let look = match due.filter(|d| *d < page.today()) {
        Some(_) if matches!(finding.rule, Rule::RequestOverdue | Rule::NoticeUnread) => Look::Late,
        Some(_) => Look::Over,
        None => Look::Due,
    };
    when(out, page, c.due, due, look);
    out.push_str("</tr>");
}

/// The mark of what binds the date.
fn mark(page: &Page<'_>, finding: &Finding) -> String {
    if page.binds() != Some(finding.subject) {
        return String::new();
    }
    format!(r#" <b class="binds">{}</b>"#, page.t().cockpit.binds_mark)
}

/// Whether an item should have begun and has not: then the launch moment cannot be held this way.
fn waits_to_begin(page: &Page<'_>, finding: &Finding) -> bool {
    let Subject::Item(ix) = finding.subject else {
        return false;
    };
    work::start_of(page.launch, page.assessment, ix).is_some_and(|(_, s)| s == work::Start::Missed)
}

fn when(out: &mut String, page: &Page<'_>, label: &str, day: Option<NaiveDate>, look: Look) {
    let Some(day) = day else {
        out.push_str(r#"<td class="when hide-narrow"></td>"#);
        return;
    };
    let _ = write!(out, r#"<td class="when" data-label="{label}">"#);
    page.when(out, day, look);
    out.push_str("</td>");
}

fn title(page: &Page<'_>, finding: &Finding) -> String {
    let c = &page.t().cockpit;
    let title = subject_title(page.launch, finding.subject, page.people, page.locale);
    match finding.rule {
        Rule::ScopeEmpty => c.scope_title.to_owned(),
        rule if rule.is_of_moment() => c.launch_moment.to_owned(),
        Rule::EpicNotAccepted => fill(c.accept_title, &[("title", &title)]),
        _ => title,
    }
}

fn address(page: &Page<'_>, finding: &Finding) -> String {
    match finding.rule {
        Rule::ScopeEmpty => "/scope".to_owned(),
        rule if rule.is_of_moment() => "/calendar".to_owned(),
        _ => address::subject(page.launch, finding.subject),
    }
}

fn due(page: &Page<'_>, finding: &Finding) -> Option<NaiveDate> {
    match finding.subject {
        Subject::Item(ix) => page.launch.items.at(ix)?.due,
        Subject::Request(ix) => page.launch.requests.at(ix).map(|r| r.due),
        Subject::Notice(ix) => page.launch.notice_at(ix)?.notice.due,
        _ => None,
    }
}

/// Who must move. An item that waits for nobody else and has no name of its own says so, even when
/// its discipline has a lead.
fn who(page: &Page<'_>, reasons: &Reasons<'_>, finding: &Finding) -> String {
    if let Subject::Item(ix) = finding.subject
        && !reasons.holds(ix)
        && page
            .launch
            .items
            .at(ix)
            .is_some_and(|i| i.owner.is_none() && i.tick.is_none())
    {
        let lead = page.launch.leads.get(&finding.discipline).map(|id| {
            let lead = fill(page.t().cockpit.lead, &[("who", &page.name(*id))]);
            format!(r#"<small class="lead">{}</small>"#, escape(&lead))
        });
        return page.nobody() + &lead.unwrap_or_default();
    }
    page.waits_for(finding.waits_for)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;
    use startklar::Locale;

    use super::*;
    use crate::charts::testing::{PEOPLE, item, planned, run, seen};

    fn listed(commands: &[serde_json::Value]) -> Listed {
        let mut launch = planned(10, 71);
        run(
            &mut launch,
            -3,
            json!({"add_epic": {"id": "e", "title": "E"}}),
        );
        for command in commands {
            run(&mut launch, -3, command.clone());
        }
        let (launch, assessment) = seen(&launch, 45);
        list(Page {
            launch: &launch,
            assessment: &assessment,
            people: &PEOPLE,
            locale: Locale::En,
            base: "/l/m",
        })
    }

    #[test]
    fn what_is_late_is_shown_beside_what_is_missing() {
        let slow = item("slow", "sales", 60);
        let quick = item("quick", "marketing", 1);
        let shown = listed(&[slow, quick, json!({"scope_epic": {"epic": "e"}})]);
        assert!(shown.first.contains("/epics/e"), "{}", shown.first);
        assert!(shown.first.contains("/items/slow"), "{}", shown.first);
        assert!(!shown.first.contains("/items/quick"), "{}", shown.first);
        assert!(shown.rest.contains("/items/quick"), "{}", shown.rest);
    }
}
