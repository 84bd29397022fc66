//! Mentions: what was typed with a handle is kept by id, shown by name, and found by whom it names.

use super::*;

const REQUESTS: &str = "/l/metakube/requests";
const ITEM: &str = "/l/metakube/items/price-list";

/// Becomes somebody.
async fn be(site: &Site, person: &str) {
    site.form("/who", &[("person", person)]).await;
}

/// Sends a command from a page, and expects to come back to it.
async fn does(site: &Site, back: &str, fields: &[(&str, &str)]) {
    let fields = [fields, &[("back", back)]].concat();
    let sent = site.form("/l/metakube/do", &fields).await;
    assert_eq!(sent.header("location"), back, "{}", sent.text);
}

/// Asks, answers and remarks, hands in evidence and gives a reason: each names Ruth.
async fn say_everything(site: &Site) {
    be(site, "nils").await;
    let request = ("request", "what-does-it-cost");
    let asked = [
        ("kind", "make_request"),
        ("direction", "question"),
        ("from", "sales"),
        ("to", "engineering"),
        ("text", "What does it cost, @ruth?"),
        ("due", "2031-01-02"),
    ];
    does(site, REQUESTS, &asked).await;
    for text in ["@ruth or @katrin, which list?", "Mail ruth@example.org"] {
        let said = [("kind", "discuss_request"), request, ("text", text)];
        does(site, REQUESTS, &said).await;
    }
    let open = site.get(REQUESTS).await.text;
    assert!(open.contains("What does it cost, @Ruth "), "{open}");
    let ask = [
        ("kind", "ask_waiver"),
        ("item", "price-list"),
        ("reason", "@RUTH has it"),
        ("until", "2031-01-02"),
    ];
    does(site, ITEM, &ask).await;
}

#[tokio::test]
async fn whoever_is_mentioned_finds_it_in_their_week_until_they_react() {
    let site = Site::sample().await;
    say_everything(&site).await;
    be(&site, "katrin").await;
    let week = site.get("/week").await.text;
    assert!(week.contains("Nils Sommer mentioned you on"), "{week}");
    assert!(
        week.contains("@Ruth ") && week.contains("@Katrin "),
        "{week}"
    );
    assert!(
        week.contains("requests#request-what-does-it-cost"),
        "{week}"
    );
    site.form("/choose", &[("locale", "de")]).await;
    let week = site.get("/week").await.text;
    assert!(week.contains("Nils Sommer hat Sie am "), "{week}");
    let said = [
        ("kind", "discuss_request"),
        ("request", "what-does-it-cost"),
        ("text", "The new one."),
    ];
    does(&site, REQUESTS, &said).await;
    let week = site.get("/week").await.text;
    assert!(!week.contains("Nils Sommer hat Sie am "), "{week}");
    be(&site, "nils").await;
    let week = site.get("/week").await.text;
    assert!(
        !week.contains("hat Sie am "),
        "who says it is not told: {week}"
    );
}

/// What a reader sees of a page: neither its scripts nor its addresses.
fn words(page: &str) -> String {
    let mut seen = String::new();
    for part in page.split("<script") {
        let shown = part.split_once("</script>").map_or(part, |(_, rest)| rest);
        seen.push_str(shown);
    }
    seen
}

#[tokio::test]
async fn no_page_shows_an_id_and_the_name_goes_with_the_person() {
    let site = Site::sample().await;
    say_everything(&site).await;
    let ruth = site.person("ruth");
    let journal = site.get("/api/v1/launches/metakube/journal").await.text;
    assert!(journal.contains(&format!("What does it cost, @{ruth}?")));
    assert!(!journal.contains("ruth?") && !journal.contains("cost-ruth"));
    let pages = [
        "/l/metakube",
        REQUESTS,
        ITEM,
        "/l/metakube/checklists",
        "/l/metakube/decision",
        "/l/metakube/journal",
        "/l/metakube/forecast",
        "/l/metakube/weeks",
        "/week",
        "/",
    ];
    for name in ["@Ruth ", "@somebody"] {
        for person in ["nils", "lena", "katrin", "farah"] {
            be(&site, person).await;
            for page in pages {
                let seen = words(&site.get(page).await.text);
                assert!(!seen.contains(&format!("@{ruth}")), "{person} on {page}");
                if page == REQUESTS {
                    assert!(seen.contains(name), "{name}: {seen}");
                }
            }
        }
        let plan = site.get("/api/v1/launches/metakube/export").await.text;
        assert!(plan.contains("What does it cost, @ruth?") || name == "@somebody");
        site.app
            .launches
            .store()
            .erase_person(ruth.0)
            .await
            .unwrap();
        site.app.launches.people().look().await.unwrap();
    }
}
