//! HTTP as far as the script needs it, over a connection that is kept: the request is written in one
//! piece and the answer read to its end, so that the client costs next to nothing.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A connection that is kept.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What was read and not yet used.
    rest: Vec<u8>,
}

/// What a server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// The request for a page or whatever else is read.
pub(crate) fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").into_bytes()
}

/// A request that sends something.
pub(crate) fn post(path: &str, kind: &str, body: &str) -> Vec<u8> {
    post_by(Some(crate::SOMEBODY), path, kind, body)
}

/// The same by another, or by nobody.
pub(crate) fn post_by(person: Option<&str>, path: &str, kind: &str, body: &str) -> Vec<u8> {
    let by = person.map_or_else(String::new, |p| format!("Startklar-Person: {p}\r\n"));
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\n{by}Content-Type: {kind}\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

impl Connection {
    /// Connects to a server, by its address with the scheme.
    pub(crate) async fn open(base: &str) -> Self {
        let address = base.strip_prefix("http://").expect("plain HTTP");
        let stream = TcpStream::connect(address).await.expect("it listens");
        stream.set_nodelay(true).expect("it is TCP");
        let rest = Vec::new();
        Self { stream, rest }
    }

    /// Sends a request and reads the answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Answer {
        self.send(request).await;
        let head = self.head().await;
        let status = head[9..12].parse().expect("a status");
        let mut body = Vec::new();
        if let Some(length) = field(&head, "content-length: ") {
            let length = length.parse().expect("a length");
            self.take(length, &mut body).await;
        } else if field(&head, "transfer-encoding: ").is_some() {
            self.chunks(&mut body).await;
        }
        Answer { status, body }
    }

    /// Sends a request.
    pub(crate) async fn send(&mut self, request: &[u8]) {
        let sent = self.stream.write_all(request).await;
        sent.expect("the server takes it");
    }

    /// The head of an answer, in small letters.
    pub(crate) async fn head(&mut self) -> String {
        let head = self.until(b"\r\n\r\n").await;
        String::from_utf8_lossy(&head).to_ascii_lowercase()
    }

    /// Whatever comes next.
    pub(crate) async fn some(&mut self) -> Vec<u8> {
        if self.rest.is_empty() {
            self.fill().await;
        }
        std::mem::take(&mut self.rest)
    }

    async fn chunks(&mut self, body: &mut Vec<u8>) {
        loop {
            let line = self.until(b"\r\n").await;
            let line = std::str::from_utf8(&line).expect("a length").trim_end();
            let length = usize::from_str_radix(line, 16).expect("a length");
            self.take(length, body).await;
            self.until(b"\r\n").await;
            if length == 0 {
                return;
            }
        }
    }

    /// Reads up to and including a mark.
    async fn until(&mut self, mark: &[u8]) -> Vec<u8> {
        let mut seen: usize = 0;
        loop {
            let from = seen.saturating_sub(mark.len());
            let found = self.rest[from..]
                .windows(mark.len())
                .position(|w| w == mark);
            if let Some(place) = found {
                return self.rest.drain(..from + place + mark.len()).collect();
            }
            seen = self.rest.len();
            self.fill().await;
        }
    }

    async fn take(&mut self, length: usize, into: &mut Vec<u8>) {
        while self.rest.len() < length {
            self.fill().await;
        }
        into.extend(self.rest.drain(..length));
    }

    async fn fill(&mut self) {
        self.rest.reserve(64 * 1024);
        let read = self.stream.read_buf(&mut self.rest).await;
        assert!(read.expect("the connection holds") > 0, "it was closed");
    }
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.split("\r\n").find_map(|line| line.strip_prefix(name))
}
