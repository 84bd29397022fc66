//! Signing in, one's own account, everybody, and the table of rights. Plain forms throughout.

mod account;
mod factor;
mod mail;
mod passkeys;
mod people;
mod policy;
mod providers;
mod rights;
mod sign_in;
mod status;
mod templates;

use leptos::prelude::*;
use startklar::{
    rights::Standing,
    texts::{AccessTexts, Catalogue},
};

use crate::{
    access::{self, Access},
    boot::Boot,
    desk::Desk,
};

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    let view = match &boot.access {
        Some(Access::SignIn {
            back,
            login,
            none,
            ways,
            passkeys,
        }) => sign_in::view(desk, back, login, *none, (ways, *passkeys)),
        Some(Access::Code { back }) => factor::enter(desk, back),
        Some(Access::Factor(page)) => factor::view(desk, page),
        Some(Access::Stranger { title, name }) => providers::stranger(desk, title, name),
        Some(Access::Join {
            link,
            login,
            name,
            first,
            ways,
        }) => sign_in::join(desk, link, login, name.as_deref().ok_or(first), ways),
        Some(Access::Ended) | None => sign_in::ended(desk),
        Some(Access::Account(account)) => account::view(desk, account),
        Some(Access::People(people)) => people::view(desk, people),
        Some(Access::Rights) => rights::view(desk),
        Some(Access::Policy(page)) => policy::view(desk, page),
        Some(Access::Templates(page)) => templates::view(desk, boot, page),
        Some(Access::Renewal(page)) => templates::renewal(desk, page),
        Some(Access::Links(links)) => status::links(desk, links),
        Some(Access::Status(launch, at)) => status::view(desk, launch, *at),
        Some(Access::Unsubscribe(link)) => mail::unsubscribe(desk, link),
        Some(Access::Address(link)) => mail::address(desk, link),
        Some(Access::AddressEnded) => mail::ended(desk, desk.texts().mail.address_ended_hint),
        Some(Access::UnsubscribeEnded) => mail::ended(desk, desk.texts().mail.stop_ended_hint),
    };
    view.to_html()
}

/// What the page is called.
pub(super) fn title(t: &'static Catalogue, access: Option<&Access>) -> &'static str {
    let (policy, templates) = (t.policy.title, &t.templates);
    let (factor, mail, providers, t) = (&t.factor, &t.mail, &t.providers, &t.access);
    match access {
        Some(Access::SignIn { .. }) => t.sign_in,
        Some(Access::Code { .. }) => factor.enter,
        Some(Access::Factor(access::Factor::Recovery(_))) => factor.recovery,
        Some(Access::Factor(_)) => factor.setup,
        Some(Access::Stranger { .. }) => providers.stranger,
        Some(Access::Join { .. }) => t.choose_password,
        Some(Access::Ended | Access::AddressEnded | Access::UnsubscribeEnded) | None => t.ended,
        Some(Access::Account(_)) => t.account,
        Some(Access::People(_)) => t.people,
        Some(Access::Rights) => t.rights,
        Some(Access::Policy(_)) => policy,
        Some(Access::Templates(_)) => templates.title,
        Some(Access::Renewal(_)) => templates.since,
        Some(Access::Links(_)) => t.links,
        Some(Access::Status(..)) => t.status,
        Some(Access::Unsubscribe(_)) => mail.stop,
        Some(Access::Address(link)) if link.stands == access::Stands::Asked => mail.confirm,
        Some(Access::Address(_)) => mail.confirmed,
    }
}

fn standing(t: &AccessTexts, standing: Standing) -> &'static str {
    let all = Standing::OF_ACCOUNTS.into_iter().zip(t.standings);
    let found = all.into_iter().find(|(one, _)| *one == standing);
    found.map_or("", |(_, words)| words)
}

/// A field with its label and what its input must say.
fn field(label: &'static str, input: impl IntoView + 'static) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            {input}
        </label>
    }
    .into_any()
}

fn head(text: String) -> AnyView {
    view! { <h1 class="sentence sentence--line">{text}</h1> }.into_any()
}

/// A new password, with what it must be.
fn new_password(t: &'static AccessTexts) -> AnyView {
    let input = view! {
        <input
            type="password"
            name="password"
            required
            minlength="12"
            maxlength="128"
            autocomplete="new-password"
        />
    };
    view! {
        {field(t.new_password, input)}
        <p class="quiet">{t.password_hint}</p>
    }
    .into_any()
}

fn login(t: &'static AccessTexts, value: &str) -> AnyView {
    let value = value.to_owned();
    let input = view! {
        <input
            type="text"
            name="login"
            value=value
            required
            minlength="3"
            maxlength="120"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
        />
    };
    field(t.login, input)
}

/// A choice among what an account may be.
fn standings(t: &'static AccessTexts, chosen: Standing) -> AnyView {
    let options = Standing::OF_ACCOUNTS
        .map(|one| {
            let selected = one == chosen;
            view! {
                <option value=one.code() selected=selected>
                    {standing(t, one)}
                </option>
            }
        })
        .collect_view();
    field(
        t.standing,
        view! { <select name="standing">{options}</select> },
    )
}
