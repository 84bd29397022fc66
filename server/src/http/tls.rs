//! TLS of its own: the certificate, and connections that are encrypted before a request is read.
//!
//! A certificate is read anew within a minute after its files have changed: to renew one takes no
//! restart.

use std::{
    fmt::Display,
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use axum::serve::Listener;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
    },
    server::TlsStream,
};

/// How long a browser may take to agree on a key.
const GREETING: Duration = Duration::from_secs(10);

/// Connections that agree on a key at once at most; further ones wait in the system's queue.
const GREETED: usize = 1_024;

/// How often the files are looked at.
const LOOKED: Duration = Duration::from_mins(1);

/// What a browser is told that speaks without encryption where encryption is spoken.
const PLAIN: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n\
    Connection: close\r\n\r\nThis server speaks https: begin the address with https://\n\
    Dieser Server spricht https: Die Adresse beginnt mit https://\n";

/// A certificate with its key, as two files in PEM.
#[derive(Debug, Clone)]
pub struct Files {
    /// The certificate, followed by those that stand between it and the root.
    pub chain: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl Files {
    fn read(&self) -> io::Result<CertifiedKey> {
        let chain: Result<Vec<_>, _> =
            CertificateDer::pem_file_iter(&self.chain).and_then(Iterator::collect);
        let chain = chain.map_err(|error| bad("certificate", &self.chain, &error))?;
        if chain.is_empty() {
            let lacks = "it holds no “BEGIN CERTIFICATE”; PEM is allowed";
            return Err(bad("certificate", &self.chain, &lacks));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|error| bad("private key", &self.key, &error))?;
        CertifiedKey::from_der(chain, key, &ring::default_provider())
            .map_err(|error| bad("private key", &self.key, &error))
    }

    /// When they were last written.
    fn written(&self) -> [Option<SystemTime>; 2] {
        [&self.chain, &self.key].map(|file| fs::metadata(file).and_then(|of| of.modified()).ok())
    }
}

fn bad(what: &str, file: &Path, why: &dyn Display) -> io::Error {
    let text = format!("the {what} in {} cannot be used: {why}", file.display());
    io::Error::new(io::ErrorKind::InvalidData, text)
}

/// The certificate that is shown, until the next takes its place.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let shown = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&shown))
    }
}

/// What it takes to encrypt connections.
pub struct Tls {
    files: Files,
    read: [Option<SystemTime>; 2],
    shown: Arc<Shown>,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// Reads the certificate and its key.
    ///
    /// # Errors
    /// When a file cannot be read, holds something else, or the two do not belong together.
    pub fn read(files: Files) -> io::Result<Self> {
        let read = files.written();
        let shown = Arc::new(Shown(RwLock::new(Arc::new(files.read()?))));
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&shown) as _);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            files,
            read,
            shown,
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }

    /// Encrypts what a socket accepts.
    pub(super) fn over(&self, listener: TcpListener) -> Encrypted {
        Encrypted {
            listener,
            acceptor: self.acceptor.clone(),
            greeting: JoinSet::new(),
        }
    }

    /// Shows a new certificate whenever the files hold one, for as long as it is polled.
    pub(super) async fn follow(mut self) {
        loop {
            sleep(LOOKED).await;
            self.look();
        }
    }

    /// What cannot be used leaves the one before in its place: a renewal may be half written.
    fn look(&mut self) {
        let written = self.files.written();
        if written == self.read {
            return;
        }
        match self.files.read() {
            Ok(read) => {
                *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
                self.read = written;
                tracing::info!("tls.renewed");
            }
            Err(error) => tracing::error!(%error, "tls.not_renewed"),
        }
    }
}

/// A connection, and who it is from.
type Open = (TlsStream<TcpStream>, SocketAddr);

/// A socket whose connections are encrypted. Agreeing on a key goes on beside accepting, so that a
/// slow browser keeps nobody waiting.
pub(super) struct Encrypted {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    greeting: JoinSet<io::Result<Option<Open>>>,
}

impl Listener for Encrypted {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Open {
        loop {
            let room = self.greeting.len() < GREETED;
            tokio::select! {
                Some(greeted) = self.greeting.join_next() => match greeted {
                    Ok(Ok(Some(open))) => return open,
                    Ok(Ok(None)) => {}
                    Ok(Err(error)) => tracing::debug!(%error, "tls.refused"),
                    Err(error) => tracing::error!(%error, "tls.broken"),
                },
                (stream, from) = Listener::accept(&mut self.listener), if room => {
                    self.greeting.spawn(greet(self.acceptor.clone(), stream, from));
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Agrees on a key. Nothing comes of it where the other side does not speak TLS.
async fn greet(
    acceptor: TlsAcceptor,
    mut stream: TcpStream,
    from: SocketAddr,
) -> io::Result<Option<Open>> {
    super::without_delay(&stream);
    let greeted = async {
        let mut first = [0];
        stream.peek(&mut first).await?;
        // A record of TLS begins with 22, a request with a letter.
        if first[0].is_ascii_alphabetic() {
            // What was not read would make the system throw away the answer.
            let _request = stream.read(&mut [0; 8_192]).await?;
            stream.write_all(PLAIN).await?;
            stream.shutdown().await?;
            return Ok(None);
        }
        Ok(Some((acceptor.accept(stream).await?, from)))
    };
    let late = |_| io::Error::from(io::ErrorKind::TimedOut);
    timeout(GREETING, greeted).await.map_err(late)?
}

#[cfg(test)]
mod tests;
