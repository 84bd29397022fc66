//! The scope cut: the candidates in their order, and a line between those that are built and those
//! that are not. What would be if it lay elsewhere is computed, not saved.

use super::unit_of;
use crate::model::{EpicIx, Launch, Unit};

/// The candidates, and where the cut lies among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    /// By rank, those in scope first: the order in which a line cuts them.
    pub order: Vec<EpicIx>,
    /// How many of them are in scope.
    pub inside: usize,
}

/// The cut of a launch as it is.
pub fn cut(launch: &Launch) -> Cut {
    let (mut order, mut outside) = (Vec::new(), Vec::new());
    for (ix, epic) in launch.ranked() {
        if epic.in_scope.is_some() {
            order.push(ix);
        } else {
            outside.push(ix);
        }
    }
    let inside = order.len();
    order.append(&mut outside);
    Cut { order, inside }
}

impl Cut {
    /// The scope above a line after so many candidates; all of them where there are fewer.
    pub fn above(&self, line: usize) -> &[EpicIx] {
        &self.order[..line.min(self.order.len())]
    }

    /// What comes in when the line moves there.
    pub fn comes_in(&self, line: usize) -> &[EpicIx] {
        let line = line.min(self.order.len());
        self.order.get(self.inside..line).unwrap_or_default()
    }

    /// What falls out when the line moves there.
    pub fn falls_out(&self, line: usize) -> &[EpicIx] {
        self.order.get(line..self.inside).unwrap_or_default()
    }

    /// What the scope above a line and the one of now are both counted in, so that they can be held
    /// against each other.
    pub fn unit(&self, launch: &Launch, line: usize) -> Unit {
        unit_of(launch, self.above(line.max(self.inside)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::testing::{add, give, launch},
        *,
    };

    /// The epics e, f, g and h by rank; e and g are in scope.
    fn ranked() -> Launch {
        let mut launch = launch();
        for id in ["f", "g", "h"] {
            let epic = json!({"add_epic": {"id": id, "title": id}});
            give(&mut launch, "2026-03-01", epic);
        }
        let scope = json!({"scope_epic": {"epic": "g"}});
        give(&mut launch, "2026-03-01", scope);
        launch
    }

    fn ids(launch: &Launch, epics: &[EpicIx]) -> Vec<String> {
        let id = |ix: &EpicIx| launch.epics.at(*ix).unwrap().id.to_string();
        epics.iter().map(id).collect()
    }

    #[test]
    fn what_is_in_stands_above_the_line_whatever_its_rank() {
        let launch = ranked();
        let cut = cut(&launch);
        assert_eq!(ids(&launch, &cut.order), ["e", "g", "f", "h"]);
        assert_eq!(ids(&launch, cut.above(cut.inside)), ["e", "g"]);
        assert_eq!(cut.above(9), cut.order);
    }

    #[test]
    fn a_line_that_moves_says_what_it_passes() {
        let launch = ranked();
        let cut = cut(&launch);
        assert_eq!(ids(&launch, cut.comes_in(3)), ["f"]);
        assert_eq!(ids(&launch, cut.comes_in(9)), ["f", "h"]);
        assert_eq!(ids(&launch, cut.falls_out(0)), ["e", "g"]);
        assert!(cut.falls_out(3).is_empty() && cut.comes_in(1).is_empty());
        assert!(cut.falls_out(2).is_empty() && cut.comes_in(2).is_empty());
    }

    #[test]
    fn both_scopes_are_counted_in_what_the_larger_one_can_be_counted_in() {
        let mut launch = ranked();
        add(&mut launch, "2026-03-02", "a", Some(3), 1);
        let vague = json!({"id": "b", "epic": "f", "title": "b"});
        give(&mut launch, "2026-03-02", json!({ "add_story": vague }));
        let cut = cut(&launch);
        assert_eq!(cut.unit(&launch, 0), Unit::Points);
        assert_eq!(cut.unit(&launch, 3), Unit::Stories);
    }
}
