//! What pages offer: nothing that its reader would be refused whatever they did.

use std::collections::BTreeSet;

use startklar::rights::Standing;

use super::{access::Closed, *};

const PAGES: [&str; 14] = [
    "/l/metakube",
    "/l/metakube/scope",
    "/l/metakube/plan",
    "/l/metakube/checklists",
    "/l/metakube/items/lead-routing",
    "/l/metakube/items/price-list",
    "/l/metakube/stories/meter-restart",
    "/l/metakube/epics/metering",
    "/l/metakube/requests",
    "/l/metakube/notices",
    "/l/metakube/decision",
    "/l/metakube/settings",
    "/l/metakube/template",
    "/week",
];

/// The commands that a page has a form for.
fn offered(page: &str) -> BTreeSet<&str> {
    let forms = page.split("name=\"kind\" value=\"").skip(1);
    forms.filter_map(|rest| rest.split('"').next()).collect()
}

async fn offers(closed: &Closed, handle: &str) -> BTreeSet<String> {
    closed.as_(handle).await;
    let mut all = BTreeSet::new();
    for path in PAGES {
        let page = closed.site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        all.extend(offered(&page.text).into_iter().map(str::to_owned));
    }
    all
}

#[tokio::test]
async fn a_viewer_is_offered_no_command_on_any_page() {
    let closed = Closed::new().await;
    let app = &closed.site.app;
    let vera = app.launches.people().add("Vera").await.unwrap();
    let added = app
        .accounts
        .add(vera.id, "vera", Standing::Viewer, app.seconds());
    added.await.unwrap();
    let all = offers(&closed, "vera").await;
    assert!(all.is_empty(), "{all:?}");
    let settings = closed.site.get("/l/metakube/settings").await.text;
    assert!(settings.contains("Not yours to do here: "), "{settings}");
    assert!(settings.contains("Nils Sommer"), "who leads is no secret");
    let new = closed.site.get("/new").await.text;
    assert!(
        !new.contains("<form method=\"post\" action=\"/new\""),
        "{new}"
    );
    assert!(new.contains("Not yours to do here: "), "{new}");
    for path in ["/", "/l/metakube"] {
        let page = closed.site.get(path).await.text;
        assert!(!page.contains("href=\"/new\""), "{path}: {page}");
    }
}

#[tokio::test]
async fn everybody_else_is_offered_what_is_theirs_to_do() {
    let closed = Closed::new().await;
    let (lena, nils) = (offers(&closed, "lena").await, offers(&closed, "nils").await);
    let jonas = offers(&closed, "jonas").await;
    for (kind, of_lena, of_jonas) in [
        ("finish_story", true, true),
        ("estimate_story", true, true),
        ("drop_story", true, false),
        ("plan_story", true, false),
        ("move_story", true, false),
        ("set_windows", true, false),
    ] {
        assert_eq!(lena.contains(kind), of_lena, "lena: {kind} in {lena:?}");
        assert_eq!(jonas.contains(kind), of_jonas, "jonas: {kind} in {jonas:?}");
    }
    for (kind, of_lena, of_nils) in [
        ("rename", true, false),
        ("add_epic", true, false),
        ("accept_epic", true, false),
        ("set_member", true, false),
        ("add_item", true, true),
        ("make_request", true, true),
        ("issue_notice", true, true),
        ("tick_item", false, true),
    ] {
        assert_eq!(lena.contains(kind), of_lena, "lena: {kind} in {lena:?}");
        assert_eq!(nils.contains(kind), of_nils, "nils: {kind} in {nils:?}");
    }
}
