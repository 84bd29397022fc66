//! Startklar in one binary: the server with the browser half inside. A package of its own, so that the
//! server is compiled while the browser half is.

use startklar_server::{assets, cli};

/// Made by the build script.
static EMBEDDED: assets::Embedded = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// See the reason where it is declared.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run(&EMBEDDED)
}
