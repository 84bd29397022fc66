//! How good forecasts were: a panel for each kind of series and each thing that was forecast. How often
//! reality lay within the ranges, against how often it should; and the median errors as bars.
//!
//! One way to draw for a page and for a file: a panel is an SVG of its own, which a page sets in its
//! text and [`file()`] sets side by side with the styles that it needs.

mod panel;

use std::fmt::Write as _;

use startklar::{Locale, forecast::Score};

use super::escape;

use panel::{HEIGHT, WIDTH};
pub use panel::{Panel, panels};

/// Panels of a row, and the space around them, in px.
const ROW: usize = 3;
const GAP: usize = 24;
/// Height of the line above the panels.
const HEAD: usize = 40;

/// What a picture needs that stands alone: the page has a style sheet for the same names.
const STYLE: &str = "text{font:13px 'Helvetica Neue',Arial,sans-serif;fill:#1a1f2b}\
.t-paper{fill:#fcfcfd}.t-head{font-weight:700}.t-quiet{fill:#5b6270}\
.t-grid{stroke:#dcdfe4}.t-right{stroke:#858b96;stroke-dasharray:2 3}\
.t-forecast{stroke:#333f57;stroke-width:3;fill:#333f57}\
.t-resampling{stroke:#7c8798;stroke-width:1.5;stroke-dasharray:4 3;fill:#fcfcfd}\
.t-average{fill:#7c8798}rect.t-forecast{stroke:none}\
circle.t-resampling,rect.t-resampling{stroke-dasharray:none}\
@media (prefers-color-scheme:dark){text{fill:#eef0f3}.t-paper{fill:#12161f}.t-quiet{fill:#a9b0bc}\
.t-grid{stroke:#2e3440}.t-forecast{stroke:#b9c4d8;fill:#b9c4d8}\
.t-resampling{fill:#12161f}}";

/// The panels as a file: a picture that needs nothing else.
pub fn file(scores: &[Score], locale: Locale) -> String {
    let t = &locale.catalogue().trust;
    let panels = panels(scores, locale);
    let rows = panels.len().div_ceil(ROW).max(1);
    let columns = panels.len().clamp(1, ROW);
    let width = columns * (WIDTH + GAP) + GAP;
    let height = HEAD + rows * (HEIGHT + GAP);
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" lang="{}"><title>{}</title><style>{STYLE}</style><rect class="t-paper" width="100%" height="100%"/><text class="t-head" x="{GAP}" y="26">{}</text>"#,
        locale.tag(),
        escape(t.title),
        escape(t.title)
    );
    for (n, panel) in panels.iter().enumerate() {
        let (x, y) = (
            GAP + n % ROW * (WIDTH + GAP),
            HEAD + n / ROW * (HEIGHT + GAP),
        );
        // Writing to a string cannot fail.
        let _ = write!(out, r#"<svg x="{x}" y="{y}"{}"#, panel.inner());
    }
    out.push_str("</svg>\n");
    out
}

#[cfg(test)]
mod tests {
    use startklar::forecast::{Hit, Kind, Measure};

    use super::*;

    fn score(kind: Kind, measure: Measure) -> Score {
        let hit = |held, error| Hit { held, error };
        Score {
            kind,
            measure,
            cases: 12,
            forecast: hit([0.5, 0.83, 0.92], 0.25),
            average: 0.41,
            resampling: hit([0.25, 0.5, 0.75], 0.3),
        }
    }

    #[test]
    fn a_file_stands_alone_and_has_a_panel_for_each_score() {
        let scores = [
            score(Kind::Release, Measure::Next4),
            score(Kind::Release, Measure::Rest),
            score(Kind::Release, Measure::Finish),
            score(Kind::Velocity, Measure::Rest),
        ];
        let svg = file(&scores, Locale::En);
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
        assert_eq!(svg.matches("role=\"img\"").count(), 4);
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
        for words in [
            "Releases: next 4 periods",
            "Velocity: rest",
            "forecast held 50 % 50 %, 80 % 83 %, 90 % 92 %",
            "25 %",
            "0.3 per.",
        ] {
            assert!(svg.contains(words), "{words}: {svg}");
        }
        let foreign = ["href", "<script", "@import", "url("];
        assert!(foreign.iter().all(|what| !svg.contains(what)));
    }

    #[test]
    fn nothing_to_judge_is_a_picture_too() {
        let svg = file(&[], Locale::De);
        assert!(svg.contains("Wie gut") && !svg.contains("role=\"img\""));
    }
}
