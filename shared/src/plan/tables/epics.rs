//! Epics and their stories.

use super::{PERSON, STAMP, may, must};
use crate::plan::fields::{Fields, Kind, Thing};

const EPIC: Kind = Kind::Ref(Thing::Epic);

const ORDER: Kind = Kind::Whole(0, 100_000);
const ORDER_ABOUT: &str = "Its place among those added at the same moment; \
                           the order of the file when absent.";

pub(super) static EPICS: Fields = Fields {
    name: "epic",
    fields: &[
        must("id", Kind::Id(Thing::Epic), "Its id."),
        must("title", Kind::Line, "What it is called."),
        may("note", Kind::Note, "What it is about."),
        may(
            "added",
            Kind::Moment,
            "When it became a candidate; when planned when absent.",
        ),
        may("order", ORDER, ORDER_ABOUT),
        may(
            "in_scope",
            Kind::MomentOrYes,
            "When it came into the scope, or true for when it was added; out of it when absent.",
        ),
        may(
            "earlier_scope",
            Kind::Table(&SPAN),
            "A time before, in which it was in scope.",
        ),
        may(
            "left_scope",
            Kind::Table(&SPAN),
            "Since when it was in scope, and when it fell out.",
        ),
        may(
            "accepted",
            Kind::Table(&STAMP),
            "Who accepted it as built, and when.",
        ),
        may(
            "stories",
            Kind::Tables(&STORIES),
            "The pieces of which it is built.",
        ),
    ],
    exclusive: &[("in_scope", "left_scope")],
};

static SPAN: Fields = Fields {
    name: "span",
    fields: &[
        must("from", Kind::Moment, "From when."),
        must("to", Kind::Moment, "Until when."),
    ],
    exclusive: &[],
};

static STAY: Fields = Fields {
    name: "stay",
    fields: &[
        must("sprint", Kind::Whole(1, 60), "Which sprint."),
        must("from", Kind::Moment, "When it was planned for it."),
        must("to", Kind::Moment, "When it was taken out."),
    ],
    exclusive: &[],
};

static STORIES: Fields = Fields {
    name: "story",
    fields: &[
        must("id", Kind::Id(Thing::Story), "Its id."),
        must("title", Kind::Line, "What it is called."),
        may("note", Kind::Note, "What it is about."),
        may("points", Kind::Whole(0, 1_000), "Estimate in story points."),
        may(
            "sprint",
            Kind::Whole(1, 60),
            "The sprint it is planned for.",
        ),
        may(
            "planned",
            Kind::Moment,
            "When it was planned for that sprint; when it was added when absent.",
        ),
        may(
            "earlier_sprints",
            Kind::Tables(&STAY),
            "Sprints that began with it and lost it again.",
        ),
        may("owner", PERSON, "Who builds it."),
        may(
            "added",
            Kind::Moment,
            "When it was written down; when its epic was when absent.",
        ),
        may("order", ORDER, ORDER_ABOUT),
        may(
            "from",
            Kind::List(&EPIC),
            "Older epics it came from, the first one first.",
        ),
        may("begun", Kind::Moment, "When somebody first began it."),
        may(
            "reopened",
            Kind::MomentOrYes,
            "When it was opened again after it was done or dropped, or true for when it had begun.",
        ),
        may(
            "begun_again",
            Kind::Moment,
            "When somebody began it again after that.",
        ),
        may("done", Kind::Moment, "When it was done."),
        may(
            "dropped",
            Kind::Moment,
            "When it was decided not to build it.",
        ),
    ],
    exclusive: &[("done", "dropped")],
};
