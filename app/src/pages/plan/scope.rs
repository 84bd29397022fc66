//! What is in scope, in short: the epics and where each stands. The cut has a page of its own.

use leptos::prelude::*;
use startklar::texts::fill;

use crate::{
    address,
    desk::Desk,
    parts::{epic::Standing, symbols::Symbol},
};

/// An epic in scope.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    href: String,
    title: String,
    standing: Standing,
}

fn lines(desk: Desk) -> (usize, Vec<Line>) {
    let view = desk.view();
    let scoped = view.launch.ranked().filter(|(_, e)| e.in_scope.is_some());
    let lines = scoped.map(|(ix, epic)| Line {
        href: desk.href(&address::epic(&epic.id)),
        title: epic.title.to_string(),
        standing: Standing::of(&view, ix, epic, desk.texts()),
    });
    (view.launch.epics.len(), lines.collect())
}

pub(super) fn view(desk: Desk) -> impl IntoView {
    let t = desk.texts();
    let p = &t.pages.plan;
    let scope = Memo::new(move |_| lines(desk));
    let head = move || scope.with(|(all, is)| fill(p.scope, &[("all", all), ("in", &is.len())]));
    let words = move || {
        scope.with(|(all, is)| {
            let (stories, done) = is.iter().fold((0, 0), |(stories, done), line| {
                (stories + line.standing.stories, done + line.standing.done)
            });
            match (all, is.len()) {
                (0, _) => p.no_epics.to_owned(),
                (_, 0) => p.cut_none.to_owned(),
                _ => fill(p.cut, &[("n", &stories), ("done", &done)]),
            }
        })
    };
    view! {
        <section aria-labelledby="scope">
            <div class="head">
                <h2 id="scope">{head}</h2>
            </div>
            <p>{words}</p>
            <ul class="lines">{move || scope.with(|(_, is)| is.iter().map(line).collect_view())}</ul>
            <p class="more">
                <a href=desk.href("/scope")>{t.scope.move_the_cut}</a>
            </p>
        </section>
    }
}

fn line(line: &Line) -> impl IntoView + use<> {
    let symbol = line.standing.symbol.unwrap_or("i-open");
    view! {
        <li>
            <Symbol name=symbol />
            <a href=line.href.clone()>{line.title.clone()}</a>
            <small>{line.standing.word.clone()}</small>
        </li>
    }
}
