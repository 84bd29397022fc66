//! The texts of each language as a file of its own: a browser loads the one that it shows.

use startklar::Locale;

use crate::pack::Pack;

/// Writes and packs them.
pub(crate) fn build(pack: &mut Pack) {
    for locale in Locale::ALL {
        let name = format!("{}.txt", locale.tag());
        let lines = locale.catalogue().lines();
        let packed = pack.add(&name, "text/plain; charset=utf-8", lines.into_bytes());
        pack.page_texts(locale.tag(), &packed);
    }
}
