//! A card of the board: what moves it on by button, by key and by dragging.

use leptos::prelude::*;
use startklar::{model::StoryState, rights::Act, texts::fill};

use super::{
    builds, drag, estimate,
    sprint::{self, Board, Card, StoryCard},
};
use crate::{
    actions::CommandForm,
    address,
    desk::Desk,
    parts::{state::PersonName, symbols::Symbol},
};

pub(super) fn card(desk: Desk, board: Memo<Board>, key: String) -> impl IntoView {
    let data = Memo::new(move |_| board.with(|b| b.card(&key).cloned()));
    move || data.get().map(|card| show(desk, card))
}

fn show(desk: Desk, card: Card) -> impl IntoView {
    let closed = matches!(card.symbol, "i-closed" | "i-na" | "i-waived");
    let late = card.late.map(|day| {
        view! {
            <span class="state state--late">
                <Symbol name="i-late" />
                {day}
            </span>
            ", "
        }
    });
    let story = card.story.filter(|s| builds(desk, &s.id));
    let id = story.as_ref().map(|s| s.id.to_string());
    let movable = (story.is_some() && desk.could(Act::Plan)).then_some("true");
    let added = card.added.then(|| {
        view! {
            <span class="state state--plain">
                <Symbol name="i-on" />
                {desk.texts().pages.plan.added_after_start}
            </span>
            ", "
        }
    });
    let vague = card.vague.then(|| {
        view! {
            <span class="state state--risk">
                <Symbol name="i-none" />
                {desk.texts().pages.plan.not_estimated}
            </span>
            ", "
        }
    });
    let acts = story.map(|s| acts(desk, s, &card.title));
    let symbol = card.symbol;
    view! {
        <li
            data-row=""
            tabindex="-1"
            draggable=movable
            data-story=id
            on:dragstart=move |event| drag::start(&event)
        >
            {closed.then(|| view! { <Symbol name=symbol /> })} <div>
                <a href=card.href>{card.title}</a>
                <small>{late} {added} {vague} {card.small} {(!closed).then(|| view! { ", " <PersonName id=card.owner /> })}</small>
                {acts}
            </div>
        </li>
    }
}

/// What moves a story on: one button for the next step, the others behind “more”.
fn acts(desk: Desk, story: StoryCard, title: &str) -> impl IntoView + use<> {
    let t = &desk.texts().pages.plan;
    let plans = desk.could(Act::Plan);
    let next = match story.state {
        StoryState::Todo => ("begin_story", t.begin, t.begin_of),
        StoryState::Begun(_) => ("finish_story", t.finish, t.finish_of),
        StoryState::Done(_) | StoryState::Dropped(_) => return None,
    };
    let field = vec![("story", story.id.to_string())];
    let label = fill(next.2, &[("title", &title)]);
    let split = desk.href(&format!("{}#split", address::story(&story.id)));
    let more = fill(t.more_of, &[("title", &title)]);
    Some(view! {
        <div class="card-acts">
            <CommandForm kind=next.0 with=field.clone()>
                <button class="button button--row" data-tick="" aria-label=label>
                    {next.1}
                </button>
            </CommandForm>
            {story.catch_up.filter(|_| plans).map(|n| into_sprint(&story, n, "data-later", fill(t.to_sprint, &[("n", &n)]), title))}
            <details class="menu" data-closes="">
                <summary aria-label=more>"…"</summary>
                <div>
                    {plans.then(|| view! { {neighbours(desk, &story, title)} {plan_for(desk, &story)} })}
                    {estimate::form(desk, &story.id, story.points, "")}
                    {plans.then(|| leaving(split, field, desk))}
                </div>
            </details>
        </div>
    })
}

/// How a story becomes others, or none.
fn leaving(split: String, field: Vec<(&'static str, String)>, desk: Desk) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    view! {
        <a class="button button--row" href=split>
            {t.split_story}
        </a>
        <CommandForm kind="drop_story" with=field>
            <button class="button button--row">{t.drop_story}</button>
        </CommandForm>
    }
}

/// Into the sprint before and into the next one; keys press these buttons.
fn neighbours(desk: Desk, story: &StoryCard, title: &str) -> impl IntoView + use<> {
    let t = &desk.texts().pages.plan;
    let last = sprint::last(&desk.view_untracked());
    let now = sprint::current(&desk.view_untracked());
    let (earlier, later) = match story.sprint {
        Some(n) => (n.checked_sub(1), n.checked_add(1)),
        None => (None, Some(now)),
    };
    let words = |n: u8| fill(t.to_sprint, &[("n", &n)]);
    let earlier = earlier.filter(|n| *n > 0);
    let later = later.filter(|n| *n <= last && story.catch_up.is_none());
    view! {
        {earlier.map(|n| into_sprint(story, n, "data-earlier", words(n), title))}
        {later.map(|n| into_sprint(story, n, "data-later", words(n), title))}
    }
}

fn into_sprint(
    story: &StoryCard,
    sprint: u8,
    key: &'static str,
    words: String,
    title: &str,
) -> impl IntoView + use<> {
    let with = vec![
        ("story", story.id.to_string()),
        ("sprint", sprint.to_string()),
    ];
    let label = format!("{words}: {title}");
    let (earlier, later) = (
        (key == "data-earlier").then_some(""),
        (key == "data-later").then_some(""),
    );
    view! {
        <CommandForm kind="plan_story" with=with>
            <button class="button button--row" data-earlier=earlier data-later=later aria-label=label>
                {words}
            </button>
        </CommandForm>
    }
}

/// The choice of a sprint for a story.
pub(in crate::pages) fn plan_for(desk: Desk, story: &StoryCard) -> impl IntoView + use<> {
    let t = &desk.texts().pages;
    let last = sprint::last(&desk.view_untracked());
    let mut options = vec![(String::new(), t.fields.no_sprint.to_owned())];
    options.extend((1..=last).map(|n| (n.to_string(), fill(t.plan.sprint, &[("n", &n)]))));
    let chosen = story.sprint.map(|n| n.to_string()).unwrap_or_default();
    view! {
        <CommandForm kind="plan_story" with=vec![("story", story.id.to_string())] class="inline">
            {crate::parts::fields::choice(t.plan.plan_for.to_owned(), "sprint", options, &chosen)}
            <button class="button button--row">{t.plan.plan_now}</button>
        </CommandForm>
    }
}
