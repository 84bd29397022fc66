//! The candidates as a table: the cut is a line that nobody can miss. Ranks move by buttons, the line
//! by dragging, buttons and keys.

use leptos::prelude::*;
use startklar::{EpicId, rights::Act, texts::fill};

use super::{
    ScopePage, line,
    rows::{Row, Table},
};
use crate::{actions::CommandForm, address, charts, parts::symbols::Symbol};

pub(super) fn view(page: ScopePage) -> impl IntoView {
    let t = page.desk.texts();
    let p = &t.pages.plan;
    let s = &t.scope;
    let ScopePage { table, .. } = page;
    let head = move || table.with(|c| fill(p.scope, &[("all", &c.rows.len()), ("in", &c.line)]));
    let is_empty = move || table.with(|c| c.rows.is_empty());
    let rows = move || {
        table.with(|c| {
            let mut keys: Vec<_> = c.rows.iter().map(|r| Some(r.id.clone())).collect();
            keys.insert(c.line, None);
            keys
        })
    };
    view! {
        <section class="section" aria-labelledby="scope">
            <div class="head">
                <h2 id="scope">{head}</h2>
                <p class="quiet">{s.hint}</p>
            </div>
            {move || is_empty().then(|| view! { <p class="nothing">{p.no_epics}</p> })}
            <table class="list scope" hidden=is_empty>
                <thead>
                    <tr>
                        <th scope="col" class="num">
                            {p.rank}
                        </th>
                        <th scope="col">{p.epic}</th>
                        <th scope="col">{s.to_build}</th>
                        <th scope="col">{s.added_up}</th>
                        <th scope="col">{p.state}</th>
                        <th scope="col">
                            <span class="away">{p.act}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=Clone::clone let:id>
                        {match id {
                            Some(id) => row(page, id).into_any(),
                            None => cut(page).into_any(),
                        }}
                    </For>
                </tbody>
            </table>
            {key(page)}
        </section>
    }
}

/// What the bars mean.
fn key(page: ScopePage) -> impl IntoView {
    let s = &page.desk.texts().scope;
    let one = |class: &'static str, words: &'static str| {
        view! {
            <li>
                <svg aria-hidden="true">
                    <rect class=class x=".5" y=".5" width="19" height="13" />
                </svg>
                {words}
            </li>
        }
    };
    view! {
        <ul class="key">
            {one("g-done", s.key_in)} {one("v-plan", s.key_out)} {one("f-wide", s.key_carries)}
        </ul>
    }
}

/// The cut itself.
fn cut(page: ScopePage) -> impl IntoView {
    let t = page.desk.texts();
    let (p, s) = (&t.pages.plan, &t.scope);
    let words = move || {
        page.table.with(|c| match c.line {
            0 => p.cut_none.to_owned(),
            _ => fill(p.cut, &[("n", &c.stories), ("done", &c.done)]),
        })
    };
    view! {
        <tr
            class="cut"
            id="cut"
            data-row=""
            tabindex="-1"
            draggable="true"
            on:dragstart=move |event| line::drag(&event)
            on:dragend=move |_| line::drag_ends()
            on:keydown=move |event| line::key(page, &event)
        >
            <th scope="rowgroup" colspan="6">
                <span>{words}</span>
                <span class="cut-moves">{step(page, true, s.line_up, s.line_up_of)} {step(page, false, s.line_down, s.line_down_of)}</span>
            </th>
        </tr>
    }
}

/// A link that moves the line past one candidate; without an address at the end of the table.
fn step(page: ScopePage, up: bool, words: &'static str, label: &'static str) -> impl IntoView {
    let passes = move |c: &Table| {
        let place = if up {
            c.line.checked_sub(1)
        } else {
            Some(c.line)
        };
        place.and_then(|n| Some((if up { n } else { n + 1 }, c.rows.get(n)?.title.clone())))
    };
    let next = Memo::new(move |_| page.table.with(passes));
    let href = move || next.with(|n| n.as_ref().map(|(to, _)| page.href(Some(*to))));
    let label = move || {
        next.with(|n| {
            n.as_ref()
                .map(|(_, title)| fill(label, &[("title", title)]))
        })
    };
    view! {
        <a
            href=href
            aria-label=label
            data-earlier=up.then_some("")
            data-later=(!up).then_some("")
            on:click=move |event| {
                if let Some((to, _)) = next.get_untracked() {
                    line::step(page, &event, Some(to));
                }
            }
        >
            {words}
        </a>
    }
}

fn row(page: ScopePage, id: EpicId) -> impl IntoView {
    let data = Memo::new(move |_| {
        page.table.with(|c| {
            let drawn = (c.of, c.unit, c.then.and_then(|then| then.carries));
            c.row(&id).map(|row| (row.clone(), drawn))
        })
    });
    move || {
        data.get().map(|(row, (of, unit, carries))| {
            let amount = page.desk.texts().amount(unit, row.bar.own);
            let bar = charts::cut::bar(row.bar, carries, of);
            cells(page, row, amount, bar)
        })
    }
}

fn cells(page: ScopePage, row: Row, amount: String, bar: String) -> impl IntoView {
    let desk = page.desk;
    let class = if row.bar.above { "" } else { "out" };
    let href = desk.href(&address::epic(&row.id));
    let acts = desk.writes(Act::Plan).then(|| acts(page, &row));
    let accept = (row.standing.to_accept && desk.writes(Act::Accept)).then(|| accept(page, &row));
    let sum = row.bar.before + row.bar.own;
    let place = row.place;
    view! {
        <tr
            class=class
            id=format!("epic-{}", row.id)
            data-row=""
            tabindex="-1"
            on:dragover=move |event| line::over(&event)
            on:drop=move |event| line::drop(page, &event, place)
        >
            <td class="num">{row.rank}</td>
            <th scope="row" class="item">
                <a href=href>{row.title.clone()}</a>
                " "
                <span class="quiet small">{row.note.clone()}</span>
            </th>
            <td class="work">{amount}</td>
            <td class="added-up">
                <span inner_html=bar></span>
                {sum}
            </td>
            <td class="stand">{standing(page, &row)} {accept}</td>
            <td class="moves">{here(page, &row)} {acts}</td>
        </tr>
    }
}

/// Where an epic stands, and what the line would change.
fn standing(page: ScopePage, row: &Row) -> impl IntoView + use<> {
    let s = &page.desk.texts().scope;
    let word = if row.in_scope { "state" } else { "quiet" };
    let passed = match (row.in_scope, row.bar.above) {
        (true, false) => Some(s.falls_out_word),
        (false, true) => Some(s.comes_in_word),
        _ => None,
    };
    let passed = passed.map(|words| {
        view! {
            <strong class="state state--plain">
                <Symbol name="i-on" />
                {words}
            </strong>
        }
    });
    let symbol = row.standing.symbol;
    view! {
        {passed}
        " "
        <span class=word>{symbol.map(|name| view! { <Symbol name=name /> })} {row.standing.word.clone()}</span>
    }
}

fn accept(page: ScopePage, row: &Row) -> impl IntoView + use<> {
    let t = &page.desk.texts().pages.plan;
    let label = fill(t.accept_of, &[("title", &row.title)]);
    view! {
        <CommandForm kind="accept_epic" with=vec![("epic", row.id.to_string())] class="act">
            <button class="button button--row" aria-label=label>
                {t.accept}
            </button>
        </CommandForm>
    }
}

/// A link that draws the line right below a candidate.
fn here(page: ScopePage, row: &Row) -> impl IntoView + use<> {
    let s = &page.desk.texts().scope;
    let label = fill(s.cut_here_of, &[("title", &row.title)]);
    let place = row.place;
    view! {
        <a
            class="here"
            href=page.href(Some(place))
            aria-label=label
            on:click=move |event| line::step(page, &event, Some(place))
        >
            {s.cut_here}
        </a>
    }
}

fn acts(page: ScopePage, row: &Row) -> impl IntoView + use<> {
    let t = &page.desk.texts().pages.plan;
    let (kind, words, label) = if row.in_scope {
        ("unscope_epic", t.take_out, t.take_out_of)
    } else {
        ("scope_epic", t.take_in, t.take_in_of)
    };
    let label = fill(label, &[("title", &row.title)]);
    view! {
        {arrow(row, "↑", t.up, row.up)}
        {arrow(row, "↓", t.down, row.down)}
        <CommandForm kind=kind with=vec![("epic", row.id.to_string())]>
            <button class="take" aria-label=label>
                {words}
            </button>
        </CommandForm>
    }
}

/// One step in the ranking. The focus goes along, so that the next step is one key.
fn arrow(
    row: &Row,
    sign: &'static str,
    label: &'static str,
    to: Option<usize>,
) -> impl IntoView + use<> {
    let label = fill(label, &[("title", &row.title)]);
    let mut with = vec![("epic", row.id.to_string())];
    if let Some(to) = to {
        with.push(("to", to.to_string()));
    }
    let id = format!("{}-{}", if sign == "↑" { "up" } else { "down" }, row.id);
    let stay = {
        let id = id.clone();
        move |_| follow(&id)
    };
    view! {
        <CommandForm kind="rank_epic" with=with>
            <button id=id aria-label=label disabled=to.is_none() on:click=stay>
                {sign}
            </button>
        </CommandForm>
    }
}

#[cfg(feature = "hydrate")]
fn follow(id: &str) {
    crate::parts::keys::focus_soon(id.to_owned());
}

#[cfg(not(feature = "hydrate"))]
fn follow(_: &str) {}
