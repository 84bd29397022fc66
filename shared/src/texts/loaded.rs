//! The one language of a build that carries none: a browser loads it before anything is shown.

use std::sync::OnceLock;

use super::{Catalogue, lines::Texts as _};

static LOADED: OnceLock<Catalogue> = OnceLock::new();

/// Takes the texts of the language that is shown from now on, as [`Catalogue::lines`] writes them;
/// the first ones count. Returns whether they can be used.
pub fn load(lines: String) -> bool {
    match Catalogue::read(lines.leak()) {
        Some(catalogue) => LOADED.set(catalogue).is_ok(),
        None => false,
    }
}

/// What was loaded; texts without words before that.
pub(super) fn catalogue() -> &'static Catalogue {
    LOADED.get_or_init(|| Catalogue::of(&mut || ""))
}
