//! A day in a column: absolute, and relative beneath.

use chrono::NaiveDate;
use leptos::prelude::*;
use startklar::{
    Locale,
    texts::{ago, day_seen, t_minus},
};

use super::symbols::Symbol;

/// A day with what is said beneath it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct When {
    /// The day.
    pub(crate) day: String,
    /// Relative to today, and to the launch moment.
    pub(crate) beneath: String,
    /// Whether the launch moment cannot be held this way.
    pub(crate) late: bool,
}

impl When {
    /// A day, seen from today.
    pub(crate) fn of(locale: Locale, today: NaiveDate, date: NaiveDate) -> Self {
        Self {
            day: day_seen(locale, today, date),
            beneath: ago(locale, today, date),
            late: false,
        }
    }

    /// With its distance to the launch moment.
    pub(crate) fn counted(mut self, date: NaiveDate, launch_day: NaiveDate) -> Self {
        self.beneath.push_str(", ");
        self.beneath.push_str(&t_minus(date, launch_day));
        self
    }
}

/// As the content of a cell; a dash when there is no day.
pub(crate) fn show(when: Option<When>) -> AnyView {
    match when {
        None => view! { <span class="quiet">"—"</span> }.into_any(),
        Some(When {
            day,
            beneath,
            late: true,
        }) => view! {
            <span class="state state--late">
                <Symbol name="i-late" />
                {day}
            </span>
            <small>{beneath}</small>
        }
        .into_any(),
        Some(When {
            day,
            beneath,
            late: false,
        }) => view! {
            {day}
            <small>{beneath}</small>
        }
        .into_any(),
    }
}
