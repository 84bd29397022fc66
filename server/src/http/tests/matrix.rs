//! Every route that the server has, and every command, tried by everybody: by each role, by each way to
//! show who one is, by the guest of a status page and by nobody. Each cell sends a whole request and is
//! allowed or refused as the table says; what is refused is said in its words and changes nothing.

mod cast;
mod commands;
mod fill;
mod judge;
mod orders;
mod plans;
mod routes;
mod stage;
mod table;

use std::collections::BTreeSet;

use self::{
    cast::{Column, columns},
    judge::{Verdict, is, verdict},
    stage::Stage,
    table::{API, FORMS, PAGES, Row},
};
use super::*;

#[tokio::test]
async fn every_route_that_the_router_has_stands_in_the_table_and_no_other() {
    let rows = PAGES.iter().chain(FORMS).chain(API);
    let told: BTreeSet<String> = rows
        .map(|row| format!("{} {}", row.method, row.path))
        .collect();
    let served = routes::served(&Site::empty().await.router);
    let untold: Vec<_> = served.difference(&told).collect();
    let gone: Vec<_> = told.difference(&served).collect();
    assert!(untold.is_empty(), "not in the table: {untold:?}");
    assert!(gone.is_empty(), "only in the table: {gone:?}");
}

#[tokio::test]
async fn every_page_is_shown_or_not_as_the_table_says_for_every_role() {
    tried(PAGES).await;
}

#[tokio::test]
async fn every_form_is_allowed_or_refused_as_the_table_says_for_every_role() {
    tried(FORMS).await;
}

#[tokio::test]
async fn every_operation_is_allowed_or_refused_as_the_table_says_for_every_role() {
    tried(API).await;
}

/// Tries every cell of these rows and says at once what is wrong.
async fn tried(rows: &[Row]) {
    let (stage, columns) = (Stage::new().await, columns());
    let (mut wrong, mut allowed) = (Vec::new(), 0);
    for row in rows {
        for column in &columns {
            let verdict = verdict(row, column);
            allowed += usize::from(verdict == Verdict::Allowed);
            if let Err(text) = cell(&stage, row, column, verdict).await {
                wrong.push(text);
            }
        }
    }
    summary("routes", rows.len(), columns.len(), allowed);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[allow(clippy::print_stderr, reason = "how much was tried")]
fn summary(what: &str, rows: usize, columns: usize, allowed: usize) {
    let cells = rows * columns;
    eprintln!(
        "{rows} {what} by {columns} columns: {cells} cells, {allowed} allowed, {} refused",
        cells - allowed
    );
}

async fn cell(stage: &Stage, row: &Row, column: &Column, verdict: Verdict) -> Result<(), String> {
    let mut request = stage.request(row, column).await;
    stage.show(column, &mut request).await;
    let before = stage.state(column).await;
    let answer = stage.answer(request).await;
    let changed = stage.state(column).await != before;
    let place = format!("{} {} {column}: {verdict:?}", row.method, row.path);
    if !is(row, column, verdict, &answer) {
        let (status, to) = (answer.status, answer.header("location"));
        let text: String = answer.text.chars().take(300).collect();
        return Err(format!("{place}, but {status} {to} {text}"));
    }
    let may_change = verdict == Verdict::Allowed && row.changes;
    if changed != may_change {
        return Err(format!("{place}, changed: {changed}"));
    }
    Ok(())
}
