//! Due dates: a sensible day between an item's last safe start and the launch.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::TemplateItem;
use crate::{
    id::ItemId,
    time::{days_between, plus},
};

/// The items, each with the day by which it is due. What is needed stands before what needs it, so
/// that one pass finds for every item a day no earlier than those of its needs.
pub(super) fn dated<'a>(
    items: impl Iterator<Item = &'a TemplateItem>,
    start: NaiveDate,
    launch: NaiveDate,
) -> impl Iterator<Item = (&'a TemplateItem, NaiveDate)> {
    let mut known: BTreeMap<&ItemId, NaiveDate> = BTreeMap::new();
    items.map(move |item| {
        let own = due(item.lead_days, start, launch);
        let needs = item.needs.iter().filter_map(|n| known.get(n).copied());
        let day = needs.fold(own, NaiveDate::max);
        known.insert(&item.id, day);
        (item, day)
    })
}

/// Two thirds of the way from the beginning to the launch, on a working day where there is one.
///
/// A lead time longer than the plan begins with week 1: an earlier day would have been missed
/// before anybody could see it.
fn due(lead_days: u16, start: NaiveDate, launch: NaiveDate) -> NaiveDate {
    let begin = plus(launch, -i64::from(lead_days)).max(start).min(launch);
    let span = days_between(begin, launch);
    let day = plus(launch, -(span / 3).max(span.min(1)));
    let friday = match day.weekday() {
        Weekday::Sat => plus(day, -1),
        Weekday::Sun => plus(day, -2),
        _ => day,
    };
    if friday < begin { day } else { friday }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;
    use crate::{
        Locale,
        template::{Template, Tier},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_due_date_lies_between_last_safe_start_and_launch() {
        let (start, launch) = (day("2026-03-02"), day("2026-05-12"));
        for lead in 0..=120 {
            let begin = plus(launch, -i64::from(lead)).max(start);
            let due = due(lead, start, launch);
            assert!(begin <= due && due <= launch, "{lead}: {due}");
        }
    }

    #[test]
    fn a_lead_time_longer_than_the_plan_begins_with_week_1() {
        let (start, launch) = (day("2026-03-02"), day("2026-05-12"));
        assert_eq!(due(120, start, launch), due(71, start, launch));
    }

    #[test]
    fn a_weekend_becomes_the_friday_before() {
        // 28 days before Mon 25 May is Mon 27 April; two thirds on is Sat 16 May.
        assert_eq!(
            due(28, day("2026-03-02"), day("2026-05-25")),
            day("2026-05-15")
        );
    }

    #[test]
    fn a_start_after_the_launch_is_no_reason_to_break() {
        let launch = day("2026-05-12");
        assert_eq!(due(28, day("2026-06-01"), launch), launch);
    }

    #[test]
    fn nothing_is_due_before_what_it_needs() {
        let template = Template::mvp(Locale::En).unwrap();
        let dated: Vec<_> = dated(
            template.items(Tier::Large),
            day("2026-03-02"),
            day("2026-05-12"),
        )
        .collect();
        let due = |id: &ItemId| dated.iter().find(|(i, _)| i.id == *id).unwrap().1;
        for (item, day) in &dated {
            assert!(item.needs.iter().all(|n| due(n) <= *day), "{}", item.id);
        }
    }
}
