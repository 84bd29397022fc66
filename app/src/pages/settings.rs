//! Settings of a launch: its moment, who leads, who may approve, what is required.

mod course;
mod people;
mod verified;
mod way_out;
mod windows;

use leptos::prelude::*;
use startklar::{
    rights::{Act, Standing},
    texts::fill,
};

use crate::{
    actions::CommandForm,
    boot::Boot,
    desk::Desk,
    parts::{fields, right, sentence::SentenceOf},
};

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let sample = boot.sample;
    let clears = [Standing::Trusted, Standing::Administrator].contains(&desk.standing);
    view! {
        <SentenceOf />
        <div class="halves">
            <div>
                {move || launch(desk)} {move || people::leads(desk)} {move || people::required(desk)}
                {verified::view(desk)} {windows::view(desk)}
            </div>
            <div>
                {move || people::parts(desk)} {move || course::view(desk)}
                {move || way_out::launched(desk)} {way_out::export(desk)}
                {(sample && clears).then(|| way_out::discard(desk))}
            </div>
        </div>
    }
    .into_any()
}

/// A section of this page.
fn section(id: &'static str, head: &'static str, hint: String, body: AnyView) -> AnyView {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="head">
                <h2 id=id>{head}</h2>
            </div>
            <p class="quiet">{hint}</p>
            {body}
        </section>
    }
    .into_any()
}

fn launch(desk: Desk) -> Option<AnyView> {
    let t = &desk.texts().pages;
    let s = &t.settings;
    let view = desk.view();
    let schedule = view.launch.schedule.as_ref()?;
    let title = schedule.title.to_string();
    let note = schedule
        .note
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let local = schedule.zone.local(schedule.moment);
    let date = local.date();
    let time = local.format("%H:%M").to_string();
    let forms = || {
        view! {
            <CommandForm kind="rename" class="stack" edits=true>
                {fields::text(t.fields.title, "title", title, true)}
                {fields::note(t.fields.note, "note", note, false)}
                <button class="button">{s.rename}</button>
            </CommandForm>
            <CommandForm kind="reschedule" class="row-form">
                {fields::day(s.date, "date", Some(date), true)}
                <label class="field field--short">
                    <span>{s.time}</span>
                    <input type="time" name="time" required value=time />
                </label>
                <button class="button">{s.move_it}</button>
            </CommandForm>
        }
    };
    let body = right::only(desk, Act::SetUp, forms);
    let hint = fill(s.moment_hint, &[("zone", &schedule.zone.name)]);
    Some(section("the-launch", s.launch, hint, body))
}
