//! The document around a page: head, what the page starts from, body. Rendered by the server only.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::{
    App,
    access::Access,
    assets::Assets,
    boot::{Boot, json},
    pages,
};

/// Renders a page as a whole HTML document.
///
/// A pure function of what the page starts from: the same input gives the same text.
pub fn render(boot: &Boot, assets: Assets) -> String {
    let owner = Owner::new();
    let (title, body) = owner.with(|| {
        let app = App(crate::AppProps {
            boot: boot.clone(),
            draw: pages::drawn_by(&boot.page),
        });
        (pages::title(boot), app.to_html())
    });
    owner.cleanup();
    document(boot, assets, &title, &body)
}

fn document(boot: &Boot, assets: Assets, title: &str, body: &str) -> String {
    let mut html = String::with_capacity(body.len() + 96 * 1024);
    let lang = boot.locale.tag();
    let theme = boot.theme.code();
    let follow = pages::followed(boot);
    let data_follow = follow.iter().map(|url| format!(" data-follow=\"{url}\""));
    let data_follow: String = data_follow.collect();
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<!DOCTYPE html><html lang=\"{lang}\" data-theme=\"{theme}\"{data_follow} translate=\"no\"><head>\
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
             crossorigin=\"anonymous\">",
            assets.wasm
        );
        let chunk = boot
            .page
            .chunk()
            .and_then(|chunk| assets.chunk(chunk.name()));
        if let Some(chunk) = chunk {
            let _ = write!(
                html,
                "<link id=\"chunks\" rel=\"preload\" href=\"{chunk}\" as=\"fetch\" \
                 crossorigin=\"anonymous\">"
            );
        }
        if let Some(texts) = assets.texts(lang) {
            let _ = write!(
                html,
                "<link id=\"texts\" rel=\"preload\" href=\"{texts}\" as=\"fetch\" \
                 crossorigin=\"anonymous\">"
            );
        }
        let _ = write!(
            html,
            "<script type=\"module\" src=\"{}\"></script>",
            assets.script
        );
        let asks = boot.access.as_ref().is_some_and(Access::asks_for_passkeys);
        let keep = if follow.is_some() {
            "renew.js"
        } else {
            "keep.js"
        };
        for name in [Some(keep), asks.then_some("passkey.js")] {
            if let Some(script) = name.and_then(|name| assets.file(name)) {
                let _ = write!(html, "<script type=\"module\" src=\"{script}\"></script>");
            }
        }
        html.push_str("<script type=\"application/json\" id=\"boot\">");
        html.push_str(&data(boot));
        html.push_str("</script>");
    }
    html.push_str("</head><body>");
    html.push_str(body);
    html.push_str("</body></html>");
    html
}

/// What the page starts from. The launch is most of it, and the same for everybody: when it is
/// written already, only the rest is written anew.
fn data(boot: &Boot) -> String {
    let Some(launch) = &boot.written else {
        return json(boot);
    };
    let mut rest = boot.clone();
    rest.launch = None;
    let mut text = json(&rest);
    // The field that was left out, at the end of the object.
    if text.pop() == Some('}') {
        text.reserve_exact(launch.len() + 16);
        text.push_str(",\"launch\":");
        text.push_str(launch);
        text.push('}');
    }
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;
    use startklar::{Command, Launch, command::decide, time::Instant};

    use super::*;

    fn boot() -> Boot {
        let value = serde_json::json!({
            "page": "cockpit", "path": "/l/m", "locale": "en", "theme": "system", "me": null,
            "now": "2026-03-02T09:00:00Z", "people": [], "launch": null, "sample": false,
            "past": null, "records": [], "seen": null,
            "notice": {"text": "</script>", "refused": true},
        });
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_launch_that_is_written_already_is_the_same_launch() {
        let plan = Command::plan_launch("m", "<!-- M", "2026-03-02", 10, "2026-05-12T08:00:00Z");
        let mut launch = Launch::default();
        let by = startklar::PersonId::from_number(1);
        let actor = startklar::Actor::person(by);
        for event in decide(&launch, &plan.unwrap(), &actor, Instant::UNIX_EPOCH).unwrap() {
            launch.apply_at(&event, Instant::UNIX_EPOCH, by);
        }
        let mut boot = boot();
        boot.launch = Some(Arc::new(launch));
        let anew = data(&boot);
        boot.written = boot.launch.as_ref().map(|launch| json(&**launch).into());
        let written = data(&boot);
        assert!(!written.contains('<'), "{written}");
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(read(&written), read(&anew));
        let back: Boot = serde_json::from_str(&written).unwrap();
        assert_eq!(back.launch.unwrap().title(), "<!-- M");
    }
}
