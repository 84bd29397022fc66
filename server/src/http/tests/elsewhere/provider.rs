//! A provider by hand: it signs whatever it is told.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Json, extract::State, routing::post};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING as KIND, EcdsaKeyPair, KeyPair as _},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::*;

/// How a token is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    Well,
    ByAnother,
    ByASecret,
    Not,
}

/// What waits to be redeemed.
struct Code {
    challenge: String,
    back: String,
    token: String,
}

pub(super) struct Inner {
    issuer: String,
    key: Mutex<(String, EcdsaKeyPair)>,
    codes: Mutex<BTreeMap<String, Code>>,
    /// How often its keys were asked for.
    pub(super) asked: AtomicUsize,
    /// By what it was shown who redeems.
    pub(super) shown: Mutex<Option<String>>,
}

pub(in super::super) struct Fake {
    pub(super) issuer: String,
    pub(super) inner: Arc<Inner>,
    serving: tokio::task::JoinHandle<()>,
}

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pair = EcdsaKeyPair::generate_pkcs8(&KIND, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&KIND, pair.as_ref(), &random).unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

impl Fake {
    pub(in super::super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            issuer: issuer.clone(),
            key: Mutex::new(("first".to_owned(), new_key())),
            codes: Mutex::default(),
            asked: AtomicUsize::new(0),
            shown: Mutex::default(),
        });
        let router = Router::new()
            .route(
                "/.well-known/openid-configuration",
                axum::routing::get(document),
            )
            .route("/keys", axum::routing::get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&inner));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self {
            issuer,
            inner,
            serving,
        }
    }

    /// Nobody answers any more.
    pub(super) async fn stop(&mut self) {
        self.serving.abort();
        // Only when it is gone is its socket closed.
        assert!((&mut self.serving).await.is_err());
    }

    /// From now on it signs by another key of another name.
    pub(super) fn roll(&self) {
        *self.inner.key.lock().unwrap() = ("second".to_owned(), new_key());
    }

    /// What it says of somebody where nothing is wrong; what is given takes its place, null away.
    fn claims(&self, brought: &Brought, given: Value) -> Value {
        let now = chrono::Utc::now().timestamp();
        let mut claims = json!({
            "iss": self.issuer, "sub": "k-1", "aud": "startklar", "exp": now + 300, "iat": now,
            "nonce": brought.field("nonce"), "name": "Katrin <b>B</b>",
        });
        let all = claims.as_object_mut().unwrap();
        let Value::Object(given) = given else {
            panic!("no claims: {given}");
        };
        all.extend(given);
        all.retain(|_, value| !value.is_null());
        claims
    }

    pub(super) fn vouch(&self, brought: &Brought, claims: Value) -> String {
        self.vouch_signed(brought, claims, Signed::Well)
    }

    /// A code, for whoever knows the verifier.
    pub(super) fn vouch_signed(&self, brought: &Brought, claims: Value, signed: Signed) -> String {
        assert!(
            brought
                .0
                .starts_with(&format!("{}/sign-in?tenant=1&", self.issuer))
        );
        assert_eq!(brought.field("code_challenge_method"), "S256");
        let claims = self.claims(brought, claims);
        let mut codes = self.inner.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        let waits = Code {
            challenge: brought.field("code_challenge"),
            back: brought.field("redirect_uri"),
            token: self.token(&claims, signed),
        };
        codes.insert(code.clone(), waits);
        code
    }

    fn token(&self, claims: &Value, signed: Signed) -> String {
        let key = self.inner.key.lock().unwrap();
        let algorithm = match signed {
            Signed::Well | Signed::ByAnother => "ES256",
            Signed::ByASecret => "HS256",
            Signed::Not => "none",
        };
        let header = part(&json!({"alg": algorithm, "kid": key.0}));
        let message = format!("{header}.{}", part(claims));
        let another = new_key();
        let by = if signed == Signed::ByAnother {
            &another
        } else {
            &key.1
        };
        let random = SystemRandom::new();
        let signature = match signed {
            Signed::Not => Vec::new(),
            // The public key taken for a secret: what confuses those who trust the header.
            Signed::ByASecret => {
                let secret =
                    ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key.1.public_key().as_ref());
                ring::hmac::sign(&secret, message.as_bytes())
                    .as_ref()
                    .to_vec()
            }
            _ => by
                .sign(&random, message.as_bytes())
                .unwrap()
                .as_ref()
                .to_vec(),
        };
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

async fn document(State(fake): State<Arc<Inner>>) -> Json<Value> {
    let issuer = &fake.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/sign-in?tenant=1"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(fake): State<Arc<Inner>>) -> Json<Value> {
    fake.asked.fetch_add(1, Ordering::Relaxed);
    let key = fake.key.lock().unwrap();
    let point = key.1.public_key().as_ref();
    let (x, y) = point[1..].split_at(32);
    let coordinate = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Json(json!({"keys": [
        {"kty": "strange", "kid": key.0},
        {"kty": "EC", "crv": "P-256", "kid": key.0, "alg": "ES256", "use": "sig",
         "x": coordinate(x), "y": coordinate(y)},
    ]}))
}

/// Redeems a code once, and only for who began.
async fn token(
    State(fake): State<Arc<Inner>>,
    headers: HeaderMap,
    fields: String,
) -> (StatusCode, Json<Value>) {
    let field = |name: &str| address::field(&format!("?{fields}"), name).unwrap_or_default();
    let basic = headers.get(header::AUTHORIZATION).map(|value| {
        let text = value.to_str().unwrap().strip_prefix("Basic ").unwrap();
        String::from_utf8(STANDARD.decode(text).unwrap()).unwrap()
    });
    *fake.shown.lock().unwrap() = basic;
    let waits = fake.codes.lock().unwrap().remove(&field("code"));
    let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier").as_bytes()));
    match waits {
        Some(waits) if waits.challenge == proof && waits.back == field("redirect_uri") => {
            let answer = json!({"id_token": waits.token, "token_type": "Bearer"});
            (StatusCode::OK, Json(answer))
        }
        _ => (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": "invalid_grant"})),
        ),
    }
}
