//! A provider of `OpenID Connect` that others have written, run by Node.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long it may take to listen; generous, because the tests share the machine.
const START: Duration = Duration::from_mins(1);

/// By what it knows the product.
const SECRET: &str = "only for tests & for nothing else";

/// A running provider; ended when dropped.
#[derive(Debug)]
pub struct Provider {
    child: Child,
    issuer: String,
}

/// Where the packages of the tests are.
fn packages() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| own.join("../target"), PathBuf::from);
    let packages = target.join("tools/node_modules");
    let packages = packages.canonicalize();
    packages.expect("the packages are installed, tests/setup does that")
}

impl Provider {
    /// Starts it for a product that is reached at `base`.
    pub fn start(base: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/provider.mjs");
        let mut child = Command::new("node")
            .arg(script)
            .arg(packages())
            .arg(format!("{base}/login/back/real"))
            .arg(SECRET)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // It warns of keys and pages that are only for trying.
            .stderr(Stdio::null())
            .spawn()
            .expect("node is installed, tests/setup does that");
        let out = child.stdout.take().expect("standard output is piped");
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if let Some(issuer) = line.strip_prefix("listening on ") {
                    // Nobody listens any more when the test is over.
                    let _ = tell.send(issuer.to_owned());
                }
            }
        });
        let Ok(issuer) = told.recv_timeout(START) else {
            // It may have ended by itself.
            let _ = child.kill();
            panic!("the provider does not listen: {:?}", child.wait());
        };
        Self { child, issuer }
    }

    /// Writes the file that names it to a product, and the one with the secret beside it.
    pub fn file(&self, directory: &Path) -> PathBuf {
        let file = directory.join("providers.toml");
        let text = format!(
            "[[provider]]\nid = \"real\"\ntitle = \"Contoso\"\nissuer = \"{}\"\n\
             client_id = \"startklar\"\nclient_secret_file = \"secret\"\n",
            self.issuer
        );
        std::fs::write(directory.join("secret"), format!("{SECRET}\n")).expect("a file");
        std::fs::write(&file, text).expect("a file");
        file
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
