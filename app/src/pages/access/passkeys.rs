//! Passkeys: signed in by, added, named, removed, taken away. What asks the browser for one is a script
//! (`browser/passkey.js`): it shows what is hidden here, and says what goes wrong in the words that
//! stand at it.

use leptos::prelude::*;
use startklar::texts::fill;

use super::{account::section, factor, field};
use crate::{
    access::{Account, Passkey, Place, Second},
    desk::Desk,
};

/// What the script shows and works on: a form that begins a ceremony at one address and ends it at
/// another.
fn asking(
    desk: Desk,
    which: &'static str,
    (begin, end): (&'static str, &'static str),
    fields: AnyView,
) -> AnyView {
    let t = &desk.texts().passkeys;
    view! {
        <noscript>
            <p>{t.needs_script}</p>
        </noscript>
        <p hidden class="notice notice--refused" role="alert" data-passkey-says=which></p>
        <div hidden>
            <form
                method="post"
                action=end
                class="stack"
                data-passkey=which
                data-begin=begin
                data-lacking=t.lacking
                data-cancelled=t.cancelled
                data-known=t.known
                data-failed=t.failed
            >
                {fields}
            </form>
        </div>
    }
    .into_any()
}

/// Beside the password, to sign in.
pub(super) fn enter(desk: Desk, back: &str) -> AnyView {
    let t = &desk.texts().passkeys;
    let back = back.to_owned();
    let fields = view! {
        <input type="hidden" name="back" value=back />
        <button class="button">{t.enter}</button>
    };
    let to = ("/login/passkey/begin", "/login/passkey");
    view! {
        <section class="section narrow" aria-label=t.title>
            {asking(desk, "get", to, fields.into_any())}
        </section>
    }
    .into_any()
}

/// The part of one's account.
pub(super) fn settings(desk: Desk, account: &Account) -> AnyView {
    let t = &desk.texts().passkeys;
    let keys = &account.passkeys;
    let list = if keys.all.is_empty() {
        view! { <p class="quiet">{t.none}</p> }.into_any()
    } else {
        table(desk, account)
    };
    let add = match keys.place {
        Place::Unnamed => view! { <p>{t.unnamed}</p> }.into_any(),
        Place::Plain => view! { <p>{t.plain}</p> }.into_any(),
        Place::Good if !account.has_password => view! { <p>{t.no_password}</p> }.into_any(),
        Place::Good => add(desk, account),
    };
    let body = view! {
        {list}
        <div class="section">{add}</div>
    };
    section("passkeys", t.title, t.hint, body.into_any())
}

fn named(desk: Desk, value: String) -> AnyView {
    let input = view! { <input type="text" name="name" value=value required maxlength="60" autocomplete="off" /> };
    field(desk.texts().passkeys.name, input)
}

fn add(desk: Desk, account: &Account) -> AnyView {
    let t = &desk.texts().passkeys;
    let is_asked = matches!(account.second, Second::On { .. });
    let code = is_asked.then(|| factor::letters(t.code));
    let fields = view! {
        {named(desk, String::new())}
        <p class="quiet">{t.name_hint}</p>
        {factor::password(desk)}
        {code}
        <button class="button">{t.add}</button>
    };
    let to = ("/account/passkeys/begin", "/account/passkeys");
    asking(desk, "create", to, fields.into_any())
}

fn table(desk: Desk, account: &Account) -> AnyView {
    let t = &desk.texts().passkeys;
    let rows = account.passkeys.all.iter().cloned();
    let rows = rows.map(|one| row(desk, account.has_password, one));
    view! {
        <table class="list">
            <caption class="away">{t.title}</caption>
            <thead>
                <tr>
                    <th scope="col">{t.key}</th>
                    <th scope="col">{t.added}</th>
                    <th scope="col">{t.used}</th>
                    <th scope="col">
                        <span class="away">{t.remove}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(desk: Desk, has_password: bool, one: Passkey) -> AnyView {
    let t = &desk.texts().passkeys;
    let id = one.id.clone();
    let which = move || view! { <input type="hidden" name="id" value=id.clone() /> };
    let used = one.used.unwrap_or_else(|| t.never.to_owned());
    view! {
        <tr>
            <td class="item" data-label=t.key>
                {one.name.clone()}
            </td>
            <td data-label=t.added>{one.made}</td>
            <td data-label=t.used>{used}</td>
            <td>
                <div class="acts">
                    <details>
                        <summary class="button button--row">{t.rename}</summary>
                        <form method="post" action="/account/passkeys/name" class="stack">
                            {which()} {named(desk, one.name)} <button class="button">{t.rename}</button>
                        </form>
                    </details>
                    <details>
                        <summary class="button button--row">{t.remove}</summary>
                        <form method="post" action="/account/passkeys/remove" class="stack">
                            {which()} {has_password.then(|| factor::password(desk))}
                            <button class="button">{t.remove}</button>
                        </form>
                    </details>
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// What an administrator can do for somebody who has lost what holds them.
pub(super) fn take(desk: Desk, base: &str, name: &str) -> AnyView {
    let t = &desk.texts().passkeys;
    view! {
        <details>
            <summary class="button button--row">{t.take}</summary>
            <form method="post" action=format!("{base}/passkeys") class="stack">
                <p>{fill(t.take_hint, &[("name", &name)])}</p>
                <button class="button">{t.take_now}</button>
            </form>
        </details>
    }
    .into_any()
}
