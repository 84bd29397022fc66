//! What is in the bar.

use leptos::prelude::*;
use startklar::{Locale, rights::Standing};

use crate::{
    address,
    boot::{Boot, Page, Theme},
    desk::Desk,
    parts::symbols::Symbol,
};

/// What is in the bar, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    let ui = &desk.texts().ui;
    let inside = desk.me.is_some() || desk.standing == Standing::Trusted;
    view! {
        <a class="brand" href="/">
            <Symbol name="logo" />
            "Startklar"
        </a>
        {inside.then(|| tabs(desk, boot))}
        <div class="tools small">
            {inside
                .then(|| {
                    view! {
                        <button type="button" class="find" data-opens="palette">
                            {ui.find}
                            <kbd>"Ctrl K"</kbd>
                        </button>
                    }
                })}
            {languages(desk, boot)}
            {themes(desk, boot)}
            {inside.then(|| me(desk, boot))}
        </div>
    }
    .to_html()
}

fn tabs(desk: Desk, boot: &Boot) -> AnyView {
    let ui = &desk.texts().ui;
    if boot.launch.is_none() {
        let tab = |href: &'static str, words: &'static str, here: bool| {
            view! {
                <li>
                    <a href=href aria-current=here.then_some("page")>
                        {words}
                    </a>
                </li>
            }
        };
        return view! {
            <nav class="tabs" aria-label=ui.workspace>
                <ul>
                    {tab("/", ui.portfolio, boot.page == Page::Portfolio)}
                    {tab("/week", ui.my_week, boot.page == Page::Week)}
                    {desk.begins().then(|| tab("/new", ui.new_launch, boot.page == Page::FirstStart))}
                </ul>
            </nav>
        }
        .into_any();
    }
    let page = &boot.page;
    let tab = |rest: &str, words: &'static str, here: bool| {
        let href = desk.href(rest);
        view! {
            <li>
                <a href=href aria-current=here.then_some("page")>
                    {words}
                </a>
            </li>
        }
    };
    let title = desk.view_untracked().launch.title().to_owned();
    view! {
        <nav class="tabs" aria-label=ui.this_launch>
            <ul>
                <li>
                    <a class="of" href=desk.href("")>
                        {title}
                    </a>
                </li>
                {tab("", ui.cockpit, *page == Page::Cockpit)}
                {tab("/forecast", ui.forecast, *page == Page::Forecast)}
                {tab("/scope", ui.scope, *page == Page::Scope)}
                {tab("/plan", ui.plan, matches!(page, Page::Plan | Page::Story(_) | Page::Epic(_)))}
                {tab(
                    "/checklists",
                    ui.checklists,
                    matches!(page, Page::Checklists(_) | Page::Item(_)),
                )}
                {tab("/decision", ui.decision, *page == Page::Decision)}
                {tab(
                    "/requests",
                    ui.requests,
                    matches!(page, Page::Requests | Page::Notices),
                )}
                {tab(
                    "/journal",
                    ui.journal,
                    matches!(page, Page::Journal { .. } | Page::Weeks { .. }),
                )}
                {tab(
                    "/settings",
                    ui.settings,
                    matches!(page, Page::Settings | Page::Calendar),
                )}
                <li class="tabs-out">
                    <a href="/week">{ui.my_week}</a>
                </li>
            </ul>
        </nav>
    }
    .into_any()
}

/// Language and theme are plain forms: the choice is kept in a cookie, and the page comes back
/// right from the server, without a flash.
fn languages(desk: Desk, boot: &Boot) -> impl IntoView + use<> {
    let ui = &desk.texts().ui;
    let back = boot.path.clone();
    Locale::ALL
        .into_iter()
        .filter(|l| *l != boot.locale)
        .map(|locale| {
            let back = back.clone();
            view! {
                <form method="post" action="/choose">
                    <input type="hidden" name="back" value=back />
                    <button
                        name="locale"
                        value=locale.tag()
                        lang=locale.tag()
                        aria-label=format!("{}, {}: {}", locale.tag().to_ascii_uppercase(), ui.language, locale.name())
                    >
                        {locale.tag().to_ascii_uppercase()}
                    </button>
                </form>
            }
        })
        .collect_view()
}

fn themes(desk: Desk, boot: &Boot) -> impl IntoView + use<> {
    let ui = &desk.texts().ui;
    // From the system's wish to dark to light and back to the system's wish.
    let (next, label) = match boot.theme {
        Theme::System => (Theme::Dark, ui.theme_to_dark),
        Theme::Dark => (Theme::Light, ui.theme_to_light),
        Theme::Light => (Theme::System, ui.theme_to_system),
    };
    view! {
        <form method="post" action="/choose">
            <input type="hidden" name="back" value=boot.path.clone() />
            <button name="theme" value=next.code() aria-label=label title=label>
                <Symbol name="theme" />
            </button>
        </form>
    }
}

fn me(desk: Desk, boot: &Boot) -> impl IntoView + use<> {
    let ui = &desk.texts().ui;
    let (href, title) = match desk.standing {
        Standing::Trusted => (address::who(&boot.path), ui.change_name),
        _ => ("/account".to_owned(), ui.account),
    };
    match desk.me.and_then(|id| desk.people().get(id).cloned()) {
        Some(person) => {
            let first = person
                .name
                .as_str()
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned();
            view! {
                <a class="who" href=href title=title>
                    <abbr aria-hidden="true">{person.initials()}</abbr>
                    {first}
                </a>
            }
            .into_any()
        }
        None => view! {
            <a class="button button--row" href=href>
                {ui.who_are_you}
            </a>
        }
        .into_any(),
    }
}
