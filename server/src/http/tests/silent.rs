//! Connections on which nothing more comes: they end, and those that are listened to do not.

use std::{future::pending, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::{super::connections, *};

/// So long it is waited here for those who are silent.
const SILENT: Duration = Duration::from_millis(300);

/// Long after that.
const LONG_AFTER: Duration = Duration::from_secs(20);

/// A connection to a server that loses patience soon, and what was written on it first.
async fn connected(site: &Site, first: &str) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(&site.app);
    tokio::spawn(async move {
        let patience = connections::Patience {
            idle: SILENT,
            silent: SILENT,
            stopping: SILENT,
        };
        let stopping = CancellationToken::new();
        connections::answer(listener, router, patience, pending(), &stopping).await;
    });
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(first.as_bytes()).await.unwrap();
    stream
}

/// What comes until the other side ends it.
async fn to_its_end(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let ended = timeout(LONG_AFTER, stream.read_to_end(&mut read)).await;
    ended.expect("the server waits for ever").unwrap();
    String::from_utf8_lossy(&read).into_owned()
}

#[tokio::test]
async fn a_head_that_is_never_finished_ends_the_connection() {
    let site = Site::sample().await;
    for first in ["", "GET / HTTP/1.1\r\nHost: localhost\r\n"] {
        let mut stream = connected(&site, first).await;
        assert_eq!(to_its_end(&mut stream).await, "", "{first:?}");
    }
}

#[tokio::test]
async fn who_asks_nothing_more_is_let_go() {
    let site = Site::sample().await;
    let first = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answer = to_its_end(&mut connected(&site, first).await).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn a_body_that_is_never_finished_is_given_up() {
    let site = Site::sample().await;
    for (path, kind) in [
        ("/l/metakube/do", "application/x-www-form-urlencoded"),
        ("/api/v1/launches", "application/toml"),
        ("/import", "multipart/form-data; boundary=line"),
    ] {
        let first = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\
             Content-Length: 100\r\nContent-Type: {kind}\r\n\r\nseen=1"
        );
        let answer = to_its_end(&mut connected(&site, &first).await).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_live_stream_is_listened_to_for_as_long_as_one_likes() {
    let site = Site::sample().await;
    let path = "/api/v1/launches/metakube/events";
    let first = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut stream = connected(&site, &first).await;
    let mut begun = [0; 15];
    stream.read_exact(&mut begun).await.unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200 OK");
    let ended = timeout(4 * SILENT, to_its_end(&mut stream)).await;
    assert!(ended.is_err(), "it ended: {ended:?}");
}
