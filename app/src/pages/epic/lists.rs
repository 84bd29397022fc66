//! The stories of an epic, and the items that cover it.

use leptos::prelude::*;
use startklar::{
    StoryId,
    model::{EpicIx, StoryState},
    rights::Act,
    texts::{count, fill},
};

use super::EpicPage;
use crate::{
    actions::CommandForm,
    address,
    desk::View,
    parts::{fields, item::Items, state::PersonName, symbols::Symbol},
};

pub(super) fn stories(page: EpicPage) -> impl IntoView {
    let desk = page.desk;
    let t = &desk.texts().pages;
    let ids = Memo::new(move |_| {
        page.with(|view, ix, _| by_state(view, ix))
            .unwrap_or_default()
    });
    let head = move || {
        page.tally()
            .map(|(all, done)| fill(t.plan.stories_of, &[("done", &done), ("all", &all)]))
    };
    let form = desk.writes(Act::Plan).then(|| {
        let f = &t.fields;
        view! {
            <details class="adder" data-closes="">
                <summary class="button">{t.plan.add_story}</summary>
                <CommandForm kind="add_story" with=page.field() class="form">
                    {fields::text(f.title, "title", "", true)}
                    {fields::person(desk, f.owner, "owner", None)}
                    {fields::number(f.points, "points", None, (0, 1_000))}
                    {fields::number(f.sprint, "sprint", None, (1, 60))}
                    <button class="button button--main">{f.add}</button>
                </CommandForm>
            </details>
        }
    });
    view! {
        <section class="section" aria-labelledby="stories">
            <div class="head">
                <h2 id="stories">{head}</h2>
            </div>
            <ul class="lines">
                <For each=move || ids.get() key=StoryId::clone let:id>
                    {story(page, id)}
                </For>
            </ul>
            {form}
        </section>
    }
}

/// The stories of an epic by where they stand: begun, to do, done, dropped.
fn by_state(view: &View, ix: EpicIx) -> Vec<StoryId> {
    let mut stories: Vec<_> = view.launch.stories_of(ix).collect();
    stories.sort_by_key(|s| match s.state {
        StoryState::Begun(at) => (0, s.sprint, Some(at)),
        StoryState::Todo => (1, s.sprint, None),
        StoryState::Done(at) => (2, None, Some(at)),
        StoryState::Dropped(at) => (3, None, Some(at)),
    });
    stories.into_iter().map(|s| s.id.clone()).collect()
}

fn story(page: EpicPage, id: StoryId) -> impl IntoView {
    let desk = page.desk;
    let data = Memo::new(move |_| desk.view().launch.stories.get(&id).cloned());
    move || {
        let story = data.get()?;
        let t = &desk.texts().pages;
        let (symbol, next) = match story.state {
            StoryState::Todo => (
                "i-open",
                Some(("begin_story", t.plan.begin, t.plan.begin_of)),
            ),
            StoryState::Begun(_) => (
                "i-begun",
                Some(("finish_story", t.plan.finish, t.plan.finish_of)),
            ),
            StoryState::Done(_) => ("i-closed", None),
            StoryState::Dropped(_) => ("i-na", None),
        };
        let mut small = Vec::new();
        if let Some(n) = story.sprint {
            small.push(fill(t.plan.sprint, &[("n", &n)]));
        }
        if let Some(points) = story.points {
            small.push(count(&t.plan.points, usize::from(points)));
        }
        if matches!(story.state, StoryState::Dropped(_)) {
            small.push(t.plan.dropped.to_owned());
        }
        let href = desk.href(&address::story(&story.id));
        let button = next
            .filter(|_| super::super::plan::builds(desk, &story.id))
            .map(|(kind, words, label)| {
                let label = fill(label, &[("title", &story.title)]);
                view! {
                    <CommandForm kind=kind with=vec![("story", story.id.to_string())]>
                        <button class="button button--row" aria-label=label>
                            {words}
                        </button>
                    </CommandForm>
                }
            });
        Some(view! {
            <li data-row="" tabindex="-1">
                <Symbol name=symbol />
                <a href=href>{story.title.to_string()}</a>
                <PersonName id=story.owner />
                <small>{small.join(", ")}</small>
                {button}
            </li>
        })
    }
}

pub(super) fn items(page: EpicPage) -> impl IntoView {
    let desk = page.desk;
    let t = &desk.texts().pages;
    let list = move || {
        let people = desk.people();
        let base = desk.href("");
        let rows = page.with(|view, ix, _| {
            let items = Items::of(view, &people, desk.locale, desk.actor(), &base);
            let covering = view
                .launch
                .items
                .each()
                .filter(|(_, i)| i.covers.contains(&ix) || i.needs_epics.contains(&ix));
            covering.map(|(ix, i)| items.row(ix, i)).collect::<Vec<_>>()
        })?;
        if rows.is_empty() {
            return Some(view! { <p class="quiet">{t.plan.covered_by_none}</p> }.into_any());
        }
        let rows = rows
            .into_iter()
            .map(|row| {
                view! {
                    <li data-row="" tabindex="-1">
                        <Symbol name=row.symbol />
                        <a href=row.href>{row.title}</a>
                        <PersonName id=row.owner needed=row.required && !row.shut />
                        <small>{row.word}</small>
                    </li>
                }
            })
            .collect_view();
        Some(view! { <ul class="lines">{rows}</ul> }.into_any())
    };
    view! {
        <section class="section" aria-labelledby="covered">
            <div class="head">
                <h2 id="covered">{t.plan.covered_by}</h2>
            </div>
            {list}
        </section>
    }
}
