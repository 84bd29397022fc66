//! Events in words, for the journal: the line goes on after the name of whoever did it.

use super::{Catalogue, Locale, Plural, day_year_clock, fill};
use crate::{
    engine::{Course, Subject},
    id::{EpicId, ItemId, PersonId, StoryId},
    journal::{Event, FileDetail, RequestDetail},
    mention,
    model::{Ballot, Call, ExemptionKind, Launch, Notice, People, RequestKind, Unit},
    text::Note,
};

/// What somebody did, in words that follow their name; and what they did it to, if it has a page.
/// `by`: who did it, where that is known.
///
/// Titles are those that the launch knows now: an event carries ids.
pub fn event_text(
    launch: &Launch,
    event: &Event,
    by: Option<PersonId>,
    people: &People,
    locale: Locale,
) -> (String, Option<Subject>) {
    let t = locale.catalogue();
    let subject = event_subject(launch, event);
    let title = match subject {
        Some(subject) => super::subject_title(launch, subject, people, locale),
        None => own_title(launch, event, people, t, locale),
    };
    let (template, who, text, n) = match event {
        // What one gives to oneself one takes.
        Event::ItemAssigned { owner, .. } if owner.is_some() && *owner == by => {
            (t.events.item_taken, None, "", None)
        }
        _ => parts(event, t),
    };
    let text = mention::shown(text, people, t.common.somebody_unknown);
    let who = who.map(|id| people.name(id).unwrap_or(t.common.somebody_unknown));
    let words = fill(
        template,
        &[
            ("title", &title),
            ("who", &who.unwrap_or_default()),
            ("text", &text),
            ("n", &n.unwrap_or_default()),
            ("parts", &parts_of(launch, event, locale)),
        ],
    );
    (words, subject)
}

/// What an event happened to, if that has a page.
pub fn event_subject(launch: &Launch, event: &Event) -> Option<Subject> {
    let epic = |id: &EpicId| launch.epics.find(id).map(Subject::Epic);
    let story = |id: &StoryId| launch.stories.find(id).map(Subject::Story);
    let item = |id: &ItemId| launch.items.find(id).map(Subject::Item);
    match event {
        Event::EpicAdded { id, .. }
        | Event::EpicEdited { epic: id, .. }
        | Event::EpicRanked { epic: id, .. }
        | Event::EpicScoped { epic: id, .. }
        | Event::EpicUnscoped { epic: id }
        | Event::EpicAccepted { epic: id }
        | Event::EpicAcceptanceWithdrawn { epic: id } => epic(id),
        Event::StoryAdded { id, .. }
        | Event::StoryEdited { story: id, .. }
        | Event::StoryMoved { story: id, .. }
        | Event::StoryPlanned { story: id, .. }
        | Event::StoryEstimated { story: id, .. }
        | Event::StorySplit { story: id, .. }
        | Event::StoryMerged { story: id, .. }
        | Event::StoryBegun { story: id }
        | Event::StoryDone { story: id }
        | Event::StoryDropped { story: id }
        | Event::StoryReopened { story: id } => story(id),
        Event::ItemAdded { id, .. }
        | Event::ItemEdited { item: id, .. }
        | Event::ItemAssigned { item: id, .. }
        | Event::ItemBound { item: id }
        | Event::ItemBegun { item: id }
        | Event::ItemBeginWithdrawn { item: id }
        | Event::ItemTicked { item: id, .. }
        | Event::ItemUnticked { item: id }
        | Event::ItemVerified { item: id }
        | Event::ItemConfirmed { item: id }
        | Event::FileAttached(FileDetail { item: id, .. })
        | Event::FileDetached(FileDetail { item: id, .. })
        | Event::ExemptionAsked { item: id, .. }
        | Event::ExemptionGranted { item: id }
        | Event::ExemptionWithdrawn { item: id } => item(id),
        Event::RequestMade { id, .. } => launch.requests.find(id).map(Subject::Request),
        Event::RequestAnswered { request, .. }
        | Event::RequestReopened { request }
        | Event::RequestDiscussed { request, .. } => {
            launch.requests.find(request).map(Subject::Request)
        }
        Event::NoticeIssued(Notice { id, .. }) | Event::NoticeRead { notice: id } => {
            launch.find_notice(id).map(Subject::Notice)
        }
        _ => None,
    }
}

/// Whether an event belongs to the history of a subject: it happened to it, or it is a story that
/// was split off or went back.
pub fn event_concerns(launch: &Launch, event: &Event, subject: Subject) -> bool {
    let parts = match event {
        Event::StorySplit { into, .. } => into,
        Event::StoryMerged { from, .. } => from,
        _ => return event_subject(launch, event) == Some(subject),
    };
    let is_part = |id| launch.stories.find(id).map(Subject::Story) == Some(subject);
    event_subject(launch, event) == Some(subject) || parts.iter().any(is_part)
}

/// The stories that were split off or went back, by their titles; what was voted or decided.
fn parts_of(launch: &Launch, event: &Event, locale: Locale) -> String {
    if let Event::VoteCast(Ballot { call, .. }) | Event::PollDecided { call, .. } = event {
        return locale.catalogue().call(*call).to_owned();
    }
    let (Event::StorySplit { into: parts, .. } | Event::StoryMerged { from: parts, .. }) = event
    else {
        return String::new();
    };
    let title = |id: &StoryId| launch.stories.get(id).map(|story| &story.title);
    let quoted = locale.catalogue().common.quoted;
    let titles: Vec<_> = parts
        .iter()
        .filter_map(title)
        .map(|title| fill(quoted, &[("text", title)]))
        .collect();
    titles.join(", ")
}

/// The title of an event that is about no part of the launch.
fn own_title(
    launch: &Launch,
    event: &Event,
    people: &People,
    t: &Catalogue,
    locale: Locale,
) -> String {
    match event {
        Event::Renamed { title, .. } => title.to_string(),
        Event::Rescheduled { moment } => day_year_clock(locale, &launch.zone(), *moment),
        Event::DisciplineRequired { discipline }
        | Event::VerificationRequired { discipline }
        | Event::LeadNamed { discipline, .. } => t.discipline(*discipline).to_owned(),
        Event::MemberSet { person, .. } => people
            .name(*person)
            .unwrap_or(t.common.somebody_unknown)
            .to_owned(),
        Event::CapacitySet {
            capacity: Some(amount),
            unit,
            ..
        } => t.amount(*unit, usize::from(*amount)),
        Event::CourseDeclared { course, .. } => t.course(*course).to_owned(),
        Event::VoteCast(ballot) => t.discipline_in_line(ballot.discipline).to_owned(),
        _ => launch.title().to_owned(),
    }
}

/// What was said, with or without a reason or evidence.
fn said<'a>(reason: Option<&'a Note>, bare: &'static str, explained: &'static str) -> Parts<'a> {
    match reason {
        None => (bare, None, "", None),
        Some(reason) => (explained, None, reason.as_str(), None),
    }
}

fn asked<'a>(detail: &'a RequestDetail, t: &Catalogue) -> Parts<'a> {
    let template = match detail.kind {
        RequestKind::Question => t.events.question_made,
        RequestKind::Handover => t.events.handover_made,
    };
    (template, None, detail.text.as_str(), None)
}

fn counted(words: &Plural, n: usize) -> Parts<'static> {
    let words = if n == 1 { words.one } else { words.other };
    (words, None, "", u32::try_from(n).ok())
}

type Parts<'a> = (&'static str, Option<PersonId>, &'a str, Option<u32>);

fn parts<'a>(event: &'a Event, t: &Catalogue) -> Parts<'a> {
    let e = &t.events;
    let plain = |template: &'static str| (template, None, "", None);
    match event {
        Event::Planned(_) => plain(e.planned),
        Event::Renamed { .. } => plain(e.renamed),
        Event::Rescheduled { .. } => plain(e.rescheduled),
        Event::DisciplineRequired { .. } => plain(e.discipline_required),
        Event::VerificationRequired { .. } => plain(e.verification_required),
        Event::TemplateTaken(taken) => (
            e.template_taken,
            None,
            taken.template.as_str(),
            Some(u32::from(taken.version)),
        ),
        Event::WindowsSet(_) => plain(e.windows_set),
        Event::MomentExcepted { reason } => (e.moment_excepted, None, reason.as_str(), None),
        Event::MemberSet { member, .. } if member.approves => plain(e.approver_set),
        Event::MemberSet { .. } => plain(e.member_set),
        Event::LeadNamed { lead: None, .. } => plain(e.lead_removed),
        Event::LeadNamed { lead, .. } => (e.lead_named, *lead, "", None),
        Event::SprintLengthSet { weeks: 1 } => plain(e.sprints_of_one_week),
        Event::SprintLengthSet { .. } => plain(e.sprints_of_two_weeks),
        Event::CapacitySet {
            sprint, capacity, ..
        } => {
            let words = if capacity.is_some() {
                e.capacity_set
            } else {
                e.capacity_removed
            };
            (words, None, "", Some(u32::from(*sprint)))
        }
        Event::EpicAdded { .. } => plain(e.epic_added),
        Event::EpicEdited { .. } => plain(e.epic_edited),
        Event::EpicRanked { to, .. } => (e.epic_ranked, None, "", Some(to + 1)),
        Event::EpicScoped { .. } => plain(e.epic_scoped),
        Event::EpicUnscoped { .. } => plain(e.epic_unscoped),
        Event::EpicAccepted { .. } => plain(e.epic_accepted),
        Event::EpicAcceptanceWithdrawn { .. } => plain(e.epic_acceptance_withdrawn),
        Event::StoryAdded { .. } => plain(e.story_added),
        Event::StoryEdited { .. } => plain(e.story_edited),
        Event::StoryMoved { .. } => plain(e.story_moved),
        Event::StoryPlanned {
            sprint: Some(n), ..
        } => (e.story_planned, None, "", Some(u32::from(*n))),
        Event::StoryPlanned { sprint: None, .. } => plain(e.story_unplanned),
        Event::StoryEstimated { points: None, .. } => plain(e.story_unestimated),
        Event::StoryEstimated {
            points: Some(n), ..
        } => counted(&e.story_estimated, usize::from(*n)),
        Event::StorySplit { .. } => plain(e.story_split),
        Event::StoryMerged { .. } => plain(e.story_merged),
        Event::StoryBegun { .. } => plain(e.story_begun),
        Event::StoryDone { .. } => plain(e.story_done),
        Event::StoryDropped { .. } => plain(e.story_dropped),
        Event::StoryReopened { .. } => plain(e.story_reopened),
        Event::ItemAdded { .. } => plain(e.item_added),
        Event::ItemEdited { .. } => plain(e.item_edited),
        Event::ItemAssigned { owner: None, .. } => plain(e.item_unassigned),
        Event::ItemAssigned { owner, .. } => (e.item_assigned, *owner, "", None),
        Event::ItemBegun { .. } => plain(e.item_begun),
        Event::ItemBound { .. } => plain(e.item_bound),
        Event::ItemBeginWithdrawn { .. } => plain(e.item_begin_withdrawn),
        Event::ItemTicked { evidence, .. } => {
            said(evidence.as_ref(), e.item_ticked, e.item_ticked_with)
        }
        Event::ItemUnticked { .. } => plain(e.item_unticked),
        Event::ItemVerified { .. } => plain(e.item_verified),
        Event::ItemConfirmed { .. } => plain(e.item_confirmed),
        Event::FileAttached(detail) => (e.file_attached, None, detail.file.name.as_str(), None),
        Event::FileDetached(detail) => (e.file_detached, None, detail.file.name.as_str(), None),
        Event::ExemptionAsked {
            exemption, reason, ..
        } => {
            let words = match exemption {
                ExemptionKind::Waiver { .. } => e.waiver_asked,
                ExemptionKind::NotApplicable => e.not_applicable_asked,
            };
            (words, None, reason.as_str(), None)
        }
        Event::ExemptionGranted { .. } => plain(e.exemption_granted),
        Event::ExemptionWithdrawn { .. } => plain(e.exemption_withdrawn),
        Event::RequestMade { detail, .. } => asked(detail, t),
        Event::RequestAnswered { text, .. } => (e.request_answered, None, text.as_str(), None),
        Event::RequestReopened { .. } => plain(e.request_reopened),
        Event::RequestDiscussed { text, .. } => (e.request_discussed, None, text.as_str(), None),
        Event::NoticeIssued(notice) if notice.replaces.is_some() => plain(e.notice_corrected),
        Event::NoticeIssued(_) => plain(e.notice_issued),
        Event::NoticeRead { .. } => plain(e.notice_read),
        Event::CourseDeclared { reason, .. } => (e.course_declared, None, reason.as_str(), None),
        Event::CourseWithdrawn => plain(e.course_withdrawn),
        Event::PollOpened { asked } => counted(&e.poll_opened, asked.len()),
        Event::VoteCast(ballot) => said(ballot.reason.as_ref(), e.vote_cast, e.vote_explained),
        Event::PollDecided { reason, .. } => {
            said(reason.as_ref(), e.poll_decided, e.decision_explained)
        }
        Event::Launched => plain(e.launched),
        Event::LaunchClaimed => plain(e.launch_claimed),
        Event::WatchClosed => plain(e.watch_closed),
    }
}

impl Catalogue {
    /// So many points or stories.
    pub fn amount(&self, unit: Unit, n: usize) -> String {
        let plan = &self.pages.plan;
        super::count(
            match unit {
                Unit::Points => &plan.points,
                Unit::Stories => &plan.n_stories,
            },
            n,
        )
    }

    /// A vote or a decision in words.
    pub fn call(&self, call: Call) -> &'static str {
        match call {
            Call::Go => self.cockpit.go,
            Call::GoWithConditions => self.cockpit.go_if,
            Call::NoGo => self.cockpit.no_go,
        }
    }

    /// A course in words.
    pub fn course(&self, course: Course) -> &'static str {
        match course {
            Course::OnCourse => self.events.on_course,
            Course::AtRisk => self.events.at_risk,
            Course::OffCourse => self.events.off_course,
            Course::NotEnoughKnown => self.events.not_enough_known,
        }
    }
}

#[cfg(all(test, feature = "languages"))]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        engine::testing::{LENA, NILS, launch},
        tree,
    };

    #[test]
    fn what_one_gives_to_oneself_one_takes() {
        let told = launch().item("prices", "sales", &json!({}));
        let event = Event::ItemAssigned {
            item: "prices".parse().unwrap(),
            owner: Some(NILS),
        };
        let said = |by, locale| event_text(&told.launch, &event, by, &People::default(), locale).0;
        assert_eq!(said(Some(NILS), Locale::En), "took “prices”");
        assert_eq!(said(Some(NILS), Locale::De), "hat „prices“ übernommen");
        assert!(said(Some(LENA), Locale::En).starts_with("gave “prices” to"));
        assert!(said(None, Locale::De).starts_with("hat „prices“ an"));
    }

    fn said(event: serde_json::Value, locale: Locale) -> String {
        let event: Event = tree::read(event).unwrap();
        event_text(&Launch::default(), &event, None, &People::default(), locale).0
    }

    #[test]
    fn the_journal_tells_a_poll() {
        let opened = json!({"poll_opened": {"asked": ["marketing", "sales"]}});
        let cast = json!({"vote_cast": {"discipline": "sales", "call": "go"}});
        let against =
            json!({"vote_cast": {"discipline": "legal", "call": "no_go", "reason": "Unsigned."}});
        let decided = json!({"poll_decided": {"call": "go_with_conditions"}});
        let explained = json!({"poll_decided": {"call": "no_go", "reason": "Too early."}});
        let english = [
            (&opened, "opened the poll: 2 disciplines are asked"),
            (&cast, "voted “Go” for sales"),
            (&against, "voted “No-go” for legal: Unsigned."),
            (&decided, "decided “Go, with conditions”"),
            (&explained, "decided “No-go”: Too early."),
        ];
        for (event, expected) in english {
            assert_eq!(said(event.clone(), Locale::En), expected);
        }
        let german = [
            (
                opened,
                "hat die Abstimmung eröffnet: 2 Disziplinen sind gefragt",
            ),
            (cast, "hat für Vertrieb „Go“ gestimmt"),
            (against, "hat für Recht „No-Go“ gestimmt: Unsigned."),
            (decided, "hat „Go mit Auflagen“ entschieden"),
            (explained, "hat „No-Go“ entschieden: Too early."),
        ];
        for (event, expected) in german {
            assert_eq!(said(event, Locale::De), expected);
        }
    }
}
