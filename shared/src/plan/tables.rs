//! The tables of a plan file, field by field.

mod epics;
mod items;
mod template;
mod windows;

pub(super) use self::template::TEMPLATE;
use self::{
    epics::EPICS,
    items::ITEMS,
    windows::{EXCEPTED, FREEZES, WINDOWS},
};
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
        may("sprints", Kind::Tables(&SPRINTS), "What sprints can carry."),
        may(
            "windows",
            Kind::Tables(&WINDOWS),
            "Release windows, one of which the launch moment lies in; any moment will do without one.",
        ),
        may(
            "freezes",
            Kind::Tables(&FREEZES),
            "Days on which nothing is launched.",
        ),
        may(
            "excepted",
            Kind::Table(&EXCEPTED),
            "That it may be launched at its moment against windows and freezes.",
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
            "notices",
            Kind::Tables(&NOTICES),
            "Change notices, in the order in which they were issued.",
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
            "sprint_weeks",
            Kind::Whole(1, 2),
            "Weeks of a sprint; 1 when absent.",
        ),
        may(
            "required",
            Kind::List(&DISCIPLINE),
            "Disciplines required beyond marketing and sales.",
        ),
        may(
            "verified",
            Kind::List(&DISCIPLINE),
            "Disciplines each of whose blocking items a second person verifies.",
        ),
        may(
            "planned",
            Kind::Table(&STAMP),
            "Who planned it, and when; the first person at the start of the first day when absent.",
        ),
    ],
    exclusive: &[],
};

static SPRINTS: Fields = Fields {
    name: "sprint",
    fields: &[
        must("number", Kind::Whole(1, 60), "Which sprint, from 1."),
        may(
            "points",
            Kind::Whole(0, 1_000),
            "The story points that it can carry.",
        ),
        may(
            "stories",
            Kind::Whole(0, 1_000),
            "The number of stories that it can carry.",
        ),
    ],
    exclusive: &[("points", "stories")],
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
            "works_for",
            Kind::List(&DISCIPLINE),
            "Disciplines that they work for.",
        ),
        may(
            "product_owner",
            Kind::Yes,
            "Whether they plan the launch; false when absent.",
        ),
        may(
            "decides",
            Kind::Yes,
            "Whether they decide go or no-go; false when absent.",
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
        must(
            "due",
            Kind::Day,
            "The day by which it is owed, none before the day on which it was asked.",
        ),
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
        may(
            "thread",
            Kind::Tables(&REMARK),
            "What was said about it, before and after the answer.",
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

static REMARK: Fields = Fields {
    name: "remark",
    fields: &[
        must("by", PERSON, "Who."),
        must("at", Kind::Moment, "When."),
        must("text", Kind::Note, "What was said."),
    ],
    exclusive: &[],
};

static NOTICES: Fields = Fields {
    name: "notice",
    fields: &[
        must("id", Kind::Id(Thing::Notice), "Its id."),
        must("title", Kind::Line, "What changes, in one line."),
        must(
            "text",
            Kind::Note,
            "What changes for customers, and what to say to them.",
        ),
        must(
            "disciplines",
            Kind::List(&DISCIPLINE),
            "The disciplines whose people are to read it, at least one.",
        ),
        may(
            "due",
            Kind::Day,
            "The last day to read it, none before the day on which it was issued.",
        ),
        may(
            "blocking",
            Kind::Yes,
            "Whether the launch waits for it once that day is over.",
        ),
        may(
            "replaces",
            Kind::Ref(Thing::Notice),
            "The earlier notice that it takes the place of.",
        ),
        must("issued", Kind::Table(&STAMP), "Who issued it, and when."),
        may("read", Kind::Tables(&READ), "Who has read it, and when."),
    ],
    exclusive: &[],
};

static READ: Fields = Fields {
    name: "read",
    fields: &[
        must("by", PERSON, "Who."),
        must("at", Kind::Moment, "When."),
        may(
            "left",
            Kind::Yes,
            "True when they worked for one of its disciplines then and do no more.",
        ),
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
    "True when items that were ticked before were asked for more afterwards, so that blockers seem \
     to have stood then.",
);

static LAUNCHED: Fields = Fields {
    name: "launched",
    fields: &[
        must("by", PERSON, "Who recorded it."),
        must("at", Kind::Moment, "When."),
        CHANGED_SINCE,
        may(
            "claimed",
            Kind::Yes,
            "True when this file does not show that no blocker stood: taken on its word, and shown \
             as such.",
        ),
    ],
    exclusive: &[("changed_since", "claimed")],
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
