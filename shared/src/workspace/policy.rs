//! The policy of the workspace: which disciplines every launch must hear, whose items a second person
//! verifies, and when launches may happen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    journal::Event,
    model::{BadWindows, Discipline, Freeze, Launch, Window, Windows},
};

/// What every launch must fulfil. Marketing and sales are required whatever it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Lists")]
pub struct Policy {
    /// Required beyond marketing and sales.
    required: BTreeSet<Discipline>,
    verified: BTreeSet<Discipline>,
    /// When launches may happen.
    #[serde(flatten)]
    windows: Windows,
}

/// A policy as somebody wrote it.
#[derive(Deserialize)]
struct Lists {
    #[serde(default)]
    required: Vec<Discipline>,
    #[serde(default)]
    verified: Vec<Discipline>,
    #[serde(default)]
    windows: Vec<Window>,
    #[serde(default)]
    freezes: Vec<Freeze>,
}

impl TryFrom<Lists> for Policy {
    type Error = BadWindows;
    fn try_from(lists: Lists) -> Result<Self, BadWindows> {
        let windows = Windows::new(lists.windows, lists.freezes)?;
        Ok(Self::new(lists.required, lists.verified).within(windows))
    }
}

/// One difference between two policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A discipline became required.
    Required(Discipline),
    /// It no longer is for launches to come.
    NotRequired(Discipline),
    /// A second person verifies the items of a discipline.
    Verified(Discipline),
    /// No longer in launches to come.
    NotVerified(Discipline),
    /// The release windows are others.
    Windows,
    /// The freezes are others.
    Freezes,
}

impl Policy {
    /// A policy that requires these disciplines besides marketing and sales, and wants a second person
    /// for each blocking item of those.
    pub fn new(
        required: impl IntoIterator<Item = Discipline>,
        verified: impl IntoIterator<Item = Discipline>,
    ) -> Self {
        let always = |d: &Discipline| Discipline::REQUIRED.contains(d);
        Self {
            required: required.into_iter().filter(|d| !always(d)).collect(),
            verified: verified.into_iter().collect(),
            windows: Windows::default(),
        }
    }

    /// The same, with these windows and freezes.
    #[must_use]
    pub fn within(self, windows: Windows) -> Self {
        Self { windows, ..self }
    }

    /// When launches may happen.
    pub const fn windows(&self) -> &Windows {
        &self.windows
    }

    /// One that wants no more than a second person for these disciplines.
    pub(crate) fn verifying(verified: impl IntoIterator<Item = Discipline>) -> Self {
        Self::new([], verified)
    }

    /// Whether a discipline is required.
    pub fn requires(&self, discipline: Discipline) -> bool {
        Discipline::REQUIRED.contains(&discipline) || self.required.contains(&discipline)
    }

    /// Whether a second person verifies each blocking item of a discipline.
    pub fn verifies(&self, discipline: Discipline) -> bool {
        self.verified.contains(&discipline)
    }

    /// Whether it demands nothing that the product does not demand anyway.
    pub fn is_empty(&self) -> bool {
        self.required.is_empty() && self.verified.is_empty() && self.windows.is_empty()
    }

    /// What a launch adopts of it: all that it does not demand yet. Nothing is ever taken away, but
    /// that windows take the place of those that the launch had: together they would demand less.
    pub fn beyond(&self, launch: &Launch) -> Vec<Event> {
        let required = self.required.iter().copied();
        let required = required.filter(|d| !launch.policy.requires(*d));
        let required = required.map(|discipline| Event::DisciplineRequired { discipline });
        let verified = self.verified.iter().copied();
        let verified = verified.filter(|d| !launch.verified.contains(d));
        let verified = verified.map(|discipline| Event::VerificationRequired { discipline });
        required
            .chain(verified)
            .chain(self.beyond_windows(launch))
            .collect()
    }

    /// The windows and freezes that a launch then has; none where that changes nothing, or where it was
    /// launched.
    fn beyond_windows(&self, launch: &Launch) -> Option<Event> {
        let adopted = launch.windows.adopting(&self.windows);
        let changes = launch.launched.is_none() && adopted != launch.windows;
        changes.then_some(Event::WindowsSet(adopted))
    }

    /// What is different in a later policy, discipline by discipline.
    pub fn changes(&self, later: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        for discipline in Discipline::ALL {
            match (self.requires(discipline), later.requires(discipline)) {
                (false, true) => changes.push(Change::Required(discipline)),
                (true, false) => changes.push(Change::NotRequired(discipline)),
                _ => {}
            }
            match (self.verifies(discipline), later.verifies(discipline)) {
                (false, true) => changes.push(Change::Verified(discipline)),
                (true, false) => changes.push(Change::NotVerified(discipline)),
                _ => {}
            }
        }
        let (before, after) = (&self.windows, &later.windows);
        let windows = (before.windows() != after.windows()).then_some(Change::Windows);
        let freezes = (before.freezes() != after.freezes()).then_some(Change::Freezes);
        changes.extend(windows.into_iter().chain(freezes));
        changes
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::testing::{LENA, launch};

    #[test]
    fn marketing_and_sales_are_required_whatever_is_written() {
        let read: Policy = serde_json::from_str("{}").unwrap();
        assert!(Discipline::REQUIRED.into_iter().all(|d| read.requires(d)));
        let read: Policy = serde_json::from_str(r#"{"required": ["sales", "legal"]}"#).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        let expected = serde_json::json!({"required": ["legal"], "verified": []});
        assert_eq!(written, expected);
    }

    #[test]
    fn a_launch_adopts_what_it_lacks_and_once() {
        let policy = Policy::new([Discipline::Legal, Discipline::Sales], [Discipline::Sales]);
        let mut launch = launch().launch;
        let events = policy.beyond(&launch);
        let legal = Event::DisciplineRequired {
            discipline: Discipline::Legal,
        };
        let sales = Event::VerificationRequired {
            discipline: Discipline::Sales,
        };
        assert_eq!(events, [legal, sales]);
        let now = launch.touched.unwrap();
        for event in &events {
            launch.apply_at(event, now, LENA);
        }
        assert!(policy.beyond(&launch).is_empty());
        // What the policy no longer says, the launch keeps.
        assert!(Policy::default().beyond(&launch).is_empty());
    }

    fn fair(windows: &serde_json::Value) -> Policy {
        let freeze = json!({"title": "Fair", "first": "2026-05-10", "last": "2026-05-14"});
        serde_json::from_value(json!({"windows": windows, "freezes": [freeze]})).unwrap()
    }

    #[test]
    fn windows_are_adopted_once_and_not_after_the_launch() {
        let thursdays = json!([{"days": ["thu"], "from": "09:00", "to": "16:00"}]);
        let policy = fair(&thursdays);
        let mut launch = launch().launch;
        let now = launch.touched.unwrap();
        let events = policy.beyond(&launch);
        assert_eq!(events, [Event::WindowsSet(policy.windows().clone())]);
        launch.apply_at(&events[0], now, LENA);
        assert!(policy.beyond(&launch).is_empty());
        assert!(
            fair(&json!([])).beyond(&launch).is_empty(),
            "its windows stay"
        );
        launch.windows = Windows::default();
        launch.apply_at(&Event::Launched, now, LENA);
        assert!(policy.beyond(&launch).is_empty());
    }

    #[test]
    fn windows_stand_in_the_policy_only_where_there_are_some() {
        let none = serde_json::to_value(Policy::default()).unwrap();
        assert_eq!(none, json!({"required": [], "verified": []}));
        let policy = fair(&json!([]));
        let written = serde_json::to_value(&policy).unwrap();
        assert_eq!(written["freezes"][0]["title"], "Fair");
        assert_eq!(serde_json::from_value::<Policy>(written).unwrap(), policy);
        assert_eq!(Policy::default().changes(&policy), [Change::Freezes]);
    }

    #[test]
    fn two_policies_differ_by_discipline() {
        let before = Policy::new([Discipline::Legal], [Discipline::Sales]);
        let after = Policy::new(
            [Discipline::Finance],
            [Discipline::Sales, Discipline::Legal],
        );
        let expected = [
            Change::NotRequired(Discipline::Legal),
            Change::Verified(Discipline::Legal),
            Change::Required(Discipline::Finance),
        ];
        assert_eq!(before.changes(&after), expected);
        assert!(after.changes(&after).is_empty());
    }
}
