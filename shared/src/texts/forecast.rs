//! A forecast in words: the same on page, API and command line.

use super::{Locale, count, day_seen, fill, findings::kept_title};
use crate::{
    engine::Subject,
    forecast::{LaunchForecast, Pace, Share},
    model::Launch,
};

/// The forecast of a launch in a few sentences.
pub fn forecast_text(launch: &Launch, forecast: &LaunchForecast, locale: Locale) -> String {
    forecast_sentences(launch, forecast, locale).join(" ")
}

/// The same, sentence by sentence: the chance, the lanes, what is last, the dates, the pace.
pub fn forecast_sentences(
    launch: &Launch,
    forecast: &LaunchForecast,
    locale: Locale,
) -> Vec<String> {
    let t = &locale.catalogue().forecast;
    let storyless = (forecast.storyless > 0).then(|| count(&t.storyless, forecast.storyless));
    let Some((last, share)) = forecast.last.first() else {
        return vec![storyless.unwrap_or_else(|| t.all_ready.to_owned())];
    };
    let chance = chance(locale, forecast.ready);
    let lanes = [
        ("technical", &futures_of(locale, forecast.technical.ready)),
        ("items", &futures_of(locale, forecast.items.ready)),
    ];
    let seen = |date| day_seen(locale, forecast.day, date);
    let [half, eight, nine] = forecast.dates.map(seen);
    let mut sentences = vec![
        fill(
            t.ready,
            &[("day", &seen(forecast.moment)), ("chance", &chance)],
        ),
        fill(t.lanes, &lanes.map(|(name, text)| (name, text as _))),
        fill(
            t.last,
            &[
                ("title", &last_title(launch, *last, locale)),
                ("share", &share.percent()),
            ],
        ),
        fill(
            t.dates,
            &[("half", &half), ("eight", &eight), ("nine", &nine)],
        ),
    ];
    if forecast.young {
        sentences.push(t.young.to_owned());
    }
    // Where an epic waits for its stories, that all of them are done says nothing good.
    let pace = pace_text(locale, forecast.pace)
        .filter(|_| storyless.is_none() || forecast.pace != Pace::Finished);
    sentences.extend(pace.map(str::to_owned));
    sentences.extend(storyless);
    sentences
}

/// In how many futures it is ready in time, beside the course.
pub fn in_time(locale: Locale, share: Share) -> String {
    fill(
        locale.catalogue().forecast.fact,
        &[("chance", &chance(locale, share))],
    )
}

/// In how many futures, as part of a sentence.
pub fn chance(locale: Locale, share: Share) -> String {
    let t = &locale.catalogue().forecast;
    in_words(share, t.in_hardly_any, t.in_some, t.in_nearly_all)
}

/// How many of the futures.
fn futures_of(locale: Locale, share: Share) -> String {
    let t = &locale.catalogue().forecast;
    in_words(share, t.hardly_any, t.some, t.nearly_all)
}

fn in_words(share: Share, none: &str, some: &str, all: &str) -> String {
    match share.of_ten() {
        Some(n) => fill(some, &[("n", &n)]),
        None if share.percent() < 50 => none.to_owned(),
        None => all.to_owned(),
    }
}

/// What was last: of an epic its stories, of a discipline what it lacks.
pub fn last_title(launch: &Launch, subject: Subject, locale: Locale) -> String {
    let catalogue = locale.catalogue();
    let t = &catalogue.forecast;
    match subject {
        Subject::Epic(_) => fill(
            t.last_stories,
            &[("title", &kept_title(launch, subject, locale))],
        ),
        Subject::Discipline(discipline) => fill(
            t.last_missing,
            &[("discipline", &catalogue.discipline(discipline))],
        ),
        _ => {
            let title = kept_title(launch, subject, locale);
            fill(catalogue.common.quoted, &[("text", &title)])
        }
    }
}

/// How the stories came on, where that can be said.
pub fn pace_text(locale: Locale, pace: Pace) -> Option<&'static str> {
    let t = &locale.catalogue().forecast;
    match pace {
        Pace::Young => None,
        Pace::Finished => Some(t.pace_finished),
        Pace::Outgrown => Some(t.pace_outgrown),
        Pace::Stalled => Some(t.pace_stalled),
        Pace::RanAhead => Some(t.pace_ran_ahead),
        Pace::BuildsUp => Some(t.pace_builds_up),
        Pace::Steady => Some(t.pace_steady),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        engine::testing::launch as told,
        forecast::{Size, forecast_launch},
    };

    #[test]
    fn a_day_of_another_year_says_which() {
        let far = told()
            .epic("one")
            .story("a", "one")
            .item("s", "sales", &json!({"lead_days": 300}))
            .does(json!({"reschedule": {"moment": "2027-05-12T08:00:00Z"}}));
        let size = Size {
            futures: 100,
            seed: 1,
        };
        let forecast = forecast_launch(&far.launch, &far.assess(), size).unwrap();
        for (locale, moment) in [
            (Locale::En, "Ready by Wed 12 May 2027"),
            (Locale::De, "12. Mai 2027"),
        ] {
            let text = forecast_text(&far.launch, &forecast, locale);
            assert!(text.contains(moment), "{text}");
            let year = forecast.dates[2].format("%Y").to_string();
            assert!(text.matches(&year).count() > 1, "{text}");
        }
    }
}
