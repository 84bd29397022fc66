//! Launches for the tests of the charts, made by commands as everything is.

use std::sync::LazyLock;

use serde_json::{Value, json};
use startklar::{
    Actor, Assessment, Command, Launch, People, PersonId, Policy, assess, decide,
    time::{Instant, parse_instant},
};

/// Nobody is known by name.
pub(crate) static PEOPLE: LazyLock<People> = LazyLock::new(People::default);

/// Who does everything here.
pub(crate) const ME: PersonId = PersonId::from_number(1);

/// Noon of a day, counted from the first day of week 1: Mon 2 March 2026.
pub(crate) fn noon(day: i64) -> Instant {
    parse_instant("2026-03-02T12:00:00Z").unwrap() + chrono::TimeDelta::days(day)
}

/// A launch of so many weeks whose launch moment lies so many days after its start.
pub(crate) fn planned(weeks: u8, days: i64) -> Launch {
    let mut launch = Launch::default();
    let moment = noon(days);
    run(
        &mut launch,
        -3,
        json!({"plan_launch": {
            "id": "m", "title": "MetaKube", "start": "2026-03-02", "weeks": weeks,
            "moment": moment, "watch_days": 14,
        }}),
    );
    launch
}

/// Ten weeks, an epic with stories, items of three disciplines.
pub(crate) fn running() -> Launch {
    let mut launch = planned(10, 71);
    run(
        &mut launch,
        -3,
        json!({"add_epic": {"id": "e", "title": "Login"}}),
    );
    run(&mut launch, 0, json!({"scope_epic": {"epic": "e"}}));
    for n in 1..=6 {
        let id = format!("s{n}");
        run(
            &mut launch,
            0,
            json!({"add_story": {"id": id, "epic": "e", "title": id, "sprint": n}}),
        );
    }
    for (n, day) in [(1, 4), (2, 11), (3, 11)] {
        run(
            &mut launch,
            day,
            json!({"finish_story": {"story": format!("s{n}")}}),
        );
    }
    for (id, discipline, lead) in [
        ("runbook", "operations", 14),
        ("warm-up", "marketing", 35),
        ("offer", "sales", 28),
    ] {
        run(&mut launch, 1, item(id, discipline, lead));
    }
    run(&mut launch, 20, json!({"begin_item": {"item": "offer"}}));
    run(&mut launch, 30, json!({"tick_item": {"item": "runbook"}}));
    launch
}

/// The command that adds a blocking item.
pub(crate) fn item(id: &str, discipline: &str, lead: u16) -> Value {
    json!({"add_item": {
        "id": id, "title": id, "discipline": discipline, "blocking": true, "lead_days": lead,
        "due": "2026-05-05",
    }})
}

/// Runs a command on a day.
pub(crate) fn run(launch: &mut Launch, day: i64, command: Value) {
    let command: Command = serde_json::from_value(command).unwrap();
    for event in decide(launch, &command, &Actor::person(ME), noon(day)).unwrap() {
        launch.apply_at(&event, noon(day), ME);
    }
}

/// A launch with its assessment on a day.
pub(crate) fn seen(launch: &Launch, day: i64) -> (Launch, Assessment) {
    (
        launch.clone(),
        assess(launch, &Policy::default(), noon(day)),
    )
}
