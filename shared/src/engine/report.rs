//! The assessment as an object that machines read: the same from `check --json` and the API.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Assessment, Course, EpicStatus, Finding, Rule, Stage, Subject, Verdict, WaitsFor};
use crate::{
    model::{Discipline, Launch, People},
    texts::{Locale, finding_text, subject_title},
    time::Instant,
};

/// An assessment in words.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The launch's id; empty before it is planned.
    pub launch: String,
    /// The launch's title.
    pub title: String,
    /// The moment it speaks of.
    pub at: Instant,
    /// The number of the last event it knows.
    pub revision: u64,
    /// Where the launch stands.
    pub stage: Stage,
    /// Would we go now?
    pub verdict: Verdict,
    /// Will we make it?
    pub course: Course,
    /// The course somebody declared beside it.
    pub declared_course: Option<Course>,
    /// The sentence, in the language asked for.
    pub sentence: String,
    /// The earliest honest date.
    pub honest_date: Option<NaiveDate>,
    /// The launch moment.
    pub moment: Option<Instant>,
    /// How many waivers hold.
    pub waivers: usize,
    /// The epics by rank.
    pub epics: Vec<EpicLine>,
    /// What is missing: blockers first, by what must start first.
    pub findings: Vec<FindingLine>,
}

/// An epic and its status.
#[derive(Debug, Clone, Serialize)]
pub struct EpicLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is in scope.
    pub in_scope: bool,
    /// Where it stands.
    pub status: EpicStatus,
}

/// A finding in words.
#[derive(Debug, Clone, Serialize)]
pub struct FindingLine {
    /// The rule that found it.
    pub rule: Rule,
    /// Whether the launch waits for it.
    pub blocking: bool,
    /// Who owes it.
    pub discipline: Discipline,
    /// What it is about: `kind`, `id` and `title`.
    pub subject: SubjectLine,
    /// Who must move: a name, a discipline's code, or nobody.
    pub waits_for: Option<String>,
    /// Since when.
    pub since: Option<Instant>,
    /// The last day on which work must begin.
    pub last_safe_start: Option<NaiveDate>,
    /// What is missing, in a sentence.
    pub text: String,
}

/// What a finding is about.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectLine {
    /// `launch`, `discipline`, `epic`, `story`, `item` or `request`.
    pub kind: &'static str,
    /// Its id, or a discipline's code.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl Report {
    /// Puts an assessment into words.
    pub fn new(launch: &Launch, a: &Assessment, people: &People, locale: Locale) -> Self {
        let schedule = launch.schedule.as_ref();
        Self {
            launch: schedule.map(|s| s.id.to_string()).unwrap_or_default(),
            title: launch.title().to_owned(),
            at: a.now,
            revision: a.revision,
            stage: a.stage,
            verdict: a.verdict,
            course: a.outlook.course,
            declared_course: a.declared,
            sentence: a.sentence(launch).text(locale),
            honest_date: a.outlook.honest,
            moment: schedule.map(|s| s.moment),
            waivers: a.waivers(),
            epics: launch
                .ranked()
                .map(|(ix, epic)| EpicLine {
                    id: epic.id.to_string(),
                    title: epic.title.to_string(),
                    in_scope: epic.in_scope.is_some(),
                    status: a.epic(ix),
                })
                .collect(),
            findings: a
                .findings
                .iter()
                .map(|f| line(launch, a, f, people, locale))
                .collect(),
        }
    }
}

fn line(
    launch: &Launch,
    assessment: &Assessment,
    finding: &Finding,
    people: &People,
    locale: Locale,
) -> FindingLine {
    FindingLine {
        rule: finding.rule,
        blocking: finding.is_blocking(),
        discipline: finding.discipline,
        subject: SubjectLine {
            kind: finding.subject.kind(),
            id: finding.subject.id(launch),
            title: subject_title(launch, finding.subject, locale),
        },
        waits_for: match finding.waits_for {
            WaitsFor::Person(id) => Some(
                people
                    .name(id)
                    .map_or_else(|| id.to_string(), str::to_owned),
            ),
            WaitsFor::Discipline(discipline) => Some(discipline.code().to_owned()),
            WaitsFor::Nobody => None,
        },
        since: finding.since,
        last_safe_start: finding.last_safe_start,
        text: finding_text(launch, assessment, finding, people, locale),
    }
}

impl Subject {
    /// The stable name of the kind of subject.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Launch => "launch",
            Self::Discipline(_) => "discipline",
            Self::Epic(_) => "epic",
            Self::Story(_) => "story",
            Self::Item(_) => "item",
            Self::Request(_) => "request",
        }
    }

    /// The id of the subject, or a discipline's code.
    pub fn id(self, launch: &Launch) -> String {
        match self {
            Self::Launch => launch.schedule.as_ref().map(|s| s.id.to_string()),
            Self::Discipline(discipline) => Some(discipline.code().to_owned()),
            Self::Epic(ix) => launch.epics.at(ix).map(|e| e.id.to_string()),
            Self::Story(ix) => launch.stories.at(ix).map(|s| s.id.to_string()),
            Self::Item(ix) => launch.items.at(ix).map(|i| i.id.to_string()),
            Self::Request(ix) => launch.requests.at(ix).map(|r| r.id.to_string()),
        }
        .unwrap_or_default()
    }
}
