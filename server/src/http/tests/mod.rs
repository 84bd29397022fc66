//! The adapters, asked without a socket; and one server on a socket, to see it stop.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panic")]

mod access;
mod api;
mod decision;
mod description;
mod elsewhere;
mod factor;
mod files;
mod follow;
mod forms;
mod mail;
mod matrix;
mod mentions;
mod notices;
mod offers;
mod pages;
mod passkeys;
mod policy;
mod safety;
mod silent;
mod stopping;
mod streams;
mod templates;
mod windows;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt as _;
use serde_json::Value;
use startklar::{Locale, PersonId};
use startklar_app::assets::Embedded;
use tower::ServiceExt as _;

use super::{App, Reach, router};
use crate::{
    accounts::Accounts,
    launches::{Launches, Sharing},
    metrics::Metrics,
    store,
};

/// A server with the sample, and a browser that keeps cookies.
struct Site {
    app: App,
    router: Router,
    cookies: std::sync::Mutex<std::collections::BTreeMap<String, String>>,
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }

    fn code(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text
        );
        let problem = self.json();
        assert_eq!(
            problem["status"].as_u64(),
            Some(u64::from(self.status.as_u16()))
        );
        problem["code"].as_str().unwrap().to_owned()
    }
}

impl Site {
    async fn empty() -> Self {
        let store = store::open("sqlite::memory:").await.unwrap();
        let metrics = Arc::new(Metrics::new().unwrap());
        let accounts = Accounts::open(Arc::clone(&store)).await.unwrap();
        let launches = Launches::open(store, Sharing::Alone, Arc::clone(&metrics))
            .await
            .unwrap();
        let app = App::new(
            launches,
            accounts,
            metrics,
            Reach::default(),
            false,
            Embedded::NOTHING,
        );
        Self {
            router: router(&app),
            app,
            cookies: std::sync::Mutex::default(),
        }
    }

    async fn sample() -> Self {
        let site = Self::empty().await;
        site.app
            .launches
            .sample(Locale::En, site.app.now())
            .await
            .unwrap();
        site
    }

    fn person(&self, handle: &str) -> PersonId {
        self.app.launches.people().find(handle).unwrap()
    }

    /// The day at the sample's place, which is not always UTC's.
    fn today(&self) -> chrono::NaiveDate {
        let now = self.app.now();
        let day = now.date_naive();
        startklar::zones::zone("Europe/Berlin", day, day)
            .unwrap()
            .day(now)
    }

    /// An answer as it comes, cookies kept.
    async fn ask(&self, mut request: Request<Body>) -> Response {
        let headers = request.headers_mut();
        headers
            .entry(header::HOST)
            .or_insert("localhost:3000".parse().unwrap());
        let cookies: Vec<String> = {
            let jar = self.cookies.lock().unwrap();
            jar.iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        };
        headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let mut jar = self.cookies.lock().unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        drop(jar);
        response
    }

    async fn read(&self, request: Request<Body>) -> Answer {
        let response = self.ask(request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer {
            status,
            headers,
            text: String::from_utf8(bytes.into()).unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.read(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form of one of our pages.
    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", startklar_app::address::encode(value)))
            .collect();
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.read(request.body(body.join("&").into()).unwrap())
            .await
    }

    /// Sends JSON, as somebody.
    async fn post(&self, path: &str, who: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut request = Request::post(path).header("content-type", "application/json");
        if !who.is_empty() {
            request = request.header("startklar-person", who);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.read(request.body(body.to_string().into()).unwrap())
            .await
    }
}
