//! What `serve` is told about mail.

use std::path::PathBuf;

use clap::Args;

use super::Error;
use crate::mail::{BadRelay, Relay, Wiring};

/// The variable that holds the password; no option does, because everybody on a machine reads the
/// options of its processes.
pub(super) const PASSWORD: &str = "STARTKLAR_SMTP_PASSWORD";

/// By which mail server mail goes out. Without one nothing is sent.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Mail (its password: in STARTKLAR_SMTP_PASSWORD, or in a file)")]
pub(super) struct Sending {
    /// The mail server: `smtps://HOST`, `starttls://HOST` or `smtp://HOST`, with `:PORT` if need be
    #[arg(
        long,
        env = "STARTKLAR_SMTP",
        hide_env_values = true,
        value_name = "URL"
    )]
    smtp: Option<String>,
    /// The name by which to sign in there
    #[arg(long, env = "STARTKLAR_SMTP_USER", value_name = "NAME")]
    smtp_user: Option<String>,
    /// A file that holds the password for it
    #[arg(long, env = "STARTKLAR_SMTP_PASSWORD_FILE", value_name = "FILE")]
    smtp_password_file: Option<PathBuf>,
    /// Whom mail is from: "Startklar <startklar@example.com>"
    #[arg(long, env = "STARTKLAR_MAIL_FROM", value_name = "SENDER")]
    mail_from: Option<String>,
    /// The address under which people reach this server, for links in mail and the way back of those
    /// who sign in elsewhere
    #[arg(long, env = "STARTKLAR_BASE_URL", value_name = "URL")]
    base_url: Option<String>,
}

impl Sending {
    /// Under which address people reach this server, if that was said.
    pub(super) fn base(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// The mail server, if mail is to be sent. Says so where something is lacking for it.
    ///
    /// # Errors
    /// What is wrong with what was said.
    pub(super) fn relay(self) -> Result<Option<Relay>, Error> {
        let wiring = Wiring {
            password: self.password()?,
            smtp: self.smtp,
            user: self.smtp_user,
            from: self.mail_from,
            base: self.base_url,
        };
        match Relay::of(&wiring) {
            Ok(relay) => {
                if relay.as_ref().is_some_and(Relay::is_readable_on_its_way) {
                    tracing::warn!("mail.unencrypted_beyond_this_machine");
                }
                Ok(relay)
            }
            Err(lacks @ BadRelay::Lacks(_)) => {
                tracing::warn!(%lacks, "mail.off");
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn password(&self) -> Result<Option<String>, Error> {
        let Some(file) = &self.smtp_password_file else {
            return Ok(std::env::var(PASSWORD).ok());
        };
        let text = std::fs::read_to_string(file)
            .map_err(|error| format!("cannot read the password in {}: {error}", file.display()))?;
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }
}
