//! Who is let in: whoever is linked, and nobody by an address or a name.

use serde_json::json;

use super::{super::factor::phone, *};

const GOOD: &str = "four words make one";

/// The link by which a page of one's account begins.
fn link_in(page: &str) -> String {
    let at = page.find("/login/with/fake?link=").unwrap();
    page[at..].split('"').next().unwrap().to_owned()
}

impl Elsewhere {
    /// Whoever is signed in links what the provider calls them.
    async fn link(&self, subject: &str) -> String {
        let link = link_in(&self.told("/account").await);
        let brought = self.begin(&link).await;
        let code = self.fake.vouch(&brought, json!({"sub": subject}));
        let answer = self.back(&brought, &code).await;
        assert_eq!(answer.header("location"), "/account");
        self.told("/account").await
    }

    async fn unlink(&self, subject: &str) -> String {
        let fields = [("issuer", self.fake.issuer.as_str()), ("subject", subject)];
        self.site().form("/account/unlink", &fields).await;
        self.told("/account").await
    }
}

#[tokio::test]
async fn somebody_whom_no_account_knows_is_told_so_and_stays_out() {
    let elsewhere = Elsewhere::new().await;
    // Whatever address a provider says: nobody is found by one.
    let answer = elsewhere.sign_in(json!({"sub": "x", "email": "katrin", "email_verified": true}));
    let answer = answer.await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(
        answer
            .text
            .contains("With Con &amp; fake you are Katrin &lt;b&gt;B&lt;/b&gt;.")
    );
    assert!(answer.text.contains("Ask an administrator"));
    assert!(!answer.text.contains("MetaKube"));
    assert!(!elsewhere.is_signed_in().await);
    // The same name at another provider is somebody else.
    elsewhere.linked("katrin", "k-1").await;
    let brought = elsewhere.begin("/login/with/other").await;
    let code = elsewhere.other.vouch(&brought, json!({}));
    let (state, issuer) = (
        brought.field("state"),
        address::encode(&elsewhere.other.issuer),
    );
    let path = format!("/login/back/other?code={code}&state={state}&iss={issuer}");
    assert_eq!(
        elsewhere.site().get(&path).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        *elsewhere.other.inner.shown.lock().unwrap(),
        None,
        "a public client"
    );
}

#[tokio::test]
async fn one_links_several_to_oneself_and_keeps_a_way_in() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.closed.as_("katrin").await;
    let page = elsewhere.link("k-1").await;
    assert!(
        page.contains("Con &amp; fake is linked") && page.contains("k-1"),
        "{page}"
    );
    let page = elsewhere.link("k-2").await;
    assert!(page.contains("k-1") && page.contains("k-2"));
    let page = elsewhere.unlink("k-2").await;
    assert!(page.contains("Unlinked.") && !page.contains(">k-2<"));
    // Of somebody else it is neither linked nor unlinked.
    elsewhere.closed.as_("lena").await;
    let page = elsewhere.link("k-1").await;
    assert!(
        page.contains("is linked to an account here already"),
        "{page}"
    );
    assert!(elsewhere.unlink("k-1").await.contains("ended before"));
    elsewhere.closed.nobody();
    elsewhere.sign_in(json!({})).await;
    assert!(elsewhere.told("/account").await.contains("Katrin Brandt"));
    // Lena has no password.
    elsewhere.closed.as_("lena").await;
    elsewhere.link("l-1").await;
    let page = elsewhere.unlink("l-1").await;
    assert!(page.contains("you could not sign in any more"), "{page}");
    assert!(page.contains("You have no password."));
}

#[tokio::test]
async fn only_ones_own_page_begins_to_link_and_only_one_self_ends_it() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.closed.as_("katrin").await;
    let katrins = link_in(&elsewhere.told("/account").await);
    for who in ["lena", ""] {
        elsewhere.closed.nobody();
        if !who.is_empty() {
            elsewhere.closed.as_(who).await;
        }
        for link in [katrins.as_str(), "/login/with/fake?link=1"] {
            let answer = elsewhere.site().get(link).await;
            assert_eq!(answer.header("location"), "/account", "{who}: {link}");
        }
    }
    // Who began has signed out meanwhile, and another has signed in.
    elsewhere.closed.as_("katrin").await;
    let link = link_in(&elsewhere.told("/account").await);
    let brought = elsewhere.begin(&link).await;
    let attempt = elsewhere.site().cookies.lock().unwrap()["attempt"].clone();
    elsewhere.closed.as_("lena").await;
    let mut jar = elsewhere.site().cookies.lock().unwrap().clone();
    jar.insert("attempt".to_owned(), attempt);
    *elsewhere.site().cookies.lock().unwrap() = jar;
    let code = elsewhere.fake.vouch(&brought, json!({}));
    assert_eq!(
        elsewhere.back(&brought, &code).await.header("location"),
        "/login"
    );
    let accounts = elsewhere.site().app.accounts.all();
    assert!(
        accounts
            .values()
            .all(|account| account.identities.is_empty())
    );
    // Another site's page unlinks nothing.
    let foreign = Request::post("/account/unlink").header("sec-fetch-site", "cross-site");
    let foreign = elsewhere
        .site()
        .read(foreign.body(Body::empty()).unwrap())
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_is_invited_comes_in_without_a_password() {
    let elsewhere = Elsewhere::new().await;
    let accounts = &elsewhere.site().app.accounts;
    let (nils, now) = (
        elsewhere.site().person("nils"),
        elsewhere.site().app.seconds(),
    );
    assert!(!accounts.of(nils).unwrap().is_ready());
    let link = accounts.password_link(nils, now).await.unwrap();
    let way = format!("/login/with/fake?join={link}");
    // Begun on another site, it leads to the page that says whom it is for.
    let elsewhere_begun = elsewhere.site().get(&way).await;
    assert_eq!(elsewhere_begun.header("location"), format!("/join/{link}"));
    let answer = elsewhere.site().get(&format!("/join/{link}")).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("joining=") && cookie.ends_with("; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    let page = answer.text;
    assert!(
        page.contains(&way) && page.contains("Come in with Con &amp; fake"),
        "{page}"
    );
    // Somebody else's identity does not cost the link.
    elsewhere.linked("katrin", "k-1").await;
    let brought = elsewhere.begin(&way).await;
    let code = elsewhere.fake.vouch(&brought, json!({}));
    assert!(
        elsewhere
            .back(&brought, &code)
            .await
            .header("location")
            .starts_with("/join/")
    );
    let brought = elsewhere.begin(&way).await;
    let code = elsewhere.fake.vouch(&brought, json!({"sub": "n-1"}));
    assert_eq!(
        elsewhere.back(&brought, &code).await.header("location"),
        "/"
    );
    let account = accounts.of(nils).unwrap();
    assert!(account.is_ready() && !account.has_password() && account.login == "nils");
    assert!(elsewhere.told("/account").await.contains("Nils Sommer"));
    // The link is used.
    let again = elsewhere.site().get(&way).await;
    assert_eq!(again.header("location"), format!("/join/{link}"));
    let wrong = [("login", "nils"), ("password", GOOD)];
    elsewhere.closed.nobody();
    assert_eq!(
        elsewhere.site().form("/login", &wrong).await.status,
        StatusCode::UNAUTHORIZED
    );
    elsewhere.sign_in(json!({"sub": "n-1"})).await;
    assert!(elsewhere.is_signed_in().await);
}

#[tokio::test]
async fn an_administrator_without_a_password_is_one() {
    let site = Site::sample().await;
    let fake = Fake::start().await;
    let all = vec![provider_named("fake", &fake, None)];
    site.app.sign_in_by(Providers::new(all, BASE));
    let first = site.form("/people/first", &[]).await;
    let link = first
        .header("location")
        .strip_prefix("/join/")
        .unwrap()
        .to_owned();
    site.get(&format!("/join/{link}")).await;
    let answer = site.get(&format!("/login/with/fake?join={link}")).await;
    let brought = Brought(answer.header("location").to_owned());
    let claims = json!({"name": "Ada Lovelace", "preferred_username": "Ada@Example.org"});
    let code = fake.vouch(&brought, claims);
    let (state, issuer) = (brought.field("state"), address::encode(&fake.issuer));
    let back = format!("/login/back/fake?code={code}&state={state}&iss={issuer}");
    assert_eq!(site.get(&back).await.header("location"), "/");
    let page = site.get("/account").await.text;
    assert!(page.contains("Ada Lovelace") && page.contains("ada@example.org"));
    // The last one, and not by a password.
    let ada = site.app.accounts.all().values().next().unwrap().person;
    let erased = site.app.accounts.erase(ada).await;
    assert!(matches!(
        erased,
        Err(crate::accounts::Refused::LastAdministrator)
    ));
    let lena = site.person("lena");
    let accounts = &site.app.accounts;
    let standing = startklar::rights::Standing::Administrator;
    accounts.add(lena, "lena", standing, 0).await.unwrap();
    assert!(accounts.erase(ada).await.is_err(), "Lena has not come yet");
    let identity = Identity {
        issuer: fake.issuer.clone(),
        subject: "l-1".to_owned(),
        made: 0,
    };
    accounts.link_identity(lena, identity).await.unwrap();
    accounts.erase(ada).await.unwrap();
    assert!(
        accounts.by_identity(&fake.issuer, "k-1").is_none(),
        "erased with her"
    );
}

#[tokio::test]
async fn no_code_is_asked_for_after_a_provider_and_no_link_goes_around_one() {
    let elsewhere = Elsewhere::new().await;
    phone(&elsewhere.closed, "nils").await;
    elsewhere.closed.nobody();
    let (app, nils) = (&elsewhere.site().app, elsewhere.site().person("nils"));
    let link = app.accounts.password_link(nils, app.seconds()).await;
    let path = format!("/join/{}", link.unwrap());
    let way = path.replace("/join/", "/login/with/fake?join=");
    let page = elsewhere.told(&path).await;
    assert!(page.contains("Welcome, Nils Sommer") && !page.contains(&way));
    let brought = elsewhere.begin(&way).await;
    let code = elsewhere.fake.vouch(&brought, json!({"sub": "n-1"}));
    let answer = elsewhere.back(&brought, &code).await;
    assert_eq!(answer.header("location"), path);
    let told = elsewhere.told(&path).await;
    assert!(told.contains("which another account would not ask for"));
    assert!(!elsewhere.is_signed_in().await);
    // Linked by themselves, it is the provider that asks.
    elsewhere.linked("nils", "n-1").await;
    let answer = elsewhere.sign_in(json!({"sub": "n-1"})).await;
    assert_eq!(answer.header("location"), "/l/metakube");
    assert!(elsewhere.is_signed_in().await);
}
