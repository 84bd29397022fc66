//! Release windows, freezes, and the exception from them.

use super::{
    super::fields::{Fields, Kind, WEEKDAYS},
    PERSON, must,
};

const WEEKDAY: Kind = Kind::OneOf(&WEEKDAYS);

pub(super) static WINDOWS: Fields = Fields {
    name: "window",
    fields: &[
        must(
            "days",
            Kind::List(&WEEKDAY),
            "The days of the week on which it opens, at least one.",
        ),
        must("from", Kind::Clock, "When it opens, in the launch's zone."),
        must(
            "to",
            Kind::Clock,
            "When it is closed again; on the day after where this is no later than `from`.",
        ),
    ],
    exclusive: &[],
};

pub(super) static FREEZES: Fields = Fields {
    name: "freeze",
    fields: &[
        must("title", Kind::Line, "What it is for."),
        must("first", Kind::Day, "Its first day."),
        must(
            "last",
            Kind::Day,
            "Its last day, at most 365 days after the first.",
        ),
    ],
    exclusive: &[],
};

pub(super) static EXCEPTED: Fields = Fields {
    name: "excepted",
    fields: &[
        must("reason", Kind::Note, "Why."),
        must("by", PERSON, "Who allowed it."),
        must("at", Kind::Moment, "When."),
    ],
    exclusive: &[],
};
