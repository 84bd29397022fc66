//! A throwaway `PostgreSQL` for tests: made when first asked for, gone with the process.
//!
//! Uses the distribution's programs and nothing else, on a socket in a directory of its own, so that
//! it meets no other server. A shell watches over it: it waits on a pipe that closes when this
//! process ends, however it ends, then stops the server and removes the directory.

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant},
};

const NOT_INSTALLED: &str = "These tests need PostgreSQL's server programs (initdb, postgres), \
    which were found neither in /usr/lib/postgresql/*/bin nor on the PATH. Install them: \
    `apt install postgresql` on Debian and Ubuntu, `dnf install postgresql-server` on Fedora, \
    `brew install postgresql` on macOS. No server has to be set up or running.";

const WATCH: &str = r#"
if [ "$(id -u)" = 0 ]; then
  chown postgres "$DIR"
  as() { exec setpriv --reuid postgres --regid postgres --clear-groups -- "$@"; }
else
  as() { exec "$@"; }
fi
(as "$BIN/initdb" -D "$DIR/data" -U startklar -A trust -E UTF8 --locale=C --no-sync) || exit 1
(as "$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= -c max_connections=300 \
    -c fsync=off -c full_page_writes=off) </dev/null &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$DIR"
"#;

/// A server that runs as long as this process.
#[derive(Debug)]
pub struct Cluster {
    directory: PathBuf,
    programs: PathBuf,
    databases: AtomicU32,
    /// Its open pipe keeps the server alive.
    watch: Child,
}

/// The server of this process. Panics with what to install when there is none.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start)
}

impl Cluster {
    /// Makes an empty database and gives its address.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let directory = self.directory.display();
        let made = Command::new(self.programs.join("createdb"))
            .args(["-h", &directory.to_string(), "-U", "startklar", "--", &name])
            .output()
            .expect("createdb runs");
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        format!("postgres://startklar@localhost/{name}?host={directory}")
    }

    fn start() -> Self {
        let programs = find_programs().expect(NOT_INSTALLED);
        // Short, since the path of a socket may only have some hundred bytes.
        let directory = tempfile::Builder::new()
            .prefix("pg-")
            .tempdir()
            .expect("a directory");
        let directory = directory.keep();
        let log = directory.join("log");
        let output = fs::File::create(&log).expect("a log");
        let watch = Command::new("sh")
            .args(["-c", WATCH])
            .env("DIR", &directory)
            .env("BIN", &programs)
            // Where anybody may be; the server's user may not read this one's.
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(output.try_clone().expect("a second handle"))
            .stderr(output)
            .spawn()
            .expect("sh runs");
        let databases = AtomicU32::new(0);
        let mut cluster = Self {
            directory,
            programs,
            databases,
            watch,
        };
        cluster.wait_until_ready(&log);
        cluster
    }

    fn wait_until_ready(&mut self, log: &Path) {
        let end = Instant::now() + Duration::from_mins(1);
        while Instant::now() < end && self.watch.try_wait().is_ok_and(|ended| ended.is_none()) {
            let ready = Command::new(self.programs.join("pg_isready"))
                .args(["-q", "-U", "startklar", "-h"])
                .arg(&self.directory)
                .status();
            if ready.is_ok_and(|status| status.success()) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(log).unwrap_or_default();
        let _ = writeln!(std::io::stderr(), "{log}");
        panic!(
            "PostgreSQL from {} did not start, its log is above",
            self.programs.display()
        );
    }
}

/// The newest version that the distribution brings, or what is on the PATH.
fn find_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .collect();
    versions.sort();
    let distribution = versions.into_iter().rev().map(|(_, path)| path.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    let mut places = distribution.chain(env::split_paths(&path));
    places.find(|place| place.join("initdb").is_file())
}
