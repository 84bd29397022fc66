//! What can be done about an item: begin, tick with evidence, verify, confirm, give to somebody.

use leptos::prelude::*;
use startklar::{Command, PersonId, engine::ItemState, rights};

use super::ItemPage;
use crate::{
    actions::CommandForm,
    parts::{fields, item::tick::TickAct},
};

/// What decides which forms are there; while it stays the same, they stay too, and with them what
/// was typed.
#[derive(Debug, Clone, PartialEq)]
struct Now {
    state: ItemState,
    tick: TickAct,
    ticked: bool,
    begun: bool,
    asks: Option<String>,
    /// Whether a tick needs a link or a note: a file that is there is evidence.
    lacks: bool,
    owner: Option<PersonId>,
    /// Whose it is, where it is not the reader's to do.
    refused: Option<String>,
}

pub(super) fn view(page: ItemPage) -> Option<impl IntoView> {
    if page.desk.past.is_some() {
        return None;
    }
    let t = &page.desk.texts().pages.item;
    let now = Memo::new(move |_| {
        page.with(|view, ix, item| {
            let state = view.assessment.item(ix);
            let begin = Command::BeginItem {
                item: item.id.clone(),
            };
            let refused = rights::check(&view.launch, &begin, &page.desk.actor());
            let people = page.desk.people();
            Now {
                state,
                tick: TickAct::of(item, state, page.desk.me),
                ticked: item.tick.is_some(),
                begun: item.begun.is_some(),
                asks: item.evidence.as_ref().map(ToString::to_string),
                lacks: item.lacks_evidence(None),
                owner: item.owner,
                refused: refused
                    .err()
                    .map(|refusal| refusal.text(page.desk.locale, &people)),
            }
        })
    });
    Some(view! {
        <section class="section" aria-labelledby="acts" id="tick">
            <div class="head">
                <h2 id="acts">{t.actions}</h2>
            </div>
            {move || now.get().map(|now| forms(page, now))}
        </section>
    })
}

fn forms(page: ItemPage, now: Now) -> AnyView {
    let t = &page.desk.texts().pages.items;
    let owner = now.owner;
    if let Some(refused) = now.refused {
        let verify = (now.tick == TickAct::Verify).then(|| one(page, "verify_item", t.do_verify));
        return view! {
            <p>{refused}</p>
            <div class="acts">{verify}</div>
        }
        .into_any();
    }
    let assign = Command::AssignItem {
        item: page.id.get_value(),
        owner: None,
    };
    view! {
        {(!now.ticked).then(|| ticking(page, now.asks, now.lacks))}
        <div class="acts">
            {(!now.begun && !now.ticked).then(|| one(page, "begin_item", t.do_begin))}
            {(now.begun && !now.ticked).then(|| one(page, "withdraw_begin", t.do_withdraw_begin))}
            {(now.tick == TickAct::Verify).then(|| one(page, "verify_item", t.do_verify))}
            {matches!(now.state, ItemState::Stale(_)).then(|| one(page, "confirm_item", t.do_confirm))}
            {now.ticked.then(|| one(page, "untick_item", t.do_untick))}
        </div>
        {page.desk.may(&assign).then(|| assigning(page, owner))}
    }
    .into_any()
}

fn assigning(page: ItemPage, owner: Option<PersonId>) -> impl IntoView {
    let t = &page.desk.texts().pages;
    view! {
        <CommandForm kind="assign_item" with=page.field() class="inline">
            {fields::person(page.desk, t.fields.owner, "owner", owner)}
            <button class="button">{t.checklists.bulk_assign}</button>
        </CommandForm>
    }
}

/// A button that is a whole form.
fn one(page: ItemPage, kind: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <CommandForm kind=kind with=page.field()>
            <button class="button">{words}</button>
        </CommandForm>
    }
}

fn ticking(page: ItemPage, asks: Option<String>, lacks: bool) -> impl IntoView {
    let t = &page.desk.texts().pages.items;
    let evidence = asks.map(|asks| {
        view! {
            <label class="field">
                <span>{t.evidence} ": " {asks}</span>
                <input
                    type="text"
                    name="evidence"
                    required=lacks
                    maxlength="4000"
                    autocomplete="off"
                    placeholder=t.evidence_hint
                />
            </label>
        }
    });
    view! {
        <CommandForm kind="tick_item" with=page.field() class="inline">
            {evidence}
            <button class="button button--main" data-tick="">
                {t.do_tick}
            </button>
        </CommandForm>
    }
}
