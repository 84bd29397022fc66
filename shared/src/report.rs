//! The assessment as an object that machines read: the same from `check --json` and the API.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    engine::{Assessment, Course, EpicStatus, Finding, Rule, Stage, Subject, Verdict, WaitsFor},
    forecast::{LaneForecast, LaunchForecast, Pace, Share, course},
    id::PersonId,
    model::{Discipline, ItemIx, Launch, People},
    texts::{Locale, finding_text, forecast_text, subject_title},
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
    /// What is to be expected; not there where there is nothing to forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<ForecastReport>,
}

/// A forecast in words. Shares of the futures are thousandths.
#[derive(Debug, Clone, Serialize)]
pub struct ForecastReport {
    /// How many futures it rests on.
    pub futures: usize,
    /// Those in which everything is ready on the day of the launch moment.
    pub ready: Share,
    /// When everything is ready.
    pub dates: Dates,
    /// The stories of the scope.
    pub technical: LaneReport,
    /// The items that the launch waits for.
    pub items: LaneReport,
    /// How the stories came on so far.
    pub pace: Pace,
    /// What was last in how many futures, most often first.
    pub last: Vec<LastLine>,
    /// The same in a few sentences, in the language asked for.
    pub text: String,
}

/// The forecast of one lane.
#[derive(Debug, Clone, Serialize)]
pub struct LaneReport {
    /// The futures in which it is ready on the day of the launch moment.
    pub ready: Share,
    /// When it is ready.
    pub dates: Dates,
    /// Where it is heading.
    pub course: Course,
}

/// Days by whose end so many of the futures are ready.
#[derive(Debug, Clone, Serialize)]
pub struct Dates {
    /// Half of them.
    pub p50: NaiveDate,
    /// 80 %.
    pub p80: NaiveDate,
    /// 90 %.
    pub p90: NaiveDate,
}

/// What was last in some futures.
#[derive(Debug, Clone, Serialize)]
pub struct LastLine {
    /// What it is: `kind`, `id` and `title`.
    pub subject: SubjectLine,
    /// In how many.
    pub share: Share,
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
    /// The items that an early warning names; not there where it names none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemLine>,
    /// What is missing, in a sentence.
    pub text: String,
}

/// An item that an early warning names.
#[derive(Debug, Clone, Serialize)]
pub struct ItemLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its owner, or else its discipline's lead, by name; nobody where neither is named.
    pub who: Option<String>,
    /// The last day on which work on it must begin.
    pub last_safe_start: Option<NaiveDate>,
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
    pub fn new(
        launch: &Launch,
        a: &Assessment,
        forecast: Option<&LaunchForecast>,
        people: &People,
        locale: Locale,
    ) -> Self {
        let schedule = launch.schedule.as_ref();
        Self {
            launch: schedule.map(|s| s.id.to_string()).unwrap_or_default(),
            title: launch.title().to_owned(),
            at: a.now,
            revision: a.revision,
            stage: a.stage,
            verdict: a.verdict,
            course: course(a, forecast),
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
            forecast: forecast.map(|f| ForecastReport::new(launch, f, people, locale)),
        }
    }
}

impl ForecastReport {
    fn new(launch: &Launch, forecast: &LaunchForecast, people: &People, locale: Locale) -> Self {
        let last = forecast.last.iter().map(|(subject, share)| LastLine {
            subject: SubjectLine::new(launch, *subject, people, locale),
            share: *share,
        });
        Self {
            futures: forecast.futures,
            ready: forecast.ready,
            dates: Dates::new(forecast.dates),
            technical: LaneReport::new(&forecast.technical),
            items: LaneReport::new(&forecast.items),
            pace: forecast.pace,
            last: last.collect(),
            text: forecast_text(launch, forecast, locale),
        }
    }
}

impl LaneReport {
    fn new(lane: &LaneForecast) -> Self {
        Self {
            ready: lane.ready,
            dates: Dates::new(lane.dates),
            course: lane.course,
        }
    }
}

impl Dates {
    const fn new([p50, p80, p90]: [NaiveDate; 3]) -> Self {
        Self { p50, p80, p90 }
    }
}

impl SubjectLine {
    fn new(launch: &Launch, subject: Subject, people: &People, locale: Locale) -> Self {
        Self {
            kind: subject.kind(),
            id: subject.id(launch),
            title: subject_title(launch, subject, people, locale),
        }
    }
}

impl ItemLine {
    fn new(launch: &Launch, assessment: &Assessment, people: &People, ix: ItemIx) -> Option<Self> {
        let item = launch.items.at(ix)?;
        let lead = launch.leads.get(&item.discipline).copied();
        Some(Self {
            id: item.id.to_string(),
            title: item.title.to_string(),
            who: item.owner.or(lead).map(|id| name(people, id)),
            last_safe_start: assessment.last_safe_start(launch, ix),
        })
    }
}

fn name(people: &People, id: PersonId) -> String {
    let name = people.name(id);
    name.map_or_else(|| id.to_string(), str::to_owned)
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
        subject: SubjectLine::new(launch, finding.subject, people, locale),
        waits_for: match finding.waits_for {
            WaitsFor::Person(id) => Some(name(people, id)),
            WaitsFor::Discipline(discipline) => Some(discipline.code().to_owned()),
            WaitsFor::Nobody => None,
        },
        since: finding.since,
        last_safe_start: finding.last_safe_start,
        items: {
            let items = finding.items().iter();
            let line = |ix: &ItemIx| ItemLine::new(launch, assessment, people, *ix);
            items.filter_map(line).collect()
        },
        text: finding_text(launch, assessment, finding, people, locale),
    }
}
