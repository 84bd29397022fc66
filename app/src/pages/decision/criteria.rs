//! The criteria: what was missing of each discipline when the poll was opened, against now.

use leptos::prelude::*;
use startklar::minutes::{Criterion, Minutes};

use super::{Page, heads, part};
use crate::address;

/// The table, with a way to the launch as it stood.
pub(super) fn view(page: &Page<'_>, minutes: &Minutes<'_>) -> Option<impl IntoView + use<>> {
    let t = &page.texts().poll;
    let opened = minutes.poll.opened.at;
    let then = page.room.then.as_deref()?;
    let criteria = minutes.criteria(then);
    let rows = criteria
        .into_iter()
        .map(|one| row(page, one))
        .collect_view();
    let at = address::encode(&opened.to_rfc3339());
    let cockpit = page.desk.href(&format!("?at={at}"));
    let discipline = page.texts().pages.fields.discipline;
    let body = view! {
        <table class="list">
            <caption class="away">{t.criteria_caption}</caption>
            {heads([discipline, t.then, t.now])}
            <tbody>{rows}</tbody>
        </table>
        <p class="more">
            <a href=cockpit>{t.cockpit_then}</a>
        </p>
    };
    let opened = page.when(opened);
    Some(part("criteria", t.criteria, opened, body.into_any()))
}

fn row(page: &Page<'_>, criterion: Criterion) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let name = criterion.of.map_or(t.all, |of| page.texts().discipline(of));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=t.then>{criterion.then}</td>
            <td data-label=t.now>{criterion.now}</td>
        </tr>
    }
}
