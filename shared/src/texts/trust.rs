//! How good forecasts were, in words: the same in a terminal, on a page and in a picture.

use super::{Locale, fill};
use crate::forecast::{Kind, Measure};

/// The name of a kind of series, as a title.
pub fn kind_text(locale: Locale, kind: Kind) -> &'static str {
    let t = &locale.catalogue().trust;
    let at = Kind::ALL.iter().position(|other| *other == kind);
    t.kinds[at.unwrap_or_default()]
}

/// The name of what was forecast.
pub fn measure_text(locale: Locale, measure: Measure) -> &'static str {
    let [next4, rest, finish] = locale.catalogue().trust.measures;
    match measure {
        Measure::Next4 => next4,
        Measure::Rest => rest,
        Measure::Finish => finish,
    }
}

/// A share as a whole number of per cent.
pub fn share_text(locale: Locale, share: f64) -> String {
    let t = &locale.catalogue().trust;
    fill(t.percent, &[("n", &format!("{:.0}", 100.0 * share))])
}

/// An error of the median forecast: of work in per cent, of the finish in periods.
pub fn error_text(locale: Locale, measure: Measure, error: f64) -> String {
    if measure != Measure::Finish {
        return share_text(locale, error);
    }
    let t = &locale.catalogue().trust;
    let periods = format!("{error:.1}").replace('.', t.point);
    fill(t.periods, &[("n", &periods)])
}
