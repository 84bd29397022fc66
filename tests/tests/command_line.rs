//! The process itself: how it starts, what it refuses, how it ends, what it keeps.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use std::time::Duration;

use startklar_tests::{Product, product::refused};

#[test]
fn it_ends_within_seconds_even_with_a_stream_open() {
    let product = Product::demo();
    let client = product.client();
    let stream = client.follow("metakube", "");
    let (status, took) = product.stop();
    assert_eq!(status.code(), Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(stream);
}

#[test]
fn what_was_answered_outlives_the_process() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("journal.sqlite");
    let product = Product::serve(&file);
    let begun = product.client().form("/sample", "");
    assert_eq!(
        begun.header("location"),
        Some("/l/metakube"),
        "{}",
        begun.body
    );
    let client = product.client().person("lena");
    assert_eq!(client.tick("metakube", "lead-routing").status, 200);
    let revision = client.revision("metakube");
    assert_eq!(product.stop().0.code(), Some(0));

    let product = Product::serve(&file);
    let client = product.client().person("lena");
    assert_eq!(client.revision("metakube"), revision);
    assert_eq!(client.tick("metakube", "lead-routing").status, 409);
}

#[test]
fn a_database_file_belongs_to_one_process() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("journal.sqlite");
    let first = Product::serve(&file);
    let database = format!("sqlite:{}", file.display());
    let said = refused(&["serve", "--listen", "127.0.0.1:0", "--database", &database]);
    assert!(said.contains("journal.sqlite"), "{said}");
    assert!(
        said.lines().count() < 4 && !said.contains("panicked"),
        "{said}"
    );
    assert_eq!(first.client().get("/readyz").status, 200);
}

#[test]
fn it_listens_to_this_machine_only() {
    let said = refused(&["demo", "--listen", "0.0.0.0:0"]);
    assert!(said.contains("other machines"), "{said}");
}
