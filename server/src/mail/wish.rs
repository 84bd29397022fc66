//! How somebody wishes to be written to: read from a form, kept, read again.

use chrono::Days;
use lettre::Address;
use startklar::{
    Locale, PersonId,
    time::{Instant, Zone},
    zones,
};

use super::Quiet;
use crate::store::MailWish;

/// Longest address of mail, in bytes, as mail servers have it.
const LONGEST: usize = 254;

/// How somebody wishes to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who.
    pub person: PersonId,
    /// Where they read mail.
    pub address: Address,
    /// Whether whoever reads it has said that it is theirs: nothing is told to any other.
    pub confirmed: bool,
    /// Where they wish to read it, once whoever reads there has said the same.
    pub next: Option<Address>,
    /// Their language.
    pub locale: Locale,
    /// The name of their time zone.
    pub zone: String,
    /// Whether they wish the weekly digest.
    pub digest: bool,
    /// Whether they wish notices.
    pub notices: bool,
    /// When they are not written to.
    pub quiet: Quiet,
}

/// What a form says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The address.
    pub address: &'a str,
    /// The tag of the language.
    pub locale: &'a str,
    /// The name of the time zone.
    pub zone: &'a str,
    /// Whether the weekly digest is wished for.
    pub digest: bool,
    /// Whether notices are.
    pub notices: bool,
    /// When quiet hours begin.
    pub from: &'a str,
    /// When they are over.
    pub until: &'a str,
}

/// Why this cannot be wished for. What was found is cut short.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWish {
    /// This is no address of mail.
    #[error("{0:?} is no address of mail")]
    Address(String),
    /// There is no such language.
    #[error("{0:?} is none of the languages")]
    Language(String),
    /// The time zone database has no such name.
    #[error("{0:?} is no name of a time zone")]
    Zone(String),
    /// This is no time of a day.
    #[error("{0:?} are no times of a day")]
    Times(String),
}

impl Wish {
    /// Reads what a form says.
    ///
    /// # Errors
    /// The first field that cannot be meant.
    pub fn read(person: PersonId, given: Given<'_>, now: Instant) -> Result<Self, BadWish> {
        let found = |text: &str| text.trim().chars().take(80).collect::<String>();
        // Few mail servers take others; a name with umlauts has a spelling in plain letters.
        let fits = |address: &&str| address.len() <= LONGEST && address.is_ascii();
        let address = Some(given.address.trim()).filter(fits);
        let wish = Self {
            person,
            address: address
                .and_then(|address| address.parse().ok())
                .ok_or_else(|| BadWish::Address(found(given.address)))?,
            confirmed: false,
            next: None,
            locale: Locale::from_tag(given.locale)
                .ok_or_else(|| BadWish::Language(found(given.locale)))?,
            zone: given.zone.trim().to_owned(),
            digest: given.digest,
            notices: given.notices,
            quiet: Quiet::read(given.from, given.until).ok_or_else(|| {
                BadWish::Times(found(&format!("{} – {}", given.from, given.until)))
            })?,
        };
        if wish.zone_at(now).is_none() {
            return Err(BadWish::Zone(found(given.zone)));
        }
        Ok(wish)
    }

    /// What is kept. `None` for what this version does not understand: then nothing is sent.
    pub fn of_stored(stored: &MailWish) -> Option<Self> {
        Some(Self {
            person: PersonId(stored.person),
            address: stored.address.parse().ok()?,
            confirmed: stored.confirmed,
            next: Some(stored.next.as_str())
                .filter(|next| !next.is_empty())
                .map(str::parse)
                .transpose()
                .ok()?,
            locale: Locale::from_tag(&stored.locale)?,
            zone: stored.zone.clone(),
            digest: stored.digest,
            notices: stored.notices,
            quiet: Quiet::of_minutes(stored.quiet_from, stored.quiet_until)?,
        })
    }

    /// The same to be kept.
    pub fn stored(&self) -> MailWish {
        let (from, until) = self.quiet.minutes();
        MailWish {
            person: self.person.0,
            address: self.address.to_string(),
            confirmed: self.confirmed,
            next: (self.next.as_ref()).map_or_else(String::new, ToString::to_string),
            locale: self.locale.tag().to_owned(),
            zone: self.zone.clone(),
            digest: self.digest,
            notices: self.notices,
            quiet_from: from.into(),
            quiet_until: until.into(),
        }
    }

    /// Where they wish to read mail in the end.
    pub fn awaited(&self) -> &Address {
        self.next.as_ref().unwrap_or(&self.address)
    }

    /// Their zone around a moment. `None` when the time zone database does not have its name.
    pub fn zone_at(&self, now: Instant) -> Option<Zone> {
        let day = now.date_naive();
        let (from, to) = (
            day.checked_sub_days(Days::new(2))?,
            day.checked_add_days(Days::new(2))?,
        );
        zones::zone(&self.zone, from, to)
    }

    /// Whether it is quiet at a moment. Where the zone is unknown it always is.
    pub fn is_quiet(&self, now: Instant) -> bool {
        let zone = self.zone_at(now);
        zone.is_none_or(|zone| self.quiet.holds_at(zone.local(now).time()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use startklar::time::parse_instant;
    use uuid::Uuid;

    use super::*;

    const GIVEN: Given<'static> = Given {
        address: " katrin@example.org ",
        locale: "de-AT",
        zone: "Europe/Berlin",
        digest: true,
        notices: false,
        from: "20:00",
        until: "07:00",
    };

    fn read(given: Given<'_>) -> Result<Wish, BadWish> {
        let now = parse_instant("2026-04-18T12:20:00Z").unwrap();
        Wish::read(PersonId(Uuid::from_u128(1)), given, now)
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let wish = read(GIVEN).unwrap();
        assert_eq!(wish.address.to_string(), "katrin@example.org");
        assert_eq!(wish.locale, Locale::De);
        assert_eq!(Wish::of_stored(&wish.stored()), Some(wish));
    }

    #[test]
    fn what_cannot_be_meant_is_named() {
        for address in [
            "",
            "katrin",
            "a@b@c",
            "a b@example.org",
            "a@example.org\r\nBcc: x@y.z",
            "größe@example.org",
        ] {
            let refused = read(Given { address, ..GIVEN });
            assert!(matches!(refused, Err(BadWish::Address(_))), "{address}");
        }
        let long = format!("{}@example.org", "a".repeat(300));
        let refused = read(Given {
            address: &long,
            ..GIVEN
        })
        .unwrap_err();
        assert!(matches!(refused, BadWish::Address(found) if found.len() == 80));
        let refused = read(Given {
            zone: "Europe/Atlantis",
            ..GIVEN
        });
        assert_eq!(refused, Err(BadWish::Zone("Europe/Atlantis".to_owned())));
        let refused = read(Given {
            locale: "fr",
            ..GIVEN
        });
        assert_eq!(refused, Err(BadWish::Language("fr".to_owned())));
        let refused = read(Given {
            until: "7",
            ..GIVEN
        });
        assert_eq!(refused, Err(BadWish::Times("20:00 – 7".to_owned())));
    }

    #[test]
    fn quiet_hours_follow_the_clocks_of_the_zone() {
        let wish = read(GIVEN).unwrap();
        // On 29 March the clocks go forward, on 25 October back: seven o'clock is an hour earlier,
        // and then later, than the day before.
        for (at, quiet) in [
            ("2026-03-28T05:59:59Z", true),
            ("2026-03-28T06:00:00Z", false),
            ("2026-03-29T04:59:59Z", true),
            ("2026-03-29T05:00:00Z", false),
            ("2026-10-25T05:59:59Z", true),
            ("2026-10-25T06:00:00Z", false),
            ("2026-10-25T18:59:59Z", false),
            ("2026-10-25T19:00:00Z", true),
        ] {
            assert_eq!(wish.is_quiet(parse_instant(at).unwrap()), quiet, "{at}");
        }
    }
}
