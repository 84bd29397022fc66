//! Everything essential works without JavaScript.

use super::*;

#[tokio::test]
async fn a_tick_without_javascript_goes_back_and_says_so() {
    let site = Site::sample().await;
    let fields = [
        ("kind", "begin_item"),
        ("item", "price-list"),
        ("back", "/l/metakube/checklists?mine=1"),
    ];
    let nobody = site.form("/l/metakube/do", &fields).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    assert_eq!(
        nobody.header("location"),
        "/who?back=%2Fl%2Fmetakube%2Fchecklists%3Fmine%3D1"
    );
    let me = site
        .form("/who", &[("person", "nils"), ("back", "/l/metakube")])
        .await;
    assert_eq!(me.header("location"), "/l/metakube");
    let tick = [
        ("kind", "untick_item"),
        ("item", "price-list"),
        ("back", "/l/metakube/plan"),
    ];
    let refused = site.form("/l/metakube/do", &tick).await;
    assert_eq!(refused.header("location"), "/l/metakube/plan");
    let page = site.get("/l/metakube/plan").await;
    assert!(page.text.contains("notice notice--refused"), "says why");
    let page = site.get("/l/metakube/plan").await;
    assert!(
        !page.text.contains("notice notice--refused"),
        "says it once"
    );
    let rename = [
        ("kind", "rename"),
        ("title", "MetaKube 1.0"),
        ("back", "//evil.example"),
    ];
    let done = site.form("/l/metakube/do", &rename).await;
    assert_eq!(done.header("location"), "/l/metakube");
    assert!(site.get("/l/metakube").await.text.contains("MetaKube 1.0"));
}

#[tokio::test]
async fn what_a_form_cannot_hold_is_said_in_the_readers_language_and_nothing_is_lost() {
    let site = Site::sample().await;
    site.form("/choose", &[("locale", "de")]).await;
    site.form("/who", &[("person", "nils")]).await;
    let item = [
        ("kind", "add_item"),
        ("title", "Preisliste <drucken>"),
        ("discipline", "sales"),
        ("lead_days", "zehn"),
    ];
    let sent = site.form("/l/metakube/do", &item).await;
    let page = site.get(sent.header("location")).await;
    for words in [
        "Vorlauf in Tagen: „zehn“ ist nicht erlaubt. Erlaubt: eine ganze Zahl von 0 bis 730.",
        "Titel: „Preisliste &lt;drucken&gt;“",
    ] {
        assert!(page.text.contains(words), "{words}");
    }
    assert!(!page.text.contains("lead_days:"), "no raw name");
}

#[tokio::test]
async fn of_a_split_that_is_refused_every_part_comes_back() {
    let site = Site::sample().await;
    site.form("/who", &[("person", "nils")]).await;
    let split = [
        ("kind", "split_story"),
        ("story", "nobody-knows"),
        ("title", "Less"),
        ("points", "2"),
        ("part_title", "First"),
        ("part_points", "3"),
        ("part_title", "Second"),
        ("part_points", "5"),
        ("part_title", ""),
        ("part_points", ""),
    ];
    let sent = site.form("/l/metakube/do", &split).await;
    let page = site.get(sent.header("location")).await;
    for words in ["Title: “First”, “Second”", "Points: “3”, “5”"] {
        assert!(page.text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn somebody_new_comes_into_the_directory_and_may_leave_again() {
    let site = Site::empty().await;
    site.form("/who", &[("name", "Ada Lovelace")]).await;
    assert_eq!(
        site.cookies.lock().unwrap()["me"],
        site.person("ada-lovelace").to_string()
    );
    site.form("/who", &[("back", "/")]).await;
    assert!(!site.cookies.lock().unwrap().contains_key("me"));
    let unknown = site
        .form("/who", &[("person", "bob"), ("back", "/week")])
        .await;
    assert_eq!(unknown.header("location"), "/who?back=%2Fweek");
}

#[tokio::test]
async fn three_questions_make_a_launch() {
    let site = Site::empty().await;
    let fields = [
        ("title", "Shop"),
        ("date", "2035-05-12"),
        ("time", "10:00"),
        ("zone", "Europe/Berlin"),
        ("tier", "small"),
    ];
    let nobody = site.form("/new", &fields).await;
    assert!(
        nobody
            .header("location")
            .starts_with("/who?back=%2Fnew%3Ftitle%3DShop")
    );
    site.form("/who", &[("name", "Ada Lovelace")]).await;
    assert_eq!(
        site.form("/new", &fields).await.header("location"),
        "/l/shop"
    );
    let launch = site.get("/api/v1/launches/shop").await.json();
    assert_eq!(launch["schedule"]["moment"], "2035-05-12T08:00:00Z");
    assert_eq!(launch["items"].as_array().unwrap().len(), 41);
    let without = site.form("/new", &[("title", "No date")]).await;
    assert_eq!(without.header("location"), "/new?title=No+date");
}

#[tokio::test]
async fn the_sample_asks_who_its_reader_wants_to_be_and_goes_when_asked() {
    let site = Site::empty().await;
    assert_eq!(
        site.form("/sample", &[]).await.header("location"),
        "/who?back=%2Fl%2Fmetakube"
    );
    assert!(!site.cookies.lock().unwrap().contains_key("me"));
    let who = site.get("/who?back=%2Fl%2Fmetakube").await.text;
    assert!(
        who.contains("Lena Novak") && who.contains("href=\"/l/metakube\""),
        "a name, or none: {who}"
    );
    site.form("/who", &[("person", "lena")]).await;
    assert_eq!(
        site.form("/sample", &[]).await.header("location"),
        "/l/metakube"
    );
    let story = site.form("/sample", &[("show", "weeks")]).await;
    assert_eq!(story.header("location"), "/l/metakube/weeks?week=1");
    assert_eq!(
        site.form("/l/metakube/discard", &[])
            .await
            .header("location"),
        "/"
    );
    assert_eq!(site.get("/l/metakube").await.status, StatusCode::NOT_FOUND);
    let gone = site.form("/l/metakube/discard", &[]).await;
    assert_eq!(gone.header("location"), "/l/metakube/settings");
}

const PLAN: &str = "format = 1\n[launch]\nid = \"m\"\ntitle = \"M\"\nstart = 2026-03-02\nweeks = 10\n\
    moment = 2026-05-12T10:00:00+02:00\n[people.lena]\nname = \"Lena Novak\"\n";

#[tokio::test]
async fn a_plan_comes_in_pasted_or_as_a_file() {
    let site = Site::empty().await;
    let done = site
        .form("/import", &[("back", "/new"), ("plan", PLAN)])
        .await;
    assert_eq!(done.header("location"), "/l/m");
    let bad = site
        .form("/import", &[("plan", &PLAN.replace("weeks", "weaks"))])
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let row = "<td data-label=\"Line\">6</td><td data-label=\"Column\">1</td><td class=\"item\"><code>launch.weaks";
    assert!(bad.text.contains(row), "says where: {}", bad.text);
    assert!(
        bad.text.contains("Did you mean “weeks”?"),
        "and what to write"
    );
    let hurt = PLAN.replace("2026-03-02", "\"</textarea><script>\"");
    let bad = site.form("/import", &[("plan", &hurt)]).await;
    assert!(!bad.text.contains("</textarea><script>"), "escaped");
    assert!(
        bad.text
            .contains("start = &quot;&lt;/textarea&gt;&lt;script&gt;&quot;"),
        "what was pasted stands in the box"
    );
    let both = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.toml\"\r\n\r\n\
                file of mine\r\n--X\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\
                pasted by me\r\n--X--\r\n";
    let request = Request::post("/import")
        .header("content-type", "multipart/form-data; boundary=X")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(both));
    let twice = site.read(request.unwrap()).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        twice.text.contains("\npasted by me</textarea>") && !twice.text.contains("file of mine"),
        "what was pasted is not lost: {}",
        twice.text
    );
    let file = format!(
        "--X\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--X\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"p.toml\"\r\nContent-Type: application/toml\r\n\r\n{}\r\n--X--\r\n",
        PLAN.replace("\"m\"", "\"n\"")
    );
    let request = Request::post("/import")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=X");
    let done = site.read(request.body(file.into()).unwrap()).await;
    assert_eq!(done.header("location"), "/l/n", "{}", done.text);
}

#[tokio::test]
async fn a_file_comes_before_the_text_of_an_earlier_try_but_not_before_what_was_written_since() {
    let site = Site::empty().await;
    let wrong = PLAN.replace("weeks", "weaks");
    let bad = site.form("/import", &[("text", &wrong)]).await;
    let (_, rest) = bad.text.split_once("name=\"kept\" value=\"").unwrap();
    let (kept, _) = rest.split_once('"').unwrap();
    let send = async |text: String, file: &str| {
        let lines = text.replace('\n', "\r\n");
        let parts = [("text", &*lines), ("kept", kept), ("file", file)];
        let body: String = parts
            .map(|(name, value)| {
                format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            })
            .concat();
        let request = Request::post("/import")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=X");
        let body = Body::from(format!("{body}--X--\r\n"));
        site.read(request.body(body).unwrap()).await
    };
    let again = send(wrong.clone(), "").await;
    assert!(again.text.contains("Did you mean “weeks”?"));
    let mended = send(format!("# mended\n{wrong}"), PLAN).await;
    assert!(mended.text.contains("# mended"), "not lost");
    assert_eq!(send(wrong, PLAN).await.header("location"), "/l/m");
}

#[tokio::test]
async fn a_form_to_no_launch_leads_to_the_missing_page() {
    let site = Site::sample().await;
    for path in ["/l/%0d%0aX/do", "/l/%00/discard", "/l/%C3%A4%22%20/do"] {
        let sent = site.form(path, &[("kind", "begin_item")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{path}");
        let page = site.get(sent.header("location")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}
