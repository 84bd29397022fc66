//! The policy: set by administrators, read by everybody, adopted by launches.

use serde_json::json;
use startklar::Discipline;

use super::{access::Closed, *};

/// Everything that the policy page sends.
const LEGAL: [(&str, &str); 2] = [("required", "legal"), ("verified", "sales")];

#[tokio::test]
async fn an_administrator_sets_it_and_sees_what_it_would_change_before_applying_it() {
    let closed = Closed::new().await;
    let site = &closed.site;
    closed.as_("katrin").await;
    let done = site.form("/policy", &LEGAL).await;
    assert_eq!(done.header("location"), "/policy", "{}", done.text);
    let page = site.get("/policy").await.text;
    for words in [
        "MetaKube",
        "A second person verifies each blocking item of sales.",
        "would wait for a second person.",
        "wants a second person for sales; requires legal",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let launch = async || site.get("/api/v1/launches/metakube").await.json();
    assert!(
        launch().await["verified"].is_null(),
        "nothing is applied yet"
    );
    let done = site.form("/policy/adopt", &[("launch", "metakube")]).await;
    assert_eq!(done.header("location"), "/policy");
    assert_eq!(launch().await["verified"], json!(["sales"]));
    let page = site.get("/policy").await.text;
    assert!(page.contains("Every launch under way demands all of it already."));
    let journal = site.get("/l/metakube/journal").await.text;
    assert!(journal.contains("asked for a second person on each blocking item of Sales"));
}

#[tokio::test]
async fn members_read_it_and_are_told_whose_it_is() {
    let closed = Closed::new().await;
    let site = &closed.site;
    closed.as_("nils").await;
    let page = site.get("/policy").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("action=\"/policy"), "nothing to send");
    let refused = site.form("/policy", &LEGAL).await;
    assert_eq!(refused.header("location"), "/policy");
    let page = site.get("/policy").await.text;
    let told =
        "set policy and templates, apply the policy to launches. That is for: administrator.";
    assert!(page.contains(told), "{page}");
    let adopt = site.form("/policy/adopt", &[("launch", "none-such")]).await;
    assert_eq!(adopt.header("location"), "/policy");
    let page = site.get("/policy").await.text;
    assert!(
        page.contains(told),
        "it does not say which launches there are"
    );
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_not_overwritten() {
    let site = Site::empty().await;
    let lena = site.app.launches.people().add("Lena Novak").await.unwrap();
    site.form("/who", &[("person", &lena.key)]).await;
    let set = |required: &'static str| [("seen", "0"), ("required", required)];
    let first = site.form("/policy", &set("legal")).await;
    assert_eq!(first.header("location"), "/policy");
    let second = site.form("/policy", &set("finance")).await;
    assert_eq!(second.header("location"), "/policy");
    let page = site.get("/policy").await.text;
    assert!(page.contains("Lena Novak changed this"), "{page}");
    let policy = site.get("/api/v1/policy").await.json();
    assert_eq!(policy["required"], json!(["marketing", "sales", "legal"]));
    let new = json!({"required": ["finance"], "verified": [], "seen": 0});
    let put = |body: &Value| {
        let request = Request::put("/api/v1/policy").header("content-type", "application/json");
        request.body(Body::from(body.to_string())).unwrap()
    };
    let refused = site.read(put(&new)).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::CONFLICT, "conflict".to_owned())
    );
    let seen = json!({"required": ["finance"], "verified": ["legal"], "seen": 1});
    let set = site.read(put(&seen)).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    assert_eq!(set.json()["revision"], 2);
    assert_eq!(
        set.json()["required"],
        json!(["marketing", "sales", "finance"])
    );
}

#[tokio::test]
async fn nobody_sets_it_before_saying_who_they_are() {
    let site = Site::empty().await;
    let refused = site.form("/policy", &LEGAL).await;
    assert_eq!(refused.header("location"), "/who?back=%2Fpolicy");
    assert!(
        site.app
            .launches
            .workspace()
            .await
            .unwrap()
            .policy
            .is_empty()
    );
}

#[tokio::test]
async fn a_product_owner_asks_for_a_second_person_on_the_settings_page() {
    let site = Site::sample().await;
    site.form("/who", &[("person", "lena")]).await;
    let page = site.get("/l/metakube/settings").await.text;
    assert!(page.contains("require_verification") && page.contains("href=\"/policy\""));
    let fields = [
        ("kind", "require_verification"),
        ("discipline", "legal"),
        ("back", "/l/metakube/settings"),
    ];
    let done = site.form("/l/metakube/do", &fields).await;
    assert_eq!(done.header("location"), "/l/metakube/settings");
    let id = "metakube".parse().unwrap();
    let launch = site.app.launches.get(&id).await.unwrap().launch();
    assert_eq!(launch.verified, [Discipline::Legal]);
}
