//! The objects of the API that are not the library's own. What the library defines (commands,
//! events, assessments) goes over the wire as it is, and is described here in words.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use startklar::{
    Command, CommandId, Discipline,
    model::{Freeze, Person, Window},
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::whole;
use crate::launches::Listed;

/// All launches.
#[derive(Serialize, ToSchema)]
pub(super) struct LaunchList {
    /// Those to come by their launch day, then those that were launched.
    launches: Vec<LaunchSummary>,
}

/// A launch in short.
#[derive(Serialize, ToSchema)]
struct LaunchSummary {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// Its state in one sentence, in the reader's language.
    sentence: String,
    /// The day of its launch moment, in its zone.
    launch_day: NaiveDate,
    /// Days until then; negative after it.
    days_left: i64,
    /// Whether it was launched.
    launched: bool,
    /// Will it make it: `on_course`, `at_risk`, `off_course`, `not_enough_known`.
    course: &'static str,
    /// The earliest honest date.
    honest_date: Option<NaiveDate>,
    /// When it was last touched.
    touched: Option<DateTime<Utc>>,
}

impl LaunchList {
    pub(super) fn of(all: Vec<Listed>) -> Self {
        let launches = all
            .into_iter()
            .map(|Listed { line, sentence }| LaunchSummary {
                id: line.id.to_string(),
                title: line.title,
                sentence,
                launch_day: line.launch_day,
                days_left: line.days_left,
                launched: line.launched,
                course: line.course.code(),
                honest_date: line.honest,
                touched: line.touched,
            });
        Self {
            launches: launches.collect(),
        }
    }
}

/// A new launch. Give `moment`, or `date` and `time` in the zone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLaunch {
    /// Its id: a-z, 0-9 and single hyphens. Made of the title when not given.
    pub(super) id: Option<String>,
    /// What is launched.
    pub(super) title: String,
    /// What it is about.
    pub(super) note: Option<String>,
    /// The launch moment.
    pub(super) moment: Option<DateTime<Utc>>,
    /// The launch day.
    pub(super) date: Option<NaiveDate>,
    /// The time of that day; 10:00 when not given.
    pub(super) time: Option<NaiveTime>,
    /// The name of its time zone, such as `Europe/Berlin`.
    pub(super) zone: String,
    /// First day of week 1; the Monday of this week when not given.
    pub(super) start: Option<NaiveDate>,
    /// Length of the plan in weeks, 1 to 52.
    pub(super) weeks: Option<u8>,
    /// Days of watch after the launch, 0 to 365.
    pub(super) watch_days: Option<u16>,
    /// How much of the template to begin with: `small`, `medium`, `large`; nothing when not given.
    pub(super) template: Option<String>,
    /// Which template that is, by its id; the one that comes with the product when not given.
    pub(super) template_id: Option<String>,
}

/// A launch that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct Created {
    /// Its id.
    pub(super) id: String,
    /// The number of its last event.
    pub(super) revision: u64,
}

/// A command to a launch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CommandRequest {
    /// The command's id, made by the sender. The header `Idempotency-Key` goes before it.
    #[schema(value_type = Option<Uuid>)]
    pub(super) id: Option<CommandId>,
    /// What shall happen: an object with the command's name as its only field, such as
    /// `{"tick_item": {"item": "offer", "evidence": "https://…"}}`; a bare name for the commands
    /// without fields, such as `"record_launch"`.
    #[schema(value_type = Object, example = json!({"tick_item": {"item": "offer"}}))]
    #[serde(deserialize_with = "whole::read")]
    pub(super) command: Command,
    /// The last event that the sender has seen. When somebody else changed the same words after
    /// it, nothing happens and the problem `conflict` shows both.
    pub(super) seen: Option<u64>,
}

/// What came of a command. It is durable.
#[derive(Serialize, ToSchema)]
pub(super) struct CommandAnswer<'a> {
    /// The number of its last event.
    pub(super) revision: u64,
    /// Its events, as the journal has them.
    #[schema(value_type = Vec<Object>)]
    pub(super) records: Vec<&'a RawValue>,
}

/// Lines of a journal, in order.
#[derive(Serialize, ToSchema)]
pub(super) struct JournalPage<'a> {
    /// The number of the launch's last event.
    pub(super) revision: u64,
    /// The lines: `v`, `seq`, `at`, `by`, `command`, `event`.
    #[schema(value_type = Vec<Object>)]
    pub(super) records: Vec<&'a RawValue>,
}

/// Where to read on in a journal.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    /// Lines above this number; from the beginning when not given.
    pub(super) after: Option<u64>,
    /// At most so many lines, up to 10,000.
    pub(super) limit: Option<usize>,
}

/// What a file is called.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct FileName {
    /// Its name. A path goes, and so does what is not seen; its ending must fit what it is.
    pub(super) name: String,
}

/// Of which moment, in which language.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Moment {
    /// The moment to judge by; now when not given.
    pub(super) at: Option<DateTime<Utc>>,
    /// The language of the words: `en` or `de`.
    pub(super) locale: Option<String>,
}

/// The directory of people.
#[derive(Serialize, ToSchema)]
pub(super) struct PeopleList {
    /// Everybody, sorted by id.
    pub(super) people: Vec<PersonLine>,
}

/// A person.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonLine {
    /// What the journal calls them.
    id: Uuid,
    /// Their handle.
    key: String,
    /// Their name.
    name: String,
}

impl From<&Person> for PersonLine {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id.0,
            key: person.key.clone(),
            name: person.name.to_string(),
        }
    }
}

/// Somebody new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPerson {
    /// Their name.
    pub(super) name: String,
}

/// What every launch must fulfil. A launch adopts it when it begins; one under way by the command
/// `adopt_policy`, whose fields are `required`, `verified`, `windows` and `freezes` as they stand here.
#[derive(Serialize, ToSchema)]
pub(super) struct PolicyDocument {
    /// The number of the last event of the workspace.
    pub(super) revision: u64,
    /// Required disciplines, marketing and sales among them.
    pub(super) required: Vec<&'static str>,
    /// Disciplines each of whose blocking items a second person verifies.
    pub(super) verified: Vec<&'static str>,
    /// Release windows; a launch without one may happen at any moment that lies in no freeze.
    #[schema(value_type = Vec<WindowDocument>)]
    pub(super) windows: Vec<Window>,
    /// Days on which nothing is launched.
    #[schema(value_type = Vec<FreezeDocument>)]
    pub(super) freezes: Vec<Freeze>,
    /// Launches under way that do not demand all of it yet.
    pub(super) affected: Vec<AffectedLaunch>,
}

/// A launch under way that would change if it adopted the policy.
#[derive(Serialize, ToSchema)]
pub(super) struct AffectedLaunch {
    /// Its id.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
    /// Disciplines that would become required.
    pub(super) required: Vec<&'static str>,
    /// Disciplines whose blocking items a second person would have to verify.
    pub(super) verified: Vec<&'static str>,
    /// Those of the required that would be missing at once.
    pub(super) missing: Vec<&'static str>,
    /// Ticked items that would wait for a second person.
    pub(super) waiting: usize,
    /// Whether it would get other release windows or freezes.
    pub(super) windows: bool,
    /// Whether its launch moment would then lie in no release window.
    pub(super) outside: bool,
    /// The title of the freeze that its launch moment would then lie in.
    pub(super) frozen: Option<String>,
    /// Whether an exception that was made for its moment would fall.
    pub(super) exception_falls: bool,
    /// The earliest honest date, where it would become another.
    pub(super) honest_date: Option<NaiveDate>,
    /// Which it would become.
    pub(super) honest_date_then: Option<NaiveDate>,
    /// Blockers at this moment.
    pub(super) blockers: usize,
    /// Blockers that there would be.
    pub(super) blockers_then: usize,
}

/// Another policy, in place of the one that stands.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPolicy {
    /// Required disciplines; marketing and sales need not be named.
    #[schema(value_type = Vec<String>, example = json!(["legal"]))]
    pub(super) required: Vec<Discipline>,
    /// Disciplines each of whose blocking items a second person verifies.
    #[schema(value_type = Vec<String>, example = json!(["sales"]))]
    pub(super) verified: Vec<Discipline>,
    /// Release windows, at most 20; those that stand when absent.
    #[schema(value_type = Option<Vec<WindowDocument>>)]
    #[serde(default, deserialize_with = "whole::read")]
    pub(super) windows: Option<Vec<Window>>,
    /// Freezes, at most 100; those that stand when absent.
    #[schema(value_type = Option<Vec<FreezeDocument>>)]
    #[serde(default, deserialize_with = "whole::read")]
    pub(super) freezes: Option<Vec<Freeze>>,
    /// The revision that the sender has seen. When somebody changed the policy after it, nothing
    /// happens and the problem `conflict` shows both.
    pub(super) seen: Option<u64>,
}

/// A release window, by the clock of the launch's zone.
#[derive(ToSchema)]
#[allow(
    dead_code,
    reason = "described here: the library defines what goes over the wire"
)]
pub(super) struct WindowDocument {
    /// The days of the week on which it opens, at least one of `mon` to `sun`.
    #[schema(example = json!(["tue", "thu"]))]
    days: Vec<String>,
    /// When it opens.
    #[schema(example = "09:00")]
    from: String,
    /// When it is closed again; on the day after where this is no later than `from`.
    #[schema(example = "16:00")]
    to: String,
}

/// Days on which nothing is launched.
#[derive(ToSchema)]
#[allow(
    dead_code,
    reason = "described here: the library defines what goes over the wire"
)]
pub(super) struct FreezeDocument {
    /// What it is for.
    title: String,
    /// Its first day.
    first: NaiveDate,
    /// Its last day, at most 365 days after the first.
    last: NaiveDate,
}

/// What went wrong (RFC 9457). More fields follow by `code`.
#[derive(Serialize, ToSchema)]
#[allow(
    dead_code,
    reason = "described here, made by hand: its further fields vary"
)]
pub(super) struct ProblemDocument {
    /// The kind of problem, as an identifier.
    r#type: String,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// The kind of problem, as a stable word.
    code: String,
    /// What is wrong and what to do, in the reader's language.
    detail: String,
}
