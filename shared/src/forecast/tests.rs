//! What the forecast does when more is known, when less is, and when nonsense is.
#![allow(clippy::float_cmp, reason = "these values follow without rounding")]

use proptest::prelude::*;

use super::*;

const SIZE: Size = Size {
    futures: 1_000,
    seed: 1,
};

fn release(done: &[f64], scope: f64) -> Series {
    Series {
        id: "made-up".to_owned(),
        kind: Kind::Release,
        unit: Unit::Points,
        period_days: 7,
        start: "2026-03-02".parse().ok(),
        scope: Some(vec![scope; done.len()]),
        done: done.to_vec(),
        target: Some(done.len()),
        finish: None,
    }
}

fn at(series: &Series, cut: usize) -> Forecast {
    let left = series.done.len() - cut;
    forecast(&series.until(cut), left, &FITTED, SIZE).expect("something is known")
}

fn width(q: Quantiles) -> f64 {
    let (low, high) = q.interval(80).expect("80 is an interval");
    high - low
}

#[test]
fn with_nothing_known_the_plan_alone_speaks() {
    let mut series = release(&[0.0; 10], 100.0);
    let planned = Past {
        scope: Some(&[100.0]),
        ..series.until(0)
    };
    let first = forecast(&planned, 10, &FITTED, SIZE).expect("a plan is known");
    let median = first.rest.q.median();
    assert!((80.0..125.0).contains(&median), "{median}");
    series.scope = None;
    assert_eq!(forecast(&series.until(0), 10, &FITTED, SIZE), None);
    assert_eq!(forecast(&series.until(10), 0, &FITTED, SIZE), None);
}

#[test]
fn more_history_narrows() {
    let mut series = release(&[10.0; 24], 1_000.0);
    series.kind = Kind::Throughput;
    let share = |cut| {
        let near = at(&series, cut).next4.q;
        width(near) / near.median()
    };
    assert!(
        share(3) > share(8) && share(8) > share(16),
        "{} {} {}",
        share(3),
        share(8),
        share(16)
    );
}

#[test]
fn a_finish_comes_nearer_with_more_done() {
    let (slow, fast) = (release(&[4.0; 12], 100.0), release(&[12.0; 12], 100.0));
    let finish = |series| at(series, 5).finish.expect("a scope is known").q.median();
    assert!(finish(&fast) + 2.0 < finish(&slow));
}

#[test]
fn a_scope_that_is_reached_stays_reached() {
    let series = release(&[20.0, 20.0, 20.0, 0.0, 0.0, 0.0], 50.0);
    let ahead = at(&series, 4);
    assert_eq!(ahead.rest.q.median(), 0.0);
    let finish = ahead.finish.expect("a scope is known").q;
    assert_eq!(
        finish.median(),
        4.5,
        "at the cut, counted in the middle of a period"
    );
}

#[test]
fn with_nothing_done_the_plan_speaks_and_without_a_plan_nothing_comes() {
    let mut series = release(&[0.0; 8], 60.0);
    assert!(at(&series, 3).rest.q.median() > 10.0);
    series.target = None;
    let late = at(&series, 3).finish.expect("a scope is known").q;
    assert_eq!(
        late.median(),
        36.5,
        "four times the known and simulated periods"
    );
    series.kind = Kind::Throughput;
    assert_eq!(at(&series, 3).rest.q.0, [0.0; 7]);
}

#[test]
fn sprints_of_two_weeks_have_the_mean_ramp_of_both() {
    let rest = |period_days| {
        let series = Series {
            period_days,
            ..release(&[10.0; 8], 500.0)
        };
        at(&series, 3).rest.q.median()
    };
    assert!(
        rest(7) > rest(14),
        "a first week of 10 says more than a first fortnight of 10"
    );
}

#[test]
fn the_same_seed_gives_the_same_answer_and_another_seed_nearly_the_same() {
    let series = release(&[3.0, 6.0, 8.0, 9.0, 9.0, 10.0, 8.0, 9.0], 80.0);
    let with = |seed| {
        let size = Size {
            futures: 4_000,
            seed,
        };
        forecast(&series.until(4), 4, &FITTED, size).expect("something is known")
    };
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
    let (one, two) = (with(1).rest.q.median(), with(2).rest.q.median());
    assert!((one - two).abs() < 0.05 * one, "{one} {two}");
}

#[test]
fn a_flat_scope_is_likely_to_stay() {
    let flat = release(&[6.0; 10], 60.0);
    let mut grows = flat.clone();
    grows.scope = Some((0..10).map(|t| 40.0 + 4.0 * f64::from(t)).collect());
    let finish = |series| at(series, 5).finish.expect("a scope is known").q.median();
    assert!(finish(&grows) > finish(&flat) + 0.5);
}

#[test]
fn plain_methods_know_only_the_mean_and_the_weeks() {
    let series = release(&[2.0, 4.0, 6.0, 4.0, 4.0, 4.0], 40.0);
    let past = series.until(3);
    let mean = average(&past, 2, 3).expect("three periods are known");
    assert_eq!((mean.next4, mean.rest), (8.0, 12.0));
    assert_eq!(mean.finish, Some(9.5));
    let drawn = resampling(&past, 2, 3, 1_000, 1).expect("three periods are known");
    assert!((6.0..=18.0).contains(&drawn.rest.0[0]) && drawn.rest.median() <= 18.0);
    assert_eq!(average(&series.until(0), 1, 1), None);
    assert_eq!(resampling(&series.until(0), 1, 1, 10, 1), None);
}

/// Amounts as a hostile file may hold them.
fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => 0.0..50.0,
        1 => Just(0.0),
        1 => Just(AMOUNT_MAX),
        1 => Just(f64::MIN_POSITIVE),
        1 => Just(5e-324),
    ]
}

fn any_series() -> impl Strategy<Value = Series> {
    let kinds = prop::sample::select(Kind::ALL.to_vec());
    let units = prop::sample::select(vec![Unit::Points, Unit::Items]);
    let rows = prop::collection::vec((amount(), amount()), 1..24);
    let rest = (
        1_u16..=366,
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0_usize..60),
    );
    (kinds, units, rows, rest).prop_map(|(kind, unit, rows, (days, dated, scoped, target))| {
        let (done, scope) = rows.into_iter().unzip();
        Series {
            id: "any".to_owned(),
            kind,
            unit,
            period_days: days,
            start: dated.then(|| "2026-11-02".parse().ok()).flatten(),
            scope: scoped.then_some(scope),
            done,
            target,
            finish: None,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_a_series_holds_the_answer_is_finite_and_ascending(
        series in any_series(), cut in 0_usize..24, left in 0_usize..40,
    ) {
        let size = Size { futures: 50, seed: 3 };
        let past = series.until(cut);
        if let Some(ahead) = forecast(&past, left, &FITTED, size) {
            let all = [Some(ahead.next4.q), Some(ahead.rest.q), ahead.finish.map(|f| f.q)];
            for q in all.into_iter().flatten() {
                prop_assert!(q.0.iter().all(|v| v.is_finite() && *v >= 0.0), "{q:?}");
                prop_assert!(q.0.is_sorted(), "{q:?}");
            }
        }
        average(&past, 4, left);
        resampling(&past, 4, left, 20, 1);
    }

    #[test]
    fn what_comes_after_the_cut_changes_nothing(
        series in any_series(), other in any_series(), cut in 1_usize..24,
    ) {
        let size = Size { futures: 50, seed: 3 };
        let cut = cut.min(series.done.len());
        let mut changed = series.clone();
        changed.done.splice(cut.., other.done.iter().copied());
        let more = other.done.iter().map(|v| v * 2.0);
        if let Some(scope) = &mut changed.scope {
            scope.splice(cut.., more);
        }
        changed.finish = Some(1.0);
        prop_assert_eq!(
            forecast(&series.until(cut), 6, &FITTED, size),
            forecast(&changed.until(cut), 6, &FITTED, size)
        );
    }

    #[test]
    fn any_line_is_read_or_refused_with_its_place(line in ".{0,80}") {
        if let Err(errors) = read(&line) {
            prop_assert!(errors.iter().all(|error| error.line >= 1));
        }
    }
}
