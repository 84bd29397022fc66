//! Template files: what a launch can begin with.

use super::{DISCIPLINE, ITEM, may, must};
use crate::plan::fields::{Fields, Kind, Thing};

const TIERS: [&str; 3] = ["small", "medium", "large"];

/// A whole template file.
pub(in crate::plan) static TEMPLATE: Fields = Fields {
    name: "template",
    fields: &[
        must("format", Kind::Whole(1, 1), "The version of the format."),
        must("title", Kind::Line, "What it is called."),
        must(
            "weeks",
            Kind::Whole(1, 52),
            "The weeks that it is made for.",
        ),
        must("items", Kind::Tables(&ITEMS), "Its items."),
    ],
    exclusive: &[],
};

static ITEMS: Fields = Fields {
    name: "template item",
    fields: &[
        must("id", Kind::Id(Thing::Item), "Its id."),
        must("title", Kind::Line, "The condition, in one line."),
        may("note", Kind::Note, "More about it."),
        must("discipline", DISCIPLINE, "Who owes it."),
        must(
            "tier",
            Kind::OneOf(&TIERS),
            "The smallest size of launch in which it appears.",
        ),
        must(
            "lead_days",
            Kind::Whole(0, 730),
            "Lead time in days before the launch moment.",
        ),
        may(
            "sourced",
            Kind::Yes,
            "Whether the lead time rests on published practice.",
        ),
        may(
            "blocking",
            Kind::Yes,
            "Whether the launch waits for it; false when absent.",
        ),
        may(
            "needs",
            Kind::List(&ITEM),
            "Items that must be closed first; they stand before this one.",
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
    ],
    exclusive: &[],
};
