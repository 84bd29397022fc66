//! Where something owed stands in its reader's week, and where it leads: the same on the page and in
//! a mail.

use crate::boot::{Owed, OwedKind};

/// Days that count as this week.
const SOON: i64 = 7;

/// A part of a week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// It should have been done.
    Late,
    /// Only a word of the reader is missing.
    Waiting,
    /// It must begin, or is due, within seven days.
    ThisWeek,
    /// It has time.
    Later,
}

impl Owed {
    /// Where it stands: late first, then what only a word of the reader is missing for.
    pub fn group(&self) -> Group {
        match self.what {
            _ if self.late => Group::Late,
            OwedKind::Verify(_)
            | OwedKind::Confirm(_)
            | OwedKind::Grant { .. }
            | OwedKind::Answer(_) => Group::Waiting,
            _ if self.days <= SOON => Group::ThisWeek,
            _ => Group::Later,
        }
    }

    /// The address of its page.
    pub fn href(&self) -> String {
        format!("/l/{}{}", self.launch, rest(&self.what))
    }
}

fn rest(what: &OwedKind) -> String {
    match what {
        OwedKind::Item { id, .. } | OwedKind::Verify(id) | OwedKind::Confirm(id) => {
            format!("/items/{id}")
        }
        OwedKind::Grant { item, .. } => format!("/items/{item}"),
        OwedKind::Answer(id) => format!("/requests#{id}"),
        OwedKind::Story(id) => format!("/stories/{id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(what: OwedKind, days: i64, late: bool) -> Owed {
        Owed {
            launch: "x".parse().unwrap(),
            launch_title: "X".to_owned(),
            what,
            title: "T".to_owned(),
            why: String::new(),
            today: chrono::NaiveDate::default(),
            start: None,
            due: None,
            days,
            late,
        }
    }

    #[test]
    fn what_is_late_comes_first_whatever_it_is() {
        let verify = || OwedKind::Verify("a".parse().unwrap());
        let item = || OwedKind::Item {
            id: "a".parse().unwrap(),
            begun: false,
            evidence: false,
        };
        assert_eq!(owed(verify(), -1, true).group(), Group::Late);
        assert_eq!(owed(verify(), 30, false).group(), Group::Waiting);
        assert_eq!(owed(item(), 7, false).group(), Group::ThisWeek);
        assert_eq!(owed(item(), 8, false).group(), Group::Later);
    }
}
