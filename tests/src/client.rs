//! A client of the product: a program that uses the API, or a browser without JavaScript.

use std::{
    io::{BufRead as _, BufReader},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use ureq::{Agent, Body, BodyReader, http::Response};
use uuid::Uuid;

/// How long an answer may take; generous, because the tests share the machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Talks to one server, always with the same headers.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    headers: Vec<(String, String)>,
}

/// What a server answered, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
    headers: ureq::http::HeaderMap,
}

impl Answer {
    fn read(mut response: Response<Body>) -> Result<Self, ureq::Error> {
        let body = response.body_mut().read_to_string()?;
        Ok(Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        })
    }

    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The cookies that the answer sets, as `name=value`.
    pub fn cookies(&self) -> Vec<String> {
        let set = self.headers.get_all("set-cookie").iter();
        set.filter_map(|line| Some(line.to_str().ok()?.split(';').next()?.to_owned()))
            .collect()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}: {}", self.status, self.body))
    }

    /// The problem document, after checks of what every one has.
    pub fn problem(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{}",
            self.body
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        let detail = problem["detail"].as_str().expect("it says what is wrong");
        assert!(!detail.is_empty(), "{problem}");
        problem
    }
}

impl Client {
    pub(crate) fn new(base: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            agent: config.into(),
            base: base.to_owned(),
            headers: Vec::new(),
        }
    }

    /// The same client, with one more header on each request.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same client, for somebody, by id or handle.
    #[must_use]
    pub fn person(&self, person: &str) -> Self {
        self.with("Startklar-Person", person)
    }

    fn open(&self, path: &str) -> Response<Body> {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
            .call()
            .unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// Reads an address.
    pub fn get(&self, path: &str) -> Answer {
        let answer = Answer::read(self.open(path));
        answer.expect("the answer is text and comes to its end")
    }

    /// Reads a file.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let mut answer = self.open(path);
        assert_eq!(answer.status(), 200, "{path}");
        answer
            .body_mut()
            .read_to_vec()
            .expect("it comes to its end")
    }

    /// Sends something of a content type. An error when there is no server, or none any more when
    /// it should answer.
    ///
    /// # Errors
    /// Whatever broke the connection.
    pub fn try_send(&self, path: &str, kind: &str, body: &str) -> Result<Answer, ureq::Error> {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        Answer::read(request.header("content-type", kind).send(body)?)
    }

    fn send(&self, path: &str, kind: &str, body: &str) -> Answer {
        self.try_send(path, kind, body)
            .unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Sends JSON.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(path, "application/json", &body.to_string())
    }

    /// Sends a form as a page of the server does. The fields are encoded already.
    pub fn form(&self, path: &str, fields: &str) -> Answer {
        self.with("Origin", &self.base)
            .send(path, "application/x-www-form-urlencoded", fields)
    }

    /// Sends a command under an id.
    pub fn command(&self, launch: &str, id: Uuid, command: &Value) -> Answer {
        let body = json!({"id": id, "command": command});
        self.post(&format!("/api/v1/launches/{launch}/commands"), &body)
    }

    /// Ticks an item, with a new command.
    pub fn tick(&self, launch: &str, item: &str) -> Answer {
        self.command(
            launch,
            Uuid::now_v7(),
            &json!({"tick_item": {"item": item}}),
        )
    }

    /// The lines of a launch's journal above a number, after a check that they are numbered without
    /// a gap up to the launch's revision.
    pub fn journal(&self, launch: &str, after: u64) -> Vec<Value> {
        let mut lines: Vec<Value> = Vec::new();
        loop {
            let last = after + lines.len() as u64;
            let path = format!("/api/v1/launches/{launch}/journal?after={last}&limit=10000");
            let mut page = self.get(&path).json();
            let more = page["records"].as_array_mut().expect("there are records");
            if more.is_empty() {
                assert_eq!(page["revision"], last, "the journal ends too early");
                return lines;
            }
            for (line, seq) in more.iter().zip(last + 1..) {
                assert_eq!(line["seq"], seq, "{line}");
            }
            lines.append(more);
        }
    }

    /// The assessment of a launch, now.
    pub fn assessment(&self, launch: &str) -> Value {
        self.get(&format!("/api/v1/launches/{launch}/assessment"))
            .json()
    }

    /// The number of a launch's last event.
    pub fn revision(&self, launch: &str) -> u64 {
        let assessment = self.assessment(launch);
        assessment["revision"]
            .as_u64()
            .expect("there is a revision")
    }

    /// Waits until a launch has this many events.
    pub fn reaches(&self, launch: &str, revision: u64) {
        let begun = Instant::now();
        while self.revision(launch) < revision {
            assert!(
                begun.elapsed() < PATIENCE,
                "not {revision} after {PATIENCE:?}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Follows a launch live; `query` with its question mark.
    pub fn follow(&self, launch: &str, query: &str) -> Stream {
        let response = self.open(&format!("/api/v1/launches/{launch}/events{query}"));
        assert_eq!(response.status(), 200);
        let kind = response.headers().get("content-type");
        assert!(
            kind.is_some_and(|kind| kind == "text/event-stream"),
            "{kind:?}"
        );
        Stream {
            lines: BufReader::new(response.into_body().into_reader()),
        }
    }
}

/// A live stream of events.
pub struct Stream {
    lines: BufReader<BodyReader<'static>>,
}

impl Stream {
    /// Waits for the next event: its id and what it carries.
    pub fn next_event(&mut self) -> (u64, Value) {
        self.try_next_event().expect("the stream goes on")
    }

    /// The same; `None` when the server ends the stream in good order.
    pub fn try_next_event(&mut self) -> Option<(u64, Value)> {
        let (mut id, mut data) = (None, String::new());
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).expect("the stream holds");
            if read == 0 {
                return None;
            }
            match line.trim_end().split_once(':') {
                Some(("id", value)) => id = value.trim().parse().ok(),
                Some(("data", value)) => data.push_str(value.trim()),
                None if !data.is_empty() => break,
                _ => {}
            }
        }
        let value = serde_json::from_str(&data).expect("an event is JSON");
        Some((id.expect("an event has a number"), value))
    }
}
