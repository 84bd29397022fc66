//! The API: statuses, codes, conditions.

use serde_json::json;

use super::*;

const COMMANDS: &str = "/api/v1/launches/metakube/commands";

fn rename(title: &str) -> Value {
    json!({ "command": { "rename": { "title": title } } })
}

#[tokio::test]
async fn a_command_is_answered_with_its_events() {
    let site = Site::sample().await;
    let before = site.get("/api/v1/launches/metakube").await;
    let revision = before.json()["revision"].as_u64().unwrap();
    assert_eq!(before.header("etag"), format!("\"{revision}\""));
    let done = site
        .post(COMMANDS, "lena", &[], &rename("MetaKube 1.0"))
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let done = done.json();
    assert_eq!(done["revision"].as_u64(), Some(revision + 1));
    assert_eq!(
        done["records"][0]["event"]["renamed"]["title"],
        "MetaKube 1.0"
    );
    let path = format!("/api/v1/launches/metakube/journal?after={revision}");
    assert_eq!(site.get(&path).await.json()["records"], done["records"]);
}

#[tokio::test]
async fn an_idempotency_key_makes_it_happen_once() {
    let site = Site::sample().await;
    let key = [("idempotency-key", "0190b2a8-7d6e-7c2f-9b9d-6d1c6a1c2e4f")];
    let one = site.post(COMMANDS, "lena", &key, &rename("A")).await;
    let two = site.post(COMMANDS, "lena", &key, &rename("A")).await;
    assert_eq!((one.status, one.text), (two.status, two.text));
    let bad = site
        .post(COMMANDS, "lena", &[("idempotency-key", "x")], &rename("A"))
        .await;
    assert_eq!(
        (bad.status, bad.code().as_str()),
        (StatusCode::BAD_REQUEST, "unreadable")
    );
}

#[tokio::test]
async fn an_idempotency_key_of_something_else_is_refused() {
    let site = Site::sample().await;
    let key = [("idempotency-key", "0190b2a8-7d6e-7c2f-9b9d-6d1c6a1c2e4f")];
    let first = site.post(COMMANDS, "lena", &key, &rename("A")).await;
    assert_eq!(first.status, StatusCode::OK);
    let begin = json!({ "command": { "begin_item": { "item": "price-list" } } });
    for (who, other) in [
        ("lena", begin),
        ("lena", rename("B")),
        ("nils", rename("A")),
    ] {
        let refused = site.post(COMMANDS, who, &key, &other).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "id_used"),
            "{who}: {other}"
        );
    }
    // What came after does not matter to the one that happened.
    site.post(COMMANDS, "nils", &[], &rename("C")).await;
    let again = site.post(COMMANDS, "lena", &key, &rename("A")).await;
    assert_eq!((again.status, again.text), (first.status, first.text));
}

#[tokio::test]
async fn a_moment_beyond_all_plans_is_refused() {
    let site = Site::sample().await;
    for at in [
        "%2B262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "1999-12-31T23:59:59Z",
    ] {
        let path = format!("/api/v1/launches/metakube/assessment?at={at}");
        let refused = site.get(&path).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{at}");
        assert!(refused.text.contains("2000 – 2199"), "{}", refused.text);
        let page = site.get(&format!("/l/metakube?at={at}")).await;
        assert_eq!(page.status, StatusCode::OK, "{at}");
    }
    let far = "+262142-12-31T23:59:59Z";
    for new in [
        json!({ "moment": far }),
        json!({ "date": "+262142-12-31" }),
        json!({ "date": "-262143-01-01" }),
        json!({ "date": "2035-05-12", "start": "+262142-12-31" }),
        json!({ "date": "2035-05-12", "start": "-262143-01-01" }),
    ] {
        for zone in ["Europe/Berlin", "America/New_York"] {
            let mut new = new.clone();
            new["title"] = "Shop".into();
            new["zone"] = zone.into();
            new["template"] = "small".into();
            let refused = site.post("/api/v1/launches", "lena", &[], &new).await;
            assert_eq!(
                (refused.status, refused.code().as_str()),
                (StatusCode::UNPROCESSABLE_ENTITY, "out_of_range"),
                "{new}"
            );
        }
    }
    let later = json!({ "command": { "reschedule": { "moment": far } } });
    assert_eq!(
        site.post(COMMANDS, "lena", &[], &later).await.code(),
        "out_of_range"
    );
}

#[tokio::test]
async fn refusals_have_their_status_and_the_engines_words() {
    let site = Site::sample().await;
    let send = |who: &'static str, command: Value| {
        let body = json!({ "command": command });
        let site = &site;
        async move { site.post(COMMANDS, who, &[], &body).await }
    };
    let item = json!({ "item": "price-list" });
    for (who, command, status, code) in [
        ("", json!({ "begin_item": item }), 401, "nobody_acts"),
        ("bob", json!({ "begin_item": item }), 401, "unknown_person"),
        (
            "nils",
            json!({ "begin_item": { "item": "nothing" } }),
            404,
            "unknown",
        ),
        ("nils", json!({ "untick_item": item }), 422, "not_yet"),
        (
            "nils",
            json!({ "set_member": { "person": site.person("nils"), "approves": true } }),
            403,
            "not_approver",
        ),
        ("nils", json!("record_launch"), 422, "not_ready"),
        (
            "nils",
            json!({ "add_item": { "id": "price-list", "title": "X", "discipline": "sales" } }),
            409,
            "taken",
        ),
        ("nils", json!({ "moon_landing": {} }), 400, "unreadable"),
    ] {
        let refused = send(who, command.clone()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (status, code),
            "{command}"
        );
    }
    let request = Request::post(COMMANDS)
        .header("content-type", "application/json")
        .header("accept-language", "de")
        .body(Body::from(rename("X").to_string()))
        .unwrap();
    let problem = site.read(request).await.json();
    let words = startklar::Refusal::NobodyActs.text(Locale::De, &startklar::People::default());
    assert_eq!(problem["detail"].as_str(), Some(words.as_str()));
}

#[tokio::test]
async fn a_field_that_nobody_knows_is_named_and_nothing_happens() {
    let site = Site::sample().await;
    let before = site.get("/api/v1/launches/metakube").await.json()["revision"].clone();
    let command = json!({"tick_item": {"item": "lead-routing", "evidense": "tried"}});
    for (path, body, field) in [
        (COMMANDS, json!({"command": command}), "tick_item.evidense"),
        (COMMANDS, json!({"command": "open_poll", "sean": 1}), "sean"),
        (
            "/api/v1/launches",
            json!({"title": "M", "zone": "UTC", "tempalte": "small"}),
            "tempalte",
        ),
        (
            "/api/v1/people",
            json!({"name": "A", "handle": "a"}),
            "handle",
        ),
    ] {
        let refused = site.post(path, "lena", &[], &body).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::BAD_REQUEST, "unreadable")
        );
        let detail = refused.json()["detail"].to_string();
        assert!(
            detail.contains(&format!("unknown field `{field}`")),
            "{detail}"
        );
    }
    let asked = site
        .get("/api/v1/launches/metakube/assessment?att=2026-05-01T00:00:00Z")
        .await;
    assert_eq!(asked.status, StatusCode::BAD_REQUEST, "{}", asked.text);
    let after = site.get("/api/v1/launches/metakube").await.json()["revision"].clone();
    assert_eq!(after, before);
}

#[tokio::test]
async fn conditions_are_kept() {
    let site = Site::sample().await;
    let show = site.get("/api/v1/launches/metakube").await;
    let tag = show.header("etag").to_owned();
    let known = Request::get("/api/v1/launches/metakube").header("if-none-match", &tag);
    let known = site.read(known.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (known.status, known.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    let done = site
        .post(COMMANDS, "lena", &[("if-match", &tag)], &rename("A"))
        .await;
    assert_eq!(done.status, StatusCode::OK);
    let stale = site
        .post(COMMANDS, "lena", &[("if-match", &tag)], &rename("B"))
        .await;
    assert_eq!(
        (stale.status, stale.code().as_str()),
        (StatusCode::PRECONDITION_FAILED, "stale")
    );
}

#[tokio::test]
async fn an_edit_that_would_overwrite_shows_both_versions() {
    let site = Site::sample().await;
    let seen = site.get("/api/v1/launches/metakube").await.json()["revision"].clone();
    let edit = |title: &str| json!({ "command": { "rename": { "title": title } }, "seen": seen });
    assert_eq!(
        site.post(COMMANDS, "nils", &[], &edit("Theirs"))
            .await
            .status,
        StatusCode::OK
    );
    let refused = site.post(COMMANDS, "lena", &[], &edit("Mine")).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::CONFLICT, "conflict")
    );
    let problem = refused.json();
    assert_eq!(problem["theirs"]["title"], "Theirs");
    assert_eq!(problem["yours"]["title"], "Mine");
    assert_eq!(problem["who"], "Nils Sommer");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .starts_with("Nils Sommer changed this")
    );
}

#[tokio::test]
async fn a_launch_is_made_from_json_or_from_a_plan() {
    let site = Site::sample().await;
    let new = json!({ "title": "Shop", "date": "2035-05-12", "zone": "Europe/Berlin", "template": "small" });
    let made = site.post("/api/v1/launches", "lena", &[], &new).await;
    assert_eq!(
        (made.status, made.header("location")),
        (StatusCode::CREATED, "/api/v1/launches/shop")
    );
    let plan = "format = 1\n[launch]\nid = \"m\"\ntitle = \"M\"\nstart = 2026-03-02\nweeks = 10\n\
        moment = 2026-05-12T10:00:00+02:00\n[people.lena]\nname = \"Lena\"\n";
    let send = |text: String| {
        let request = Request::post("/api/v1/launches").header("content-type", "application/toml");
        site.read(request.body(text.into()).unwrap())
    };
    assert_eq!(send(plan.to_owned()).await.status, StatusCode::CREATED);
    assert_eq!(send(plan.to_owned()).await.code(), "taken");
    let bad = send(plan.replace("weeks", "weaks")).await;
    assert_eq!(
        (bad.status, bad.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "bad_plan")
    );
    assert!(
        bad.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .any(|e| e["line"] == 6)
    );
    let nowhere = json!({ "title": "Shop", "date": "2035-05-12", "zone": "Europe/Atlantis" });
    let refused = site.post("/api/v1/launches", "lena", &[], &nowhere).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "out_of_range")
    );
    let all = site.get("/api/v1/launches").await.json();
    assert_eq!(all["launches"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn an_assessment_speaks_of_any_moment_in_any_language() {
    let site = Site::sample().await;
    let path = "/api/v1/launches/metakube/assessment";
    let report = site.get(path).await.json();
    assert_eq!(report["verdict"], "no_go");
    let all = site.get("/api/v1/launches").await.json();
    assert_eq!(all["launches"][0]["sentence"], report["sentence"]);
    let past = site
        .get(&format!("{path}?at=2020-01-01T00:00:00Z&locale=de"))
        .await
        .json();
    assert_eq!(
        (past["stage"].as_str(), past["revision"].as_u64()),
        (Some("planned"), Some(1))
    );
    assert!(past["sentence"].as_str().unwrap().starts_with("Geplant."));
    assert_eq!(
        site.get(&format!("{path}?at=yesterday")).await.code(),
        "unreadable"
    );
}

#[tokio::test]
async fn people_are_listed_and_added() {
    let site = Site::empty().await;
    let body = json!({ "name": "Ada Lovelace" });
    let added = site.post("/api/v1/people", "", &[], &body).await;
    assert_eq!(
        (added.status, added.json()["key"].as_str()),
        (StatusCode::CREATED, Some("ada-lovelace"))
    );
    assert_eq!(
        site.get("/api/v1/people").await.json()["people"][0],
        added.json()
    );
    let bad = site
        .post("/api/v1/people", "", &[], &json!({ "name": " " }))
        .await;
    assert_eq!(
        (bad.status, bad.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "bad_person")
    );
}

#[tokio::test]
async fn an_export_comes_in_again_as_the_same_launch() {
    let (site, other) = (Site::sample().await, Site::empty().await);
    let file = site.get("/api/v1/launches/metakube/export").await;
    assert_eq!(file.header("content-type"), "application/toml");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"metakube.toml\""
    );
    let request = Request::post("/api/v1/launches").header("content-type", "application/toml");
    let made = other.read(request.body(file.text.into()).unwrap()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let (one, two) = (
        site.get("/api/v1/launches/metakube/assessment")
            .await
            .json(),
        other
            .get("/api/v1/launches/metakube/assessment")
            .await
            .json(),
    );
    for fact in [
        "sentence", "verdict", "course", "epics", "findings", "moment",
    ] {
        assert_eq!(one[fact], two[fact], "{fact}");
    }
}
