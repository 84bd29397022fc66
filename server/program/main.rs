//! Startklar in one binary: the server with the browser half inside. A package of its own, so that neither
//! waits for the other.

/// See the reason where it is declared.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    startklar_server::cli::run(&startklar_browser::EMBEDDED)
}
