//! Asking a provider over HTTP: one request, one answer, no redirects, within a time and a size.

use std::{sync::Arc, time::Duration};

use axum::http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde::{Deserialize, de::DeserializeOwned};
use startklar_app::address;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

use super::{Provider, Trouble, discovery::Document, is_safe, token::Claims};

/// How long a provider may take for an answer, from the connection to the last byte.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest answer that is read, in bytes.
const LARGEST: usize = 512 * 1024;

/// Asks providers.
pub(super) struct Client {
    /// None where this machine trusts no certificates at all.
    tls: Option<TlsConnector>,
}

/// The tokens of an answer.
pub(super) struct Tokens {
    /// Says who it is.
    pub(super) id: String,
    /// Opens what the provider knows of them besides.
    pub(super) access: Option<String>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: Option<String>,
    access_token: Option<String>,
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: String,
}

/// How a provider wants to be shown the secret.
enum Shown {
    /// In a header, as is usual.
    Header,
    /// Among the fields.
    Field,
}

fn unreachable(error: impl std::fmt::Display) -> Trouble {
    Trouble::Unreachable(error.to_string())
}

impl Client {
    /// A client that trusts the certificates that this machine trusts.
    pub(super) fn new() -> Self {
        let mut roots = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            tracing::warn!("provider.no_certificates_are_trusted");
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map(|config| config.with_root_certificates(roots).with_no_client_auth());
        Self {
            tls: config
                .ok()
                .map(|config| TlsConnector::from(Arc::new(config))),
        }
    }

    /// Reads a document.
    pub(super) async fn get<T: DeserializeOwned>(&self, url: &str) -> Result<T, Trouble> {
        self.read(url, None).await
    }

    /// What a provider knows of whoever an access token is of.
    pub(super) async fn claims(&self, url: &str, access: &str) -> Result<Claims, Trouble> {
        self.read(url, Some(bearer(access)?)).await
    }

    async fn read<T: DeserializeOwned>(
        &self,
        url: &str,
        authorization: Option<HeaderValue>,
    ) -> Result<T, Trouble> {
        let (status, body) = self
            .ask(Method::GET, url, authorization, String::new())
            .await?;
        if status != StatusCode::OK {
            return Err(unreachable(format!("{url} answers {status}")));
        }
        serde_json::from_slice(&body).map_err(|error| unreachable(format!("{url}: {error}")))
    }

    /// Redeems a code for tokens.
    pub(super) async fn redeem(
        &self,
        provider: &Provider,
        document: &Document,
        fields: &str,
    ) -> Result<Tokens, Trouble> {
        let (authorization, fields) = proven(provider, document, fields)?;
        let url = &document.token_endpoint;
        let (status, body) = self.ask(Method::POST, url, authorization, fields).await?;
        if status != StatusCode::OK {
            let said = serde_json::from_slice::<ErrorAnswer>(&body).ok();
            return Err(match said {
                Some(said) => Trouble::Refused(format!("{status}, {:?}", said.error)),
                None => unreachable(format!("{url} answers {status}")),
            });
        }
        let answer: TokenAnswer = serde_json::from_slice(&body)
            .map_err(|error| unreachable(format!("{url}: {error}")))?;
        let id = answer.id_token;
        Ok(Tokens {
            id: id.ok_or_else(|| Trouble::Untrue("there is no ID token".to_owned()))?,
            access: answer.access_token,
        })
    }

    async fn ask(
        &self,
        method: Method,
        url: &str,
        authorization: Option<HeaderValue>,
        fields: String,
    ) -> Result<(StatusCode, Bytes), Trouble> {
        if !is_safe(url) {
            return Err(unreachable(format!("{url:?} is not safe to be asked")));
        }
        let uri: Uri = url.parse().map_err(unreachable)?;
        let asked = self.ask_now(method, &uri, authorization, fields);
        let asked = tokio::time::timeout(PATIENCE, asked).await;
        asked.unwrap_or_else(|_| Err(unreachable(format!("{url} takes too long"))))
    }

    async fn ask_now(
        &self,
        method: Method,
        uri: &Uri,
        authorization: Option<HeaderValue>,
        fields: String,
    ) -> Result<(StatusCode, Bytes), Trouble> {
        let encrypted = uri.scheme_str() == Some("https");
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let port = uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        let request = request(&method, uri, authorization, fields)?;
        let stream = TcpStream::connect((host, port))
            .await
            .map_err(unreachable)?;
        if !encrypted {
            return exchange(stream, request).await;
        }
        let tls = self.tls.as_ref();
        let tls = tls.ok_or_else(|| unreachable("there is no TLS on this machine"))?;
        let name = ServerName::try_from(host.to_owned()).map_err(unreachable)?;
        let stream = tls.connect(name, stream).await.map_err(unreachable)?;
        exchange(stream, request).await
    }
}

fn bearer(token: &str) -> Result<HeaderValue, Trouble> {
    let header = HeaderValue::try_from(format!("Bearer {token}"));
    let mut header = header.map_err(|_| Trouble::Untrue("the access token is none".to_owned()))?;
    header.set_sensitive(true);
    Ok(header)
}

/// The fields of a request and its header, with what proves that it is from this server.
fn proven(
    provider: &Provider,
    document: &Document,
    fields: &str,
) -> Result<(Option<HeaderValue>, String), Trouble> {
    let id = address::encode(&provider.client_id);
    let with_id = format!("{fields}&client_id={id}");
    let Some(secret) = &provider.client_secret else {
        return Ok((None, with_id));
    };
    let secret = address::encode(secret);
    match document.takes() {
        Shown::Field => Ok((None, format!("{with_id}&client_secret={secret}"))),
        Shown::Header => {
            let text = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
            let mut header = HeaderValue::try_from(text).map_err(unreachable)?;
            header.set_sensitive(true);
            Ok((Some(header), fields.to_owned()))
        }
    }
}

impl Document {
    /// The header, unless the provider names the fields and not it.
    fn takes(&self) -> Shown {
        let named = |name: &str| self.secret_methods.iter().any(|method| method == name);
        if named("client_secret_post") && !named("client_secret_basic") {
            Shown::Field
        } else {
            Shown::Header
        }
    }
}

fn request(
    method: &Method,
    uri: &Uri,
    authorization: Option<HeaderValue>,
    fields: String,
) -> Result<Request<Full<Bytes>>, Trouble> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, host)
        .header(header::ACCEPT, "application/json")
        .header(header::USER_AGENT, "startklar");
    if *method == Method::POST {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    if let Some(authorization) = authorization {
        request = request.header(header::AUTHORIZATION, authorization);
    }
    request.body(Full::from(fields)).map_err(unreachable)
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Bytes), Trouble> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(unreachable)?;
    // Ends with the sender, also when time is up.
    tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(unreachable)?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), LARGEST).collect().await;
    let body = body.map_err(|error| unreachable(format!("reading the answer: {error}")))?;
    Ok((status, body.to_bytes()))
}
