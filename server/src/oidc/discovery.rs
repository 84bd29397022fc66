//! What a provider says of itself and by which keys it signs: asked when it is needed, and kept for a
//! while.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;

use super::{Trouble, client::Client, is_safe};

/// How long it is kept.
const AGE: Duration = Duration::from_hours(1);

/// How long a provider that could not be asked is left alone, so that those who wait for it do not
/// wait one after the other.
const PAUSE: Duration = Duration::from_secs(5);

/// What a provider says of itself.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Document {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) userinfo_endpoint: Option<String>,
    jwks_uri: String,
    #[serde(rename = "token_endpoint_auth_methods_supported", default)]
    pub(super) secret_methods: Vec<String>,
    /// Whether each answer says which issuer it is from.
    #[serde(rename = "authorization_response_iss_parameter_supported", default)]
    pub(super) says_issuer: bool,
}

/// Keys, each as it was found: one of a kind that is not known here must not spoil the others.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// What is known of one provider.
pub(super) struct Discovery {
    issuer: String,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    document: Option<(Instant, Arc<Document>)>,
    keys: Option<(Instant, Arc<Vec<Jwk>>)>,
    failed: Option<(Instant, Trouble)>,
}

impl Discovery {
    pub(super) fn of(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            kept: Mutex::default(),
        }
    }

    /// What the provider says of itself.
    pub(super) async fn document(&self, client: &Client) -> Result<Arc<Document>, Trouble> {
        let mut kept = self.kept.lock().await;
        if let Some((read, document)) = &kept.document
            && read.elapsed() < AGE
        {
            return Ok(Arc::clone(document));
        }
        if let Some((when, trouble)) = &kept.failed
            && when.elapsed() < PAUSE
        {
            return Err(trouble.clone());
        }
        let now = Instant::now();
        match self.read(client).await {
            Ok(document) => {
                let document = Arc::new(document);
                kept.document = Some((now, Arc::clone(&document)));
                kept.failed = None;
                Ok(document)
            }
            Err(trouble) => {
                kept.failed = Some((Instant::now(), trouble.clone()));
                Err(trouble)
            }
        }
    }

    async fn read(&self, client: &Client) -> Result<Document, Trouble> {
        let base = self.issuer.trim_end_matches('/');
        let url = format!("{base}/.well-known/openid-configuration");
        let document: Document = client.get(&url).await?;
        if document.issuer != self.issuer {
            let found = &document.issuer;
            return Err(Trouble::Unreachable(format!("{url} is of {found:?}")));
        }
        let endpoints = [
            Some(&document.authorization_endpoint),
            Some(&document.token_endpoint),
            Some(&document.jwks_uri),
            document.userinfo_endpoint.as_ref(),
        ];
        if let Some(found) = endpoints.into_iter().flatten().find(|url| !is_safe(url)) {
            return Err(Trouble::Unreachable(format!("{url} names {found:?}")));
        }
        Ok(document)
    }

    /// The keys by one of which a token may be signed; asked anew when none has the name that the
    /// token gives.
    pub(super) async fn keys(
        &self,
        client: &Client,
        id: Option<&str>,
    ) -> Result<Arc<Vec<Jwk>>, Trouble> {
        let document = self.document(client).await?;
        let mut kept = self.kept.lock().await;
        if let Some((read, keys)) = &kept.keys
            && read.elapsed() < AGE
            && id.is_none_or(|id| keys.iter().any(|key| is_called(key, id)))
        {
            return Ok(Arc::clone(keys));
        }
        let found: KeySet = client.get(&document.jwks_uri).await?;
        let keys = found.keys.into_iter();
        let keys = keys.filter_map(|key| serde_json::from_value(key).ok());
        let keys: Arc<Vec<Jwk>> = Arc::new(keys.collect());
        kept.keys = Some((Instant::now(), Arc::clone(&keys)));
        Ok(keys)
    }
}

/// Whether a key has this name.
pub(super) fn is_called(key: &Jwk, id: &str) -> bool {
    key.common.key_id.as_deref() == Some(id)
}
