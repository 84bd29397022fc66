//! Who leads each discipline, who does what, which disciplines are required.

use leptos::prelude::*;
use startklar::{Discipline, model::Member, rights::Act, texts::fill};

use super::section;
use crate::{
    actions::CommandForm,
    desk::Desk,
    parts::{fields, right, state::PersonName},
};

/// Each discipline with its lead and a form to change it.
pub(super) fn leads(desk: Desk) -> AnyView {
    let t = desk.texts();
    let s = &t.pages.settings;
    let view = desk.view();
    let appoints = desk.could(Act::Appoint);
    let rows = Discipline::ALL
        .into_iter()
        .map(|discipline| {
            let lead = view.launch.leads.get(&discipline).copied();
            let label = fill(s.lead_of, &[("discipline", &t.discipline(discipline))]);
            if !appoints {
                return view! {
                    <p>
                        {label} ": " <PersonName id=lead needed=true />
                    </p>
                }
                .into_any();
            }
            let with = vec![("discipline", discipline.code().to_owned())];
            view! {
                <CommandForm kind="name_lead" with=with class="row-form">
                    {fields::person(desk, &label, "lead", lead)}
                    <button class="button">{t.pages.fields.save}</button>
                </CommandForm>
            }
            .into_any()
        })
        .collect_view();
    section("leads", s.leads, s.leads_hint.to_owned(), rows.into_any())
}

/// What each person is in this launch, and a form to change it.
pub(super) fn parts(desk: Desk) -> AnyView {
    let s = &desk.texts().pages.settings;
    let view = desk.view();
    let appoints = desk.could(Act::Appoint);
    let rows = view
        .launch
        .members
        .iter()
        .map(|(id, member)| {
            let with = vec![("person", id.to_string())];
            view! {
                <li>
                    <PersonName id=Some(*id) />
                    <span class="quiet">{said(desk, member)}</span>
                    {appoints.then(|| form(desk, s.change_part, with, member, None))}
                </li>
            }
        })
        .collect_view();
    let add = || {
        let person = fields::person(desk, s.person, "person", None).into_any();
        form(
            desk,
            s.add_member,
            Vec::new(),
            &Member::default(),
            Some(person),
        )
    };
    let body = view! {
        <ul class="names names--parts">{rows}</ul>
        {right::only(desk, Act::Appoint, add)}
        <p class="section">
            <a href="/rights">{s.all_rights}</a>
        </p>
    };
    section(
        "rights",
        s.rights,
        s.rights_hint.to_owned(),
        body.into_any(),
    )
}

/// A person's part in a line.
fn said(desk: Desk, member: &Member) -> String {
    let t = desk.texts();
    let s = &t.pages.settings;
    let flags = [
        (member.product_owner, s.product_owner),
        (member.approves, s.approves),
        (member.decides, s.decides),
    ];
    let mut words: Vec<_> = flags
        .into_iter()
        .filter_map(|(has, word)| has.then_some(word))
        .collect();
    words.extend(member.works_for.iter().map(|d| t.discipline(*d)));
    if words.is_empty() {
        words.push(s.no_part);
    }
    words.join(" · ")
}

fn form(
    desk: Desk,
    head: &'static str,
    with: Vec<(&'static str, String)>,
    member: &Member,
    person: Option<AnyView>,
) -> AnyView {
    let Member {
        approves,
        product_owner,
        decides,
        works_for,
    } = member.clone();
    let t = desk.texts();
    let s = &t.pages.settings;
    let works = Discipline::ALL
        .into_iter()
        .map(|d| {
            let on = works_for.contains(&d);
            view! {
                <label class="switch">
                    <input type="checkbox" name="works_for" value=d.code() checked=on />
                    <span>{t.discipline(d)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <details data-closes="">
            <summary class="button button--row">{head}</summary>
            <CommandForm kind="set_member" with=with class="stack">
                {person}
                <div class="field field--switches">
                    {fields::switch(s.product_owner, "product_owner", product_owner)}
                    {fields::switch(s.approves, "approves", approves)}
                    {fields::switch(s.decides, "decides", decides)}
                </div>
                <fieldset>
                    <legend>{s.works_for}</legend>
                    <div class="field field--switches">{works}</div>
                </fieldset>
                <button class="button">{t.pages.fields.save}</button>
            </CommandForm>
        </details>
    }
    .into_any()
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
    let form = || {
        view! {
            <CommandForm kind="require_discipline" class="row-form">
                {fields::choice(s.not_required.to_owned(), "discipline", rest, "")}
                <button class="button">{s.require}</button>
            </CommandForm>
        }
    };
    let body = view! {
        <ul class="names">{names}</ul>
        {right::only(desk, Act::SetUp, form)}
    };
    section(
        "required",
        s.required,
        s.required_hint.to_owned(),
        body.into_any(),
    )
}
