//! Passwords: what one must be, and how it is kept (Argon2id with 19 MiB, 2 passes and 1 lane, the
//! least that OWASP's password storage cheat sheet asks for).

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{
        PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString, rand_core::OsRng,
    },
};
use tokio::sync::Semaphore;

use super::leaked;

/// Fewest and most characters of a password.
pub const LENGTH: (usize, usize) = (12, 128);

/// Hashes that are computed at once: each takes 19 MiB and a core for some 30 ms.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Something to compare with where there is no account, so that the time does not tell.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c3RhcnRrbGFyLW5vYm9keQ$bGJ5R0RYdnVYbWJ0Z3pUd1p2b0J6Z0Y2cWw4Y3F5TlU";

/// Why a text cannot be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// It is too short or too long.
    Length,
    /// It is what everybody tries first: the login, the name, one character over and over.
    Obvious,
    /// It is known from a leak elsewhere.
    Leaked,
}

/// Whether a text may be a password of somebody who is called like this.
pub(super) fn check(password: &str, called: &[&str]) -> Result<(), Weak> {
    let length = password.chars().count();
    if !(LENGTH.0..=LENGTH.1).contains(&length) {
        return Err(Weak::Length);
    }
    let plain = |text: &str| text.to_lowercase().replace(' ', "");
    let (word, mut letters) = (plain(password), password.chars());
    let first = letters.next();
    let same = letters.all(|letter| Some(letter) == first);
    let is_name = called
        .iter()
        .any(|name| !name.is_empty() && plain(name) == word);
    let row = "abcdefghijklmnopqrstuvwxyz".contains(&word)
        || "0123456789012345678901234567890123456789".contains(&word);
    if same || is_name || row {
        return Err(Weak::Obvious);
    }
    if leaked::is_common(password) {
        return Err(Weak::Leaked);
    }
    Ok(())
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// The hash under which a password is kept.
pub(super) async fn hash(password: String) -> Option<String> {
    let _room = AT_ONCE.acquire().await.ok()?;
    let task = tokio::task::spawn_blocking(move || {
        let salt = SaltString::generate(&mut OsRng);
        let hash = hasher().hash_password(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).ok()
    });
    task.await.ok().flatten()
}

/// Whether a password is the one that was hashed. Where there is none it takes as long to say no.
pub(super) async fn verify(password: String, hash: Option<String>) -> bool {
    let Ok(_room) = AT_ONCE.acquire().await else {
        return false;
    };
    let task = tokio::task::spawn_blocking(move || {
        let is_somebodys = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok());
        is_somebodys && matches
    });
    task.await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_no_password() {
        let called = ["lena@example.org", "Lena Novak-Brandt"];
        assert_eq!(check("short", &called), Err(Weak::Length));
        assert_eq!(check(&"x".repeat(129), &called), Err(Weak::Length));
        for obvious in [
            "aaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "12345678901234",
            "lena@EXAMPLE.org",
            "lena novak-brandt",
        ] {
            assert_eq!(check(obvious, &called), Err(Weak::Obvious), "{obvious}");
        }
        assert_eq!(check("Password12345", &called), Err(Weak::Leaked));
        assert_eq!(check("four words make one", &called), Ok(()));
        assert_eq!(check("Größe ist nicht alles", &called), Ok(()));
    }

    #[tokio::test]
    async fn a_password_is_known_by_its_hash() {
        let kept = hash("four words make one".to_owned()).await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(verify("four words make one".to_owned(), Some(kept.clone())).await);
        assert!(!verify("four words make two".to_owned(), Some(kept)).await);
    }

    #[tokio::test]
    async fn nobody_has_a_password_and_it_takes_as_long_to_say_so() {
        assert!(PasswordHash::new(NOBODYS).is_ok(), "or it would be quicker");
        assert!(!verify("four words make one".to_owned(), None).await);
    }
}
