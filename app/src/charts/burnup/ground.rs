//! The ground of a burn-up: where numbers and days stand on it.

use std::fmt::Write as _;

use super::{Steps, labels::Obstacle};
use crate::charts::scale::{Scale, real, short, within};

/// Where the chart's ground begins and ends, in px from the top.
pub(super) const TOP: i32 = 22;
pub(super) const BOTTOM: i32 = 192;
/// Room over the largest number, as a share of the height.
pub(super) const HEAD: f64 = 0.075;

/// Numbers and days as places on the chart.
pub(super) struct Ground<'a> {
    pub(super) scale: &'a Scale<'a>,
    pub(super) most: usize,
}

impl Ground<'_> {
    /// A number's height in the inner drawing, which is 100 high.
    pub(super) fn y(&self, n: usize) -> f64 {
        100.0 - real(n) / real(self.most.max(1)) * 100.0 * (1.0 - HEAD)
    }

    /// The same in px from the top of the chart.
    pub(super) fn px(&self, n: usize) -> f64 {
        f64::from(TOP) + self.y(n) / 100.0 * f64::from(BOTTOM - TOP)
    }

    pub(super) fn share(&self, at: f64) -> f64 {
        within(at / self.scale.width(), 1.0)
    }

    /// A line of steps up to a place. What is done and due begins on the ground; the scope begins
    /// where it does.
    pub(super) fn path(&self, steps: &Steps, end: f64, grounded: bool) -> String {
        let mut d = String::with_capacity(16 * steps.steps().len() + 16);
        if grounded {
            let _ = write!(d, "M0 {}", short(self.y(0)));
        }
        for (at, n) in steps.steps().iter().take_while(|(at, _)| *at <= end) {
            let (x, y) = (short(*at), short(self.y(*n)));
            let _ = if d.is_empty() || (*at <= 0.0 && grounded) {
                d.clear();
                write!(d, "M{x} {y}")
            } else {
                write!(d, "H{x}V{y}")
            };
        }
        if !d.is_empty() {
            let _ = write!(d, "H{}", short(end));
        }
        d
    }

    /// The same line as rectangles that labels keep off.
    pub(super) fn obstacles(&self, steps: &Steps, end: f64, grounded: bool) -> Vec<Obstacle> {
        let mut all = Vec::with_capacity(2 * steps.steps().len() + 1);
        let first = steps.steps().first().filter(|_| !grounded);
        let (mut from, mut y) = first.map_or((0.0, self.px(0)), |(at, n)| (*at, self.px(*n)));
        for (at, n) in steps.steps().iter().take_while(|(at, _)| *at <= end) {
            let (x, next) = (self.share(*at), self.px(*n));
            all.push((self.share(from), y, x, y));
            all.push((x, next.min(y), x, next.max(y)));
            (from, y) = (*at, next);
        }
        all.push((self.share(from), y, self.share(end), y));
        all
    }
}
