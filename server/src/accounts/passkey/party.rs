//! Whom a passkey is for: the name of this server, and the address of its pages.

use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

/// What people see as whom a passkey is for.
const TITLE: &str = "Startklar";

/// This server as it is reached by somebody's browser.
#[derive(Debug)]
pub struct Party(pub(super) Webauthn);

/// Why a browser uses no passkeys at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoParty {
    /// It is a number and no name, or none at all.
    Unnamed,
    /// It is reached by plain http beyond the reader's own machine.
    Plain,
}

impl Party {
    /// For pages at this address, such as `https://start.example.com:8443`. Its name is whom passkeys
    /// are for: under another name of the same server they are unknown.
    ///
    /// # Errors
    /// When no browser would use a passkey there.
    pub fn at(origin: &str) -> Result<Self, NoParty> {
        let origin = Url::parse(origin).map_err(|_| NoParty::Unnamed)?;
        let name = origin.domain().ok_or(NoParty::Unnamed)?;
        let is_here = name == "localhost" || name.ends_with(".localhost");
        if origin.scheme() != "https" && !is_here {
            return Err(NoParty::Plain);
        }
        let built = WebauthnBuilder::new(name, &origin).and_then(|it| it.rp_name(TITLE).build());
        built.map(Self).map_err(|error| {
            tracing::error!(%origin, %error, "account.passkeys_not_possible");
            NoParty::Unnamed
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_is_for_a_name_that_is_reached_safely() {
        for origin in [
            "https://start.example.com",
            "https://Start.example.com:8443",
            "http://localhost:3000",
            "http://a.localhost",
        ] {
            let party = Party::at(origin).unwrap();
            let known = party.0.get_allowed_origins();
            assert_eq!(known, [Url::parse(origin).unwrap()], "{origin}");
        }
        for (origin, why) in [
            ("http://127.0.0.1:3000", NoParty::Unnamed),
            ("https://10.0.0.1", NoParty::Unnamed),
            ("https://[::1]:3000", NoParty::Unnamed),
            ("http://", NoParty::Unnamed),
            ("http://start.example.com", NoParty::Plain),
            ("http://localhost.example.com", NoParty::Plain),
        ] {
            assert_eq!(Party::at(origin).unwrap_err(), why, "{origin}");
        }
    }
}
