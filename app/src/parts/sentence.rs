//! The sentence as HTML: each number leads to exactly what it counts.

use leptos::prelude::*;
use startklar::engine::{Span, Target};

use super::symbols::Symbol;
use crate::{boot::Piece, desk::Desk};

/// The address that a piece of the sentence leads to, within its launch.
pub(crate) fn target(target: Target) -> String {
    match target {
        Target::Open => "/checklists?open=1".to_owned(),
        Target::OpenOf(discipline) => {
            format!("/checklists?discipline={}&open=1", discipline.code())
        }
        Target::OpenOfOthers => "/checklists?open=1&others=1".to_owned(),
        Target::Plan => "/plan".to_owned(),
        Target::Requests => "/requests".to_owned(),
        Target::Notices => "/notices".to_owned(),
        Target::Moment => "/calendar".to_owned(),
        Target::Waivers => "/checklists?waived=1".to_owned(),
    }
}

/// A piece of the sentence with its address.
pub fn piece(base: &str, span: Span) -> Piece {
    Piece {
        href: span.target.map(|t| format!("{base}{}", target(t))),
        text: span.text,
        strong: span.strong,
        late: span.late,
    }
}

/// The sentence of the launch on the page: large on the cockpit, one line elsewhere.
#[component]
pub(crate) fn SentenceOf(
    /// Whether it is the page's largest thing.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let desk = Desk::here();
    let class = if large {
        "sentence"
    } else {
        "sentence sentence--line"
    };
    view! {
        <h1 class=class>
            {move || {
                let view = desk.view();
                let base = desk.href("");
                let stanza = view.assessment.sentence(&view.launch).stanza(desk.locale);
                stanza
                    .into_iter()
                    .map(|line| {
                        let pieces: Vec<_> =
                            line.into_iter().map(|s| show(piece(&base, s))).collect();
                        view! { <span>{pieces}" "</span> }
                    })
                    .collect_view()
            }}
        </h1>
    }
}

/// A piece as HTML.
pub(crate) fn show(piece: Piece) -> AnyView {
    let Piece {
        text,
        strong,
        late,
        href,
    } = piece;
    match href {
        Some(href) => view! { <a href=href>{numbers(&text)}</a> }.into_any(),
        None if late => view! {
            <span class="state state--late">
                <Symbol name="i-late" />
                {text}
            </span>
        }
        .into_any(),
        None if strong => view! { <strong>{text}</strong> }.into_any(),
        None => text.into_any(),
    }
}

/// Numbers carry the weight within a link.
fn numbers(text: &str) -> Vec<AnyView> {
    text.split_inclusive(' ')
        .map(|word| {
            let bare = word.trim_end();
            // An empty text would be rendered as a space, so that it can be found again.
            let gap = (bare.len() < word.len()).then_some(" ");
            if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
                let bare = bare.to_owned();
                view! { <b>{bare}</b>{gap} }.into_any()
            } else {
                word.to_owned().into_any()
            }
        })
        .collect()
}
