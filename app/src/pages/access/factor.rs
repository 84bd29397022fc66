//! The second factor: asked for after the password, set up, turned off, taken away.

use leptos::prelude::*;
use startklar::texts::{FactorTexts, count, fill};

use super::{account::section, field, head};
use crate::{
    access::{Account, Factor, Key, Picture, Second},
    desk::Desk,
};

/// A code that an app shows.
fn code(label: &'static str) -> AnyView {
    let input = view! {
        <input
            type="text"
            name="code"
            required
            maxlength="12"
            inputmode="numeric"
            autocomplete="one-time-code"
            spellcheck="false"
        />
    };
    field(label, input)
}

/// A recovery code, or either: letters count as well.
pub(super) fn letters(label: &'static str) -> AnyView {
    let input = view! {
        <input
            type="text"
            name="code"
            required
            maxlength="40"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
        />
    };
    field(label, input)
}

pub(super) fn password(desk: Desk) -> AnyView {
    let input = view! {
        <input
            type="password"
            name="password"
            required
            maxlength="128"
            autocomplete="current-password"
        />
    };
    field(desk.texts().access.password, input)
}

/// After the password.
pub(super) fn enter(desk: Desk, back: &str) -> AnyView {
    let t = &desk.texts().factor;
    let back = || view! { <input type="hidden" name="back" value=back.to_owned() /> };
    view! {
        {head(t.enter.to_owned())}
        <p>{t.enter_hint}</p>
        <form method="post" action="/login/code" class="stack narrow section">
            {back()} {code(t.code)} <button class="button button--main">{desk.texts().access.sign_in}</button>
        </form>
        <details class="section">
            <summary class="button">{t.use_recovery}</summary>
            <form method="post" action="/login/code" class="stack narrow">
                {back()} {letters(t.recovery_code)}
                <button class="button">{desk.texts().access.sign_in}</button>
            </form>
        </details>
        <p class="section quiet">{t.lost}</p>
        <p>
            <a href="/login">{t.again}</a>
        </p>
    }
    .into_any()
}

/// The part of one's account.
pub(super) fn settings(desk: Desk, account: &Account) -> AnyView {
    let t = &desk.texts().factor;
    let body = match &account.second {
        Second::On { since, left } => is_on(desk, since, *left),
        _ if !account.has_password => view! { <p>{t.no_password}</p> }.into_any(),
        Second::Off => view! {
            <p>{t.off}</p>
            {begin(desk)}
        }
        .into_any(),
        Second::Taken(when) => view! {
            <p class="notice notice--refused">{fill(t.taken, &[("when", when)])}</p>
            {begin(desk)}
            <form method="post" action="/account/factor/known">
                <button class="button">{t.known}</button>
            </form>
        }
        .into_any(),
    };
    section("factor", t.title, t.hint, body)
}

fn begin(desk: Desk) -> AnyView {
    view! {
        <form method="post" action="/account/factor" class="stack">
            {password(desk)} <button class="button">{desk.texts().factor.set_up}</button>
        </form>
    }
    .into_any()
}

fn is_on(desk: Desk, since: &str, left: usize) -> AnyView {
    let t = &desk.texts().factor;
    let proven = move |to: &'static str, act: &'static str| {
        view! {
            <form method="post" action=to class="stack">
                {password(desk)} {letters(t.either)} <button class="button">{act}</button>
            </form>
        }
    };
    view! {
        <p>{fill(t.on, &[("since", &since)])} " " {count(&t.left, left)}</p>
        <div class="openers">
            <details>
                <summary class="button">{t.renew}</summary>
                <p class="quiet">{t.renew_hint}</p>
                {proven("/account/factor/codes", t.renew)}
            </details>
            <details>
                <summary class="button">{t.turn_off}</summary>
                {proven("/account/factor/end", t.turn_off)}
            </details>
        </div>
    }
    .into_any()
}

/// A page of setting it up.
pub(super) fn view(desk: Desk, page: &Factor) -> AnyView {
    let t = &desk.texts().factor;
    match page {
        Factor::Setup(key) => view! {
            {head(t.setup.to_owned())}
            {shown(t, key)}
            <p class="section">{t.confirm_hint}</p>
            {confirm(t)}
        }
        .into_any(),
        Factor::Confirm => view! {
            {head(t.setup.to_owned())}
            <p>{t.confirm_hint}</p>
            {confirm(t)}
            <p class="section">
                <a href="/account#factor">{t.confirm_again}</a>
            </p>
        }
        .into_any(),
        Factor::Recovery(codes) => recovery(t, codes),
    }
}

fn shown(t: &'static FactorTexts, key: &Key) -> AnyView {
    let Key {
        text,
        address,
        picture,
    } = key.clone();
    let scan = picture.map(|picture| {
        view! {
            <p>{t.scan}</p>
            {drawn(t, picture)}
        }
    });
    view! {
        {scan}
        <p class="section">{t.type_in}</p>
        <p>
            <code class="secret">{text}</code>
        </p>
        <p>
            <a href=address>{t.open_app}</a>
        </p>
        <p class="quiet">{t.once}</p>
    }
    .into_any()
}

fn drawn(t: &'static FactorTexts, picture: Picture) -> AnyView {
    let Picture { side, path } = picture;
    view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=t.picture>
            <path d=path></path>
        </svg>
    }
    .into_any()
}

fn confirm(t: &'static FactorTexts) -> AnyView {
    view! {
        <form method="post" action="/account/factor/confirm" class="stack narrow">
            {code(t.code)} <button class="button button--main">{t.confirm}</button>
        </form>
    }
    .into_any()
}

fn recovery(t: &'static FactorTexts, codes: &[String]) -> AnyView {
    let rows = codes.iter().cloned().map(|code| {
        view! {
            <li>
                <code class="secret">{code}</code>
            </li>
        }
    });
    view! {
        {head(t.recovery.to_owned())}
        <p role="status">{t.is_on}</p>
        <p>{t.recovery_hint}</p>
        <ol class="codes section">{rows.collect_view()}</ol>
        <p class="section">
            <a class="button button--main" href="/account#factor">
                {t.kept}
            </a>
        </p>
    }
    .into_any()
}

/// What an administrator can do for somebody who has lost it.
pub(super) fn take(desk: Desk, base: &str, name: &str) -> AnyView {
    let t = &desk.texts().factor;
    view! {
        <details>
            <summary class="button button--row">{t.take}</summary>
            <form method="post" action=format!("{base}/factor") class="stack">
                <p>{fill(t.take_hint, &[("name", &name)])}</p>
                <button class="button">{t.take_now}</button>
            </form>
        </details>
    }
    .into_any()
}
