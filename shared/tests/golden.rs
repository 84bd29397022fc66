//! Journals that were written by released versions, and what they are worth. They must be read, fold
//! and be judged the same for ever: nothing in `golden/` changes or goes.
//!
//! A later version may know more: launch and assessment may have further fields, a new rule may find
//! more. What stands in the expected files stays true all the same. A new kind of event, or a new
//! field of one, gets a further journal beside these.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panic")]

use std::collections::BTreeSet;

use serde_json::Value;
use startklar::{
    Discipline, Event, Launch, Locale, People, Policy, Recorded, assess,
    engine::Subject,
    journal::{Unreadable, VERSION},
    report::Report,
    template::Tier,
    time::parse_instant,
    workspace::{self, Workspace},
};

const JOURNAL: &str = include_str!("golden/journal.v1.jsonl");
const EXPECTED: &str = include_str!("golden/journal.v1.expected.jsonl");
/// A launch that was taken in from a plan file on its word.
const CLAIMED: &str = include_str!("golden/claimed.v1.jsonl");
/// Sprints of two weeks with capacities, and stories that went from one to the next.
const SPRINTS: &str = include_str!("golden/sprints.v1.jsonl");
/// Stories that were estimated, split and put together again, and an epic that came back into scope.
const SPLIT: &str = include_str!("golden/split.v1.jsonl");

/// A poll that was decided go with conditions after a vote became void, and one that was decided no-go
/// before anybody had spoken.
const POLL: &str = include_str!("golden/poll.v1.jsonl");
/// An item that came with a plan file as a condition of a go.
const BOUND: &str = include_str!("golden/bound.v1.jsonl");
/// Requests that were talked about before and after their answers.
const DISCUSSED: &str = include_str!("golden/discussed.v1.jsonl");
/// Two files that were handed in, one of them taken off again before a second person verified.
const FILES: &str = include_str!("golden/files.v1.jsonl");
/// A change notice that one of two read before another took its place, and one without a day.
const NOTICES: &str = include_str!("golden/notices.v1.jsonl");
/// A launch in which a second person came to be asked for after items were ticked.
const GOVERNED: &str = include_str!("golden/governed.v1.jsonl");
/// A launch that began from a template and took a later version of it.
const TEMPLATE: &str = include_str!("golden/template.v1.jsonl");
/// Windows and freezes that changed, and exceptions that fell with the moment and with them.
const WINDOWS: &str = include_str!("golden/windows.v1.jsonl");
/// A policy with windows and freezes.
const GOVERNED_WINDOWS: &str = include_str!("golden/workspace.windows.v1.jsonl");
/// The workspace's own journal: a policy, and another in its place.
const WORKSPACE: &str = include_str!("golden/workspace.v1.jsonl");

fn read(journal: &str) -> Vec<Recorded> {
    let lines = journal.lines();
    lines.map(|line| Recorded::read(line).unwrap()).collect()
}

fn journal() -> Vec<Recorded> {
    read(JOURNAL)
}

/// Fails where something that was expected is not there.
fn includes(found: &Value, expected: &Value, place: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (name, expected) in expected {
                let place = format!("{place}.{name}");
                let found = found.get(name).unwrap_or_else(|| panic!("no {place}"));
                includes(found, expected, &place);
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{place}: {found:?}");
            for (ix, (found, expected)) in found.iter().zip(expected).enumerate() {
                includes(found, expected, &format!("{place}[{ix}]"));
            }
        }
        _ => assert_eq!(found, expected, "{place}"),
    }
}

/// The findings that speak of the same as those that were expected, so that new ones do not disturb.
fn old_findings(found: &mut Value, expected: &Value) {
    let about = |finding: &Value| {
        let subject = &finding["subject"];
        [&finding["rule"], &subject["kind"], &subject["id"]].map(ToString::to_string)
    };
    let expected = expected["findings"].as_array().unwrap();
    let known: BTreeSet<_> = expected.iter().map(about).collect();
    let findings = found["findings"].as_array_mut().unwrap();
    findings.retain(|finding| known.contains(&about(finding)));
}

#[test]
fn a_journal_of_version_1_is_worth_what_it_was() {
    let journal = journal();
    for line in EXPECTED.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let revision = expected["revision"].as_u64().unwrap();
        let at = parse_instant(expected["at"].as_str().unwrap()).unwrap();
        let until = journal.iter().filter(|record| record.seq <= revision);
        let launch = Launch::fold(until);
        let place = format!("launch at {revision}");
        let folded = serde_json::to_value(&launch).unwrap();
        includes(&folded, &expected["launch"], &place);

        let assessment = assess(&launch, &Policy::default(), at);
        let report = Report::new(&launch, &assessment, None, &People::default(), Locale::En);
        let mut report = serde_json::to_value(report).unwrap();
        old_findings(&mut report, &expected["assessment"]);
        let place = format!("assessment at {revision}");
        includes(&report, &expected["assessment"], &place);
    }
}

#[test]
fn a_claimed_launch_is_launched_and_says_that_it_is_claimed() {
    let launch = Launch::fold(&read(CLAIMED));
    assert!(launch.claimed);
    let at = parse_instant("2026-06-30T08:00:00Z").unwrap();
    let assessment = assess(&launch, &Policy::default(), at);
    assert_eq!(assessment.stage.code(), "launched");
    let sentence = assessment.sentence(&launch).text(Locale::En);
    assert!(
        sentence.starts_with("Launched by the word of a plan file. Not done:"),
        "{sentence}"
    );
}

#[test]
fn sprints_keep_their_capacity_and_what_they_began_with() {
    let launch = Launch::fold(&read(SPRINTS));
    let folded = serde_json::to_value(&launch).unwrap();
    let expected = serde_json::json!({
        "weeks": 2,
        "capacity": [[1, {"amount": 20, "unit": "points"}]],
    });
    assert_eq!(folded["sprints"], expected);
    let again: Launch = startklar::tree::read(folded.clone()).unwrap();
    assert_eq!(again, launch, "the browser reads it as it was written");
    let stays: Vec<_> = (launch.stories.rows().iter())
        .map(|s| {
            (
                s.sprint,
                s.stays.iter().map(|stay| stay.sprint).collect::<Vec<_>>(),
            )
        })
        .collect();
    // The first day of a sprint is for planning: what leaves then was never promised.
    let expected = [(Some(2), vec![]), (Some(2), vec![1]), (Some(2), vec![1])];
    assert_eq!(stays, expected);
}

#[test]
fn a_split_story_and_its_parts_stand_where_it_stood() {
    let launch = Launch::fold(&read(SPLIT));
    let folded = serde_json::to_value(&launch).unwrap();
    let again: Launch = startklar::tree::read(folded).unwrap();
    assert_eq!(again, launch, "the browser reads it as it was written");
    let rows: Vec<_> = (launch.stories.rows().iter())
        .map(|s| {
            let planned = s.planned.map(|at| at.to_rfc3339());
            (s.id.as_str(), s.title.as_str(), s.points, s.sprint, planned)
        })
        .collect();
    let planned = |minute: u8| Some(format!("2026-02-23T08:0{minute}:00+00:00"));
    let expected = [
        ("big", "Less – again", Some(6), Some(2), planned(4)),
        ("part", "Part", Some(3), Some(2), planned(4)),
        ("other", "Other", None, Some(2), planned(5)),
        // What went back is in no sprint any more.
        ("rest", "Rest", None, None, None),
    ];
    assert_eq!(rows, expected);
    let rest = &launch.stories.rows()[3];
    assert!(matches!(
        rest.state,
        startklar::model::StoryState::Dropped(_)
    ));
}

#[test]
fn an_epic_that_came_back_is_in_scope_since_it_first_was() {
    let launch = Launch::fold(&read(SPLIT));
    let first = parse_instant("2026-02-23T08:03:00Z").unwrap();
    assert_eq!(launch.epics.rows()[0].in_scope, Some(first));
}

#[test]
fn a_condition_that_came_with_a_plan_file_is_waited_for_once_its_day_is_over() {
    let launch = Launch::fold(&read(BOUND));
    let waits = |at: &str| {
        let assessment = assess(&launch, &Policy::default(), parse_instant(at).unwrap());
        let mut blockers = assessment.blockers();
        blockers.any(|finding| matches!(finding.subject, Subject::Item(_)))
    };
    assert!(!waits("2026-05-11T23:59:00Z"));
    assert!(waits("2026-05-12T00:01:00Z"));
}

#[test]
fn a_poll_keeps_its_votes_what_made_them_void_and_the_decision() {
    let launch = Launch::fold(&read(POLL));
    let folded = serde_json::to_value(&launch).unwrap();
    let again: Launch = startklar::tree::read(folded.clone()).unwrap();
    assert_eq!(again, launch, "the browser reads it as it was written");
    let polls = folded["polls"].as_array().unwrap();
    let rulings: Vec<_> = polls.iter().map(|poll| &poll["ruling"]["call"]).collect();
    assert_eq!(rulings, ["go_with_conditions", "no_go"]);
    let votes: Vec<_> = (polls[0]["votes"].as_array().unwrap().iter())
        .map(|vote| {
            (
                vote["ballot"]["call"].as_str().unwrap(),
                vote["void"]["what"].as_str(),
            )
        })
        .collect();
    let expected = [
        ("go", None),
        ("no_go", Some("Prices")),
        ("go_with_conditions", None),
    ];
    assert_eq!(votes, expected);
    let condition = launch
        .items
        .get(&"two-more-trained".parse().unwrap())
        .unwrap();
    assert!(condition.owner.is_some() && condition.due.is_some() && !condition.blocking);
}

#[test]
fn a_request_keeps_what_was_said_before_its_answer_and_after_it() {
    let launch = Launch::fold(&read(DISCUSSED));
    let folded = serde_json::to_value(&launch).unwrap();
    let again: Launch = startklar::tree::read(folded).unwrap();
    assert_eq!(again, launch, "the browser reads it as it was written");
    let request = &launch.requests.rows()[0];
    let said: Vec<_> = (request.thread.iter())
        .map(|remark| (remark.by.at.to_rfc3339(), remark.text.as_str()))
        .collect();
    let at = |day: u8| format!("2026-03-{day:02}T08:00:00+00:00");
    let expected = [
        (at(4), "Which list do you mean:\nthe old one, or – “v2”?"),
        (at(5), "The one for partners."),
        (at(9), "Thank you. 🚀"),
    ];
    assert_eq!(said, expected);
    assert_eq!(
        request.answer.as_ref().unwrap().text.as_str(),
        "2 to 3 cents."
    );
    // One that nobody wrote on looks as it did before there were threads.
    let plain = serde_json::to_value(&launch.requests.rows()[1]).unwrap();
    assert!(plain.get("thread").is_none(), "{plain}");
}

#[test]
fn a_file_that_was_handed_in_is_evidence_and_stays() {
    let launch = Launch::fold(&read(FILES));
    let folded = serde_json::to_value(&launch).unwrap();
    let again: Launch = startklar::tree::read(folded.clone()).unwrap();
    assert_eq!(again, launch, "the browser reads it as it was written");
    let files = folded["items"][0]["files"].as_array().unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0]["file"]["name"], "Offer, signed.pdf");
    assert_eq!(files[0]["by"]["at"], "2026-03-10T08:01:00Z");
    let at = parse_instant("2026-03-12T08:00:00Z").unwrap();
    let assessment = assess(&launch, &Policy::default(), at);
    let (ix, _) = launch.items.each().next().unwrap();
    assert!(assessment.item(ix).is_closed());
}

#[test]
fn a_change_notice_keeps_who_read_it_and_what_took_its_place() {
    let launch = Launch::fold(&read(NOTICES));
    let folded = serde_json::to_value(&launch).unwrap();
    let again: Launch = startklar::tree::read(folded.clone()).unwrap();
    assert_eq!(again, launch, "the browser reads it as it was written");
    let notices = folded["notices"].as_array().unwrap();
    let reads: Vec<_> = (notices.iter())
        .map(|notice| notice["reads"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(reads, [1, 1, 0]);
    assert_eq!(notices[1]["notice"]["replaces"], "prices");
    let at = parse_instant("2026-05-02T08:00:00Z").unwrap();
    let assessment = assess(&launch, &Policy::default(), at);
    let unread = assessment.by_rule(startklar::engine::Rule::NoticeUnread);
    let unread: Vec<_> = unread.map(|found| found.discipline.code()).collect();
    assert_eq!(unread, ["sales"], "they read the one that holds no more");
    let plain = serde_json::to_value(Launch::fold(&read(DISCUSSED))).unwrap();
    assert!(plain.get("notices").is_none(), "{plain}");
}

#[test]
fn a_second_person_is_asked_for_whenever_that_was_said() {
    let journal = read(GOVERNED);
    let launch = Launch::fold(&journal);
    let folded = serde_json::to_value(&launch).unwrap();
    let again: Launch = startklar::tree::read(folded.clone()).unwrap();
    assert_eq!(again, launch, "the browser reads it as it was written");
    assert_eq!(folded["verified"], serde_json::json!(["sales", "legal"]));
    assert_eq!(
        folded["policy"],
        serde_json::json!(["marketing", "sales", "legal"])
    );
    let at = parse_instant("2026-03-12T09:00:00Z").unwrap();
    let states = |launch: &Launch| {
        let assessment = assess(launch, &Policy::default(), at);
        let items = launch.items.each();
        items
            .map(|(ix, _)| assessment.item(ix).code())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        states(&Launch::fold(&journal[..8])),
        ["second_person", "closed"]
    );
    assert_eq!(states(&launch), ["closed", "closed"]);
    // A launch of which nothing is asked looks as it did before.
    let plain = serde_json::to_value(Launch::fold(&journal[..6])).unwrap();
    assert!(plain.get("verified").is_none(), "{plain}");
}

#[test]
fn a_moment_is_judged_by_the_windows_of_its_time_and_excepted_from_these_alone() {
    let journal = read(WINDOWS);
    let at = parse_instant("2026-03-12T09:00:00Z").unwrap();
    let said = |n: usize| {
        let launch = Launch::fold(&journal[..n]);
        let folded = serde_json::to_value(&launch).unwrap();
        let again: Launch = startklar::tree::read(folded).unwrap();
        assert_eq!(again, launch, "the browser reads it as it was written");
        let findings = assess(&launch, &Policy::default(), at).findings;
        let codes = findings.iter().map(|f| f.rule.code());
        codes
            .filter(|code| code.starts_with("moment"))
            .collect::<Vec<_>>()
    };
    assert!(said(1).is_empty());
    // Ten o'clock on a Tuesday in May, during the fair.
    assert_eq!(said(2), ["moment_in_freeze"]);
    assert_eq!(said(3), ["moment_excepted"]);
    // Two o'clock on a Sunday: the window that opened on Saturday has just been closed.
    assert_eq!(said(4), ["moment_outside_window"]);
    assert_eq!(said(5), ["moment_in_freeze"]);
    assert_eq!(said(6), ["moment_excepted"]);
    assert!(said(7).is_empty());
    let plain = serde_json::to_value(Launch::fold(&journal)).unwrap();
    assert!(plain.get("windows").is_none() && plain.get("excepted").is_none());
}

#[test]
fn a_launch_holds_the_version_of_a_template_that_it_took_last() {
    let launch = Launch::fold(&read(TEMPLATE));
    let folded = serde_json::to_value(&launch).unwrap();
    let again: Launch = startklar::tree::read(folded.clone()).unwrap();
    assert_eq!(again, launch);
    let expected = serde_json::json!({"template": "ours", "version": 3, "size": "medium"});
    assert_eq!(folded["taken"], expected);
}

#[test]
fn the_journal_of_the_workspace_is_read_and_written_as_it_was() {
    let mut workspace = Workspace::default();
    for line in WORKSPACE.lines() {
        let record = workspace::Recorded::read(line).unwrap();
        assert_eq!(record.write().unwrap(), line);
        workspace.apply(&record);
    }
    let legal = [Discipline::Legal];
    let expected = workspace::Policy::new(legal, [Discipline::Sales, Discipline::Legal]);
    assert_eq!(workspace.policy, expected);
    let (seq, stamp) = workspace.policy_set.unwrap();
    assert_eq!((seq, workspace.revision), (2, 3));
    let ours = workspace.template(&"ours".parse().unwrap(), 1).unwrap();
    assert_eq!(ours.items(Tier::Small).count(), 1);
    assert_eq!(stamp.by, startklar::PersonId::from_number(2));
    let newer = WORKSPACE.replacen("\"v\":1", "\"v\":2", 1);
    let newer = workspace::Recorded::read(newer.lines().next().unwrap());
    assert!(matches!(newer, Err(Unreadable::Newer { found: 2 })));
}

#[test]
fn a_policy_holds_windows_and_freezes() {
    let mut workspace = Workspace::default();
    let record = workspace::Recorded::read(GOVERNED_WINDOWS.trim_end()).unwrap();
    assert_eq!(record.write().unwrap(), GOVERNED_WINDOWS.trim_end());
    workspace.apply(&record);
    let windows = workspace.policy.windows();
    assert_eq!(windows.windows()[0].to.to_string(), "16:00");
    assert_eq!(windows.freezes()[0].title().as_str(), "Year end");
}

#[test]
fn a_line_of_version_1_is_written_as_it_was_read() {
    let lines = JOURNAL.lines().zip(journal());
    let lines = lines.chain(CLAIMED.lines().zip(read(CLAIMED)));
    let lines = lines.chain(SPRINTS.lines().zip(read(SPRINTS)));
    let lines = lines.chain(POLL.lines().zip(read(POLL)));
    let lines = lines.chain(BOUND.lines().zip(read(BOUND)));
    let lines = lines.chain(DISCUSSED.lines().zip(read(DISCUSSED)));
    let lines = lines.chain(FILES.lines().zip(read(FILES)));
    let lines = lines.chain(NOTICES.lines().zip(read(NOTICES)));
    let lines = lines.chain(GOVERNED.lines().zip(read(GOVERNED)));
    let lines = lines.chain(TEMPLATE.lines().zip(read(TEMPLATE)));
    let lines = lines.chain(WINDOWS.lines().zip(read(WINDOWS)));
    for (line, record) in lines.chain(SPLIT.lines().zip(read(SPLIT))) {
        if record.v == VERSION {
            assert_eq!(record.write().unwrap(), line);
        }
    }
}

#[test]
fn every_kind_of_event_is_there() {
    let journal = [
        journal(),
        read(CLAIMED),
        read(SPRINTS),
        read(SPLIT),
        read(POLL),
        read(BOUND),
        read(DISCUSSED),
        read(FILES),
        read(NOTICES),
        read(GOVERNED),
        read(TEMPLATE),
        read(WINDOWS),
    ]
    .concat();
    let there: BTreeSet<&str> = journal.iter().map(|record| name(&record.event)).collect();
    assert_eq!(there.len(), 59, "{there:?}");
    let codes: BTreeSet<&str> = journal.iter().map(|record| record.event.code()).collect();
    assert_eq!(codes.len(), there.len());
    assert!(codes.into_iter().all(Event::is_known));
}

/// The name of a kind of event that a golden journal holds. One that is missing here is new: give it
/// a journal first.
fn name(event: &Event) -> &'static str {
    use Event::{
        CapacitySet, CourseDeclared, CourseWithdrawn, DisciplineRequired, EpicAcceptanceWithdrawn,
        EpicAccepted, EpicAdded, EpicEdited, EpicRanked, EpicScoped, EpicUnscoped, ExemptionAsked,
        ExemptionGranted, ExemptionWithdrawn, FileAttached, FileDetached, ItemAdded, ItemAssigned,
        ItemBeginWithdrawn, ItemBegun, ItemBound, ItemConfirmed, ItemEdited, ItemTicked,
        ItemUnticked, ItemVerified, LaunchClaimed, Launched, LeadNamed, MemberSet, MomentExcepted,
        NoticeIssued, NoticeRead, Planned, PollDecided, PollOpened, Renamed, RequestAnswered,
        RequestDiscussed, RequestMade, RequestReopened, Rescheduled, SprintLengthSet, StoryAdded,
        StoryBegun, StoryDone, StoryDropped, StoryEdited, StoryEstimated, StoryMerged, StoryMoved,
        StoryPlanned, StoryReopened, StorySplit, TemplateTaken, VerificationRequired, VoteCast,
        WatchClosed, WindowsSet,
    };
    match event {
        Planned(_)
        | Renamed { .. }
        | Rescheduled { .. }
        | DisciplineRequired { .. }
        | VerificationRequired { .. }
        | WindowsSet(_)
        | MomentExcepted { .. }
        | TemplateTaken(_)
        | MemberSet { .. }
        | LeadNamed { .. }
        | SprintLengthSet { .. }
        | CapacitySet { .. }
        | EpicAdded { .. }
        | EpicEdited { .. }
        | EpicRanked { .. }
        | EpicScoped { .. }
        | EpicUnscoped { .. }
        | EpicAccepted { .. }
        | EpicAcceptanceWithdrawn { .. }
        | StoryAdded { .. }
        | StoryEdited { .. }
        | StoryMoved { .. }
        | StoryPlanned { .. }
        | StoryEstimated { .. }
        | StorySplit { .. }
        | StoryMerged { .. }
        | StoryBegun { .. }
        | StoryDone { .. }
        | StoryDropped { .. }
        | StoryReopened { .. }
        | ItemAdded { .. }
        | ItemEdited { .. }
        | ItemAssigned { .. }
        | ItemBound { .. }
        | ItemBegun { .. }
        | ItemBeginWithdrawn { .. }
        | ItemTicked { .. }
        | ItemUnticked { .. }
        | ItemVerified { .. }
        | ItemConfirmed { .. }
        | FileAttached(_)
        | FileDetached(_)
        | ExemptionAsked { .. }
        | ExemptionGranted { .. }
        | ExemptionWithdrawn { .. }
        | RequestMade { .. }
        | RequestAnswered { .. }
        | RequestReopened { .. }
        | RequestDiscussed { .. }
        | NoticeIssued(_)
        | NoticeRead { .. }
        | CourseDeclared { .. }
        | CourseWithdrawn
        | PollOpened { .. }
        | VoteCast(_)
        | PollDecided { .. }
        | Launched
        | LaunchClaimed
        | WatchClosed => event.code(),
    }
}
