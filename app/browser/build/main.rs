//! Makes the browser half, so that `cargo build` alone yields the whole product: builds the app for
//! wasm, cuts it into parts, bundles the style sheets, takes along three scripts, writes the texts of each language, and packs
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
        for (name, parts) in SCRIPTS {
            script(name, parts, &place, &mut pack)?;
        }
        texts::build(&mut pack);
        browser::build(&place, &mut pack)?;
    }
    pack.write()
}

/// Scripts written by hand: what few pages need, and what works before the app is there. Each by its name
/// and what it is made of; a page loads one of the first two.
const SCRIPTS: [(&str, &[&str]); 3] = [
    ("keep.js", &["keep.js"]),
    ("renew.js", &["keep.js", "renew.js"]),
    ("passkey.js", &["passkey.js"]),
];

fn script(name: &str, parts: &[&str], place: &Place, pack: &mut Pack) -> Result<()> {
    let mut source = String::new();
    for part in parts {
        let path = format!("app/browser/{part}");
        let text =
            fs::read_to_string(place.watched(&path)).with_context(|| format!("no {path}"))?;
        source.push_str(&browser::without_remarks(&text));
    }
    let packed = pack.add(name, "text/javascript; charset=utf-8", source.into_bytes());
    pack.page_file(name, &packed);
    Ok(())
}
