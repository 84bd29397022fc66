//! A mail server on this machine, which keeps what it was given, and can be told to be in a bad mood.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use mail_parser::MessageParser;
use mailin::{Action, AuthMechanism, Handler, Response, SessionBuilder, response};

/// How long a mail may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the server does with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes it.
    Takes,
    /// It says to come again.
    Busy,
    /// It says that there is no such mailbox.
    Refuses,
    /// It takes it, three seconds after it has it.
    Slow,
    /// It takes it and hangs up without an answer.
    HangsUp,
    /// It takes it and never answers.
    Sleeps,
}

/// A mail as it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Whom the envelope is for.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// Its HTML.
    pub html: String,
    /// All of it, as it travelled.
    pub raw: String,
}

impl Received {
    fn read(to: Vec<String>, bytes: &[u8]) -> Self {
        let message = MessageParser::default().parse(bytes);
        let message = message.expect("it is a mail");
        let part =
            |text: Option<std::borrow::Cow<'_, str>>| text.expect("a part").replace("\r\n", "\n");
        Self {
            to,
            subject: message.subject().expect("a subject").to_owned(),
            text: part(message.body_text(0)),
            html: part(message.body_html(0)),
            raw: String::from_utf8(bytes.to_vec()).expect("it travels in plain letters"),
        }
    }

    /// A header as it travelled.
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = self.raw.split("\r\n\r\n").next()?;
        let mut lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The one address in the plain text that begins like this.
    pub fn link(&self, begins: &str) -> &str {
        let mut words = self.text.split_whitespace();
        let found = words.find(|word| word.starts_with(begins));
        found.unwrap_or_else(|| panic!("no {begins} in {}", self.text))
    }
}

#[derive(Debug)]
struct State {
    mood: Mood,
    received: Vec<Received>,
    connections: usize,
}

/// A mail server; it runs as long as the process.
#[derive(Debug)]
pub struct MailServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl MailServer {
    /// One that takes every mail. Whoever signs in must do it as `startklar` with `four words`.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            mood: Mood::Takes,
            received: Vec::new(),
            connections: 0,
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                thread::spawn(move || talk(stream, &state));
            }
        });
        Self { address, state }
    }

    /// Its address, as the product is told it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Changes what it does from now on.
    pub fn set(&self, mood: Mood) {
        lock(&self.state).mood = mood;
    }

    /// What it was given so far.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.state).received.clone()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        lock(&self.state).connections
    }

    /// Waits until it was given so many.
    pub fn reaches(&self, many: usize) -> Vec<Received> {
        let begun = Instant::now();
        loop {
            let received = self.received();
            if received.len() >= many {
                return received;
            }
            assert!(begun.elapsed() < PATIENCE, "not {many} mails: {received:?}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One conversation. That the other side goes away is no failure.
fn talk(stream: TcpStream, state: &Arc<Mutex<State>>) {
    lock(state).connections += 1;
    let Ok(peer) = stream.peer_addr() else {
        return;
    };
    let mut writer = stream.try_clone().expect("a second handle");
    let taken = Taken {
        state: Arc::clone(state),
        to: Vec::new(),
        bytes: Vec::new(),
    };
    let mut builder = SessionBuilder::new("mail.test");
    builder.enable_auth(AuthMechanism::Plain);
    builder.insecure_enable_plaintext_auth();
    let mut session = builder.build(peer.ip(), taken);
    if session.greeting().write_to(&mut writer).is_err() {
        return;
    }
    let (mut reader, mut line) = (BufReader::new(stream), Vec::new());
    loop {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(read) if read > 0 => {}
            _ => return,
        }
        let before = lock(state).received.len();
        let answer = session.process(&line);
        let (mood, after) = {
            let state = lock(state);
            (state.mood, state.received.len())
        };
        match mood {
            Mood::HangsUp if after > before => return,
            Mood::Slow if after > before => thread::sleep(Duration::from_secs(3)),
            Mood::Sleeps if after > before => thread::sleep(PATIENCE),
            _ => {}
        }
        if answer.action == Action::NoReply {
            continue;
        }
        let written = answer.write_to(&mut writer).and_then(|()| writer.flush());
        if written.is_err() || answer.action == Action::Close {
            return;
        }
    }
}

/// What one conversation has brought so far.
struct Taken {
    state: Arc<Mutex<State>>,
    to: Vec<String>,
    bytes: Vec<u8>,
}

impl Handler for Taken {
    fn rcpt(&mut self, _: &str) -> Response {
        match lock(&self.state).mood {
            Mood::Busy => Response::custom(451, "Come again".to_owned()),
            Mood::Refuses => response::NO_MAILBOX,
            Mood::Takes | Mood::Slow | Mood::HangsUp | Mood::Sleeps => response::OK,
        }
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, to: &[String]) -> Response {
        self.to = to.to_vec();
        self.bytes.clear();
        response::OK
    }

    fn data(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mail = Received::read(std::mem::take(&mut self.to), &self.bytes);
        lock(&self.state).received.push(mail);
        response::OK
    }

    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        if (user, password) == ("startklar", "four words") {
            response::AUTH_OK
        } else {
            response::INVALID_CREDENTIALS
        }
    }
}
