//! People and dates as HTML text, for lists that are too long to be views.

use std::fmt::Write as _;

use chrono::NaiveDate;
use leptos::prelude::*;
use startklar::{
    Assessment, Launch, Locale, People, PersonId,
    engine::{Stage, Subject, WaitsFor},
    text::Note,
    texts::{Catalogue, ago, day_seen, said, t_minus},
};

use crate::{charts::escape, desk::Desk, parts::dates::first_name};

/// What the lists of the cockpit are written from.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) launch: &'a Launch,
    pub(super) assessment: &'a Assessment,
    pub(super) people: &'a People,
    pub(super) locale: Locale,
    pub(super) base: &'a str,
}

/// What is written of the launch as it is, anew whenever it changes.
pub(super) fn written<T: PartialEq + Send + Sync + 'static>(
    desk: Desk,
    write: impl Fn(&Page<'_>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let base = desk.href("");
    Memo::new(move |_| {
        let view = desk.view();
        let people = desk.people();
        write(&Page {
            launch: &view.launch,
            assessment: &view.assessment,
            people: &people,
            locale: desk.locale,
            base: &base,
        })
    })
}

impl Page<'_> {
    pub(super) fn t(&self) -> &'static Catalogue {
        self.locale.catalogue()
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.assessment.today
    }

    /// What keeps the launch moment from being held: each day that it waits moves the launch.
    pub(super) fn binds(&self) -> Option<Subject> {
        let outlook = &self.assessment.outlook;
        let moves = self.launch.launched.is_none() && outlook.honest > self.launch.launch_day();
        outlook.binds.filter(|_| moves)
    }

    /// What people said to each other.
    pub(super) fn said(&self, text: &Note) -> String {
        said(text.as_str(), self.people, self.locale)
    }

    /// Somebody's first name.
    pub(super) fn name(&self, id: PersonId) -> &str {
        self.people
            .name(id)
            .map_or(self.t().common.somebody_unknown, first_name)
    }

    /// Somebody with initials.
    pub(super) fn person(&self, id: PersonId) -> String {
        let Some(person) = self.people.get(id) else {
            return format!(
                r#"<span class="who">{}</span>"#,
                self.t().common.somebody_unknown
            );
        };
        format!(
            r#"<span class="who" title="{}"><abbr aria-hidden="true">{}</abbr>{}</span>"#,
            escape(person.name.as_str()),
            escape(&person.initials()),
            escape(first_name(person.name.as_str()))
        )
    }

    /// Who must move.
    pub(super) fn waits_for(&self, waits_for: WaitsFor) -> String {
        match waits_for {
            WaitsFor::Person(id) => self.person(id),
            WaitsFor::Discipline(discipline) => self.t().discipline(discipline).to_owned(),
            WaitsFor::Nobody => self.nobody(),
        }
    }

    /// Nobody is named. While nothing runs yet that is no alarm.
    pub(super) fn nobody(&self) -> String {
        if self.assessment.stage == Stage::Planned {
            return format!(
                r#"<span class="quiet">{}</span>"#,
                self.t().common.nobody_named
            );
        }
        format!(
            r##"<span class="state state--late"><svg aria-hidden="true"><use href="#i-none"/></svg>{}</span>"##,
            self.t().common.nobody_named
        )
    }

    /// A day with the days from here; with the days to the launch when it is a beginning.
    pub(super) fn when(&self, out: &mut String, at: NaiveDate, look: Look) {
        let text = day_seen(self.locale, self.today(), at);
        // Writing to a string cannot fail, here and below.
        let _ = match look {
            Look::Late => write!(
                out,
                r##"<span class="state state--late"><svg aria-hidden="true"><use href="#i-late"/></svg>{text}</span>"##
            ),
            Look::Over => write!(out, "<b>{text}</b>"),
            Look::Plain | Look::Due => write!(out, "{text}"),
        };
        let _ = write!(out, "<small>{}", ago(self.locale, self.today(), at));
        let begins = matches!(look, Look::Plain | Look::Late);
        if let (true, Some(launch_day)) = (begins, self.launch.launch_day()) {
            let _ = write!(out, ", {}", t_minus(at, launch_day));
        }
        out.push_str("</small>");
    }
}

/// How a day is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// A beginning.
    Plain,
    /// A day that lost the launch moment.
    Late,
    /// The day something is due.
    Due,
    /// The day it was due.
    Over,
}
