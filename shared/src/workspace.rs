//! The workspace: what holds for all of its launches, folded from a journal of its own.
//!
//! It is decided and folded as launches are: [`decide`] turns a command into events or refuses it,
//! [`Workspace::apply`] folds one line. A launch never looks here. It adopts what is demanded into its
//! own journal, so that it can be judged by that alone, and adopting only ever adds: but that release
//! windows take the place of others.

mod effect;
mod policy;
mod record;
#[cfg(feature = "plan")]
mod templates;

use serde::{Deserialize, Serialize};

pub use effect::Effect;
pub use policy::{Change, Policy};
pub use record::{Recorded, VERSION};
#[cfg(feature = "plan")]
pub use templates::{Draft, Version};

use crate::{
    command::{Actor, Refusal},
    id::TemplateId,
    model::Stamp,
    rights,
    time::Instant,
};

/// Everything known of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Number of the last event folded; 0 before the first.
    pub revision: u64,
    /// When the last event happened.
    pub touched: Option<Instant>,
    /// What every launch must fulfil beyond what the product demands.
    pub policy: Policy,
    /// Number of the event that last changed the policy, and who did so when.
    pub policy_set: Option<(u64, Stamp)>,
    /// What was published, each template with its versions.
    #[cfg(feature = "plan")]
    templates: std::collections::BTreeMap<TemplateId, Vec<Version>>,
}

/// Something that happened to the workspace. A published event never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// From now on this is the policy, in place of the one before.
    PolicySet(Policy),
    /// A template was published: the next of its versions, which never changes.
    TemplatePublished {
        /// Which.
        template: TemplateId,
        /// The file.
        body: String,
    },
}

/// Something that somebody wants to hold in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put this in place of the policy.
    SetPolicy(Policy),
    /// Publish a template, or its next version.
    #[cfg(feature = "plan")]
    PublishTemplate(Draft),
}

/// Decides a command: the events that follow from it, none where it is so already.
///
/// # Errors
/// [`Refusal`] when nobody acts, or somebody who does not look after the workspace.
///
/// ```
/// use startklar::{Actor, Discipline, PersonId, rights::Standing};
/// use startklar::workspace::{Command, Policy, Workspace, decide};
/// let member = Actor::signed_in(PersonId::from_number(1), Standing::Member);
/// let legal = Command::SetPolicy(Policy::new([Discipline::Legal], []));
/// let refused = decide(&Workspace::default(), &legal, &member).unwrap_err();
/// assert_eq!(refused.code(), "no_right");
/// ```
pub fn decide(
    workspace: &Workspace,
    command: &Command,
    actor: &Actor,
) -> Result<Vec<Event>, Refusal> {
    actor.id().ok_or(Refusal::NobodyActs)?;
    rights::governs(actor)?;
    match command {
        Command::SetPolicy(policy) if *policy == workspace.policy => Ok(Vec::new()),
        Command::SetPolicy(policy) => Ok(vec![Event::PolicySet(policy.clone())]),
        #[cfg(feature = "plan")]
        Command::PublishTemplate(draft) => workspace.publish(draft),
    }
}

impl Workspace {
    /// Folds one line of the journal.
    pub fn apply(&mut self, record: &Recorded) {
        match &record.event {
            Event::PolicySet(policy) => {
                let stamp = Stamp {
                    at: record.at,
                    by: record.by,
                };
                self.policy = policy.clone();
                self.policy_set = Some((record.seq, stamp));
            }
            #[cfg(feature = "plan")]
            Event::TemplatePublished { template, body } => {
                let stamp = Stamp {
                    at: record.at,
                    by: record.by,
                };
                self.take_in(template, body, stamp);
            }
            #[cfg(not(feature = "plan"))]
            Event::TemplatePublished { .. } => {}
        }
        self.revision = record.seq;
        self.touched = Some(record.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Discipline, PersonId, rights::Standing};

    fn sets(standing: Standing, policy: Policy) -> Result<Vec<Event>, &'static str> {
        let actor = Actor::signed_in(PersonId::from_number(1), standing);
        let decided = decide(&Workspace::default(), &Command::SetPolicy(policy), &actor);
        decided.map_err(|refusal| refusal.code())
    }

    #[test]
    fn only_administrators_set_the_policy_where_people_sign_in() {
        let legal = || Policy::new([Discipline::Legal], []);
        for standing in [Standing::Member, Standing::Viewer] {
            assert_eq!(sets(standing, legal()), Err("no_right"));
        }
        for standing in [Standing::Administrator, Standing::Trusted] {
            assert_eq!(sets(standing, legal()), Ok(vec![Event::PolicySet(legal())]));
        }
        let nobody = decide(
            &Workspace::default(),
            &Command::SetPolicy(legal()),
            &Actor::nobody(),
        );
        assert_eq!(nobody.map_err(|refusal| refusal.code()), Err("nobody_acts"));
    }

    #[test]
    fn what_is_so_already_is_no_event() {
        let same = Policy::new(Discipline::REQUIRED, []);
        assert_eq!(sets(Standing::Administrator, same), Ok(Vec::new()));
    }
}
