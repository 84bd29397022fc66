//! Who leads each discipline, who may approve, which disciplines are required.

use leptos::prelude::*;
use startklar::{Discipline, texts::fill};

use super::section;
use crate::{
    actions::CommandForm,
    desk::Desk,
    parts::{fields, state::PersonName},
};

/// Each discipline with its lead and a form to change it.
pub(super) fn leads(desk: Desk) -> AnyView {
    let t = desk.texts();
    let s = &t.pages.settings;
    let view = desk.view();
    let rows = Discipline::ALL
        .into_iter()
        .map(|discipline| {
            let lead = view.launch.leads.get(&discipline).copied();
            let label = fill(s.lead_of, &[("discipline", &t.discipline(discipline))]);
            let with = vec![("discipline", discipline.code().to_owned())];
            view! {
                <CommandForm kind="name_lead" with=with class="row-form">
                    {fields::person(desk, &label, "lead", lead)}
                    <button class="button">{t.pages.fields.save}</button>
                </CommandForm>
            }
        })
        .collect_view();
    section("leads", s.leads, s.leads_hint.to_owned(), rows.into_any())
}

/// Who may approve; the right is given and taken.
pub(super) fn rights(desk: Desk) -> AnyView {
    let t = &desk.texts().pages;
    let s = &t.settings;
    let view = desk.view();
    let rows = view
        .launch
        .members
        .iter()
        .filter(|(_, member)| member.approves)
        .map(|(id, _)| {
            let with = vec![("person", id.to_string()), ("approves", "false".to_owned())];
            view! {
                <li>
                    <PersonName id=Some(*id) />
                    <span class="quiet">{s.may_approve}</span>
                    <CommandForm kind="set_member" with=with>
                        <button class="button button--row">{s.take_right}</button>
                    </CommandForm>
                </li>
            }
        })
        .collect_view();
    let body = view! {
        <ul class="names">{rows}</ul>
        <CommandForm kind="set_member" with=vec![("approves", "true".to_owned())] class="row-form">
            {fields::person(desk, s.give_right_to, "person", None)}
            <button class="button">{s.give_right}</button>
        </CommandForm>
    };
    section(
        "rights",
        s.rights,
        s.rights_hint.to_owned(),
        body.into_any(),
    )
}

/// Required disciplines; more can be added, none taken away.
pub(super) fn required(desk: Desk) -> AnyView {
    let t = desk.texts();
    let s = &t.pages.settings;
    let view = desk.view();
    let names = view
        .launch
        .policy
        .required()
        .map(|d| {
            let always = Discipline::REQUIRED.contains(&d);
            view! {
                <li>
                    {t.discipline(d)} " "
                    {always.then(|| view! { <span class="quiet">{s.always}</span> })}
                </li>
            }
        })
        .collect_view();
    let rest: Vec<_> = Discipline::ALL
        .into_iter()
        .filter(|d| !view.launch.policy.requires(*d))
        .map(|d| (d.code().to_owned(), t.discipline(d).to_owned()))
        .collect();
    let body = view! {
        <ul class="names">{names}</ul>
        <CommandForm kind="require_discipline" class="row-form">
            {fields::choice(s.not_required.to_owned(), "discipline", rest, "")}
            <button class="button">{s.require}</button>
        </CommandForm>
    };
    section(
        "required",
        s.required,
        s.required_hint.to_owned(),
        body.into_any(),
    )
}
