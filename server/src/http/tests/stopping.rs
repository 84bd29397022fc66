//! A server on a socket: it stops in order, streams included.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    time::timeout,
};

use super::*;

async fn send(stream: &mut TcpStream, request: &str) {
    stream.write_all(request.as_bytes()).await.unwrap();
}

/// Reads until the text is there, or to the end.
async fn until(stream: &mut TcpStream, text: &str) -> String {
    let mut read = String::new();
    let mut bytes = [0; 4096];
    while !read.contains(text) {
        let many = timeout(Duration::from_secs(5), stream.read(&mut bytes))
            .await
            .unwrap()
            .unwrap();
        if many == 0 {
            break;
        }
        read.push_str(&String::from_utf8_lossy(&bytes[..many]));
    }
    read
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_ends_its_streams_and_closes_the_store() {
    let site = Site::sample().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(super::super::serve(
        listener,
        None,
        site.app.clone(),
        async {
            let _ = stopped.await;
        },
    ));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let path = "/api/v1/launches/metakube/events";
    send(
        &mut stream,
        &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    )
    .await;
    assert!(
        until(&mut stream, "retry: 2000")
            .await
            .starts_with("HTTP/1.1 200 OK")
    );
    stop.send(()).unwrap();
    // The last chunk: the stream ended, it was not cut off.
    assert!(
        until(&mut stream, "\r\n0\r\n\r\n")
            .await
            .ends_with("0\r\n\r\n")
    );
    timeout(Duration::from_secs(5), serving)
        .await
        .unwrap()
        .unwrap();
    assert!(site.app.launches.store().ping().await.is_err());
    assert!(TcpStream::connect(address).await.is_err());
}
