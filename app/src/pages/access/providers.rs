//! Signing in by the word of another: the buttons, what is linked, and who is linked to nothing.
//! Links throughout: what a form is sent to may not lead to another server.

use leptos::prelude::*;
use startklar::texts::{ProviderTexts, fill};

use super::{account::section, head};
use crate::{
    access::{Account, Identity, Way},
    desk::Desk,
};

fn buttons(text: &'static str, ways: &[Way]) -> AnyView {
    let buttons = ways.iter().cloned().map(|way| {
        view! {
            <a class="button" href=way.href>
                {fill(text, &[("title", &way.title)])}
            </a>
        }
    });
    view! { <div class="acts">{buttons.collect_view()}</div> }.into_any()
}

/// Beside the password, to sign in. Nothing where there is no way.
pub(super) fn ways(desk: Desk, ways: &[Way]) -> Option<AnyView> {
    let t = &desk.texts().providers;
    (!ways.is_empty()).then(|| {
        view! {
            <section class="section stack narrow" aria-label=t.title>
                <p>{t.or}</p>
                {buttons(t.with, ways)}
            </section>
        }
        .into_any()
    })
}

/// Instead of a password, to come in by a link.
pub(super) fn instead(desk: Desk, ways: &[Way], first: bool) -> Option<AnyView> {
    let t = &desk.texts().providers;
    (!ways.is_empty()).then(|| {
        view! {
            <section class="section stack narrow" aria-label=t.title>
                <p>{t.instead_hint}</p>
                {first.then(|| view! { <p class="quiet">{t.first_hint}</p> })}
                {buttons(t.instead, ways)}
            </section>
        }
        .into_any()
    })
}

/// Whom somebody is linked to. Nothing where this server knows no provider and never did.
pub(super) fn linked(desk: Desk, account: &Account) -> Option<AnyView> {
    let t = &desk.texts().providers;
    if account.ways.is_empty() && account.identities.is_empty() {
        return None;
    }
    let list = if account.identities.is_empty() {
        view! { <p class="quiet">{t.none}</p> }.into_any()
    } else {
        table(desk, &account.identities)
    };
    let body = view! {
        {list}
        <div class="section">{buttons(t.link, &account.ways)}</div>
    };
    Some(section("elsewhere", t.title, t.hint, body.into_any()))
}

fn table(desk: Desk, identities: &[Identity]) -> AnyView {
    let (t, a) = (&desk.texts().providers, &desk.texts().access);
    let rows = identities.iter().cloned().map(|one| row(t, a.since, one));
    view! {
        <table class="list">
            <caption class="away">{t.title}</caption>
            <thead>
                <tr>
                    <th scope="col">{t.provider}</th>
                    <th scope="col">{t.subject}</th>
                    <th scope="col">{a.since}</th>
                    <th scope="col">
                        <span class="away">{t.unlink}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(t: &'static ProviderTexts, since: &'static str, one: Identity) -> AnyView {
    view! {
        <tr>
            <td class="item" data-label=t.provider>
                {one.title}
            </td>
            <td data-label=t.subject>{one.subject.clone()}</td>
            <td data-label=since>{one.made}</td>
            <td>
                <form method="post" action="/account/unlink">
                    <input type="hidden" name="issuer" value=one.issuer />
                    <input type="hidden" name="subject" value=one.subject />
                    <button class="button button--row">{t.unlink}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

/// Who proved to be somebody whom no account here knows.
pub(super) fn stranger(desk: Desk, title: &str, name: &str) -> AnyView {
    let t = &desk.texts().providers;
    view! {
        {head(t.stranger.to_owned())}
        <p>{fill(t.stranger_who, &[("title", &title), ("name", &name)])}</p>
        <p>{t.stranger_hint}</p>
        <p class="section">
            <a class="button" href="/login">
                {desk.texts().access.sign_in}
            </a>
        </p>
    }
    .into_any()
}
