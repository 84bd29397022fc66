//! Numbers, names and days as the pages write them: relative and absolute together.

use chrono::NaiveDate;
pub(crate) use startklar::texts::{day_clock, number};
use startklar::{
    Locale,
    texts::{ago, count},
    time::{Instant, days_between},
};

/// The first of somebody's names.
pub(crate) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

/// How long ago something was: minutes, then hours of the same day, then days. Days are those of the
/// launch's calendar, in every list alike: `today` and `date` are the days of the two moments there.
pub(crate) fn since(
    locale: Locale,
    (today, date): (NaiveDate, NaiveDate),
    now: Instant,
    at: Instant,
) -> String {
    let c = &locale.catalogue().cockpit;
    let minutes = (now - at).num_minutes();
    let n = usize::try_from(minutes).unwrap_or_default();
    match minutes {
        ..1 => c.just_now.to_owned(),
        1..60 => count(&c.minutes_ago, n),
        60..720 => count(&c.hours_ago, n / 60),
        _ if date == today => count(&c.hours_ago, n / 60),
        _ => ago(locale, today, date),
    }
}

/// Days from one day to another as a count, none when it lies before.
pub(crate) fn days_after(from: NaiveDate, to: NaiveDate) -> usize {
    usize::try_from(days_between(from, to)).unwrap_or_default()
}

/// A template with a day in it. Some languages shorten months with a stop, and a stop at the end of
/// a sentence is not written twice.
pub(crate) fn with_day(template: &str, gap: &str, day: &str) -> String {
    let ends = template.contains(&format!("{{{gap}}}."));
    let day = if ends { day.trim_end_matches('.') } else { day };
    startklar::texts::fill(template, &[(gap, &day)])
}

/// A word with a capital at its front.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        std::iter::once(startklar::letters::capital(first))
            .chain(letters)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use startklar::Launch;

    use super::*;

    #[test]
    fn the_past_is_counted_in_what_fits_it() {
        let launch = Launch::default();
        let now = startklar::time::parse_instant("2026-04-16T12:20:00Z").unwrap_or_default();
        let ago = |minutes| {
            let at = now - chrono::TimeDelta::minutes(minutes);
            since(Locale::En, (launch.day(now), launch.day(at)), now, at)
        };
        assert_eq!(ago(0), "just now");
        assert_eq!(ago(-5), "just now");
        assert_eq!(ago(3), "3 minutes ago");
        assert_eq!(ago(90), "1 hour ago");
        assert_eq!(ago(13 * 60), "yesterday");
        assert_eq!(ago(3 * 24 * 60), "3 days ago");
    }

    #[test]
    fn a_sentence_ends_with_one_stop() {
        assert_eq!(
            with_day("Begonnen {day}.", "day", "Di 7. Apr."),
            "Begonnen Di 7. Apr."
        );
        assert_eq!(
            with_day("Am {day} begonnen.", "day", "Di 7. Apr."),
            "Am Di 7. Apr. begonnen."
        );
    }

    #[test]
    fn a_capital_is_one_letter() {
        assert_eq!(capital("vom Kurs ab"), "Vom Kurs ab");
        assert_eq!(capital("über"), "Über");
        assert_eq!(capital(""), "");
    }
}
