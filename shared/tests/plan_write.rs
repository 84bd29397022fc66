//! Whatever happened to a launch, its export read again is the same launch.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test may stop where something is not as expected"
)]

#[path = "support/histories.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod histories;

use histories::{Step, history, hopeful, play, polled};
use proptest::{prelude::*, sample::select};
use startklar::{
    Command, Discipline, ItemId, Launch, People, PersonId, Policy, assess,
    journal::{Event, ItemDetail, RequestDetail, StoryDetail},
    model::{Attached, Member, Person, RequestKind},
    plan::{Plan, write},
    time::parse_instant,
};

fn people() -> People {
    let names = ["lena", "nils.sommer", "o_k", "d-4"];
    let people = names.iter().zip(1..).map(|(key, n)| Person {
        id: PersonId::from_number(n),
        key: (*key).to_owned(),
        name: format!("Name “{key}” \\ \"{n}\"").parse().unwrap(),
    });
    People::from(people.collect::<Vec<_>>())
}

/// Texts that must survive quoting.
fn note() -> impl Strategy<Value = startklar::text::Note> {
    let mention = |number: u128| format!("@{}", PersonId::from_number(number));
    let mentioning = format!("({}), {}. {}@x", mention(1), mention(2), mention(3));
    let texts = [
        mentioning.as_str(),
        "plain",
        "two\nlines\n\n  and \"quotes\"",
        "\\ \"\"\" \\n \ttab",
        "# = [x] 'ä' 🚀",
    ];
    let texts = texts.map(|text| text.parse().unwrap());
    select(texts.to_vec())
}

/// Terms that an item gets when it is ticked already.
fn demanding() -> impl Strategy<Value = ItemDetail> {
    let needs = proptest::collection::vec(0..4_u8, 0..3);
    (needs, any::<bool>(), any::<bool>()).prop_map(|(needs, evidence, second)| ItemDetail {
        title: "Demanding".parse().unwrap(),
        note: None,
        discipline: Discipline::Sales,
        blocking: true,
        covers: vec!["e3".parse().unwrap(), "e0".parse().unwrap()],
        owner: None,
        lead_days: 14,
        due: Some("2026-04-01".parse().unwrap()),
        needs: needs
            .iter()
            .map(|n| format!("i{n}").parse().unwrap())
            .collect(),
        needs_epics: needs
            .iter()
            .map(|n| format!("e{n}").parse().unwrap())
            .collect(),
        evidence: evidence.then(|| "a list".parse().unwrap()),
        second_person: second,
        confirm_days: second.then_some(1),
    })
}

/// What the shared histories do not do, or do seldom.
fn extra() -> impl Strategy<Value = Step> {
    let number = || 0..4_u8;
    let command = prop_oneof![
        (note(), number()).prop_map(|(note, n)| Command::EditEpic {
            epic: format!("e{n}").parse().unwrap(),
            title: format!("Epic = \"{n}\"").parse().unwrap(),
            note: Some(note),
        }),
        note().prop_map(|note| Command::Rename {
            title: "Y # \\".parse().unwrap(),
            note: Some(note),
        }),
        (20..28_u32).prop_map(|day| Command::Reschedule {
            moment: parse_instant(&format!("2026-05-{day}T08:00:00.25Z")).unwrap(),
        }),
        (number(), proptest::option::of(1..9_u8)).prop_map(|(n, sprint)| Command::PlanStory {
            story: format!("s{n}").parse().unwrap(),
            sprint,
        }),
        (1..3_u8).prop_map(|weeks| Command::SetSprintLength { weeks }),
        (1..9_u8, proptest::option::of(0..30_u16)).prop_map(|(sprint, capacity)| {
            Command::SetCapacity {
                sprint,
                capacity,
                unit: startklar::model::Unit::Stories,
            }
        }),
        (number(), note(), number(), 1..4_u128).prop_map(|(n, text, item, owner)| {
            Command::MakeRequest {
                id: format!("r{n}").parse().unwrap(),
                detail: RequestDetail {
                    kind: RequestKind::Handover,
                    from: Discipline::Sales,
                    to: Discipline::Engineering,
                    text,
                    owner: Some(PersonId::from_number(owner)),
                    due: "2026-03-20".parse().unwrap(),
                    blocking: n % 2 == 0,
                    item: Some(format!("i{item}").parse().unwrap()),
                },
            }
        }),
        (number(), note()).prop_map(|(n, text)| Command::DiscussRequest {
            request: format!("r{n}").parse().unwrap(),
            text,
        }),
        (number(), note()).prop_map(|(n, note)| Command::TickItem {
            item: format!("i{n}").parse().unwrap(),
            evidence: Some(note),
        }),
        (number(), note()).prop_map(|(n, reason)| Command::AskNotApplicable {
            item: format!("i{n}").parse().unwrap(),
            reason,
        }),
        (number(), note()).prop_map(|(n, note)| Command::AddEpic {
            id: format!("e{n}").parse().unwrap(),
            title: "Late".parse().unwrap(),
            note: Some(note),
        }),
        (number(), number()).prop_map(|(n, to)| Command::RankEpic {
            epic: format!("e{n}").parse().unwrap(),
            to: to.into(),
        }),
        (number(), number()).prop_map(|(n, epic)| Command::AddStory {
            id: format!("s{n}").parse().unwrap(),
            epic: format!("e{epic}").parse().unwrap(),
            detail: StoryDetail {
                title: "Story".parse().unwrap(),
                note: None,
                points: Some(1_000),
                sprint: None,
                owner: Some(PersonId::from_number(3)),
            },
        }),
        (number(), demanding()).prop_map(|(n, detail)| Command::EditItem {
            item: format!("i{n}").parse().unwrap(),
            detail,
        }),
        (1..5_u128).prop_map(|n| Command::SetMember {
            person: PersonId::from_number(n),
            member: Member {
                approves: n % 2 == 1,
                product_owner: n % 3 == 1,
                decides: n % 3 == 2,
                works_for: Vec::new(),
            },
        }),
        (number(), 1..5_u128).prop_map(|(n, _)| Command::GrantExemption {
            item: format!("i{n}").parse().unwrap(),
        }),
        Just(Command::CloseWatch),
    ];
    let after = prop_oneof![Just(0), 0..90_000_i64];
    (1..5_u128, after, command).prop_map(|(by, after, command)| Step {
        by: PersonId::from_number(by),
        after,
        command,
    })
}

fn histories() -> impl Strategy<Value = Vec<Step>> {
    let main = prop_oneof![2 => history(120), 2 => hopeful(60), 1 => polled(40)];
    (main, proptest::collection::vec(extra(), 0..40)).prop_map(|(mut steps, extra)| {
        for (n, step) in extra.into_iter().enumerate() {
            steps.insert((n * 3).min(steps.len()), step);
        }
        steps
    })
}

/// Everything but the number and the moment of the last event, and the polls: what was said on a state
/// that the file does not hold stays in the journal, but for what a go was conditional on. So does who has
/// reacted to being mentioned. Of files a tick says what they are.
fn facts(mut launch: Launch) -> Launch {
    let promised: Vec<ItemId> = launch.promised().to_vec();
    launch.polls.clear();
    launch.mentions.clear();
    launch.revision = 0;
    launch.touched = None;
    let mut written = serde_json::to_value(&launch).unwrap();
    for (item, row) in launch
        .items
        .rows()
        .iter()
        .zip(written["items"].as_array_mut().unwrap())
    {
        row.as_object_mut().unwrap().remove("files");
        if promised.contains(&item.id) {
            row["bound"] = true.into();
        }
        if let Some(tick) = &item.tick {
            let said = tick.evidence.iter().map(ToString::to_string);
            let named = |f: &Attached| format!("{} (SHA-256 {})", f.file.name, f.file.sha256);
            let lines: Vec<_> = said.chain(item.files.iter().map(named)).collect();
            if !lines.is_empty() {
                row["tick"]["evidence"] = lines.join("\n").into();
            }
        }
    }
    serde_json::from_value(written).unwrap()
}

/// The launch as its file may hold it: where the file does not show that no blocker stood, that it
/// was launched is the file's word alone, and its watch is not over.
fn as_written(mut launch: Launch, text: &str) -> Launch {
    launch.claimed |= text.contains("\nclaimed = true\n");
    launch.watch_closed = launch
        .watch_closed
        .filter(|_| text.contains("\n[watch_closed]\n"));
    facts(launch)
}

fn read_again(text: &str, people: &People) -> Launch {
    let plan = Plan::read(text).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"));
    let id = |key: &str| {
        people
            .by_key(key)
            .map_or(PersonId::from_number(0), |p| p.id)
    };
    let journal = plan
        .replay(None, id)
        .unwrap_or_else(|e| panic!("{e:#?}\n{text}"));
    Launch::fold(&journal)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_export_read_again_is_the_same_launch(steps in histories()) {
        let played = play(&steps);
        let people = people();
        let text = write(&played.launch, &people);
        let again = read_again(&text, &people);
        // Where nothing happened since, nothing may be lost.
        let mut since = played.journal.iter().skip_while(|r| r.event != Event::Launched).skip(1);
        let expected = if since.all(|r| r.event == Event::WatchClosed) {
            facts(played.launch)
        } else {
            as_written(played.launch, &text)
        };
        prop_assert_eq!(facts(again), expected, "{}", text);
    }

    #[test]
    fn an_export_waits_for_what_its_launch_waits_for(steps in polled(60), days in 0..90_i64) {
        let played = play(&steps);
        let people = people();
        let copy = read_again(&write(&played.launch, &people), &people);
        let at = played.now + chrono::TimeDelta::days(days);
        let owed = |launch: &Launch| {
            let assessment = assess(launch, &Policy::default(), at);
            let owed: Vec<String> = assessment.blockers().map(|b| format!("{:?} {:?}", b.rule, b.subject)).collect();
            owed
        };
        prop_assert_eq!(owed(&copy), owed(&played.launch));
    }

    #[test]
    fn an_export_is_stable(steps in histories()) {
        let people = people();
        let text = write(&play(&steps).launch, &people);
        let again = read_again(&text, &people);
        prop_assert_eq!(write(&again, &people), text);
    }

    #[test]
    fn whoever_was_erased_is_still_somebody(steps in histories()) {
        let played = play(&steps);
        let mut people = people();
        people.erase(PersonId::from_number(2));
        people.erase(PersonId::from_number(3));
        let text = write(&played.launch, &people);
        let plan = Plan::read(&text);
        prop_assert!(plan.is_ok(), "{:#?}\n{}", plan.err(), text);
    }
}
