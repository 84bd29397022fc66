//! What a page looks like to those who measure it: its colours, its width, its accessibility.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use super::Browser;

/// What sticks out of the page to the side; nothing when it does not scroll that way.
const TOO_WIDE: &str = "
    const page = document.documentElement;
    if (document.scrollingElement.scrollWidth <= page.clientWidth) return [];
    const out = [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > page.clientWidth + 0.5)
        .map(e => `${e.tagName} ${e.id} ${e.getAttribute('class') ?? ''}: ${e.textContent.slice(0, 40)}`);
    return out.length ? out.slice(-5) : ['something'];
";

/// Every rule of the checker; what breaks one, in a line each. Colours on their way from one to another
/// are nobody's to read.
const CHECK: &str = "
    const done = arguments[arguments.length - 1];
    const moving = document.getAnimations().filter(a => a instanceof CSSTransition);
    Promise.allSettled(moving.map(a => a.finished)).then(() => axe.run({ resultTypes: ['violations'] })).then(
        found => done(found.violations.flatMap(rule =>
            rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 160)}`))),
        error => done([`${error}`]));
";

impl Browser {
    /// What is wider than the page.
    pub async fn too_wide(&self) -> Vec<String> {
        lines(self.run(TOO_WIDE).await)
    }

    /// Whether the page, printed on A4, fits on one sheet.
    pub fn prints_on_one_sheet(&self) -> bool {
        let sheet = |n: u32| {
            let a4 = json!({"width": 21.0, "height": 29.7});
            self.answers("print", &json!({"page": a4, "pageRanges": [n.to_string()]}))
        };
        // The driver refuses a range that begins beyond the last sheet.
        sheet(1) && !sheet(2)
    }

    /// The colour behind the page.
    pub async fn background(&self) -> Value {
        self.run("return getComputedStyle(document.body).backgroundColor")
            .await
    }

    /// What the accessibility checker objects to on the page.
    pub async fn barriers(&self) -> Vec<String> {
        let there = self.run("return typeof axe === 'object'").await;
        if there != true {
            self.run(&checker()).await;
        }
        lines(self.wait_for(CHECK).await)
    }
}

fn lines(found: Value) -> Vec<String> {
    serde_json::from_value(found).expect("they are lines")
}

/// The checker, as `tests/setup` has installed it.
fn checker() -> String {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    );
    let path = target.join("tools/node_modules/axe-core/axe.min.js");
    let text = fs::read_to_string(&path);
    text.unwrap_or_else(|error| panic!("{}: {error}; tests/setup installs it", path.display()))
}
