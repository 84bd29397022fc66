//! The tables of a plan file, field by field.

use super::fields::{COURSES, DIRECTIONS, DISCIPLINES, Field, Fields, Kind, Thing};

const fn must(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field {
        name,
        kind,
        must: true,
        about,
    }
}

const fn may(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field {
        name,
        kind,
        must: false,
        about,
    }
}

const PERSON: Kind = Kind::Ref(Thing::Person);
const EPIC: Kind = Kind::Ref(Thing::Epic);
const ITEM: Kind = Kind::Ref(Thing::Item);
const DISCIPLINE: Kind = Kind::OneOf(&DISCIPLINES);

/// The whole file.
pub static PLAN: Fields = Fields {
    name: "plan",
    fields: &[
        must("format", Kind::Whole(1, 1), "The version of the format."),
        must(
            "launch",
            Kind::Table(&LAUNCH),
            "What is launched, and when.",
        ),
        must(
            "people",
            Kind::Keyed(&PERSONS),
            "Who has a part in it, each under a handle.",
        ),
        may(
            "epics",
            Kind::Tables(&EPICS),
            "Candidates for the launch, the most important first.",
        ),
        may(
            "items",
            Kind::Tables(&ITEMS),
            "Readiness items of all disciplines.",
        ),
        may(
            "requests",
            Kind::Tables(&REQUESTS),
            "What disciplines owe each other.",
        ),
        may(
            "declared",
            Kind::Table(&DECLARED),
            "A course declared against the computed one.",
        ),
        may("launched", Kind::Table(&LAUNCHED), "That it was launched."),
        may(
            "watch_closed",
            Kind::Table(&WATCH_CLOSED),
            "That the watch after the launch is over.",
        ),
    ],
    exclusive: &[],
};

static LAUNCH: Fields = Fields {
    name: "launch",
    fields: &[
        must("id", Kind::Id(Thing::Launch), "Its id."),
        must("title", Kind::Line, "What it is called."),
        may("note", Kind::Note, "What it is about."),
        must("start", Kind::Day, "First day of week 1."),
        must("weeks", Kind::Whole(1, 52), "Length of the plan in weeks."),
        must("moment", Kind::Moment, "The launch moment."),
        may(
            "zone",
            Kind::Zone,
            "The time zone in which its days are counted; UTC when absent.",
        ),
        may(
            "watch_days",
            Kind::Whole(0, 365),
            "Days of watch after the launch; 14 when absent.",
        ),
        may(
            "required",
            Kind::List(&DISCIPLINE),
            "Disciplines required beyond marketing and sales.",
        ),
        may(
            "planned",
            Kind::Table(&STAMP),
            "Who planned it, and when; the first person at the start of the first day when absent.",
        ),
    ],
    exclusive: &[],
};

static PERSONS: Fields = Fields {
    name: "person",
    fields: &[
        must("name", Kind::Line, "Their name."),
        may(
            "leads",
            Kind::List(&DISCIPLINE),
            "Disciplines they speak for.",
        ),
        may(
            "approves",
            Kind::Yes,
            "Whether they may grant exemptions; false when absent.",
        ),
        may(
            "approves_until",
            Kind::Moment,
            "They could grant exemptions until this moment.",
        ),
        may(
            "member",
            Kind::Yes,
            "False for somebody who is only named; true when absent.",
        ),
    ],
    exclusive: &[("approves", "approves_until")],
};

static STAMP: Fields = Fields {
    name: "stamp",
    fields: &[
        must("by", PERSON, "Who."),
        must("at", Kind::Moment, "When."),
    ],
    exclusive: &[],
};

static EPICS: Fields = Fields {
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
    exclusive: &[],
};

const ORDER: Kind = Kind::Whole(0, 100_000);
const ORDER_ABOUT: &str = "Its place among those added at the same moment; \
                           the order of the file when absent.";

static SPAN: Fields = Fields {
    name: "span",
    fields: &[
        must("from", Kind::Moment, "From when."),
        must("to", Kind::Moment, "Until when."),
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

static ITEMS: Fields = Fields {
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
            "needs",
            Kind::List(&ITEM),
            "Items that must be closed first.",
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

static REQUESTS: Fields = Fields {
    name: "request",
    fields: &[
        must("id", Kind::Id(Thing::Request), "Its id."),
        must(
            "direction",
            Kind::OneOf(&DIRECTIONS),
            "A question (who needs it asks) or a handover (who has it brings it unasked).",
        ),
        must("from", DISCIPLINE, "The discipline that needs it."),
        must("to", DISCIPLINE, "The discipline that owes it."),
        must("text", Kind::Note, "What is asked or handed over."),
        may("owner", PERSON, "Who owes it by name."),
        must("due", Kind::Day, "The day by which it is owed."),
        may(
            "blocking",
            Kind::Yes,
            "Whether the launch waits for it once it is overdue.",
        ),
        may("item", ITEM, "The item that cannot go on without it."),
        must("asked", Kind::Table(&STAMP), "Who asked, and when."),
        may(
            "answer",
            Kind::Table(&ANSWER),
            "Who answered, when, and what.",
        ),
    ],
    exclusive: &[],
};

static ANSWER: Fields = Fields {
    name: "answer",
    fields: &[
        must("by", PERSON, "Who."),
        must("at", Kind::Moment, "When."),
        must("text", Kind::Note, "The answer."),
    ],
    exclusive: &[],
};

static DECLARED: Fields = Fields {
    name: "declared",
    fields: &[
        must("course", Kind::OneOf(&COURSES), "The declared course."),
        must("reason", Kind::Note, "Why."),
        must(
            "until",
            Kind::Day,
            "The last day on which it is shown, 31 days later at most.",
        ),
        must("by", PERSON, "Who."),
        must("at", Kind::Moment, "When."),
    ],
    exclusive: &[],
};

const CHANGED_SINCE: Field = may(
    "changed_since",
    Kind::Yes,
    "True when something was reopened or changed afterwards, so that this file alone no longer \
     shows that no blocker stood.",
);

static LAUNCHED: Fields = Fields {
    name: "launched",
    fields: &[
        must("by", PERSON, "Who recorded it."),
        must("at", Kind::Moment, "When."),
        CHANGED_SINCE,
    ],
    exclusive: &[],
};

static WATCH_CLOSED: Fields = Fields {
    name: "watch_closed",
    fields: &[
        must("by", PERSON, "Who closed it."),
        must("at", Kind::Moment, "When."),
        CHANGED_SINCE,
    ],
    exclusive: &[],
};
