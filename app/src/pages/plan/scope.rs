//! The scope cut as a table: the cut is a line that nobody can miss. Ranks move by buttons.

use leptos::prelude::*;
use startklar::{EpicId, texts::fill};

use super::cut::{Bar, Cut, CutRow};
use crate::{actions::CommandForm, address, desk::Desk, parts::symbols::Symbol};

pub(super) fn view(desk: Desk, cut: Memo<Cut>) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let head = move || cut.with(|c| fill(t.scope, &[("all", &c.rows.len()), ("in", &c.inside)]));
    let rows = move || {
        cut.with(|c| {
            let mut keys: Vec<_> = c.rows.iter().map(|r| Some(r.id.clone())).collect();
            keys.insert(c.inside, None);
            keys
        })
    };
    view! {
        <section aria-labelledby="scope">
            <div class="head">
                <h2 id="scope">{head}</h2>
            </div>
            {move || cut.with(|c| c.rows.is_empty()).then(|| view! { <p class="nothing">{t.no_epics}</p> })}
            <table class="list scope" hidden=move || cut.with(|c| c.rows.is_empty())>
                <thead>
                    <tr>
                        <th scope="col" class="num">
                            {t.rank}
                        </th>
                        <th scope="col">{t.epic}</th>
                        <th scope="col">{t.added_up}</th>
                        <th scope="col">{t.state}</th>
                        <th scope="col">
                            <span class="away">{t.act}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=Clone::clone let:id>
                        {match id {
                            Some(id) => row(desk, cut, id).into_any(),
                            None => line(desk, cut).into_any(),
                        }}
                    </For>
                </tbody>
            </table>
        </section>
    }
}

/// The cut itself.
fn line(desk: Desk, cut: Memo<Cut>) -> impl IntoView {
    let t = &desk.texts().pages.plan;
    let words = move || {
        cut.with(|c| match c.inside {
            0 => t.cut_none.to_owned(),
            _ => fill(t.cut, &[("n", &c.stories), ("done", &c.done)]),
        })
    };
    view! {
        <tr class="cut">
            <th scope="rowgroup" colspan="5">
                <span>{words}</span>
            </th>
        </tr>
    }
}

fn row(desk: Desk, cut: Memo<Cut>, id: EpicId) -> impl IntoView {
    let data = Memo::new(move |_| cut.with(|c| c.row(&id).cloned()));
    move || data.get().map(|row| cells(desk, row))
}

fn cells(desk: Desk, row: CutRow) -> impl IntoView {
    let class = if row.in_scope { "" } else { "out" };
    let href = desk.href(&address::epic(&row.id));
    let word = if row.in_scope { "state" } else { "quiet" };
    let acts = (desk.past.is_none()).then(|| acts(desk, &row));
    let accept = (row.to_accept && desk.past.is_none()).then(|| accept(desk, &row));
    view! {
        <tr class=class id=format!("epic-{}", row.id) data-row="" tabindex="-1">
            <td class="num">{row.rank}</td>
            <th scope="row" class="item">
                <a href=href>{row.title}</a>
                " "
                <span class="quiet small">{row.note}</span>
            </th>
            <td inner_html=bar(desk, row.bar)></td>
            <td class="stand">
                <span class=word>{row.symbol.map(|name| view! { <Symbol name=name /> })} {row.word}</span>
                {accept}
            </td>
            <td class="moves">{acts}</td>
        </tr>
    }
}

/// Stories so far and those of this epic, done ones filled.
fn bar(desk: Desk, bar: Bar) -> String {
    let t = &desk.texts().pages.plan;
    let sum = bar.before + bar.stories;
    let label = fill(
        t.bar,
        &[("n", &bar.stories), ("done", &bar.done), ("sum", &sum)],
    );
    crate::charts::velocity::added_up(bar.before, bar.stories, bar.done, bar.of, &label)
}

fn accept(desk: Desk, row: &CutRow) -> impl IntoView + use<> {
    let t = &desk.texts().pages.plan;
    let label = fill(t.accept_of, &[("title", &row.title)]);
    view! {
        <CommandForm kind="accept_epic" with=vec![("epic", row.id.to_string())] class="act">
            <button class="button button--row" aria-label=label>
                {t.accept}
            </button>
        </CommandForm>
    }
}

fn acts(desk: Desk, row: &CutRow) -> impl IntoView + use<> {
    let t = &desk.texts().pages.plan;
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
    row: &CutRow,
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
