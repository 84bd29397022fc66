//! The product under test: a process of the built binary.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{Client, MailServer};

/// How long the server may take to listen; generous, because the tests share the machine.
const START: Duration = Duration::from_mins(1);

/// How long the server may take to end.
const END: Duration = Duration::from_secs(20);

/// The binary that is tested: what `STARTKLAR_BIN` names, else the release build.
pub fn binary() -> PathBuf {
    let path = std::env::var_os("STARTKLAR_BIN").map_or_else(
        || {
            let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
                || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target"),
                PathBuf::from,
            );
            target.join("release/startklar")
        },
        PathBuf::from,
    );
    assert!(
        path.is_file(),
        "there is no {}: build it with `cargo build --release`, or name another in STARTKLAR_BIN",
        path.display()
    );
    path
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).stdin(Stdio::null());
    for name in ["STARTKLAR_DATABASE", "STARTKLAR_LISTEN", "STARTKLAR_LOG"] {
        command.env_remove(name);
    }
    command.env("RUST_LOG", "warn");
    command
}

/// Waits until a process has ended, for a while.
fn wait(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < patience {
        if let Some(status) = child.try_wait().expect("the process can be waited for") {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    None
}

/// Runs the binary on arguments that it must refuse, and says what it wrote on standard error.
pub fn refused(arguments: &[&str]) -> String {
    let mut command = command(arguments);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let Some(status) = wait(&mut child, START) else {
        child.kill().expect("the process can be killed");
        panic!("{arguments:?} was not refused: the process goes on");
    };
    let mut said = String::new();
    let mut errors = child.stderr.take().expect("standard error is piped");
    errors.read_to_string(&mut said).expect("errors are text");
    assert!(!status.success(), "{arguments:?} was not refused: {said}");
    said
}

/// Runs the binary to its end.
pub fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the binary starts")
}

/// Runs the binary with a reader that closes the pipe before anything is written, as `head` may;
/// says the exit code and what it wrote on standard error.
pub fn unheard(arguments: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command(arguments).stdout(writer).output();
    let output = output.expect("the binary starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

/// A running server; ended when dropped.
#[derive(Debug)]
pub struct Product {
    child: Child,
    base: String,
}

impl Product {
    /// The sample launch, from a database in memory.
    pub fn demo() -> Self {
        Self::start(&["demo", "--listen", "127.0.0.1:0"])
    }

    /// A server on a database file.
    pub fn serve(file: &Path) -> Self {
        Self::serve_at(file, "127.0.0.1:0")
    }

    /// The same at an address of its own.
    pub fn serve_at(file: &Path, address: &str) -> Self {
        Self::start_on(&format!("sqlite:{}", file.display()), address)
    }

    /// A server on a database, by its address.
    pub fn on(database: &str) -> Self {
        Self::start_on(database, "127.0.0.1:0")
    }

    /// A server on a database that sends mail, with links to `base`. The password for the mail server
    /// is put into a file in `directory`.
    pub fn mailing(database: &str, directory: &Path, server: &MailServer, base: &str) -> Self {
        let (password, smtp) = (directory.join("password"), server.url());
        std::fs::write(&password, "four words\n").expect("a file for the password");
        Self::start(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            database,
            "--smtp",
            &smtp,
            "--smtp-user",
            "startklar",
            "--smtp-password-file",
            password.to_str().expect("a path of plain letters"),
            "--mail-from",
            "Startklar <startklar@localhost>",
            "--base-url",
            base,
        ])
    }

    /// A server on a database file that knows the providers of a file. It is reached where it listens.
    pub fn knowing(file: &Path, address: &str, providers: &Path) -> Self {
        Self::start(&[
            "serve",
            "--listen",
            address,
            "--database",
            &format!("sqlite:{}", file.display()),
            "--base-url",
            &format!("http://{address}"),
            "--providers",
            providers.to_str().expect("a path of plain letters"),
        ])
    }

    fn start_on(database: &str, address: &str) -> Self {
        Self::start(&["serve", "--listen", address, "--database", database])
    }

    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let out = child.stdout.take().expect("standard output is piped");
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            // Reads to the end, so that the server never writes into a broken pipe.
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if let Some(base) = line.strip_prefix("listening on ") {
                    // Nobody listens any more when the test is over.
                    let _ = tell.send(base.to_owned());
                }
            }
        });
        if let Ok(base) = told.recv_timeout(START) {
            return Self { child, base };
        }
        // It may have ended by itself.
        let _ = child.kill();
        let status = child.wait();
        panic!("{arguments:?} does not listen: {status:?}");
    }

    /// The address of the server, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// A client that is nobody yet.
    pub fn client(&self) -> Client {
        Client::new(&self.base)
    }

    /// Ends the process at once, as a crash or `kill -9` does.
    pub fn kill(mut self) {
        self.child.kill().expect("the process can be killed");
        self.child.wait().expect("the process can be waited for");
    }

    /// Asks the process to end, and says how it did and how long it took.
    pub fn stop(mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        self.terminate();
        let status = wait(&mut self.child, END).expect("the server ends when it is asked to");
        (status, begun.elapsed())
    }

    fn terminate(&self) {
        // It fails when the process has ended already.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        self.terminate();
        if wait(&mut self.child, END).is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
