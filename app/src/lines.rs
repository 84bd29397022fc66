//! A launch as one line of the portfolio.

use chrono::NaiveDate;
use startklar::{
    Assessment, Launch, LaunchId, Locale, People,
    engine::{Course, Subject},
    texts::{count, finding_text, subject_title},
    time::{Instant, days_between},
};

use crate::{
    address,
    boot::Piece,
    charts::fleet::{self, Calendar},
    parts::sentence::piece,
};

/// A launch on one line of the portfolio.
#[derive(Debug, Clone)]
pub struct LaunchLine {
    /// Its id.
    pub id: LaunchId,
    /// Its title.
    pub title: String,
    /// The sentence in pieces.
    pub sentence: Vec<Piece>,
    /// First day of its week 1.
    pub start: NaiveDate,
    /// The day of its launch moment.
    pub launch_day: NaiveDate,
    /// The calendar day of now in its zone.
    pub today: NaiveDate,
    /// Days from today to the launch day; negative after it.
    pub days_left: i64,
    /// Whether it was launched.
    pub launched: bool,
    /// Will it make it?
    pub course: Course,
    /// The earliest honest date.
    pub honest: Option<NaiveDate>,
    /// What binds it: title and address.
    pub binds: Option<(String, String)>,
    /// Who touched it last, and when.
    pub touched: Option<Instant>,
    /// The day of that in its own calendar.
    pub touched_day: Option<NaiveDate>,
    /// The mini strip as SVG, drawn by `charts::fleet`.
    pub chart: String,
}

/// The line of a launch, drawn on a calendar that it shares with others; `None` before it is
/// planned, which is before it has an id.
pub fn line(
    launch: &Launch,
    assessment: &Assessment,
    course: Course,
    people: &People,
    locale: Locale,
    calendar: &Calendar,
) -> Option<LaunchLine> {
    let schedule = launch.schedule.as_ref()?;
    let base = format!("/l/{}", schedule.id);
    let moment = launch.launched.map_or(schedule.moment, |l| l.at);
    let launch_day = launch.day(moment);
    let stanza = assessment.sentence(launch).stanza(locale);
    let mut sentence = Vec::new();
    // What is built and what is open: the date has a column of its own.
    for (n, spans) in stanza.into_iter().take(2).enumerate() {
        if n > 0 {
            sentence.push(Piece {
                text: " ".to_owned(),
                strong: false,
                late: false,
                href: None,
            });
        }
        sentence.extend(spans.into_iter().map(|span| piece(&base, span)));
    }
    Some(LaunchLine {
        id: schedule.id.clone(),
        title: schedule.title.to_string(),
        sentence,
        start: schedule.start,
        launch_day,
        today: assessment.today,
        days_left: days_between(assessment.today, launch_day),
        launched: launch.launched.is_some(),
        course,
        honest: assessment.outlook.honest,
        binds: binds(launch, assessment, people, locale, &base),
        touched: launch.touched,
        touched_day: launch.touched.map(|at| launch.day(at)),
        chart: fleet::line(launch, assessment, calendar, locale),
    })
}

/// What takes longest, or what is missing first: its title and address.
fn binds(
    launch: &Launch,
    assessment: &Assessment,
    people: &People,
    locale: Locale,
    base: &str,
) -> Option<(String, String)> {
    let first = assessment.blockers().next()?;
    let subject = assessment.outlook.binds.unwrap_or(first.subject);
    let title = match subject {
        Subject::Launch if assessment.outlook.binds.is_some() => count(
            &locale.catalogue().portfolio.open_stories,
            launch.open_stories(),
        ),
        Subject::Launch | Subject::Discipline(_) => {
            finding_text(launch, assessment, first, people, locale)
        }
        subject => subject_title(launch, subject, people, locale),
    };
    let rest = match subject {
        Subject::Launch if assessment.outlook.binds.is_none() && first.rule.is_of_moment() => {
            "/calendar".to_owned()
        }
        Subject::Launch => "/plan".to_owned(),
        subject => address::subject(launch, subject),
    };
    Some((title, format!("{base}{rest}")))
}
