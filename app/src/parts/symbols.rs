//! The symbols, drawn once in a page and used by name: verdict `v-*`, course `c-*`, item `i-*`,
//! marks on the strip `m-*`. Each shape belongs to one question and is never used for another.

use leptos::prelude::*;

/// Only the server draws them: the browser finds them in the page.
#[cfg(not(feature = "ssr"))]
const SYMBOLS: &str = "";

#[cfg(feature = "ssr")]
const SYMBOLS: &str = concat!(
    "<defs>",
    r##"<pattern id="hatch" width="5.657" height="5.657" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="5.657"/></pattern>"##,
    r##"<symbol id="logo" viewBox="0 0 22 22"><path d="M1 4h13v5H1zM7 13h7v5H7zM17 1h3.5v20H17z"/></symbol>"##,
    r##"<symbol id="v-go" viewBox="0 0 12 12"><path d="M6 .8 11.8 11.2H.2z"/></symbol>"##,
    r##"<symbol id="v-cond" viewBox="0 0 12 12"><path fill-rule="evenodd" d="M6 .8 11.8 11.2H.2zM6 3.7 3.9 7.4h4.2z"/></symbol>"##,
    r##"<symbol id="v-nogo" viewBox="0 0 12 12"><path fill-rule="evenodd" d="M.6.6h10.8v10.8H.6zM2.8 4.7v2.6h6.4V4.7z"/></symbol>"##,
    r##"<symbol id="v-void" viewBox="0 0 12 12"><path d="M6 1.9 10.9 10.7H1.1z" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="2 1.6"/></symbol>"##,
    r##"<symbol id="c-on" viewBox="0 0 16 12"><path d="M0 5h5V2l5 4-5 4V7H0zM13 0h2v12h-2z"/></symbol>"##,
    r##"<symbol id="c-risk" viewBox="0 0 16 12"><path d="M0 5h2v2H0zM3.5 5h2v2h-2zM7 2l5 4-5 4zM13 0h2v12h-2z"/></symbol>"##,
    r##"<symbol id="c-off" viewBox="0 0 16 12"><path d="M0 5h3v2H0zM4.5 0h2v12h-2zM8 5h3V2l5 4-5 4V7H8z"/></symbol>"##,
    r##"<symbol id="c-unknown" viewBox="0 0 16 12"><path d="M0 5h2v2H0zM4.5 5h2v2h-2zM9 5h2v2H9zM13 0h2v12h-2z"/></symbol>"##,
    r##"<symbol id="i-open" viewBox="0 0 14 14"><path d="M1.5 1.5h11v11h-11z" fill="none" stroke="currentColor" stroke-width="1.3"/></symbol>"##,
    r##"<symbol id="i-begun" viewBox="0 0 14 14"><path d="M1.5 1.5h11v11h-11z" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M1.5 7h11v5.5h-11z"/></symbol>"##,
    r##"<symbol id="i-waits" viewBox="0 0 14 14"><path d="M1.5 1.5h11v11h-11z" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M5 5h4v4H5z"/></symbol>"##,
    r##"<symbol id="i-second" viewBox="0 0 14 14"><path d="M1.5 1.5h11v11h-11z" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M4 7.2 6.2 9.5 10.2 4.6" fill="none" stroke="currentColor" stroke-width="1.6"/></symbol>"##,
    r##"<symbol id="i-closed" viewBox="0 0 14 14"><path fill-rule="evenodd" d="M.8.8h12.4v12.4H.8zM3.2 7.3l1.1-1.1 1.8 1.8 3.5-4.2 1.3 1-4.7 5.6z"/></symbol>"##,
    r##"<symbol id="i-stale" viewBox="0 0 14 14"><path d="M1.5 1.5h11v11h-11z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2.4 1.6"/><path d="M4 7.2 6.2 9.5 10.2 4.6" fill="none" stroke="currentColor" stroke-width="1.6"/></symbol>"##,
    r##"<symbol id="i-waived" viewBox="0 0 14 14"><path d="M1.5 1.5h11v11h-11zM12 2 2 12" fill="none" stroke="currentColor" stroke-width="1.4"/></symbol>"##,
    r##"<symbol id="i-na" viewBox="0 0 14 14"><path d="M1.5 1.5h11v11h-11zM4 7h6" fill="none" stroke="currentColor" stroke-width="1.4"/></symbol>"##,
    r##"<symbol id="i-late" viewBox="0 0 12 12"><path d="M.4 1.4h11.2L6 11.4z"/></symbol>"##,
    r##"<symbol id="i-none" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.5 1.8"/></symbol>"##,
    r##"<symbol id="i-on" viewBox="0 0 12 12"><path d="M5 1h2v4h4v2H7v4H5V7H1V5h4z"/></symbol>"##,
    r##"<symbol id="m-missed" viewBox="-5 0 10 9" width="10" height="9" x="-5" overflow="visible"><path d="M-4.6 0h9.2L0 8z" stroke="var(--paper)" stroke-width=".8" paint-order="stroke"/></symbol>"##,
    r##"<symbol id="m-ahead" viewBox="-5 0 10 9" width="10" height="9" x="-5" overflow="visible"><path d="M-3.8 .6h7.6L0 7z"/></symbol>"##,
    r##"<symbol id="theme" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.8" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M7 1.2a5.8 5.8 0 0 0 0 11.6z"/></symbol>"##,
    "</defs>",
);

/// The hidden drawing that holds the symbols.
#[component]
pub(crate) fn Symbols() -> impl IntoView {
    view! { <svg class="away" aria-hidden="true" focusable="false" inner_html=SYMBOLS></svg> }
}

/// One symbol, without meaning of its own: words stand beside it.
#[component]
pub(crate) fn Symbol(
    /// Its name, such as `v-go`.
    name: &'static str,
) -> impl IntoView {
    let href = format!("#{name}");
    view! {
        <svg aria-hidden="true">
            <use href=href></use>
        </svg>
    }
}
