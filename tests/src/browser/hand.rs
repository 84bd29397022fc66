//! What hands and eyes do: look, click, type, press keys.

use std::time::Duration;

use fantoccini::{
    Locator,
    actions::{
        InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
    },
    elements::Element,
};
use serde_json::Value;

use super::Browser;

/// Control, held down.
const CONTROL: char = '\u{E009}';

/// Keys that are no letters.
pub mod keys {
    /// Tab.
    pub const TAB: char = '\u{E004}';
    /// Enter.
    pub const ENTER: char = '\u{E007}';
    /// Escape.
    pub const ESCAPE: char = '\u{E00C}';
    /// The left arrow.
    pub const LEFT: char = '\u{E012}';
    /// The right arrow.
    pub const RIGHT: char = '\u{E014}';
    /// Means nothing by itself.
    pub const SHIFT: char = '\u{E008}';
}

impl Browser {
    /// Waits until something is on the page.
    pub async fn shows(&self, css: &str) {
        let look = format!("return document.querySelector({css:?}) !== null");
        self.until(&look, &format!("{css} is there")).await;
    }

    /// Waits until something is no more on the page, or not yet.
    pub async fn lacks(&self, css: &str) {
        let look = format!("return document.querySelector({css:?}) === null");
        self.until(&look, &format!("{css} is gone")).await;
    }

    /// Waits until something on the page has words in it.
    pub async fn says(&self, css: &str, words: &str) {
        let look = format!(
            "return [...document.querySelectorAll({css:?})].some(e => e.textContent.includes({words:?}))"
        );
        self.until(&look, &format!("{css} says {words:?}")).await;
    }

    /// Waits until the page has this address, without the server's part of it.
    pub async fn is_at(&self, path: &str) {
        let look = format!("return location.pathname + location.search === {path:?}");
        self.until(&look, &format!("the page is {path}")).await;
    }

    /// Waits until something has the focus.
    pub async fn has_focus(&self, css: &str) {
        let look = format!("return document.activeElement.matches({css:?})");
        self.until(&look, &format!("{css} has the focus")).await;
    }

    /// The words of something on the page, as it is read.
    pub async fn words(&self, css: &str) -> String {
        let script = format!("return document.querySelector({css:?})?.innerText ?? null");
        let Value::String(words) = self.run(&script).await else {
            panic!("there is no {css}");
        };
        words
    }

    /// Clicks something that is on the page, as a person does: it must be in sight and on top.
    pub async fn click(&self, css: &str) {
        let clicked = self.find(Locator::Css(css)).await.click().await;
        clicked.unwrap_or_else(|error| panic!("clicking {css}: {error}"));
    }

    /// Clicks twice in the same place, faster than the page may have changed.
    pub async fn double_click(&self, css: &str) {
        let target = self.find(Locator::Css(css)).await;
        let mut actions =
            MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
                element: target,
                duration: None,
                x: 0.0,
                y: 0.0,
            });
        for _ in 0..2 {
            actions = actions
                .then(PointerAction::Down {
                    button: MOUSE_BUTTON_LEFT,
                })
                .then(PointerAction::Up {
                    button: MOUSE_BUTTON_LEFT,
                });
        }
        let clicked = self.client.perform_actions(actions).await;
        clicked.unwrap_or_else(|error| panic!("double-clicking {css}: {error}"));
    }

    /// Drags something onto something else.
    pub async fn drag(&self, css: &str, onto: &str) {
        // Tall, so that nothing is scrolled: without a screen the browser takes hold of what lies
        // where the hand would be on an unscrolled page.
        let tall = self.client.set_window_size(1280, 2400).await;
        tall.unwrap_or_else(|error| panic!("making the window tall: {error}"));
        let over = |element, millis| PointerAction::MoveToElement {
            element,
            duration: Some(Duration::from_millis(millis)),
            x: 0.0,
            y: 0.0,
        };
        let actions = MouseActions::new("mouse".to_owned())
            .then(over(self.find(Locator::Css(css)).await, 0))
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(over(self.find(Locator::Css(onto)).await, 200))
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        let dragged = self.client.perform_actions(actions).await;
        dragged.unwrap_or_else(|error| panic!("dragging {css} onto {onto}: {error}"));
    }

    /// Clicks the button or link with these words within something.
    pub async fn click_words(&self, css: &str, words: &str) {
        let script = format!(
            "const found = [...document.querySelectorAll({css:?})].flatMap(e => \
             [...e.querySelectorAll('button, a, summary')]).filter(e => \
             e.checkVisibility() && e.textContent.trim() === {words:?}); \
             document.querySelectorAll('[data-found]').forEach(e => e.removeAttribute('data-found')); \
             found[0]?.setAttribute('data-found', ''); return found.length > 0"
        );
        assert_eq!(self.run(&script).await, true, "{words:?} is in {css}");
        self.click("[data-found]").await;
    }

    /// Types into a field, after what is there.
    pub async fn type_into(&self, css: &str, text: &str) {
        let typed = self.find(Locator::Css(css)).await.send_keys(text).await;
        typed.unwrap_or_else(|error| panic!("typing into {css}: {error}"));
    }

    /// Types into a field instead of what is there.
    pub async fn retype(&self, css: &str, text: &str) {
        let cleared = self.find(Locator::Css(css)).await.clear().await;
        cleared.unwrap_or_else(|error| panic!("clearing {css}: {error}"));
        self.type_into(css, text).await;
    }

    /// Chooses among what a field offers.
    pub async fn select(&self, css: &str, value: &str) {
        let found = self.find(Locator::Css(css)).await;
        let chosen = found.select_by_value(value).await;
        chosen.unwrap_or_else(|error| panic!("choosing {value} in {css}: {error}"));
    }

    async fn find(&self, locator: Locator<'_>) -> Element {
        let found = self.client.find(locator).await;
        found.unwrap_or_else(|error| panic!("{locator:?}: {error}"))
    }

    /// Presses keys, one after another, wherever the focus is.
    pub async fn press(&self, keys: impl IntoIterator<Item = char>) {
        let mut actions = KeyActions::new("keys".to_owned());
        for value in keys {
            actions = actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        let pressed = self.client.perform_actions(actions).await;
        pressed.expect("keys can be pressed");
    }

    /// Does what everybody does before they act, and waits for what comes with it.
    pub async fn stirs(&self) {
        self.press([keys::SHIFT]).await;
        self.shows("html[data-hand]").await;
    }

    /// Presses a key together with Control.
    pub async fn press_control(&self, key: char) {
        let actions = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: CONTROL })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: CONTROL });
        let pressed = self.client.perform_actions(actions).await;
        pressed.expect("keys can be pressed");
    }
}
