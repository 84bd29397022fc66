//! One's own account: where one is signed in, the password, tokens for programs.

use leptos::prelude::*;
use startklar::{
    rights::Standing,
    texts::{AccessTexts, fill},
};

use super::{field, head, new_password, standing};
use crate::{
    access::{Account, Session, Token},
    desk::Desk,
};

pub(super) fn view(desk: Desk, account: &Account) -> AnyView {
    let t = &desk.texts().access;
    let is_administrator = account.standing == Standing::Administrator;
    let line = format!("{} · {}", account.login, standing(t, account.standing));
    view! {
        {head(account.name.clone())}
        <p class="quiet">{line}</p>
        <div class="acts section">
            <a class="button" href="/rights">
                {t.rights}
            </a>
            <a class="button" href="/policy">
                {desk.texts().policy.title}
            </a>
            <a class="button" href="/templates">
                {desk.texts().templates.title}
            </a>
            {is_administrator
                .then(|| {
                    view! {
                        <a class="button" href="/people">
                            {t.people}
                        </a>
                    }
                })}
            <form method="post" action="/logout">
                <button class="button">{t.sign_out}</button>
            </form>
        </div>
        <div class="halves section">
            <div>
                {sessions(t, &account.sessions)} {password(desk, account)}
                {super::factor::settings(desk, account)}
                {super::passkeys::settings(desk, account)}
            </div>
            <div>
                {super::providers::linked(desk, account)}
                {super::mail::settings(desk, account.mail.as_ref())} {tokens(t, account)}
            </div>
        </div>
    }
    .into_any()
}

pub(super) fn section(
    id: &'static str,
    text: &'static str,
    hint: &'static str,
    body: AnyView,
) -> AnyView {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="head">
                <h2 id=id>{text}</h2>
            </div>
            <p class="quiet">{hint}</p>
            {body}
        </section>
    }
    .into_any()
}

/// A button that ends a session or a token.
fn end(t: &'static AccessTexts, id: String) -> AnyView {
    view! {
        <form method="post" action="/account/end">
            <input type="hidden" name="id" value=id />
            <button class="button button--row">{t.end}</button>
        </form>
    }
    .into_any()
}

fn sessions(t: &'static AccessTexts, sessions: &[Session]) -> AnyView {
    let rows = sessions
        .iter()
        .cloned()
        .map(|one| {
            let act = if one.this {
                view! { <span class="quiet">{t.this_one}</span> }.into_any()
            } else {
                end(t, one.id)
            };
            view! {
                <tr>
                    <td class="item" data-label=t.browser>
                        {one.browser}
                    </td>
                    <td data-label=t.since>{one.made}</td>
                    <td data-label=t.last_seen>{one.seen}</td>
                    <td>{act}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <table class="list">
            <caption class="away">{t.sessions}</caption>
            <thead>
                <tr>
                    <th scope="col">{t.browser}</th>
                    <th scope="col">{t.since}</th>
                    <th scope="col">{t.last_seen}</th>
                    <th scope="col">
                        <span class="away">{t.end}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    section("sessions", t.sessions, t.sessions_hint, table.into_any())
}

fn password(desk: Desk, account: &Account) -> AnyView {
    let t = &desk.texts().access;
    if !account.has_password {
        let nothing = ().into_any();
        let hint = desk.texts().providers.no_password;
        return section("password", t.password, hint, nothing);
    }
    let login = account.login.clone();
    let old = view! {
        <input type="password" name="old" required maxlength="128" autocomplete="current-password" />
    };
    let form = view! {
        <form method="post" action="/account/password" class="stack">
            // For managers of passwords.
            <input type="text" name="login" value=login autocomplete="username" hidden />
            {field(t.old_password, old)} {new_password(t)}
            <button class="button">{t.change_password}</button>
        </form>
    };
    view! {
        <section class="section" aria-labelledby="password">
            <div class="head">
                <h2 id="password">{t.change_password}</h2>
            </div>
            {form}
        </section>
    }
    .into_any()
}

fn tokens(t: &'static AccessTexts, account: &Account) -> AnyView {
    let fresh = account.fresh.clone().map(|fresh| {
        view! {
            <div class="notice" role="status">
                <p>{t.fresh_token}</p>
                <p>
                    <code class="secret">{fresh}</code>
                </p>
            </div>
        }
    });
    let rows = account
        .tokens
        .iter()
        .cloned()
        .map(
            |Token {
                 id,
                 note,
                 writes,
                 ends,
             }| {
                let reach = if writes {
                    t.token_writes
                } else {
                    t.token_reads
                };
                let said = fill(reach, &[("day", &ends)]);
                view! {
                    <li>
                        {note} <span class="quiet">{said}</span> {end(t, id)}
                    </li>
                }
            },
        )
        .collect_view();
    let name =
        view! { <input type="text" name="note" required maxlength="100" autocomplete="off" /> };
    let days = view! { <input type="number" name="days" required min="1" max="365" value="90" inputmode="numeric" /> };
    let body = view! {
        {fresh}
        <ul class="names">{rows}</ul>
        <form method="post" action="/account/token" class="stack">
            {field(t.token_name, name)} {field(t.token_days, days)}
            <label class="switch">
                <input type="checkbox" name="writes" value="true" />
                <span>{t.may_change}</span>
            </label>
            <button class="button">{t.make_token}</button>
        </form>
    };
    section("tokens", t.tokens, t.tokens_hint, body.into_any())
}
