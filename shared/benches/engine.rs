//! What the engine costs: judging a launch and folding its journal.
//!
//! The goals on two cores: 20 µs for 60 stories and 100 items, 200 µs with 1,000 items, 5 ms for a
//! journal of 5,000 events.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark"
)]

use chrono::TimeDelta;
use divan::{Bencher, black_box};
use startklar::{
    Actor, Command, CommandId, Discipline, Launch, Locale, People, PersonId, Policy, Recorded,
    assess, decide,
    journal::{ItemDetail, StoryDetail, VERSION},
    report::Report,
    time::{Instant, parse_instant},
};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

struct Writer {
    launch: Launch,
    journal: Vec<Recorded>,
    now: Instant,
}

impl Writer {
    fn new() -> Self {
        let now = parse_instant("2026-03-02T08:00:00Z").unwrap();
        let mut writer = Self {
            launch: Launch::default(),
            journal: Vec::new(),
            now,
        };
        writer.give(
            &Command::plan_launch("b", "B", "2026-03-02", 10, "2026-05-12T08:00:00Z").unwrap(),
        );
        writer
    }

    fn give(&mut self, command: &Command) {
        let by = PersonId::from_number(1);
        self.now += TimeDelta::seconds(1);
        for event in decide(&self.launch, command, &Actor::person(by), self.now).unwrap() {
            let record = Recorded {
                v: VERSION,
                seq: self.launch.revision + 1,
                at: self.now,
                by,
                command: CommandId(uuid::Uuid::from_u128(self.launch.revision.into())),
                event,
            };
            self.launch.apply(&record);
            self.journal.push(record);
        }
    }
}

/// A launch as teams have them: epics with stories, items of all disciplines, every third item
/// needs another, half of all is done.
fn launch(stories: usize, items: usize) -> Writer {
    let mut writer = Writer::new();
    for n in 0..6 {
        let id: startklar::EpicId = format!("e{n}").parse().unwrap();
        writer.give(&Command::AddEpic {
            id: id.clone(),
            title: "Epic".parse().unwrap(),
            note: None,
        });
        writer.give(&Command::ScopeEpic { epic: id });
    }
    for n in 0..stories {
        let id: startklar::StoryId = format!("s{n}").parse().unwrap();
        writer.give(&Command::AddStory {
            id: id.clone(),
            epic: format!("e{}", n % 6).parse().unwrap(),
            detail: StoryDetail {
                title: "A story with a title of common length".parse().unwrap(),
                note: None,
                points: Some(3),
                sprint: None,
                owner: None,
            },
        });
        if n % 2 == 0 {
            writer.give(&Command::FinishStory { story: id });
        }
    }
    for n in 0..items {
        let id: startklar::ItemId = format!("i{n}").parse().unwrap();
        let needs = if n % 3 == 2 {
            vec![format!("i{}", n - 1).parse().unwrap()]
        } else {
            vec![]
        };
        writer.give(&Command::AddItem {
            id: id.clone(),
            detail: ItemDetail {
                title: "An item with a title of common length".parse().unwrap(),
                note: None,
                discipline: Discipline::ALL[n % 12],
                blocking: true,
                covers: Vec::new(),
                owner: None,
                lead_days: u16::try_from(n % 60).unwrap(),
                due: None,
                needs,
                needs_epics: Vec::new(),
                evidence: None,
                second_person: n % 5 == 0,
                confirm_days: (n % 7 == 0).then_some(14),
            },
        });
        if n % 2 == 0 {
            // Refused where it needs an open item; that is part of the picture.
            let tick = Command::TickItem {
                item: id,
                evidence: None,
            };
            if decide(
                &writer.launch,
                &tick,
                &Actor::person(PersonId::from_number(1)),
                writer.now,
            )
            .is_ok()
            {
                writer.give(&tick);
            }
        }
    }
    writer
}

#[divan::bench(args = [100, 300, 1_000, 3_000])]
fn assess_with_60_stories_and_items(bencher: Bencher, items: usize) {
    let writer = launch(60, items);
    let policy = Policy::default();
    let now = writer.now + TimeDelta::days(30);
    bencher.bench(|| assess(black_box(&writer.launch), &policy, now));
}

/// The same launch late: people own the items, a third of what is open has been under way for
/// weeks, and the scope has grown. Everything that early warnings look at is
/// there to be looked at.
fn late(items: usize) -> Writer {
    let mut writer = launch(60, items);
    writer.now += TimeDelta::days(10);
    for n in 0..items {
        let item: startklar::ItemId = format!("i{n}").parse().unwrap();
        let owner = PersonId::from_number(u128::try_from(n % (items / 10)).unwrap() + 1);
        writer.give(&Command::AssignItem {
            item: item.clone(),
            owner: Some(owner),
        });
        let open = writer
            .launch
            .items
            .get(&item)
            .is_some_and(|i| i.tick.is_none());
        if open && n % 3 == 0 {
            writer.give(&Command::BeginItem { item });
        }
    }
    for n in 0..12 {
        let id: startklar::StoryId = format!("late{n}").parse().unwrap();
        let epic = format!("e{}", n % 6).parse().unwrap();
        let detail = StoryDetail {
            title: "A story that came later".parse().unwrap(),
            note: None,
            points: Some(3),
            sprint: None,
            owner: None,
        };
        writer.give(&Command::AddStory { id, epic, detail });
    }
    writer
}

#[divan::bench(args = [100, 1_000])]
fn assess_with_much_to_warn_of(bencher: Bencher, items: usize) {
    let writer = late(items);
    let policy = Policy::default();
    let now = writer.now + TimeDelta::days(35);
    bencher.bench(|| assess(black_box(&writer.launch), &policy, now));
}

#[divan::bench(args = [100, 1_000])]
fn report_in_words(bencher: Bencher, items: usize) {
    let writer = launch(60, items);
    let now = writer.now + TimeDelta::days(30);
    let assessment = assess(&writer.launch, &Policy::default(), now);
    let people = People::default();
    bencher.bench(|| {
        Report::new(
            black_box(&writer.launch),
            &assessment,
            None,
            &people,
            Locale::De,
        )
    });
}

/// 5,000 events: the launch above, then ticks taken back and set again.
fn long_journal() -> Vec<Recorded> {
    let mut writer = launch(60, 100);
    let item: startklar::ItemId = "i0".parse().unwrap();
    while writer.journal.len() < 5_000 {
        writer.give(&Command::UntickItem { item: item.clone() });
        writer.give(&Command::TickItem {
            item: item.clone(),
            evidence: None,
        });
    }
    writer.journal.truncate(5_000);
    writer.journal
}

#[divan::bench]
fn fold_5000_events(bencher: Bencher) {
    let journal = long_journal();
    bencher.bench(|| Launch::fold(black_box(&journal)));
}

#[divan::bench]
fn read_and_fold_5000_lines(bencher: Bencher) {
    let lines: Vec<String> = long_journal().iter().map(|r| r.write().unwrap()).collect();
    bencher.bench(|| {
        let mut launch = Launch::default();
        for line in black_box(&lines) {
            launch.apply(&Recorded::read(line).unwrap());
        }
        launch
    });
}

#[divan::bench]
fn decide_a_tick(bencher: Bencher) {
    let writer = launch(60, 100);
    let tick = Command::TickItem {
        item: "i1".parse().unwrap(),
        evidence: None,
    };
    let actor = Actor::person(PersonId::from_number(1));
    bencher.bench(|| decide(black_box(&writer.launch), &tick, &actor, writer.now));
}
