//! The forecast against a reference written by an implementation of its own, and the words for a
//! file of series that cannot be used.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests"
)]

use serde_json::Value;
use startklar::{
    Locale,
    forecast::{FITTED, Figures, LEVELS, LevelSpread, Quantiles, Series, Size, forecast, read},
};

/// Made-up series, the cut, and the quantiles that the model gives there with the figures of its time:
/// the spread of releases has become smaller since.
const REFERENCE: &str = include_str!("forecast/reference.jsonl");

#[test]
fn the_forecast_is_that_of_the_reference() {
    let size = Size {
        futures: 4_000,
        seed: 1,
    };
    let figures = Figures {
        level_spread: LevelSpread {
            release: 0.39,
            ..FITTED.level_spread
        },
        ..FITTED
    };
    for line in REFERENCE.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let series: Series = line["series"].to_string().parse().unwrap();
        let cut = usize::try_from(line["cut"].as_u64().unwrap()).unwrap();
        let left = series.done.len() - cut;
        let found = forecast(&series.until(cut), left, &figures, size).unwrap();
        let expected = &line["forecast"];
        let place = format!("{} at {cut}", series.id);
        assert_eq!(
            found.next4.horizon as u64,
            expected["next4"]["horizon"].as_u64().unwrap()
        );
        near(found.next4.q, &expected["next4"]["q"], &place);
        near(found.rest.q, &expected["rest"]["q"], &place);
        assert_eq!(
            found.finish.is_none(),
            expected["finish"].is_null(),
            "{place}"
        );
        if let Some(finish) = found.finish {
            near(finish.q, &expected["finish"]["q"], &place);
        }
    }
}

fn near(found: Quantiles, expected: &Value, place: &str) {
    for (level, value) in LEVELS.iter().zip(found.0) {
        let expected = expected[level.to_string()].as_f64().unwrap();
        let off = (value - expected).abs() / expected.abs().max(1.0);
        assert!(off < 1e-9, "{place}, {level}: {value}, not {expected}");
    }
}

/// A line in which one field is another.
fn with(field: &str, value: &str) -> String {
    let mut line: Value = serde_json::from_str(
        r#"{"id":"a","kind":"release","unit":"items","period_days":7,"start":null,"other":{},
            "scope_by_period":[9,9],"done_by_period":[1,2],"target_period":null}"#,
    )
    .unwrap();
    line[field] = serde_json::from_str(value).unwrap();
    line.to_string()
}

#[test]
fn an_error_names_line_field_and_what_is_allowed() {
    let cases = [
        ("id", "\"\"", "id: “” is not allowed; allowed is: a text"),
        (
            "kind",
            "null",
            "kind: is missing; allowed is: release, project-start,",
        ),
        (
            "unit",
            "\"hours\"",
            "unit: “hours” is not allowed; allowed is: points, items",
        ),
        (
            "period_days",
            "0",
            "period_days: “0” is not allowed; allowed is: a whole number from 1",
        ),
        (
            "start",
            "\"2026-02-30\"",
            "start: “2026-02-30” is not allowed; allowed is: a day such",
        ),
        (
            "done_by_period",
            "[1,-2]",
            "done_by_period: “-2” is not allowed; allowed is: a list of",
        ),
        (
            "scope_by_period",
            "[9]",
            "scope_by_period: there are 1 entries for 2 periods",
        ),
        (
            "target_period",
            "-1",
            "target_period: “-1” is not allowed; allowed is: a period from",
        ),
    ];
    for (field, value, expected) in cases {
        let text = format!("\n{}", with(field, value));
        let errors = read(&text).unwrap_err();
        let said = errors[0].to_string();
        assert!(said.starts_with(&format!("line 2, {expected}")), "{said}");
        assert_ne!(errors[0].text(Locale::De), said);
    }
}

#[test]
fn all_errors_of_a_file_are_named() {
    let good = with("id", "\"a\"");
    let errors = read(&format!("{good}\n[]\n{{\n{good}\n")).unwrap_err();
    let said: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].starts_with("line 2: this is JSON, but no object"));
    assert!(said[1].starts_with("line 3: this is no JSON object"));
    assert!(said[2].starts_with("line 4, id: this id stands in line 1 already"));
}
