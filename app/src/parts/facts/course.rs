//! Will we make it? And once it was launched: did we?

use std::fmt::Write as _;

use chrono::NaiveDate;
use startklar::{
    engine::{Course, Rule},
    model::Schedule,
    texts::{count, day_seen, fill, in_time},
    time::days_between,
};

use super::{Fact, Telling, no_break, state};
use crate::{
    charts::escape,
    parts::{
        dates::{capital, first_name},
        state::course_look,
    },
};

impl Telling<'_> {
    pub(super) fn course(&self) -> Fact {
        let c = &self.t().cockpit;
        if let (Some(launched), Some(schedule)) = (self.launch.launched, &self.launch.schedule) {
            return self.kept(schedule, self.launch.day(launched.at));
        }
        let computed = self.chance.map(|chance| chance.course);
        let course = computed.unwrap_or(self.assessment.outlook.course);
        let (symbol, class) = course_look(course);
        let mut answer = state(class, symbol, &capital(self.t().course(course)));
        let spare = self.spare();
        if let Some(late) = spare.filter(|s| *s < 0) {
            let n = usize::try_from(late.unsigned_abs()).unwrap_or_default();
            let _ = write!(answer, ", {}", no_break(&count(&c.by_days, n)));
        }
        let computed = || match (course, spare) {
            _ if self.chance.is_some_and(|chance| chance.open) => self.chance(),
            (_, Some(days @ 0..)) if course != Course::NotEnoughKnown => {
                count(&c.to_spare, usize::try_from(days).unwrap_or_default())
            }
            (Course::NotEnoughKnown, _) => self.unknown().to_owned(),
            (Course::OffCourse, None) => c.moment_past.to_owned(),
            (_, None) if self.assessment.blockers().next().is_none() => c.nothing_open.to_owned(),
            (_, None) => c.no_date.to_owned(),
            _ => String::new(),
        };
        let note = self.declared().unwrap_or_else(computed);
        Fact {
            asked: c.will_we_make_it,
            answer,
            note,
        }
    }

    /// In how many of the futures it is ready in time; as long as little is known, that.
    fn chance(&self) -> String {
        let Some(chance) = self.chance else {
            return String::new();
        };
        let text = if chance.course == Course::NotEnoughKnown {
            self.unknown().to_owned()
        } else {
            in_time(self.locale, chance.ready)
        };
        self.link("/forecast", &text)
    }

    /// Why too little is known to say.
    fn unknown(&self) -> &'static str {
        let c = &self.t().cockpit;
        match self.assessment.by_rule(Rule::EpicEmpty).next() {
            Some(_) => c.size_unknown,
            None => c.little_known,
        }
    }

    /// Whether the launch moment was kept.
    fn kept(&self, schedule: &Schedule, launched: NaiveDate) -> Fact {
        let c = &self.t().cockpit;
        let planned = schedule.zone.day(schedule.moment);
        let days = days_between(planned, launched);
        let n = usize::try_from(days.unsigned_abs()).unwrap_or_default();
        let answer = match days {
            0 => c.kept.to_owned(),
            1.. => count(&c.kept_late, n),
            _ => count(&c.kept_early, n),
        };
        let note = if self.launch.claimed {
            c.kept_claimed
        } else {
            c.kept_planned
        };
        Fact {
            asked: c.did_we_make_it,
            answer,
            note: fill(
                note,
                &[(
                    "day",
                    &day_seen(self.locale, self.assessment.today, planned),
                )],
            ),
        }
    }

    /// Days between honest date and launch day; negative when the launch day comes first.
    fn spare(&self) -> Option<i64> {
        let launch_day = self.launch.launch_day()?;
        self.assessment
            .outlook
            .honest
            .map(|h| days_between(h, launch_day))
    }

    /// The course that somebody declared beside the computed one.
    fn declared(&self) -> Option<String> {
        self.assessment.declared?;
        let declared = self.launch.declared.as_ref()?;
        let name = self.people.name(declared.by.by);
        let who = name.map_or(self.t().common.somebody_unknown, first_name);
        let text = fill(
            self.t().cockpit.declared,
            &[
                ("who", &who),
                ("course", &self.t().course(declared.course)),
                (
                    "until",
                    &day_seen(self.locale, self.assessment.today, declared.until),
                ),
                ("reason", &declared.reason),
            ],
        );
        Some(escape(&text).into_owned())
    }
}
