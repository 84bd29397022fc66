#![allow(clippy::unwrap_used, reason = "tests fail by panic")]

use std::{fs::File, time::UNIX_EPOCH};

use rcgen::{CertifiedKey as Made, generate_simple_self_signed};
use tempfile::TempDir;
use tokio_rustls::{
    TlsConnector, client,
    rustls::{ClientConfig, RootCertStore, pki_types::ServerName},
};

use super::*;

/// Two files with a certificate for `localhost`, as old as the number of seconds says.
fn written(folder: &TempDir, age: u64) -> (Files, CertificateDer<'static>) {
    let Made { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let files = Files {
        chain: folder.path().join("chain.pem"),
        key: folder.path().join("key.pem"),
    };
    fs::write(&files.chain, cert.pem()).unwrap();
    fs::write(&files.key, signing_key.serialize_pem()).unwrap();
    let written = UNIX_EPOCH + Duration::from_secs(2_000_000_000 - age);
    for file in [&files.chain, &files.key] {
        let file = File::options().write(true).open(file).unwrap();
        file.set_modified(written).unwrap();
    }
    (files, cert.into())
}

/// A socket that encrypts, and where it is.
async fn open(tls: &Tls) -> (Encrypted, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (tls.over(listener), address)
}

/// Somebody who trusts this certificate and no other.
async fn greeted(
    address: SocketAddr,
    trusted: CertificateDer<'static>,
) -> io::Result<client::TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

async fn accepted(mut socket: Encrypted) -> Open {
    socket.accept().await
}

#[tokio::test]
async fn a_connection_is_encrypted_by_the_certificate_of_the_files() {
    let folder = TempDir::new().unwrap();
    let (files, certificate) = written(&folder, 0);
    let tls = Tls::read(files).unwrap();
    let (socket, address) = open(&tls).await;
    // Somebody who connects and says nothing keeps nobody waiting.
    let _silent = TcpStream::connect(address).await.unwrap();
    let server = tokio::spawn(accepted(socket));
    let mut reader = greeted(address, certificate).await.unwrap();
    let (mut stream, from) = server.await.unwrap();
    assert_eq!(from, reader.get_ref().0.local_addr().unwrap());
    stream.write_all(b"hello").await.unwrap();
    stream.flush().await.unwrap();
    let mut read = [0; 5];
    reader.read_exact(&mut read).await.unwrap();
    assert_eq!(&read, b"hello");
}

#[tokio::test]
async fn whoever_speaks_without_encryption_is_told_so() {
    let folder = TempDir::new().unwrap();
    let tls = Tls::read(written(&folder, 0).0).unwrap();
    let (socket, address) = open(&tls).await;
    let _server = tokio::spawn(accepted(socket));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 400 "), "{said}");
    assert!(said.contains("https://"), "{said}");
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_without_a_restart() {
    let folder = TempDir::new().unwrap();
    let (files, old) = written(&folder, 10);
    let mut tls = Tls::read(files).unwrap();
    // Half a renewal: the key is not that of the certificate.
    fs::write(&tls.files.key, "-----BEGIN").unwrap();
    tls.look();
    let (socket, address) = open(&tls).await;
    let server = tokio::spawn(accepted(socket));
    greeted(address, old.clone()).await.unwrap();
    server.await.unwrap();

    let (_, new) = written(&folder, 5);
    tls.look();
    for (trusted, fits) in [(old, false), (new, true)] {
        let (socket, address) = open(&tls).await;
        let server = tokio::spawn(accepted(socket));
        assert_eq!(greeted(address, trusted).await.is_ok(), fits);
        server.abort();
    }
}

#[test]
fn files_that_cannot_be_used_are_named_with_the_reason() {
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (files, _) = written(&one, 0);
    let (strange, _) = written(&other, 0);
    let said = |chain: &Path, key: &Path| {
        let files = Files {
            chain: chain.to_owned(),
            key: key.to_owned(),
        };
        Tls::read(files).err().unwrap().to_string()
    };
    let none = one.path().join("none.pem");
    assert!(said(&none, &files.key).contains("none.pem"));
    assert!(said(&files.key, &files.key).contains("BEGIN CERTIFICATE"));
    assert!(said(&files.chain, &files.chain).contains("private key"));
    let foreign = said(&files.chain, &strange.key);
    assert!(
        foreign.contains(&strange.key.display().to_string()),
        "{foreign}"
    );
}
