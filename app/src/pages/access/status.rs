//! The status page: a launch for somebody without an account, read only and without names. And the
//! links to it.

use leptos::prelude::*;
use startklar::{Launch, People, Policy, assess, time::Instant};

use super::{field, head};
use crate::{
    access::{Links, StatusLink},
    boot::Piece,
    charts::strip::{self, Strip, Words},
    desk::Desk,
    parts::{facts::Telling, sentence},
};

pub(super) fn view(desk: Desk, launch: &Launch, at: Instant) -> AnyView {
    let t = &desk.texts().access;
    let assessment = assess(launch, &Policy::default(), at);
    let nobody = People::default();
    let unlinked = |span| Piece {
        href: None,
        ..sentence::piece("", span)
    };
    let lines = assessment
        .sentence(launch)
        .stanza(desk.locale)
        .into_iter()
        .map(|line| {
            let pieces: Vec<_> = line
                .into_iter()
                .map(|span| sentence::show(unlinked(span)))
                .collect();
            view! { <span>{pieces} " "</span> }
        })
        .collect_view();
    let facts = Telling {
        launch,
        assessment: &assessment,
        chance: None,
        people: &nobody,
        locale: desk.locale,
        base: "",
        past: false,
    }
    .outside();
    let strip = Strip::of(launch, &assessment).map(|strip| {
        strip::html(
            &strip,
            launch,
            &Words::of(desk.locale, &assessment, &nobody),
        )
    });
    let c = &desk.texts().charts;
    view! {
        <p class="quiet">{launch.title().to_owned()}</p>
        <h1 class="sentence">{lines}</h1>
        <dl class="facts facts--outside" inner_html=facts></dl>
        <section class="section" aria-label=c.strip>
            <table class="strip" inner_html=strip.unwrap_or_default()></table>
            <ul class="key" inner_html=strip::key(desk.locale)></ul>
        </section>
        <p class="section small quiet">{t.status_hint}</p>
    }
    .into_any()
}

pub(super) fn links(desk: Desk, links: &Links) -> AnyView {
    let t = &desk.texts().access;
    let base = format!("{}/status", links.base);
    let fresh = links.fresh.clone().map(|address| {
        let href = address.clone();
        view! {
            <div class="notice" role="status">
                <p>{t.fresh_link}</p>
                <p>
                    <a class="secret" href=href>
                        {address}
                    </a>
                </p>
            </div>
        }
    });
    let rows = links
        .rows
        .iter()
        .map(|link| row(desk, &base, link, links.refused.is_none()));
    let table = if links.rows.is_empty() {
        view! { <p class="quiet section">{t.no_links}</p> }.into_any()
    } else {
        view! {
            <table class="list section">
                <caption class="away">{t.links}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.since}</th>
                        <th scope="col">{t.opened}</th>
                        <th scope="col">{t.until}</th>
                        <th scope="col">
                            <span class="away">{t.end}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    let days = view! { <input type="number" name="days" required min="1" max="180" value="30" inputmode="numeric" /> };
    let may = links.refused.is_none();
    let form = may.then(|| {
        view! {
            <form method="post" action=base.clone() class="stack narrow section">
                {field(t.link_days, days)}
                <button class="button button--main">{t.make_link}</button>
            </form>
        }
    });
    view! {
        {head(t.links.to_owned())}
        <p>{t.links_hint}</p>
        {fresh}
        {table}
        {form}
        {links.refused.clone().map(|text| view! { <p class="section">{text}</p> })}
    }
    .into_any()
}

fn row(desk: Desk, base: &str, link: &StatusLink, may: bool) -> AnyView {
    let t = &desk.texts().access;
    let StatusLink {
        id,
        made,
        seen,
        ends,
    } = link.clone();
    let end = may.then(|| {
        view! {
            <form method="post" action=format!("{base}/end")>
                <input type="hidden" name="id" value=id />
                <button class="button button--row">{t.end}</button>
            </form>
        }
    });
    view! {
        <tr>
            <td data-label=t.since>{made}</td>
            <td data-label=t.opened>{seen.unwrap_or(t.never.to_owned())}</td>
            <td data-label=t.until>{ends}</td>
            <td>{end}</td>
        </tr>
    }
    .into_any()
}
