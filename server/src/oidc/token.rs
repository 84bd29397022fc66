//! The ID token: who came, proven by the provider's signature, for this server and this attempt.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, Validation, decode, decode_header,
    errors::{Error, ErrorKind},
    jwk::{Jwk, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    Provider, Trouble, Whom,
    client::Client,
    discovery::{Discovery, is_called},
};

/// Seconds by which two clocks may differ.
const LEEWAY: u64 = 30;

/// Most characters of what a provider calls somebody, as the standard has it.
const LONGEST: usize = 255;

/// What a token says, and what a provider says of somebody besides.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    pub(super) sub: String,
    aud: Option<Audience>,
    azp: Option<String>,
    nonce: Option<String>,
    name: Option<Value>,
    preferred_username: Option<Value>,
    email: Option<Value>,
}

/// For whom a token is.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    /// Whether it is for nobody else.
    fn is_only(&self, client: &str) -> bool {
        match self {
            Self::One(one) => one == client,
            Self::Many(many) => !many.is_empty() && many.iter().all(|one| one == client),
        }
    }
}

impl Claims {
    pub(super) fn whom(self, issuer: &str) -> Whom {
        let login = text(self.preferred_username.as_ref());
        let login = login.or_else(|| text(self.email.as_ref()));
        let name = text(self.name.as_ref()).or_else(|| login.clone());
        Whom {
            issuer: issuer.to_owned(),
            name,
            subject: self.sub,
            login,
        }
    }
}

/// A claim that is a text, on one line.
fn text(claim: Option<&Value>) -> Option<String> {
    let text = claim?.as_str()?;
    let plain = text.chars().filter(|letter| !letter.is_control());
    let text: String = plain.take(200).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn untrue(what: impl std::fmt::Display) -> Trouble {
    Trouble::Untrue(what.to_string())
}

/// Proves a token: signature, issuer, audience, authorized party, times, nonce.
pub(super) async fn check(
    provider: &Provider,
    discovery: &Discovery,
    client: &Client,
    token: &str,
    nonce: &str,
) -> Result<Claims, Trouble> {
    let header = decode_header(token).map_err(untrue)?;
    // A secret that both know, or no signature at all, proves nothing to a third.
    let family = family(header.alg).ok_or_else(|| untrue("its algorithm is not taken"))?;
    let keys = discovery.keys(client, header.kid.as_deref()).await?;
    let keys = keys
        .iter()
        .filter(|key| may_sign(key, header.alg, header.kid.as_deref()));
    let mut wrong = untrue("it is signed by no key of the provider");
    for key in keys {
        let Ok(key) = DecodingKey::from_jwk(key) else {
            continue;
        };
        if key.family() != family {
            continue;
        }
        match decode::<Claims>(token, &key, &validation(provider, header.alg)) {
            Ok(found) => return own(found.claims, provider, nonce),
            // Another key of the same name, or without one, may be the right one.
            Err(error) if is_signature(&error) => wrong = untrue(error),
            Err(error) => return Err(untrue(error)),
        }
    }
    Err(wrong)
}

fn is_signature(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidSignature)
}

fn family(algorithm: Algorithm) -> Option<AlgorithmFamily> {
    [
        AlgorithmFamily::Rsa,
        AlgorithmFamily::Ec,
        AlgorithmFamily::Ed,
    ]
    .into_iter()
    .find(|family| family.algorithms().contains(&algorithm))
}

fn may_sign(key: &Jwk, algorithm: Algorithm, id: Option<&str>) -> bool {
    let encrypts = key.common.public_key_use == Some(PublicKeyUse::Encryption);
    let meant = key.common.key_algorithm;
    let fits = meant.is_none_or(|meant| meant.to_string() == format!("{algorithm:?}"));
    fits && !encrypts && id.is_none_or(|id| is_called(key, id))
}

fn validation(provider: &Provider, algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.leeway = LEEWAY;
    validation.validate_nbf = true;
    validation.set_issuer(&[&provider.issuer]);
    validation.set_audience(&[&provider.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation
}

/// What only this attempt knows, and that the token is for nobody besides.
fn own(claims: Claims, provider: &Provider, nonce: &str) -> Result<Claims, Trouble> {
    let client = provider.client_id.as_str();
    if !claims.aud.as_ref().is_some_and(|aud| aud.is_only(client)) {
        return Err(untrue("it is for others as well"));
    }
    if claims.azp.as_deref().is_some_and(|azp| azp != client) {
        return Err(untrue("it was given to another"));
    }
    if claims.nonce.as_deref() != Some(nonce) {
        return Err(untrue("it belongs to another attempt"));
    }
    if claims.sub.is_empty() || claims.sub.chars().count() > LONGEST {
        return Err(untrue("it names nobody"));
    }
    Ok(claims)
}
