//! Arithmetic that gives the same answer on every platform: exponential and logarithm from `libm`
//! instead of the system's, and the two casts of this module.

/// The exponential function.
pub(super) fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm.
pub(super) fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// A count as a number.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of periods and futures lie far below 2^52"
)]
pub(super) const fn float(n: usize) -> f64 {
    n as f64
}

/// A number without its fraction as a count; what lies below 0 is 0.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the fraction is what is to be dropped, and the cast saturates"
)]
pub(super) const fn floor(x: f64) -> usize {
    x as usize
}
