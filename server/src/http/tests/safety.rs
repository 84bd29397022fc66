//! What every answer has, and what is turned away.

use super::*;

#[tokio::test]
async fn every_answer_has_the_headers_of_safety_and_an_id() {
    let site = Site::empty().await;
    for path in [
        "/",
        "/nothing",
        "/healthz",
        "/metrics",
        "/api/v1/people",
        "/pkg/nothing",
    ] {
        let answer = site.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
    }
    let request = Request::get("/healthz")
        .header("x-request-id", "trace-1")
        .body(Body::empty());
    assert_eq!(
        site.read(request.unwrap()).await.header("x-request-id"),
        "trace-1"
    );
    let request = Request::get("/healthz")
        .header("x-request-id", "a b")
        .body(Body::empty());
    assert_ne!(
        site.read(request.unwrap()).await.header("x-request-id"),
        "a b"
    );
}

#[tokio::test]
async fn other_names_and_other_sites_are_turned_away() {
    let site = Site::empty().await;
    let rebound = Request::get("/")
        .header("host", "evil.example")
        .body(Body::empty())
        .unwrap();
    let answer = site.read(rebound).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::MISDIRECTED_REQUEST, "foreign_host")
    );
    let forged = Request::post("/sample").header("sec-fetch-site", "cross-site");
    let answer = site.read(forged.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::FORBIDDEN, "foreign_site")
    );
    assert!(site.app.launches.is_empty());
}

#[tokio::test]
async fn what_is_too_large_is_turned_away() {
    let site = Site::sample().await;
    let large = "x".repeat(9 << 20);
    let form = site.form("/choose", &[("back", &large)]).await;
    assert_eq!(
        (form.status, form.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    );
    let body = serde_json::json!({ "name": large });
    let json = site.post("/api/v1/people", "", &[], &body).await;
    assert_eq!(
        (json.status, json.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    );
    let import = site.form("/import", &[("plan", &large)]).await;
    assert_eq!(import.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_wrong_method_or_type_is_named() {
    let site = Site::sample().await;
    let put = Request::put("/api/v1/people").header("content-type", "application/json");
    let answer = site.read(put.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, "method")
    );
    let toml = Request::post("/api/v1/people").header("content-type", "application/toml");
    let answer = site.read(toml.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type")
    );
}

#[tokio::test]
async fn the_operators_questions_are_answered() {
    let site = Site::sample().await;
    site.get("/l/metakube").await;
    assert_eq!(site.get("/healthz").await.text, "ok");
    assert_eq!(site.get("/readyz").await.text, "ok");
    let metrics = site.get("/metrics").await.text;
    for line in [
        "startklar_http_requests_total{method=\"GET\",route=\"/l/{id}\",status=\"200\"} 1",
        "startklar_launches_in_memory 1",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    site.app.launches.store().close().await;
    assert_eq!(
        site.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    let body = serde_json::json!({ "command": { "rename": { "title": "X" } } });
    let late = site
        .post("/api/v1/launches/metakube/commands", "lena", &[], &body)
        .await;
    assert_eq!(
        (late.status, late.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "1")
    );
}
