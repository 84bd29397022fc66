//! The description of the API and the API itself say the same.

use super::*;

/// Every path with every method that the description names.
fn described(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| (method.to_uppercase(), path.clone()))
    });
    operations.collect()
}

#[tokio::test]
async fn every_described_operation_answers() {
    let site = Site::sample().await;
    let document = site.get("/api/v1/openapi.json").await.json();
    let operations = described(&document);
    // A file that can be asked for.
    site.form("/who", &[("person", "nils")]).await;
    let sum = store::sum(b"{}");
    let file = format!("items/price-list/files/{sum}");
    let put = Request::put(format!("/api/v1/launches/metakube/{file}?name=a.txt"));
    let put = site.read(put.body(Body::from("{}")).unwrap()).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    for (method, path) in &operations {
        let request = Request::builder()
            .method(method.as_str())
            .uri(
                path.replace("{id}", "metakube")
                    .replace("items/{item}/files/{sha256}", &file),
            )
            .header("content-type", "application/json");
        let response = site.ask(request.body(Body::from("{}")).unwrap()).await;
        let status = response.status();
        assert!(status != StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert!(status != StatusCode::NOT_FOUND, "{method} {path}");
        assert!(!status.is_server_error(), "{method} {path}: {status}");
    }
}

#[tokio::test]
async fn every_operation_is_described() {
    let site = Site::empty().await;
    let document = site.get("/api/v1/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["title"], "Startklar", "not of a crate");
    let found: Vec<String> = described(&document)
        .into_iter()
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    let expected = [
        "GET /api/v1/launches",
        "POST /api/v1/launches",
        "GET /api/v1/launches/{id}",
        "GET /api/v1/launches/{id}/assessment",
        "POST /api/v1/launches/{id}/commands",
        "GET /api/v1/launches/{id}/events",
        "GET /api/v1/launches/{id}/export",
        "GET /api/v1/launches/{id}/items/{item}/files/{sha256}",
        "PUT /api/v1/launches/{id}/items/{item}/files/{sha256}",
        "GET /api/v1/launches/{id}/journal",
        "GET /api/v1/people",
        "POST /api/v1/people",
        "GET /api/v1/policy",
        "PUT /api/v1/policy",
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn every_object_that_is_named_is_described() {
    let site = Site::empty().await;
    let text = site.get("/api/v1/openapi.json").await.text;
    let document: Value = serde_json::from_str(&text).unwrap();
    for name in text.split("#/components/schemas/").skip(1) {
        let name = name.split('"').next().unwrap();
        assert!(
            document["components"]["schemas"][name].is_object(),
            "{name}"
        );
    }
}
