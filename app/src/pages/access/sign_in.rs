//! Signing in, and choosing a password by a link.

use leptos::prelude::*;
use startklar::texts::fill;

use super::{field, head, login, new_password, passkeys, providers};
use crate::{
    access::{First, Way},
    desk::Desk,
    parts::fields,
};

pub(super) fn view(
    desk: Desk,
    back: &str,
    typed: &str,
    none: bool,
    (ways, by_passkey): (&[Way], bool),
) -> AnyView {
    let t = &desk.texts().access;
    if none {
        return view! {
            {head(t.sign_in.to_owned())}
            <p>{t.nobody_yet}</p>
        }
        .into_any();
    }
    let password = view! {
        <input type="password" name="password" required maxlength="128" autocomplete="current-password" />
    };
    view! {
        {head(t.sign_in.to_owned())}
        <form method="post" action="/login" class="stack narrow">
            <input type="hidden" name="back" value=back.to_owned() />
            {login(t, typed)}
            {field(t.password, password)}
            <button class="button button--main">{t.sign_in}</button>
        </form>
        <p class="section quiet">{t.forgot}</p>
        {by_passkey.then(|| passkeys::enter(desk, back))}
        {providers::ways(desk, ways)}
    }
    .into_any()
}

pub(super) fn join(
    desk: Desk,
    link: &str,
    typed: &str,
    whose: Result<&str, &First>,
    ways: &[Way],
) -> AnyView {
    let t = &desk.texts().access;
    let action = format!("/join/{link}");
    let name = match whose {
        Ok(name) => name,
        Err(said) => return first(desk, action, typed, said, ways),
    };
    view! {
        {head(fill(t.welcome, &[("name", &name)]))}
        <form method="post" action=action class="stack narrow">
            {login(t, typed)}
            {new_password(t)}
            <button class="button button--main">{t.choose_password}</button>
        </form>
        {providers::instead(desk, ways, false)}
    }
    .into_any()
}

fn first(desk: Desk, action: String, typed: &str, said: &First, ways: &[Way]) -> AnyView {
    let t = &desk.texts().access;
    let known = fields::people(desk);
    let people = (!known.is_empty()).then(|| {
        let mut options = vec![(String::new(), t.somebody_new.to_owned())];
        options.extend(known.into_iter().map(|(id, name)| (id.to_string(), name)));
        fields::choice(t.who_am_i.to_owned(), "person", options, &said.person)
    });
    let name = said.name.clone();
    let name =
        view! { <input type="text" name="name" value=name maxlength="200" autocomplete="name" /> };
    view! {
        {head(t.first.to_owned())}
        <p>{t.first_hint}</p>
        <form method="post" action=action class="stack narrow section">
            {people} {field(t.name, name)} {login(t, typed)}
            <p class="quiet">{t.login_hint}</p>
            {new_password(t)}
            <button class="button button--main">{t.first}</button>
        </form>
        {providers::instead(desk, ways, true)}
    }
    .into_any()
}

pub(super) fn ended(desk: Desk) -> AnyView {
    let t = &desk.texts().access;
    view! {
        {head(t.ended.to_owned())}
        <p>{t.ended_hint}</p>
    }
    .into_any()
}
