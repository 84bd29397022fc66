//! Builds a launch by commands, without a file: each is decided by the rules, and one is refused.
//!
//! ```text
//! cargo run -p startklar --example by_hand
//! ```
#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use std::error::Error;

use startklar::{
    Actor, Command, Discipline, Launch, Locale, People, PersonId, Policy, assess, decide,
    journal::{ItemDetail, StoryDetail},
    time::{Instant, parse_instant},
};

fn main() -> Result<(), Box<dyn Error>> {
    let lena = PersonId::from_number(1);
    let now = parse_instant("2026-03-02T09:00:00Z")?;
    let mut launch = Launch::default();

    let plan = Command::plan_launch(
        "metakube",
        "MetaKube",
        "2026-03-02",
        10,
        "2026-05-12T08:00:00Z",
    )?;
    give(&mut launch, &plan, lena, now)?;
    for command in the_epic()? {
        give(&mut launch, &command, lena, now)?;
    }
    say(&launch, now);

    for (id, title, discipline) in [
        ("price-list", "Price list approved", Discipline::Sales),
        ("landing-page", "Landing page live", Discipline::Marketing),
    ] {
        let add = item(id, title, discipline)?;
        give(&mut launch, &add, lena, now)?;
    }
    say(&launch, now);

    // A tick without the evidence that the item asks for is refused, and says what is missing.
    let tick = |id: &str, evidence: Option<&str>| -> Result<Command, Box<dyn Error>> {
        Ok(Command::TickItem {
            item: id.parse()?,
            evidence: evidence.map(str::parse).transpose()?,
        })
    };
    if let Err(refusal) = decide(
        &launch,
        &tick("price-list", None)?,
        &Actor::person(lena),
        now,
    ) {
        println!(
            "{}: {}",
            refusal.code(),
            refusal.text(Locale::En, &People::default())
        );
    }
    for id in ["price-list", "landing-page"] {
        give(
            &mut launch,
            &tick(id, Some("https://example.com/proof"))?,
            lena,
            now,
        )?;
    }
    say(&launch, now);
    Ok(())
}

/// An epic with one story, built and accepted.
fn the_epic() -> Result<Vec<Command>, Box<dyn Error>> {
    let story = StoryDetail {
        title: "A cluster is created by one click".parse()?,
        note: None,
        points: Some(5),
        sprint: Some(1),
        owner: None,
    };
    Ok(vec![
        Command::AddEpic {
            id: "lifecycle".parse()?,
            title: "Cluster lifecycle".parse()?,
            note: None,
        },
        Command::ScopeEpic {
            epic: "lifecycle".parse()?,
        },
        Command::AddStory {
            id: "create".parse()?,
            epic: "lifecycle".parse()?,
            detail: story,
        },
        Command::FinishStory {
            story: "create".parse()?,
        },
        Command::AcceptEpic {
            epic: "lifecycle".parse()?,
        },
    ])
}

fn item(id: &str, title: &str, discipline: Discipline) -> Result<Command, Box<dyn Error>> {
    Ok(Command::AddItem {
        id: id.parse()?,
        detail: ItemDetail {
            title: title.parse()?,
            note: None,
            discipline,
            blocking: true,
            covers: Vec::new(),
            owner: None,
            lead_days: 14,
            due: None,
            needs: Vec::new(),
            needs_epics: Vec::new(),
            evidence: Some("a link".parse()?),
            second_person: false,
            confirm_days: None,
        },
    })
}

fn give(
    launch: &mut Launch,
    command: &Command,
    by: PersonId,
    now: Instant,
) -> Result<(), Box<dyn Error>> {
    for event in decide(launch, command, &Actor::person(by), now)? {
        launch.apply_at(&event, now, by);
    }
    Ok(())
}

fn say(launch: &Launch, now: Instant) {
    let assessment = assess(launch, &Policy::default(), now);
    println!("{}", assessment.sentence(launch).text(Locale::En));
}
