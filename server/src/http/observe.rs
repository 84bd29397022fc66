//! Around every request: an id that goes through, a line in the log, counts, headers of safety, and
//! an end after some time.

use std::time::{Duration, Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument as _;
use uuid::Uuid;

use super::{App, guard, problem::Problem, reader};
use crate::texts;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest that an answer may take to begin. A live stream begins at once.
const LONGEST: Duration = Duration::from_secs(30);

/// The same for a file that comes in: its sender's line may be slow.
const LONGEST_FOR_A_FILE: Duration = Duration::from_mins(2);

/// From here on an answer is slow enough to be named in the log.
const SLOW: Duration = Duration::from_secs(1);

/// The outermost layer.
pub(super) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let locale = reader::locale(request.headers());
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    let mut response = async {
        let reads = matches!(method, Method::GET | Method::HEAD);
        let longest = if route.contains("/files") && !reads {
            LONGEST_FOR_A_FILE
        } else {
            LONGEST
        };
        let answer = tokio::time::timeout(longest, answer(&app, reads, request, next)).await;
        let response = answer.unwrap_or_else(|_| {
            let detail = texts::of(locale).too_slow;
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too_slow", detail).into_response()
        });
        let (status, took) = (response.status(), began.elapsed());
        let millis = took.as_secs_f64() * 1e3;
        if status.is_server_error() || took > SLOW {
            tracing::warn!(%method, route, status = status.as_u16(), millis, "http.request");
        } else {
            tracing::debug!(%method, route, status = status.as_u16(), millis, "http.request");
        }
        app.metrics
            .request(method.as_str(), route, status.as_u16(), took);
        response
    }
    .instrument(span)
    .await;
    guard::secure(&app.reach, response.headers_mut());
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// What the rest answers. What changes something is brought to its end also when whoever asked has hung up, or
/// has waited long enough: some of it takes several steps.
async fn answer(app: &App, reads: bool, request: Request, next: Next) -> Response {
    if reads {
        return next.run(request).await;
    }
    let changing = next.run(request).in_current_span();
    app.changes.spawn(changing).await.unwrap_or_else(|error| {
        tracing::error!(%error, "http.change_cut_off");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })
}

/// The id that came along, if it is one, or a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let sent = headers
        .get(REQUEST_ID)
        .filter(|id| (1..=64).contains(&id.len()) && id.as_bytes().iter().all(plain));
    sent.cloned().unwrap_or_else(|| {
        let id = Uuid::now_v7().simple().to_string();
        HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("none"))
    })
}

/// The answer where a handler panicked.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    // What it said stands in the log already: the panic hook wrote it.
    Problem::broken(startklar::Locale::En).into_response()
}
