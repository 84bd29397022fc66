//! The texts of the forecast.

use super::Str;

texts! {
    /// What is to be expected, in sentences and in single words.
    ForecastTexts {
        /// How many of the futures, in a sentence.
        in_hardly_any: Str,
        in_some: Str,
        in_nearly_all: Str,
        /// The same for one lane of them.
        hardly_any: Str,
        some: Str,
        nearly_all: Str,
        ready: Str,
        lanes: Str,
        last: Str,
        last_stories: Str,
        last_missing: Str,
        dates: Str,
        /// Beside the course.
        fact: Str,
        all_ready: Str,
        young: Str,
        pace_finished: Str,
        pace_outgrown: Str,
        pace_stalled: Str,
        pace_ran_ahead: Str,
        pace_builds_up: Str,
        pace_steady: Str,
    }
}
