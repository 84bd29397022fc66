//! Startklar in one binary.

#[tokio::main]
async fn main() -> std::process::ExitCode {
    startklar_server::cli::run().await
}
