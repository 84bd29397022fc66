//! The form by which one discipline asks another, or promises to hand something over.

use leptos::prelude::*;
use startklar::{Discipline, ItemId};

use super::{fields, text_area::TextArea};
use crate::{actions::CommandForm, desk::Desk};

/// Days that an answer may take, unless somebody says otherwise.
const TERM: i64 = 7;

/// The form. About an item it needs no choice of item, and who owes the item asks.
pub(crate) fn form(desk: Desk, item: Option<&ItemId>) -> impl IntoView + use<> {
    let r = &desk.texts().pages.requests;
    let kinds = vec![
        ("question".to_owned(), r.question.to_owned()),
        ("handover".to_owned(), r.handover.to_owned()),
    ];
    let view = desk.view_untracked();
    let owes = item.and_then(|id| view.launch.items.get(id));
    let from = owes.map(|item| item.discipline).or_else(|| own(desk));
    let other = |of: &Discipline| Some(*of) != from;
    let to = [Discipline::Engineering, Discipline::Product];
    let to = to.into_iter().find(other);
    let is_open = item.is_none();
    let with: Vec<_> = item
        .map(|id| ("item", id.to_string()))
        .into_iter()
        .collect();
    let today = view.assessment.today;
    let due = startklar::time::plus(today, TERM);
    view! {
        <CommandForm kind="make_request" with=with class="ask">
            {fields::choice(r.direction.to_owned(), "direction", kinds, "question")}
            {fields::discipline(desk, r.from, "from", from)}
            {fields::discipline(desk, r.to, "to", to)}
            {fields::person(desk, r.by_name, "owner", None)}
            {fields::day_from(r.due_by, "due", Some(due), true, today)}
            {is_open.then(|| about(desk))}
            <label class="field wide-field">
                <span>{r.text}</span>
                <TextArea name="text" required=true />
            </label>
            {fields::switch(r.blocking, "blocking", false)}
            <button class="button button--main">{r.send}</button>
        </CommandForm>
    }
}

/// What the reader leads or works for.
fn own(desk: Desk) -> Option<Discipline> {
    let me = desk.me?;
    let view = desk.view_untracked();
    let mut leads = view.launch.leads.iter();
    let led = leads.find(|(_, lead)| **lead == me).map(|(of, _)| *of);
    let member = view.launch.members.get(&me);
    led.or_else(|| member?.works_for.first().copied())
}

/// A choice among the items.
fn about(desk: Desk) -> impl IntoView {
    let r = &desk.texts().pages.requests;
    let view = desk.view_untracked();
    let items = view.launch.items.rows().iter();
    let mut items: Vec<_> = items
        .map(|i| (i.id.to_string(), i.title.to_string()))
        .collect();
    startklar::order::sort_by_key(&mut items, |(_, title)| startklar::letters::lower(title));
    items.insert(0, (String::new(), r.no_item.to_owned()));
    fields::choice(r.about_item.to_owned(), "item", items, "")
}
