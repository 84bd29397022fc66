//! Splitting a story: what stays here, what is split off, and their points against the old estimate.

use leptos::{ev::Event, prelude::*};
use startklar::{
    journal::StoryDetail,
    model::Unit,
    texts::{Catalogue, count, fill},
};

use super::StoryPage;
use crate::{
    actions::CommandForm,
    parts::{fields, fresh::fresh},
};

/// Rows of the form for what is split off; the first must be filled in.
const PARTS: usize = 3;

pub(super) fn view(page: StoryPage) -> impl IntoView {
    let t = &page.desk.texts().pages.plan;
    let is_open =
        Memo::new(move |_| page.read(&page.desk.view(), startklar::model::Story::is_open));
    let form = move || {
        let view = page.desk.view_untracked();
        let detail = page.read(&view, StoryDetail::of)?;
        Some(form(page, &detail).into_any())
    };
    view! {
        <div hidden=move || is_open.get() != Some(true)>{fresh("split", t.split_story, form)}</div>
    }
}

fn form(page: StoryPage, detail: &StoryDetail) -> impl IntoView + use<> {
    let t = page.desk.texts();
    let (p, f) = (&t.pages.plan, &t.pages.fields);
    let (old, title) = (detail.points, detail.title.to_string());
    let points = |n: Option<u16>| n.map(u32::from);
    let begin = [(
        "points".to_owned(),
        old.map(|n| n.to_string()).unwrap_or_default(),
    )];
    let sum = RwSignal::new(added_up(&begin, old, t));
    let parts = (0..PARTS)
        .map(|n| {
            view! {
                <fieldset>
                    <legend>{p.split_part}</legend>
                    {fields::text(f.title, "part_title", "", n == 0)}
                    {fields::number(f.points, "part_points", None, (0, 1_000))}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <CommandForm kind="split_story" with=page.field() edits=true class="form">
            <div class="field--wide split-form" on:input=move |event| typed(&event, old, t, sum)>
                <p class="quiet">{p.split_hint}</p>
                <fieldset>
                    <legend>{p.split_rest}</legend>
                    {fields::text(f.title, "title", title, true)}
                    {fields::number(f.points, "points", points(old), (0, 1_000))}
                </fieldset>
                {parts}
                <p id="split-sum" aria-live="polite">
                    {move || sum.get()}
                </p>
            </div>
            <button class="button button--main">{p.split_now}</button>
        </CommandForm>
    }
}

#[cfg(feature = "hydrate")]
fn typed(event: &Event, old: Option<u16>, t: &Catalogue, sum: RwSignal<String>) {
    if let Some(fields) = crate::live::fields_of_form(event) {
        sum.set(added_up(&fields, old, t));
    }
}

#[cfg(not(feature = "hydrate"))]
fn typed(_: &Event, _: Option<u16>, _: &Catalogue, _: RwSignal<String>) {}

/// The points of what stays and of what is split off, against the old estimate. A part without a
/// title is none.
fn added_up(fields: &[(String, String)], old: Option<u16>, t: &Catalogue) -> String {
    let p = &t.pages.plan;
    let (mut sum, mut vague, mut counts) = (0_usize, 0, true);
    for (name, text) in fields {
        match name.as_str() {
            "part_title" => counts = !text.trim().is_empty(),
            "points" | "part_points" if counts => match text.trim().parse::<u16>() {
                Ok(points) => sum += usize::from(points),
                Err(_) => vague += 1,
            },
            _ => {}
        }
    }
    let sum = t.amount(Unit::Points, sum);
    let words = match old {
        Some(old) => {
            let old = t.amount(Unit::Points, usize::from(old));
            fill(p.split_sum, &[("sum", &sum), ("old", &old)])
        }
        None => fill(p.split_sum_new, &[("sum", &sum)]),
    };
    if vague == 0 {
        words
    } else {
        format!("{words} {}", count(&p.split_open, vague))
    }
}

#[cfg(test)]
mod tests {
    use startklar::Locale;

    use super::*;

    fn said(fields: &[(&str, &str)], old: Option<u16>, locale: Locale) -> String {
        let fields: Vec<_> = (fields.iter())
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        added_up(&fields, old, locale.catalogue())
    }

    #[test]
    fn what_stays_and_what_is_split_off_are_held_against_the_estimate() {
        let fields = [
            ("kind", "split_story"),
            ("title", "Less"),
            ("points", "5"),
            ("part_title", "More"),
            ("part_points", "4"),
            ("part_title", " "),
            ("part_points", ""),
        ];
        let en = said(&fields, Some(8), Locale::En);
        assert_eq!(en, "9 points in all; the estimate was 8 points.");
        let de = said(&fields, None, Locale::De);
        assert_eq!(de, "Zusammen 9 Punkte; eine Schätzung gab es nicht.");
    }

    #[test]
    fn a_part_that_nobody_has_sized_is_said() {
        let fields = [("points", "5"), ("part_title", "More"), ("part_points", "")];
        let en = said(&fields, Some(5), Locale::En);
        assert!(en.ends_with("1 of them is not estimated."), "{en}");
    }
}
