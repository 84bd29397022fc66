//! What the router really serves. `axum` lists its routes for people who look for faults only: what it
//! prints there is read here. Should it print them differently one day, nothing or something else is
//! found, and the comparison with the table fails.

use std::collections::BTreeSet;

use axum::Router;

const METHODS: [&str; 9] = [
    "get", "head", "delete", "options", "patch", "post", "put", "trace", "connect",
];

/// Every method with every path pattern, such as `POST /l/{id}/do`.
pub(super) fn served(router: &Router) -> BTreeSet<String> {
    let printed = format!("{router:?}");
    // What answers everything else comes after it.
    let (routes, _) = printed.split_once(", fallback_router:").unwrap();
    let (handlers, paths) = routes.split_once(", node:").unwrap();
    let mut found = BTreeSet::new();
    for (id, path) in paths.split("RouteId(").skip(1).map(numbered) {
        let path = path.split('"').nth(1).unwrap();
        let handler = handlers.split(&format!("RouteId({id}): ")).nth(1).unwrap();
        let handler = handler.split("RouteId(").next().unwrap();
        for method in METHODS {
            if !handler.contains(&format!("{method}: None")) {
                found.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    found
}

/// The number at the beginning of a text, and the rest.
fn numbered(text: &str) -> (&str, &str) {
    text.split_once(')').unwrap()
}
