//! Following an item: by whom, what it shows on my week, and how it ends.

use super::*;

const ITEM: &str = "/l/metakube/items/price-list";
const FOLLOW: &str = "/l/metakube/items/price-list/follow";

/// Becomes somebody.
async fn be(site: &Site, person: &str) {
    site.form("/who", &[("person", person)]).await;
}

/// Gives the item to somebody else, or to nobody.
async fn assign(site: &Site, owner: &str) {
    let fields = [
        ("kind", "assign_item"),
        ("item", "price-list"),
        ("owner", owner),
        ("back", ITEM),
    ];
    site.form("/l/metakube/do", &fields).await;
}

#[tokio::test]
async fn what_others_do_to_a_followed_item_stands_on_my_week_until_it_is_followed_no_more() {
    let site = Site::sample().await;
    let asked = site.form(FOLLOW, &[("on", "true")]).await;
    assert!(asked.header("location").starts_with("/who?back="));
    be(&site, "katrin").await;
    assert!(site.get(ITEM).await.text.contains(">Follow<"));
    let followed = site.form(FOLLOW, &[("on", "true")]).await;
    assert_eq!(followed.header("location"), ITEM);
    assert!(site.get(ITEM).await.text.contains(">Follow no more<"));
    let quiet = site.get("/week").await.text;
    assert!(quiet.contains("What you follow") && quiet.contains("Nothing in the last 7 days."));
    // What one does oneself is no news.
    let ruth = site.person("ruth").to_string();
    assign(&site, &ruth).await;
    assert!(
        site.get("/week")
            .await
            .text
            .contains("Nothing in the last 7 days.")
    );
    be(&site, "nils").await;
    assert!(!site.get("/week").await.text.contains("What you follow"));
    assert!(site.get(ITEM).await.text.contains(">Follow<"));
    assign(&site, "").await;
    be(&site, "katrin").await;
    let told = site.get("/week").await.text;
    assert!(told.contains("Nils Sommer left"), "{told}");
    site.form("/choose", &[("locale", "de")]).await;
    let german = site.get("/week").await.text;
    assert!(german.contains("Was Sie verfolgen") && german.contains("Nils Sommer hat"));
    let ended = site.form(FOLLOW, &[("back", "/week")]).await;
    assert_eq!(ended.header("location"), "/week");
    assert!(!site.get("/week").await.text.contains("Was Sie verfolgen"));
    let past = site.get(&format!("{ITEM}?at=2020-01-01")).await.text;
    assert!(!past.contains("/follow\""), "the past is not followed");
}

#[tokio::test]
async fn only_what_is_there_is_followed() {
    let site = Site::sample().await;
    be(&site, "katrin").await;
    let katrin = site.person("katrin");
    for path in [
        "/l/metakube/items/none/follow",
        "/l/none/items/price-list/follow",
        "/l/metakube/items/%00/follow",
    ] {
        site.form(path, &[("on", "true"), ("back", "/week")]).await;
    }
    let follows = site.app.launches.store().follow_store();
    assert!(follows.follows_of(katrin.0).await.unwrap().is_empty());
}
