//! Makes the browser half, so that `cargo build` alone yields the whole product: builds the app for
//! wasm, cuts it into parts, bundles the style sheets, takes along two scripts, writes the texts of each language, and packs
//! everything, compressed and under hashed names.
//!
//! - `STARTKLAR_SKIP_BROWSER=1` leaves the browser half out, for lint and documentation runs.
#![allow(
    clippy::print_stdout,
    reason = "a build script talks to cargo on its standard output"
)]

mod browser;
mod compile;
mod pack;
mod place;
mod split;
mod style;
mod texts;

use std::{env, fs};

use anyhow::{Context as _, Result};

use crate::{pack::Pack, place::Place};

fn main() -> Result<()> {
    println!("cargo::rerun-if-env-changed=STARTKLAR_SKIP_BROWSER");
    println!("cargo::rerun-if-changed=build");

    let place = Place::find()?;
    let mut pack = Pack::new(&place)?;
    if env::var_os("STARTKLAR_SKIP_BROWSER").is_none_or(|value| value.is_empty() || value == "0") {
        style::build(&place, &mut pack)?;
        for name in SCRIPTS {
            script(name, &place, &mut pack)?;
        }
        texts::build(&mut pack);
        browser::build(&place, &mut pack)?;
    }
    pack.write()
}

/// Scripts written by hand: what few pages need, and what works before the app is there.
const SCRIPTS: [&str; 2] = ["keep.js", "passkey.js"];

fn script(name: &str, place: &Place, pack: &mut Pack) -> Result<()> {
    let path = format!("app/browser/{name}");
    let source = fs::read_to_string(place.watched(&path)).with_context(|| format!("no {path}"))?;
    let source = browser::without_remarks(&source).into_bytes();
    let packed = pack.add(name, "text/javascript; charset=utf-8", source);
    pack.page_file(name, &packed);
    Ok(())
}
