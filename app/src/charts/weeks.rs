//! The weeks of a launch as it was told: how likely it was to be ready in time above the band of weeks,
//! how many blockers stood below it.

use std::fmt::Write as _;

use startklar::{Locale, texts::fill, weeks::Chances};

use super::{
    escape,
    scale::{real, short},
};

/// Where the chance stands, from all futures down to none.
const TOP: f64 = 14.0;
const NONE: f64 = 134.0;
/// Where the band of weeks begins, and how high it is.
const BAND: f64 = 144.0;
const BAND_HEIGHT: f64 = 28.0;
/// Most room for the bars below it, and for one blocker.
const BELOW: f64 = 84.0;
const UNIT: f64 = 5.0;

/// A week of the chart.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its number.
    pub number: u16,
    /// What was to be expected.
    pub chances: Option<Chances>,
    /// Blockers of the technical and of the other disciplines.
    pub blockers: [usize; 2],
    /// Whether the page is about it.
    pub chosen: bool,
}

/// The lines of the chart: class, and how high each stands in a week, in per cent.
type Line = (&'static str, fn(&Chances) -> u16);
const LINES: [Line; 3] = [
    ("w-stories", |c| c.stories.percent()),
    ("w-items", |c| c.items.percent()),
    ("w-both", |c| c.ready.percent()),
];

/// The chart.
pub fn svg(columns: &[Column], locale: Locale) -> String {
    let mut out = format!(
        r#"<svg class="told-weeks" role="img" aria-label="{}">"#,
        escape(&spoken(columns, locale))
    );
    for percent in [0, 50, 100] {
        let y = short(height(percent));
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            out,
            r#"<line class="g-week" x1="0" x2="100%" y1="{y}" y2="{y}"/><text class="g-quiet" x="0" y="{y}" dy="-3">{percent} %</text>"#
        );
    }
    let place = Place::of(columns);
    for (class, value) in LINES {
        line(&mut out, &place, class, value);
    }
    let _ = write!(
        out,
        r#"<rect class="g-band" y="{BAND}" width="100%" height="{BAND_HEIGHT}"/>"#
    );
    for (n, column) in columns.iter().enumerate() {
        place.week(&mut out, n, column);
    }
    out.push_str("</svg>");
    out
}

/// Where the weeks stand.
struct Place<'a> {
    columns: &'a [Column],
    /// The width of a week, in per cent.
    width: f64,
    /// The height of a blocker.
    unit: f64,
}

impl<'a> Place<'a> {
    fn of(columns: &'a [Column]) -> Self {
        let most = columns.iter().flat_map(|c| c.blockers).max();
        Self {
            columns,
            width: 100.0 / real(columns.len().max(1)),
            unit: UNIT.min(BELOW / real(most.unwrap_or(0).max(1))),
        }
    }

    /// The middle of a week, in per cent.
    fn middle(&self, n: usize) -> f64 {
        self.width * (real(n) + 0.5)
    }

    /// A week on the band, and its blockers below.
    fn week(&self, out: &mut String, n: usize, column: &Column) {
        let (left, width) = (self.width * real(n), self.width);
        if column.chosen {
            let _ = write!(
                out,
                r#"<rect class="g-now" x="{}%" y="{BAND}" width="{}%" height="{BAND_HEIGHT}"/>"#,
                short(left),
                short(width)
            );
        }
        // Where weeks are many, some of their numbers have no room.
        let stride = self.columns.len().div_ceil(26);
        if column.chosen || usize::from(column.number).is_multiple_of(stride) {
            let class = if column.chosen {
                "g-nowtext"
            } else {
                "g-bandtext"
            };
            let _ = write!(
                out,
                r#"<text class="{class}" x="{}%" y="163" text-anchor="middle">{}</text>"#,
                short(self.middle(n)),
                column.number
            );
        }
        let bars = [("g-done", 0.12), ("w-others", 0.52)];
        for ((class, from), blockers) in bars.into_iter().zip(column.blockers) {
            self.bar(out, class, left + from * width, blockers);
        }
    }

    fn bar(&self, out: &mut String, class: &str, x: f64, blockers: usize) {
        let y = BAND + BAND_HEIGHT;
        let (bar, height) = (self.width * 0.36, real(blockers) * self.unit);
        if blockers > 0 {
            let _ = write!(
                out,
                r#"<rect class="{class}" x="{}%" y="{y}" width="{}%" height="{}"/>"#,
                short(x),
                short(bar),
                short(height)
            );
        }
        if self.columns.len() <= 16 {
            let _ = write!(
                out,
                r#"<text class="g-quiet half" x="{}%" y="{}" text-anchor="middle">{blockers}</text>"#,
                short(x + bar / 2.0),
                short(y + height + 14.0)
            );
        }
    }
}

/// How high a share of the futures stands.
fn height(percent: u16) -> f64 {
    NONE - f64::from(percent) / 100.0 * (NONE - TOP)
}

/// A line through the weeks that have a forecast, with a mark at each.
fn line(out: &mut String, place: &Place<'_>, class: &str, value: fn(&Chances) -> u16) {
    let points: Vec<(f64, f64)> = place
        .columns
        .iter()
        .enumerate()
        .filter_map(|(n, c)| Some((place.middle(n), height(value(c.chances.as_ref()?)))))
        .collect();
    for pair in points.windows(2) {
        let [(x1, y1), (x2, y2)] = [pair[0], pair[1]].map(|(x, y)| (short(x), short(y)));
        let _ = write!(
            out,
            r#"<line class="{class}" x1="{x1}%" x2="{x2}%" y1="{y1}" y2="{y2}"/>"#
        );
    }
    for (x, y) in points {
        let (x, y) = (short(x), short(y));
        let _ = write!(out, r#"<circle class="{class}" cx="{x}%" cy="{y}" r="3"/>"#);
    }
}

/// The chart in words.
fn spoken(columns: &[Column], locale: Locale) -> String {
    let t = &locale.catalogue().weeks;
    let week = |column: &Column| {
        let [technical, others] = column.blockers;
        fill(
            t.spoken,
            &[
                ("n", &column.number),
                ("chance", &chance(column, locale)),
                ("technical", &technical),
                ("others", &others),
            ],
        )
    };
    let weeks: Vec<String> = columns.iter().map(week).collect();
    format!("{}. {}", t.chart, weeks.join(" "))
}

fn chance(column: &Column, locale: Locale) -> String {
    let t = &locale.catalogue().weeks;
    let Some(chances) = column.chances else {
        return t.unknown.to_owned();
    };
    let [stories, items, both] = LINES.map(|(_, value)| value(&chances));
    fill(
        t.spoken_chance,
        &[("both", &both), ("stories", &stories), ("items", &items)],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(number: u16, blockers: [usize; 2]) -> Column {
        Column {
            number,
            chances: None,
            blockers,
            chosen: number == 2,
        }
    }

    #[test]
    fn every_week_stands_on_the_band_and_in_the_words() {
        let columns = [column(1, [0, 3]), column(2, [2, 40])];
        let svg = svg(&columns, Locale::En);
        assert_eq!(svg.matches("w-others").count(), 2);
        assert_eq!(svg.matches("g-done").count(), 1, "none is no bar");
        assert_eq!(svg.matches("g-now\"").count(), 1);
        for words in [
            "Week 1: no forecast",
            "Week 2: no forecast; blockers: technical 2, others 40",
        ] {
            assert!(svg.contains(words), "{svg}");
        }
    }

    #[test]
    fn no_week_and_a_hundred_are_drawn() {
        let many: Vec<_> = (1..=104).map(|n| column(n, [1, 5_000])).collect();
        for columns in [&many[..], &[]] {
            let svg = svg(columns, Locale::De);
            assert!(svg.ends_with("</svg>") && !svg.contains("NaN") && !svg.contains("inf"));
        }
    }
}
