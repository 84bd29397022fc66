//! Hands one mail to the mail server.
//!
//! Until the text of a mail begins, nothing has arrived and it may be tried again. Once it has
//! begun, only an answer of the server says what happened: without one nobody knows.

use std::time::Duration;

use lettre::{
    Message,
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::Mechanism,
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
    },
};
use tokio::time::timeout;

use super::relay::{Cipher, Relay};

/// How long it may take until the mail server wants the text.
const BEGINNING: Duration = Duration::from_secs(20);

/// How long it may take until it has answered to the text.
const HANDING_OVER: Duration = Duration::from_secs(40);

/// How long a farewell is waited for.
const FAREWELL: Duration = Duration::from_secs(2);

/// Most letters of an answer that are kept.
const LONGEST: usize = 200;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The mail server took it.
    Sent(String),
    /// Not now; it did not arrive.
    Deferred {
        /// Why.
        answer: String,
        /// Whether the mail server was reached, so that another mail may fare better.
        reached: bool,
    },
    /// Never; it did not arrive.
    Refused(String),
    /// Nobody knows whether it arrived.
    Unknown(String),
}

impl Relay {
    /// Hands one mail over.
    pub(super) async fn deliver(&self, message: &Message) -> Outcome {
        let begun = timeout(BEGINNING, self.begin(message.envelope())).await;
        let mut connection = match begun {
            Ok(Ok(connection)) => connection,
            Ok(Err(outcome)) => return outcome,
            Err(_) => {
                return Outcome::Deferred {
                    answer: format!("no answer within {} s", BEGINNING.as_secs()),
                    reached: false,
                };
            }
        };
        let text = message.formatted();
        let outcome = match timeout(HANDING_OVER, connection.message(&text)).await {
            Ok(Ok(response)) => Outcome::Sent(cut(response.first_line().unwrap_or_default())),
            Ok(Err(error)) if error.is_transient() || error.is_permanent() => answered(&error),
            Ok(Err(error)) => Outcome::Unknown(cut(&error.to_string())),
            Err(_) => Outcome::Unknown(format!("no answer within {} s", HANDING_OVER.as_secs())),
        };
        if matches!(outcome, Outcome::Sent(_)) {
            // Whether it hears it or not: the mail is there.
            let _ = timeout(FAREWELL, connection.quit()).await;
        }
        outcome
    }

    /// Goes as far as the text.
    async fn begin(&self, envelope: &Envelope) -> Result<AsyncSmtpConnection, Outcome> {
        let not_now = |error: Error| Outcome::Deferred {
            answer: cut(&error.to_string()),
            reached: false,
        };
        let mut connection = self.connect().await.map_err(not_now)?;
        let from = envelope.from().cloned();
        let answer = connection.command(Mail::new(from, Vec::new())).await;
        // Whom mail may be from is a matter of how this server was started, as its password is.
        answer.map_err(not_now)?;
        for to in envelope.to() {
            let answer = connection.command(Rcpt::new(to.clone(), Vec::new())).await;
            answer.map_err(|error| answered(&error))?;
        }
        let answer = connection.command(Data).await;
        answer.map_err(|error| answered(&error))?;
        Ok(connection)
    }

    /// A connection on which mail may be sent. A wrong password is the fault of no mail, so none is
    /// given up for it.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello = ClientId::Domain(self.name.clone());
        let tls = || TlsParameters::new(self.host.clone());
        let whole = match self.cipher {
            Cipher::Whole => Some(tls()?),
            Cipher::None | Cipher::Start => None,
        };
        let place = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(place, Some(BEGINNING), &hello, whole, None)
                .await?;
        if self.cipher == Cipher::Start {
            connection.starttls(tls()?, &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, credentials).await?;
        }
        Ok(connection)
    }
}

/// What an answer means, or its lack, as long as nothing can have arrived.
fn answered(error: &Error) -> Outcome {
    let answer = cut(&error.to_string());
    if error.is_permanent() {
        Outcome::Refused(answer)
    } else {
        let reached = error.is_transient();
        Outcome::Deferred { answer, reached }
    }
}

/// An answer on one line, cut short.
fn cut(answer: &str) -> String {
    let line = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(LONGEST).collect()
}
