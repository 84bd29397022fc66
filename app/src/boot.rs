//! What a page starts from: made by the server for each request, carried in the page as JSON, and
//! read again by the browser, so that both render the same.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use startklar::{
    Actor, Discipline, EpicId, ItemId, Launch, LaunchId, Locale, People, PersonId, Recorded,
    StoryId,
    engine::Course,
    forecast::{LaunchForecast, Share},
    model::ExemptionKind,
    rights::Standing,
    time::Instant,
};

/// Lines of the journal that the cockpit shows to a reader who was never here before.
pub const NEWS: usize = 12;

/// Everything a page needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Boot {
    /// Which page.
    pub page: Page,
    /// Its address with query, for links that come back to it.
    pub path: String,
    /// The reader's language.
    pub locale: Locale,
    /// The reader's theme.
    pub theme: Theme,
    /// Who the reader says they are.
    pub me: Option<PersonId>,
    /// What they are in the workspace.
    #[serde(default)]
    pub standing: Standing,
    /// The server's clock.
    pub now: Instant,
    /// Everybody known by name.
    pub people: Arc<People>,
    /// The launch that the page is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launch: Option<Arc<Launch>>,
    /// The same as JSON for a page, when the server has it at hand.
    #[serde(skip)]
    pub written: Option<Arc<str>>,
    /// What is to be expected of the launch, where the page shows it: the browser forecasts by itself.
    #[serde(skip)]
    pub forecast: Option<Arc<LaunchForecast>>,
    /// What was said of the launch week by week, where the server draws it.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub weeks: Arc<[crate::weeks::Told]>,
    /// What the decision is made on, where the server draws it.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub room: Option<crate::decision::Room>,
    /// How the forecasts of the finished launches did, where the server draws it.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub tried: Arc<[Arc<crate::trust::Tried>]>,
    /// What a page about signing in or people is drawn from.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub access: Option<crate::access::Access>,
    /// The same in short, where the page says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Chance>,
    /// Whether that launch was loaded as the sample: only then can it be thrown away, by a form
    /// that posts to `/l/{id}/discard`.
    pub sample: bool,
    /// The moment it is shown at, when that is not now: then nothing can be changed.
    pub past: Option<Instant>,
    /// Lines of the journal that the page shows, newest first.
    pub records: Vec<Recorded>,
    /// The last event the reader had seen on their last visit, and when that was.
    pub seen: Option<(u64, Instant)>,
    /// Every launch, for the portfolio.
    pub lines: Vec<LaunchLine>,
    /// What the reader owes, for their week.
    pub owed: Vec<Owed>,
    /// Something to say at the top: what was refused, or what was done.
    pub notice: Option<Notice>,
    /// The plan file that was not taken in: what was sent is not lost.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sent: String,
    /// A mark of it, which comes back with the form: a text that nobody has touched makes way for a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kept: String,
    /// What is wrong with it, line by line, as HTML.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub faults: String,
}

/// A forecast in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chance {
    /// The futures in which the launch is ready in time.
    pub ready: Share,
    /// Where it is heading.
    pub course: Course,
    /// Whether something is open.
    pub open: bool,
}

impl Boot {
    /// Who acts on this page.
    pub(crate) fn actor(&self) -> Actor {
        let known = |me| Actor::signed_in(me, self.standing);
        self.me.map_or(Actor::nobody(), known)
    }
}

impl From<&LaunchForecast> for Chance {
    fn from(forecast: &LaunchForecast) -> Self {
        Self {
            ready: forecast.ready,
            course: forecast.course,
            open: !forecast.last.is_empty(),
        }
    }
}

/// A value as JSON that may stand in a script element: no `<` may end it or begin a comment.
#[cfg(feature = "ssr")]
pub fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    // Within JSON it only stands in strings.
    if text.contains('<') {
        text.replace('<', "\\u003c")
    } else {
        text
    }
}

/// A page and what its address says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Every launch on one line.
    Portfolio,
    /// Nothing there yet, or one more: new, sample or import.
    FirstStart,
    /// What I owe, across launches.
    Week,
    /// Choose your name.
    Who {
        /// Where to go on afterwards.
        back: String,
    },
    /// The state of a launch.
    Cockpit,
    /// What is to be expected of a launch, and what if.
    Forecast,
    /// Which epics are in, and what a cut elsewhere would ask for.
    Scope,
    /// Epics, stories, sprints.
    Plan,
    /// Readiness items.
    Checklists(Filter),
    /// One item with everything about it.
    Item(ItemId),
    /// One story.
    Story(StoryId),
    /// One epic.
    Epic(EpicId),
    /// Go or no-go: the poll and the decision.
    Decision,
    /// What disciplines owe each other.
    Requests,
    /// Title, moment, people, leads.
    Settings,
    /// Who did what when, and the launch as it stood at any moment.
    Journal {
        /// Lines before this number.
        before: Option<u64>,
    },
    /// What was said of a launch week by week, and all about one of them.
    Weeks {
        /// Which; the last one when not given.
        week: Option<u16>,
    },
    /// How good the forecasts of the finished launches were.
    Trust,
    /// Signing in, people, rights.
    Access,
    /// Nothing has this address.
    Missing,
}

/// Which items a checklist shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the address"
)]
pub struct Filter {
    /// Of these disciplines; of all when empty.
    pub disciplines: Vec<Discipline>,
    /// Only those of the reader.
    pub mine: bool,
    /// Only open ones.
    pub open: bool,
    /// Only late ones.
    pub late: bool,
    /// Only waived ones.
    pub waived: bool,
    /// Whose title holds these words.
    pub words: String,
}

/// Light, dark, or what the system wishes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system wishes.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The stable name; also the value of the attribute on the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    pub fn from_code(code: &str) -> Self {
        match code {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Something the page says at its top, after a form was sent without JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether something was refused.
    pub refused: bool,
}

/// A launch on one line of the portfolio.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LaunchLine {
    /// Its id.
    pub id: LaunchId,
    /// Its title.
    pub title: String,
    /// The sentence in pieces.
    pub sentence: Vec<Piece>,
    /// First day of its week 1.
    pub start: chrono::NaiveDate,
    /// The day of its launch moment.
    pub launch_day: chrono::NaiveDate,
    /// The calendar day of now in its zone.
    pub today: chrono::NaiveDate,
    /// Days from today to the launch day; negative after it.
    pub days_left: i64,
    /// Whether it was launched.
    pub launched: bool,
    /// Will it make it?
    pub course: Course,
    /// The earliest honest date.
    pub honest: Option<chrono::NaiveDate>,
    /// What binds it: title and address.
    pub binds: Option<(String, String)>,
    /// Who touched it last, and when.
    pub touched: Option<Instant>,
    /// The day of that in its own calendar.
    pub touched_day: Option<chrono::NaiveDate>,
    /// The mini strip as SVG, drawn by `charts::fleet`.
    pub chart: String,
}

/// A piece of a sentence, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they carry the weight.
    pub strong: bool,
    /// Whether they say that the launch moment cannot be held.
    pub late: bool,
    /// Where they lead.
    pub href: Option<String>,
}

/// Something the reader owes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Owed {
    /// The launch it belongs to.
    pub launch: LaunchId,
    /// The launch's title.
    pub launch_title: String,
    /// What is owed.
    pub what: OwedKind,
    /// Its title.
    pub title: String,
    /// Why it is on the list, in a sentence.
    pub why: String,
    /// The day at the launch's place, from which the other days are seen.
    pub today: chrono::NaiveDate,
    /// The day by which work must begin.
    pub start: Option<chrono::NaiveDate>,
    /// The day it is due.
    pub due: Option<chrono::NaiveDate>,
    /// Days until it must begin or is due, whichever comes first; negative when late.
    pub days: i64,
    /// Whether it is late.
    pub late: bool,
}

/// What kind of thing is owed, and what can be done about it in one click.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwedKind {
    /// An item to begin or to tick.
    Item {
        /// Its id.
        id: ItemId,
        /// Whether it has begun.
        begun: bool,
        /// Whether a tick needs evidence first.
        evidence: bool,
    },
    /// A tick to verify as second person.
    Verify(ItemId),
    /// A tick to confirm again.
    Confirm(ItemId),
    /// An exemption to grant.
    Grant {
        /// The item.
        item: ItemId,
        /// What is asked for.
        kind: ExemptionKind,
    },
    /// A request to answer.
    Answer(startklar::RequestId),
    /// A story to build.
    Story(StoryId),
}
