//! Roles: what somebody is in a launch, in the terms of those who use it.

use serde::Serialize;

use super::Standing;
use crate::{
    id::PersonId,
    model::{Discipline, Launch},
};

/// A role. One person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks after people and settings of the workspace.
    Administrator,
    /// Belongs to the workspace and does not only read.
    Member,
    /// Plans the launch and answers for its scope.
    ProductOwner,
    /// Speaks for a discipline.
    Lead,
    /// Works for a discipline.
    Contributor,
    /// Is named as the one who does a single item, story or request.
    Named,
    /// May grant waivers and “not applicable”.
    Approver,
    /// Decides go or no-go.
    Decider,
    /// Reads.
    Viewer,
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Administrator,
        Self::Member,
        Self::ProductOwner,
        Self::Lead,
        Self::Contributor,
        Self::Named,
        Self::Approver,
        Self::Decider,
        Self::Viewer,
    ];

    pub(crate) const fn pos(self) -> usize {
        self as usize
    }

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Member => "member",
            Self::ProductOwner => "product_owner",
            Self::Lead => "lead",
            Self::Contributor => "contributor",
            Self::Named => "named",
            Self::Approver => "approver",
            Self::Decider => "decider",
            Self::Viewer => "viewer",
        }
    }
}

/// A role as somebody has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which role.
    pub role: Role,
    /// The discipline that a lead or a contributor has it for.
    pub discipline: Option<Discipline>,
}

/// Everything that somebody is in a launch. Whoever signs in at all reads, and may be named.
pub fn parts(
    launch: &Launch,
    person: PersonId,
    standing: Standing,
) -> impl Iterator<Item = Part> + '_ {
    let member = launch.members.get(&person);
    let is = move |has: bool, role| has.then_some(plain(role));
    let flags = [
        is(standing == Standing::Administrator, Role::Administrator),
        is(standing.is_member(), Role::Member),
        is(member.is_some_and(|m| m.product_owner), Role::ProductOwner),
        is(member.is_some_and(|m| m.approves), Role::Approver),
        is(member.is_some_and(|m| m.decides), Role::Decider),
        Some(plain(Role::Named)),
        Some(plain(Role::Viewer)),
    ];
    let led = launch
        .leads
        .iter()
        .filter(move |(_, lead)| **lead == person);
    let led = led.map(|(discipline, _)| of(Role::Lead, *discipline));
    let works = member.into_iter().flat_map(|m| &m.works_for);
    let works = works.map(|discipline| of(Role::Contributor, *discipline));
    flags.into_iter().flatten().chain(led).chain(works)
}

const fn plain(role: Role) -> Part {
    Part {
        role,
        discipline: None,
    }
}

const fn of(role: Role, discipline: Discipline) -> Part {
    Part {
        role,
        discipline: Some(discipline),
    }
}
