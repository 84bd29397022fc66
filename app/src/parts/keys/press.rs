//! What a key means. Plain functions: the listening is elsewhere.

use startklar::texts::Catalogue;

/// A page that two keys lead to.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The key after `g`.
    pub(super) key: &'static str,
    /// Its name, for the list of keys, which the server draws.
    #[cfg(feature = "ssr")]
    pub(super) name: fn(&'static Catalogue) -> &'static str,
    /// Its address, within the launch or not.
    #[cfg_attr(
        not(any(feature = "hydrate", test)),
        allow(dead_code, reason = "only the browser goes there")
    )]
    pub(super) href: &'static str,
    /// Whether it belongs to the launch on the page.
    pub(super) of_launch: bool,
}

/// Every such page.
pub(super) const PLACES: [Place; 10] = [
    place("c", |t| t.ui.cockpit, "", true),
    place("f", |t| t.ui.forecast, "/forecast", true),
    place("e", |t| t.ui.scope, "/scope", true),
    place("p", |t| t.ui.plan, "/plan", true),
    place("l", |t| t.ui.checklists, "/checklists", true),
    place("r", |t| t.ui.requests, "/requests", true),
    place("j", |t| t.ui.journal, "/journal", true),
    place("s", |t| t.ui.settings, "/settings", true),
    place("w", |t| t.ui.my_week, "/week", false),
    place("o", |t| t.ui.portfolio, "/", false),
];

const fn place(
    key: &'static str,
    name: fn(&'static Catalogue) -> &'static str,
    href: &'static str,
    of_launch: bool,
) -> Place {
    #[cfg(not(feature = "ssr"))]
    let _ = name;
    Place {
        key,
        #[cfg(feature = "ssr")]
        name,
        href,
        of_launch,
    }
}

/// What is to be done.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(any(feature = "hydrate", test)),
    allow(dead_code, reason = "only the browser listens")
)]
pub(super) enum Press {
    /// Open the palette.
    Find,
    /// Show the keys.
    Keys,
    /// The next row.
    Next,
    /// The row before.
    Previous,
    /// Open the row.
    Open,
    /// Tick the row.
    Tick,
    /// Give the row’s evidence.
    Evidence,
    /// Select the row.
    Select,
    /// Estimate the row.
    Points,
    /// Move the card to the sprint before.
    Earlier,
    /// Move the card to the next sprint.
    Later,
    /// The page before this one, of those that follow on each other.
    Back,
    /// The page after it.
    Forth,
    /// Take the last change back.
    Undo,
    /// Close what is open in a row.
    Close,
    /// The next key says where to go.
    Go,
    /// Go there.
    To(&'static Place),
}

/// Where and with what a key was pressed.
#[derive(Debug, Clone, Copy, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is seen on the page by itself"
)]
pub(super) struct With {
    /// Ctrl or the command key.
    pub(super) control: bool,
    /// Alt.
    pub(super) alt: bool,
    /// In a field, where letters are letters.
    pub(super) typing: bool,
    /// While a dialog is open.
    pub(super) dialog: bool,
    /// After `g`.
    pub(super) going: bool,
    /// On a row itself, not on something within it.
    pub(super) on_row: bool,
}

/// What a key means there; nothing, mostly.
#[cfg_attr(
    not(any(feature = "hydrate", test)),
    allow(dead_code, reason = "only the browser listens")
)]
pub(super) fn press(key: &str, with: With) -> Option<Press> {
    if with.control && !with.alt && key.eq_ignore_ascii_case("k") {
        return Some(Press::Find);
    }
    if with.control || with.alt || with.dialog {
        return None;
    }
    if key == "Escape" {
        return Some(Press::Close);
    }
    if with.typing {
        return None;
    }
    if with.going {
        return PLACES.iter().find(|place| place.key == key).map(Press::To);
    }
    Some(match key {
        "?" => Press::Keys,
        "j" => Press::Next,
        "k" => Press::Previous,
        "x" => Press::Tick,
        "e" => Press::Evidence,
        "s" => Press::Select,
        "p" => Press::Points,
        "h" => Press::Earlier,
        "l" => Press::Later,
        "ArrowLeft" => Press::Back,
        "ArrowRight" => Press::Forth,
        "u" => Press::Undo,
        "g" => Press::Go,
        "Enter" if with.on_row => Press::Open,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_letters_in_a_field() {
        let typing = With {
            typing: true,
            ..With::default()
        };
        for key in ["j", "x", "?", "g", "u", "Enter"] {
            assert!(press(key, typing).is_none(), "{key}");
        }
        assert!(matches!(press("Escape", typing), Some(Press::Close)));
    }

    #[test]
    fn the_palette_opens_from_anywhere() {
        let with = With {
            control: true,
            typing: true,
            ..With::default()
        };
        assert!(matches!(press("k", with), Some(Press::Find)));
        assert!(
            press("j", with).is_none(),
            "the browser's own keys stay its own"
        );
    }

    #[test]
    fn a_dialog_has_the_keys_to_itself() {
        let dialog = With {
            dialog: true,
            ..With::default()
        };
        assert!(press("j", dialog).is_none() && press("Escape", dialog).is_none());
    }

    #[test]
    fn two_keys_go_to_a_page() {
        let going = With {
            going: true,
            ..With::default()
        };
        assert!(matches!(press("l", going), Some(Press::To(p)) if p.href == "/checklists"));
        assert!(press("q", going).is_none());
    }

    #[test]
    fn enter_opens_a_row_and_presses_a_button() {
        let on_row = With {
            on_row: true,
            ..With::default()
        };
        assert!(matches!(press("Enter", on_row), Some(Press::Open)));
        assert!(press("Enter", With::default()).is_none());
    }

    #[test]
    fn every_place_has_a_key_of_its_own() {
        let mut keys: Vec<_> = PLACES.iter().map(|p| p.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), PLACES.len());
    }
}
