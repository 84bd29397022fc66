//! A real browser, driven from outside as people drive it. A journey fails when the browser has
//! complained on its console.

mod device;
pub mod hand;
mod look;
mod wire;

use std::{
    cell::RefCell,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::Agent;

pub use device::Device;

/// How long something may take to show; generous, because the tests share the machine.
const PATIENCE: Duration = Duration::from_secs(45);

/// How long a page may take before it is asked whether it has broken down.
const SOON: Duration = Duration::from_secs(2);

/// Complaints about the browser's own pages, such as the empty one that it opens with.
const OWN_PAGES: &str = "chrome://";

/// How the browser is started: alone with the product, and nothing from earlier runs.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
];

/// How often a driver is started until one listens.
const STARTS: usize = 5;

/// The process that drives browsers.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    base: String,
}

impl Driver {
    /// Starts `chromedriver` from the path. The port that it takes is free by one of the two protocols of
    /// the internet, and now and then not by the other: then it ends at once, and another one may start.
    pub fn start() -> Self {
        (0..STARTS)
            .find_map(|_| Self::try_start())
            .expect("chromedriver listens")
    }

    fn try_start() -> Option<Self> {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver is installed, tests/setup does that");
        let out = child.stdout.take().expect("standard output is piped");
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let port = line.split_once("successfully on port ");
                let port = port.and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
                if let Some(port) = port {
                    // Nobody listens any more when the test is over.
                    let _ = tell.send(port);
                }
            }
        });
        let port: Option<u16> = told.recv_timeout(PATIENCE).ok();
        let driver = Self {
            child,
            base: format!("http://127.0.0.1:{}", port.unwrap_or_default()),
        };
        port.map(|_| driver)
    }

    /// Opens a browser that has never been anywhere.
    pub async fn browser(&self) -> Browser {
        self.browser_in("en").await
    }

    /// The same, of somebody who reads this language.
    pub async fn browser_in(&self, language: &str) -> Browser {
        let profile = tempfile::tempdir().expect("there is room for a profile");
        let mut flags: Vec<_> = FLAGS.iter().map(ToString::to_string).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let wishes = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "args": flags,
                "prefs": {"intl.accept_languages": language},
            },
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let Value::Object(wishes) = wishes else {
            unreachable!("it is written as an object");
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wishes)
            .connect(&self.base)
            .await
            .expect("a browser starts");
        let id = client.session_id().await.expect("the session answers");
        let id = id.expect("the session has an id");
        Browser {
            client,
            session: format!("{}/session/{id}", self.base),
            forgiven: RefCell::default(),
            complaints: RefCell::default(),
            _profile: profile,
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Its browsers are closed by now; it may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser of one person; closed when dropped, before its driver.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    session: String,
    /// Parts of complaints that belong to the journey.
    forgiven: RefCell<Vec<&'static str>>,
    /// Other complaints.
    complaints: RefCell<Vec<String>>,
    _profile: TempDir,
}

impl Browser {
    /// Opens an address and waits until the page is alive.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("the page loads");
        self.alive().await;
    }

    /// Opens an address of a page that no script will take over.
    pub async fn visit(&self, url: &str) {
        self.client.goto(url).await.expect("the page loads");
    }

    /// Goes back to the page before.
    pub async fn back(&self) {
        self.client.back().await.expect("there is a page before");
    }

    /// Waits until the browser half has taken over the page.
    pub async fn alive(&self) {
        self.shows("html[data-hydrated]").await;
    }

    /// Says who this is, as one of those known, and goes on to a page.
    pub async fn choose(&self, base: &str, name: &str, page: &str) {
        let back = page.replace('+', "%2B").replace('&', "%26");
        self.visit(&format!("{base}/who?back={back}")).await;
        let button = format!("//button[@name='person'][normalize-space()='{name}']");
        let button = self.client.find(Locator::XPath(&button)).await;
        let button = button.expect("the name can be chosen");
        button.click().await.expect("the name can be clicked");
        self.is_at(page).await;
        self.alive().await;
    }

    /// Waits until a script returns true. Not for long when the page has broken down.
    pub async fn until(&self, script: &str, what: &str) {
        let begun = Instant::now();
        // It fails while one page makes room for the next.
        while !matches!(
            self.client.execute(script, vec![]).await,
            Ok(Value::Bool(true))
        ) {
            let waited = begun.elapsed();
            let broken = waited > SOON && self.is_broken();
            if broken || waited > PATIENCE {
                let url = self.client.current_url().await;
                panic!(
                    "not after {waited:?}: {what}; at {url:?}, console: {:?}",
                    self.console()
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn is_broken(&self) -> bool {
        self.listen();
        let complaints = self.complaints.borrow();
        complaints.iter().any(|said| said.contains("Uncaught"))
    }

    /// Runs a script and says what it returns.
    pub async fn run(&self, script: &str) -> Value {
        let ran = self.client.execute(script, vec![]).await;
        ran.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a script that calls its last argument when it is done, and says with what.
    pub async fn wait_for(&self, script: &str) -> Value {
        let ran = self.client.execute_async(script, vec![]).await;
        ran.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Complaints with this in them belong to the journey: a network that was cut, a refusal that
    /// was provoked.
    pub fn forgive(&self, part: &'static str) {
        self.forgiven.borrow_mut().push(part);
    }

    /// Takes the warnings and errors that the console has collected.
    pub fn console(&self) -> Vec<String> {
        self.listen();
        self.complaints.take()
    }

    fn listen(&self) {
        let lines = self.ask("se/log", &json!({"type": "browser"}));
        let lines = lines.as_array().expect("the console has lines");
        let forgiven = self.forgiven.borrow();
        let new = lines
            .iter()
            .filter(|line| line["level"] == "SEVERE" || line["level"] == "WARNING")
            .map(|line| line["message"].as_str().unwrap_or_default().to_owned())
            .filter(|said| !said.starts_with(OWN_PAGES))
            .filter(|said| !forgiven.iter().any(|part| said.contains(part)));
        self.complaints.borrow_mut().extend(new);
    }

    /// Whether the driver does what it is asked.
    fn answers(&self, what: &str, with: &Value) -> bool {
        let sent = agent()
            .post(format!("{}/{what}", self.session))
            .header("content-type", "application/json")
            .send(with.to_string());
        sent.is_ok()
    }

    /// Asks the driver about this browser.
    fn ask(&self, what: &str, with: &Value) -> Value {
        let sent = agent()
            .post(format!("{}/{what}", self.session))
            .header("content-type", "application/json")
            .send(with.to_string());
        let text = sent.and_then(|mut answer| answer.body_mut().read_to_string());
        let text = text.unwrap_or_else(|error| panic!("{what} {with}: {error}"));
        let mut answer: Value = serde_json::from_str(&text).expect("the driver answers JSON");
        answer["value"].take()
    }
}

fn agent() -> Agent {
    let config = Agent::config_builder().timeout_global(Some(PATIENCE));
    config.build().into()
}

impl Drop for Browser {
    fn drop(&mut self) {
        let complaints = if thread::panicking() {
            Vec::new()
        } else {
            self.console()
        };
        // So the browser ends even when the test has failed. What is gone already cannot be closed.
        let _ = agent().delete(&self.session).call();
        assert!(complaints.is_empty(), "the console says: {complaints:#?}");
    }
}
