//! Plan files: a launch as TOML that people write and review.
//!
//! A file says what happened, never what state something is in. Reading it replays what it says
//! through the same rules as everything else ([`decide`](crate::decide)), in order of time, so a
//! file cannot claim what the rules refuse: each refusal is an error at the line concerned. The
//! format is described in `PLAN.md` beside this crate, and for editors in `plan.schema.json`.
//!
//! ```
//! use startklar::{Locale, Policy, assess, plan::Plan, time::parse_instant};
//! let text = r#"
//! format = 1
//! [launch]
//! id = "metakube"
//! title = "MetaKube"
//! start = 2026-03-02
//! weeks = 10
//! moment = 2026-05-12T10:00:00+02:00
//! zone = "Europe/Berlin"
//! [people.lena]
//! name = "Lena Novak"
//! [[items]]
//! id = "offer"
//! title = "Offer template approved"
//! discipline = "sales"
//! blocking = true
//! lead_weeks = 6
//! "#;
//! let plan = Plan::read(text).map_err(|errors| errors[0].to_string())?;
//! let launch = plan.launch(None).map_err(|errors| errors[0].to_string())?;
//! let now = parse_instant("2026-03-09T09:00:00Z")?;
//! assert_eq!(assess(&launch, &Policy::default(), now).verdict.code(), "no_go");
//!
//! let errors = Plan::read(&text.replace("lead_weeks = 6", "lead_weaks = 6")).unwrap_err();
//! assert_eq!((errors[0].line, errors[0].code()), (17, "unknown_field"));
//! assert!(errors[0].text(Locale::En).contains("“lead_weeks”"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod build;
mod document;
mod error;
mod fields;
mod moved;
mod near;
mod place;
mod raw;
mod replay;
mod row;
mod schema;
mod shown;
mod steps;
mod tables;
mod taint;
mod template;
mod text;
mod values;
mod windows;
mod write;

pub use error::{PlanError, Problem};
pub use fields::{Field, Fields, Kind, Thing};
pub use schema::schema;
pub use tables::PLAN;
pub use write::write;

use uuid::Uuid;

use self::{document::Document, place::Places, replay::Replay, steps::Step, taint::Taint};
use crate::{
    id::{LaunchId, PersonId},
    journal::Recorded,
    model::{Launch, People, Person},
    text::Line,
    time::Instant,
};

/// Somebody named in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPerson {
    /// Their handle.
    pub key: String,
    /// Their name.
    pub name: Line,
}

/// A plan that was read, or made from another one.
#[derive(Debug, Clone)]
pub struct Plan {
    document: Document,
    people: Vec<PlanPerson>,
    places: Places,
}

impl Plan {
    /// Reads a plan file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file: what is not TOML; or else
    /// unknown and missing fields, values that are not allowed, doubles, references to nothing,
    /// and what the rules refuse.
    pub fn read(text: &str) -> Result<Self, Vec<PlanError>> {
        let read = raw::read_by(text, &PLAN);
        let mut errors = read.errors;
        let Some(document) = build::document(&read.root) else {
            return Err(errors);
        };
        let plan = Self::of(document, read.places);
        let said = |path: &str| errors.iter().any(|e| e.path.starts_with(path));
        let wrong = windows::wrong(&plan.document).into_iter();
        let wrong = wrong.filter(|(path, _)| !said(path));
        let wrong: Vec<_> = wrong
            .map(|(path, problem)| plan.error(path, problem))
            .collect();
        errors.extend(wrong);
        let broken = errors.iter().filter(|e| e.code() != "unknown_field");
        let taint = Taint::new(&plan.document, broken.map(|e| e.path.as_str()));
        let replay = replay::replay(&plan.document, None, &person_id, taint);
        errors.extend(plan.errors(replay.refused));
        errors.sort_by_key(|e| (e.line, e.column));
        if errors.is_empty() {
            Ok(plan)
        } else {
            Err(errors)
        }
    }

    fn of(document: Document, places: Places) -> Self {
        let people = document.people.iter().map(|p| PlanPerson {
            key: p.key.clone(),
            name: p.name.clone(),
        });
        Self {
            people: people.collect(),
            document,
            places,
        }
    }

    fn errors(&self, refused: Vec<(Step, Problem)>) -> impl Iterator<Item = PlanError> {
        refused.into_iter().map(|(step, problem)| {
            let path = match &problem {
                Problem::Refused {
                    refusal: crate::Refusal::OutOfRange { field, .. },
                    ..
                } => format!("{}.{field}", step.about()),
                _ => step.path(),
            };
            self.error(path, problem)
        })
    }

    fn error(&self, path: String, problem: Problem) -> PlanError {
        let place = self.places.find(&path);
        PlanError {
            line: place.line,
            column: place.column,
            path,
            problem,
        }
    }

    /// The launch's id.
    pub fn id(&self) -> &LaunchId {
        &self.document.launch.id
    }

    /// The launch's title.
    pub fn title(&self) -> &Line {
        &self.document.launch.title
    }

    /// The first day of week 1.
    pub fn start(&self) -> chrono::NaiveDate {
        self.document.launch.start
    }

    /// The launch moment.
    pub fn moment(&self) -> Instant {
        self.document.launch.moment
    }

    /// Everybody whom the plan names, in its order.
    pub fn people(&self) -> &[PlanPerson] {
        &self.people
    }

    /// People by handle, for use without a server: the same handle is always the same person.
    pub fn ids(&self) -> impl Fn(&str) -> PersonId + Copy + use<> {
        person_id
    }

    /// The directory that belongs to [`Plan::ids`].
    pub fn directory(&self) -> People {
        let people = self.people.iter().map(|p| Person {
            id: person_id(&p.key),
            key: p.key.clone(),
            name: p.name.clone(),
        });
        People::from(people.collect::<Vec<_>>())
    }

    /// The journal that the plan stands for, up to a moment (and including it) or to its end, with
    /// people as `person` knows their handles. Numbers run from 1; the ids of the commands are the
    /// same each time.
    ///
    /// # Errors
    /// What the rules refuse. A plan that was read replays without an error; one whose handles are
    /// mapped to the same person may not, since that person would be their own second.
    ///
    /// ```
    /// # use startklar::plan::Plan;
    /// # let text = "format = 1\n[launch]\nid = \"m\"\ntitle = \"M\"\nstart = 2026-03-02\nweeks = 10\n\
    /// # moment = 2026-05-12T10:00:00+02:00\n[people.lena]\nname = \"Lena Novak\"\n";
    /// let plan = Plan::read(text).map_err(|errors| errors[0].to_string())?;
    /// let journal = plan.replay(None, plan.ids()).map_err(|errors| errors[0].to_string())?;
    /// assert_eq!(journal[0].event.code(), "planned");
    /// assert_eq!(journal[1].event.code(), "member_set");
    /// # Ok::<(), String>(())
    /// ```
    pub fn replay(
        &self,
        until: Option<Instant>,
        person: impl Fn(&str) -> PersonId,
    ) -> Result<Vec<Recorded>, Vec<PlanError>> {
        let taint = Taint::new(&self.document, std::iter::empty());
        let Replay { journal, refused } = replay::replay(&self.document, until, &person, taint);
        if refused.is_empty() {
            Ok(journal)
        } else {
            Err(self.errors(refused).collect())
        }
    }

    /// Whether all that the plan says has happened by a moment. A plan may be made for a day to
    /// come: what it sets up when it is planned does not count, what it says was done does.
    ///
    /// # Errors
    /// [`Problem::InFuture`] for each thing that has not.
    pub fn has_happened(&self, by: Instant) -> Result<(), Vec<PlanError>> {
        let planned = self.document.launch.planned.at;
        let ahead = steps::steps(&self.document, &person_id)
            .into_iter()
            .filter(|step| step.at > by && (step.at > planned || !step.sets_up()));
        let ahead = ahead.map(|step| {
            let (found, latest) = (step.at, by);
            (step, Problem::InFuture { found, latest })
        });
        let mut errors: Vec<_> = self.errors(ahead.collect()).collect();
        errors.sort_by_key(|e| (e.line, e.column));
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// The launch that the plan stands for, up to a moment or to its end, with people by
    /// [`Plan::ids`].
    ///
    /// # Errors
    /// As for [`Plan::replay`].
    pub fn launch(&self, until: Option<Instant>) -> Result<Launch, Vec<PlanError>> {
        self.replay(until, self.ids())
            .map(|journal| Launch::fold(&journal))
    }

    /// The same plan with every day and moment moved by whole days, later or (negative) earlier.
    /// The time of day stays the same in the launch's zone. A thousand years is the furthest.
    #[must_use]
    pub fn moved(&self, days: i64) -> Self {
        Self {
            document: moved::moved(&self.document, days),
            ..self.clone()
        }
    }

    /// The same plan for a launch with another id and title.
    #[must_use]
    pub fn with_id(mut self, id: LaunchId, title: Line) -> Self {
        self.document.launch.id = id;
        self.document.launch.title = title;
        self
    }
}

/// The person with this handle, for use without a server.
fn person_id(key: &str) -> PersonId {
    let names = Uuid::new_v5(&Uuid::NAMESPACE_OID, b"startklar person");
    PersonId(Uuid::new_v5(&names, key.as_bytes()))
}
