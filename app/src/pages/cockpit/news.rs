//! What happened since the reader's last visit: several events of a kind are one line.

use std::fmt::Write as _;

use leptos::prelude::*;
use startklar::{
    Discipline, Event, PersonId, Recorded,
    engine::Subject,
    texts::{Plural, count, event_subject, event_text},
    time::Instant,
};

use super::write::{Page, written};
use crate::{
    address,
    boot::NEWS,
    charts::escape,
    desk::Desk,
    parts::dates::{day_clock, since},
};

/// Most lines shown.
const LINES: usize = 7;
/// Disciplines and people named in one line.
const NAMED: usize = 4;

pub(super) fn view(desk: Desk, seen: Option<(u64, Instant)>) -> impl IntoView {
    let c = &desk.texts().cockpit;
    let head = if seen.is_some() {
        c.since_head
    } else {
        c.since_first
    };
    let view = desk.view_untracked();
    let last = seen.map(|(_, at)| day_clock(desk.locale, &view.launch, view.assessment.today, at));
    let listed = written(desk, move |page| {
        desk.records.with(|records| list(page, records, seen))
    });
    view! {
        <section aria-labelledby="since">
            <div class="head">
                <h2 id="since">{head}</h2>
                {last.map(|at| view! { <p class="quiet">{at}</p> })}
            </div>
            <div inner_html=move || listed.get()></div>
        </section>
    }
}

/// Events of a kind.
struct News<'a> {
    kind: Kind,
    records: Vec<&'a Recorded>,
}

fn list(page: &Page<'_>, records: &[Recorded], seen: Option<(u64, Instant)>) -> String {
    let c = &page.t().cockpit;
    let new: Vec<&Recorded> = match seen {
        Some((seq, _)) => records.iter().filter(|r| r.seq > seq).collect(),
        None => records.iter().take(NEWS).collect(),
    };
    if new.is_empty() {
        return format!(r#"<p class="quiet">{}</p>"#, c.since_nothing);
    }
    let mut news: Vec<News<'_>> = Vec::new();
    for record in new {
        let kind = Kind::of(&record.event);
        let told = news.iter_mut().find(|n| n.kind == kind);
        match told.filter(|_| kind != Kind::Decided) {
            Some(same) => same.records.push(record),
            None => news.push(News {
                kind,
                records: vec![record],
            }),
        }
    }
    let mut out = String::from(r#"<ul class="log">"#);
    for one in news.iter().take(LINES) {
        line(&mut out, page, one);
    }
    out.push_str("</ul>");
    let more: usize = news.iter().skip(LINES).map(|n| n.records.len()).sum();
    if more > 0 {
        let text = count(&c.since_more, more);
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            out,
            r#"<p class="more"><a href="{}/journal">{text}</a></p>"#,
            page.base
        );
    }
    out
}

fn line(out: &mut String, page: &Page<'_>, news: &News<'_>) {
    let (symbol, plural) = news.kind.look(page);
    let Some(latest) = news.records.first() else {
        return;
    };
    let ago = since(
        page.locale,
        (page.today(), page.launch.day(latest.at)),
        page.assessment.now,
        latest.at,
    );
    let _ = write!(
        out,
        r##"<li><svg aria-hidden="true"><use href="#{symbol}"/></svg><span>"##
    );
    if let [one] = news.records.as_slice() {
        let who = escape(page.name(one.by)).into_owned();
        let (words, subject) = event_text(
            page.launch,
            &one.event,
            Some(one.by),
            page.people,
            page.locale,
        );
        let words = escape(&words);
        let _ = match subject {
            Some(subject) => write!(
                out,
                r#"{who} <a href="{}{}">{words}</a>"#,
                page.base,
                address::subject(page.launch, subject)
            ),
            None => write!(out, "{who} {words}"),
        };
        let _ = write!(out, "<small>{ago}</small>");
    } else {
        out.push_str(&count(plural, news.records.len()));
        disciplines(out, page, &news.records);
        let _ = write!(
            out,
            "<small>{}, {ago}</small>",
            escape(&people(page, &news.records))
        );
    }
    out.push_str("</span></li>");
}

/// “: sales 2, marketing 1”, most first.
fn disciplines(out: &mut String, page: &Page<'_>, records: &[&Recorded]) {
    let mut counts: Vec<(Discipline, usize)> = Vec::new();
    for record in records {
        let subject = event_subject(page.launch, &record.event);
        let Some(Subject::Item(ix)) = subject else {
            continue;
        };
        let Some(item) = page.launch.items.at(ix) else {
            continue;
        };
        match counts.iter_mut().find(|(d, _)| *d == item.discipline) {
            Some((_, n)) => *n += 1,
            None => counts.push((item.discipline, 1)),
        }
    }
    startklar::order::sort_by_key(&mut counts, |(discipline, n)| {
        (std::cmp::Reverse(*n), *discipline)
    });
    let t = page.t();
    for (place, (discipline, n)) in counts.iter().take(NAMED).enumerate() {
        let gap = if place == 0 { ": " } else { ", " };
        let _ = write!(out, "{gap}{} {n}", t.discipline_in_line(*discipline));
    }
    let others: usize = counts.iter().skip(NAMED).map(|(_, n)| n).sum();
    if others > 0 {
        let _ = write!(out, ", {} {others}", t.sentence.others);
    }
}

/// Who did it, the latest first.
fn people(page: &Page<'_>, records: &[&Recorded]) -> String {
    let mut ids: Vec<PersonId> = Vec::new();
    for record in records {
        if !ids.contains(&record.by) {
            ids.push(record.by);
        }
    }
    let names: Vec<&str> = ids.iter().take(NAMED).map(|id| page.name(*id)).collect();
    if ids.len() > NAMED {
        let more = count(&page.t().common.more, ids.len() - NAMED);
        format!("{}, {more}", names.join(", "))
    } else {
        page.locale.list(&names)
    }
}

/// Events that are told together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ticked,
    Unticked,
    Begun,
    Added,
    Item,
    Verified,
    Confirmed,
    Exemption,
    StoryDone,
    StoryBegun,
    StoryAdded,
    Story,
    Epic,
    Asked,
    Answered,
    Discussed,
    Notice,
    Launch,
    /// What nobody shall have to look for among other changes: each is told by itself.
    Decided,
}

impl Kind {
    const fn of(event: &Event) -> Self {
        match event {
            Event::ItemTicked { .. } => Self::Ticked,
            Event::ItemUnticked { .. } => Self::Unticked,
            Event::ItemBegun { .. } => Self::Begun,
            Event::ItemAdded { .. } => Self::Added,
            Event::ItemEdited { .. }
            | Event::ItemAssigned { .. }
            | Event::ItemBound { .. }
            | Event::ItemBeginWithdrawn { .. } => Self::Item,
            Event::ItemVerified { .. } => Self::Verified,
            Event::ItemConfirmed { .. } => Self::Confirmed,
            Event::ExemptionAsked { .. }
            | Event::ExemptionGranted { .. }
            | Event::ExemptionWithdrawn { .. } => Self::Exemption,
            Event::StoryDone { .. } => Self::StoryDone,
            Event::StoryBegun { .. } => Self::StoryBegun,
            Event::StoryAdded { .. } => Self::StoryAdded,
            Event::StoryEdited { .. }
            | Event::StoryMoved { .. }
            | Event::StoryPlanned { .. }
            | Event::StoryEstimated { .. }
            | Event::StorySplit { .. }
            | Event::StoryMerged { .. }
            | Event::StoryDropped { .. }
            | Event::StoryReopened { .. } => Self::Story,
            Event::EpicAdded { .. }
            | Event::EpicEdited { .. }
            | Event::EpicRanked { .. }
            | Event::EpicScoped { .. }
            | Event::EpicUnscoped { .. }
            | Event::EpicAccepted { .. }
            | Event::EpicAcceptanceWithdrawn { .. } => Self::Epic,
            Event::RequestMade { .. } | Event::RequestReopened { .. } => Self::Asked,
            Event::RequestAnswered { .. } => Self::Answered,
            Event::RequestDiscussed { .. } => Self::Discussed,
            Event::NoticeIssued(_) | Event::NoticeRead { .. } => Self::Notice,
            Event::PollDecided { .. } | Event::Launched | Event::WatchClosed => Self::Decided,
            _ => Self::Launch,
        }
    }

    /// Its symbol, and the words that count it.
    fn look(self, page: &Page<'_>) -> (&'static str, &'static Plural) {
        let c = &page.t().cockpit;
        match self {
            Self::Ticked => ("i-closed", &c.ticked),
            Self::Unticked => ("i-open", &c.unticked),
            Self::Begun => ("i-begun", &c.items_begun),
            Self::Added => ("i-on", &c.items_added),
            Self::Item => ("i-open", &c.items_changed),
            Self::Verified => ("i-second", &c.verified),
            Self::Confirmed => ("i-closed", &c.confirmed),
            Self::Exemption => ("i-waived", &c.exemptions),
            Self::StoryDone => ("i-closed", &c.stories_done),
            Self::StoryBegun => ("i-begun", &c.stories_begun),
            Self::StoryAdded => ("i-on", &c.stories_added),
            Self::Story => ("i-open", &c.stories_changed),
            Self::Epic => ("i-on", &c.epics_changed),
            Self::Asked => ("i-waits", &c.requests_made),
            Self::Answered => ("i-closed", &c.requests_answered),
            Self::Discussed => ("i-on", &c.requests_discussed),
            Self::Notice => ("i-on", &c.notices_changed),
            Self::Launch | Self::Decided => ("i-on", &c.launch_changed),
        }
    }
}
