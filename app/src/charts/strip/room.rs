//! How much room a strip has, from the widest page to the smallest phone.

/// The narrowest strip in px on the widest pages, on a wide page, on a page that is no phone, on a phone. The style
/// sheet draws the same lines.
pub(super) const WIDEST: f64 = 1000.0;
pub(super) const WIDE: f64 = 848.0;
pub(super) const MEDIUM: f64 = 244.0;
pub(super) const PHONE: f64 = 146.0;

/// The class of strips that are wide enough for something in this share of them.
pub(super) fn roomy(share: f64, width: f64) -> Option<&'static str> {
    if share * MEDIUM >= width {
        Some("roomy")
    } else if share * WIDE >= width {
        Some("wide")
    } else {
        None
    }
}
