//! Change notices, from the empty page to the last reader, by plain forms, the API and in both languages.

use serde_json::json;

use super::*;

const PAGE: &str = "/l/metakube/notices";

/// Becomes somebody.
async fn be(site: &Site, person: &str) {
    site.form("/who", &[("person", person)]).await;
}

/// Sends a command from the page, and returns the page that comes back.
async fn does(site: &Site, fields: &[(&str, &str)]) -> String {
    let fields = [fields, &[("back", PAGE)]].concat();
    let sent = site.form("/l/metakube/do", &fields).await;
    assert_eq!(sent.header("location"), PAGE, "{}", sent.text);
    site.get(PAGE).await.text
}

fn holds(page: &str, words: &[&str]) {
    for words in words {
        assert!(page.contains(words), "{words}: {page}");
    }
}

const ISSUE: [(&str, &str); 5] = [
    ("kind", "issue_notice"),
    ("title", "Prices <rise>"),
    ("text", "From May on: 3 cents."),
    ("disciplines", "sales"),
    ("disciplines", "support"),
];

const READ: [(&str, &str); 2] = [("kind", "read_notice"), ("notice", "prices-rise")];

#[tokio::test]
async fn a_notice_is_issued_read_once_and_told_to_everybody_whom_it_goes_to() {
    let site = Site::sample().await;
    let nobody = site.get(PAGE).await.text;
    holds(
        &nobody,
        &[
            "No change notice has been issued yet.",
            "href=\"/who?back=%2Fl%2Fmetakube%2Fnotices\"",
            "aria-current=\"page\">Requests",
        ],
    );
    assert!(!nobody.contains("issue_notice"));
    be(&site, "lena").await;
    holds(&site.get(PAGE).await.text, &["value=\"issue_notice\""]);
    let issued = does(&site, &ISSUE).await;
    holds(
        &issued,
        &["Prices &lt;rise&gt;", "To sales and support", "0 of "],
    );
    be(&site, "nils").await;
    let week = site.get("/week").await.text;
    holds(
        &week,
        &[
            "<a href=\"/l/metakube/notices#notice-prices-rise\">Prices &lt;rise&gt;",
            "Lena Novak issued this change notice on",
        ],
    );
    assert!(
        !week.contains("read_notice"),
        "who says so has the text before them"
    );
    let read = does(&site, &READ).await;
    holds(&read, &["1 of "]);
    let week = site.get("/week").await.text;
    assert!(!week.contains("notice-prices-rise"), "{week}");
    holds(&does(&site, &READ).await, &["is already read"]);
    be(&site, "lena").await;
    holds(
        &does(&site, &READ).await,
        &[
            "lead of sales and support",
            "contributor of sales and support",
        ],
    );
    let journal = site.get("/l/metakube/journal").await.text;
    holds(
        &journal,
        &[
            "issued the change notice “Prices &lt;rise&gt;”",
            "read the change notice “Prices &lt;rise&gt;”",
        ],
    );
    let requests = site.get("/l/metakube/requests").await.text;
    holds(&requests, &["href=\"/l/metakube/notices\""]);
}

#[tokio::test]
async fn a_correction_takes_the_place_of_a_notice_and_what_it_lacks_is_said() {
    let site = Site::sample().await;
    site.form("/choose", &[("locale", "de")]).await;
    be(&site, "lena").await;
    let unaddressed = does(&site, &ISSUE[..3]).await;
    holds(
        &unaddressed,
        &[
            "notice--refused",
            "Empfänger fehlt",
            "From May on: 3 cents.",
        ],
    );
    does(&site, &ISSUE).await;
    be(&site, "nils").await;
    does(&site, &READ).await;
    let narrow = [&ISSUE[..4], &[("replaces", "prices-rise")]].concat();
    be(&site, "lena").await;
    holds(
        &does(&site, &narrow).await,
        &["ging an Vertrieb und Support"],
    );
    let other = [&ISSUE[..], &[("replaces", "prices-rise")]].concat();
    let corrected = does(&site, &other).await;
    holds(
        &corrected,
        &[
            "id=\"notice-prices-rise-2\"",
            "Anstelle von „",
            "ist an ihre Stelle getreten.",
            "Ersetzt",
        ],
    );
    be(&site, "nils").await;
    let week = site.get("/week").await.text;
    holds(&week, &["#notice-prices-rise-2\""]);
    assert!(!week.contains("#notice-prices-rise\""));
}

#[tokio::test]
async fn a_program_issues_a_notice_and_an_export_holds_who_read_it() {
    let site = Site::sample().await;
    let issue = json!({"command": {"issue_notice": {"id": "prices", "title": "Prices", "text": "They rise.",
        "disciplines": ["sales"], "due": "2030-01-01"}}});
    let commands = "/api/v1/launches/metakube/commands";
    let sent = site.post(commands, "lena", &[], &issue).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    be(&site, "nils").await;
    let read = [("kind", "read_notice"), ("notice", "prices")];
    does(&site, &read).await;
    let plan = site.get("/api/v1/launches/metakube/export").await.text;
    holds(
        &plan,
        &[
            "[[notices]]",
            "id = \"prices\"",
            "read = [\n  { by = \"nils\"",
        ],
    );
}
