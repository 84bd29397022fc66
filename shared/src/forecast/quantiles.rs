//! The seven quantiles of a forecast.

use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::number::{float, floor};

/// The probabilities of the quantiles, ascending.
pub const LEVELS: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// The place of the median in [`LEVELS`].
pub const MEDIAN: usize = 3;

const NAMES: [&str; 7] = ["0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"];

/// A value for each of [`LEVELS`], ascending. Written as an object: `{"0.05": …, …, "0.95": …}`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles(pub [f64; 7]);

impl Quantiles {
    /// The quantiles of a sorted sample; 0 of an empty one.
    pub fn of_sorted(sample: &[f64]) -> Self {
        let last = sample.len().saturating_sub(1);
        let pick = |p: f64| sample.get(floor(p * float(sample.len())).min(last));
        Self(LEVELS.map(|p| pick(p).copied().unwrap_or(0.0)))
    }

    /// The quantiles of a sample.
    ///
    /// ```
    /// use startklar::forecast::Quantiles;
    ///
    /// let sample: Vec<f64> = (0..100).map(f64::from).rev().collect();
    /// let q = Quantiles::of(sample);
    /// assert_eq!(q.0, [5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]);
    /// assert_eq!(q.interval(80), Some((10.0, 90.0)));
    /// ```
    pub fn of(mut sample: Vec<f64>) -> Self {
        sample.sort_unstable_by(f64::total_cmp);
        Self::of_sorted(&sample)
    }

    /// Each value rounded to a whole number, halves upwards.
    pub(super) fn whole(self) -> Self {
        Self(self.0.map(|v| (v + 0.5).floor()))
    }

    /// The value that reality exceeds as often as not.
    pub const fn median(&self) -> f64 {
        self.0[MEDIAN]
    }

    /// Lower and upper end of the interval that holds so many percent: 50, 80 or 90.
    pub const fn interval(&self, percent: u8) -> Option<(f64, f64)> {
        match percent {
            50 => Some((self.0[2], self.0[4])),
            80 => Some((self.0[1], self.0[5])),
            90 => Some((self.0[0], self.0[6])),
            _ => None,
        }
    }
}

impl Serialize for Quantiles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(NAMES.len()))?;
        for (name, value) in NAMES.iter().zip(self.0) {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}
