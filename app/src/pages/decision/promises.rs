//! What a go rests on that is not done: the conditions, and the waivers that stand.

use leptos::prelude::*;
use startklar::{
    PersonId,
    engine::{Rule, Subject},
    model::{ExemptionKind, Item, Poll},
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
pub(super) fn view(page: &Page<'_>, poll: &Poll) -> impl IntoView + use<> {
    view! { <div>{conditions(page, poll)} {waivers(page)}</div> }
}

/// A condition, in a vote or as the item that it has become.
struct Promise {
    due: Option<chrono::NaiveDate>,
    text: AnyView,
    owner: Option<PersonId>,
    set_by: &'static str,
}

fn conditions(page: &Page<'_>, poll: &Poll) -> Option<impl IntoView + use<>> {
    let t = &page.texts().poll;
    let promises: Vec<Promise> = match &poll.ruling {
        Some(ruling) => (ruling.items.iter())
            .filter_map(|id| Some(made(page, page.launch.items.get(id)?)))
            .collect(),
        None => (page.polled(poll).conditions())
            .map(|(of, condition)| Promise {
                due: Some(condition.due),
                text: condition.text.to_string().into_any(),
                owner: Some(condition.owner),
                set_by: page.texts().discipline(of),
            })
            .collect(),
    };
    let n = promises.len();
    if n == 0 {
        return None;
    }
    let rows = promises.into_iter().map(|promise| {
        view! {
            <tr>
                <td class="when">{day(page, promise.due)}</td>
                <td class="item">{promise.text}</td>
                <td>
                    <PersonName id=promise.owner needed=true />
                </td>
                <td>{promise.set_by}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = view! {
        <table class="list">
            {heads([t.no_later, t.condition, t.owes, t.set_by])}
            <tbody>{rows}</tbody>
        </table>
    };
    Some(part(
        "conditions",
        t.conditions,
        n.to_string(),
        body.into_any(),
    ))
}

/// What a condition has become, and where that stands.
fn made(page: &Page<'_>, item: &Item) -> Promise {
    let ix = page.launch.items.find(&item.id);
    let symbol = ix.map(|ix| item_symbol(page.assessment.item(ix)));
    let symbol = symbol.map(|name| view! { <Symbol name=name /> });
    let href = page.desk.href(&address::item(&item.id));
    let text = view! {
        <span class="state">{symbol} <a href=href>{item.title.to_string()}</a></span>
    };
    Promise {
        due: item.due,
        text: text.into_any(),
        owner: item.owner,
        set_by: page.texts().discipline(item.discipline),
    }
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

fn waivers(page: &Page<'_>) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let waived = page.assessment.by_rule(Rule::Waived);
    let rows: Vec<_> = waived
        .filter_map(|finding| match finding.subject {
            Subject::Item(ix) => Some(waiver(page, page.launch.items.at(ix)?)),
            _ => None,
        })
        .collect();
    let beside = match rows.len() {
        0 => String::new(),
        n => count(&page.texts().cockpit.waivers, n),
    };
    let body = if rows.is_empty() {
        view! { <p class="quiet">{t.no_waiver}</p> }.into_any()
    } else {
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

fn waiver(page: &Page<'_>, item: &Item) -> AnyView {
    let exemption = item.exemption.as_ref();
    let until = exemption.and_then(|e| match e.kind {
        ExemptionKind::Waiver { until } => Some(until),
        ExemptionKind::NotApplicable => None,
    });
    let until = until.map(|day| day_seen(page.desk.locale, page.assessment.today, day));
    let reason = exemption.map(|e| page.desk.said(&e.reason));
    let granted = exemption.and_then(|e| e.granted).map(|by| by.by);
    let href = page.desk.href(&address::item(&item.id));
    view! {
        <tr>
            <td class="when">
                <span class="state state--risk">
                    <Symbol name="i-waived" />
                    {until}
                </span>
            </td>
            <td class="item">
                <a href=href>{item.title.to_string()}</a>
                <span class="why">{reason}</span>
            </td>
            <td>
                <PersonName id=granted />
            </td>
        </tr>
    }
    .into_any()
}
