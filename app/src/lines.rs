//! A launch as one line of the portfolio.

use startklar::{
    Assessment, Launch, Locale, People,
    engine::{Course, Subject},
    model::StoryState,
    texts::{count, finding_text, subject_title},
    time::days_between,
};

use crate::{
    address,
    boot::{LaunchLine, Piece},
    charts::fleet::{self, Calendar},
    parts::sentence::piece,
};

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
            open_stories(launch),
        ),
        Subject::Launch | Subject::Discipline(_) => {
            finding_text(launch, assessment, first, people, locale)
        }
        subject => subject_title(launch, subject, locale),
    };
    let rest = match subject {
        Subject::Launch => "/plan".to_owned(),
        subject => address::subject(launch, subject),
    };
    Some((title, format!("{base}{rest}")))
}

/// Stories in scope that are still to be built.
pub(crate) fn open_stories(launch: &Launch) -> usize {
    let in_scope = |epic| launch.epics.at(epic).is_some_and(|e| e.in_scope.is_some());
    launch
        .stories
        .rows()
        .iter()
        .filter(|s| matches!(s.state, StoryState::Todo | StoryState::Begun(_)))
        .filter(|s| in_scope(s.epic))
        .count()
}
