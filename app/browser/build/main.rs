//! Makes the browser half, so that `cargo build` alone yields the whole product: builds the app for
//! wasm, cuts it into parts, bundles the style sheets, takes along a script, writes the texts of each language, and packs
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
        passkey(&place, &mut pack)?;
        texts::build(&mut pack);
        browser::build(&place, &mut pack)?;
    }
    pack.write()
}

/// The script that asks for passkeys, written by hand: few pages load it, and the app never.
fn passkey(place: &Place, pack: &mut Pack) -> Result<()> {
    let name = "passkey.js";
    let source = fs::read(place.watched("app/browser/passkey.js")).context("no passkey.js")?;
    let packed = pack.add(name, "text/javascript; charset=utf-8", source);
    pack.page_file(name, &packed);
    Ok(())
}
