//! The live stream: from anywhere, without gap or double.

use serde_json::json;

use super::*;

const EVENTS: &str = "/api/v1/launches/metakube/events";

/// A stream, read event by event.
struct Stream {
    body: Body,
    text: String,
}

impl Stream {
    async fn open(site: &Site, path: &str, last: Option<u64>) -> Self {
        let mut request = Request::get(path);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = site.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            body: response.into_body(),
            text: String::new(),
        }
    }

    /// The number and the line of the next event; `None` at the end of the stream.
    async fn next(&mut self) -> Option<(u64, Value)> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(str::to_owned)
                };
                if let (Some(id), Some(data)) = (field("id: "), field("data: ")) {
                    return Some((id.parse().unwrap(), serde_json::from_str(&data).unwrap()));
                }
            }
            let frame = self.body.frame().await?.unwrap();
            self.text
                .push_str(std::str::from_utf8(&frame.into_data().unwrap()).unwrap());
        }
    }
}

async fn rename(site: &Site, title: &str) {
    let body = json!({ "command": { "rename": { "title": title } } });
    let done = site
        .post("/api/v1/launches/metakube/commands", "lena", &[], &body)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
}

#[tokio::test]
async fn a_stream_begins_where_the_reader_is() {
    let site = Site::sample().await;
    let end = site.get("/api/v1/launches/metakube").await.json()["revision"]
        .as_u64()
        .unwrap();
    let mut from_start = Stream::open(&site, &format!("{EVENTS}?after=0"), None).await;
    let mut from_id = Stream::open(&site, &format!("{EVENTS}?after=0"), Some(end)).await;
    let mut from_now = Stream::open(&site, EVENTS, None).await;
    let mut beyond = Stream::open(&site, &format!("{EVENTS}?after=99999"), None).await;
    rename(&site, "A").await;
    for n in 1..=end + 1 {
        let (id, line) = from_start.next().await.unwrap();
        assert_eq!((id, line["seq"].as_u64()), (n, Some(n)));
    }
    for stream in [&mut from_id, &mut from_now, &mut beyond] {
        let (id, line) = stream.next().await.unwrap();
        assert_eq!(
            (id, line["event"]["renamed"]["title"].as_str()),
            (end + 1, Some("A"))
        );
    }
}

#[tokio::test]
async fn a_reader_who_falls_far_behind_misses_nothing() {
    let site = Site::sample().await;
    let mut stream = Stream::open(&site, EVENTS, None).await;
    let first = site.get("/api/v1/launches/metakube").await.json()["revision"]
        .as_u64()
        .unwrap()
        + 1;
    // More than frames wait, and more than lines stay in memory.
    for n in 0..600 {
        rename(&site, &format!("MetaKube {n}")).await;
    }
    for n in 0..600 {
        assert_eq!(stream.next().await.unwrap().0, first + n);
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_launch_and_makes_room() {
    let site = Site::sample().await;
    let mut stream = Stream::open(&site, EVENTS, None).await;
    assert!(
        site.get("/metrics")
            .await
            .text
            .contains("startklar_streams 1")
    );
    site.form("/l/metakube/discard", &[]).await;
    assert!(stream.next().await.is_none());
    drop(stream);
    assert!(
        site.get("/metrics")
            .await
            .text
            .contains("startklar_streams 0")
    );
    assert_eq!(site.get(EVENTS).await.code(), "unknown");
}

#[tokio::test]
async fn there_is_an_end_to_the_streams() {
    let site = Site::sample().await;
    let mut open = Vec::new();
    for _ in 0..2_000 {
        open.push(Stream::open(&site, EVENTS, None).await);
    }
    let full = site.get(EVENTS).await;
    assert_eq!(
        (full.status, full.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "1")
    );
    open.pop();
    let response = site
        .ask(Request::get(EVENTS).body(Body::empty()).unwrap())
        .await;
    assert_eq!(response.status(), StatusCode::OK);
}
