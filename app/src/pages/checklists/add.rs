//! One more item on a list: three fields at most, the others when asked for.

use leptos::prelude::*;
use startklar::rights::Act;

use super::Sheet;
use crate::{actions::CommandForm, boot::Filter, parts::fields};

pub(super) fn view(sheet: Sheet, filter: &Filter) -> Option<impl IntoView + use<>> {
    let desk = sheet.desk;
    if !desk.writes(Act::List) {
        return None;
    }
    let t = &desk.texts().pages;
    let discipline = filter.disciplines.first().copied();
    let f = &t.fields;
    Some(view! {
        <details class="adder" id="add" data-closes="">
            <summary class="button">{t.checklists.add_item}</summary>
            <CommandForm kind="add_item" back=sheet.back() class="form">
                {fields::text(f.title, "title", "", true)}
                {fields::discipline(desk, f.discipline, "discipline", discipline)}
                {fields::person(desk, f.owner, "owner", desk.me)}
                {fields::number(f.lead_days, "lead_days", Some(7), (0, 730))}
                {fields::day(f.due, "due", None, false)}
                {fields::text(f.evidence_asked, "evidence", "", false)}
                <div class="field field--switches">
                    {fields::switch(f.blocking, "blocking", true)}
                    {fields::switch(f.second_person, "second_person", false)}
                </div>
                <button class="button button--main">{f.add}</button>
            </CommandForm>
        </details>
    })
}
