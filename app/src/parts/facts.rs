//! The facts under the sentence: would we go now, will we make it, when is the moment, what binds
//! it, and how old all this is. Verdict, course and age stand apart and are never one score.

mod course;

use std::fmt::Write as _;

use leptos::prelude::*;
use startklar::{
    Assessment, Launch, Locale, People,
    engine::{ItemState, Rule, Subject, Verdict},
    model::{ItemIx, Schedule},
    texts::{
        Catalogue, ago, count, day_seen, day_year_clock, fill, short_day_seen, subject_title,
        t_minus,
    },
    time::plus,
};

use super::{
    dates::{day_clock, number, since},
    state::verdict_symbol,
};
use crate::{address, boot::Chance, charts::escape, desk::Desk};

/// The facts of the launch on the page.
#[component]
pub(crate) fn Facts() -> impl IntoView {
    let desk = Desk::here();
    let base = desk.href("");
    let html = Memo::new(move |_| {
        let view = desk.view();
        let people = desk.people();
        Telling {
            launch: &view.launch,
            assessment: &view.assessment,
            chance: desk.chance.get(),
            people: &people,
            locale: desk.locale,
            base: &base,
            past: desk.past.is_some(),
        }
        .html()
    });
    view! { <dl class="facts" inner_html=move || html.get()></dl> }
}

/// What the facts are told from.
pub(crate) struct Telling<'a> {
    pub(crate) launch: &'a Launch,
    pub(crate) assessment: &'a Assessment,
    pub(crate) chance: Option<Chance>,
    pub(crate) people: &'a People,
    pub(crate) locale: Locale,
    /// The address of the launch; empty where nothing is to be linked.
    pub(crate) base: &'a str,
    pub(crate) past: bool,
}

/// One fact: what is asked, the answer, and what to know about it. Answer and note are HTML.
struct Fact {
    asked: &'static str,
    answer: String,
    note: String,
}

impl Telling<'_> {
    fn t(&self) -> &'static Catalogue {
        self.locale.catalogue()
    }

    /// The inside of the list of facts.
    pub(crate) fn html(&self) -> String {
        let moment = self.launch.schedule.as_ref().map(|s| self.moment(s));
        list([
            Some(self.verdict()),
            Some(self.course()),
            moment,
            Some(self.binds()),
            Some(self.age()),
        ])
    }

    /// The same for somebody outside: nothing that names people or items.
    #[cfg(feature = "ssr")]
    pub(crate) fn outside(&self) -> String {
        let moment = self.launch.schedule.as_ref().map(|s| self.moment(s));
        list([Some(self.verdict()), moment, Some(self.age())])
    }

    fn verdict(&self) -> Fact {
        let c = &self.t().cockpit;
        let verdict = self.assessment.verdict;
        let word = match verdict {
            Verdict::NoGo => c.no_go,
            Verdict::GoWithConditions(_) => c.go_if,
            Verdict::Go(_) => c.go,
        };
        let class = match verdict {
            Verdict::NoGo => "state",
            Verdict::GoWithConditions(_) => "state state--risk",
            Verdict::Go(_) => "state state--good",
        };
        let blockers = self.assessment.blockers().count();
        let mut note = if blockers == 0 {
            c.no_blocker.to_owned()
        } else {
            count(&c.blockers, blockers)
        };
        let waivers = self.assessment.waivers();
        let text = count(&c.waivers, waivers);
        if waivers > 0 && self.base.is_empty() {
            let _ = write!(note, ", {text}");
        } else if waivers > 0 {
            let _ = write!(
                note,
                r#", <a href="{}/checklists?waived=1">{text}</a>"#,
                self.base
            );
        }
        if !self.past && !self.base.is_empty() {
            // What the disciplines say to it is another matter, and beside it.
            let text = self.t().ui.decision;
            let _ = write!(note, r#", <a href="{}/decision">{text}"#, self.base);
            if self.launch.open_poll().is_some() {
                let _ = write!(note, ": {}", c.poll_open);
            }
            note.push_str("</a>");
        }
        Fact {
            asked: c.would_we_go,
            answer: state(class, verdict_symbol(verdict), word),
            note,
        }
    }

    fn moment(&self, schedule: &Schedule) -> Fact {
        let c = &self.t().cockpit;
        let today = self.assessment.today;
        if let Some(launched) = self.launch.launched {
            let end = plus(self.launch.day(launched.at), schedule.watch_days.into());
            let closed = self.launch.watch_closed.map(|w| self.launch.day(w.at));
            let (text, at) = closed.map_or((c.watch_until, end), |at| (c.watch_closed, at));
            return Fact {
                asked: c.launched,
                answer: day_year_clock(self.locale, &schedule.zone, launched.at),
                note: fill(text, &[("day", &day_seen(self.locale, today, at))]),
            };
        }
        let at = schedule.zone.day(schedule.moment);
        let note = fill(
            c.moment_detail,
            &[
                ("zone", &schedule.zone.name),
                ("ago", &no_break(&ago(self.locale, today, at))),
                ("t", &t_minus(today, at)),
            ],
        );
        let when = day_year_clock(self.locale, &schedule.zone, schedule.moment);
        let answer = if self.past || self.base.is_empty() {
            when
        } else {
            self.link("/calendar", &when)
        };
        Fact {
            asked: c.launch_moment,
            answer,
            note: escape(&note).into_owned(),
        }
    }

    fn binds(&self) -> Fact {
        let c = &self.t().cockpit;
        let first = self.assessment.blockers().next();
        let (answer, note) = match (self.assessment.outlook.binds, first) {
            (_, None) => (c.binds_nothing.to_owned(), c.nothing_open.to_owned()),
            (Some(Subject::Launch), _) => {
                let stories = count(&c.binds_stories, self.launch.open_stories());
                (self.link("/plan", &stories), c.binds_pace.to_owned())
            }
            (Some(subject), _) => (self.subject(subject), self.work_left(subject)),
            (None, Some(first)) => match first.subject {
                Subject::Launch if first.rule.is_of_moment() => {
                    let why = match first.rule {
                        Rule::MomentInFreeze => c.why_frozen,
                        _ => c.why_outside,
                    };
                    (self.link("/calendar", c.launch_moment), why.to_owned())
                }
                Subject::Launch => (self.link("/scope", c.scope_title), c.why_scope.to_owned()),
                Subject::Discipline(_) => (self.subject(first.subject), c.why_missing.to_owned()),
                subject => (self.subject(subject), c.no_date.to_owned()),
            },
        };
        Fact {
            asked: c.what_binds,
            answer,
            note,
        }
    }

    fn subject(&self, subject: Subject) -> String {
        let title = subject_title(self.launch, subject, self.people, self.locale);
        self.link(&address::subject(self.launch, subject), &title)
    }

    fn link(&self, rest: &str, text: &str) -> String {
        format!(r#"<a href="{}{rest}">{}</a>"#, self.base, escape(text))
    }

    /// How long the work on what binds the launch takes, and whether it has begun.
    fn work_left(&self, subject: Subject) -> String {
        let c = &self.t().cockpit;
        let Subject::Item(ix) = subject else {
            return String::new();
        };
        let Some(item) = self.launch.items.at(ix) else {
            return String::new();
        };
        let days = usize::from(item.lead_days);
        match (self.assessment.item(ix), item.begun) {
            (ItemState::NotBegun, _) => self.not_begun(ix, days),
            (ItemState::Begun, Some(begun)) => {
                let begun = short_day_seen(
                    self.locale,
                    self.assessment.today,
                    self.launch.day(begun.at),
                );
                fill(&count(&c.binds_begun, days), &[("day", &begun)])
            }
            _ => c.binds_waits.to_owned(),
        }
    }

    /// What a wait costs: a day each where the launch moment cannot be held, nothing before the last
    /// safe start.
    fn not_begun(&self, ix: ItemIx, days: usize) -> String {
        let c = &self.t().cockpit;
        let start = self.assessment.last_safe_start(self.launch, ix);
        match start.filter(|start| *start >= self.assessment.today) {
            Some(start) if days > 0 => {
                let start = day_seen(self.locale, self.assessment.today, start);
                fill(&count(&c.binds_has_time, days), &[("day", &start)])
            }
            None if days > 0 => count(&c.binds_not_begun, days),
            _ => c.binds_no_work.to_owned(),
        }
    }

    fn age(&self) -> Fact {
        let c = &self.t().cockpit;
        let (launch, now) = (self.launch, self.assessment.now);
        let n = number(self.locale, launch.revision);
        if self.past {
            let answer = day_year_clock(self.locale, &launch.zone(), now);
            return Fact {
                asked: c.as_of,
                answer,
                note: fill(c.past, &[("n", &n)]),
            };
        }
        let touched = launch.touched.unwrap_or(now);
        let when = day_clock(self.locale, launch, self.assessment.today, touched);
        let ago = since(
            self.locale,
            (self.assessment.today, launch.day(touched)),
            now,
            touched,
        );
        // On paper there is no now.
        let now = day_year_clock(self.locale, &launch.zone(), now);
        let answer = format!(
            r#"<span class="no-print">{}</span><span class="print-only">{now}</span>"#,
            c.as_of_now
        );
        Fact {
            asked: c.as_of,
            answer,
            note: fill(c.journal_no, &[("ago", &ago), ("when", &when), ("n", &n)]),
        }
    }
}

/// The inside of a list of facts.
fn list<const N: usize>(facts: [Option<Fact>; N]) -> String {
    let mut out = String::with_capacity(2048);
    for fact in facts.into_iter().flatten() {
        let Fact {
            asked,
            answer,
            note,
        } = fact;
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            out,
            "<div><dt>{asked}</dt><dd>{answer}</dd><dd>{note}</dd></div>"
        );
    }
    out
}

/// A state as shape and word.
fn state(class: &str, symbol: &str, word: &str) -> String {
    format!(
        r##"<span class="{class}"><svg aria-hidden="true"><use href="#{symbol}"/></svg>{}</span>"##,
        escape(word)
    )
}

/// A number stays with what it counts.
fn no_break(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{PEOPLE, item, planned, run, seen};

    /// What is said of what binds, on day 2 of a launch with an item of so many days, so many days
    /// before its moment.
    fn binds(lead: u16, days: i64) -> String {
        let mut launch = planned(10, days);
        run(
            &mut launch,
            0,
            json!({"add_epic": {"id": "e", "title": "E"}}),
        );
        run(&mut launch, 0, json!({"scope_epic": {"epic": "e"}}));
        run(&mut launch, 1, item("offer", "sales", lead));
        let (launch, assessment) = seen(&launch, 2);
        let telling = Telling {
            launch: &launch,
            assessment: &assessment,
            chance: None,
            people: &PEOPLE,
            locale: Locale::En,
            base: "/l/m",
            past: false,
        };
        telling.binds().note
    }

    #[test]
    fn a_wait_moves_the_date_only_where_the_moment_cannot_be_held() {
        assert_eq!(
            binds(56, 40),
            "56 days of work, not begun: each day moves the date"
        );
        assert_eq!(
            binds(56, 1000),
            "56 days of work, not begun: begin by Sun 1 Oct 2028"
        );
        assert_eq!(binds(0, 40), "not begun, without a lead time");
    }
}
