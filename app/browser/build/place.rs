//! Where things are, and which kind of build this is.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The folders of this build.
pub(crate) struct Place {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the caller has put it.
    pub(crate) target: PathBuf,
    /// Where the generated files go.
    pub(crate) out: PathBuf,
    /// Whether to spend time on size.
    pub(crate) release: bool,
}

impl Place {
    /// Reads them from what cargo tells a build script.
    pub(crate) fn find() -> Result<Self> {
        let out = PathBuf::from(variable("OUT_DIR")?);
        let manifest = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
        let root = manifest
            .ancestors()
            .nth(2)
            .context("the folder app/browser has no workspace")?
            .to_owned();
        let target = target_folder(&out).context("OUT_DIR lies in no target folder")?;
        let release = variable("PROFILE")? == "release";
        Ok(Self {
            root,
            target,
            out,
            release,
        })
    }

    /// A file or folder of the workspace whose change makes the script run again.
    pub(crate) fn watched(&self, name: &str) -> PathBuf {
        let path = self.root.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        path
    }

    /// A folder for intermediate files, empty.
    pub(crate) fn scratch(&self, name: &str) -> Result<PathBuf> {
        let folder = self.out.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

/// Up from `PROFILE/build/PACKAGE/out`. The mark that cargo puts into its target folder is no help:
/// it is not there when something else has made the folder first.
fn target_folder(out: &Path) -> Option<PathBuf> {
    out.ancestors().nth(4).map(Path::to_owned)
}

/// An environment variable that cargo always sets.
pub(crate) fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("cargo has not set {name}"))
}
