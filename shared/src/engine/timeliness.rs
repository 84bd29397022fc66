//! How an item stands against time: one answer for every page that says “late”.

use super::{Assessment, ItemState};
use crate::{
    model::{ItemIx, Launch, Policy},
    time::days_between,
};

/// How an item stands against its last safe start and its due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// It is closed: time does not matter any more.
    Settled,
    /// Nobody has begun, and need not yet.
    Ahead,
    /// Nobody has begun, and the last safe start is a week away or less.
    Near,
    /// Nobody has begun, and the last safe start is over.
    ShouldHaveBegun,
    /// It was begun in time and is open.
    UnderWay,
    /// It was begun after its last safe start and is open.
    BegunLate,
    /// It is open, and its due date is over.
    Overdue,
}

impl Timeliness {
    /// Whether it is late: it is overdue, or nobody has begun what should have begun.
    pub const fn is_late(self) -> bool {
        matches!(self, Self::ShouldHaveBegun | Self::Overdue)
    }
}

impl Assessment {
    /// How an item stands against time, whether the launch waits for it or not.
    pub fn timeliness(&self, launch: &Launch, ix: ItemIx) -> Timeliness {
        let state = self.item(ix);
        let Some(item) = launch.items.at(ix).filter(|_| !state.is_closed()) else {
            return Timeliness::Settled;
        };
        if item.due.is_some_and(|due| due < self.today) {
            return Timeliness::Overdue;
        }
        let Some(start) = self.last_safe_start(launch, ix) else {
            return Timeliness::Ahead;
        };
        if state != ItemState::NotBegun {
            let begun = item.begun.map(|stamp| launch.day(stamp.at));
            return match begun {
                Some(day) if day > start => Timeliness::BegunLate,
                _ => Timeliness::UnderWay,
            };
        }
        match days_between(self.today, start) {
            ..0 => Timeliness::ShouldHaveBegun,
            0..=Policy::NEAR_DAYS => Timeliness::Near,
            _ => Timeliness::Ahead,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::rules::testing::*, Timeliness::*, *};

    /// An item that must begin by 12 April and is due on 1 May.
    fn prices() -> Told {
        let terms = json!({"lead_days": 30, "due": "2026-05-01", "evidence": "the list"});
        launch().item("prices", "sales", &terms)
    }

    fn stands(told: &Told) -> Timeliness {
        told.assess().timeliness(&told.launch, 0.into())
    }

    #[test]
    fn what_nobody_began_comes_near_should_have_begun_and_is_overdue() {
        let days = [
            ("04-04", Ahead),
            ("04-05", Near),
            ("04-12", Near),
            ("04-13", ShouldHaveBegun),
            ("05-01", ShouldHaveBegun),
            ("05-02", Overdue),
        ];
        for (day, expected) in days {
            assert_eq!(stands(&prices().on(day)), expected, "{day}");
        }
    }

    #[test]
    fn what_was_begun_in_time_is_under_way_until_it_is_overdue() {
        let told = prices().on("04-12").to("begin_item", "prices").on("04-20");
        assert_eq!(stands(&told), UnderWay);
        assert_eq!(stands(&told.on("05-02")), Overdue);
        let told = prices().on("04-13").to("begin_item", "prices");
        assert_eq!(stands(&told), BegunLate);
    }

    #[test]
    fn what_is_closed_is_never_late() {
        let tick = json!({"tick_item": {"item": "prices", "evidence": "v3"}});
        let told = prices().on("04-20").does(tick).on("05-20");
        assert_eq!(stands(&told), Settled);
    }

    #[test]
    fn late_is_what_should_have_begun_or_is_overdue() {
        let all = [
            Settled,
            Ahead,
            Near,
            ShouldHaveBegun,
            UnderWay,
            BegunLate,
            Overdue,
        ];
        let late: Vec<_> = all.into_iter().filter(|t| t.is_late()).collect();
        assert_eq!(late, [ShouldHaveBegun, Overdue]);
    }
}
