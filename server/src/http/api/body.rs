//! Bodies of requests, read so that what is wrong with them becomes a problem document.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use serde::de::DeserializeOwned;

use super::super::{App, forms, problem::Problem, reader};

/// A JSON body.
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let locale = reader::locale(request.headers());
        let kind = forms::kind(request.headers());
        if kind != "application/json" {
            return Err(Problem::media_type(locale, "application/json"));
        }
        let Typed { body, .. } = Typed::from_request(request, app).await?;
        let read = serde_json::from_slice(&body);
        read.map(Self)
            .map_err(|error| Problem::unreadable(locale, &error))
    }
}

/// A body and its content type.
pub(super) struct Typed {
    pub(super) kind: String,
    pub(super) body: Bytes,
}

impl FromRequest<App> for Typed {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let locale = reader::locale(request.headers());
        let kind = forms::kind(request.headers());
        match Bytes::from_request(request, app).await {
            Ok(body) => Ok(Self { kind, body }),
            Err(error) => Err(Problem::body(locale, error.status(), &error)),
        }
    }
}
