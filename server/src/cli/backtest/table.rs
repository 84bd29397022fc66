//! The table of a backtest: a block for each kind, a line for each measure, the methods side by
//! side.

use std::fmt::Write as _;

use startklar::{
    Locale,
    forecast::{self, Hit, INTERVALS, Kind, Measure, Score, Series},
    texts::{count, error_text, fill, kind_text, measure_text, share_text},
};

use crate::texts;

/// Space between the columns of one method, and between methods.
const GAP: usize = 2;
const WIDE_GAP: usize = 4;

/// The table in a language; ends with a new line.
pub(super) fn table(all: &[Series], scores: &[Score], locale: Locale) -> String {
    let t = &texts::of(locale).backtest;
    let mut out = String::new();
    for kind in Kind::ALL {
        let scores: Vec<_> = scores.iter().filter(|score| score.kind == kind).collect();
        let Some(first) = scores.first() else {
            continue;
        };
        let series = all
            .iter()
            .filter(|series| series.kind == kind && forecast::counts(series));
        let series = count(&t.of_series, series.count());
        let cuts = first.cases;
        let heading = fill(
            t.heading,
            &[
                ("kind", &kind_text(locale, kind)),
                ("series", &series),
                ("cuts", &cuts),
            ],
        );
        out += &heading;
        out.push('\n');
        out += &block(&scores, locale);
        out.push('\n');
    }
    let left_out = all
        .iter()
        .filter(|series| !forecast::counts(series))
        .count();
    if left_out > 0 {
        out += &count(&t.left_out, left_out);
        out.push('\n');
    }
    for line in t.legend {
        out += line;
        out.push('\n');
    }
    out
}

/// One kind: head, then a line for each measure.
fn block(scores: &[&Score], locale: Locale) -> String {
    let t = &locale.catalogue().trust;
    let percent = |n: u8| fill(t.percent, &[("n", &n)]);
    let columns = INTERVALS.map(percent);
    let [fifty, eighty, ninety] = &columns;
    let with_error = [fifty, eighty, ninety, t.error];
    let mut rows = vec![head(t.methods)];
    let mut titles = vec![String::new()];
    titles.extend(with_error.map(str::to_owned));
    titles.push(t.error.to_owned());
    titles.extend(with_error.map(str::to_owned));
    rows.push(titles);
    rows.extend(scores.iter().map(|score| line(score, locale)));
    lay_out(&rows)
}

/// The names of the methods, each over its first column.
fn head(methods: [&str; 3]) -> Vec<String> {
    let mut cells = vec![String::new(); COLUMNS];
    for (place, name) in STARTS.into_iter().zip(methods) {
        name.clone_into(&mut cells[place]);
    }
    cells
}

/// Where the columns of each method begin; how many columns there are.
const STARTS: [usize; 3] = [1, 5, 6];
const COLUMNS: usize = 10;

fn line(score: &Score, locale: Locale) -> Vec<String> {
    let measure = score.measure;
    let mut cells = vec![measure_text(locale, measure).to_owned()];
    cells.extend(hit(&score.forecast, measure, locale));
    cells.push(error_text(locale, measure, score.average));
    cells.extend(hit(&score.resampling, measure, locale));
    cells
}

fn hit(hit: &Hit, measure: Measure, locale: Locale) -> Vec<String> {
    let held = hit.held.iter().map(|share| share_text(locale, *share));
    held.chain([error_text(locale, measure, hit.error)])
        .collect()
}

/// Sets rows in columns: the first to the left, numbers to the right, the names of methods over
/// their columns. The first row holds these names.
fn lay_out(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().skip(1).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let mut widths: Vec<_> = (0..COLUMNS).map(width).collect();
    // A method of one column is as wide as its name.
    if let Some(name) = rows.first().and_then(|row| row.get(STARTS[1])) {
        widths[STARTS[1]] = widths[STARTS[1]].max(name.chars().count());
    }
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        let text = if at == 0 {
            names(row, &widths)
        } else {
            numbers(row, &widths)
        };
        out += text.trim_end();
        out.push('\n');
    }
    out
}

fn gap(column: usize) -> usize {
    if STARTS.contains(&column) {
        WIDE_GAP
    } else {
        GAP
    }
}

fn names(row: &[String], widths: &[usize]) -> String {
    let mut out = String::new();
    let mut place = 0;
    for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
        if column > 0 {
            place += gap(column);
        }
        if !cell.is_empty() {
            let missing = place.saturating_sub(out.chars().count());
            out += &" ".repeat(missing);
            out += cell;
        }
        place += width;
    }
    out
}

fn numbers(row: &[String], widths: &[usize]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
        if column == 0 {
            let _ = write!(out, "{cell:<width$}");
        } else {
            let space = gap(column);
            let _ = write!(out, "{:space$}{cell:>width$}", "");
        }
    }
    out
}
