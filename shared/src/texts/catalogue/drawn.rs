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
        recovered: Str,
        faster: Str,
        unsellable: Plural,
        ready: Str,
        launched: Str,
        done: Str,
        still_off: Str,
        nothing: Str,
    }
}
