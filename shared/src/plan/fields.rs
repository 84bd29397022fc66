//! The one table of everything a plan file may say. The reader, the published JSON Schema and the
//! test of the documentation share it, so that none of them can know a field that another does not.

use crate::{
    engine::Course,
    model::{Discipline, Weekdays},
};

/// What kind of thing an id belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A launch.
    Launch,
    /// A person, by handle.
    Person,
    /// An epic.
    Epic,
    /// A story.
    Story,
    /// A readiness item.
    Item,
    /// A request.
    Request,
    /// A change notice.
    Notice,
}

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A new id: 1 to 64 of a–z, 0–9 and single hyphens.
    Id(Thing),
    /// The id of something in this file.
    Ref(Thing),
    /// One line, 1 to 200 characters.
    Line,
    /// A text, 1 to 4,000 characters.
    Note,
    /// A whole number within these bounds.
    Whole(i64, i64),
    /// True or false.
    Yes,
    /// A calendar day.
    Day,
    /// A moment with its offset from UTC.
    Moment,
    /// A moment, or true, or false.
    MomentOrYes,
    /// The name of a time zone.
    Zone,
    /// A time of day, by the minute.
    Clock,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list, each entry of this kind.
    List(&'static Kind),
    /// A table.
    Table(&'static Fields),
    /// Any number of tables.
    Tables(&'static Fields),
    /// A table of tables, each under its handle.
    Keyed(&'static Fields),
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Whether it must be there.
    pub must: bool,
    /// What it says, for the schema.
    pub about: &'static str,
}

/// The fields of a table.
#[derive(Debug)]
pub struct Fields {
    /// What the table is called in schema and documentation.
    pub name: &'static str,
    /// Its fields, in the order in which they are written.
    pub fields: &'static [Field],
    /// Fields of which only one may be there.
    pub exclusive: &'static [(&'static str, &'static str)],
}

impl Fields {
    /// The field with this name.
    pub fn get(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }
}

/// The words for disciplines.
pub(super) const DISCIPLINES: [&str; Discipline::ALL.len()] = {
    let mut codes = [""; Discipline::ALL.len()];
    let mut n = 0;
    while n < codes.len() {
        codes[n] = Discipline::ALL[n].code();
        n += 1;
    }
    codes
};

/// The words for days of the week.
pub(super) const WEEKDAYS: [&str; 7] = Weekdays::CODES;

/// The words for courses.
pub(super) const COURSES: [&str; 4] = [
    Course::OnCourse.code(),
    Course::AtRisk.code(),
    Course::OffCourse.code(),
    Course::NotEnoughKnown.code(),
];

/// The words for the direction of a request.
pub(super) const DIRECTIONS: [&str; 2] = ["question", "handover"];
