//! What a page starts from: made by the server for each request, carried in the page as JSON, and
//! read again by the browser, so that both render the same.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use startklar::{
    Actor, Discipline, EpicId, ItemId, Launch, Locale, People, PersonId, Recorded, StoryId,
    engine::Course,
    forecast::{LaunchForecast, Share},
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
    /// The launch of a page on the decision or on change notices, where the server draws it.
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
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub lines: Vec<crate::lines::LaunchLine>,
    /// What the reader owes, for their week.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub owed: Vec<crate::owed::Owed>,
    /// What the reader follows, for their week.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub follows: Vec<crate::owed::Followed>,
    /// Whether the reader follows the item of the page; none where nobody reads, or only reads back.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub followed: Option<bool>,
    /// Templates that a launch may begin with: ids and titles.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub templates: Vec<(String, String)>,
    /// Something to say at the top: what was refused, or what was done.
    pub notice: Option<Notice>,
    /// The plan file that was not taken in: what was sent is not lost.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub sent: String,
    /// A mark of it, which comes back with the form: a text that nobody has touched makes way for a file.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub kept: String,
    /// What is wrong with it, line by line, as HTML.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
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
    /// What is told before the release to those who speak with customers.
    Notices,
    /// Backwards from the launch moment: last safe starts, windows, freezes, other launches.
    Calendar,
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
    /// The field of a refused form that is to blame: its name and its place among those of that name.
    #[serde(default)]
    pub field: Option<String>,
    /// What was written into a refused form, for a page that cannot fill it in again.
    #[serde(default)]
    pub written: String,
}

impl Notice {
    /// Says that something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            refused: false,
            field: None,
            written: String::new(),
        }
    }

    /// Says that something was refused.
    pub fn refused(text: impl Into<String>) -> Self {
        Self {
            refused: true,
            ..Self::done(text)
        }
    }
}

/// A piece of a sentence, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
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
