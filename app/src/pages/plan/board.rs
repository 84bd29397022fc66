//! The board of a sprint: both lanes, four columns, everything movable by buttons.

use leptos::prelude::*;
use startklar::{
    Lane,
    model::StoryState,
    texts::{day, fill},
};

use super::sprint::{self, Board, COLUMNS, Card, LaneCards, StoryCard};
use crate::{
    actions::CommandForm,
    desk::Desk,
    parts::{state::PersonName, symbols::Symbol},
};

/// Most closed cards shown before the others are folded.
const FEW: usize = 4;

pub(super) fn view(desk: Desk, chosen: Option<u8>) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let sprint = Memo::new(move |_| {
        let view = desk.view();
        let weeks = view.launch.schedule.as_ref().map_or(1, |s| s.weeks.max(1));
        chosen
            .filter(|n| (1..=weeks).contains(n))
            .unwrap_or_else(|| sprint::current(&view))
    });
    let base = desk.href("");
    let board = Memo::new(move |_| Board::of(&desk.view(), sprint.get(), desk.locale, &base));
    let head = move || {
        let n = sprint.get();
        match sprint::days(&desk.view(), n) {
            Some((from, to)) => fill(
                t.sprint_days,
                &[
                    ("n", &n),
                    ("from", &day(desk.locale, from)),
                    ("to", &day(desk.locale, to)),
                ],
            ),
            None => fill(t.sprint, &[("n", &n)]),
        }
    };
    view! {
        <section class="section" aria-labelledby="sprint">
            <div class="head">
                <h2 id="sprint">{head}</h2>
                {move || sprints(desk, sprint.get())}
            </div>
            <table class="board">
                <colgroup>
                    <col class="c-lane" />
                    <col />
                    <col />
                    <col />
                    <col />
                </colgroup>
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="away">{t.lane}</span>
                        </th>
                        <th scope="col">{t.to_do}</th>
                        <th scope="col">{t.begun}</th>
                        <th scope="col">{t.waits}</th>
                        <th scope="col">{t.closed}</th>
                    </tr>
                </thead>
                <tbody>
                    {lane(desk, board, Lane::Technical)}
                    {lane(desk, board, Lane::NonTechnical)}
                </tbody>
            </table>
        </section>
        {move || board.with(|b| !b.backlog.is_empty()).then(|| backlog(desk, board))}
    }
}

/// Every sprint is one click.
fn sprints(desk: Desk, shown: u8) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let weeks = desk
        .view()
        .launch
        .schedule
        .as_ref()
        .map_or(1, |s| s.weeks.max(1));
    let links = (1..=weeks)
        .map(|n| {
            let href = desk.href(&format!("/plan?sprint={n}#sprint"));
            let label = fill(t.sprint_link, &[("n", &n)]);
            view! {
                <li>
                    <a href=href aria-label=label aria-current=(n == shown).then_some("true")>
                        {n}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label=t.sprints>
            <ul class="chips">{links}</ul>
        </nav>
    }
}

const fn of(board: &Board, lane: Lane) -> &LaneCards {
    match lane {
        Lane::Technical => &board.technical,
        Lane::NonTechnical => &board.other,
    }
}

fn lane(desk: Desk, board: Memo<Board>, lane: Lane) -> impl IntoView {
    let t = desk.texts();
    let counts = move || {
        let (done, all) = board.with(|b| (of(b, lane).done, of(b, lane).all));
        fill(t.pages.plan.lane_count, &[("done", &done), ("all", &all)])
    };
    let columns = (0..COLUMNS)
        .map(|column| cell(desk, board, lane, column))
        .collect_view();
    view! {
        <tr>
            <th scope="row">{t.lane(lane)} <small>{counts}</small></th>
            {columns}
        </tr>
    }
}

fn cell(desk: Desk, board: Memo<Board>, lane: Lane, column: usize) -> impl IntoView {
    let keys = Memo::new(move |_| {
        board.with(|b| {
            of(b, lane).columns[column]
                .iter()
                .map(|c| c.key.clone())
                .collect::<Vec<_>>()
        })
    });
    let last = column + 1 == COLUMNS;
    let shown = move || {
        keys.with(|k| {
            k.iter()
                .take(if last { FEW } else { k.len() })
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let folded = move || keys.with(|k| k.iter().skip(FEW).cloned().collect::<Vec<_>>());
    let more = move || {
        let n = keys
            .with(Vec::len)
            .checked_sub(FEW)
            .filter(|n| last && *n > 0)?;
        let words = startklar::texts::count(&desk.texts().common.more, n);
        Some(view! {
            <details class="fold">
                <summary>{words}</summary>
                <ul class="tight">
                    <For each=folded key=String::clone let:key>
                        {card(desk, board, key)}
                    </For>
                </ul>
            </details>
        })
    };
    let label = move || {
        [
            desk.texts().pages.plan.to_do,
            desk.texts().pages.plan.begun,
            desk.texts().pages.plan.waits,
            desk.texts().pages.plan.closed,
        ][column]
    };
    let empty = move || {
        keys.with(Vec::is_empty)
            .then(|| view! { <p class="quiet">"—"</p> })
    };
    view! {
        <td data-label=label>
            {empty} <ul class=if last { "tight" } else { "" } hidden=move || keys.with(Vec::is_empty)>
                <For each=shown key=String::clone let:key>
                    {card(desk, board, key)}
                </For>
            </ul> {more}
        </td>
    }
}

fn backlog(desk: Desk, board: Memo<Board>) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let keys = move || board.with(|b| b.backlog.iter().map(|c| c.key.clone()).collect::<Vec<_>>());
    view! {
        <section class="section" aria-labelledby="backlog">
            <div class="head">
                <h2 id="backlog">{t.backlog}</h2>
                <p class="quiet">{t.backlog_hint}</p>
            </div>
            <ul class="backlog">
                <For each=keys key=String::clone let:key>
                    {card(desk, board, key)}
                </For>
            </ul>
        </section>
    }
}

fn card(desk: Desk, board: Memo<Board>, key: String) -> impl IntoView {
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
    let acts = card
        .story
        .filter(|_| desk.past.is_none())
        .map(|s| acts(desk, s, &card.title));
    let symbol = card.symbol;
    view! {
        <li data-row="" tabindex="-1">
            {closed.then(|| view! { <Symbol name=symbol /> })} <div>
                <a href=card.href>{card.title}</a>
                <small>{late} {card.small} {(!closed).then(|| view! { ", " <PersonName id=card.owner /> })}</small>
                {acts}
            </div>
        </li>
    }
}

/// What moves a story on: one button for the next step, the others behind “more”.
fn acts(desk: Desk, story: StoryCard, title: &str) -> impl IntoView + use<> {
    let t = &desk.texts().pages.plan;
    let next = match story.state {
        StoryState::Todo => Some(("begin_story", t.begin, t.begin_of)),
        StoryState::Begun(_) => Some(("finish_story", t.finish, t.finish_of)),
        StoryState::Done(_) | StoryState::Dropped(_) => None,
    };
    let field = vec![("story", story.id.to_string())];
    let next = next.map(|(kind, words, label)| {
        let label = fill(label, &[("title", &title)]);
        view! {
            <CommandForm kind=kind with=field.clone()>
                <button class="button button--row" aria-label=label>
                    {words}
                </button>
            </CommandForm>
        }
    });
    let more = fill(t.more_of, &[("title", &title)]);
    next.map(|next| {
        view! {
            <div class="card-acts">
                {next} <details class="menu" data-closes="">
                    <summary aria-label=more>"…"</summary>
                    <div>
                        {plan_for(desk, &story)} <CommandForm kind="drop_story" with=field>
                            <button class="button button--row">{t.drop_story}</button>
                        </CommandForm>
                    </div>
                </details>
            </div>
        }
    })
}

/// The choice of a sprint for a story.
pub(in crate::pages) fn plan_for(desk: Desk, story: &StoryCard) -> impl IntoView + use<> {
    let t = &desk.texts().pages;
    let weeks = desk
        .view_untracked()
        .launch
        .schedule
        .as_ref()
        .map_or(1, |s| s.weeks.max(1));
    let mut options = vec![(String::new(), t.fields.no_sprint.to_owned())];
    options.extend((1..=weeks).map(|n| (n.to_string(), fill(t.plan.sprint, &[("n", &n)]))));
    let chosen = story.sprint.map(|n| n.to_string()).unwrap_or_default();
    view! {
        <CommandForm kind="plan_story" with=vec![("story", story.id.to_string())] class="inline">
            {crate::parts::fields::choice(t.plan.plan_for.to_owned(), "sprint", options, &chosen)}
            <button class="button button--row">{t.plan.plan_now}</button>
        </CommandForm>
    }
}
