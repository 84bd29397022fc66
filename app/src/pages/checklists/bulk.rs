//! One thing done to several items. It needs the browser half: each item goes out as a command of
//! its own, so that each is decided by itself. As plain HTML a row is one click anyway. (A plain
//! form would need a handler that takes the field `item` more than once.)

use leptos::prelude::*;
use startklar::{
    Command, ItemId, Launch, PersonId,
    texts::{count, fill},
};

use super::Sheet;
use crate::{
    desk::Desk,
    hand::{self, Outcome},
    parts::fields,
};

/// What is done.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Begin,
    Tick,
    Assign(Option<PersonId>),
}

/// The bar of what can be done with the selected rows.
pub(super) fn view(sheet: Sheet) -> impl IntoView {
    move || {
        let n = sheet.selected.with(|all| all.as_ref().map(Vec::len))?;
        Some(bar(sheet, n))
    }
}

fn bar(sheet: Sheet, n: usize) -> impl IntoView {
    let t = &sheet.desk.texts().pages.checklists;
    let none = n == 0;
    let who = RwSignal::new(sheet.desk.me);
    let options = fields::people(sheet.desk)
        .into_iter()
        .map(|(id, name)| {
            view! {
                <option value=id.to_string() selected=Some(id) == sheet.desk.me>
                    {name}
                </option>
            }
        })
        .collect_view();
    let choose = move |event| who.set(event_target_value(&event).parse().ok());
    view! {
        <div class="bulk" role="group" aria-label=t.bulk>
            <p role="status">{count(&t.selected, n)}</p>
            <button type="button" class="button" disabled=none on:click=move |_| run(sheet, Deed::Begin)>
                {t.bulk_begin}
            </button>
            <button type="button" class="button" disabled=none on:click=move |_| run(sheet, Deed::Tick)>
                {t.bulk_tick}
            </button>
            <span class="bulk-who">
                <button
                    type="button"
                    class="button"
                    disabled=none
                    on:click=move |_| run(sheet, Deed::Assign(who.get_untracked()))
                >
                    {t.bulk_assign}
                </button>
                <select aria-label=t.bulk_assign on:change=choose>
                    {options}
                </select>
            </span>
            <button type="button" class="button" on:click=move |_| sheet.selected.set(None)>
                {t.bulk_clear}
            </button>
        </div>
    }
}

fn run(sheet: Sheet, deed: Deed) {
    let chosen = sheet.selected.get_untracked().unwrap_or_default();
    let view = sheet.desk.view_untracked();
    let commands = chosen
        .iter()
        .filter_map(|id| command(&view.launch, id, deed));
    let then = move |outcome| {
        sheet.selected.set(Some(Vec::new()));
        tell(sheet.desk, outcome);
    };
    hand::send_all(sheet.desk, commands.collect(), Box::new(then));
}

/// Says what became of them.
fn tell(desk: Desk, outcome: Outcome) {
    let t = &desk.texts().pages.checklists;
    let text = count(&t.bulk_done, outcome.given);
    match outcome.refused {
        None => desk.say(text),
        Some((n, reason)) => {
            let rest = fill(&count(&t.bulk_refused, n), &[("reason", &reason)]);
            desk.complain(format!("{text} {rest}"));
        }
    }
}

/// The command for one item; none where a tick would need evidence.
fn command(launch: &Launch, id: &ItemId, deed: Deed) -> Option<Command> {
    let item = id.clone();
    match deed {
        Deed::Begin => Some(Command::BeginItem { item }),
        Deed::Tick => {
            let free = !launch.items.get(id)?.lacks_evidence(None);
            free.then_some(Command::TickItem {
                item,
                evidence: None,
            })
        }
        Deed::Assign(owner) => Some(Command::AssignItem { item, owner }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{item, planned, run};

    #[test]
    fn only_what_asks_for_no_evidence_is_ticked_in_bulk() {
        let mut launch = planned(10, 71);
        run(&mut launch, 0, item("mail", "marketing", 7));
        let mut asks = item("list", "sales", 7);
        asks["add_item"]["evidence"] = json!("the list");
        run(&mut launch, 0, asks);
        let of = |id: &str, deed| command(&launch, &id.parse().unwrap(), deed);
        assert!(matches!(
            of("mail", Deed::Tick),
            Some(Command::TickItem { .. })
        ));
        assert_eq!(of("list", Deed::Tick), None);
        let file = json!({"name": "list.pdf", "media": "application/pdf", "size": 7,
            "sha256": "0".repeat(64)});
        let mut proven = launch.clone();
        let attach = json!({"attach_file": {"item": "list", "file": file}});
        run(&mut proven, 0, attach);
        let list = "list".parse().unwrap();
        assert!(command(&proven, &list, Deed::Tick).is_some());
        assert!(matches!(
            of("list", Deed::Begin),
            Some(Command::BeginItem { .. })
        ));
        assert!(matches!(
            of("list", Deed::Assign(None)),
            Some(Command::AssignItem { owner: None, .. })
        ));
    }
}
