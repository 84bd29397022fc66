//! The portfolio: every launch on one line, on one calendar.

use std::fmt::Write as _;

use leptos::prelude::*;
use startklar::{
    engine::Course,
    texts::{ago, count, day_seen, fill},
    time::{Instant, days_between},
};

use crate::{
    boot::{Boot, Piece},
    charts::{
        self, escape,
        fleet::{self, Calendar},
    },
    desk::Desk,
    lines::LaunchLine,
    parts::{
        dates::{capital, days_after, since},
        state::course_look,
    },
};

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    view(desk, boot).to_html()
}

fn view(desk: Desk, boot: &Boot) -> AnyView {
    let p = &desk.texts().portfolio;
    let Some(calendar) = Calendar::of_lines(&boot.lines) else {
        return empty(desk);
    };
    let mut lines: Vec<&LaunchLine> = boot.lines.iter().collect();
    startklar::order::sort_by_key(&mut lines, |l| (l.launch_day, l.start, l.title.clone()));
    let (launches, state) = headline(desk, &lines);
    let rows: String = lines.iter().map(|line| row(desk, line, boot.now)).collect();
    view! {
        <h1 class="sentence">
            <span>{launches}" "<strong>{state}</strong></span>
        </h1>
        {together(desk, &lines)}
        <table class="fleet">
            <caption class="away">{p.caption}</caption>
            <colgroup>
                <col class="c-sentence" />
                <col />
                <col class="c-left" />
                <col class="c-course" />
                <col class="c-binds" />
            </colgroup>
            <thead>
                <tr>
                    <th scope="col">{p.launch}</th>
                    <td inner_html=fleet::head(&calendar, desk.locale)></td>
                    <th scope="col" class="num">
                        {p.days_left}
                    </th>
                    <th scope="col">{p.will_it}</th>
                    <th scope="col">{p.binds}</th>
                </tr>
            </thead>
            <tbody inner_html=rows></tbody>
        </table>
        <ul class="key" inner_html=key(desk)></ul>
        <p class="more">
            <a href="/trust">{p.trust}</a>
        </p>
    }
    .into_any()
}

/// Launches to come that share a day, as each counts its days; they are in the order of these.
fn together(desk: Desk, lines: &[&LaunchLine]) -> AnyView {
    let to_come: Vec<_> = lines.iter().copied().filter(|l| !l.launched).collect();
    let days = to_come.chunk_by(|a, b| a.launch_day == b.launch_day);
    let shared = days.filter(|of| of.len() > 1).map(|of| {
        let titles: Vec<&str> = of.iter().map(|line| line.title.as_str()).collect();
        let day = day_seen(desk.locale, of[0].today, of[0].launch_day);
        let words = fill(
            desk.texts().windows.one_day,
            &[("day", &day), ("titles", &desk.locale.list(&titles))],
        );
        view! { <p class="quiet">{words}</p> }
    });
    shared.collect_view().into_any()
}

fn empty(desk: Desk) -> AnyView {
    let p = &desk.texts().portfolio;
    view! {
        <h1 class="sentence">
            <span>{p.empty}</span>
        </h1>
        <p class="empty">{p.empty_more}</p>
        {desk.begins().then(|| view! {
            <p>
                <a class="button button--main" href="/new">
                    {p.new}
                </a>
            </p>
        })}
    }
    .into_any()
}

/// “6 launches.” and “1 off course, 1 at risk.”
fn headline(desk: Desk, lines: &[&LaunchLine]) -> (String, String) {
    let p = &desk.texts().portfolio;
    let running = || lines.iter().filter(|l| !l.launched);
    let on = |course| running().filter(|l| l.course == course).count();
    let parts: Vec<String> = [
        (on(Course::OffCourse), &p.off_course),
        (on(Course::AtRisk), &p.at_risk),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, text)| count(text, n))
    .collect();
    let state = if !parts.is_empty() {
        format!("{}.", parts.join(", "))
    } else if running().next().is_none() {
        p.all_launched.to_owned()
    } else if on(Course::NotEnoughKnown) > 0 {
        p.none_off.to_owned()
    } else {
        p.all_on.to_owned()
    };
    (count(&p.launches, lines.len()), state)
}

fn row(desk: Desk, line: &LaunchLine, now: Instant) -> String {
    let p = &desk.texts().portfolio;
    let mut out = String::with_capacity(line.chart.len() + 1024);
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        r#"<tr><th scope="row"><a href="/l/{}">{}</a><span>{}</span></th><td>{}</td><td class="num" data-label="{}"><b>{}</b><small>{}</small></td>"#,
        line.id,
        escape(&line.title),
        sentence(&line.sentence),
        line.chart,
        p.days_left,
        days_left(line),
        day_seen(desk.locale, line.today, line.launch_day)
    );
    let _ = write!(
        out,
        "<td>{}</td><td>{}</td></tr>",
        course(desk, line),
        binds(desk, line, now)
    );
    out
}

fn days_left(line: &LaunchLine) -> String {
    match line.days_left {
        0.. => line.days_left.to_string(),
        past => format!("+{}", past.unsigned_abs()),
    }
}

fn sentence(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let text = escape(&piece.text);
        let _ = if piece.strong || piece.late {
            write!(out, "<b>{text}</b>")
        } else {
            write!(out, "{text}")
        };
    }
    out
}

fn course(desk: Desk, line: &LaunchLine) -> String {
    let t = desk.texts();
    let p = &t.portfolio;
    if line.launched {
        return p.launched.to_owned();
    }
    let (symbol, class) = course_look(line.course);
    let mut out = format!(
        r##"<span class="{class}"><svg aria-hidden="true"><use href="#{symbol}"/></svg>{}</span>"##,
        capital(t.course(line.course))
    );
    let note = match line.honest {
        _ if line.start > line.today => fill(
            p.starts,
            &[("ago", &ago(desk.locale, line.today, line.start))],
        ),
        Some(honest) if honest > line.launch_day => {
            let days = count(&p.behind, days_after(line.launch_day, honest));
            fill(
                &days,
                &[("day", &day_seen(desk.locale, line.today, honest))],
            )
        }
        Some(honest) if line.course != Course::NotEnoughKnown => {
            let spare = days_between(honest, line.launch_day);
            count(&p.spare, usize::try_from(spare).unwrap_or_default())
        }
        _ => String::new(),
    };
    if !note.is_empty() {
        let _ = write!(out, "<small>{note}</small>");
    }
    out
}

fn binds(desk: Desk, line: &LaunchLine, now: Instant) -> String {
    let p = &desk.texts().portfolio;
    let mut out = line.binds.as_ref().map_or_else(
        || format!(r#"<span class="quiet">{}</span>"#, p.nothing_binds),
        |(title, href)| format!(r#"<a href="{}">{}</a>"#, escape(href), escape(title)),
    );
    let touched = line.touched.zip(line.touched_day);
    let touched = touched.map_or(p.untouched.to_owned(), |(at, day)| {
        let ago = since(desk.locale, (line.today, day), now, at);
        fill(p.touched, &[("ago", &ago)])
    });
    let _ = write!(out, "<small>{touched}</small>");
    out
}

fn key(desk: Desk) -> String {
    let p = &desk.texts().portfolio;
    let marks = [
        (
            r#"<rect class="g-done" y="1" width="20" height="4"/><rect class="g-band" y="5" width="20" height="4"/><rect class="g-done" x="12" y="9" width="8" height="3"/>"#,
            p.key_lanes,
        ),
        (
            r#"<line class="g-launch" x1="10" x2="10" y1="0" y2="14"/>"#,
            p.key_moment,
        ),
        (
            r#"<line class="g-honest" x1="10" x2="10" y1="0" y2="14"/>"#,
            p.key_honest,
        ),
        (
            r#"<line class="g-watch" x1="0" x2="20" y1="7" y2="7"/>"#,
            p.key_watch,
        ),
    ];
    charts::key(&marks)
}
