//! The figures of a sprint: what is planned against what it can carry, what it began with against
//! what it delivered, and the velocity. What is too much is said in words and a shape.

use leptos::prelude::*;
use startklar::{
    Locale,
    model::Unit,
    planning::{Phase, Report, pace, report},
    rights::Act,
    texts::{count, fill},
};

use crate::{
    actions::CommandForm,
    desk::{Desk, View},
    parts::{fields, symbols::Symbol},
};

/// The figures in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Figures {
    planned: String,
    too_much: Option<String>,
    more: Vec<String>,
    velocity: String,
    /// What the form begins with: this sprint's capacity, or that of the one before.
    capacity: Option<u16>,
    unit: Unit,
}

impl Figures {
    fn of(view: &View, sprint: u8, locale: Locale) -> Self {
        let t = locale.catalogue();
        let p = &t.pages.plan;
        let launch = &view.launch;
        let Some(report) = report(launch, sprint, view.assessment.today) else {
            return Self::default();
        };
        let amount = |n: usize| t.amount(report.unit, n);
        let planned = report.planned.amount;
        let before = launch.sprints.capacity.iter().rfind(|(n, _)| **n <= sprint);
        Self {
            planned: match report.capacity {
                Some(all) => fill(
                    p.of_capacity,
                    &[("n", &planned), ("all", &amount(usize::from(all)))],
                ),
                None => fill(p.planned_without, &[("n", &amount(planned))]),
            },
            too_much: report
                .over()
                .map(|n| fill(p.too_much, &[("n", &amount(n))])),
            more: more(&report, locale),
            velocity: velocity(view, locale),
            capacity: before.map(|(_, c)| c.amount),
            unit: before.map_or(report.unit, |(_, c)| c.unit),
        }
    }
}

/// What there is to say beside the plan.
fn more(report: &Report, locale: Locale) -> Vec<String> {
    let t = locale.catalogue();
    let p = &t.pages.plan;
    let amount = |n: usize| t.amount(report.unit, n);
    let mut more = Vec::new();
    if report.unit == Unit::Points && report.planned.unestimated > 0 {
        more.push(count(&p.unestimated, report.planned.unestimated));
    }
    if report.unit == Unit::Stories && report.capacity.is_none() {
        more.push(p.in_stories.to_owned());
    }
    match report.phase {
        Phase::Ahead => return more,
        Phase::Runs => more.push(fill(
            p.committed,
            &[("n", &amount(report.committed.amount))],
        )),
        Phase::Ended => more.push(fill(
            p.kept,
            &[
                ("n", &amount(report.committed.amount)),
                ("kept", &report.kept.amount),
            ],
        )),
    }
    if report.added.stories > 0 {
        more.push(fill(p.added_sum, &[("n", &amount(report.added.amount))]));
    }
    more.push(fill(
        p.delivered,
        &[("n", &amount(report.delivered.amount))],
    ));
    more
}

fn velocity(view: &View, locale: Locale) -> String {
    let t = locale.catalogue();
    let pace = pace(&view.launch, view.assessment.today);
    let (Some(tenths), Some((least, most))) = (pace.mean_tenths(), pace.range()) else {
        return t.pages.plan.no_velocity.to_owned();
    };
    let mean = t.amount(pace.unit, (tenths + 5) / 10);
    let last = pace.past.len().min(3);
    fill(
        t.pages.plan.velocity,
        &[
            ("mean", &mean),
            ("k", &last),
            ("least", &least),
            ("most", &most),
        ],
    )
}

pub(super) fn view(desk: Desk, sprint: Memo<u8>) -> AnyView {
    let figures = Memo::new(move |_| Figures::of(&desk.view(), sprint.get(), desk.locale));
    // The form stays; only what it begins with follows the launch, so that what is typed stays too.
    let capacity = Memo::new(move |_| figures.with(|f| f.capacity));
    let unit = Memo::new(move |_| figures.with(|f| f.unit));
    let too_much = move || {
        figures.with(|f| f.too_much.clone()).map(|words| {
            view! {
                <strong class="state state--late">
                    <Symbol name="i-late" />
                    {words}
                </strong>
            }
        })
    };
    let more = move || {
        figures.with(|f| {
            f.more
                .iter()
                .map(|words| view! { <li>{words.clone()}</li> })
                .collect_view()
        })
    };
    view! {
        <div class="figures">
            <ul id="figures">
                <li>{move || figures.with(|f| f.planned.clone())} " " {too_much}</li>
                {more}
                <li>{move || figures.with(|f| f.velocity.clone())}</li>
            </ul>
            {desk
                .writes(Act::SetUp)
                .then(|| forms(desk, sprint.get_untracked(), capacity, unit))}
        </div>
    }
    .into_any()
}

fn forms(desk: Desk, n: u8, capacity: Memo<Option<u16>>, unit: Memo<Unit>) -> AnyView {
    let t = &desk.texts().pages;
    let p = &t.plan;
    let counted = move |code: &'static str, words: &'static str, of: Unit| {
        view! {
            <option value=code selected=move || unit.get() == of>
                {words}
            </option>
        }
    };
    let lengths = vec![
        ("1".to_owned(), p.one_week.to_owned()),
        ("2".to_owned(), p.two_weeks.to_owned()),
    ];
    let length = desk.view_untracked().launch.sprints.weeks.to_string();
    view! {
        <details class="adder" id="capacity" data-closes="">
            <summary class="button button--row">{p.capacity}</summary>
            <CommandForm kind="set_capacity" with=vec![("sprint", n.to_string())] class="form">
                <label class="field field--short">
                    <span>{p.capacity}</span>
                    <input
                        type="number"
                        name="capacity"
                        value=move || capacity.get().map(|n| n.to_string())
                        min="0"
                        max="1000"
                        inputmode="numeric"
                    />
                </label>
                <label class="field">
                    <span>{p.counted_in}</span>
                    <select name="unit">
                        {counted("points", t.fields.points, Unit::Points)}
                        {counted("stories", desk.texts().pages.palette.stories, Unit::Stories)}
                    </select>
                </label>
                <button class="button button--main">{p.set_capacity}</button>
            </CommandForm>
            <CommandForm kind="set_sprint_length" class="form">
                {fields::choice(p.sprint_weeks.to_owned(), "weeks", lengths, &length)}
                <button class="button">{p.set_length}</button>
            </CommandForm>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{planned, run, seen};

    fn figures(capacity: serde_json::Value, day: i64, locale: Locale) -> Figures {
        let mut launch = planned(10, 71);
        run(
            &mut launch,
            0,
            json!({"add_epic": {"id": "e", "title": "E"}}),
        );
        run(&mut launch, 0, json!({"scope_epic": {"epic": "e"}}));
        for (id, points, at) in [("a", 5, 1), ("b", 8, 1), ("c", 3, 10)] {
            let story = json!({"id": id, "epic": "e", "title": id, "points": points, "sprint": 2});
            run(&mut launch, at, json!({ "add_story": story }));
        }
        run(&mut launch, 11, json!({"finish_story": {"story": "a"}}));
        run(&mut launch, 11, json!({ "set_capacity": capacity }));
        let (launch, assessment) = seen(&launch, day);
        let view = View {
            launch: launch.into(),
            assessment,
            pending: 0,
        };
        Figures::of(&view, 2, locale)
    }

    #[test]
    fn a_sprint_that_is_too_full_says_by_how_much() {
        let full = figures(json!({"sprint": 2, "capacity": 13}), 12, Locale::En);
        assert_eq!(full.planned, "16 of 13 points planned");
        assert_eq!(full.too_much.as_deref(), Some("3 points too much"));
        let wide = figures(json!({"sprint": 2, "capacity": 20}), 12, Locale::De);
        assert_eq!(wide.planned, "Eingeplant 16, Kapazität 20 Punkte");
        assert_eq!(wide.too_much, None);
    }

    #[test]
    fn an_ended_sprint_holds_what_it_began_with_against_what_it_delivered() {
        let ended = figures(json!({"sprint": 9, "capacity": 13}), 20, Locale::En);
        assert_eq!(ended.planned, "16 points planned, no capacity set");
        assert_eq!(
            ended.more,
            [
                "began with 13 points, 5 of that delivered",
                "3 points added after the start",
                "5 points delivered in all"
            ]
        );
        assert!(
            ended.velocity.starts_with("Velocity: 3 points a sprint"),
            "{}",
            ended.velocity
        );
    }

    #[test]
    fn the_form_begins_with_the_capacity_of_an_earlier_sprint() {
        let early = figures(
            json!({"sprint": 1, "capacity": 4, "unit": "stories"}),
            12,
            Locale::En,
        );
        assert_eq!((early.capacity, early.unit), (Some(4), Unit::Stories));
        assert!(
            early.planned.starts_with("16 points"),
            "its own capacity is not set"
        );
    }
}
