//! The table of commands: for each which right it asks for, of whom, and a whole one.

use startklar::{
    Discipline::{self, Engineering, Sales},
    rights::Act,
};

use super::table::Who;

/// A launch in which a command can be given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Launch {
    UnderWay,
    Ready,
    Launched,
}

/// A row of the matrix: a command as JSON.
pub(super) struct Order {
    pub(super) who: Who,
    pub(super) json: &'static str,
    pub(super) launch: Launch,
    /// What has to happen before.
    pub(super) after: Option<&'static str>,
    /// Whether there is a form for it.
    pub(super) has_form: bool,
    /// What the rules of the launch say to whoever has the right; nothing where it happens.
    pub(super) code: Option<&'static str>,
}

const fn order(act: Act, of: &'static [Discipline], named: bool, json: &'static str) -> Order {
    Order {
        who: Who::Own(act, of, named),
        json,
        launch: Launch::UnderWay,
        after: None,
        has_form: true,
        code: None,
    }
}

/// Of nothing that a discipline or a person owns.
const fn all(act: Act, json: &'static str) -> Order {
    order(act, &[], false, json)
}

/// Of a story that somebody is named for.
const fn story(act: Act, json: &'static str) -> Order {
    order(act, &[Engineering], true, json)
}

/// Of an item or a request of sales that somebody is named for.
const fn sales(act: Act, json: &'static str) -> Order {
    order(act, &[Sales], true, json)
}

impl Order {
    const fn after(mut self, json: &'static str) -> Self {
        self.after = Some(json);
        self
    }

    const fn of(mut self, launch: Launch) -> Self {
        self.launch = launch;
        self
    }

    const fn without_form(mut self) -> Self {
        self.has_form = false;
        self
    }

    const fn refused_by_rules(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }
}

/// A story that was split into two.
const SPLIT: &str = r#"{"split_story": {"story": "todo", "title": "Less",
    "parts": [{"id": "part", "title": "Part"}]}}"#;

/// A window in which no launch of these lies.
const NEVER_OPEN: &str = r#"{"set_windows": {"windows": [
    {"days": ["sun"], "from": "03:33", "to": "03:34"}]}}"#;

/// A file as evidence; its content is `stage::FILE`.
pub(super) const ATTACH: &str = r#"{"attach_file": {"item": "open", "file": {"name": "a.pdf",
    "media": "application/pdf", "size": 15,
    "sha256": "88a4f619a31273bb01b196d6d26fa54b03132252df9294a46a32eb94d93400ea"}}}"#;

/// Every command.
pub(super) static ORDERS: &[Order] = &[
    all(
        Act::Begin,
        r#"{"plan_launch": {"id": "matrix", "title": "M", "start": "<day>", "weeks": 10,
            "moment": "<soon>T10:00:00Z", "zone": {"name": "UTC", "offset": 0}, "watch_days": 0}}"#,
    )
    .without_form()
    .refused_by_rules("already_planned"),
    all(Act::SetUp, r#"{"rename": {"title": "Matrix <new>"}}"#),
    all(
        Act::SetUp,
        r#"{"reschedule": {"moment": "<day>T10:00:00Z"}}"#,
    ),
    all(
        Act::SetUp,
        r#"{"require_discipline": {"discipline": "legal"}}"#,
    ),
    all(
        Act::SetUp,
        r#"{"require_verification": {"discipline": "legal"}}"#,
    ),
    all(Act::SetUp, NEVER_OPEN),
    all(Act::Decide, r#"{"set_windows": {}}"#).after(NEVER_OPEN),
    all(
        Act::Decide,
        r#"{"except_moment": {"reason": "The customer waits."}}"#,
    )
    .after(NEVER_OPEN),
    // The page of a launch's template computes it.
    all(
        Act::SetUp,
        r#"{"take_template": {"template": "ours", "version": 1, "size": "small"}}"#,
    )
    .without_form(),
    // The page of the policy has launches adopt what stands there.
    all(
        Act::Govern,
        r#"{"adopt_policy": {"required": ["legal"], "verified": ["sales"]}}"#,
    )
    .without_form(),
    all(Act::SetUp, r#"{"set_sprint_length": {"weeks": 2}}"#),
    all(
        Act::SetUp,
        r#"{"set_capacity": {"sprint": 1, "capacity": 5}}"#,
    ),
    all(
        Act::Appoint,
        r#"{"set_member": {"person": "<helper>", "works_for": ["legal"]}}"#,
    ),
    all(
        Act::Appoint,
        r#"{"name_lead": {"discipline": "legal", "lead": "<helper>"}}"#,
    ),
    all(
        Act::Plan,
        r#"{"add_epic": {"id": "new-epic", "title": "New"}}"#,
    ),
    all(
        Act::Plan,
        r#"{"edit_epic": {"epic": "idea", "title": "New <new>"}}"#,
    ),
    all(Act::Plan, r#"{"rank_epic": {"epic": "idea", "to": 0}}"#),
    all(Act::Plan, r#"{"scope_epic": {"epic": "idea"}}"#),
    all(Act::Plan, r#"{"unscope_epic": {"epic": "base"}}"#),
    all(
        Act::Plan,
        r#"{"cut_scope": {"take_in": ["idea"], "take_out": ["base"]}}"#,
    ),
    all(
        Act::Plan,
        r#"{"add_story": {"id": "new-story", "epic": "base", "title": "New"}}"#,
    ),
    all(
        Act::Plan,
        r#"{"edit_story": {"story": "todo", "title": "New <new>"}}"#,
    ),
    all(
        Act::Plan,
        r#"{"move_story": {"story": "todo", "epic": "idea"}}"#,
    ),
    all(
        Act::Plan,
        r#"{"plan_story": {"story": "todo", "sprint": 9}}"#,
    ),
    all(Act::Plan, SPLIT),
    all(
        Act::Plan,
        r#"{"merge_story": {"story": "todo", "title": "More", "parts": ["part"]}}"#,
    )
    .after(SPLIT)
    .without_form(),
    all(Act::Plan, r#"{"drop_story": {"story": "todo"}}"#),
    story(Act::Build, r#"{"begin_story": {"story": "todo"}}"#),
    story(Act::Build, r#"{"finish_story": {"story": "begun"}}"#),
    story(Act::Build, r#"{"reopen_story": {"story": "done"}}"#),
    story(
        Act::Build,
        r#"{"estimate_story": {"story": "todo", "points": 3}}"#,
    ),
    all(Act::Accept, r#"{"accept_epic": {"epic": "built"}}"#),
    all(
        Act::Accept,
        r#"{"withdraw_acceptance": {"epic": "accepted"}}"#,
    ),
    order(
        Act::List,
        &[Sales],
        false,
        r#"{"add_item": {"id": "new-item", "title": "New", "discipline": "sales"}}"#,
    ),
    sales(
        Act::List,
        r#"{"edit_item": {"item": "open", "title": "New <new>", "discipline": "sales"}}"#,
    ),
    sales(
        Act::List,
        r#"{"assign_item": {"item": "open", "owner": "<helper>"}}"#,
    ),
    sales(Act::Tick, r#"{"begin_item": {"item": "open"}}"#),
    sales(Act::Tick, r#"{"withdraw_begin": {"item": "begun"}}"#),
    sales(
        Act::Tick,
        r#"{"tick_item": {"item": "open", "evidence": "https://example.org"}}"#,
    ),
    // Its form sends the file itself.
    sales(Act::Tick, ATTACH).without_form(),
    sales(
        Act::Tick,
        r#"{"detach_file": {"item": "open",
            "sha256": "88a4f619a31273bb01b196d6d26fa54b03132252df9294a46a32eb94d93400ea"}}"#,
    )
    .after(ATTACH),
    sales(Act::Tick, r#"{"untick_item": {"item": "ticked"}}"#),
    sales(Act::Tick, r#"{"confirm_item": {"item": "ticked"}}"#),
    sales(Act::Verify, r#"{"verify_item": {"item": "ticked"}}"#),
    sales(
        Act::AskExemption,
        r#"{"ask_waiver": {"item": "open", "reason": "Late", "until": "<soon>"}}"#,
    ),
    sales(
        Act::AskExemption,
        r#"{"ask_not_applicable": {"item": "open", "reason": "None"}}"#,
    ),
    sales(
        Act::AskExemption,
        r#"{"withdraw_exemption": {"item": "asked"}}"#,
    ),
    sales(Act::Grant, r#"{"grant_exemption": {"item": "asked"}}"#),
    order(
        Act::Request,
        &[Sales],
        false,
        r#"{"make_request": {"id": "new-request", "direction": "question", "from": "sales",
            "to": "legal", "text": "When?", "due": "<soon>"}}"#,
    ),
    sales(
        Act::Answer,
        r#"{"answer_request": {"request": "to-sales", "text": "This."}}"#,
    ),
    sales(
        Act::Request,
        r#"{"discuss_request": {"request": "to-sales", "text": "Which?"}}"#,
    ),
    order(
        Act::Reopen,
        &[Sales],
        false,
        r#"{"reopen_request": {"request": "from-sales"}}"#,
    ),
    all(
        Act::Notify,
        r#"{"issue_notice": {"id": "new-notice", "title": "Prices", "text": "They rise.",
            "disciplines": ["sales"]}}"#,
    ),
    order(
        Act::Read,
        &[Sales],
        false,
        r#"{"read_notice": {"notice": "to-sales"}}"#,
    ),
    all(
        Act::Declare,
        r#"{"declare_course": {"course": "at_risk", "reason": "Late", "until": "<soon>"}}"#,
    ),
    all(Act::Declare, r#""withdraw_course""#),
    all(Act::Conduct, r#""open_poll""#),
    order(
        Act::Vote,
        &[Sales],
        false,
        r#"{"cast_vote": {"discipline": "sales", "call": "go"}}"#,
    )
    .after(r#""open_poll""#),
    all(
        Act::Decide,
        r#"{"decide_poll": {"call": "no_go", "reason": "Late"}}"#,
    )
    .after(r#""open_poll""#),
    all(Act::Launch, r#""record_launch""#).of(Launch::Ready),
    all(Act::Launch, r#""close_watch""#).of(Launch::Launched),
];
