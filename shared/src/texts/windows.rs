//! Windows and freezes in words.

use super::{Locale, day_year, fill};
use crate::model::{Freeze, Weekdays, Window};

/// Days of the week: “Tue–Thu, Sat”.
///
/// ```
/// use startklar::{Locale, model::Weekdays, texts::weekdays_text};
/// let days = Weekdays::of(["sat", "tue", "wed", "thu"])?;
/// assert_eq!(weekdays_text(Locale::En, days), "Tue–Thu, Sat");
/// assert_eq!(weekdays_text(Locale::De, Weekdays::of(["mon", "tue"])?), "Mo, Di");
/// # Ok::<(), startklar::model::BadWindows>(())
/// ```
pub fn weekdays_text(locale: Locale, days: Weekdays) -> String {
    let names = locale.catalogue().dates.weekdays;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in days.places() {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => runs.push((place, place)),
        }
    }
    let name = |place: usize| names.get(place).copied().unwrap_or_default();
    let runs = runs.into_iter().map(|(first, last)| match last - first {
        0 => name(first).to_owned(),
        1 => format!("{}, {}", name(first), name(last)),
        _ => format!("{}–{}", name(first), name(last)),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// A window: “Tue–Thu 09:00–16:00”.
pub fn window_text(locale: Locale, window: &Window) -> String {
    let t = &locale.catalogue().windows;
    let template = if window.ends_next_day() {
        t.next_day
    } else {
        t.window
    };
    fill(
        template,
        &[
            ("days", &weekdays_text(locale, window.days)),
            ("from", &window.from),
            ("to", &window.to),
        ],
    )
}

/// A freeze: “Year end: Fri 18 Dec 2026 – Wed 6 Jan 2027”.
pub fn freeze_text(locale: Locale, freeze: &Freeze) -> String {
    fill(
        locale.catalogue().windows.freeze,
        &[
            ("title", freeze.title()),
            ("first", &day_year(locale, freeze.first())),
            ("last", &day_year(locale, freeze.last())),
        ],
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn a_window_over_midnight_says_so() {
        let window = |to: &str| Window {
            days: Weekdays::of(["sat"]).unwrap(),
            from: "22:00".parse().unwrap(),
            to: to.parse().unwrap(),
        };
        let said = |to: &str, locale| window_text(locale, &window(to));
        assert_eq!(said("23:00", Locale::En), "Sat 22:00–23:00");
        assert_eq!(
            said("02:00", Locale::En),
            "Sat 22:00 until 02:00 on the day after"
        );
        assert_eq!(said("02:00", Locale::De), "Sa 22:00 bis 02:00 am Folgetag");
    }
}
