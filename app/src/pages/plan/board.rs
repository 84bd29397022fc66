//! The board of a sprint: both lanes, four columns, everything movable by buttons.

use leptos::prelude::*;
use startklar::{
    Lane,
    texts::{day_seen, fill},
};

use super::{
    card::card,
    drag::{self, Target},
    figures,
    sprint::{self, Board, COLUMNS, Card, LaneCards},
};
use crate::desk::Desk;

/// Most closed cards shown before the others are folded.
const FEW: usize = 4;

pub(super) fn view(desk: Desk, chosen: Option<u8>) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let sprint = Memo::new(move |_| {
        let view = desk.view();
        chosen
            .filter(|n| (1..=sprint::last(&view)).contains(n))
            .unwrap_or_else(|| sprint::current(&view))
    });
    // What sprints that are over have left open would be lost from sight otherwise.
    let leftover = Aside {
        id: "leftover",
        head: t.leftover,
        hint: t.leftover_hint,
        cards: |b| &b.leftover,
        takes: false,
    };
    let backlog = Aside {
        id: "backlog",
        head: t.backlog,
        hint: t.backlog_hint,
        cards: |b| &b.backlog,
        takes: true,
    };
    let base = desk.href("");
    let board = Memo::new(move |_| Board::of(&desk.view(), sprint.get(), desk.locale, &base));
    let head = move || {
        let n = sprint.get();
        let view = desk.view();
        let seen = |date| day_seen(desk.locale, view.assessment.today, date);
        match sprint::days(&view, n) {
            Some((from, to)) => fill(
                t.sprint_days,
                &[("n", &n), ("from", &seen(from)), ("to", &seen(to))],
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
            {figures::view(desk, sprint)}
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
                    {lane(desk, board, sprint, Lane::Technical)}
                    {lane(desk, board, sprint, Lane::NonTechnical)}
                </tbody>
            </table>
        </section>
        {move || board.with(|b| !b.leftover.is_empty()).then(|| aside(desk, board, leftover))}
        {move || {
            board.with(|b| !b.backlog.is_empty() || b.planned).then(|| aside(desk, board, backlog))
        }}
    }
}

/// Every sprint is one click.
fn sprints(desk: Desk, shown: u8) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let links = (1..=sprint::last(&desk.view()))
        .map(|n| {
            let href = desk.href(&format!("/plan?sprint={n}#sprint"));
            let label = fill(t.sprint_link, &[("n", &n)]);
            view! {
                <li
                    on:dragover=drag::over
                    on:drop=move |event| drag::drop(desk, &event, Target::Sprint(Some(n)))
                >
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

fn lane(desk: Desk, board: Memo<Board>, sprint: Memo<u8>, lane: Lane) -> impl IntoView {
    let t = desk.texts();
    let counts = move || {
        let (done, all) = board.with(|b| (of(b, lane).done, of(b, lane).all));
        fill(t.pages.plan.lane_count, &[("done", &done), ("all", &all)])
    };
    let columns = (0..COLUMNS)
        .map(|column| cell(desk, board, sprint, lane, column))
        .collect_view();
    view! {
        <tr>
            <th scope="row">{t.lane(lane)} <small>{counts}</small></th>
            {columns}
        </tr>
    }
}

fn cell(
    desk: Desk,
    board: Memo<Board>,
    sprint: Memo<u8>,
    lane: Lane,
    column: usize,
) -> impl IntoView {
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
        <td
            data-label=label
            on:dragover=drag::over
            on:drop=move |event| {
                if lane == Lane::Technical {
                    drag::drop(desk, &event, Target::Column(column, sprint.get_untracked()));
                }
            }
        >
            {empty} <ul class=if last { "tight" } else { "" } hidden=move || keys.with(Vec::is_empty)>
                <For each=shown key=String::clone let:key>
                    {card(desk, board, key)}
                </For>
            </ul> {more}
        </td>
    }
}

/// Cards beside the board: their heading, what they are, and where they stand in the data.
#[derive(Clone, Copy)]
struct Aside {
    id: &'static str,
    head: &'static str,
    hint: &'static str,
    cards: fn(&Board) -> &[Card],
    /// Whether a card that is dropped here is taken out of its sprint.
    takes: bool,
}

fn aside(desk: Desk, board: Memo<Board>, is: Aside) -> impl IntoView {
    let keys = move || {
        board.with(|b| {
            (is.cards)(b)
                .iter()
                .map(|c| c.key.clone())
                .collect::<Vec<_>>()
        })
    };
    view! {
        <section
            class="section"
            aria-labelledby=is.id
            on:dragover=move |event| {
                if is.takes {
                    drag::over(event);
                }
            }
            on:drop=move |event| {
                if is.takes {
                    drag::drop(desk, &event, Target::Sprint(None));
                }
            }
        >
            <div class="head">
                <h2 id=is.id>{is.head}</h2>
                <p class="quiet">{is.hint}</p>
            </div>
            <ul class="backlog">
                <For each=keys key=String::clone let:key>
                    {card(desk, board, key)}
                </For>
            </ul>
        </section>
    }
}
