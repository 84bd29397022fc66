//! What a go rests on that is not done: the conditions, and the waivers that stand.

use leptos::prelude::*;
use startklar::{
    minutes::{Minutes, Promise, Waived},
    texts::{count, day_seen},
};

use super::{Page, heads, part};
use crate::{
    address,
    parts::{
        state::{PersonName, item_symbol},
        symbols::Symbol,
        when::{self, When},
    },
};

/// Both, one above the other.
pub(super) fn view(page: &Page<'_>, minutes: &Minutes<'_>) -> impl IntoView + use<> {
    view! { <div>{conditions(page, minutes)} {waivers(page, minutes)}</div> }
}

fn conditions(page: &Page<'_>, minutes: &Minutes<'_>) -> Option<impl IntoView + use<>> {
    let t = &page.texts().poll;
    let promises = minutes.promises();
    let n = promises.len();
    if n == 0 {
        return None;
    }
    let rows = promises.iter().map(|promise| {
        view! {
            <tr>
                <td class="when">{day(page, promise.due)}</td>
                <td class="item">{text(page, promise)}</td>
                <td>
                    <PersonName id=promise.owner needed=true />
                </td>
                <td>{page.texts().discipline(promise.set_by)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = view! {
        <table class="list">
            {heads([t.no_later, t.condition, t.owes, t.set_by])}
            <tbody>{rows}</tbody>
        </table>
        <p class="quiet">{t.binds}</p>
    };
    Some(part(
        "conditions",
        t.conditions,
        n.to_string(),
        body.into_any(),
    ))
}

/// The condition, or what it has become and where that stands.
fn text(page: &Page<'_>, promise: &Promise<'_>) -> AnyView {
    let words = promise.text.to_owned();
    let Some((ix, item)) = promise
        .item
        .and_then(|ix| Some((ix, page.launch.items.at(ix)?)))
    else {
        return words.into_any();
    };
    let symbol = item_symbol(page.assessment.item(ix));
    let href = page.desk.href(&address::item(&item.id));
    view! {
        <span class="state">
            <Symbol name=symbol />
            " "
            <a href=href>{words}</a>
        </span>
    }
    .into_any()
}

fn day(page: &Page<'_>, day: Option<chrono::NaiveDate>) -> AnyView {
    let today = page.assessment.today;
    when::show(day.map(|day| {
        let when = When::of(page.desk.locale, today, day);
        match page.launch.launch_day() {
            Some(launch_day) => when.counted(day, launch_day),
            None => when,
        }
    }))
}

fn waivers(page: &Page<'_>, minutes: &Minutes<'_>) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let waived = minutes.waived();
    let beside = match waived.len() {
        0 => String::new(),
        n => count(&page.texts().cockpit.waivers, n),
    };
    let body = if waived.is_empty() {
        view! { <p class="quiet">{t.no_waiver}</p> }.into_any()
    } else {
        let rows = waived.iter().map(|one| waiver(page, one)).collect_view();
        view! {
            <table class="list">
                {heads([t.ends, t.item_reason, t.approved])}
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    part("waivers", t.waivers, beside, body)
}

fn waiver(page: &Page<'_>, waived: &Waived<'_>) -> AnyView {
    let until = waived.until;
    let until = until.map(|day| day_seen(page.desk.locale, page.assessment.today, day));
    let reason = waived.reason.map(|reason| page.desk.said(reason));
    let href = page.desk.href(&address::item(&waived.item.id));
    view! {
        <tr>
            <td class="when">
                <span class="state state--risk">
                    <Symbol name="i-waived" />
                    {until}
                </span>
            </td>
            <td class="item">
                <a href=href>{waived.item.title.to_string()}</a>
                <span class="why">{reason}</span>
            </td>
            <td>
                <PersonName id=waived.granted />
            </td>
        </tr>
    }
    .into_any()
}
