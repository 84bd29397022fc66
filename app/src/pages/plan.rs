//! The plan: the pace of the weeks, what is in scope, the board of a sprint.

mod board;
pub(in crate::pages) mod card;
mod drag;
pub(in crate::pages) mod estimate;
mod figures;
mod scope;
pub(in crate::pages) mod sprint;

use leptos::prelude::*;
use startklar::{
    Command, StoryId,
    rights::Act,
    texts::{count, fill},
};

use crate::{
    actions::CommandForm,
    address,
    boot::Boot,
    charts::velocity::{Pace, Week, velocity},
    desk::Desk,
    parts::{fields, sentence::SentenceOf},
};

/// Whether the reader may move a story on.
pub(super) fn builds(desk: Desk, story: &StoryId) -> bool {
    let story = story.clone();
    desk.past.is_none() && desk.may(&Command::FinishStory { story })
}

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let sprint = address::field(&boot.path, "sprint").and_then(|n| n.parse().ok());
    view! {
        <SentenceOf />
        <div class="plan-cols">
            {pace(desk)}
            {scope::view(desk)}
        </div>
        {board::view(desk, sprint)}
        {estimate::list(desk)}
        {desk.writes(Act::Plan).then(|| adding(desk))}
    }
    .into_any()
}

/// Stories above the weeks, items below, and the numbers behind.
fn pace(desk: Desk) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let pace = Memo::new(move |_| Pace::of(&desk.view()));
    let head = move || count(&t.pace, pace.with(|p| p.weeks.len()));
    let chart = move || pace.with(|p| velocity(p, desk.locale));
    let rows = move || {
        pace.with(|p| {
            p.weeks
                .iter()
                .enumerate()
                .map(|(n, w)| numbers(desk, n, *w))
                .collect_view()
        })
    };
    view! {
        <section aria-labelledby="pace">
            <div class="head">
                <h2 id="pace">{head}</h2>
                <p class="quiet">{t.pace_hint}</p>
            </div>
            <div class="pace" inner_html=chart></div>
            <ul class="key">
                <li>
                    <svg aria-hidden="true">
                        <rect class="g-done" width="20" height="14" />
                    </svg>
                    {t.key_closed}
                </li>
                <li>
                    <svg aria-hidden="true">
                        <rect class="v-plan" x=".5" y=".5" width="19" height="13" />
                    </svg>
                    {t.key_planned}
                </li>
            </ul>
            <details class="table">
                <summary>{t.pace_table}</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t.week}</th>
                            <th scope="col">{t.stories}</th>
                            <th scope="col">{t.items}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
}

fn numbers(desk: Desk, n: usize, week: Week) -> impl IntoView {
    let of =
        |done: usize, all: usize| fill(desk.texts().pages.plan.of, &[("n", &done), ("all", &all)]);
    view! {
        <tr>
            <th scope="row">{n + 1}</th>
            <td>{of(week.stories_done, week.stories_planned)}</td>
            <td>{of(week.items_closed, week.items_due)}</td>
        </tr>
    }
}

fn adding(desk: Desk) -> impl IntoView {
    let t = &desk.texts().pages;
    let f = &t.fields;
    // Every epic that is there can take a story; the list is made anew as epics come.
    let epics = Memo::new(move |_| sprint::epics(&desk.view()));
    let story = move || {
        let epics = epics.get();
        (!epics.is_empty()).then(|| {
            let options = epics
                .into_iter()
                .map(|(id, title)| (id.to_string(), title))
                .collect();
            view! {
                <details class="adder" id="add-story" data-closes="">
                    <summary class="button">{t.plan.add_story}</summary>
                    <CommandForm kind="add_story" class="form">
                        {fields::text(f.title, "title", "", true)}
                        {fields::choice(f.epic.to_owned(), "epic", options, "")}
                        {fields::person(desk, f.owner, "owner", None)}
                        {fields::number(f.points, "points", None, (0, 1_000))}
                        {fields::number(f.sprint, "sprint", None, (1, 60))}
                        {fields::note(f.note, "note", "", false)}
                        <button class="button button--main">{f.add}</button>
                    </CommandForm>
                </details>
            }
        })
    };
    view! {
        <div class="openers section">{story}</div>
    }
}
