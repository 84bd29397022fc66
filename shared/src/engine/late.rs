//! What is late: one answer for every page that says so.

use super::{Assessment, ItemState};
use crate::model::{ItemIx, Launch};

impl Assessment {
    /// Whether nobody has begun an open item, though its last safe start is over.
    pub fn should_have_begun(&self, launch: &Launch, ix: ItemIx) -> bool {
        self.item(ix) == ItemState::NotBegun
            && self
                .last_safe_start(launch, ix)
                .is_some_and(|start| start < self.today)
    }

    /// Whether an item is open, though its due date is over.
    pub fn is_overdue(&self, launch: &Launch, ix: ItemIx) -> bool {
        let due = launch.items.at(ix).and_then(|item| item.due);
        !self.item(ix).is_closed() && due.is_some_and(|due| due < self.today)
    }

    /// Whether an item is late, whether the launch waits for it or not: it should have begun, or it
    /// is overdue.
    pub fn is_late(&self, launch: &Launch, ix: ItemIx) -> bool {
        self.should_have_begun(launch, ix) || self.is_overdue(launch, ix)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::rules::testing::*;

    /// An item that must begin by 12 April and is due on 1 May.
    fn prices() -> Told {
        let terms = json!({"lead_days": 30, "due": "2026-05-01", "evidence": "the list"});
        launch().item("prices", "sales", &terms)
    }

    /// Whether it should have begun, is overdue, is late.
    fn stands(told: &Told) -> [bool; 3] {
        let (assessment, launch, ix) = (told.assess(), &told.launch, 0.into());
        [
            assessment.should_have_begun(launch, ix),
            assessment.is_overdue(launch, ix),
            assessment.is_late(launch, ix),
        ]
    }

    #[test]
    fn what_nobody_began_should_have_begun_and_then_is_overdue_as_well() {
        let days = [
            ("04-12", [false, false, false]),
            ("04-13", [true, false, true]),
            ("05-01", [true, false, true]),
            ("05-02", [true, true, true]),
        ];
        for (day, expected) in days {
            assert_eq!(stands(&prices().on(day)), expected, "{day}");
        }
    }

    #[test]
    fn what_was_begun_is_late_once_it_is_overdue() {
        for begun in ["04-12", "04-13"] {
            let told = prices().on(begun).to("begin_item", "prices").on("05-01");
            assert_eq!(stands(&told), [false, false, false], "{begun}");
            assert_eq!(stands(&told.on("05-02")), [false, true, true], "{begun}");
        }
    }

    #[test]
    fn what_is_closed_is_never_late() {
        let tick = json!({"tick_item": {"item": "prices", "evidence": "v3"}});
        let told = prices().on("04-20").does(tick).on("05-20");
        assert_eq!(stands(&told), [false, false, false]);
    }
}
