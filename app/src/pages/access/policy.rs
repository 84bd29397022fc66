//! The policy: what every launch must fulfil, what of it those under way lack, who changed it.

use leptos::prelude::*;
use startklar::{
    Discipline, LaunchId,
    texts::{count, day_year, day_year_clock, fill},
    workspace::{Change, Effect},
};

use super::{super::windows, account::section, head};
use crate::{access::Policy, desk::Desk};

pub(super) fn view(desk: Desk, page: &Policy) -> AnyView {
    let t = &desk.texts().policy;
    let holds = if page.writes {
        form(desk, page)
    } else {
        told(desk, page)
    };
    view! {
        {head(t.title.to_owned())}
        <p class="how">{t.hint}</p>
        {holds}
        {running(desk, page)}
        {changes(desk, page)}
    }
    .into_any()
}

/// What holds, for those who only read it.
fn told(desk: Desk, page: &Policy) -> AnyView {
    let t = &desk.texts().policy;
    let all = || Discipline::ALL.into_iter();
    let required = all().filter(|d| page.policy.requires(*d));
    let verified = all().filter(|d| page.policy.verifies(*d));
    let list = |found: Vec<Discipline>| {
        if found.is_empty() {
            t.nobody.to_owned()
        } else {
            list(desk, &found)
        }
    };
    view! {
        <dl class="pairs section">
            <div>
                <dt>{t.required}</dt>
                <dd>{list(required.collect())}</dd>
            </div>
            <div>
                <dt>{t.verified}</dt>
                <dd>{list(verified.collect())}</dd>
            </div>
        </dl>
        {windows::told(desk, page.policy.windows())}
    }
    .into_any()
}

/// Disciplines in a line.
fn list(desk: Desk, disciplines: &[Discipline]) -> String {
    let t = desk.texts();
    let names: Vec<_> = disciplines
        .iter()
        .map(|d| t.discipline_in_line(*d))
        .collect();
    desk.locale.list(&names)
}

fn form(desk: Desk, page: &Policy) -> AnyView {
    let t = &desk.texts().policy;
    let switches = |name: &'static str, on: &dyn Fn(Discipline) -> bool, fixed: &[Discipline]| {
        Discipline::ALL
            .map(|d| switch(desk, (name, d), on(d), fixed.contains(&d)))
            .collect_view()
    };
    let required = switches(
        "required",
        &|d| page.policy.requires(d),
        &Discipline::REQUIRED,
    );
    let verified = switches("verified", &|d| page.policy.verifies(d), &[]);
    view! {
        <form method="post" action="/policy" class="stack section">
            <input type="hidden" name="seen" value=page.seen.to_string() />
            <fieldset>
                <legend>{t.required}</legend>
                <div class="field field--switches">{required}</div>
            </fieldset>
            <fieldset>
                <legend>{t.verified}</legend>
                <div class="field field--switches">{verified}</div>
            </fieldset>
            {windows::rows(desk, page.policy.windows())}
            <p class="quiet">{t.set_hint}</p>
            <button class="button button--main">{t.set}</button>
        </form>
    }
    .into_any()
}

/// A box to tick; one that is always ticked cannot be changed, and says so.
fn switch(
    desk: Desk,
    (name, discipline): (&'static str, Discipline),
    on: bool,
    fixed: bool,
) -> AnyView {
    let t = desk.texts();
    let always = fixed.then(|| format!(" ({})", t.policy.always));
    view! {
        <label class="switch">
            <input
                type="checkbox"
                name=name
                value=discipline.code()
                checked=on
                disabled=fixed
            />
            <span>{t.discipline(discipline)} {always}</span>
        </label>
    }
    .into_any()
}

/// The launches under way that lack some of it.
fn running(desk: Desk, page: &Policy) -> AnyView {
    let t = &desk.texts().policy;
    let body = if page.policy.is_empty() {
        view! { <p>{t.demands_nothing}</p> }.into_any()
    } else if page.affected.is_empty() {
        view! { <p>{t.all_adopted}</p> }.into_any()
    } else {
        affected(desk, page)
    };
    section("running", t.running, t.running_hint, body)
}

fn affected(desk: Desk, page: &Policy) -> AnyView {
    let t = &desk.texts().policy;
    let rows = page.affected.iter().map(|(id, title, effect)| {
        let apply = page
            .writes
            .then(|| adopt(t.apply.to_owned(), [id], "button button--row"));
        let lines = effect_lines(desk, effect)
            .into_iter()
            .map(|line| view! { <p>{line}</p> })
            .collect_view();
        view! {
            <tr>
                <th scope="row" class="item">
                    <a href=format!("/l/{id}")>{title.clone()}</a>
                </th>
                <td data-label=t.would>{lines}</td>
                <td>{apply}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let all = (page.writes && page.affected.len() > 1).then(|| {
        let words = fill(t.apply_all, &[("n", &page.affected.len())]);
        adopt(words, page.affected.iter().map(|(id, ..)| id), "button")
    });
    view! {
        <table class="list">
            <caption class="away">{t.running}</caption>
            <thead>
                <tr>
                    <th scope="col">{t.launch}</th>
                    <th scope="col">{t.would}</th>
                    <th scope="col">
                        <span class="away">{t.apply}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {all}
    }
    .into_any()
}

/// A button that has launches adopt it.
fn adopt<'a>(
    words: String,
    launches: impl IntoIterator<Item = &'a LaunchId>,
    class: &'static str,
) -> AnyView {
    let launches = launches
        .into_iter()
        .map(|id| view! { <input type="hidden" name="launch" value=id.to_string() /> })
        .collect_view();
    view! {
        <form method="post" action="/policy/adopt">
            {launches}
            <button class=class>{words}</button>
        </form>
    }
    .into_any()
}

/// What would change in a launch, a sentence for each thing.
fn effect_lines(desk: Desk, effect: &Effect) -> Vec<String> {
    let t = &desk.texts().policy;
    let some = |template: &'static str, disciplines: &[Discipline]| {
        let named = list(desk, disciplines);
        (!disciplines.is_empty()).then(|| fill(template, &[("disciplines", &named)]))
    };
    let waiting = (effect.waiting > 0).then(|| count(&t.waiting, effect.waiting));
    let (before, after) = effect.blockers;
    let blockers = fill(t.blockers, &[("before", &before), ("after", &after)]);
    let honest = effect.honest.map(|dates| {
        let template = match dates {
            [None, _] => t.honest_comes,
            _ => t.then_honest,
        };
        let [now, then] = dates.map(|date| date.map(|date| day_year(desk.locale, date)));
        let gaps: [(&str, &dyn std::fmt::Display); 2] = [
            ("now", &now.unwrap_or_default()),
            ("then", &then.unwrap_or_default()),
        ];
        fill(template, &gaps)
    });
    let lines = [
        some(t.becomes_required, &effect.required),
        some(t.missing, &effect.missing),
        some(t.becomes_verified, &effect.verified),
        waiting,
        effect.windows.then(|| t.takes_windows.to_owned()),
    ];
    let lines = lines.into_iter().flatten();
    lines
        .chain(moment_lines(desk, effect))
        .chain(effect.exception.then(|| t.exception_falls.to_owned()))
        .chain(honest)
        .chain([blockers])
        .collect()
}

/// What would then be wrong with the launch moment.
fn moment_lines(desk: Desk, effect: &Effect) -> Vec<String> {
    let t = &desk.texts().policy;
    let Some((at, zone)) = &effect.moment else {
        return Vec::new();
    };
    let moment = day_year_clock(desk.locale, zone, *at);
    let outside = effect
        .outside
        .then(|| fill(t.then_outside, &[("moment", &moment)]));
    let frozen = effect.frozen.as_ref().map(|freeze| {
        let gaps: [(&str, &dyn std::fmt::Display); 2] =
            [("moment", &moment), ("title", freeze.title())];
        fill(t.then_frozen, &gaps)
    });
    outside.into_iter().chain(frozen).collect()
}

fn changes(desk: Desk, page: &Policy) -> AnyView {
    let t = &desk.texts().policy;
    let lines = page.changes.iter().map(|(who, changes, when)| {
        let words: Vec<_> = changes.iter().map(|c| change_words(desk, *c)).collect();
        view! {
            <li>
                <b>{who.clone()}</b>
                " "
                {words.join("; ")}
                <small>{when.clone()}</small>
            </li>
        }
    });
    let body = if page.changes.is_empty() {
        view! { <p class="quiet">{t.never_changed}</p> }.into_any()
    } else {
        view! { <ol class="log log--plain">{lines.collect_view()}</ol> }.into_any()
    };
    section("changes", t.changes, t.changes_hint, body)
}

fn change_words(desk: Desk, change: Change) -> String {
    let t = desk.texts();
    let [required, not_required, verified, not_verified] = t.policy.changed;
    let (template, discipline) = match change {
        Change::Required(d) => (required, d),
        Change::NotRequired(d) => (not_required, d),
        Change::Verified(d) => (verified, d),
        Change::NotVerified(d) => (not_verified, d),
        Change::Windows => return t.policy.windows_changed.to_owned(),
        Change::Freezes => return t.policy.freezes_changed.to_owned(),
    };
    let name = t.discipline_in_line(discipline);
    fill(template, &[("discipline", &name)])
}
