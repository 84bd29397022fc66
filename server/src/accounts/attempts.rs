//! Limits on guessing: after a few wrong passwords the next try has to wait, longer each time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Wrong tries that nobody has to wait after.
const FREE: u32 = 5;

/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(2);

/// The longest wait, and how long a wrong try is remembered.
const LONGEST: Duration = Duration::from_mins(15);

/// Names that are remembered at most: beyond it, those that are longest ago are forgotten.
const MOST: usize = 10_000;

#[derive(Clone, Copy)]
struct Tries {
    wrong: u32,
    last: Instant,
}

impl Tries {
    /// From when on it may be tried again.
    fn until(self) -> Instant {
        let Some(over) = self.wrong.checked_sub(FREE) else {
            return self.last;
        };
        let wait = FIRST.saturating_mul(1 << over.min(12));
        self.last + wait.min(LONGEST)
    }
}

/// Who guessed wrong lately: by login and by address. Kept in memory: it starts anew with the server,
/// and each of several processes counts for itself.
#[derive(Default)]
pub(super) struct Attempts(Mutex<HashMap<String, Tries>>);

impl Attempts {
    /// How long somebody has to wait before they may try, by the longest of what they go by.
    pub(super) fn wait(&self, names: &[String], now: Instant) -> Option<Duration> {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = names.iter().filter_map(|name| {
            let until = tries.get(name)?.until();
            until
                .checked_duration_since(now)
                .filter(|wait| !wait.is_zero())
        });
        waits.max()
    }

    /// Notes a wrong try.
    pub(super) fn wrong(&self, names: &[String], now: Instant) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= MOST {
            tries.retain(|_, one| now.duration_since(one.last) < LONGEST / 3);
        }
        if tries.len() >= 2 * MOST {
            tries.clear();
        }
        for name in names {
            let one = tries.entry(name.clone()).or_insert(Tries {
                wrong: 0,
                last: now,
            });
            if now.duration_since(one.last) >= LONGEST {
                one.wrong = 0;
            }
            one.wrong += 1;
            one.last = now;
        }
    }

    /// Forgets the wrong tries of somebody who then was right.
    pub(super) fn right(&self, names: &[String]) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            tries.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(login: &str) -> Vec<String> {
        vec![login.to_owned()]
    }

    #[test]
    fn after_five_wrong_tries_each_further_one_waits_longer() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        let lena = names("lena");
        for _ in 0..FREE - 1 {
            attempts.wrong(&lena, start);
            assert_eq!(attempts.wait(&lena, start), None);
        }
        attempts.wrong(&lena, start);
        assert_eq!(attempts.wait(&lena, start), Some(FIRST));
        assert_eq!(attempts.wait(&lena, start + FIRST), None);
        attempts.wrong(&lena, start);
        assert_eq!(attempts.wait(&lena, start), Some(FIRST * 2));
        assert_eq!(attempts.wait(&names("nils"), start), None);
    }

    #[test]
    fn no_wait_is_longer_than_the_longest_and_it_is_forgotten_in_the_end() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        let lena = names("lena");
        for _ in 0..100 {
            attempts.wrong(&lena, start);
        }
        assert_eq!(attempts.wait(&lena, start), Some(LONGEST));
        attempts.wrong(&lena, start + LONGEST);
        assert_eq!(attempts.wait(&lena, start + LONGEST), None);
        attempts.right(&lena);
        assert_eq!(attempts.wait(&lena, start), None);
    }

    #[test]
    fn the_longest_wait_of_login_and_address_counts() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        for _ in 0..FREE {
            attempts.wrong(&names("10.0.0.9"), start);
        }
        let both = vec!["lena".to_owned(), "10.0.0.9".to_owned()];
        assert_eq!(attempts.wait(&both, start), Some(FIRST));
    }
}
