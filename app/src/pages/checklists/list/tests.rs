//! What a filter shows is exactly what the sentence counts.

use serde_json::json;
use startklar::{Launch, engine::Target, model::People};

use super::*;
use crate::{
    charts::testing::{ME, item, planned, run, seen},
    desk::View,
};

/// Sales: late, open, and ticked before what it needs was reopened; marketing: closed; support: no blocker.
fn launch() -> Launch {
    let mut launch = planned(10, 71);
    run(
        &mut launch,
        0,
        json!({"add_epic": {"id": "e", "title": "Login"}}),
    );
    run(&mut launch, 0, json!({"scope_epic": {"epic": "e"}}));
    for (id, discipline, lead) in [
        ("offer", "sales", 60),
        ("prices", "sales", 14),
        ("terms", "legal", 7),
        ("mail", "marketing", 7),
    ] {
        run(&mut launch, 1, item(id, discipline, lead));
    }
    let mut contract = item("contract", "sales", 10);
    contract["add_item"]["needs"] = json!(["terms"]);
    run(&mut launch, 1, contract);
    let mut aside = item("stickers", "support", 3);
    aside["add_item"]["blocking"] = json!(false);
    run(&mut launch, 1, aside);
    run(
        &mut launch,
        2,
        json!({"assign_item": {"item": "prices", "owner": ME}}),
    );
    for id in ["terms", "contract", "mail"] {
        run(&mut launch, 3, json!({"tick_item": {"item": id}}));
    }
    run(&mut launch, 4, json!({"untick_item": {"item": "terms"}}));
    launch
}

fn list(launch: &Launch, filter: &Filter, others: bool) -> List {
    let (launch, assessment) = seen(launch, 20);
    let view = View {
        launch: launch.into(),
        assessment,
        pending: 0,
    };
    let people = People::default();
    let settled = settled(&view);
    let reader = Reader {
        people: &people,
        locale: Locale::En,
        actor: Actor::person(ME),
        base: "/l/m",
        settled: &settled,
    };
    let aside = Aside { others, who: None };
    List::of(&view, filter, aside, &reader)
}

fn ids(list: &List) -> Vec<&str> {
    list.groups
        .iter()
        .flat_map(|g| &g.rows)
        .map(|row| row.id.as_str())
        .collect()
}

fn only(query: &str) -> Filter {
    Filter::from_query(query)
}

#[test]
fn sales_stands_first_and_closed_ones_last() {
    let list = list(&launch(), &Filter::default(), false);
    assert_eq!(
        ids(&list),
        ["offer", "prices", "contract", "mail", "stickers", "terms"]
    );
}

#[test]
fn each_number_of_the_sentence_leads_to_so_many_rows() {
    let launch = launch();
    let (_, assessment) = seen(&launch, 20);
    let spans = assessment.sentence(&launch).stanza(Locale::En).concat();
    let mut checked = 0;
    for span in &spans {
        let filter = match span.target {
            Some(Target::Open) => only("open=1"),
            Some(Target::OpenOf(d)) => only(&format!("open=1&discipline={}", d.code())),
            _ => continue,
        };
        let number: usize = span.text.split(' ').find_map(|w| w.parse().ok()).unwrap();
        assert_eq!(
            ids(&list(&launch, &filter, false)).len(),
            number,
            "{}",
            span.text
        );
        checked += 1;
    }
    assert_eq!(checked, 3, "{spans:?}");
}

#[test]
fn what_holds_the_launch_up_is_neither_closed_nor_optional() {
    let open = list(&launch(), &only("open=1"), false);
    assert_eq!(ids(&open), ["offer", "prices", "contract", "terms"]);
}

#[test]
fn late_mine_and_words() {
    let launch = launch();
    assert_eq!(ids(&list(&launch, &only("late=1"), false)), ["offer"]);
    assert_eq!(ids(&list(&launch, &only("mine=1"), false)), ["prices"]);
    assert_eq!(ids(&list(&launch, &only("q=PRIC"), false)), ["prices"]);
    assert!(ids(&list(&launch, &only("q=nothing+here"), false)).is_empty());
}

#[test]
fn a_tally_counts_the_discipline_and_not_the_filter() {
    let list = list(&launch(), &only("q=offer"), false);
    let tally = list.group(Discipline::Sales).unwrap().tally;
    assert_eq!(
        (tally.all, tally.closed, tally.late, tally.aside),
        (3, 0, 1, 0)
    );
    assert!(tally.nobody_leads);
}

#[test]
fn a_chip_counts_what_it_would_show() {
    let list = list(&launch(), &only("open=1&discipline=sales"), false);
    let chip = |words: &str| list.chips.iter().find(|c| c.words == words).unwrap();
    assert_eq!(
        (
            chip("All").count,
            chip("Sales").count,
            chip("Marketing").count
        ),
        (4, 3, 0)
    );
    assert!(chip("Sales").chosen && !chip("All").chosen);
    assert!(chip("Sales").filter.open, "the other filters stay");
}

#[test]
fn a_selection_that_no_chip_names_gets_its_own() {
    let list = list(&launch(), &only("discipline=legal&discipline=sales"), false);
    let last = list.chips.last().unwrap();
    assert_eq!(
        (last.words.as_str(), last.count, last.chosen),
        ("Legal and Sales", 4, true)
    );
}

#[test]
fn the_items_of_one_person_have_an_address_too() {
    let (launch, assessment) = seen(&launch(), 20);
    let view = View {
        launch: launch.into(),
        assessment,
        pending: 0,
    };
    let people = People::default();
    let reader = Reader {
        people: &people,
        locale: Locale::En,
        actor: Actor::nobody(),
        base: "/l/m",
        settled: &[],
    };
    let aside = Aside {
        others: false,
        who: Some(ME),
    };
    let list = List::of(&view, &Filter::default(), aside, &reader);
    assert_eq!(ids(&list), ["prices"]);
    let chosen: Vec<_> = list.chips.iter().filter(|c| c.chosen).collect();
    assert!(matches!(chosen.as_slice(), [chip] if chip.count == 1));
    assert_eq!(aside.fields().count(), 1);
}

#[test]
fn rows_are_found_by_id() {
    let list = list(&launch(), &Filter::default(), false);
    assert_eq!(
        list.row(&"mail".parse().unwrap()).map(|r| r.shut),
        Some(true)
    );
    assert_eq!(list.row(&"nothing".parse().unwrap()), None);
}

#[test]
fn what_is_closed_while_the_page_is_open_stays_where_it_is() {
    let mut launch = launch();
    let ids = |launch: &Launch, settled: &[ItemIx]| {
        let (launch, assessment) = seen(launch, 20);
        let view = View {
            launch: launch.into(),
            assessment,
            pending: 0,
        };
        let people = People::default();
        let reader = Reader {
            people: &people,
            locale: Locale::En,
            actor: Actor::person(ME),
            base: "/l/m",
            settled,
        };
        let list = List::of(&view, &Filter::default(), Aside::default(), &reader);
        let rows = &list.group(Discipline::Sales).unwrap().rows;
        rows.iter()
            .map(|row| row.id.to_string())
            .collect::<Vec<_>>()
    };
    let settled = Vec::new();
    let before = ids(&launch, &settled);
    assert_eq!(before, ["offer", "prices", "contract"]);
    run(&mut launch, 20, json!({"tick_item": {"item": "offer"}}));
    assert_eq!(ids(&launch, &settled), before);
    let anew = vec![launch.items.find(&"offer".parse().unwrap()).unwrap()];
    assert_eq!(ids(&launch, &anew), ["prices", "contract", "offer"]);
}
