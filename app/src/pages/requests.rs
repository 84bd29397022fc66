//! What disciplines owe each other: questions and handovers, open ones first, and what is said about
//! them.

use leptos::prelude::*;
use startklar::{
    Command,
    model::{Request, RequestIx, RequestKind},
    rights::Act,
    texts::{count, fill},
};

use crate::{
    actions::CommandForm,
    address,
    boot::Boot,
    desk::Desk,
    parts::{
        ask, bits,
        dates::day_clock,
        sentence::SentenceOf,
        state::PersonName,
        text_area::TextArea,
        when::{self, When},
    },
};

pub(super) fn view(desk: Desk, _: &Boot) -> AnyView {
    let asks = desk.writes(Act::Request);
    view! {
        <SentenceOf />
        {move || open(desk)}
        {move || answered(desk)}
        {asks.then(|| make(desk))}
        {asks.then(|| mentioning(desk))}
        <p class="more">
            <a href=desk.href("/notices")>{desk.texts().ui.notices}</a>
        </p>
    }
    .into_any()
}

/// How somebody is mentioned, by the handles of those who have a part in the launch.
fn mentioning(desk: Desk) -> Option<AnyView> {
    let launch = desk.view_untracked().launch.clone();
    let people = desk.people();
    let has_part = |id| launch.members.get(id).is_some() || launch.leads.values().any(|l| l == id);
    let of_them = people.iter().filter(|person| has_part(&person.id));
    let mut handles: Vec<_> = of_them.map(|person| format!("@{}", person.key)).collect();
    handles.sort_unstable();
    let hint = desk.texts().pages.requests.mention_hint;
    let hint = fill(hint, &[("handles", &handles.join(", "))]);
    (!handles.is_empty()).then(|| view! { <p class="quiet small">{hint}</p> }.into_any())
}

/// The indexes of open or answered requests: open ones by the day they are owed, answered ones by
/// the day of the answer, newest first.
fn sorted(desk: Desk, open: bool) -> Vec<RequestIx> {
    let view = desk.view();
    let mut all: Vec<_> = view
        .launch
        .requests
        .each()
        .filter(|(_, r)| r.answer.is_none() == open)
        .map(|(ix, r)| {
            (
                r.due,
                r.answer.as_ref().map(|a| std::cmp::Reverse(a.by.at)),
                ix,
            )
        })
        .collect();
    startklar::order::sort_by_key(&mut all, |(due, answered, ix)| (*answered, *due, *ix));
    all.into_iter().map(|(_, _, ix)| ix).collect()
}

fn open(desk: Desk) -> impl IntoView {
    let t = &desk.texts().pages.requests;
    let rows = sorted(desk, true);
    let head = count(&t.open_head, rows.len());
    let body = if rows.is_empty() {
        view! { <p class="quiet">{t.none_open}</p> }.into_any()
    } else {
        let rows = rows
            .into_iter()
            .filter_map(|ix| row(desk, ix))
            .collect_view();
        view! {
            <table class="list requests">
                <caption class="away">{t.open_hint}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.what}</th>
                        <th scope="col">{t.who}</th>
                        <th scope="col">{t.due}</th>
                        <th scope="col">{t.state}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby="open">
            <div class="head">
                <h2 id="open">{head}</h2>
                <p class="quiet">{t.open_hint}</p>
            </div>
            {body}
        </section>
    }
}

/// “Sales asks engineering”, “Operations owes legal”.
fn between(desk: Desk, request: &Request) -> String {
    let t = desk.texts();
    let template = match request.kind {
        RequestKind::Question => t.pages.requests.asks,
        RequestKind::Handover => t.pages.requests.owes,
    };
    fill(
        template,
        &[
            ("from", &t.discipline(request.from)),
            ("to", &t.discipline(request.to)),
        ],
    )
}

/// What links to a request lead to. A request may be called `open`, and so is a heading.
fn anchor(request: &Request) -> String {
    format!("request-{}", request.id)
}

fn row(desk: Desk, ix: RequestIx) -> Option<AnyView> {
    let t = &desk.texts().pages.requests;
    let view = desk.view();
    let request = view.launch.requests.at(ix)?;
    let today = view.assessment.today;
    let due = When {
        late: request.due < today,
        ..When::of(desk.locale, today, request.due)
    };
    let item = request
        .item
        .and_then(|ix| view.launch.items.at(ix))
        .map(|item| {
            let link = bits::Bit::link(item.title.as_str(), desk.href(&address::item(&item.id)));
            bits::show(bits::weave(t.for_item, &[("item", vec![link])]))
        });
    let who = request
        .owner
        .or_else(|| view.launch.leads.get(&request.to).copied());
    let anchor = anchor(request);
    let command = Command::AnswerRequest {
        request: request.id.clone(),
        text: request.text.clone(),
    };
    let answer = (desk.past.is_none() && desk.may(&command)).then(|| {
        let id = request.id.to_string();
        view! {
            <details data-closes="">
                <summary class="button button--row">{t.answer}</summary>
                <CommandForm kind="answer_request" with=vec![("request", id)] class="stack">
                    <label class="field">
                        <span>{t.answer_text}</span>
                        <TextArea name="text" required=true />
                    </label>
                    <button class="button button--main">{t.do_answer}</button>
                </CommandForm>
            </details>
        }
    });
    Some(
        view! {
            <tr id=anchor>
                <td class="item">
                    <strong>{between(desk, request)}</strong>
                    <span class="why said">{bits::show(bits::written(&desk.said(&request.text)))}</span>
                    <span class="why">
                        {item} " " {request.blocking.then_some(t.blocks)}
                    </span>
                    {thread(desk, request)}
                </td>
                <td>
                    <PersonName id=who needed=true />
                </td>
                <td class="when" data-label=t.due>
                    {when::show(Some(due))}
                </td>
                <td>{answer}</td>
            </tr>
        }
        .into_any(),
    )
}

/// What was said about a request, and the form to say more.
fn thread(desk: Desk, request: &Request) -> AnyView {
    let t = desk.texts();
    let r = &t.pages.requests;
    let view = desk.view();
    let people = desk.people();
    let today = view.assessment.today;
    let remarks = request.thread.iter().map(|remark| {
        let who = people
            .name(remark.by.by)
            .unwrap_or(t.common.somebody_unknown);
        let on = day_clock(desk.locale, &view.launch, today, remark.by.at);
        let by = fill(r.answered_by, &[("who", &who), ("day", &on)]);
        view! {
            <li>
                <p class="said">{bits::show(bits::written(&desk.said(&remark.text)))}</p>
                <p class="small quiet">{by}</p>
            </li>
        }
    });
    let remarks = remarks.collect_view();
    let said = (!request.thread.is_empty()).then(|| {
        view! {
            <ol class="answers thread" aria-label=r.thread>
                {remarks}
            </ol>
        }
    });
    let command = Command::DiscussRequest {
        request: request.id.clone(),
        text: request.text.clone(),
    };
    let write = (desk.past.is_none() && desk.may(&command)).then(|| {
        let id = request.id.to_string();
        view! {
            <details data-closes="">
                <summary class="button button--row">{r.discuss}</summary>
                <CommandForm kind="discuss_request" with=vec![("request", id)] class="stack">
                    <label class="field">
                        <span>{r.remark}</span>
                        <TextArea name="text" required=true />
                    </label>
                    <button class="button button--main">{r.do_discuss}</button>
                </CommandForm>
            </details>
        }
    });
    view! {
        {said}
        {write}
    }
    .into_any()
}

fn answered(desk: Desk) -> Option<AnyView> {
    let t = &desk.texts().pages.requests;
    let rows = sorted(desk, false);
    if rows.is_empty() {
        return None;
    }
    let head = count(&t.answered_head, rows.len());
    let rows = rows
        .into_iter()
        .filter_map(|ix| answered_row(desk, ix))
        .collect_view();
    Some(
        view! {
            <section class="section" aria-labelledby="answered">
                <div class="head">
                    <h2 id="answered">{head}</h2>
                </div>
                <ul class="answers">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn answered_row(desk: Desk, ix: RequestIx) -> Option<AnyView> {
    let t = desk.texts();
    let view = desk.view();
    let request = view.launch.requests.at(ix)?;
    let answer = request.answer.as_ref()?;
    let people = desk.people();
    let who = people
        .name(answer.by.by)
        .unwrap_or(t.common.somebody_unknown);
    let today = view.assessment.today;
    let on = day_clock(desk.locale, &view.launch, today, answer.by.at);
    let by = fill(t.pages.requests.answered_by, &[("who", &who), ("day", &on)]);
    let id = request.id.to_string();
    let command = Command::ReopenRequest {
        request: request.id.clone(),
    };
    let reopen = (desk.past.is_none() && desk.may(&command)).then(|| {
        view! {
            <CommandForm kind="reopen_request" with=vec![("request", id.clone())]>
                <button class="button button--row">{t.pages.requests.reopen}</button>
            </CommandForm>
        }
    });
    Some(
        view! {
            <li id=anchor(request)>
                <p>
                    <strong>{between(desk, request)}</strong>
                    ": "
                    {bits::show(bits::written(&desk.said(&request.text)))}
                </p>
                <p class="said">{bits::show(bits::written(&desk.said(&answer.text)))}</p>
                <p class="small quiet">{by}</p>
                {reopen}
                {thread(desk, request)}
            </li>
        }
        .into_any(),
    )
}

fn make(desk: Desk) -> impl IntoView {
    let t = &desk.texts().pages.requests;
    view! {
        <section class="section" aria-labelledby="make">
            <details id="ask" data-closes="">
                <summary class="head">
                    <h2 id="make">{t.make}</h2>
                </summary>
                {ask::form(desk, None)}
            </details>
        </section>
    }
}
