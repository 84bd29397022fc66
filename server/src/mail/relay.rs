//! By which mail server mail goes out, in whose name, and where its links lead.

use std::{fmt, net::IpAddr};

use axum::http::Uri;
use lettre::{message::Mailbox, transport::smtp::authentication::Credentials};

/// What the start of a server says about mail.
#[derive(Clone, Default)]
pub struct Wiring {
    /// The mail server: `smtps://HOST`, `starttls://HOST` or `smtp://HOST`, each with a port if it is
    /// not the usual one.
    pub smtp: Option<String>,
    /// The name by which one signs in there.
    pub user: Option<String>,
    /// The password for it.
    pub password: Option<String>,
    /// Whom mail is from: `Startklar <startklar@example.com>`.
    pub from: Option<String>,
    /// The address under which people reach this server: `https://startklar.example.com`.
    pub base: Option<String>,
}

/// Why no mail can be sent as it was said. No password is ever in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRelay {
    /// A mail server was named, and something else is lacking.
    #[error("a mail server is named, and it also takes {0}")]
    Lacks(&'static str),
    /// This is no address of a mail server.
    #[error(
        "the mail server {0:?} is not understood: allowed are smtps://HOST, starttls://HOST and \
         smtp://HOST, with :PORT if need be and without name or password"
    )]
    Server(String),
    /// This is nobody whom mail could be from.
    #[error("mail cannot be from {0:?}: allowed is NAME <ADDRESS>, the address in plain letters")]
    Sender(String),
    /// Links cannot lead there.
    #[error(
        "links in mail cannot lead to {0:?}: allowed is an address such as \
         https://startklar.example.com, without a path"
    )]
    Base(String),
    /// A password would be readable on its way.
    #[error(
        "a password would go to {0} unencrypted: take smtps:// or starttls://, or a mail server on \
         this machine"
    )]
    Plain(String),
}

/// How the connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    /// Not at all.
    None,
    /// After it was opened; refused where the server cannot.
    Start,
    /// From the first byte on.
    Whole,
}

/// By which mail server mail goes out.
#[derive(Clone)]
pub struct Relay {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) cipher: Cipher,
    pub(super) credentials: Option<Credentials>,
    pub(super) from: Mailbox,
    /// Without a slash at its end.
    pub(super) base: String,
    /// The name in it.
    pub(super) name: String,
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} from {}", self.host, self.port, self.from)
    }
}

impl Relay {
    /// Reads what was said. `None` when no mail server is named.
    ///
    /// # Errors
    /// [`BadRelay::Lacks`] when something was not said, and else what is wrong with it.
    pub fn of(said: &Wiring) -> Result<Option<Self>, BadRelay> {
        let Some(smtp) = &said.smtp else {
            return Ok(None);
        };
        let from = said.from.as_deref();
        let from = from.ok_or(BadRelay::Lacks("--mail-from, whom it is from"))?;
        let base = said.base.as_deref();
        let base = base.ok_or(BadRelay::Lacks("--base-url, where its links lead"))?;
        let (cipher, host, port) = server(smtp).ok_or_else(|| BadRelay::Server(shown(smtp)))?;
        let sender = from.parse().ok().filter(|from: &Mailbox| {
            let address: &str = from.email.as_ref();
            address.is_ascii()
        });
        let (base, name) = links(base).ok_or_else(|| BadRelay::Base(shown(base)))?;
        let credentials = credentials(said)?;
        if credentials.is_some() && cipher == Cipher::None && !is_here(&host) {
            return Err(BadRelay::Plain(host));
        }
        Ok(Some(Self {
            host,
            port,
            cipher,
            credentials,
            from: sender.ok_or_else(|| BadRelay::Sender(from.to_owned()))?,
            base,
            name,
        }))
    }

    /// Whether what is written travels readable to another machine.
    pub fn is_readable_on_its_way(&self) -> bool {
        self.cipher == Cipher::None && !is_here(&self.host)
    }
}

/// An address as it may be said: somebody may have put a password into it.
fn shown(address: &str) -> String {
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), address),
    };
    match rest.rsplit_once('@') {
        Some((_, rest)) => format!("{scheme}…@{rest}"),
        None => address.to_owned(),
    }
}

fn server(address: &str) -> Option<(Cipher, String, u16)> {
    let uri: Uri = address.trim().parse().ok()?;
    let (cipher, usual) = match uri.scheme_str()? {
        "smtp" => (Cipher::None, 25),
        "starttls" => (Cipher::Start, 587),
        "smtps" => (Cipher::Whole, 465),
        _ => return None,
    };
    let host = plain(&uri)?.trim_matches(['[', ']']).to_owned();
    Some((cipher, host, uri.port_u16().unwrap_or(usual)))
}

/// Where links to this server lead, without a slash at its end; none where they cannot lead there.
pub fn links_to(address: &str) -> Option<String> {
    links(address).map(|(base, _)| base)
}

/// Where links lead, and the name in it.
fn links(address: &str) -> Option<(String, String)> {
    let uri: Uri = address.trim().parse().ok()?;
    let scheme = uri
        .scheme_str()
        .filter(|it| matches!(*it, "http" | "https"))?;
    let host = plain(&uri)?.to_owned();
    let port = uri.port_u16().map(|port| format!(":{port}"));
    Some((
        format!("{scheme}://{host}{}", port.unwrap_or_default()),
        host,
    ))
}

/// The host of an address that says nothing beside it and its port.
fn plain(uri: &Uri) -> Option<&str> {
    let beside = uri
        .path_and_query()
        .is_some_and(|rest| rest.as_str() != "/");
    let named = uri.authority()?.as_str().contains('@');
    uri.host()
        .filter(|host| !beside && !named && !host.is_empty())
}

fn credentials(said: &Wiring) -> Result<Option<Credentials>, BadRelay> {
    match (&said.user, &said.password) {
        (None, None) => Ok(None),
        (Some(user), Some(password)) => Ok(Some(Credentials::new(user.clone(), password.clone()))),
        (Some(_), None) => Err(BadRelay::Lacks("the password of --smtp-user")),
        (None, Some(_)) => Err(BadRelay::Lacks("--smtp-user, whose password it is")),
    }
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    let address: Result<IpAddr, _> = host.parse();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    fn said(smtp: &str) -> Wiring {
        Wiring {
            smtp: Some(smtp.to_owned()),
            from: Some("Startklar <startklar@example.com>".to_owned()),
            base: Some("https://startklar.example.com/".to_owned()),
            ..Wiring::default()
        }
    }

    #[test]
    fn a_mail_server_is_named_by_its_address() {
        for (address, host, port, cipher) in [
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Cipher::None),
            (
                "smtps://mail.example.com",
                "mail.example.com",
                465,
                Cipher::Whole,
            ),
            ("starttls://[::1]/", "::1", 587, Cipher::Start),
        ] {
            let relay = Relay::of(&said(address)).unwrap().unwrap();
            assert_eq!(
                (relay.host.as_str(), relay.port, relay.cipher),
                (host, port, cipher)
            );
            assert_eq!(relay.base, "https://startklar.example.com");
            assert_eq!(relay.name, "startklar.example.com");
        }
        assert!(Relay::of(&Wiring::default()).unwrap().is_none());
    }

    #[test]
    fn what_is_wrong_or_lacking_is_said() {
        for address in ["mail.example.com", "http://x", "smtp://", "smtp://x/y"] {
            let refused = Relay::of(&said(address)).unwrap_err();
            assert_eq!(refused, BadRelay::Server(address.to_owned()));
        }
        for base in [
            "startklar.example.com",
            "ftp://x",
            "https://x/app",
            "https://x?y",
        ] {
            let base = base.to_owned();
            let refused = Relay::of(&Wiring {
                base: Some(base.clone()),
                ..said("smtp://x")
            });
            assert_eq!(refused.unwrap_err(), BadRelay::Base(base));
        }
        let lacks = Relay::of(&Wiring {
            base: None,
            ..said("smtp://x")
        });
        assert!(lacks.unwrap_err().to_string().contains("--base-url"));
        let from = Some("nobody".to_owned());
        let refused = Relay::of(&Wiring {
            from,
            ..said("smtp://x")
        });
        assert!(matches!(refused, Err(BadRelay::Sender(_))));
    }

    #[test]
    fn a_password_goes_unencrypted_to_this_machine_only_and_is_never_shown() {
        let with = |smtp: &str| Wiring {
            user: Some("startklar".to_owned()),
            password: Some("hidden words".to_owned()),
            ..said(smtp)
        };
        let refused = Relay::of(&with("smtp://mail.example.com")).unwrap_err();
        assert_eq!(refused, BadRelay::Plain("mail.example.com".to_owned()));
        for smtp in [
            "smtp://127.0.0.1",
            "smtp://localhost",
            "smtps://mail.example.com",
        ] {
            let relay = Relay::of(&with(smtp)).unwrap().unwrap();
            assert!(relay.credentials.is_some());
            assert!(!format!("{relay:?}").contains("hidden"));
        }
        for (found, shown) in [
            ("smtp://u:hidden@x", "smtp://…@x"),
            ("u:hidden@x", "…@x"),
            ("x", "x"),
        ] {
            let refused = Relay::of(&said(found)).unwrap_err();
            assert_eq!(refused, BadRelay::Server(shown.to_owned()));
        }
        let half = Wiring {
            password: None,
            ..with("smtp://localhost")
        };
        assert!(matches!(Relay::of(&half), Err(BadRelay::Lacks(_))));
    }
}
