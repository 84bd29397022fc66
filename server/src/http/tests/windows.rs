//! Release windows and freezes: set for all launches or for one, adopted, and a moment that is moved out
//! of them or allowed all the same.

use serde_json::json;

use super::{access::Closed, *};

/// Ready but for what comes: its moment is a Tuesday.
const READY: &str = r#"format = 1
[launch]
id = "ready"
title = "Ready"
start = 2026-03-02
weeks = 10
moment = 2028-05-16T10:00:00Z
[people.lena]
name = "Lena Novak"
[[epics]]
id = "one"
title = "One"
in_scope = true
accepted = { by = "lena", at = 2026-03-03T10:00:00Z }
[[epics.stories]]
id = "a"
title = "A"
done = 2026-03-03T09:00:00Z
[[items]]
id = "s"
title = "S"
discipline = "sales"
blocking = true
ticked = { by = "lena", at = 2026-03-04T10:00:00Z }
[[items]]
id = "m"
title = "M"
discipline = "marketing"
blocking = true
ticked = { by = "lena", at = 2026-03-04T10:00:00Z }
"#;

/// The row of a freeze, and empty ones as the page sends them.
const FAIR: [(&str, &str); 9] = [
    ("window_from", ""),
    ("window_to", ""),
    ("freeze_title", "Fair"),
    ("freeze_first", "2028-05-14"),
    ("freeze_last", "2028-05-18"),
    ("freeze_title", ""),
    ("freeze_first", ""),
    ("freeze_last", ""),
    ("seen", "0"),
];

async fn ready() -> Site {
    let site = Site::empty().await;
    let lena = site.app.launches.people().add("Lena Novak").await.unwrap();
    site.form("/who", &[("person", &lena.key)]).await;
    let request = Request::post("/api/v1/launches")
        .header("content-type", "application/toml")
        .header("startklar-person", &lena.key);
    let made = site.read(request.body(READY.into()).unwrap()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    site
}

impl Site {
    async fn verdict(&self) -> String {
        let assessment = self.get("/api/v1/launches/ready/assessment").await.json();
        assessment["verdict"].as_str().unwrap().to_owned()
    }
}

fn put(body: &Value) -> Request<Body> {
    let request = Request::put("/api/v1/policy").header("content-type", "application/json");
    request.body(Body::from(body.to_string())).unwrap()
}

#[tokio::test]
async fn a_freeze_of_the_policy_stops_a_launch_that_adopts_it_until_its_moment_moves() {
    let site = ready().await;
    assert_eq!(site.verdict().await, "go");
    let set = site.form("/policy", &FAIR).await;
    assert_eq!(set.header("location"), "/policy", "{}", set.text);
    let page = site.get("/policy").await.text;
    for words in [
        "value=\"Fair\"",
        "changes the freezes",
        "Takes over release windows and freezes.",
        "Its launch moment, Tue 16 May 2028, 10:00, would lie in the freeze “Fair”.",
        "Blockers: 0 now, 1 then.",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(site.verdict().await, "go", "nothing is applied yet");
    site.form("/policy/adopt", &[("launch", "ready")]).await;
    assert_eq!(site.verdict().await, "no_go");
    for path in ["/l/ready", "/l/ready/calendar"] {
        let page = site.get(path).await.text;
        assert!(page.contains("freeze"), "{path}: {page}");
    }
    let calendar = site.get("/l/ready/calendar").await.text;
    for words in [
        "lies in the freeze “Fair”, which lasts through Thu 18 May 2028. It may happen again from \
         Fri 19 May 2028, 00:00.",
        "value=\"except_moment\"",
    ] {
        assert!(calendar.contains(words), "{words} in {calendar}");
    }
    let journal = site.get("/l/ready/journal").await.text;
    assert!(journal.contains("set release windows and freezes of the launch"));
    let moved = [
        ("kind", "reschedule"),
        ("date", "2028-05-19"),
        ("time", "10:00"),
    ];
    site.form("/l/ready/do", &moved).await;
    assert_eq!(site.verdict().await, "go");
    let calendar = site.get("/l/ready/calendar").await.text;
    assert!(calendar.contains("It may be launched at that moment."));
}

#[tokio::test]
async fn a_decider_allows_a_moment_in_a_freeze_and_that_is_said() {
    let site = ready().await;
    site.form("/policy", &FAIR).await;
    site.form("/policy/adopt", &[("launch", "ready")]).await;
    let except = [
        ("kind", "except_moment"),
        ("reason", "The customer waits."),
        ("back", "/l/ready/calendar"),
    ];
    let done = site.form("/l/ready/do", &except).await;
    assert_eq!(done.header("location"), "/l/ready/calendar");
    assert_eq!(site.verdict().await, "go");
    let calendar = site.get("/l/ready/calendar").await.text;
    assert!(calendar.contains("Lena Novak allowed it on"), "{calendar}");
    assert!(calendar.contains("The customer waits."));
    assert!(!calendar.contains("value=\"except_moment\""));
    let again = site.form("/l/ready/do", &except).await;
    assert_eq!(again.header("location"), "/l/ready/calendar");
    let page = site.get("/l/ready/calendar").await.text;
    assert!(
        page.contains("“Ready” is already allowed at its moment"),
        "{page}"
    );
    let export = site.get("/api/v1/launches/ready/export").await.text;
    assert!(export.contains("[[freezes]]") && export.contains("[excepted]"));
}

#[tokio::test]
async fn windows_of_one_launch_are_set_on_its_settings() {
    let site = ready().await;
    let set = [
        ("kind", "set_windows"),
        ("window_from", "09:00"),
        ("window_to", "16:00"),
        ("window_day", "wed"),
        ("window_day", "thu"),
        ("back", "/l/ready/settings"),
    ];
    let done = site.form("/l/ready/do", &set).await;
    assert_eq!(done.header("location"), "/l/ready/settings");
    assert_eq!(site.verdict().await, "no_go");
    let page = site.get("/l/ready/settings").await.text;
    assert!(
        page.contains("name=\"window_from\" value=\"09:00\""),
        "{page}"
    );
    let calendar = site.get("/l/ready/calendar").await.text;
    assert!(calendar.contains("Window: Wed, Thu 09:00–16:00"));
    assert!(calendar.contains("It may happen again from Wed 17 May 2028, 09:00."));
}

#[tokio::test]
async fn wrong_rows_are_said_with_what_was_written() {
    let site = ready().await;
    let wrong = [
        ("freeze_title", "Fair"),
        ("freeze_first", "2028-05-14"),
        ("freeze_last", "2028-05-13"),
    ];
    let refused = site.form("/policy", &wrong).await;
    assert_eq!(refused.header("location"), "/policy");
    let page = site.get("/policy").await.text;
    for words in [
        "Last day: “2028-05-13” is not allowed. Allowed: a day from 2028-05-14 to 2029-05-14.",
        "Title: “Fair”",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let policy = site.get("/api/v1/policy").await.json();
    assert_eq!(policy["freezes"], json!([]));
}

#[tokio::test]
async fn programs_set_windows_and_freezes_and_leave_them_by_silence() {
    let site = ready().await;
    let windows = json!([{"days": ["wed"], "from": "22:00", "to": "02:00"}]);
    let freezes = json!([{"title": "Fair", "first": "2028-05-14", "last": "2028-05-18"}]);
    let all = json!({"required": [], "verified": [], "windows": windows, "freezes": freezes});
    let set = site.read(put(&all)).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    let policy = set.json();
    assert_eq!(policy["windows"], windows);
    assert_eq!(policy["freezes"], freezes);
    let affected = &policy["affected"][0];
    assert_eq!(affected["id"], "ready");
    assert_eq!(
        (&affected["windows"], &affected["outside"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(affected["frozen"], "Fair");
    let silent = site
        .read(put(&json!({"required": ["legal"], "verified": []})))
        .await;
    assert_eq!(silent.json()["windows"], windows);
    let none = json!({"required": [], "verified": [], "windows": [], "freezes": []});
    assert_eq!(site.read(put(&none)).await.json()["windows"], json!([]));
    for (field, wrong) in [
        (
            "windows",
            json!([{"days": [], "from": "09:00", "to": "10:00"}]),
        ),
        (
            "windows",
            json!([{"days": ["mon"], "from": "9", "to": "10:00"}]),
        ),
        (
            "freezes",
            json!([{"title": "F", "first": "2028-05-02", "last": "2028-05-01"}]),
        ),
    ] {
        let refused = site
            .read(put(&json!({"required": [], "verified": [], field: wrong})))
            .await;
        let found = (refused.status, refused.code());
        assert_eq!(
            found,
            (StatusCode::BAD_REQUEST, "unreadable".to_owned()),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn two_launches_on_one_day_are_said_on_the_calendar_of_each() {
    let site = ready().await;
    let other = READY
        .replace("id = \"ready\"", "id = \"other\"")
        .replace("title = \"Ready\"", "title = \"Other\"")
        .replace("T10:00:00Z\n[people", "T18:00:00Z\n[people");
    let request = Request::post("/api/v1/launches")
        .header("content-type", "application/toml")
        .header("startklar-person", "lena");
    let made = site.read(request.body(other.into()).unwrap()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let calendar = site.get("/l/ready/calendar").await.text;
    assert!(calendar.contains("On the same day: Other."), "{calendar}");
    assert!(calendar.contains("Another launch") && calendar.contains("18:00"));
    let moved = [
        ("kind", "reschedule"),
        ("date", "2028-05-17"),
        ("time", "10:00"),
    ];
    site.form("/l/ready/do", &moved).await;
    let calendar = site.get("/l/ready/calendar").await.text;
    assert!(!calendar.contains("On the same day"));
    assert!(
        calendar.contains("Another launch"),
        "it is near all the same"
    );
}

#[tokio::test]
async fn a_decider_sees_the_form_that_others_do_not() {
    let closed = Closed::new().await;
    let site = &closed.site;
    closed.as_("katrin").await;
    let launch = site.get("/api/v1/launches/metakube").await.json();
    let day: String = launch["schedule"]["moment"]
        .as_str()
        .unwrap()
        .chars()
        .take(10)
        .collect();
    let freeze = [
        ("freeze_title", "Fair"),
        ("freeze_first", &day),
        ("freeze_last", &day),
    ];
    site.form("/policy", &freeze).await;
    let done = site.form("/policy/adopt", &[("launch", "metakube")]).await;
    assert_eq!(done.header("location"), "/policy");
    let form = "value=\"except_moment\"";
    let page = site.get("/l/metakube/calendar").await.text;
    assert!(page.contains(form), "{page}");
    closed.as_("nils").await;
    let page = site.get("/l/metakube/calendar").await.text;
    assert!(
        page.contains("Fair") && !page.contains(form),
        "he decides nothing"
    );
}
