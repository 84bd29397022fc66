//! What was measured, beside what it should be.

use std::{fmt, time::Duration};

/// How long many of the same took.
#[derive(Debug)]
pub(crate) struct Durations(Vec<Duration>);

impl Durations {
    pub(crate) fn new(mut all: Vec<Duration>) -> Self {
        assert!(!all.is_empty(), "nothing was measured");
        all.sort_unstable();
        Self(all)
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time within which so many hundredths of them were done, in milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let place = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0[place].as_secs_f64() * 1e3
    }

    pub(crate) fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// How many of them there were in a second.
    pub(crate) fn per_second(&self, took: Duration) -> f64 {
        f64::from(u32::try_from(self.count()).expect("few enough")) / took.as_secs_f64()
    }
}

impl fmt::Display for Durations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most) = (self.median(), self.percentile(99));
        write!(f, "p50 {half:.2} ms, p99 {most:.2} ms")
    }
}

/// The figures, a line for each.
#[derive(Debug, Default)]
pub(crate) struct Table(Vec<[String; 4]>);

impl Table {
    /// Notes a figure that has a goal, and says it at once: the next ones take a while.
    pub(crate) fn note(&mut self, what: &str, goal: &str, reached: String, met: bool) {
        let verdict = if met { "yes" } else { "NO" };
        self.line([what.into(), goal.into(), reached, verdict.into()]);
    }

    /// Notes a figure without a goal.
    pub(crate) fn tell(&mut self, what: &str, reached: String) {
        self.line([what.into(), String::new(), reached, String::new()]);
    }

    fn line(&mut self, line: [String; 4]) {
        println!("{}: {} {}", line[0], line[2], line[3]);
        self.0.push(line);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n| what | goal | reached | met |\n|---|---|---|---|")?;
        for [what, goal, reached, met] in &self.0 {
            writeln!(f, "| {what} | {goal} | {reached} | {met} |")?;
        }
        Ok(())
    }
}
