//! What a line asks for, in words.

use startklar::{
    Locale,
    planning::Outlook,
    texts::{count, day_seen, fill},
    time::days_between,
};

use super::rows::{Row, Table};
use crate::desk::View;

/// How a scope fits what the weeks carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// More than even the best pace carries, by so much.
    TooMuch(usize),
    /// Only at the best pace.
    Tight,
    /// Even at the slowest pace.
    Fits,
}

/// How a scope fits; none where nothing is known, or nothing is to be built. Where an epic has no story
/// yet, only that it is too much is known.
pub(super) fn fit(outlook: &Outlook) -> Option<Fit> {
    let (least, _) = outlook.carries?;
    if outlook.open.stories == 0 {
        return None;
    }
    Some(match outlook.too_much() {
        Some(n) => Fit::TooMuch(n),
        None if outlook.storyless > 0 => return None,
        None if outlook.open.amount > least => Fit::Tight,
        None => Fit::Fits,
    })
}

/// What the line asks for and what there is, in sentences; how it fits is said apart.
pub(super) fn sentences(view: &View, table: &Table, locale: Locale) -> Vec<String> {
    let t = locale.catalogue();
    let s = &t.scope;
    let Some(then) = &table.then else {
        return Vec::new();
    };
    let amount = |n: usize| t.amount(table.unit, n);
    let above = [
        ("in", &table.line as &dyn std::fmt::Display),
        ("all", &table.rows.len()),
        ("amount", &amount(then.open.amount)),
    ];
    let mut lines = vec![fill(s.above, &above)];
    if then.storyless > 0 {
        lines.push(count(&s.storyless, then.storyless));
    }
    if table.is_moved() {
        lines.push(passed(table, locale));
    }
    if table.unit == startklar::model::Unit::Stories {
        lines.push(t.pages.plan.in_stories.to_owned());
    }
    lines.push(match then.carries {
        None => s.unknown.to_owned(),
        Some((least, most)) if least == most => fill(s.carries_one, &[("most", &amount(most))]),
        Some((least, most)) => fill(s.carries, &[("least", &least), ("most", &amount(most))]),
    });
    lines.extend(built(view, then, locale));
    lines.extend(compared(table, locale));
    lines
}

fn passed(table: &Table, locale: Locale) -> String {
    let t = locale.catalogue();
    let rows = table.passed();
    let template = if table.line < table.inside {
        t.scope.falls_out
    } else {
        t.scope.comes_in
    };
    let work = rows.iter().map(|row| row.bar.own).sum();
    let amount = t.amount(table.unit, work);
    fill(template, &[("titles", &titles(rows)), ("amount", &amount)])
}

pub(super) fn titles(rows: &[Row]) -> String {
    let titles: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
    titles.join(", ")
}

/// When the last story would be done.
fn built(view: &View, then: &Outlook, locale: Locale) -> Option<String> {
    let s = &locale.catalogue().scope;
    if then.open.stories == 0 {
        return (then.storyless == 0).then(|| s.nothing_open.to_owned());
    }
    then.carries?;
    let Some((from, to)) = then.built else {
        return Some(s.no_end.to_owned());
    };
    let day = |date| day_seen(locale, view.assessment.today, date);
    let moment = day(view.launch.launch_day()?);
    let (from, to) = (day(from), day(to));
    Some(if from == to {
        fill(s.built_by, &[("to", &to), ("moment", &moment)])
    } else {
        fill(
            s.built,
            &[("from", &from), ("to", &to), ("moment", &moment)],
        )
    })
}

/// By how many days the line moves the end, where both ends are known.
fn compared(table: &Table, locale: Locale) -> Option<String> {
    let s = &locale.catalogue().scope;
    let ((_, now), (_, then)) = (table.now?.built?, table.then?.built?);
    let days = days_between(now, then);
    let plural = if days < 0 { &s.earlier } else { &s.later };
    let days = usize::try_from(days.abs()).ok()?;
    (days > 0).then(|| count(plural, days))
}

/// What the button that saves the line says it does.
pub(super) fn deed(table: &Table, locale: Locale) -> String {
    /// Most titles that a button has room for.
    const NAMED: usize = 2;
    let s = &locale.catalogue().scope;
    let rows = table.passed();
    let (one, many) = if table.line < table.inside {
        (s.save_out, &s.save_out_many)
    } else {
        (s.save_in, &s.save_in_many)
    };
    if rows.len() > NAMED {
        count(many, rows.len())
    } else {
        fill(one, &[("titles", &titles(rows))])
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{super::rows::tests::view, *};

    fn said(points: Option<u16>, line: usize, locale: Locale) -> Vec<String> {
        let view = view(points);
        sentences(&view, &Table::of(&view, Some(line), locale), locale)
    }

    #[test]
    fn a_line_says_what_falls_out_and_what_that_does_to_the_date() {
        // Ten points were done in the first week: one of them takes less than a day.
        assert_eq!(
            said(Some(5), 3, Locale::En),
            [
                "3 of 3 candidates are in, 10 points still to be built.",
                "Comes in: backup (5 points to be built).",
                "Until the launch moment the weeks carry 90 points, at the pace so far.",
                "By that pace the last story is done by Mon 16 Mar; the launch moment is Tue 12 May.",
                "At the slowest pace that is 3 days later than as it is.",
            ]
        );
        assert_eq!(
            said(Some(5), 1, Locale::De),
            [
                "1 von 3 Kandidaten im Umfang, noch zu bauen: 0 Punkte.",
                "Fällt heraus: metering (noch zu bauen: 5 Punkte).",
                "Bis zum Starttermin tragen die Wochen 90 Punkte, im bisherigen Tempo.",
                "Davon ist nichts mehr zu bauen.",
                "Im langsamsten Tempo sind das 3 Tage früher als jetzt.",
            ]
        );
    }

    #[test]
    fn stories_without_an_estimate_are_counted_as_stories_and_that_is_said() {
        let said = said(None, 2, Locale::En);
        assert_eq!(
            said[0],
            "2 of 3 candidates are in, 1 story still to be built."
        );
        assert!(said[1].starts_with("counted in stories"), "{said:?}");
    }

    #[test]
    fn an_epic_without_stories_is_not_nothing_to_build() {
        let mut view = view(Some(5));
        let empty = serde_json::json!({"add_epic": {"id": "audit", "title": "audit"}});
        crate::charts::testing::run(Arc::make_mut(&mut view.launch), 10, empty);
        let table = Table::of(&view, Some(4), Locale::En);
        let said = sentences(&view, &table, Locale::En);
        assert!(
            said[1].starts_with("1 epic of them has no story yet"),
            "{said:?}"
        );
        assert_eq!(fit(&table.then.unwrap()), None);
        let mut alone = table.then.unwrap();
        alone.open.stories = 0;
        assert_eq!(built(&view, &alone, Locale::En), None);
    }

    #[test]
    fn how_it_fits_is_told_by_the_range() {
        let with = |open: usize, carries| {
            let view = view(Some(5));
            let mut outlook = Table::of(&view, None, Locale::En).then.unwrap();
            outlook.open.amount = open;
            outlook.carries = carries;
            fit(&outlook)
        };
        assert_eq!(with(30, Some((10, 20))), Some(Fit::TooMuch(10)));
        assert_eq!(with(20, Some((10, 20))), Some(Fit::Tight));
        assert_eq!(with(10, Some((10, 20))), Some(Fit::Fits));
        assert_eq!(with(10, None), None);
    }

    #[test]
    fn the_button_names_what_it_does_and_counts_when_that_is_much() {
        let view = view(None);
        let deed = |line| deed(&Table::of(&view, Some(line), Locale::En), Locale::En);
        assert_eq!(deed(3), "Take in backup");
        assert_eq!(deed(0), "Take out login, metering");
    }
}
