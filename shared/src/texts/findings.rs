//! Findings in words: what is missing, whom it waits for.

use super::{Locale, count, day_seen, day_year, day_year_clock, fill, warnings::warning_text};
use crate::{
    engine::{Assessment, Finding, ItemState, Rule, Stale, Subject, WaitsFor},
    mention,
    model::{Freeze, Item, Launch, People},
    time::{Instant, days_between},
};

/// The title of what a finding is about.
pub fn subject_title(launch: &Launch, subject: Subject, people: &People, locale: Locale) -> String {
    let kept = kept_title(launch, subject, locale);
    match subject {
        // A request is called as it begins, and that may mention somebody.
        Subject::Request(_) => said(&kept, people, locale),
        _ => kept,
    }
}

/// The same as it is kept, for what is no request.
pub(super) fn kept_title(launch: &Launch, subject: Subject, locale: Locale) -> String {
    match subject {
        Subject::Launch => launch.title().to_owned(),
        Subject::Discipline(discipline) => locale.catalogue().discipline(discipline).to_owned(),
        Subject::Epic(ix) => launch
            .epics
            .at(ix)
            .map(|e| e.title.to_string())
            .unwrap_or_default(),
        Subject::Story(ix) => launch
            .stories
            .at(ix)
            .map(|s| s.title.to_string())
            .unwrap_or_default(),
        Subject::Item(ix) => launch
            .items
            .at(ix)
            .map(|i| i.title.to_string())
            .unwrap_or_default(),
        Subject::Notice(ix) => launch
            .notice_at(ix)
            .map(|n| n.notice.title.to_string())
            .unwrap_or_default(),
        Subject::Request(ix) => launch
            .requests
            .at(ix)
            .map(|r| crate::command::request_title(r).to_string())
            .unwrap_or_default(),
    }
}

/// What people said to each other, with the names of those whom it mentions.
pub fn said(text: &str, people: &People, locale: Locale) -> String {
    let unknown = locale.catalogue().common.somebody_unknown;
    mention::shown(text, people, unknown).into_owned()
}

/// A finding in a sentence of its own; a condition of the go is said to be one.
pub fn finding_text(
    launch: &Launch,
    assessment: &Assessment,
    finding: &Finding,
    people: &People,
    locale: Locale,
) -> String {
    let mut text = plainly(launch, assessment, finding, people, locale);
    let promised = item_of(launch, finding).filter(|item| launch.is_promised(item));
    if let Some(item) = promised.filter(|_| finding.is_blocking()) {
        // A go makes items of its conditions at once.
        let day = day_seen(locale, assessment.today, launch.day(item.added));
        text.push(' ');
        text.push_str(&fill(
            locale.catalogue().findings.promised,
            &[("day", &day)],
        ));
    }
    text
}

fn plainly(
    launch: &Launch,
    assessment: &Assessment,
    finding: &Finding,
    people: &People,
    locale: Locale,
) -> String {
    let t = locale.catalogue();
    let f = &t.findings;
    let title = subject_title(launch, finding.subject, people, locale);
    let who = who(finding.waits_for, people, locale);
    let waits = waits(finding.waits_for, people, locale);
    let discipline = t.discipline(finding.discipline);
    let template = match finding.rule {
        Rule::ScopeEmpty => f.scope_empty,
        Rule::EpicEmpty => f.epic_empty,
        Rule::StoryOpen => f.story_open,
        Rule::EpicNotAccepted => f.epic_not_accepted,
        Rule::DisciplineMissing => match finding.subject {
            Subject::Epic(_) => f.discipline_missing_for_epic,
            _ => f.discipline_missing,
        },
        Rule::ItemOpen => return item_open(launch, assessment, finding, &title, &waits, locale),
        Rule::EvidenceMissing => f.evidence_missing,
        Rule::SecondPerson => f.second_person,
        Rule::ItemStale => match finding.subject {
            Subject::Item(ix) if assessment.item(ix) == ItemState::Stale(Stale::Need) => {
                f.stale_need
            }
            _ => f.stale_age,
        },
        Rule::RequestOverdue | Rule::RequestLate => f.request_overdue,
        Rule::Waived => f.waived,
        Rule::ExemptionAsked => f.exemption_asked,
        Rule::LastSafeStartMissed => f.last_safe_start_missed,
        Rule::LastSafeStartNear => f.last_safe_start_near,
        Rule::Overdue => f.overdue,
        Rule::NobodyNamed => f.nobody_named,
        Rule::NobodyLeads => f.nobody_leads,
        Rule::ConditionAhead => f.condition_ahead,
        Rule::VoteMissing => f.vote_missing,
        Rule::VotedNoGo => f.voted_no_go,
        Rule::NoticeUnread | Rule::NoticeLate => f.notice_unread,
        Rule::MomentOutsideWindow | Rule::MomentInFreeze | Rule::MomentExcepted => {
            let now = assessment.now;
            return moment((launch, now), finding.rule, people, locale);
        }
        Rule::DisciplineNotBegun
        | Rule::PersonOverloaded
        | Rule::ItemStandsStill
        | Rule::ScopeOutgrown
        | Rule::DateSlips
        | Rule::WaiverEnds
        | Rule::DeclaredBetter => {
            return warning_text(launch, assessment, finding, people, locale);
        }
    };
    let item = item_of(launch, finding);
    let evidence = item
        .and_then(|i| i.evidence.as_ref())
        .map(ToString::to_string);
    let reason = item
        .and_then(|i| i.exemption.as_ref())
        .map(|e| said(e.reason.as_str(), people, locale));
    let start = finding
        .last_safe_start
        .map(|d| day_seen(locale, assessment.today, d));
    let due = due(launch, finding).map(|d| day_seen(locale, assessment.today, d));
    fill(
        template,
        &[
            ("title", &title),
            ("who", &who),
            ("waits", &waits),
            ("discipline", &discipline),
            ("evidence", &evidence.unwrap_or_default()),
            ("reason", &reason.unwrap_or_default()),
            ("start", &start.unwrap_or_default()),
            ("due", &due.unwrap_or_default()),
        ],
    )
}

fn item_of<'a>(launch: &'a Launch, finding: &Finding) -> Option<&'a Item> {
    match finding.subject {
        Subject::Item(ix) => launch.items.at(ix),
        _ => None,
    }
}

fn due(launch: &Launch, finding: &Finding) -> Option<chrono::NaiveDate> {
    match finding.subject {
        Subject::Request(ix) => launch.requests.at(ix).map(|r| r.due),
        Subject::Notice(ix) => launch.notice_at(ix)?.notice.due,
        _ => item_of(launch, finding).and_then(|i| i.due),
    }
}

/// An open item says whether it has begun, and by when it should have.
fn item_open(
    launch: &Launch,
    assessment: &Assessment,
    finding: &Finding,
    title: &str,
    waits: &str,
    locale: Locale,
) -> String {
    let f = &locale.catalogue().findings;
    let begun = item_of(launch, finding).and_then(|i| i.begun);
    let mut text = match begun {
        Some(stamp) => fill(
            f.item_begun,
            &[
                ("title", &title),
                ("waits", &waits),
                (
                    "day",
                    &day_seen(locale, assessment.today, launch.day(stamp.at)),
                ),
            ],
        ),
        None => fill(f.item_not_begun, &[("title", &title), ("waits", &waits)]),
    };
    if let (None, Some(start)) = (begun, finding.last_safe_start) {
        let late = days_between(start, assessment.today);
        if late > 0 {
            let n = usize::try_from(late).unwrap_or(usize::MAX);
            text.push(' ');
            text.push_str(&fill(
                &count(&f.should_have_begun, n),
                &[("start", &day_seen(locale, assessment.today, start))],
            ));
        }
    }
    text
}

/// What is wrong with the launch moment, and from when on it would not be; or who allows it.
fn moment(
    (launch, now): (&Launch, Instant),
    rule: Rule,
    people: &People,
    locale: Locale,
) -> String {
    let f = &locale.catalogue().findings;
    let Some(schedule) = &launch.schedule else {
        return String::new();
    };
    let (zone, at) = (&schedule.zone, schedule.moment);
    let said = |at| day_year_clock(locale, zone, at);
    let next = launch.windows.next(zone, at.max(now)).map(said);
    let next = next.map(|next| fill(f.moment_next, &[("next", &next)]));
    let freeze = launch.windows.freeze(zone.day(at));
    let title = freeze.map(|freeze| freeze.title().to_string());
    let excepted = launch.excepted.as_ref();
    let by = excepted.map_or(WaitsFor::Nobody, |e| WaitsFor::Person(e.by.by));
    let (template, day) = match rule {
        Rule::MomentOutsideWindow => (f.moment_outside, None),
        Rule::MomentInFreeze => (f.moment_frozen, freeze.map(Freeze::last)),
        _ => (f.moment_excepted, excepted.map(|e| zone.day(e.by.at))),
    };
    let words = fill(
        template,
        &[
            ("moment", &said(at)),
            ("title", &title.unwrap_or_default()),
            (
                "due",
                &day.map_or(String::new(), |day| day_year(locale, day)),
            ),
            ("next", &next.unwrap_or_default()),
            ("who", &who(by, people, locale)),
            ("reason", &excepted.map_or("", |e| e.reason.as_str())),
        ],
    );
    words.trim_end().to_owned()
}

/// Who must move, in a sentence.
pub(super) fn waits(waits_for: WaitsFor, people: &People, locale: Locale) -> String {
    let f = &locale.catalogue().findings;
    match waits_for {
        WaitsFor::Nobody => f.waits_for_nobody.to_owned(),
        _ => fill(f.waits_for, &[("who", &who(waits_for, people, locale))]),
    }
}

/// Who must move, by name.
pub(super) fn who(waits_for: WaitsFor, people: &People, locale: Locale) -> String {
    let t = locale.catalogue();
    match waits_for {
        WaitsFor::Person(id) => people
            .name(id)
            .unwrap_or(t.common.somebody_unknown)
            .to_owned(),
        WaitsFor::Discipline(discipline) => t.discipline(discipline).to_owned(),
        WaitsFor::Nobody => t.common.nobody_named.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        Policy, assess,
        engine::testing::{Told, launch},
        plan::Plan,
    };

    const PLAN: &str = "format = 1\n[launch]\nid = \"m\"\ntitle = \"M\"\nstart = 2026-03-02\n\
        weeks = 10\nmoment = 2026-05-12T10:00:00Z\n[people.nils]\nname = \"Nils Sommer\"\n\
        [[items]]\nid = \"offer\"\ntitle = \"Offer\"\ndiscipline = \"sales\"\nblocking = true\n";

    /// What is said of the open offer.
    fn said(more: &str, locale: Locale) -> String {
        let plan = Plan::read(&format!("{PLAN}{more}")).unwrap();
        let launch = plan.launch(None).unwrap();
        let assessment = assess(&launch, &Policy::default(), plan.moment());
        let finding = assessment.by_rule(Rule::ItemOpen).next().unwrap();
        finding_text(&launch, &assessment, finding, &plan.directory(), locale)
    }

    #[test]
    fn what_nobody_is_named_for_does_not_wait_for_somebody_of_that_name() {
        let text = said("", Locale::En);
        assert!(
            text.contains("Nobody is named who could move it."),
            "{text}"
        );
        let text = said("", Locale::De);
        assert!(text.contains("Niemand ist benannt"), "{text}");
        let text = said("owner = \"nils\"\n", Locale::En);
        assert!(text.contains("It waits for Nils Sommer."), "{text}");
    }

    /// What is said of the moment, 12 May 2026 at 8 o'clock, by what one rule finds.
    fn said_of_moment(told: &Told, rule: Rule) -> String {
        let assessment = told.assess();
        let finding = assessment.by_rule(rule).next().unwrap();
        let (launch, people) = (&told.launch, People::default());
        finding_text(launch, &assessment, finding, &people, Locale::En)
    }

    #[test]
    fn a_moment_that_will_not_do_is_said_with_the_next_that_will() {
        let windows = json!([{"days": ["thu"], "from": "09:00", "to": "16:00"}]);
        let fair = json!([{"title": "Fair", "first": "2026-05-10", "last": "2026-05-14"}]);
        let told = launch().does(json!({"set_windows": {"windows": windows, "freezes": fair}}));
        assert_eq!(
            said_of_moment(&told, Rule::MomentOutsideWindow),
            "The launch moment, Tue 12 May 2026, 08:00, lies in no release window. It may happen \
             again from Thu 21 May 2026, 09:00."
        );
        assert_eq!(
            said_of_moment(&told, Rule::MomentInFreeze),
            "The launch moment, Tue 12 May 2026, 08:00, lies in the freeze “Fair”, which lasts \
             through Thu 14 May 2026. It may happen again from Thu 21 May 2026, 09:00."
        );
        let told = told.does(json!({"except_moment": {"reason": "The customer waits."}}));
        assert_eq!(
            said_of_moment(&told, Rule::MomentExcepted),
            "The launch may happen on Tue 12 May 2026, 08:00 against its windows and freezes. \
             somebody no longer known allowed it on Mon 2 Mar 2026: The customer waits."
        );
    }
}
