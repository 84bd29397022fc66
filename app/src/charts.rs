//! Charts as SVG text: pure functions, the same on the server and in the browser.
//!
//! They return text rather than views, so that a page of hundreds of marks costs little to render.
//! Everything that people wrote goes through [`escape`].

pub mod burnup;
pub mod cut;
#[cfg(feature = "ssr")]
pub mod fleet;
pub mod scale;
pub mod spans;
pub mod strip;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
pub(crate) mod testing;
#[cfg(feature = "ssr")]
pub mod trust;
pub mod velocity;
#[cfg(feature = "ssr")]
pub mod weeks;
pub(crate) mod work;

use std::borrow::Cow;

/// What marks mean: the inside of `<ul class="key">`. Each mark is drawn in 20 by 14 units; the texts
/// are of the catalogue.
pub fn key(marks: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (mark, text) in marks {
        for part in [
            r#"<li><svg aria-hidden="true">"#,
            mark,
            "</svg>",
            text,
            "</li>",
        ] {
            out.push_str(part);
        }
    }
    out
}

/// Text inside SVG or an attribute of it.
///
/// ```
/// assert_eq!(startklar_app::charts::escape("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
/// ```
pub fn escape(text: &str) -> Cow<'_, str> {
    if text.contains(['&', '<', '>', '"', '\'']) {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
            .into()
    } else {
        text.into()
    }
}
