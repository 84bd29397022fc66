//! Limits on guessing: after a few wrong passwords the next try has to wait, longer each time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use startklar::PersonId;

/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(2);

/// The longest wait, and how long a wrong try is remembered.
const LONGEST: Duration = Duration::from_mins(15);

/// Names that are remembered at most: beyond it, those that are longest ago are forgotten.
const MOST: usize = 10_000;

/// What somebody who tries goes by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// The login that they try, and where they try it from.
    Pair(String, String),
    /// The login, from wherever. Loosely: or anybody could keep its owner out.
    Login(String),
    /// Where they try from, whatever login. Loosely: a whole office may have one address.
    Address(String),
    /// Somebody signed in who says their password once more.
    Owner(PersonId),
    /// Somebody whose password was right and who shows a code, and where they do.
    Code(PersonId, String),
    /// The same from wherever.
    Codes(PersonId),
    /// Where somebody begins from who is to sign in elsewhere or by a passkey. Loosely, for the same reason.
    Beginner(String),
}

impl Name {
    /// Wrong tries that nobody has to wait after.
    const fn free(&self) -> u32 {
        match self {
            Self::Pair(..) | Self::Owner(_) | Self::Code(..) => 5,
            // Of a million codes three are right at any moment.
            Self::Codes(_) => 10,
            Self::Login(_) | Self::Address(_) | Self::Beginner(_) => 50,
        }
    }
}

#[derive(Clone, Copy)]
struct Tries {
    count: u32,
    last: Instant,
}

impl Tries {
    /// From when on it may be tried again.
    fn until(self, free: u32) -> Instant {
        let Some(over) = self.count.checked_sub(free) else {
            return self.last;
        };
        let wait = FIRST.saturating_mul(1 << over.min(12));
        self.last + wait.min(LONGEST)
    }
}

/// Who guessed wrong lately. Kept in memory: it starts anew with the server, and each of several
/// processes counts for itself.
#[derive(Default)]
pub(super) struct Attempts(Mutex<HashMap<Name, Tries>>);

impl Attempts {
    /// Begins a try, which counts as a wrong one until [`Attempts::right`]: many at once are many.
    ///
    /// # Errors
    /// How long they have to wait first, by the longest of what they go by.
    pub(super) fn begin(&self, names: &[Name], now: Instant) -> Result<(), Duration> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = names.iter().filter_map(|name| {
            let until = tries.get(name)?.until(name.free());
            let wait = until.checked_duration_since(now);
            wait.filter(|wait| !wait.is_zero())
        });
        if let Some(wait) = waits.max() {
            return Err(wait);
        }
        if tries.len() >= MOST {
            tries.retain(|_, one| now.duration_since(one.last) < LONGEST / 3);
        }
        if tries.len() >= 2 * MOST {
            tries.clear();
        }
        for name in names {
            let new = Tries {
                count: 0,
                last: now,
            };
            let one = tries.entry(name.clone()).or_insert(new);
            if now.duration_since(one.last) >= LONGEST {
                one.count = 0;
            }
            *one = Tries {
                count: one.count + 1,
                last: now,
            };
        }
        Ok(())
    }

    /// The try was right: who they are has a clean sheet, and their address one wrong try less.
    pub(super) fn right(&self, names: &[Name]) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            match (name, tries.get_mut(name)) {
                (Name::Address(_) | Name::Beginner(_), Some(one)) => {
                    one.count = one.count.saturating_sub(1)
                }
                _ => drop(tries.remove(name)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(name: &str) -> Vec<Name> {
        vec![Name::Pair(name.to_owned(), "10.0.0.1".to_owned())]
    }

    /// So many tries at one moment that are not refused.
    fn let_through(attempts: &Attempts, names: &[Name], tries: usize, at: Instant) -> usize {
        (0..tries)
            .filter(|_| attempts.begin(names, at).is_ok())
            .count()
    }

    #[test]
    fn after_five_wrong_tries_each_further_one_waits_longer() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        let lena = login("lena");
        assert_eq!(let_through(&attempts, &lena, 100, start), 5, "many at once");
        assert_eq!(attempts.begin(&lena, start), Err(FIRST));
        assert_eq!(attempts.begin(&lena, start + FIRST), Ok(()));
        assert_eq!(attempts.begin(&lena, start + FIRST), Err(FIRST * 2));
        assert_eq!(attempts.begin(&login("nils"), start), Ok(()));
    }

    #[test]
    fn no_wait_is_longer_than_the_longest_and_it_is_forgotten_in_the_end() {
        let (attempts, mut now) = (Attempts::default(), Instant::now());
        let lena = login("lena");
        for _ in 0..30 {
            if let Err(wait) = attempts.begin(&lena, now) {
                assert!(wait <= LONGEST);
                now += wait;
            }
        }
        now += LONGEST;
        assert_eq!(let_through(&attempts, &lena, 100, now), 5);
        attempts.right(&lena);
        assert_eq!(let_through(&attempts, &lena, 100, now), 5);
    }

    #[test]
    fn an_office_behind_one_address_is_not_locked_out_by_a_few_slips() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        let from = |who: usize| {
            vec![
                Name::Pair(format!("person {who}"), "10.0.0.9".to_owned()),
                Name::Address("10.0.0.9".to_owned()),
            ]
        };
        for who in 0..40 {
            assert_eq!(attempts.begin(&from(who), start), Ok(()));
            attempts.right(&from(who));
        }
        let guessed = (0..100).filter(|who| attempts.begin(&from(*who), start).is_ok());
        assert_eq!(guessed.count(), 50, "many logins from one address do wait");
    }

    #[test]
    fn who_guesses_elsewhere_does_not_keep_the_owner_out() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        let from = |address: &str| {
            vec![
                Name::Pair("lena".to_owned(), address.to_owned()),
                Name::Login("lena".to_owned()),
            ]
        };
        assert_eq!(let_through(&attempts, &from("10.6.6.6"), 100, start), 5);
        assert_eq!(attempts.begin(&from("10.0.0.1"), start), Ok(()));
        let many =
            (0..100).filter(|n| attempts.begin(&from(&format!("10.7.0.{n}")), start).is_ok());
        assert_eq!(
            many.count(),
            44,
            "from everywhere at once it waits all the same"
        );
    }
}
