//! My week: what the reader owes in every launch. Plain forms: this page holds no launch.

use leptos::prelude::*;
use startklar::texts::{count, fill};

use crate::{
    address,
    boot::Boot,
    desk::Desk,
    owed::{Followed, Group, Owed, OwedKind},
    parts::when::{self, When},
};

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    view(desk, boot).to_html()
}

fn view(desk: Desk, boot: &Boot) -> AnyView {
    let t = &desk.texts().pages.week;
    let Some(me) = desk.me else {
        return view! {
            <h1 class="sentence sentence--line">
                <span>{t.title}</span>
            </h1>
            <p>{t.nobody}</p>
            <p class="section">
                <a class="button button--main" href="/who?back=/week">
                    {desk.texts().ui.who_are_you}
                </a>
            </p>
        }
        .into_any();
    };
    let name = desk
        .people()
        .name(me)
        .unwrap_or(desk.texts().common.somebody_unknown)
        .to_owned();
    let head = if boot.owed.is_empty() {
        t.nothing.to_owned()
    } else {
        fill(&count(&t.owes, boot.owed.len()), &[("name", &name)])
    };
    let groups = [
        (Group::Late, t.late),
        (Group::Waiting, t.waiting),
        (Group::ThisWeek, t.this_week),
        (Group::Later, t.later),
    ]
    .map(|(which, words)| {
        let rows: Vec<Owed> = boot
            .owed
            .iter()
            .filter(|o| o.group() == which)
            .cloned()
            .collect();
        section(desk, words, rows)
    })
    .collect_view();
    view! {
        <h1 class="sentence sentence--line">
            <span>{head}</span>
        </h1>
        {groups}
        {follows(desk, &boot.follows)}
    }
    .into_any()
}

/// What the reader follows, with what others did to it.
fn follows(desk: Desk, all: &[Followed]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let t = &desk.texts().follow;
    let rows = all.iter().cloned().map(|one| follow_row(desk, one));
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="section">
                <table class="list week">
                    <caption class="head">{t.head}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t.item}</th>
                            <th scope="col">{desk.texts().pages.week.launch}</th>
                            <th scope="col">
                                <span class="away">{t.end}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
    )
}

fn follow_row(desk: Desk, one: Followed) -> impl IntoView {
    let t = &desk.texts().follow;
    let launch = format!("/l/{}", one.launch);
    let end = format!("{launch}{}", address::follow(&one.item));
    let label = fill(t.end_of, &[("title", &one.title)]);
    let href = one.href();
    let changes = if one.changes.is_empty() {
        vec![t.nothing.to_owned()]
    } else {
        one.changes
    };
    let changes = changes.into_iter();
    let changes = changes.map(|line| view! { <span class="why">{line}</span> });
    let changes = changes.collect_view();
    view! {
        <tr>
            <td class="item">
                <a href=href>{one.title}</a>
                {changes}
            </td>
            <td>
                <a href=launch>{one.launch_title}</a>
            </td>
            <td class="num">
                <form method="post" action=end>
                    <input type="hidden" name="back" value="/week" />
                    <button class="button button--row" aria-label=label>
                        {t.end}
                    </button>
                </form>
            </td>
        </tr>
    }
}

fn section(desk: Desk, words: &'static str, rows: Vec<Owed>) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let t = &desk.texts().pages.week;
    let rows = rows.into_iter().map(|owed| row(desk, owed)).collect_view();
    Some(
        view! {
            <section class="section">
                <table class="list week">
                    <caption class="head">{words}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t.item}</th>
                            <th scope="col">{t.launch}</th>
                            <th scope="col">{t.start}</th>
                            <th scope="col">{t.due}</th>
                            <th scope="col">
                                <span class="away">{desk.texts().pages.checklists.state_head}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
    )
}

fn row(desk: Desk, owed: Owed) -> impl IntoView {
    let t = &desk.texts().pages.week;
    let launch = format!("/l/{}", owed.launch);
    let href = owed.href();
    let today = owed.today;
    let day = |date: Option<chrono::NaiveDate>, late: bool| {
        when::show(date.map(|d| When {
            late: late && d < today,
            ..When::of(desk.locale, today, d)
        }))
    };
    let start = day(owed.start, owed.late);
    let due = day(owed.due, owed.late);
    let action = action(desk, &launch, &href, &owed);
    view! {
        <tr>
            <td class="item">
                <a href=href>{owed.title}</a>
                <span class="why">{owed.why}</span>
            </td>
            <td>
                <a href=launch>{owed.launch_title}</a>
            </td>
            <td class="when" data-label=t.start>
                {start}
            </td>
            <td class="when" data-label=t.due>
                {due}
            </td>
            <td class="num">{action}</td>
        </tr>
    }
}

/// What one click can do about it; what takes words leads to its page.
fn action(desk: Desk, launch: &str, href: &str, owed: &Owed) -> AnyView {
    let t = desk.texts();
    let i = &t.pages.items;
    let (kind, field, id, words) = match &owed.what {
        OwedKind::Item {
            id, begun: false, ..
        } => ("begin_item", "item", id.to_string(), i.do_begin),
        OwedKind::Item {
            id,
            evidence: false,
            ..
        } => ("tick_item", "item", id.to_string(), i.do_tick),
        OwedKind::Verify(id) => ("verify_item", "item", id.to_string(), i.do_verify),
        OwedKind::Confirm(id) => ("confirm_item", "item", id.to_string(), i.do_confirm),
        OwedKind::Grant { item, .. } => ("grant_exemption", "item", item.to_string(), i.do_grant),
        OwedKind::Answer(_)
        | OwedKind::Vote(_)
        // Who says that they have read it has it before them.
        | OwedKind::Read(_)
        | OwedKind::Item { .. }
        | OwedKind::Story(_)
        | OwedKind::Mentioned(_)
        | OwedKind::Changed(_) => {
            let href = href.to_owned();
            let words = match owed.what {
                OwedKind::Answer(_) => t.pages.week.answer,
                OwedKind::Vote(_) => t.poll.send_vote,
                _ => t.pages.week.open_it,
            };
            let label = fill(i.of, &[("act", &words), ("title", &owed.title)]);
            return view! {
                <a class="button button--row" href=href aria-label=label>
                    {words}
                </a>
            }
            .into_any();
        }
    };
    let label = format!("{words}: {}", owed.title);
    view! {
        <form method="post" action=format!("{launch}/do")>
            <input type="hidden" name="kind" value=kind />
            <input type="hidden" name="back" value="/week" />
            <input type="hidden" name=field value=id />
            <button class="button button--row" aria-label=label>
                {words}
            </button>
        </form>
    }
    .into_any()
}
