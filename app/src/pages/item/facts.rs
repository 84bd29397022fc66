//! The facts of an item.

use leptos::prelude::*;
use startklar::{
    model::{EpicIx, Item, ItemIx},
    texts::{count, day_seen},
};

use super::{ItemPage, links};
use crate::{
    address,
    desk::{Desk, View},
    parts::{
        bits::{self, Bit},
        state::PersonName,
        when,
    },
};

pub(super) fn view(page: ItemPage) -> impl IntoView {
    let t = &page.desk.texts().pages.item;
    let pairs = move || {
        let row = page.row()?;
        let written = page.with(|view, ix, item| written(page.desk, view, ix, item))?;
        let l = page.desk.texts();
        Some(view! {
            <div>
                <dt>{l.pages.fields.owner}</dt>
                <dd>
                    <PersonName id=row.owner needed=row.required && !row.shut />
                </dd>
            </div>
            <div>
                <dt>{l.pages.checklists.start_head}</dt>
                <dd class="when">{when::show(row.start)}</dd>
            </div>
            <div>
                <dt>{l.pages.checklists.due_head}</dt>
                <dd class="when">{when::show(row.due)}</dd>
            </div>
            {written
                .into_iter()
                .map(|(name, value)| {
                    view! {
                        <div>
                            <dt>{name}</dt>
                            <dd>{bits::show(value)}</dd>
                        </div>
                    }
                })
                .collect_view()}
        })
    };
    view! {
        <section aria-labelledby="facts">
            <div class="head">
                <h2 id="facts">{t.facts}</h2>
            </div>
            <dl class="pairs">{pairs}</dl>
        </section>
    }
}

type Pair = (&'static str, Vec<Bit>);

/// What is written about it; what is not is left out.
fn written(desk: Desk, view: &View, ix: ItemIx, item: &Item) -> Vec<Pair> {
    let t = &desk.texts().pages;
    let text = |text: String| vec![Bit::Text(text)];
    let mut pairs = Vec::new();
    if let Some(note) = &item.note {
        pairs.push((t.fields.note, bits::written(note.as_str())));
    }
    pairs.push((t.item.covers, covers(desk, view, item)));
    let needs = links(desk, view, item.needs.iter().copied());
    if !needs.is_empty() {
        pairs.push((t.item.needs, needs));
    }
    if !item.needs_epics.is_empty() {
        pairs.push((t.fields.needs_epics, epics(desk, view, &item.needs_epics)));
    }
    let above = view
        .launch
        .items
        .each()
        .filter(|(_, other)| other.needs.contains(&ix));
    let needed_by = links(desk, view, above.map(|(ix, _)| ix));
    if !needed_by.is_empty() {
        pairs.push((t.item.needed_by, needed_by));
    }
    let lead = count(&t.item.lead_time, usize::from(item.lead_days));
    pairs.push((t.fields.lead_days, text(lead)));
    if let Some(asks) = &item.evidence {
        pairs.push((t.item.evidence_asked, text(asks.to_string())));
    }
    if let Some(given) = item.tick.as_ref().and_then(|k| k.evidence.as_ref()) {
        pairs.push((t.item.evidence_given, bits::written(&desk.said(given))));
    }
    let mut terms = Vec::new();
    if view.launch.needs_second_person(item) {
        terms.push(t.item.second_asked.to_owned());
    }
    if let Some(days) = item.confirm_days {
        terms.push(count(&t.item.confirm_every, usize::from(days)));
    }
    if !view.assessment.is_required(ix) {
        terms.push(t.items.does_not_block.trim_end_matches('.').to_owned());
    }
    if !terms.is_empty() {
        pairs.push((t.item.terms, text(terms.join("; "))));
    }
    pairs.push((
        t.item.added,
        text(day_seen(
            desk.locale,
            view.assessment.today,
            view.launch.day(item.added),
        )),
    ));
    pairs
}

fn covers(desk: Desk, view: &View, item: &Item) -> Vec<Bit> {
    let t = desk.texts();
    if item.covers.is_empty() {
        return vec![Bit::text(t.pages.item.covers_all)];
    }
    epics(desk, view, &item.covers)
}

/// Links to epics.
fn epics(desk: Desk, view: &View, epics: &[EpicIx]) -> Vec<Bit> {
    let epics = epics.iter().filter_map(|ix| view.launch.epics.at(*ix));
    let links = epics.map(|e| Bit::link(e.title.to_string(), desk.href(&address::epic(&e.id))));
    bits::list(links.collect(), desk.texts().common.and)
}
