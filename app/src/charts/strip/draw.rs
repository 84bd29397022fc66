//! The strip as the inside of a table: one drawing a row, so that the row's name and numbers stay
//! text.

use std::fmt::Write as _;

use chrono::NaiveDate;
use startklar::{
    Assessment, Lane, Launch, Locale, People,
    texts::{fill, short_day_seen},
    time::Instant,
};

use super::{
    Row, Strip, flags,
    room::{MEDIUM, PHONE, WIDE},
    ruler, shape,
};
use crate::{
    charts::{self, escape},
    parts::dates::first_name,
};

/// What a strip needs beside its numbers to put itself into words.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub(super) locale: Locale,
    pub(super) now: Instant,
    today: NaiveDate,
    pub(super) honest: Option<NaiveDate>,
    pub(super) people: &'a People,
    base: &'a str,
}

impl<'a> Words<'a> {
    /// A day in short, with its year where that is another than this one.
    pub(super) fn short(&self, date: NaiveDate) -> String {
        short_day_seen(self.locale, self.today, date)
    }

    /// Words of a language for a launch.
    pub fn of(locale: Locale, assessment: &Assessment, people: &'a People) -> Self {
        Self {
            locale,
            now: assessment.now,
            today: assessment.today,
            honest: assessment.outlook.honest,
            people,
            base: "",
        }
    }

    /// With links to the pages of the launch at this address.
    #[must_use]
    pub fn linked(self, base: &'a str) -> Self {
        Self { base, ..self }
    }

    /// Where something leads, as an attribute; nothing where nothing is linked.
    fn link(&self, rest: &str) -> String {
        if self.base.is_empty() {
            return String::new();
        }
        format!(r#" href="{}{rest}""#, self.base)
    }
}

/// The inside of `<table class="strip">`.
pub fn html(strip: &Strip<'_>, launch: &Launch, words: &Words<'_>) -> String {
    let mut out = String::with_capacity(16 * 1024);
    let c = &words.locale.catalogue().charts;
    let _ = write!(
        out,
        r#"<caption class="away">{}. {}</caption><colgroup><col class="c-name"><col><col class="c-all"><col class="c-n"><col class="c-n"></colgroup>"#,
        c.strip, c.strip_caption
    );
    head(&mut out, strip, launch, words);
    lane(&mut out, strip, Lane::Technical, words);
    ruler::ruler(&mut out, strip, words);
    lane(&mut out, strip, Lane::NonTechnical, words);
    out
}

fn head(out: &mut String, strip: &Strip<'_>, launch: &Launch, words: &Words<'_>) {
    let t = words.locale.catalogue();
    let _ = write!(
        out,
        r#"<thead><tr class="flags"><th scope="col" class="lane">{}</th><td>"#,
        t.technical
    );
    let scale = &strip.scale;
    for (long, width, class) in [
        (true, WIDE, "wide"),
        (false, MEDIUM, "medium"),
        (false, PHONE, "narrow"),
    ] {
        let placed = flags::place(scale, flags::flags(launch, scale, words, long), width);
        flags::svg(out, scale, &placed, class);
    }
    let c = &t.charts;
    let _ = write!(
        out,
        r#"</td><th scope="col" class="num">{}</th><th scope="col" class="num">{}</th><th scope="col" class="num">{}</th></tr></thead>"#,
        c.closed, c.open, c.late
    );
}

fn lane(out: &mut String, strip: &Strip<'_>, lane: Lane, words: &Words<'_>) {
    out.push_str("<tbody>");
    for row in strip.lane(lane) {
        row_html(out, strip, row, words);
    }
    out.push_str("</tbody>");
}

fn row_html(out: &mut String, strip: &Strip<'_>, row: &Row, words: &Words<'_>) {
    let name = words.locale.catalogue().discipline(row.discipline);
    let code = row.discipline.code();
    let link = words.link(&format!("/checklists?discipline={code}"));
    let _ = write!(out, r#"<tr><th scope="row"><a{link}>{name}</a>"#);
    if let Some(person) = row.lead.and_then(|id| words.people.name(id)) {
        let _ = write!(
            out,
            r#" <span class="lead quiet small">{}</span>"#,
            escape(first_name(person))
        );
    }
    out.push_str("</th><td>");
    shape::drawing(out, strip, row, words);
    out.push_str("</td>");
    numbers(out, row, words);
    out.push_str("</tr>");
}

fn numbers(out: &mut String, row: &Row, words: &Words<'_>) {
    if row.missing {
        out.push_str(&r#"<td class="num"><span class="quiet">–</span></td>"#.repeat(3));
        return;
    }
    let code = row.discipline.code();
    let open = row.all - row.closed;
    let of = fill(words.locale.catalogue().charts.of, &[("n", &row.all)]);
    let _ = write!(
        out,
        r#"<td class="num">{}<span class="quiet small"> {of}</span></td>"#,
        row.closed
    );
    let _ = if open == 0 {
        write!(out, r#"<td class="num"><span class="quiet">0</span></td>"#)
    } else {
        // The plan shows what is to be built, the checklist what is to be ticked.
        let list = format!("/checklists?discipline={code}&amp;open=1");
        let rest = if row.open_stories > 0 { "/plan" } else { &list };
        let link = words.link(rest);
        write!(out, r#"<td class="num"><a{link}>{open}</a></td>"#)
    };
    let _ = match row.late {
        0 => write!(out, r#"<td class="num"><span class="quiet">0</span></td>"#),
        late => write!(
            out,
            r##"<td class="num"><a{} class="state state--late"><svg aria-hidden="true"><use href="#i-late"/></svg>{late}</a></td>"##,
            words.link(&format!("/checklists?discipline={code}&amp;late=1"))
        ),
    };
}

/// A row in words, for those who cannot see it.
pub(super) fn spoken(row: &Row, strip: &Strip<'_>, words: &Words<'_>) -> String {
    let t = words.locale.catalogue();
    let c = &t.charts;
    let begun = if row.missing {
        c.missing.to_owned()
    } else {
        row.begun.map_or_else(
            || c.nothing_begun.to_owned(),
            |at| fill(c.row_begun, &[("day", &words.short(strip.scale.date(at)))]),
        )
    };
    fill(
        c.row,
        &[
            ("discipline", &t.discipline(row.discipline)),
            ("closed", &row.closed),
            ("all", &row.all),
            ("begun", &begun),
            ("late", &row.late),
        ],
    )
}

/// The key to the marks: the inside of `<ul class="key">`.
pub fn key(locale: Locale) -> String {
    let c = &locale.catalogue().charts;
    let marks = [
        (
            r#"<rect class="g-done" y="5" width="10" height="8"/><rect class="g-done" x="10" y="1" width="10" height="12"/>"#,
            c.key_closed,
        ),
        (
            r#"<line class="g-work" x1="0" x2="20" y1="7" y2="7"/>"#,
            c.key_work,
        ),
        (
            r#"<line class="g-met" x1="10" x2="10" y1="4" y2="10"/>"#,
            c.key_met,
        ),
        (
            r#"<line class="g-slow" x1="10" x2="10" y1="4" y2="10"/>"#,
            c.key_slow,
        ),
        (
            r##"<use href="#m-missed" class="g-missed" x="10" y="3"/>"##,
            c.key_missed,
        ),
        (
            r##"<use href="#m-ahead" class="g-ahead" x="10" y="3"/>"##,
            c.key_ahead,
        ),
        (
            r#"<rect class="g-slip" width="20" height="14"/>"#,
            c.key_slip,
        ),
    ];
    charts::key(&marks)
}
