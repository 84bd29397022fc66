//! Everybody of the workspace: accounts, links, erasing.

use leptos::prelude::*;
use startklar::{
    rights::Standing,
    texts::{AccessTexts, fill},
};

use super::{field, head, login, standing, standings};
use crate::{
    access::{People, Row},
    desk::Desk,
    parts::fields,
};

pub(super) fn view(desk: Desk, people: &People) -> AnyView {
    let t = &desk.texts().access;
    if people.open {
        return view! {
            {head(t.people.to_owned())}
            <p>{t.open_hint}</p>
            <form method="post" action="/people/first" class="section">
                <button class="button button--main">{t.begin}</button>
            </form>
        }
        .into_any();
    }
    let link = people.link.clone().map(|(name, address)| {
        view! {
            <div class="notice" role="status">
                <p>{fill(t.link_of, &[("name", &name)])}</p>
                <p>
                    <code class="secret">{address}</code>
                </p>
            </div>
        }
    });
    let rows = people.rows.iter().map(|row| line(desk, row));
    let rows = rows.collect_view();
    view! {
        {head(t.people.to_owned())}
        <p class="quiet">{t.people_hint}</p>
        {link}
        <table class="list section">
            <caption class="away">{t.people}</caption>
            <thead>
                <tr>
                    <th scope="col">{t.name}</th>
                    <th scope="col">{t.login}</th>
                    <th scope="col">{t.standing}</th>
                    <th scope="col">
                        <span class="away">{t.set_standing}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {super::mail::stuck(desk, &people.stuck)}
        {invite(t, people)}
    }
    .into_any()
}

fn line(desk: Desk, row: &Row) -> AnyView {
    let t = &desk.texts().access;
    let Row {
        id,
        name,
        account,
        second,
        passkeys,
    } = row.clone();
    let base = format!("/people/{id}");
    let (login, state, links) = match account {
        None => (t.no_account.to_owned(), String::new(), None),
        Some((login, is, ready)) => {
            let waits = (!ready).then_some(t.not_ready);
            let has = second.then_some(desk.texts().factor.has);
            let keys = passkeys.then_some(desk.texts().passkeys.has);
            let words = [Some(standing(t, is)), waits, has, keys];
            let words: Vec<_> = words.into_iter().flatten().collect();
            (login, words.join(", "), Some(change(t, &base, is)))
        }
    };
    // One's own go with a code or a password, on the page of one's account.
    let is_others = desk.me != Some(id);
    let take = (second && is_others).then(|| super::factor::take(desk, &base, &name));
    let take_keys = (passkeys && is_others).then(|| super::passkeys::take(desk, &base, &name));
    let hint = fill(t.erase_hint, &[("name", &name)]);
    view! {
        <tr>
            <th scope="row" class="item" data-label=t.name>
                {name}
            </th>
            <td data-label=t.login>{login}</td>
            <td data-label=t.standing>{state}</td>
            <td>
                <div class="acts">
                    {links} {take} {take_keys}
                    <details>
                        <summary class="button button--row">{t.erase}</summary>
                        <form method="post" action=format!("{base}/erase") class="stack">
                            <p>{hint}</p>
                            <button class="button">{t.erase_now}</button>
                        </form>
                    </details>
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// What can be done about an account.
fn change(t: &'static AccessTexts, base: &str, is: Standing) -> AnyView {
    view! {
        <details>
            <summary class="button button--row">{t.set_standing}</summary>
            <form method="post" action=format!("{base}/standing") class="inline">
                {standings(t, is)}
                <button class="button">{t.set_standing}</button>
            </form>
        </details>
        <form method="post" action=format!("{base}/link")>
            <button class="button button--row">{t.link}</button>
        </form>
    }
    .into_any()
}

fn invite(t: &'static AccessTexts, people: &People) -> AnyView {
    let without = people.rows.iter().filter(|row| row.account.is_none());
    let mut options = vec![(String::new(), t.somebody_new.to_owned())];
    options.extend(without.map(|row| (row.id.to_string(), row.name.clone())));
    let known =
        (options.len() > 1).then(|| fields::choice(t.person.to_owned(), "person", options, ""));
    let name = view! { <input type="text" name="name" maxlength="200" autocomplete="off" /> };
    view! {
        <section class="section" aria-labelledby="invite">
            <div class="head">
                <h2 id="invite">{t.invite}</h2>
            </div>
            <p class="quiet">{t.invite_hint}</p>
            <form method="post" action="/people" class="stack narrow">
                {known} {field(t.name, name)} {login(t, "")}
                <p class="quiet">{t.login_hint}</p>
                {standings(t, Standing::Member)}
                <button class="button button--main">{t.invite}</button>
            </form>
        </section>
    }
    .into_any()
}
