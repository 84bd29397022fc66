//! Templates: which there are, each with its versions; what changed since a launch took one.

use leptos::prelude::*;
use startklar::{
    Locale,
    model::Taken,
    template::{Difference, Edited, Part, TemplateItem, built_in_id},
    texts::{TemplateTexts, count, fill},
};

use super::{account::section, head};
use crate::{
    access::{Renewal, Template, TemplateVersion, Templates},
    boot::Boot,
    desk::Desk,
    parts::{fields, text_area::TextArea},
};

pub(super) fn view(desk: Desk, boot: &Boot, page: &Templates) -> AnyView {
    let t = &desk.texts().templates;
    let all = page.all.iter().map(|one| template(t, one)).collect_view();
    let form = page.writes.then(|| publish(t, boot, page));
    view! {
        {head(t.title.to_owned())}
        <p class="how">{t.hint}</p>
        {all}
        {form}
    }
    .into_any()
}

fn template(t: &'static TemplateTexts, one: &Template) -> AnyView {
    let rows = one
        .versions
        .iter()
        .map(|version| row(t, one, version))
        .collect_view();
    let id = one.id.to_string();
    view! {
        <section class="section">
            <div class="head">
                <h2>{id.clone()}</h2>
            </div>
            <table class="list">
                <caption class="away">{id}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.version}</th>
                        <th scope="col">{t.called}</th>
                        <th scope="col">{t.items}</th>
                        <th scope="col">{t.published}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(t: &'static TemplateTexts, of: &Template, version: &TemplateVersion) -> AnyView {
    let href = format!("/templates/{}/{}", of.id, version.number);
    let [small, medium, large] = version.items;
    let items = fill(
        t.sizes,
        &[("small", &small), ("medium", &medium), ("large", &large)],
    );
    let by = match &version.by {
        Some((who, when)) => format!("{who}, {when}"),
        None => t.built_in.to_owned(),
    };
    let title = version.title.clone();
    let title = title.unwrap_or_else(|| t.unreadable.to_owned());
    // What comes with the product speaks its own language; what was published, whichever.
    let mut languages = Locale::ALL.into_iter();
    let language = languages.find(|l| built_in_id(*l).as_ref() == Some(&of.id));
    let lang = language.filter(|_| version.by.is_none()).map(Locale::tag);
    view! {
        <tr>
            <th scope="row" data-label=t.version>
                <a href=href download="">
                    {version.number}
                </a>
            </th>
            <td class="item" data-label=t.called>
                <span lang=lang>{title}</span>
            </td>
            <td data-label=t.items>{items}</td>
            <td data-label=t.published>{by}</td>
        </tr>
    }
    .into_any()
}

fn publish(t: &'static TemplateTexts, boot: &Boot, page: &Templates) -> AnyView {
    let (sent, faults) = (boot.sent.clone(), boot.faults.clone());
    let body = view! {
        <div inner_html=faults></div>
        <form method="post" action="/templates" class="stack">
            {fields::text(t.id, "template", page.id.clone(), true)}
            <label class="field">
                <span>{t.file}</span>
                <TextArea name="text" text=sent rows=16 long=true />
            </label>
            <button class="button button--main">{t.publish}</button>
        </form>
    };
    section("publish", t.publish, t.publish_hint, body.into_any())
}

/// What changed in its template since a launch took it.
pub(super) fn renewal(desk: Desk, page: &Renewal) -> AnyView {
    let t = &desk.texts().templates;
    let copy = format!("{}/template/copy", page.base);
    let body = match &page.found {
        None => view! { <p>{t.none_taken}</p> }.into_any(),
        Some((taken, latest, difference)) => changed(desk, page, taken, (*latest, difference)),
    };
    view! {
        {head(t.since.to_owned())}
        {body}
        <section class="section">
            <p class="quiet">{t.copy_hint}</p>
            <p class="pager">
                <a class="button" href=copy download="">
                    {t.copy}
                </a>
                <a class="button" href="/templates">
                    {t.title}
                </a>
                <a class="button" href=format!("{}/settings", page.base)>
                    {desk.texts().ui.settings}
                </a>
            </p>
        </section>
    }
    .into_any()
}

fn changed(
    desk: Desk,
    page: &Renewal,
    taken: &Taken,
    (latest, difference): (u16, &Difference),
) -> AnyView {
    let t = &desk.texts().templates;
    let held = fill(
        t.held,
        &[
            ("template", &taken.template),
            ("version", &taken.version),
            ("latest", &latest),
        ],
    );
    if latest == taken.version {
        return view! {
            <p>{held}</p>
            <p>{t.nothing_new}</p>
        }
        .into_any();
    }
    let added = difference.added.iter();
    let added = added.map(|item| view! { <li>{of(desk, item)}</li> });
    let edited = difference.edited.iter().map(|edited| one(desk, edited));
    let gone = difference.gone.iter();
    let gone = gone.map(|(_, title)| view! { <li>{title.to_string()}</li> });
    let apply = page.writes.then(|| {
        view! {
            <form method="post" action=format!("{}/template", page.base) class="section">
                <input type="hidden" name="version" value=latest.to_string() />
                <p class="quiet">{t.apply_hint}</p>
                <button class="button button--main">
                    {fill(t.apply, &[("version", &latest)])}
                </button>
            </form>
        }
    });
    view! {
        <p>{held}</p>
        {list(t.added, added.collect_view().into_any(), difference.added.len())}
        {list(t.changed, edited.collect_view().into_any(), difference.edited.len())}
        {list(t.gone, gone.collect_view().into_any(), difference.gone.len())}
        {apply}
    }
    .into_any()
}

fn list(head: &'static str, lines: AnyView, many: usize) -> AnyView {
    let body = (many > 0).then(|| view! { <ul class="names">{lines}</ul> });
    view! {
        <section class="section">
            <div class="head">
                <h2>{format!("{head} ({many})")}</h2>
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn of(desk: Desk, item: &TemplateItem) -> String {
    let t = desk.texts();
    format!("{} ({})", item.title, t.discipline(item.discipline))
}

/// An item that says something else: field by field what it was and what it is.
fn one(desk: Desk, edited: &Edited) -> AnyView {
    let t = &desk.texts().templates;
    let lines = edited.parts.iter().map(|(part, was, is)| {
        let (was, is) = (said(desk, *part, was), said(desk, *part, is));
        let gaps: [(&str, &dyn std::fmt::Display); 3] =
            [("field", &name(desk, *part)), ("was", &was), ("is", &is)];
        view! { <p>{fill(t.was_is, &gaps)}</p> }
    });
    let by_hand = edited.by_hand;
    let left = by_hand.then(|| view! { <p class="quiet">{t.by_hand}</p> });
    view! {
        <li>
            <div>
                <b>{edited.title.to_string()}</b>
                {lines.collect_view()}
                {left}
            </div>
        </li>
    }
    .into_any()
}

fn name(desk: Desk, part: Part) -> &'static str {
    let f = &desk.texts().pages.fields;
    match part {
        Part::Title => f.title,
        Part::Note => f.note,
        Part::Discipline => f.discipline,
        Part::LeadDays => f.lead_days,
        Part::Blocking => f.blocking,
        Part::Needs => f.needs,
        Part::Evidence => f.evidence_asked,
        Part::SecondPerson => f.second_person,
        Part::ConfirmDays => f.confirm_days,
    }
}

/// What an item says of a field, in words.
fn said(desk: Desk, part: Part, item: &TemplateItem) -> String {
    let t = &desk.texts().templates;
    let [no, yes] = t.no_yes;
    let word = |is: bool| if is { yes } else { no }.to_owned();
    let text = |text: Option<String>| text.unwrap_or_else(|| t.nothing.to_owned());
    match part {
        Part::Title => item.title.to_string(),
        Part::Note => text(item.note.as_ref().map(ToString::to_string)),
        Part::Discipline => desk.texts().discipline(item.discipline).to_owned(),
        Part::LeadDays => count(
            &desk.texts().pages.item.lead_time,
            usize::from(item.lead_days),
        ),
        Part::Blocking => word(item.blocking),
        Part::Needs => {
            let ids: Vec<_> = item.needs.iter().map(ToString::to_string).collect();
            text((!ids.is_empty()).then(|| ids.join(", ")))
        }
        Part::Evidence => text(item.evidence.as_ref().map(ToString::to_string)),
        Part::SecondPerson => word(item.second_person),
        Part::ConfirmDays => text(item.confirm_days.map(|days| days.to_string())),
    }
}
