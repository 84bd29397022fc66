//! Estimating in place: the field for a story's points, and the stories without an estimate one after
//! the other.

use leptos::prelude::*;
use startklar::{
    StoryId,
    model::Story,
    texts::{count, fill},
};

use super::sprint::estimates;
use crate::{
    actions::CommandForm,
    address,
    desk::{Desk, View},
};

/// Most stories listed at once; the others follow as these are estimated.
const LISTED: usize = 8;

/// The form that sets or clears the points of a story. `next` marks the field of a list in which one
/// goes on from field to field.
pub(in crate::pages) fn form(
    desk: Desk,
    id: &StoryId,
    points: Option<u16>,
    next: &'static str,
) -> impl IntoView + use<> {
    let t = &desk.texts().pages;
    let points = points.map(|n| n.to_string());
    view! {
        <CommandForm kind="estimate_story" with=vec![("story", id.to_string())] class="inline">
            <label class="field field--short">
                <span>{t.fields.points}</span>
                <input
                    type="number"
                    name="points"
                    value=points
                    min="0"
                    max="1000"
                    inputmode="numeric"
                    data-points=next
                />
            </label>
            <button class="button button--row">{t.plan.estimate}</button>
        </CommandForm>
    }
}

/// Open stories of the scope without an estimate, those of the next sprints first.
pub(in crate::pages) fn missing(view: &View) -> Vec<StoryId> {
    let in_scope = |s: &Story| {
        let epic = view.launch.epics.at(s.epic);
        epic.is_some_and(|e| e.in_scope.is_some())
    };
    let mut vague: Vec<_> = (view.launch.stories.rows().iter())
        .filter(|s| s.points.is_none() && s.is_open() && in_scope(s))
        .collect();
    startklar::order::sort_by_key(&mut vague, |s| s.sprint.unwrap_or(u8::MAX));
    vague.into_iter().map(|s| s.id.clone()).collect()
}

/// The list, where stories are estimated at all.
pub(super) fn list(desk: Desk) -> Option<impl IntoView> {
    if desk.past.is_some() {
        return None;
    }
    let t = desk.texts();
    let ids = Memo::new(move |_| missing(&desk.view()));
    let open = Memo::new(move |_| estimates(&desk.view()));
    let head = move || count(&t.pages.plan.to_estimate, ids.with(Vec::len));
    let listed = move || ids.with(|ids| ids.iter().take(LISTED).cloned().collect::<Vec<_>>());
    let more = move || {
        let n = ids.with(Vec::len).checked_sub(LISTED).filter(|n| *n > 0)?;
        Some(view! { <p class="quiet">{count(&t.common.more, n)}</p> })
    };
    Some(view! {
        <details
            class="section fold"
            id="unestimated"
            open=move || open.get()
            hidden=move || ids.with(Vec::is_empty)
        >
            <summary>{head}</summary>
            <p class="quiet">{t.pages.plan.estimate_hint}</p>
            <ul class="lines estimates">
                <For each=listed key=StoryId::clone let:id>
                    {line(desk, id)}
                </For>
            </ul>
            {more}
        </details>
    })
}

fn line(desk: Desk, id: StoryId) -> impl IntoView {
    let story = id.clone();
    let data = Memo::new(move |_| {
        let view = desk.view();
        let story = view.launch.stories.get(&story)?;
        let epic = view.launch.epics.at(story.epic)?;
        Some((
            story.title.to_string(),
            epic.title.to_string(),
            story.sprint,
        ))
    });
    let title = move || data.get().map(|(title, ..)| title);
    let small = move || {
        let (_, epic, sprint) = data.get()?;
        let sprint = sprint.map(|n| fill(desk.texts().pages.plan.sprint, &[("n", &n)]));
        Some(sprint.map_or_else(|| epic.clone(), |sprint| format!("{epic}, {sprint}")))
    };
    view! {
        <li data-row="" tabindex="-1">
            <a href=desk.href(&address::story(&id))>{title}</a>
            <small>{small}</small>
            {super::builds(desk, &id).then(|| form(desk, &id, None, "next"))}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{run, running, seen};

    #[test]
    fn what_is_open_and_in_scope_is_to_be_estimated_the_next_sprint_first() {
        let mut launch = running();
        let story = json!({"add_story": {"id": "x", "epic": "e", "title": "x"}});
        run(&mut launch, 2, story);
        run(
            &mut launch,
            3,
            json!({"estimate_story": {"story": "s5", "points": 0}}),
        );
        run(
            &mut launch,
            3,
            json!({"plan_story": {"story": "s6", "sprint": 4}}),
        );
        run(
            &mut launch,
            3,
            json!({"add_epic": {"id": "out", "title": "Out"}}),
        );
        let out = json!({"add_story": {"id": "y", "epic": "out", "title": "y"}});
        run(&mut launch, 3, out);
        let (launch, assessment) = seen(&launch, 5);
        let view = View {
            launch: launch.into(),
            assessment,
            pending: 0,
        };
        let ids: Vec<_> = missing(&view).iter().map(ToString::to_string).collect();
        // s1 to s3 are done, s5 has an estimate.
        assert_eq!(ids, ["s4", "s6", "x"]);
    }
}
