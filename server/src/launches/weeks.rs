//! A launch at the end of each of its weeks: one walk through the journal, and a forecast for each week
//! that is drawn once, because the past does not change.

use std::sync::Arc;

use startklar::{
    Assessment, Launch, Policy, assess,
    forecast::{SHOWN, forecast_launch},
    time::Instant,
    weeks::{Chances, Week, weeks},
};

use super::{Failure, Launches, Live, journal::Entry, live::Expected};

impl Launches {
    /// Tells each week of a launch up to now. `tell` is given the launch as it stood at the end of the
    /// week, what it was worth and what was to be expected.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn weeks<T: Send + 'static>(
        &self,
        live: &Live,
        now: Instant,
        tell: impl Fn(Week, &Launch, &Assessment, Option<Chances>) -> T + Send + 'static,
    ) -> Result<Vec<T>, Failure> {
        let all = weeks(&live.launch(), now);
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let lines = self.lines(live, 0, usize::MAX).await?;
        let kept = live.expected();
        // Forecasts take some milliseconds each: aside from the threads that answer.
        let told = tokio::task::spawn_blocking(move || {
            let mut walk = Walk::new(&lines, &kept);
            let told: Vec<T> = all
                .into_iter()
                .map(|week| {
                    let (assessment, chances) = walk.to(week.at);
                    tell(week, &walk.launch, &assessment, chances)
                })
                .collect();
            (told, walk.expected)
        });
        let told = told.await;
        let (told, expected) = told.map_err(|error| Failure::Broken(error.to_string()))?;
        live.keep_expected(expected);
        Ok(told)
    }
}

/// A walk through a journal, from moment to moment.
struct Walk<'a> {
    lines: std::iter::Peekable<std::slice::Iter<'a, Arc<Entry>>>,
    launch: Launch,
    kept: &'a [Expected],
    /// What was to be expected wherever the walk came by.
    expected: Vec<Expected>,
}

impl<'a> Walk<'a> {
    fn new(lines: &'a [Arc<Entry>], kept: &'a [Expected]) -> Self {
        Self {
            lines: lines.iter().peekable(),
            launch: Launch::default(),
            kept,
            expected: Vec::new(),
        }
    }

    /// Walks on to a later moment: what the launch was worth then, and what was to be expected.
    fn to(&mut self, at: Instant) -> (Assessment, Option<Chances>) {
        while let Some(line) = self.lines.next_if(|line| line.record.at <= at) {
            self.launch.apply(&line.record);
        }
        let assessment = assess(&self.launch, &Policy::default(), at);
        let key = (self.launch.revision, assessment.today);
        let known = self.kept.iter().find(|(seq, day, _)| (*seq, *day) == key);
        let chances = known.map_or_else(
            || {
                forecast_launch(&self.launch, &assessment, SHOWN)
                    .as_ref()
                    .map(Chances::from)
            },
            |(_, _, chances)| *chances,
        );
        self.expected.push((key.0, key.1, chances));
        (assessment, chances)
    }
}
