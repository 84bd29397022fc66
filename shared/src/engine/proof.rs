//! The type that stands for “done”. Nothing outside the engine can make one.

/// Evidence that the engine found no blocker. It has no public constructor and cannot be read from
/// a file or the wire: whoever holds one got it from [`assess`](crate::assess).
///
/// ```compile_fail
/// let forged = startklar::engine::Proof(());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof(());

impl Proof {
    /// A proof, if there is no blocker.
    pub(super) fn of_no_blocker(blockers: usize) -> Option<Self> {
        (blockers == 0).then_some(Self(()))
    }
}
