//! Readiness items, and what is said about them.

use super::{DISCIPLINE, ITEM, PERSON, STAMP, may, must};
use crate::plan::fields::{Fields, Kind, Thing};

const EPIC: Kind = Kind::Ref(Thing::Epic);

pub(super) static ITEMS: Fields = Fields {
    name: "item",
    fields: &[
        must("id", Kind::Id(Thing::Item), "Its id."),
        must("title", Kind::Line, "The condition, in one line."),
        may("note", Kind::Note, "More about it."),
        must("discipline", DISCIPLINE, "Who owes it."),
        may(
            "blocking",
            Kind::Yes,
            "Whether the launch waits for it; false when absent.",
        ),
        may(
            "covers",
            Kind::List(&EPIC),
            "Epics it covers; the whole launch when absent.",
        ),
        may("owner", PERSON, "Who does it."),
        may(
            "lead_days",
            Kind::Whole(0, 730),
            "Lead time in days before the launch moment.",
        ),
        may("lead_weeks", Kind::Whole(0, 104), "The same in weeks."),
        may("due", Kind::Day, "The day it is due."),
        may(
            "condition",
            Kind::Yes,
            "Whether a go depended on it: once its day, or the watch, is over the launch waits for it; \
             false when absent.",
        ),
        may(
            "needs",
            Kind::List(&ITEM),
            "Items that must be closed first.",
        ),
        may(
            "needs_epics",
            Kind::List(&EPIC),
            "Epics that must be technically done before it counts as closed, as far as they are \
             in scope.",
        ),
        may("evidence", Kind::Line, "The evidence it asks for."),
        may(
            "second_person",
            Kind::Yes,
            "Whether a second person must verify it.",
        ),
        may(
            "confirm_days",
            Kind::Whole(1, 365),
            "Days after which it must be confirmed again.",
        ),
        may(
            "added",
            Kind::Moment,
            "When it came onto the list; when planned when absent.",
        ),
        may(
            "terms_since",
            Kind::Moment,
            "Since when it asks for evidence, a second person, confirmation and other items; \
             when it was added when absent.",
        ),
        may("begun", Kind::Table(&STAMP), "Who began it, and when."),
        may(
            "reopened",
            Kind::Moment,
            "When a tick or an exemption was last taken back.",
        ),
        may(
            "ticked",
            Kind::Table(&TICK),
            "Who said that it holds, when, and what proves it.",
        ),
        may(
            "verified",
            Kind::Table(&STAMP),
            "The second person, and when.",
        ),
        may(
            "confirmed",
            Kind::Table(&STAMP),
            "Who last said that it still holds, and when.",
        ),
        may(
            "waiver",
            Kind::Table(&WAIVER),
            "To launch without it until the end of a day.",
        ),
        may(
            "not_applicable",
            Kind::Table(&NOT_APPLICABLE),
            "To strike it from the list.",
        ),
    ],
    exclusive: &[("lead_days", "lead_weeks"), ("waiver", "not_applicable")],
};

static TICK: Fields = Fields {
    name: "tick",
    fields: &[
        must("by", PERSON, "Who."),
        must("at", Kind::Moment, "When."),
        may("evidence", Kind::Note, "What proves it: a link or a note."),
    ],
    exclusive: &[],
};

static WAIVER: Fields = Fields {
    name: "waiver",
    fields: &[
        must("reason", Kind::Note, "Why."),
        must("until", Kind::Day, "The last day on which it holds."),
        must("asked", Kind::Table(&STAMP), "Who asked, and when."),
        may("granted", Kind::Table(&STAMP), "Who granted it, and when."),
    ],
    exclusive: &[],
};

static NOT_APPLICABLE: Fields = Fields {
    name: "not_applicable",
    fields: &[
        must("reason", Kind::Note, "Why."),
        must("asked", Kind::Table(&STAMP), "Who asked, and when."),
        may("granted", Kind::Table(&STAMP), "Who granted it, and when."),
    ],
    exclusive: &[],
};
