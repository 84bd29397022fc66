//! The cockpit of the sample, asked for by eight connections as fast as it comes.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use startklar_tests::Product;
use tokio::task::JoinSet;

use super::{
    SAMPLE,
    figures::{Durations, Table},
    together,
    wire::{Connection, get},
};

const CONNECTIONS: usize = 8;
const WARM_UP: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(8);

pub(crate) fn measure(table: &mut Table) {
    let product = Product::demo();
    let path = format!("/l/{SAMPLE}");
    let plain = get(&path, "");
    together(run(product.base(), &plain, WARM_UP));
    let (took, bytes) = together(run(product.base(), &plain, LONG));
    let rate = took.per_second(LONG);
    table.note(
        &format!("cockpit page, {CONNECTIONS} connections"),
        "2,000 pages/s, p99 < 15 ms",
        format!("{rate:.0} pages/s, {took}, {bytes} bytes"),
        rate >= 2_000.0 && took.percentile(99) < 15.0,
    );
    for encoding in ["gzip", "br"] {
        let request = get(&path, &format!("Accept-Encoding: {encoding}\r\n"));
        let (took, bytes) = together(run(product.base(), &request, LONG / 2));
        let rate = took.per_second(LONG / 2);
        table.tell(
            &format!("the same, compressed ({encoding})"),
            format!("{rate:.0} pages/s, {took}, {bytes} bytes"),
        );
    }
}

/// Asks for so long; says how long each took and how large the last one was.
async fn run(base: &str, request: &[u8], long: Duration) -> (Durations, usize) {
    let all = Rc::new(RefCell::new((Vec::new(), 0)));
    let end = Instant::now() + long;
    let mut readers = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (base, request, all) = (base.to_owned(), request.to_owned(), Rc::clone(&all));
        readers.spawn_local(async move {
            let mut connection = Connection::open(&base).await;
            while Instant::now() < end {
                let began = Instant::now();
                let answer = connection.exchange(&request).await;
                assert_eq!(answer.status, 200);
                let mut all = all.borrow_mut();
                all.0.push(began.elapsed());
                all.1 = answer.body.len();
            }
        });
    }
    readers.join_all().await;
    let (took, bytes) = std::mem::take(&mut *all.borrow_mut());
    (Durations::new(took), bytes)
}
