//! The criteria: what was missing of each discipline when the poll was opened, against now.

use leptos::prelude::*;
use startklar::{Assessment, Discipline, Policy, assess, model::Poll};

use super::{Page, heads, part};
use crate::address;

/// The table, with a way to the launch as it stood.
pub(super) fn view(page: &Page<'_>, poll: &Poll) -> Option<impl IntoView + use<>> {
    let t = &page.texts().poll;
    let then = page.room.then.as_deref()?;
    let then = assess(then, &Policy::default(), poll.opened.at);
    let counts = |of| (blockers(&then, of), blockers(page.assessment, of));
    let rows = Discipline::ALL.into_iter().filter_map(|of| {
        let (before, now) = counts(Some(of));
        let named = before + now > 0 || poll.asked.contains(&of);
        named.then(|| row(page, page.texts().discipline(of), before, now))
    });
    let rows = rows.collect_view();
    let (before, now) = counts(None);
    let at = address::encode(&poll.opened.at.to_rfc3339());
    let cockpit = page.desk.href(&format!("?at={at}"));
    let discipline = page.texts().pages.fields.discipline;
    let body = view! {
        <table class="list">
            <caption class="away">{t.criteria_caption}</caption>
            {heads([discipline, t.then, t.now])}
            <tbody>{rows} {row(page, t.all, before, now)}</tbody>
        </table>
        <p class="more">
            <a href=cockpit>{t.cockpit_then}</a>
        </p>
    };
    let opened = page.when(poll.opened.at);
    Some(part("criteria", t.criteria, opened, body.into_any()))
}

/// The blockers of a discipline, or all.
fn blockers(assessment: &Assessment, of: Option<Discipline>) -> usize {
    let all = assessment.blockers();
    all.filter(|f| of.is_none_or(|of| f.discipline == of))
        .count()
}

fn row(page: &Page<'_>, name: &'static str, before: usize, now: usize) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=t.then>{before}</td>
            <td data-label=t.now>{now}</td>
        </tr>
    }
}
