//! The form by which one discipline asks another, or promises to hand something over.

use leptos::prelude::*;
use startklar::{Discipline, ItemId};

use super::fields;
use crate::{actions::CommandForm, desk::Desk};

/// The form. About an item it needs no choice of item, and `from` is who owes the item.
pub(crate) fn form(
    desk: Desk,
    item: Option<&ItemId>,
    from: Option<Discipline>,
    back: Option<String>,
) -> impl IntoView + use<> {
    let t = &desk.texts().pages;
    let r = &t.requests;
    let kinds = vec![
        ("question".to_owned(), r.question.to_owned()),
        ("handover".to_owned(), r.handover.to_owned()),
    ];
    let with: Vec<_> = item
        .map(|id| ("item", id.to_string()))
        .into_iter()
        .collect();
    let choose_item = item.is_none().then(|| {
        let mut options = vec![(String::new(), r.no_item.to_owned())];
        let view = desk.view_untracked();
        let mut items: Vec<_> = view
            .launch
            .items
            .rows()
            .iter()
            .map(|i| (i.id.to_string(), i.title.to_string()))
            .collect();
        startklar::order::sort_by_key(&mut items, |(_, title)| startklar::letters::lower(title));
        options.extend(items);
        fields::choice(r.about_item.to_owned(), "item", options, "")
    });
    view! {
        <CommandForm kind="make_request" with=with back=back.unwrap_or_else(|| desk.path.get_value()) class="form">
            {fields::choice(r.direction.to_owned(), "direction", kinds, "question")}
            {fields::discipline(desk, r.from, "from", from)}
            {fields::discipline(desk, r.to, "to", Some(Discipline::Engineering))}
            {fields::note(r.text, "text", "", true)}
            {fields::person(desk, r.by_name, "owner", None)}
            {fields::day(r.due_by, "due", None, true)}
            {choose_item}
            <div class="field field--switches">{fields::switch(r.blocking, "blocking", false)}</div>
            <button class="button button--main">{r.send}</button>
        </CommandForm>
    }
}
