//! Signing in by another's word (`OpenID Connect`): the authorization code flow with PKCE, against
//! providers that whoever runs the server has named.
//!
//! Nothing here knows of accounts. [`Providers::way_to`] says where to send a browser, and
//! [`Providers::who`] who came back, once everything about the answer is proven.

mod client;
mod discovery;
mod signature;
mod token;

use axum::http::Uri;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use startklar_app::address;

use self::{client::Client, discovery::Discovery};
use crate::accounts::Attempt;

/// A provider, as the start of a server names it.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// What it is called in addresses: small letters, digits and hyphens.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its address, exactly as it names itself.
    pub issuer: String,
    /// What it calls this server.
    pub client_id: String,
    /// By what it knows this server; none where it only looks at where it sends people back to.
    pub client_secret: Option<String>,
    /// What it is asked for; `openid` among it.
    pub scopes: Vec<String>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}", self.id, self.issuer)
    }
}

/// Why nobody was proven. Details are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The provider cannot be asked, or does not answer as one.
    #[error("the provider cannot be asked: {0}")]
    Unreachable(String),
    /// It answered that it will not do this.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// What came back proves nothing.
    #[error("the answer proves nothing: {0}")]
    Untrue(String),
}

/// Somebody whom a provider has vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whom {
    /// The provider, by its address.
    pub issuer: String,
    /// What it calls them, for good.
    pub subject: String,
    /// Their name as it says, on one line.
    pub name: Option<String>,
    /// A login or an address that it knows them by. It proves nothing here.
    pub login: Option<String>,
}

impl Whom {
    /// What to call them: their name or, where the provider says none, what it calls them.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.subject)
    }
}

/// One provider, with what is known of it.
struct Known {
    provider: Provider,
    discovery: Discovery,
}

/// The providers by whose word people sign in.
#[derive(Default)]
pub struct Providers {
    all: Vec<Known>,
    client: Option<Client>,
    /// Where people reach this server, without a slash at its end.
    base: String,
}

impl Providers {
    /// Providers that send people back to `base`. None of them is asked anything yet.
    pub fn new(providers: Vec<Provider>, base: &str) -> Self {
        signature::install();
        let all = providers.into_iter().map(|provider| Known {
            discovery: Discovery::of(&provider.issuer),
            provider,
        });
        Self {
            all: all.collect(),
            client: Some(Client::new()),
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// Each, in the order in which they are shown.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.all.iter().map(|known| &known.provider)
    }

    /// The provider of that name in addresses.
    pub fn find(&self, id: &str) -> Option<&Provider> {
        self.iter().find(|provider| provider.id == id)
    }

    /// Where people reach this server.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A provider, what is known of it, and by what it is asked.
    fn known(&self, id: &str) -> Result<(&Provider, &Discovery, &Client), Trouble> {
        let known = self.all.iter().find(|known| known.provider.id == id);
        let found = known.zip(self.client.as_ref());
        found
            .map(|(known, client)| (&known.provider, &known.discovery, client))
            .ok_or_else(|| Trouble::Unreachable(format!("{id} is not named")))
    }

    /// Where a provider sends people back to.
    fn back(&self, provider: &Provider) -> String {
        format!("{}/login/back/{}", self.base, provider.id)
    }

    /// Where to send a browser that keeps this attempt.
    ///
    /// # Errors
    /// [`Trouble::Unreachable`].
    pub async fn way_to(&self, id: &str, attempt: &Attempt) -> Result<String, Trouble> {
        let (provider, discovery, client) = self.known(id)?;
        let document = discovery.document(client).await?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(attempt.verifier().as_bytes()));
        let query = query(&[
            ("response_type", "code"),
            ("client_id", &provider.client_id),
            ("redirect_uri", &self.back(provider)),
            ("scope", &provider.scopes.join(" ")),
            ("state", &attempt.state()),
            ("nonce", &attempt.nonce()),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let endpoint = &document.authorization_endpoint;
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        Ok(format!("{endpoint}{joint}{query}"))
    }

    /// Who came back from a provider with this code; `issuer` is what the answer says of where it is
    /// from.
    ///
    /// # Errors
    /// [`Trouble`], whatever is not proven.
    pub async fn who(
        &self,
        id: &str,
        code: &str,
        issuer: Option<&str>,
        attempt: &Attempt,
    ) -> Result<Whom, Trouble> {
        let (provider, discovery, client) = self.known(id)?;
        let document = discovery.document(client).await?;
        // The answer of one provider, brought to where another's are taken (RFC 9207).
        match issuer {
            Some(issuer) if issuer == provider.issuer => {}
            None if !document.says_issuer => {}
            _ => return Err(Trouble::Untrue("it is from another issuer".to_owned())),
        }
        let tokens = client
            .redeem(
                provider,
                &document,
                &query(&[
                    ("grant_type", "authorization_code"),
                    ("code", code),
                    ("redirect_uri", &self.back(provider)),
                    ("code_verifier", &attempt.verifier()),
                ]),
            )
            .await?;
        let claims =
            token::check(provider, discovery, client, &tokens.id, &attempt.nonce()).await?;
        let mut whom = claims.whom(&provider.issuer);
        if whom.name.is_none()
            && let Some(access) = &tokens.access
            && let Some(endpoint) = &document.userinfo_endpoint
        {
            // Only a name is missing: whoever it is stands in the token.
            match client.claims(endpoint, access).await {
                Ok(more) if more.sub == whom.subject => whom = more.whom(&provider.issuer),
                Ok(_) => tracing::warn!(?provider, "provider.names_somebody_else"),
                Err(trouble) => tracing::warn!(?provider, %trouble, "provider.names_nobody"),
            }
        }
        Ok(whom)
    }
}

/// Names and values as a query.
fn query(fields: &[(&str, &str)]) -> String {
    let fields = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", address::encode(value)));
    fields.collect::<Vec<_>>().join("&")
}

/// Whether what is sent to an address stays unread on its way: by https, or to this machine.
pub fn is_safe(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let named = uri.authority().is_some_and(|a| a.as_str().contains('@'));
    let here = host == "localhost"
        || (host.parse()).is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    match uri.scheme_str() {
        _ if host.is_empty() || named => false,
        Some("https") => true,
        Some("http") => here,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_safe() {
        for safe in [
            "https://id.example.com",
            "https://id.example.com:8443/realms/a",
            "http://127.0.0.1:4000",
            "http://localhost/x",
            "http://[::1]:4000/",
        ] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_ in [
            "http://id.example.com",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "https://user@id.example.com",
            "ftp://localhost",
            "id.example.com",
            "/login",
            "",
        ] {
            assert!(!is_safe(unsafe_), "{unsafe_}");
        }
    }
}
