//! Mail: how somebody wishes it, how a link in one ends it, and what is not known to have arrived.

use std::fmt::Display;

use leptos::prelude::*;
use startklar::{Locale, texts::fill};

use super::{field, head};
use crate::{
    access::{Address, Mail, Stands, StuckMail, Unsubscribe},
    desk::Desk,
    parts::fields,
};

/// The part of one's account about mail; `None` where the server sends none.
pub(super) fn settings(desk: Desk, mail: Option<&Mail>) -> AnyView {
    let t = &desk.texts().mail;
    let body = match mail {
        None => view! { <p class="quiet">{t.off}</p> }.into_any(),
        Some(mail) => view! {
            <p class="quiet">{t.hint}</p>
            {unconfirmed(desk, mail)}
            {form(desk, mail.clone())}
        }
        .into_any(),
    };
    view! {
        <section class="section" aria-labelledby="mail">
            <div class="head">
                <h2 id="mail">{t.title}</h2>
            </div>
            {body}
        </section>
    }
    .into_any()
}

/// That nothing goes to the address yet, and where it goes meanwhile.
fn unconfirmed(desk: Desk, mail: &Mail) -> Option<AnyView> {
    let t = &desk.texts().mail;
    let waits = mail.confirmed == Some(false);
    waits.then(|| {
        let stays = mail.stays.as_ref().map(|stays| {
            let facts: [(&str, &dyn Display); 2] = [("stays", stays), ("address", &mail.address)];
            view! { <p>{fill(t.stays, &facts)}</p> }
        });
        let words = fill(t.unconfirmed, &[("address", &mail.address)]);
        view! {
            <div class="notice">
                {stays} <p>{words}</p>
            </div>
        }
        .into_any()
    })
}

fn form(desk: Desk, mail: Mail) -> AnyView {
    let t = &desk.texts().mail;
    let languages = Locale::ALL.map(|l| (l.tag().to_owned(), l.name().to_owned()));
    let address = view! {
        <input
            type="email"
            name="address"
            value=mail.address
            required
            maxlength="254"
            autocomplete="email"
        />
    };
    let known = mail.confirmed == Some(true) || mail.stays.is_some();
    let password = known.then(|| {
        let password = view! {
            <input
                type="password"
                name="password"
                maxlength="128"
                autocomplete="current-password"
            />
        };
        field(t.password, password)
    });
    let zone = view! {
        <input
            type="text"
            name="zone"
            value=mail.zone
            required
            maxlength="60"
            autocomplete="off"
            spellcheck="false"
        />
    };
    let from = view! { <input type="time" name="from" value=mail.from required /> };
    let until = view! { <input type="time" name="until" value=mail.until required /> };
    view! {
        <form method="post" action="/account/mail" class="stack">
            {field(t.address, address)} {password}
            {fields::choice(t.language.to_owned(), "locale", languages.to_vec(), mail.locale.tag())}
            {fields::switch(t.digest, "digest", mail.digest)}
            {fields::switch(t.notices, "notices", mail.notices)} {field(t.quiet_from, from)}
            {field(t.quiet_until, until)} {field(t.zone, zone)}
            <p class="quiet">{t.zone_hint}</p>
            <button class="button">{t.save}</button>
        </form>
    }
    .into_any()
}

/// What a link in a mail leads to. It only asks: programs that look at every link of a mail must not
/// end it.
pub(super) fn unsubscribe(desk: Desk, link: &Unsubscribe) -> AnyView {
    let t = &desk.texts().mail;
    if link.done {
        return view! {
            {head(t.stopped.to_owned())}
            <p>{t.stopped_hint}</p>
            <p class="section">
                <a class="button" href="/account">
                    {desk.texts().access.account}
                </a>
            </p>
        }
        .into_any();
    }
    let hint = t.stop_hints[usize::from(link.notices)];
    let hint = fill(hint, &[("name", &link.name)]);
    view! {
        {head(t.stop.to_owned())}
        <p>{hint}</p>
        <form method="post" action=link.address.clone() class="section">
            <button class="button button--main">{t.stop_now}</button>
        </form>
    }
    .into_any()
}

/// Where whoever reads an address says that it is theirs. It only asks, as above.
pub(super) fn address(desk: Desk, link: &Address) -> AnyView {
    let t = &desk.texts().mail;
    let words = match link.stands {
        Stands::Asked => t.confirm_hint,
        Stands::Said => t.confirmed_hint,
        Stands::Known => t.known_hint,
    };
    let words = fill(words, &[("address", &link.address)]);
    if link.stands != Stands::Asked {
        return view! {
            {head(t.confirmed.to_owned())}
            <p>{words}</p>
        }
        .into_any();
    }
    view! {
        {head(t.confirm.to_owned())}
        <p>{words}</p>
        <form method="post" action=link.action.clone() class="section">
            <button class="button button--main">{t.confirm_now}</button>
        </form>
    }
    .into_any()
}

/// A link of a mail that leads nowhere any more, and what its reader can do.
pub(super) fn ended(desk: Desk, hint: &'static str) -> AnyView {
    view! {
        {head(desk.texts().access.ended.to_owned())}
        <p>{hint}</p>
    }
    .into_any()
}

/// Mail that is not known to have arrived, for those who look after people. Nothing where there is
/// none.
pub(super) fn stuck(desk: Desk, stuck: &[StuckMail]) -> Option<AnyView> {
    if stuck.is_empty() {
        return None;
    }
    let t = &desk.texts().mail;
    let rows = stuck.iter().cloned().map(|mail| {
        let what = if mail.may_have_arrived {
            t.may_have_arrived
        } else {
            t.given_up
        };
        view! {
            <tr>
                <th scope="row" class="item" data-label=t.whom>
                    {mail.name}
                </th>
                <td data-label=t.kind>{t.kinds[mail.kind as usize]}</td>
                <td data-label=t.when>{mail.when}</td>
                <td data-label=t.what>
                    {what} <span class="why">{mail.answer}</span>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="section" aria-labelledby="stuck">
                <div class="head">
                    <h2 id="stuck">{t.stuck}</h2>
                </div>
                <p class="quiet">{t.stuck_hint}</p>
                <table class="list">
                    <caption class="away">{t.stuck}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t.whom}</th>
                            <th scope="col">{t.kind}</th>
                            <th scope="col">{t.when}</th>
                            <th scope="col">{t.what}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
    )
}
