//! Seeded random numbers, the same on every platform: splitmix64, and normal draws from a table.

use std::sync::LazyLock;

use super::number::{float, ln};

/// How many values a normal draw can have.
pub(super) const STEPS: usize = 256;

const TWO_TO_53: f64 = 9_007_199_254_740_992.0;

/// The generator splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014).
#[derive(Debug, Clone)]
pub(super) struct Generator(u64);

impl Generator {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to just below 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    pub(super) const fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / TWO_TO_53
    }

    /// A place in a table of [`STEPS`] values.
    #[allow(clippy::cast_possible_truncation, reason = "eight bits are left")]
    pub(super) const fn step(&mut self) -> usize {
        (self.next() >> 56) as usize
    }

    /// Four draws from one number: two places in a table, and two numbers from 0 to just below 1 in
    /// steps of 1/65,536.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "parts of a number are wanted"
    )]
    pub(super) fn parts(&mut self) -> ([usize; 2], [f64; 2]) {
        let n = self.next();
        let share = |bits: u64| f64::from(bits as u16) / 65_536.0;
        let step = |bits: u64| usize::from(bits as u8);
        (
            [step(n >> 56), step(n >> 48)],
            [share(n >> 32), share(n >> 16)],
        )
    }

    /// A number below `n`, which is at least 1.
    #[allow(clippy::cast_possible_truncation, reason = "it lies below n")]
    pub(super) const fn below(&mut self, n: usize) -> usize {
        ((self.next() as u128 * n as u128) >> 64) as usize
    }
}

/// [`STEPS`] equally likely values of the normal distribution, ascending, with variance 1.
pub(super) static NORMAL: LazyLock<[f64; STEPS]> = LazyLock::new(|| {
    let raw: [f64; STEPS] =
        std::array::from_fn(|i| inverse_normal((float(i) + 0.5) / float(STEPS)));
    let scale = (raw.iter().map(|z| z * z).sum::<f64>() / float(STEPS)).sqrt();
    raw.map(|z| z / scale)
});

/// A function of a normal draw, as a table of its [`STEPS`] values.
pub(super) fn table(of: impl Fn(f64) -> f64) -> [f64; STEPS] {
    NORMAL.map(of)
}

/// The quantile function of the normal distribution by P. J. Acklam's rational approximation, with
/// a relative error below 1.2e-9.
fn inverse_normal(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    if p > 0.5 {
        return -inverse_normal(1.0 - p);
    }
    if p < 0.024_25 {
        let q = (-2.0 * ln(p)).sqrt();
        return polynomial(&C, q) / polynomial(&D, q);
    }
    let q = p - 0.5;
    polynomial(&A, q * q) * q / polynomial(&B, q * q)
}

/// A polynomial by Horner's rule, the highest power first.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, c| sum * x + c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        // The published first outputs for the seed 1234567.
        let mut generator = Generator::new(1_234_567);
        let drawn = [generator.next(), generator.next(), generator.next()];
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn normal_draws_have_mean_0_and_variance_1() {
        let mean = NORMAL.iter().sum::<f64>() / 256.0;
        let variance = NORMAL.iter().map(|z| z * z).sum::<f64>() / 256.0;
        assert!(mean.abs() < 1e-12 && (variance - 1.0).abs() < 1e-12);
        assert!(NORMAL.is_sorted());
    }

    #[test]
    fn the_quantile_function_knows_its_textbook_values() {
        for (p, z) in [(0.5, 0.0), (0.975, 1.959_964), (0.01, -2.326_348)] {
            assert!((inverse_normal(p) - z).abs() < 1e-6, "{p}");
        }
    }

    #[test]
    fn numbers_below_n_are_all_of_them() {
        let mut generator = Generator::new(7);
        let mut seen = [0; 5];
        (0..5_000).for_each(|_| seen[generator.below(5)] += 1);
        assert!(seen.iter().all(|&n| n > 850), "{seen:?}");
        assert!((0..1_000).all(|_| (0.0..1.0).contains(&generator.uniform())));
    }
}
