//! The calendar of a launch: backwards from its moment what must begin by when, the windows and freezes
//! around it, and the launches beside it.

use chrono::NaiveDate;
use leptos::prelude::*;
use startklar::{
    Assessment, Command, Launch, Policy, assess,
    engine::Rule,
    model::Freeze,
    rights,
    texts::{Catalogue, clock, day_seen, day_year_clock, fill, finding_text, t_minus, window_text},
    time::{days_between, plus},
};

use super::windows;
use crate::{address, boot::Boot, decision::Beside, desk::Desk, parts::fields};

/// Days before and after the launch moment whose windows and launches are shown.
const AROUND: i64 = 14;

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    let Some(room) = &boot.room else {
        return String::new();
    };
    let page = Page {
        desk,
        launch: &room.launch,
        assessment: &assess(&room.launch, &Policy::default(), boot.now),
        beside: &room.beside,
    };
    page.view().to_html()
}

/// What all parts of the page look at.
#[derive(Clone, Copy)]
struct Page<'a> {
    desk: Desk,
    launch: &'a Launch,
    assessment: &'a Assessment,
    beside: &'a [Beside],
}

/// Something on a day: what kind it is, to be told in that order, and in words.
struct Entry {
    day: NaiveDate,
    kind: Kind,
    words: AnyView,
}

/// In the order in which they are told on one day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Today,
    Freeze,
    Window,
    Moment,
    Beside,
    Start,
}

impl Page<'_> {
    fn texts(&self) -> &'static Catalogue {
        self.desk.texts()
    }

    fn day(&self, day: NaiveDate) -> String {
        day_seen(self.desk.locale, self.assessment.today, day)
    }

    fn view(&self) -> AnyView {
        let t = self.texts();
        let Some(schedule) = &self.launch.schedule else {
            return ().into_any();
        };
        let moment = day_year_clock(self.desk.locale, &schedule.zone, schedule.moment);
        let moment = fill(t.windows.moment, &[("moment", &moment)]);
        view! {
            <h1 class="sentence sentence--line">
                <span>{moment}</span>
            </h1>
            <p class="quiet">{t.windows.hint}</p>
            {self.judged()}
            {self.except()}
            {self.plan()}
            <section class="section" aria-labelledby="windows">
                <div class="head">
                    <h2 id="windows">{t.windows.title}</h2>
                </div>
                {windows::told(self.desk, &self.launch.windows)}
                <p class="more">
                    <a href=self.desk.href("/settings#windows")>{t.ui.settings}</a>
                </p>
            </section>
        }
        .into_any()
    }

    /// What the rules say of the moment, and who launches on the same day.
    fn judged(&self) -> AnyView {
        let t = self.texts();
        let people = self.desk.people();
        let (launch, locale) = (self.launch, self.desk.locale);
        let is_said = |rule: Rule| rule.is_of_moment() || rule == Rule::MomentExcepted;
        let findings = self.assessment.findings.iter().filter(|f| is_said(f.rule));
        let mut lines: Vec<String> = findings
            .map(|f| finding_text(launch, self.assessment, f, &people, locale))
            .collect();
        if lines.is_empty() && launch.launched.is_none() && !launch.windows.is_empty() {
            lines.push(t.windows.in_window.to_owned());
        }
        let lines = lines.into_iter().map(|line| view! { <p>{line}</p> });
        let day = launch.launch_day();
        let same = self.beside.iter().filter(|b| Some(launch.day(b.at)) == day);
        let same = same.map(|beside| {
            let words = fill(t.windows.same_day, &[("title", &beside.title)]);
            view! {
                <p>
                    <a href=format!("/l/{}", beside.id)>{words}</a>
                </p>
            }
        });
        view! {
            {lines.collect_view()}
            {same.collect_view()}
        }
        .into_any()
    }

    /// The form by which a decider lets it happen all the same.
    fn except(&self) -> Option<AnyView> {
        let t = &self.texts().windows;
        let found = self.assessment.findings.iter();
        let stands = found.clone().any(|f| f.rule.is_of_moment());
        if !stands {
            return None;
        }
        let Some(_) = self.desk.me else {
            let href = self.desk.path.with_value(|path| address::who(path));
            let ask = self.texts().ui.who_are_you;
            let link = view! {
                <p class="section">
                    <a class="button" href=href>
                        {ask}
                    </a>
                </p>
            };
            return Some(link.into_any());
        };
        let reason = "-".parse().ok()?;
        let command = Command::ExceptMoment { reason };
        let may = rights::may(self.launch, &command, &self.desk.actor());
        if !may {
            let whose = rights::refusal(rights::Act::Decide);
            let whose = whose.text(self.desk.locale, &self.desk.people());
            return Some(view! { <p class="quiet small">{whose}</p> }.into_any());
        }
        Some(
            view! {
                <form method="post" action=self.desk.href("/do") class="section form">
                    <input type="hidden" name="kind" value="except_moment" />
                    <input type="hidden" name="back" value=self.desk.href("/calendar") />
                    {fields::note(self.texts().pages.fields.reason, "reason", "", true)}
                    <p class="quiet">{t.except_hint}</p>
                    <button class="button">{t.except}</button>
                </form>
            }
            .into_any(),
        )
    }

    /// Day by day: what must begin, what is open and what is not, who else launches.
    fn plan(&self) -> AnyView {
        let t = self.texts();
        let Some(last) = self.launch.launch_day() else {
            return ().into_any();
        };
        let mut entries = self.marks(last);
        entries.extend(self.starts());
        entries.extend(self.windows(last));
        entries.extend(self.freezes(last));
        entries.extend(self.launches(last));
        entries.sort_by_key(|entry| (entry.day, entry.kind));
        let days = entries.chunk_by(|a, b| a.day == b.day).map(|of| of[0].day);
        let days: Vec<NaiveDate> = days.collect();
        let mut entries = entries.into_iter().peekable();
        let rows = days.into_iter().map(|day| {
            let mut lines = Vec::new();
            while let Some(entry) = entries.next_if(|entry| entry.day == day) {
                lines.push(view! { <p>{entry.words}</p> });
            }
            view! {
                <tr>
                    <th scope="row">{self.day(day)}</th>
                    <td data-label=t.windows.until_moment>{t_minus(day, last)}</td>
                    <td>{lines.collect_view()}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <section class="section" aria-labelledby="backward">
                <div class="head">
                    <h2 id="backward">{t.windows.backward}</h2>
                </div>
                <p class="quiet">{t.windows.backward_hint}</p>
                <table class="list">
                    <caption class="away">{t.windows.backward}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t.windows.day}</th>
                            <th scope="col">{t.windows.until_moment}</th>
                            <th scope="col">{t.windows.what}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any()
    }

    /// Today and the launch moment.
    fn marks(&self, last: NaiveDate) -> Vec<Entry> {
        let t = self.texts();
        let schedule = self.launch.schedule.as_ref();
        let at = schedule.map(|s| clock(&s.zone, s.moment));
        let moment = format!("{} {}", t.cockpit.launch_moment, at.unwrap_or_default());
        let mark = |day, kind, words: String| {
            let words = view! { <b>{words}</b> }.into_any();
            Entry { day, kind, words }
        };
        let today = self.assessment.today;
        vec![
            mark(today, Kind::Today, t.windows.today.to_owned()),
            mark(last, Kind::Moment, moment),
        ]
    }

    /// Open items that the launch waits for, at their last safe starts.
    fn starts(&self) -> Vec<Entry> {
        let t = self.texts();
        let items = self.launch.items.each();
        let open = items.filter(|(ix, item)| {
            let open = !self.assessment.item(*ix).is_closed() && item.begun.is_none();
            open && self.assessment.is_required(*ix)
        });
        let entry = |(ix, item): (_, &startklar::model::Item)| {
            let day = self.assessment.last_safe_start(self.launch, ix)?;
            let href = self.desk.href(&address::item(&item.id));
            let words = view! {
                {t.cockpit.last_safe_start}
                ": "
                <a href=href>{item.title.to_string()}</a>
                " "
                <span class="quiet">{t.discipline(item.discipline)}</span>
            };
            let (kind, words) = (Kind::Start, words.into_any());
            Some(Entry { day, kind, words })
        };
        open.filter_map(entry).collect()
    }

    /// The windows that open around the launch moment.
    fn windows(&self, last: NaiveDate) -> Vec<Entry> {
        let t = &self.texts().windows;
        let Some(schedule) = &self.launch.schedule else {
            return Vec::new();
        };
        let days = (-AROUND..=AROUND).map(|days| plus(last, days));
        let days = days.filter(|day| self.launch.windows.freeze(*day).is_none());
        let open = days.flat_map(|day| {
            let windows = self.launch.windows.windows().iter();
            let open = windows.filter(move |w| w.opens(&schedule.zone, day).is_some());
            open.map(move |window| (day, window))
        });
        let entry = |(day, window)| {
            let words = format!(
                "{}: {}",
                t.window_opens,
                window_text(self.desk.locale, window)
            );
            let (kind, words) = (Kind::Window, words.into_any());
            Entry { day, kind, words }
        };
        open.map(entry).collect()
    }

    /// The freezes that are not over, or lie around the launch moment.
    fn freezes(&self, last: NaiveDate) -> Vec<Entry> {
        let t = &self.texts().windows;
        let today = self.assessment.today;
        let far = plus(last, Freeze::LONGEST);
        let freezes = self.launch.windows.freezes().iter();
        let ahead = freezes.filter(|f| f.last() >= today.min(last) && f.first() <= far);
        let entry = |freeze: &Freeze| {
            let gaps: [(&str, &dyn std::fmt::Display); 2] = [
                ("title", freeze.title()),
                ("last", &self.day(freeze.last())),
            ];
            let (day, kind) = (freeze.first(), Kind::Freeze);
            let words = fill(t.freeze_until, &gaps).into_any();
            Entry { day, kind, words }
        };
        ahead.map(entry).collect()
    }

    /// Other launches around the launch moment.
    fn launches(&self, last: NaiveDate) -> Vec<Entry> {
        let t = &self.texts().windows;
        let near = self.beside.iter().filter_map(|beside| {
            let day = self.launch.day(beside.at);
            (days_between(last, day).abs() <= AROUND).then_some((day, beside))
        });
        let entry = |(day, beside): (NaiveDate, &Beside)| {
            let words = view! {
                {t.other_launch}
                ": "
                <a href=format!("/l/{}", beside.id)>{beside.title.clone()}</a>
                " "
                {clock(&self.launch.zone(), beside.at)}
            };
            let (kind, words) = (Kind::Beside, words.into_any());
            Entry { day, kind, words }
        };
        near.map(entry).collect()
    }
}
