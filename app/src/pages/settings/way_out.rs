//! The ways out: launched, watched, exported, discarded.

use leptos::prelude::*;
use startklar::{
    model::Stamp,
    rights::Act,
    texts::{day_seen, fill},
};

use super::section;
use crate::{actions::CommandForm, desk::Desk, parts::right};

/// Records the launch and closes the watch; both ask the engine.
pub(super) fn launched(desk: Desk) -> AnyView {
    let s = &desk.texts().pages.settings;
    let view = desk.view();
    let body = match (view.launch.launched, view.launch.watch_closed) {
        (None, _) => right::only(desk, Act::Launch, || {
            view! {
                <CommandForm kind="record_launch">
                    <button class="button">{s.record_launch}</button>
                </CommandForm>
            }
        }),
        (Some(launched), None) => view! {
            <p>{said(desk, s.launched_on, launched)}</p>
            {right::only(desk, Act::Launch, || {
                view! {
                    <CommandForm kind="close_watch">
                        <button class="button">{s.close_watch}</button>
                    </CommandForm>
                }
            })}
        }
        .into_any(),
        (Some(launched), Some(closed)) => view! {
            <p>{said(desk, s.launched_on, launched)}</p>
            <p>{said(desk, s.watch_closed_on, closed)}</p>
        }
        .into_any(),
    };
    section("way-out", s.the_launch, s.launch_hint.to_owned(), body)
}

fn said(desk: Desk, template: &str, stamp: Stamp) -> String {
    let view = desk.view();
    let people = desk.people();
    let who = people
        .name(stamp.by)
        .unwrap_or(desk.texts().common.somebody_unknown);
    let on = day_seen(
        desk.locale,
        view.assessment.today,
        view.launch.day(stamp.at),
    );
    fill(template, &[("day", &on), ("who", &who)])
}

/// Plan file and journal.
pub(super) fn export(desk: Desk) -> AnyView {
    let s = &desk.texts().pages.settings;
    let api = desk.href("").replacen("/l/", "/api/v1/launches/", 1);
    let body = view! {
        <p class="pager">
            <a class="button" href=format!("{api}/export")>
                {s.export_plan}
            </a>
            <a class="button" href=format!("{api}/journal")>
                {s.export_journal}
            </a>
            <a class="button" href=desk.href("/status")>
                {s.status_page}
            </a>
        </p>
    };
    section(
        "export",
        s.export,
        s.export_hint.to_owned(),
        body.into_any(),
    )
}

/// The sample goes away with one click.
pub(super) fn discard(desk: Desk) -> AnyView {
    let s = &desk.texts().pages.settings;
    let body = view! {
        <form method="post" action=desk.href("/discard")>
            <button class="button">{s.discard_now}</button>
        </form>
    };
    section(
        "discard",
        s.discard,
        s.discard_hint.to_owned(),
        body.into_any(),
    )
}
