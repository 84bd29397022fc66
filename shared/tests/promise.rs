//! What must hold for every history: nothing fakes done, folding is deterministic, and the verdict
//! explains itself completely and without a word too much.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "tests")]

mod support;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;
use startklar::{
    Assessment, Command, Discipline, Lane, Launch, PersonId, Policy, Recorded, assess,
    engine::{Course, EpicStatus, Finding, Polled, Rule, Stage, Verdict},
    model::{Call, Vote},
    time::{Instant, plus},
};
use support::{
    histories::{Played, give, history, hopeful, play, polled, strained},
    oracle, remedy,
};

fn keeps_the_promise(launch: &Launch, now: Instant) -> Result<(), TestCaseError> {
    let assessment = assess(launch, &Policy::default(), now);
    if matches!(assessment.stage, Stage::Ready(_) | Stage::Done(_))
        || assessment.verdict.may_launch()
    {
        prop_assert_eq!(oracle::launch_unfit(launch, now), None);
    }
    for (ix, _) in launch.epics.each() {
        if matches!(assessment.epic(ix), EpicStatus::Done(_)) {
            prop_assert_eq!(oracle::epic_unfit(launch, ix, now), None);
        }
    }
    let blocked = assessment.blockers().next().is_some();
    prop_assert_eq!(blocked, assessment.verdict == Verdict::NoGo);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_history_fakes_done(
        steps in prop_oneof![history(60), hopeful(30), polled(15)],
        later in 0..40_i64,
    ) {
        let played = play(&steps);
        keeps_the_promise(&played.launch, played.now)?;
        // Time passes and nothing else: confirmations age, waivers expire.
        keeps_the_promise(&played.launch, played.now + TimeDelta::days(later))?;
    }

    #[test]
    fn no_shuffled_journal_fakes_done(
        journal in hopeful(30).prop_map(|s| play(&s).journal).prop_shuffle(),
        twice in any::<bool>(),
    ) {
        let mut launch = Launch::fold(&journal);
        if twice {
            for record in &journal {
                launch.apply(record);
            }
        }
        let now = journal.iter().map(|r| r.at).max().unwrap();
        keeps_the_promise(&launch, now)?;
    }

    #[test]
    fn deciding_then_applying_equals_reloading(steps in prop_oneof![history(60), polled(15)]) {
        let played = play(&steps);
        let lines: Vec<String> = played.journal.iter().map(|r| r.write().unwrap()).collect();
        let read: Vec<Recorded> = lines.iter().map(|l| Recorded::read(l).unwrap()).collect();
        prop_assert_eq!(&Launch::fold(&read), &played.launch);
        let snapshot = serde_json::to_string(&played.launch).unwrap();
        let restored: Launch = serde_json::from_str(&snapshot).unwrap();
        prop_assert_eq!(
            assess(&restored, &Policy::default(), played.now),
            assess(&played.launch, &Policy::default(), played.now)
        );
        prop_assert_eq!(&restored, &played.launch);
    }

    #[test]
    fn a_refused_command_changes_nothing(steps in prop_oneof![history(40), polled(10)]) {
        let played = play(&steps);
        let again = play(&steps);
        prop_assert_eq!(&played.journal, &again.journal);
        prop_assert_eq!(played.journal.len() as u64, played.launch.revision);
    }

    #[test]
    fn closing_every_blocker_flips_the_verdict(steps in prop_oneof![history(50), hopeful(25)]) {
        let mut played = play(&steps);
        let blockers = blockers(&played);
        played.now += TimeDelta::milliseconds(1);
        remedy::close(&mut played, &blockers, &blockers);
        let left = self::blockers(&played);
        prop_assert!(left.is_empty(), "left: {:?}\nof: {:?}", left, blockers);
    }

    #[test]
    fn no_blocker_is_listed_in_vain(
        steps in prop_oneof![history(50), hopeful(25)],
        spared in any::<prop::sample::Index>(),
    ) {
        let mut played = play(&steps);
        let listed = blockers(&played);
        if listed.is_empty() {
            return Ok(());
        }
        let mut others = listed.clone();
        let spared = others.remove(spared.index(listed.len()));
        played.now += TimeDelta::milliseconds(1);
        remedy::close(&mut played, &others, &listed);
        let left = blockers(&played);
        prop_assert!(!left.is_empty(), "all went without {:?}", spared);
    }

    #[test]
    fn nobody_decides_a_go_on_what_is_unfit(steps in prop_oneof![hopeful(40), polled(15)]) {
        let played = play(&steps);
        let rulings = played.launch.polls.iter().filter_map(|poll| poll.ruling.as_ref());
        for ruling in rulings.filter(|ruling| ruling.call != Call::NoGo) {
            let before = played.journal.iter().take_while(|r| r.seq < ruling.revision);
            prop_assert_eq!(oracle::launch_unfit(&Launch::fold(before), ruling.by.at), None);
        }
    }

    #[test]
    fn a_vote_stands_on_the_blockers_that_it_was_cast_on(
        steps in prop_oneof![history(60), polled(15)],
        later in 0..40_i64,
    ) {
        let played = play(&steps);
        let Some(poll) = played.launch.open_poll() else {
            return Ok(());
        };
        let now = played.now + TimeDelta::days(later);
        for vote in Polled::of(&played.launch, poll, now).votes() {
            let then = Launch::fold(played.journal.iter().take_while(|r| !is_cast(r, vote)));
            let of = vote.ballot.discipline;
            prop_assert_eq!(rests_on(&then, vote.by.at, of), rests_on(&played.launch, now, of));
        }
    }

    #[test]
    fn a_poll_changes_the_verdict_by_nothing_but_a_broken_condition(
        steps in prop_oneof![history(60), polled(15)],
        later in 0..40_i64,
    ) {
        let played = play(&steps);
        let now = played.now + TimeDelta::days(later);
        let judge = |launch: &Launch| assess(launch, &Policy::default(), now);
        let mut without = played.launch.clone();
        without.polls.clear();
        let (with, without) = (judge(&played.launch), judge(&without));
        if oracle::promise_unfit(&played.launch, now).is_none() {
            prop_assert_eq!(with.verdict, without.verdict);
            prop_assert_eq!(with.stage, without.stage);
            prop_assert_eq!(with.blockers().count(), without.blockers().count());
        } else {
            // It takes nothing off the list, and what it adds is about items.
            prop_assert!(!with.verdict.may_launch());
            let added = with.blockers().filter(|f| !without.blockers().any(|other| other == *f));
            let added: Vec<_> = added.map(|f| f.subject.kind()).collect();
            prop_assert_eq!(with.blockers().count(), without.blockers().count() + added.len());
            prop_assert!(added.iter().all(|kind| *kind == "item"), "{:?}", added);
        }
    }

    #[test]
    fn a_warning_never_changes_the_verdict(
        steps in prop_oneof![history(60), hopeful(30), strained(20)],
        later in 0..90_i64,
    ) {
        let mut played = play(&steps);
        let now = played.now + TimeDelta::days(later);
        let judge = |played: &Played| assess(&played.launch, &Policy::default(), now);
        let before = judge(&played);
        stir(&mut played);
        let after = judge(&played);
        prop_assert_eq!(before.verdict, after.verdict);
        let count = |a: &Assessment| a.blockers().count();
        prop_assert_eq!(count(&before), count(&after));
        for warning in early(&before).into_iter().chain(early(&after)) {
            prop_assert!(!warning.is_blocking(), "{:?}", warning);
        }
    }
}

/// Whether a line of the journal is the one by which this vote was cast.
fn is_cast(record: &Recorded, vote: &Vote) -> bool {
    let cast = matches!(&record.event, startklar::Event::VoteCast(b) if *b == vote.ballot);
    cast && record.at == vote.by.at && record.by == vote.by.by
}

/// The blockers that a vote of a discipline rests on, each by rule and id.
fn rests_on(launch: &Launch, at: Instant, discipline: Discipline) -> BTreeSet<(Rule, String)> {
    let technical = discipline.lane() == Lane::Technical;
    let carries = |finding: &&Finding| match finding.rule {
        Rule::ScopeEmpty | Rule::EpicEmpty | Rule::StoryOpen | Rule::EpicNotAccepted => technical,
        _ => finding.discipline == discipline,
    };
    let assessment = assess(launch, &Policy::default(), at);
    let blockers = assessment.blockers().filter(carries);
    blockers.map(|f| (f.rule, f.subject.id(launch))).collect()
}

/// What early warnings look at and the verdict does not: lanes begin or not, one person owns
/// everything and says that it will do.
fn stir(played: &mut Played) {
    let items: Vec<_> = played
        .launch
        .items
        .rows()
        .iter()
        .map(|i| i.id.clone())
        .collect();
    let by = PersonId::from_number(1);
    let until = plus(played.launch.day(played.now), 30);
    let declare = Command::DeclareCourse {
        course: Course::OnCourse,
        reason: "It will do.".parse().unwrap(),
        until,
    };
    give(played, by, &declare);
    for item in items {
        let owner = Some(by);
        give(
            played,
            by,
            &Command::AssignItem {
                item: item.clone(),
                owner,
            },
        );
        let taken_back = Command::WithdrawBegin { item: item.clone() };
        let _ = give(played, by, &taken_back) || give(played, by, &Command::BeginItem { item });
    }
}

fn early(assessment: &Assessment) -> Vec<Finding> {
    let all = assessment.findings.iter();
    let early = all.filter(|f| Rule::EARLY.contains(&f.rule));
    early.cloned().collect()
}

fn blockers(played: &Played) -> Vec<Finding> {
    assess(&played.launch, &Policy::default(), played.now)
        .blockers()
        .cloned()
        .collect()
}

#[test]
fn hopeful_histories_do_become_ready() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let ready = (0..200)
        .filter(|_| {
            let steps = hopeful(6).new_tree(&mut runner).unwrap().current();
            let played = play(&steps);
            assess(&played.launch, &Policy::default(), played.now)
                .verdict
                .may_launch()
        })
        .count();
    // A property over launches that are never ready would prove nothing.
    assert!(ready > 20, "only {ready} of 200 became ready");
}

#[test]
fn histories_do_decide_polls_and_void_votes() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut calls, mut voids, mut stand, mut broken) = (BTreeSet::new(), 0, 0, 0);
    for _ in 0..300 {
        let steps = polled(10).new_tree(&mut runner).unwrap().current();
        let played = play(&steps);
        for poll in &played.launch.polls {
            calls.extend(poll.ruling.as_ref().map(|ruling| ruling.call.code()));
            voids += poll.votes.iter().filter(|vote| vote.void.is_some()).count();
        }
        let later = played.now + TimeDelta::days(30);
        broken += usize::from(oracle::promise_unfit(&played.launch, later).is_some());
        let open = played.launch.open_poll();
        stand += open.map_or(0, |poll| {
            Polled::of(&played.launch, poll, played.now).votes().count()
        });
    }
    // Properties of polls that nobody decides and whose votes never fall would prove nothing.
    assert_eq!(calls.len(), 3, "{calls:?}");
    assert!(voids > 20 && stand > 20, "{voids} void, {stand} stand");
    assert!(broken > 5, "{broken} broke a condition");
}

#[test]
fn histories_do_lie_in_freezes_and_outside_windows_and_are_let() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut found = BTreeSet::new();
    for _ in 0..300 {
        let steps = history(120).new_tree(&mut runner).unwrap().current();
        let played = play(&steps);
        let assessment = assess(&played.launch, &Policy::default(), played.now);
        found.extend(assessment.findings.iter().map(|f| f.rule));
    }
    // A property over launches whose moment will always do would prove nothing.
    for rule in [
        Rule::MomentOutsideWindow,
        Rule::MomentInFreeze,
        Rule::MomentExcepted,
    ] {
        assert!(found.contains(&rule), "{rule:?}");
    }
}

#[test]
fn histories_do_raise_warnings() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut raised = BTreeSet::new();
    for _ in 0..100 {
        let steps = strained(20).new_tree(&mut runner).unwrap().current();
        let mut played = play(&steps);
        for stirred in [false, true] {
            if stirred {
                stir(&mut played);
            }
            let assessment = assess(&played.launch, &Policy::default(), played.now);
            raised.extend(early(&assessment).iter().map(|f| f.rule));
        }
    }
    // A property over launches that nobody warns of would prove nothing.
    let missing = Rule::EARLY.iter().find(|rule| !raised.contains(rule));
    assert_eq!(missing, None, "{raised:?}");
}
