//! Rights: the one table that says who may do what in a launch. Commands, pages and API read it here.
//!
//! It holds once people sign in. As long as names are only chosen, a right would prove nothing, and
//! everybody may do what the rules of the launch itself allow.

mod acts;
mod roles;

use serde::{Deserialize, Serialize};

pub use acts::Act;
pub use roles::{Part, Role, parts};

use crate::{
    command::{Actor, Command, Refusal},
    engine::Subject,
    id::PersonId,
    model::Launch,
};

/// What somebody is in the workspace, whatever they are in its launches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody signs in here: names are chosen and not proven.
    #[default]
    Trusted,
    /// Looks after people and settings.
    Administrator,
    /// May begin launches, and does in each what its people gave them to do.
    Member,
    /// Begins no launch.
    Viewer,
}

impl Standing {
    /// What an account may be, the mightiest first.
    pub const OF_ACCOUNTS: [Self; 3] = [Self::Administrator, Self::Member, Self::Viewer];

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Administrator => "administrator",
            Self::Member => "member",
            Self::Viewer => "viewer",
        }
    }

    /// The standing of that name, if an account may have it.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::OF_ACCOUNTS.into_iter().find(|s| s.code() == code)
    }

    /// Whether they belong to the workspace and do not only read in it.
    pub(super) const fn is_member(self) -> bool {
        !matches!(self, Self::Viewer)
    }
}

/// How far a role's right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Not at all.
    No,
    /// To what is of their own discipline, or their own by name.
    Own,
    /// To everything in the launch.
    All,
}

/// The table: how far a role's right to an act reaches.
///
/// That nobody verifies their own tick or grants what they asked for is no right of a role: the
/// decisions themselves say so, to everybody.
///
/// ```
/// use startklar::rights::{Act, Reach, Role, reach};
/// assert_eq!(reach(Role::Lead, Act::Tick), Reach::Own);
/// assert_eq!(reach(Role::ProductOwner, Act::Tick), Reach::No);
/// ```
pub const fn reach(role: Role, act: Act) -> Reach {
    use Reach::{All, No, Own};
    match role {
        Role::Administrator => match act {
            Act::Appoint | Act::Govern => All,
            _ => No,
        },
        Role::Member => match act {
            Act::Begin => All,
            _ => No,
        },
        Role::ProductOwner => match act {
            Act::SetUp
            | Act::Plan
            | Act::Build
            | Act::Accept
            | Act::List
            | Act::Verify
            | Act::AskExemption
            | Act::Request
            | Act::Reopen
            | Act::Notify
            | Act::Declare
            | Act::Launch
            | Act::Conduct => All,
            _ => No,
        },
        Role::Lead if matches!(act, Act::Vote) => Own,
        Role::Lead | Role::Contributor => match act {
            Act::Build
            | Act::List
            | Act::Tick
            | Act::AskExemption
            | Act::Request
            | Act::Answer
            | Act::Reopen
            | Act::Read => Own,
            Act::Verify | Act::Notify => All,
            _ => No,
        },
        Role::Named => match act {
            // Nobody is named for a request that is only about to be made: there they write on it.
            Act::Build | Act::Tick | Act::AskExemption | Act::Request | Act::Answer => Own,
            _ => No,
        },
        Role::Approver => match act {
            Act::Appoint | Act::List | Act::Verify | Act::AskExemption | Act::Grant => All,
            _ => No,
        },
        Role::Decider => match act {
            Act::Verify | Act::Declare | Act::Launch | Act::Conduct | Act::Decide => All,
            _ => No,
        },
        Role::Viewer => No,
    }
}

/// Whether somebody may give a command, by the table alone.
///
/// # Errors
/// [`Refusal::NoRight`] with whose it is.
pub fn check(launch: &Launch, command: &Command, actor: &Actor) -> Result<(), Refusal> {
    if actor.standing() == Standing::Trusted || may(launch, command, actor) {
        return Ok(());
    }
    let (act, subject) = acts::of(launch, command);
    Err(Refusal::NoRight {
        act,
        of: subject.disciplines,
    })
}

/// Whether somebody may begin a launch: a new one, or one from a plan file.
///
/// # Errors
/// [`Refusal::NoRight`] with whose it is.
pub fn begins(actor: &Actor) -> Result<(), Refusal> {
    if actor.standing().is_member() {
        return Ok(());
    }
    Err(refusal(Act::Begin))
}

/// Whether somebody may do something throughout a launch, where that is no command.
pub fn has(launch: &Launch, actor: &Actor, act: Act) -> bool {
    let all = |part: Part| reach(part.role, act) == Reach::All;
    actor.id().is_some_and(|person| {
        let standing = actor.standing();
        standing == Standing::Trusted || parts(launch, person, standing).any(all)
    })
}

/// Whether somebody's part in a launch lets them do such a thing at all, be it to what is of their own
/// discipline only. What they may do because they are named for a thing is for [`may`] to say. Whoever is
/// not known may turn out to be anybody.
pub fn could(launch: &Launch, actor: &Actor, act: Act) -> bool {
    let any = |part: Part| part.role != Role::Named && reach(part.role, act) != Reach::No;
    actor.id().is_none_or(|person| {
        let standing = actor.standing();
        standing == Standing::Trusted || parts(launch, person, standing).any(any)
    })
}

/// Whether somebody may change what holds in the workspace.
///
/// # Errors
/// [`Refusal::NoRight`] with whose it is.
#[cfg(feature = "drawn")]
pub fn governs(actor: &Actor) -> Result<(), Refusal> {
    match actor.standing() {
        Standing::Trusted | Standing::Administrator => Ok(()),
        Standing::Member | Standing::Viewer => Err(refusal(Act::Govern)),
    }
}

/// What somebody is told who has not.
pub const fn refusal(act: Act) -> Refusal {
    Refusal::NoRight {
        act,
        of: Vec::new(),
    }
}

/// Whether the table lets somebody give a command.
pub fn may(launch: &Launch, command: &Command, actor: &Actor) -> bool {
    let Some(person) = actor.id() else {
        return false;
    };
    if actor.standing() == Standing::Trusted {
        return true;
    }
    if is_spoken_to(launch, command, person) {
        return true;
    }
    let (act, subject) = acts::of(launch, command);
    let mut own = Vec::new();
    for part in parts(launch, person, actor.standing()) {
        match (reach(part.role, act), part.discipline) {
            (Reach::All, _) => return true,
            (Reach::Own, None) if subject.named == Some(person) => return true,
            (Reach::Own, Some(discipline)) => own.push(discipline),
            _ => {}
        }
    }
    let mut of = subject.disciplines.iter();
    if subject.every {
        of.len() > 0 && of.all(|discipline| own.contains(discipline))
    } else {
        of.any(|discipline| own.contains(discipline))
    }
}

/// Whether a command says something where somebody was mentioned: whoever is spoken to may answer there,
/// whatever their part.
fn is_spoken_to(launch: &Launch, command: &Command, person: PersonId) -> bool {
    let Command::DiscussRequest { request, .. } = command else {
        return false;
    };
    let here = launch.requests.find(request).map(Subject::Request);
    let mut all = launch.mentions.iter();
    all.any(|one| one.person == person && Some(one.subject) == here)
}

#[cfg(test)]
mod tests;
