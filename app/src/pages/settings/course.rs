//! The declared course: beside the computed one, with a reason and an expiry.

use leptos::prelude::*;
use startklar::{
    engine::Course,
    rights::Act,
    texts::{day_seen, fill},
    time::plus,
};

use super::section;
use crate::{
    actions::CommandForm,
    desk::Desk,
    parts::{fields, right},
};

pub(super) fn view(desk: Desk) -> AnyView {
    let t = desk.texts();
    let s = &t.pages.settings;
    let view = desk.view();
    let declared = view.launch.declared.as_ref().map(|d| {
        let people = desk.people();
        let text = fill(
            s.course_declared,
            &[
                (
                    "who",
                    &people.name(d.by.by).unwrap_or(t.common.somebody_unknown),
                ),
                ("course", &t.course(d.course)),
                (
                    "day",
                    &day_seen(desk.locale, view.assessment.today, d.until),
                ),
                ("reason", &d.reason),
            ],
        );
        let withdraw = desk.could(Act::Declare).then(|| {
            view! {
                <CommandForm kind="withdraw_course">
                    <button class="button button--row">{s.withdraw}</button>
                </CommandForm>
            }
        });
        view! {
            <p>{text}</p>
            {withdraw}
        }
    });
    let courses = [Course::OnCourse, Course::AtRisk, Course::OffCourse]
        .map(|c| (c.code().to_owned(), t.course(c).to_owned()));
    let today = view.assessment.today;
    let until = plus(today, 7);
    let form = || {
        view! {
            <CommandForm kind="declare_course" class="stack">
                {fields::choice(s.course.to_owned(), "course", courses.to_vec(), "at_risk")}
                {fields::note(t.pages.fields.reason, "reason", "", true)}
                {fields::day_from(t.pages.fields.until, "until", Some(until), true, today)}
                <button class="button">{s.declare}</button>
            </CommandForm>
        }
    };
    let body = view! {
        {declared}
        {right::only(desk, Act::Declare, form)}
    };
    section(
        "course",
        s.course,
        s.course_hint.to_owned(),
        body.into_any(),
    )
}
