//! Every page has an address, a status and the right state.

use super::*;

#[tokio::test]
async fn every_page_answers() {
    let site = Site::sample().await;
    for path in [
        "/",
        "/new",
        "/week",
        "/who",
        "/who?back=/week",
        "/trust",
        "/l/metakube",
        "/l/metakube/forecast",
        "/l/metakube/forecast?move=14&without=login&begin=price-list&help-sales=2&move=x&without=%00",
        "/l/metakube/scope?line=3",
        "/l/metakube/plan",
        "/l/metakube/checklists",
        "/l/metakube/checklists?discipline=sales,marketing&open=1&q=price",
        "/l/metakube/checklists?others=1&open=1",
        "/l/metakube/decision",
        "/l/metakube/notices",
        "/l/metakube/calendar",
        "/l/metakube/items/price-list",
        "/l/metakube/stories/create-cluster",
        "/l/metakube/epics/login",
        "/l/metakube/requests",
        "/l/metakube/journal",
        "/l/metakube/journal?before=100",
        "/l/metakube/weeks",
        "/l/metakube/weeks?week=2",
        "/l/metakube/weeks?week=99",
        "/l/metakube/weeks?week=x",
        "/l/metakube/settings",
        "/l/metakube?at=2020-01-01T00:00:00Z",
        "/l/metakube/journal?at=2020-01-01",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(
            page.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
        assert!(
            page.text.starts_with("<!DOCTYPE html><html lang=\"en\""),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_missing() {
    let site = Site::sample().await;
    for path in [
        "/nothing",
        "/l/nothing",
        "/l/Not-An-Id",
        "/l/metakube/items/nothing",
        "/l/metakube/stories/nothing",
        "/l/metakube/epics/nothing",
        "/l/metakube/nothing",
        "/l/nothing/weeks",
        "/l/Not-An-Id/weeks",
        "/l/nothing/decision",
        "/l/nothing/notices",
        "/l/nothing/calendar",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.starts_with("<!DOCTYPE html>"), "{path}");
    }
    assert_eq!(site.get("/api/v1/nothing").await.code(), "unknown");
}

#[tokio::test]
async fn the_language_is_the_browsers_until_another_is_chosen() {
    let site = Site::sample().await;
    let wish = || Request::get("/").header("accept-language", "de-AT, en;q=0.5");
    let page = site.read(wish().body(Body::empty()).unwrap()).await;
    assert!(page.text.contains("<html lang=\"de\""));
    let chosen = site
        .form(
            "/choose",
            &[("locale", "en"), ("theme", "dark"), ("back", "/week")],
        )
        .await;
    assert_eq!(
        (chosen.status, chosen.header("location")),
        (StatusCode::SEE_OTHER, "/week")
    );
    let page = site.read(wish().body(Body::empty()).unwrap()).await;
    assert!(page.text.contains("<html lang=\"en\" data-theme=\"dark\""));
}

#[tokio::test]
async fn pages_are_compressed_for_those_who_can() {
    let site = Site::sample().await;
    for coding in ["br", "gzip"] {
        let request = Request::get("/l/metakube").header("accept-encoding", coding);
        let response = site.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()["content-encoding"], coding);
    }
}

#[tokio::test]
async fn an_item_page_of_the_past_has_no_forms_that_change() {
    let site = Site::sample().await;
    let page = site
        .get("/l/metakube/items/price-list?at=2020-01-01T00:00:00Z")
        .await;
    // It was not there at the very beginning.
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_history_of_a_thing_reaches_back_to_its_beginning() {
    let site = Site::sample().await;
    let page = site.get("/l/metakube/stories/create-cluster").await;
    for happened in ["began story", "finished story"] {
        assert!(page.text.contains(happened), "{happened}: {}", page.text);
    }
}

#[tokio::test]
async fn a_link_to_a_request_leads_to_its_row() {
    let site = Site::sample().await;
    let list = site.get("/l/metakube/requests").await.text;
    let cockpit = site.get("/l/metakube").await.text;
    let links: Vec<_> = cockpit.split("/requests#").skip(1).collect();
    assert!(!links.is_empty());
    for link in links {
        let anchor = link.split('"').next().unwrap();
        assert!(list.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
}

#[tokio::test]
async fn the_story_of_the_sample_is_clicked_through_week_by_week() {
    let site = Site::sample().await;
    let week = async |n: u32| {
        let page = site.get(&format!("/l/metakube/weeks?week={n}")).await;
        page.text
    };
    let first = week(1).await;
    assert!(!first.contains("rel=\"prev\"") && first.contains("rel=\"next\""));
    let second = week(2).await;
    assert!(second.contains("Nobody can tell from it yet that the launch will fail."));
    assert!(second.contains("/l/metakube/weeks?week=1") && second.contains("/l/metakube?at="));
    assert!(
        week(3)
            .await
            .contains("A warning, and it is not about the stories")
    );
    // From Monday to Wednesday it is in its eighth week, and nothing has turned.
    let last = site.get("/l/metakube/weeks").await.text;
    for page in [&week(7).await, &last] {
        assert!(page.contains("Technically nearly done") && page.contains("not to be sold yet"));
        assert!(page.contains("rel=\"prev\""));
    }
    assert!(!last.contains("rel=\"next\""));
}

#[tokio::test]
async fn a_page_that_the_server_draws_alone_carries_no_more_than_it_says() {
    let site = Site::sample().await;
    let page = site.get("/l/metakube/weeks").await.text;
    let boot = page.split("id=\"boot\">").nth(1).unwrap_or_default();
    let boot = boot.split("</script>").next().unwrap();
    assert!(!boot.contains("price-list"), "{boot}");
    assert!(boot.len() < 4_000, "{}", boot.len());
}

#[tokio::test]
async fn how_good_the_forecasts_were_is_said_only_where_it_is_known() {
    let site = Site::sample().await;
    let import = async |n: u32| {
        let plan = crate::launches::tests::trust::finished(&format!("old-{n}"), 10);
        let command = startklar::CommandId(uuid::Uuid::now_v7());
        let now = site.app.now();
        site.app.launches.import(plan, command, now).await.unwrap();
    };
    let none = site.get("/trust").await.text;
    assert!(none.contains("No launch is finished here yet"), "{none}");
    assert!(!none.contains("<table"));
    for n in 1..=4 {
        import(n).await;
    }
    let few = site.get("/trust").await.text;
    assert!(
        few.contains("4 finished launches can be judged. That is too little"),
        "{few}"
    );
    assert!(few.contains("/l/old-1") && !few.contains("trust-panel"));
    import(5).await;
    let enough = site.get("/trust").await.text;
    assert!(
        enough.contains("5 finished launches can be judged."),
        "{enough}"
    );
    assert_eq!(enough.matches("class=\"trust-panel\"").count(), 3);
    assert!(enough.contains("15 cases"));
    assert!(site.get("/").await.text.contains("href=\"/trust\""));
    let forecast = site.get("/l/metakube/forecast").await.text;
    assert!(forecast.contains("href=\"/trust\""));
}
