//! The slider through time: the launch as it stood at the end of any day.

use chrono::NaiveDate;
use leptos::prelude::*;
use startklar::{
    Launch,
    engine::Rule,
    texts::{count, day_seen, day_year_clock, fill},
    time::{days_between, plus},
};

use crate::{desk::Desk, parts::facts::Facts};

/// Slider, weeks, and what was true at the chosen moment.
pub(super) fn view(desk: Desk) -> impl IntoView {
    let t = &desk.texts().pages.journal;
    let past = desk.past.map(|at| {
        let zone = desk.view_untracked().launch.zone();
        let when = day_year_clock(desk.locale, &zone, at);
        view! {
            <p class="notice" role="status">
                {fill(t.past, &[("when", &when)])} " "
                <a href=desk.href("/journal")>{t.back_to_now}</a>
            </p>
        }
    });
    view! {
        {past}
        <Facts />
        <p class="small quiet counts">{move || counts(desk)}</p>
        <section class="section" aria-labelledby="slider">
            <div class="head">
                <h2 id="slider">{t.slider}</h2>
            </div>
            {form(desk)}
            {weeks(desk)}
            <p class="more">
                <a href=desk.href("/weeks?week=1")>{t.week_by_week}</a>
            </p>
        </section>
    }
}

fn counts(desk: Desk) -> String {
    let t = &desk.texts().pages.journal;
    let view = desk.view();
    let (launch, judged) = (&view.launch, &view.assessment);
    let required: Vec<_> = launch
        .items
        .each()
        .filter(|(ix, _)| judged.is_required(*ix))
        .map(|(ix, _)| ix)
        .collect();
    let closed = required
        .iter()
        .filter(|ix| judged.item(**ix).is_closed())
        .count();
    let scoped = |epic| launch.epics.at(epic).is_some_and(|e| e.in_scope.is_some());
    let stories: Vec<_> = launch
        .stories
        .rows()
        .iter()
        .filter(|s| scoped(s.epic))
        .collect();
    let done = stories.iter().filter(|s| s.done().is_some()).count();
    let open = judged.by_rule(Rule::StoryOpen).count();
    [
        fill(t.stories_of, &[("done", &done), ("all", &(done + open))]),
        fill(
            t.closed_of,
            &[("closed", &closed), ("all", &required.len())],
        ),
        count(&t.blockers, judged.blockers().count()),
    ]
    .join(" · ")
}

/// First and last day that the slider reaches: from when it was planned to today.
fn span(desk: Desk, launch: &Launch) -> Option<(NaiveDate, NaiveDate)> {
    let schedule = launch.schedule.as_ref()?;
    let first = schedule.zone.day(schedule.planned);
    let shown = schedule.zone.day(desk.now.get_untracked());
    let week_end = plus(schedule.start, i64::from(schedule.weeks) * 7 - 1);
    let last = shown.max(week_end).max(launch.launch_day()?);
    Some((first.min(schedule.start), last))
}

/// The day goes as a date: with a script the range sets it, without one the reader types it.
fn form(desk: Desk) -> Option<AnyView> {
    let t = &desk.texts().pages.journal;
    let view = desk.view_untracked();
    let (first, last) = span(desk, &view.launch)?;
    let shown = view.launch.day(desk.now.get_untracked());
    let all = days_between(first, last);
    let n = days_between(first, shown).clamp(0, all);
    let label = fill(t.slider_hint, &[("n", &n), ("all", &all)]);
    let go = move |event: leptos::ev::Event| jump(desk, first, &event);
    Some(
        view! {
            <form method="get" action=desk.href("/journal") class="slider">
                <label class="field slider-range">
                    <span>{label}</span>
                    <input
                        type="range"
                        id="day"
                        min="0"
                        max=all.to_string()
                        value=n.to_string()
                        on:change=go
                    />
                </label>
                <label class="field field--short">
                    <span>{t.moment}</span>
                    <input type="date" name="at" value=shown.to_string() required />
                </label>
                <button class="button">{t.go}</button>
            </form>
        }
        .into_any(),
    )
}

/// The address of the journal at the end of a day.
fn at(desk: Desk, date: NaiveDate) -> String {
    desk.href(&format!("/journal?at={date}"))
}

#[cfg(feature = "hydrate")]
fn jump(desk: Desk, first: NaiveDate, event: &leptos::ev::Event) {
    let Ok(days) = event_target_value(event).parse() else {
        return;
    };
    // Back to the slider, so that the next arrow key goes on from there.
    let url = format!("{}#day", at(desk, plus(first, days)));
    // It fails only where a page may not navigate at all.
    let _ = window().location().set_href(&url);
}

#[cfg(not(feature = "hydrate"))]
fn jump(_: Desk, _: NaiveDate, _: &leptos::ev::Event) {}

/// “End of week 7” is one click.
fn weeks(desk: Desk) -> Option<AnyView> {
    let t = &desk.texts().pages.journal;
    let view = desk.view_untracked();
    let schedule = view.launch.schedule.as_ref()?;
    let today = view.assessment.today;
    let shown = desk.past.map(|at| schedule.zone.day(at));
    let links = (1..=i64::from(schedule.weeks))
        .map(|n| {
            let end = plus(schedule.start, n * 7 - 1);
            let label = fill(
                t.end_of_week,
                &[("n", &n), ("day", &day_seen(desk.locale, today, end))],
            );
            let here = (shown == Some(end)).then_some("true");
            view! {
                <li>
                    <a href=at(desk, end) aria-label=label aria-current=here>
                        {n}
                    </a>
                </li>
            }
        })
        .collect_view();
    let now = desk.past.is_none().then_some("true");
    Some(
        view! {
            <nav class="weeks" aria-label=t.weeks>
                <span class="quiet">{t.weeks}</span>
                <ul class="chips">
                    {links}
                    <li>
                        <a href=desk.href("/journal") aria-current=now>
                            {t.now}
                        </a>
                    </li>
                </ul>
            </nav>
        }
        .into_any(),
    )
}
