//! The texts of pages that a server draws alone.

use super::{Plural, Str};

texts! {
    /// The story of a launch, week by week.
    WeeksTexts {
        title: Str,
        said: Str,
        says: Str,
        not_begun: Str,
        previous: Str,
        next: Str,
        weeks: Str,
        week_of: Str,
        first: Str,
        cockpit_then: Str,
        cockpit_now: Str,
        chart: Str,
        how: Str,
        key_both: Str,
        key_stories: Str,
        key_items: Str,
        key_technical: Str,
        key_others: Str,
        spoken: Str,
        spoken_chance: Str,
        week: Str,
        until: Str,
        course: Str,
        both: Str,
        stories: Str,
        items: Str,
        technical: Str,
        others: Str,
        percent: Str,
        unknown: Str,
        /// What turned.
        too_early: Str,
        items_off: Str,
        stories_off: Str,
        both_off: Str,
        off: Str,
        recovered: Str,
        at_risk: Str,
        fell: Str,
        rose: Str,
        unsellable: Plural,
        ready: Str,
        launched: Str,
        done: Str,
        still_off: Str,
        nothing: Str,
    }
}

texts! {
    /// How good forecasts were.
    TrustTexts {
        title: Str,
        /// In the order of the kinds of series.
        kinds: [Str; 5],
        /// Forecast, average velocity, resampling.
        methods: [Str; 3],
        /// The next periods, the rest, the finish.
        measures: [Str; 3],
        error: Str,
        percent: Str,
        periods: Str,
        point: Str,
        none: Str,
        none_more: Str,
        few: Plural,
        few_more: Plural,
        enough: Plural,
        enough_more: Str,
        how: Str,
        read: Str,
        panel: Str,
        panel_held: Str,
        nominal: Str,
        held: Str,
        median_error: Str,
        cases: Plural,
        all: Str,
        launches: Str,
        launch: Str,
        weeks: Str,
        what: Str,
        of: Str,
        error_of: Str,
        held_of: Str,
        left_out: Str,
        left_out_why: Str,
    }
}
