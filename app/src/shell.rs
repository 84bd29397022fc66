//! The document around a page: head, what the page starts from, body. Rendered by the server only.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::{App, assets::Assets, boot::Boot};

/// Renders a page as a whole HTML document.
///
/// A pure function of what the page starts from: the same input gives the same text.
pub fn render(boot: &Boot, assets: Assets) -> String {
    let owner = Owner::new();
    let (title, body) = owner.with(|| {
        let app = App(crate::AppProps { boot: boot.clone() });
        (crate::pages::title(boot), app.to_html())
    });
    owner.cleanup();
    document(boot, assets, &title, &body)
}

fn document(boot: &Boot, assets: Assets, title: &str, body: &str) -> String {
    let mut html = String::with_capacity(body.len() + 96 * 1024);
    let lang = boot.locale.tag();
    let theme = boot.theme.code();
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<!DOCTYPE html><html lang=\"{lang}\" data-theme=\"{theme}\" translate=\"no\"><head>\
         <meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{}</title>",
        escape(title)
    );
    if let Some(icon) = assets.file("mark.svg") {
        let _ = write!(html, "<link rel=\"icon\" href=\"{icon}\">");
    }
    if !assets.style.is_empty() {
        let _ = write!(html, "<link rel=\"stylesheet\" href=\"{}\">", assets.style);
    }
    if !assets.script.is_empty() {
        let _ = write!(
            html,
            "<link rel=\"preload\" href=\"{}\" as=\"fetch\" type=\"application/wasm\" \
             crossorigin=\"anonymous\"><script type=\"module\" src=\"{}\"></script>",
            assets.wasm, assets.script
        );
        html.push_str("<script type=\"application/json\" id=\"boot\">");
        html.push_str(&data(boot));
        html.push_str("</script>");
    }
    html.push_str("</head><body>");
    html.push_str(body);
    html.push_str("</body></html>");
    html
}

/// JSON inside a script element: no `<` may end it or begin a comment.
fn data(boot: &Boot) -> String {
    serde_json::to_string(boot)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
