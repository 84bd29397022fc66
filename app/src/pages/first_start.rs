//! First start: a new launch by three questions, the sample, or what you have already.

use chrono::Days;
use leptos::prelude::*;
use startklar::{
    Locale,
    rights::{self, Act},
    template::built_in_id,
};

use crate::{
    address,
    boot::Boot,
    desk::Desk,
    parts::{fields, text_area::TextArea},
};

/// Days from today to the launch moment that is offered: ten weeks.
const OFFERED: u64 = 70;

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    view(desk, boot).to_html()
}

fn view(desk: Desk, boot: &Boot) -> AnyView {
    let t = &desk.texts().pages.first;
    let first = boot.path == "/";
    // What is wrong with a plan file needs the width, and stands where the reader looks first.
    let faulty = !boot.faults.is_empty();
    let import = || import(desk, boot);
    if !desk.begins() {
        let whose = rights::refusal(Act::Begin).text(desk.locale, &desk.people());
        return view! {
            <h1 class="sentence">
                <span>{t.none}</span>
            </h1>
            <p>{whose}</p>
        }
        .into_any();
    }
    view! {
        <h1 class="sentence">
            <span>
                {if first { t.none } else { t.another }} " " <strong>{t.name_one}</strong> " "
            </span>
            <span>{t.follow}</span>
        </h1>
        <ul class="ways">
            {faulty.then(|| view! { <li class="wide">{import()}</li> })}
            <li>{new(desk, boot)}</li>
            <li>
                <h2>{t.sample_head}</h2>
                <p>{t.sample_text}</p>
                <form method="post" action="/sample">
                    <button class="button">{t.sample_open}</button>
                    <button class="button" name="show" value="weeks">
                        {t.sample_weeks}
                    </button>
                </form>
            </li>
            {(!faulty).then(|| view! { <li>{import()}</li> })}
        </ul>
    }
    .into_any()
}

fn new(desk: Desk, boot: &Boot) -> impl IntoView + use<> {
    let t = &desk.texts().pages.first;
    let who = &desk.texts().pages.who;
    // What was answered before a refusal comes back in the address.
    let given = |name: &str| address::field(&boot.path, name);
    let offered = boot.now.date_naive() + Days::new(OFFERED);
    let date = given("date").unwrap_or_else(|| offered.to_string());
    let time = given("time").unwrap_or_else(|| "10:00".to_owned());
    let zone = given("zone").unwrap_or_else(|| "Europe/Berlin".to_owned());
    let tier = given("tier").unwrap_or_else(|| "medium".to_owned());
    let choice = templates(desk, boot);
    // How many items a size holds is said beside its name, and differs from template to template.
    let [medium, small, large] = match choice {
        Some(_) => t.size_names,
        None => [t.size_mvp, t.size_small, t.size_large],
    };
    let sizes = [
        ("medium", medium),
        ("small", small),
        ("large", large),
        ("none", t.size_empty),
    ]
    .map(|(value, words)| {
        let chosen = value == tier;
        view! {
            <option value=value selected=chosen>
                {words}
            </option>
        }
    })
    .collect_view();
    let name = desk.me.is_none().then(|| {
        view! {
            <label class="field wide-field">
                <span>{who.name}</span>
                <input type="text" name="name" required maxlength="200" autocomplete="name" />
            </label>
        }
    });
    view! {
        <h2>{t.new_head}</h2>
        <form method="post" action="/new" class="ask">
            <label class="field wide-field">
                <span>{t.what}</span>
                <input
                    type="text"
                    name="title"
                    required
                    maxlength="200"
                    autocomplete="off"
                    value=given("title").unwrap_or_default()
                />
            </label>
            <label class="field">
                <span>{t.when}</span>
                <input type="date" name="date" required value=date />
            </label>
            <label class="field">
                <span>{format!("{} ({zone})", t.hour)}</span>
                <input type="time" name="time" required value=time />
            </label>
            <input type="hidden" name="zone" value=zone />
            <label class="field wide-field">
                <span>{t.size}</span>
                <select name="tier">{sizes}</select>
            </label>
            {choice}
            {name}
            <button class="button button--main">{t.begin}</button>
        </form>
    }
}

/// Which template, where there are others than those that come with the product.
fn templates(desk: Desk, boot: &Boot) -> Option<AnyView> {
    let own = built_in_id(desk.locale)?.to_string();
    let comes = |id: &String| {
        let mut all = Locale::ALL.into_iter().filter_map(built_in_id);
        all.any(|known| known.as_str() == id)
    };
    if boot.templates.iter().all(|(id, _)| comes(id)) {
        return None;
    }
    let chosen = address::field(&boot.path, "template").unwrap_or(own);
    let label = desk.texts().templates.begin_with.to_owned();
    let all = boot.templates.clone();
    let choice = fields::choice(label, "template", all, &chosen);
    Some(view! { <div class="wide-field">{choice}</div> }.into_any())
}

fn import(desk: Desk, boot: &Boot) -> impl IntoView + use<> {
    let t = &desk.texts().pages.first;
    let (sent, faults) = (boot.sent.clone(), boot.faults.clone());
    let rows = if sent.is_empty() { 3 } else { 16 };
    let kept = (!sent.is_empty()).then(|| {
        view! { <input type="hidden" name="kept" value=boot.kept.clone() /> }
    });
    view! {
        <h2>{t.import_head}</h2>
        <p>{t.import_text}</p>
        <div inner_html=faults></div>
        <form method="post" action="/import" enctype="multipart/form-data" class="stack">
            <label class="field">
                <span>{t.import_file}</span>
                <input type="file" name="file" accept=".toml,text/plain" />
            </label>
            <label class="field">
                <span>{t.import_paste}</span>
                <TextArea name="text" text=sent rows=rows long=true />
            </label>
            {kept}
            <button class="button">{t.import_go}</button>
        </form>
    }
}
