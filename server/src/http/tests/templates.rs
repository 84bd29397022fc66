//! Templates: published with all errors said at once, begun with, taken anew after their changes were
//! shown.

use super::*;

fn body(lead: u16, more: &str) -> String {
    format!(
        "format = 1\ntitle = \"Our launches\"\nweeks = 10\n[[items]]\nid = \"prices\"\n\
         title = \"Prices\"\ndiscipline = \"sales\"\ntier = \"small\"\nblocking = true\n\
         lead_days = {lead}\n{more}"
    )
}

const DEMO: &str = "[[items]]\nid = \"demo\"\ntitle = \"Demo\"\ndiscipline = \"marketing\"\n\
                    tier = \"small\"\nlead_days = 3\n";

async fn open() -> Site {
    let site = Site::empty().await;
    let lena = site.app.launches.people().add("Lena Novak").await.unwrap();
    site.form("/who", &[("person", &lena.key)]).await;
    site
}

async fn publish(site: &Site, text: &str) -> Answer {
    site.form("/templates", &[("template", "ours"), ("text", text)])
        .await
}

#[tokio::test]
async fn what_is_wrong_with_a_template_is_said_at_once_and_nothing_is_lost() {
    let site = open().await;
    let wrong = body(900, "evidance = \"e\"\n");
    let answer = publish(&site, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "The template has 2 errors.",
        "items[0].lead_days",
        "a whole number from 0 to 730",
        "evidance",
        "value=\"ours\"",
    ] {
        assert!(answer.text.contains(words), "{words}");
    }
    let workspace = site.app.launches.workspace().await.unwrap();
    assert_eq!(workspace.revision, 0);
    let odd = [("template", "Not An Id"), ("text", "")];
    let odd = site.form("/templates", &odd).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_launch_sees_what_changed_since_it_took_a_template_and_takes_it() {
    let site = open().await;
    let done = publish(&site, &body(7, "")).await;
    assert_eq!(done.header("location"), "/templates", "{}", done.text);
    let begin = site.get("/new").await.text;
    assert!(begin.contains("<option value=\"ours\""), "it is offered");
    let new = [
        ("title", "Shop"),
        ("date", "2999-01-01"),
        ("zone", "UTC"),
        ("tier", "small"),
        ("template", "ours"),
    ];
    let day = (site.app.now() + chrono::TimeDelta::days(60))
        .date_naive()
        .to_string();
    let mut new = new.to_vec();
    new[1].1 = &day;
    let begun = site.form("/new", &new).await;
    assert_eq!(begun.header("location"), "/l/shop");
    let page = site.get("/l/shop/template").await.text;
    assert!(page.contains("Nothing is newer."), "{page}");

    publish(&site, &body(14, DEMO)).await;
    let page = site.get("/l/shop/template").await.text;
    for words in [
        "New items (1)",
        "Demo",
        "Changed items (1)",
        "Take version 2",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let done = site.form("/l/shop/template", &[("version", "2")]).await;
    assert_eq!(done.header("location"), "/l/shop/template");
    let launch = site.get("/api/v1/launches/shop").await.json();
    assert_eq!(launch["taken"]["version"], 2);
    assert_eq!(launch["items"][0]["lead_days"], 14);
    assert_eq!(launch["items"][1]["id"], "demo");
    let file = site.get("/templates/ours/1").await;
    assert_eq!(file.text, body(7, ""));
    let copy = site.get("/l/shop/template/copy").await;
    assert!(startklar::template::Template::read(&copy.text).is_ok());
    for lost in ["/templates/ours/3", "/templates/none/1", "/l/none/template"] {
        assert_eq!(site.get(lost).await.status, StatusCode::NOT_FOUND, "{lost}");
    }
}

#[tokio::test]
async fn only_administrators_publish_where_people_sign_in() {
    let closed = access::Closed::new().await;
    closed.as_("nils").await;
    let page = closed.site.get("/templates").await.text;
    assert!(page.contains("mvp-en") && !page.contains("<textarea"));
    let refused = publish(&closed.site, &body(7, "")).await;
    assert_eq!(refused.header("location"), "/templates");
    let workspace = closed.site.app.launches.workspace().await.unwrap();
    assert_eq!(workspace.revision, 0);
    closed.as_("katrin").await;
    publish(&closed.site, &body(7, "")).await;
    let workspace = closed.site.app.launches.workspace().await.unwrap();
    assert_eq!(workspace.revision, 1);
}
