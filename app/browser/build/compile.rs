//! From the app's source to a wasm module, as the linker leaves it.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::place::{Place, variable};

const TARGET: &str = "wasm32-unknown-unknown";

/// Runs cargo inside cargo. The target folder of its own keeps the two from waiting for each
/// other's lock.
pub(crate) fn compile(place: &Place) -> Result<PathBuf> {
    for source in [
        "app/src",
        "app/Cargo.toml",
        "shared/src",
        "shared/Cargo.toml",
        "Cargo.toml",
        "Cargo.lock",
    ] {
        place.watched(source);
    }
    need_target()?;
    let profile = if place.release {
        "wasm-release"
    } else {
        "wasm-dev"
    };
    let target = place.target.join("browser");
    let mut cargo = Command::new(variable("CARGO")?);
    for (name, _) in env::vars_os().filter(|(name, _)| of_the_outer_build(name)) {
        cargo.env_remove(name);
    }
    cargo
        .current_dir(&place.root)
        .args(["rustc", "--package", "startklar-app", "--lib", "--locked"])
        // Only here: for the server it is a library like any other, which need not wait for the code of
        // what it uses, nor the server for its.
        .args(["--crate-type", "cdylib"])
        .args(["--no-default-features", "--features", "hydrate"])
        .args(["--target", TARGET, "--profile", profile])
        .arg("--target-dir")
        .arg(&target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags(place));
    let status = cargo.status().context("cannot run cargo")?;
    ensure!(
        status.success(),
        "the browser half does not build, see above"
    );
    Ok(target.join(TARGET).join(profile).join("startklar_app.wasm"))
}

/// Makes sure that the standard library for the browser is there.
fn need_target() -> Result<()> {
    if has_target()? {
        return Ok(());
    }
    let added = Command::new("rustup")
        .args(["target", "add", TARGET])
        .status();
    if added.is_ok_and(|status| status.success()) && has_target()? {
        return Ok(());
    }
    bail!(
        "the browser half needs Rust's standard library for {TARGET}, which this toolchain lacks: \
         run `rustup target add {TARGET}`"
    )
}

fn sysroot() -> Result<String> {
    let output = Command::new(variable("RUSTC")?)
        .args(["--print", "sysroot"])
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn has_target() -> Result<bool> {
    Ok(Path::new(&sysroot()?)
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir())
}

/// What cargo and its wrappers (clippy, coverage) set for the outer build would bend the inner one.
/// The settings of the machine, such as proxies and mirrors, stay; the job server does not: the outer build
/// waits for this one in the end, with all but one core idle, unless this one took its share before.
fn of_the_outer_build(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else {
        return false;
    };
    let of_cargo = name.starts_with("CARGO_")
        && name != "CARGO_HOME"
        && ![
            "CARGO_HTTP_",
            "CARGO_NET_",
            "CARGO_REGISTR",
            "CARGO_SOURCE_",
            "CARGO_TERM_",
        ]
        .iter()
        .any(|prefix| name.starts_with(prefix));
    let of_rustc = name.starts_with("RUSTC") || name.starts_with("RUSTDOC");
    let of_script = [
        "OUT_DIR",
        "TARGET",
        "HOST",
        "PROFILE",
        "OPT_LEVEL",
        "DEBUG",
        "NUM_JOBS",
    ]
    .contains(&name);
    of_cargo || of_rustc || of_script || name == "RUSTFLAGS" || name == "CLIPPY_ARGS"
}

/// Panic messages hold the paths of sources. Shortened, they give nothing of the machine away, and
/// the same source makes the same wasm anywhere.
fn flags(place: &Place) -> String {
    let mut flags = vec![
        format!("--remap-path-prefix={}=.", place.root.display()),
        // What is used where in the module: that is needed to cut it.
        "-Clink-arg=--emit-relocs".to_owned(),
    ];
    // Views of both halves must have the same shape, or the browser does not find its way through
    // the page.
    if env::var_os("CARGO_CFG_ERASE_COMPONENTS").is_some() {
        flags.extend(["--cfg".to_owned(), "erase_components".to_owned()]);
    }
    if let Ok(sysroot) = sysroot() {
        flags.push(format!(
            "--remap-path-prefix={sysroot}/lib/rustlib/src/rust="
        ));
    }
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    for source in sources.into_iter().flatten().flatten() {
        flags.push(format!("--remap-path-prefix={}=", source.path().display()));
    }
    flags.join("\u{1f}")
}
