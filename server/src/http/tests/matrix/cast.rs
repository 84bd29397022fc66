//! Who tries: somebody of each role, by each way to show who they are; the guest of a status page; and
//! whoever shows nothing.

use startklar::{
    Discipline,
    rights::{Act, Reach, Role, Standing, reach},
};

use Discipline::{Engineering, Sales};

/// Somebody with an account.
pub(super) struct Person {
    /// Their role in words, which is their handle and their login as well.
    pub(super) name: &'static str,
    pub(super) standing: Standing,
    /// What they are in the launch that is tried.
    parts: &'static [(Role, Option<Discipline>)],
}

const fn person(
    name: &'static str,
    standing: Standing,
    parts: &'static [(Role, Option<Discipline>)],
) -> Person {
    Person {
        name,
        standing,
        parts,
    }
}

/// A member has the part of one whatever else they are.
const MEMBER: (Role, Option<Discipline>) = (Role::Member, None);

/// Somebody of each role. Whoever owns elsewhere is everything in another launch and nothing in this.
pub(super) static PEOPLE: [Person; 11] = [
    person(
        "administrator",
        Standing::Administrator,
        &[(Role::Administrator, None), MEMBER],
    ),
    person("member", Standing::Member, &[MEMBER]),
    person(
        "product-owner",
        Standing::Member,
        &[(Role::ProductOwner, None), MEMBER],
    ),
    person(
        "lead",
        Standing::Member,
        &[(Role::Lead, Some(Sales)), MEMBER],
    ),
    person(
        "contributor",
        Standing::Member,
        &[(Role::Contributor, Some(Sales)), MEMBER],
    ),
    person(
        "engineer",
        Standing::Member,
        &[(Role::Contributor, Some(Engineering)), MEMBER],
    ),
    person("named", Standing::Member, &[(Role::Named, None), MEMBER]),
    person(
        "approver",
        Standing::Member,
        &[(Role::Approver, None), MEMBER],
    ),
    person(
        "decider",
        Standing::Member,
        &[(Role::Decider, None), MEMBER],
    ),
    person("owner-elsewhere", Standing::Member, &[MEMBER]),
    person("viewer", Standing::Viewer, &[]),
];

impl Person {
    /// Whether the library's table gives them a right to what is of these disciplines, or is done by
    /// whoever is named.
    pub(super) fn has(&self, act: Act, of: &[Discipline], named: bool) -> bool {
        self.parts
            .iter()
            .any(|(role, discipline)| match reach(*role, act) {
                Reach::All => true,
                Reach::Own => {
                    discipline.map_or(named && *role == Role::Named, |own| of.contains(&own))
                }
                Reach::No => false,
            })
    }

    /// Their line in a plan file.
    pub(super) fn planned(&self) -> String {
        let mut line = format!("[people.{0}]\nname = \"{0}\"\n", self.name);
        for (role, discipline) in self.parts {
            let code = discipline.map_or("", Discipline::code);
            let part = match role {
                Role::ProductOwner => "product_owner = true\n".to_owned(),
                Role::Lead => format!("leads = [\"{code}\"]\n"),
                Role::Contributor => format!("works_for = [\"{code}\"]\n"),
                Role::Approver => "approves = true\n".to_owned(),
                Role::Decider => "decides = true\n".to_owned(),
                _ => String::new(),
            };
            line += &part;
        }
        line
    }
}

/// What a request shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Nothing,
    Session,
    /// An API token that reads.
    Reads,
    /// An API token that changes something as well.
    Writes,
    /// The link to a status page, as if it were a session.
    LinkAsSession,
    /// The same as if it were a token.
    LinkAsToken,
}

/// A column of the matrix.
pub(super) struct Column {
    pub(super) person: Option<&'static Person>,
    pub(super) shows: Shows,
}

impl std::fmt::Display for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.person.map_or("nobody", |person| person.name);
        write!(f, "{name} ({:?})", self.shows)
    }
}

/// Every column.
pub(super) fn columns() -> Vec<Column> {
    let with = |person| move |shows| Column { person, shows };
    let people = PEOPLE
        .iter()
        .flat_map(|person| [Shows::Session, Shows::Reads, Shows::Writes].map(with(Some(person))));
    let others = [Shows::Nothing, Shows::LinkAsSession, Shows::LinkAsToken].map(with(None));
    people.chain(others).collect()
}
