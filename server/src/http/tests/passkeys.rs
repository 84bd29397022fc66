//! Passkeys, on the pages and against those who would use them elsewhere.

use super::{
    access::{Closed, GOOD},
    *,
};
use crate::accounts::{Stick, shown};

/// Where the browser of these tests is.
const HERE: &str = "http://localhost:3000";

/// The same to name a passkey, whose password is said.
const WISH: [(&str, &str); 2] = [("name", "Laptop"), ("password", GOOD)];

impl Closed {
    /// Gives somebody a password, and is them.
    async fn with_password(&self, handle: &str) {
        let (app, person) = (&self.site.app, self.site.person(handle));
        let (accounts, now) = (&app.accounts, app.seconds());
        let link = accounts.password_link(person, now).await.unwrap();
        let link = accounts.find_link(&link, now).await.unwrap();
        let account = accounts.of(person).unwrap();
        let used = accounts.use_link(link, account, "", GOOD.to_owned());
        used.await.unwrap();
        self.as_(handle).await;
    }

    /// Adds a passkey to the account of whoever is signed in.
    pub(super) async fn stick(&self) -> Stick {
        let mut stick = Stick::new(HERE);
        let begun = self.site.form("/account/passkeys/begin", &WISH).await;
        assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
        let answer = stick.join(&begun.json());
        let fields = [("credential", answer.as_str())];
        let added = self.site.form("/account/passkeys", &fields).await;
        assert_eq!(added.header("location"), "/account");
        stick
    }

    /// What comes of signing in by it.
    async fn enter(&self, stick: &Stick) -> Answer {
        self.nobody();
        let begun = self.site.form("/login/passkey/begin", &[]).await;
        assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
        let answer = stick.sign(&begun.json());
        let fields = [("credential", answer.as_str()), ("back", "/week")];
        self.site.form("/login/passkey", &fields).await
    }

    async fn account(&self) -> String {
        self.site.get("/account").await.text
    }

    async fn is_refused(&self, stick: &Stick) -> bool {
        let refused = self.enter(stick).await;
        let leads = refused.header("location") == "/login?back=%2Fweek";
        let page = self.site.get("/login").await.text;
        leads && page.contains("This passkey lets nobody in here")
    }
}

/// The id of the only passkey on a page.
fn id(page: &str) -> String {
    let form = page.split("action=\"/account/passkeys/remove\"").nth(1);
    let id = form.unwrap().split("name=\"id\" value=\"").nth(1);
    id.unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn it_is_added_on_ones_page_and_signs_in_where_a_code_would_be_asked_for() {
    let closed = Closed::new().await;
    closed.with_password("nils").await;
    assert!(closed.account().await.contains("You have none."));
    let stick = closed.stick().await;
    let page = closed.account().await;
    assert!(page.contains("The passkey is added."));
    assert!(page.contains("Laptop") && page.contains("never"));
    let setup = closed.site.form("/account/factor", &[("password", GOOD)]);
    let key = factor::within(&setup.await.text, "secret").remove(0);
    let code = shown(&key, closed.site.app.seconds());
    let on = [("code", code.as_str())];
    closed.site.form("/account/factor/confirm", &on).await;

    let entered = closed.enter(&stick).await;
    assert_eq!(entered.header("location"), "/week");
    let page = closed.account().await;
    assert!(page.contains("nils · ") && !page.contains("never"));
    let without = closed.site.form("/account/passkeys/begin", &WISH).await;
    assert_eq!(without.code(), "wrong_code");
}

#[tokio::test]
async fn a_ceremony_is_bound_to_a_browser_that_no_script_reads_and_no_other_site_uses() {
    let closed = Closed::new().await;
    closed.as_("katrin").await;
    for (path, fields) in [
        ("/login/passkey/begin", &[][..]),
        ("/account/passkeys/begin", &WISH[..]),
    ] {
        let begun = closed.site.form(path, fields).await;
        let cookie = begun.header("set-cookie");
        assert!(cookie.starts_with("passkey=skl_"), "{cookie}");
        let rest = "; Path=/; Max-Age=300; HttpOnly; SameSite=Strict";
        assert!(cookie.ends_with(rest), "{cookie}");
        assert_eq!(begun.header("cache-control"), "no-store");
        let secret = closed.site.cookies.lock().unwrap().remove("passkey");
        assert!(!begun.text.contains(&secret.unwrap()));
    }
    let stick = closed.stick().await;
    closed.nobody();
    let begun = closed.site.form("/login/passkey/begin", &[]).await;
    let answer = stick.sign(&begun.json());
    // Another browser begins too.
    closed.nobody();
    closed.site.form("/login/passkey/begin", &[]).await;
    let fields = [("credential", answer.as_str())];
    let refused = closed.site.form("/login/passkey", &fields).await;
    assert_eq!(refused.header("location"), "/login?back=%2F");
    closed.nobody();
    closed.site.form("/login/passkey", &fields).await;
    let page = closed.site.get("/login").await.text;
    assert!(page.contains("it was answered already"), "{page}");
}

#[tokio::test]
async fn one_is_named_and_removed_by_password_and_then_lets_nobody_in() {
    let closed = Closed::new().await;
    closed.as_("katrin").await;
    let stick = closed.stick().await;
    let id = id(&closed.account().await);
    let named = [("id", id.as_str()), ("name", "Old \"laptop\"")];
    closed.site.form("/account/passkeys/name", &named).await;
    let page = closed.account().await;
    assert!(page.contains("has its new name") && page.contains("Old \"laptop\""));
    let remove = async |handle: &str, password: &str| {
        closed.as_(handle).await;
        let fields = [("id", id.as_str()), ("password", password)];
        closed.site.form("/account/passkeys/remove", &fields).await;
        closed.account().await
    };
    assert!(remove("katrin", "wrong").await.contains("is wrong"));
    let others = remove("lena", GOOD).await;
    assert!(!others.contains("is removed"));
    assert_eq!(closed.enter(&stick).await.header("location"), "/week");
    let page = remove("katrin", GOOD).await;
    assert!(page.contains("is removed") && page.contains("You have none."));
    assert!(closed.is_refused(&stick).await);
}

#[tokio::test]
async fn where_no_browser_uses_passkeys_none_is_offered_and_the_page_says_why() {
    let closed = Closed::new().await;
    let at = async |host: &str, path: &str| {
        let request = Request::get(path).header("host", host);
        closed.site.read(request.body(Body::empty()).unwrap()).await
    };
    closed.nobody();
    let offers = "data-passkey=\"get\"";
    assert!(at("localhost:3000", "/login").await.text.contains(offers));
    assert!(!at("127.0.0.1:3000", "/login").await.text.contains(offers));
    closed.as_("katrin").await;
    let (offers, says) = ("data-passkey=\"create\"", "this is a number");
    let good = at("localhost:3000", "/account").await.text;
    assert!(good.contains(offers) && !good.contains(says));
    let number = at("127.0.0.1:3000", "/account").await.text;
    assert!(!number.contains(offers) && number.contains(says));
    for path in ["/login/passkey/begin", "/account/passkeys/begin"] {
        let request = Request::post(path)
            .header("host", "127.0.0.1:3000")
            .header("sec-fetch-site", "same-origin");
        let request = request.body(Body::empty()).unwrap();
        let answer = closed.site.read(request).await;
        assert_eq!(answer.code(), "no_passkeys_here");
        assert!(answer.text.contains(says));
    }
}

#[tokio::test]
async fn by_plain_http_beyond_this_machine_none_is_offered() {
    let mut closed = Closed::new().await;
    let old = &closed.site.app;
    let (launches, accounts) = (Arc::clone(&old.launches), Arc::clone(&old.accounts));
    let hosts = ["start.example.com".to_owned()];
    for (https, offered) in [(false, false), (true, true)] {
        let reach = Reach::of(([0, 0, 0, 0], 3000).into(), &hosts, https).unwrap();
        let metrics = Arc::new(Metrics::new().unwrap());
        closed.site.app = App::new(
            Arc::clone(&launches),
            Arc::clone(&accounts),
            metrics,
            reach,
            false,
            Embedded::NOTHING,
        );
        closed.site.router = router(&closed.site.app);
        let request = Request::get("/login").header("host", "start.example.com");
        let page = closed.site.read(request.body(Body::empty()).unwrap());
        let offers = page.await.text.contains("data-passkey=\"get\"");
        assert_eq!(offers, offered, "https: {https}");
    }
}

#[tokio::test]
async fn an_administrator_takes_those_of_others_away_and_every_session_ends() {
    let closed = Closed::new().await;
    closed.with_password("nils").await;
    let stick = closed.stick().await;
    assert_eq!(closed.enter(&stick).await.header("location"), "/week");
    let nils = closed.site.cookies.lock().unwrap()["session"].clone();
    let path = format!("/people/{}/passkeys", closed.site.person("nils"));
    closed.as_("katrin").await;
    let people = closed.site.get("/people").await;
    assert!(people.text.contains("member, passkeys"));
    assert!(people.text.contains(&path));
    let taken = closed.site.form(&path, &[]).await;
    assert_eq!(taken.header("location"), "/people");
    let people = closed.site.get("/people").await;
    assert!(people.text.contains("are taken away") && !people.text.contains(&path));
    closed.nobody();
    {
        let mut jar = closed.site.cookies.lock().unwrap();
        jar.insert("session".to_owned(), nils);
    }
    let account = closed.site.get("/account").await;
    assert!(account.header("location").starts_with("/login"));
    assert!(closed.is_refused(&stick).await);
}

#[tokio::test]
async fn nobody_takes_away_their_own_without_a_password() {
    let closed = Closed::new().await;
    closed.as_("katrin").await;
    let stick = closed.stick().await;
    let path = format!("/people/{}/passkeys", closed.site.person("katrin"));
    assert!(!closed.site.get("/people").await.text.contains(&path));
    closed.site.form(&path, &[]).await;
    let people = closed.site.get("/people").await;
    assert!(people.text.contains("You remove your own passkeys"));
    assert_eq!(closed.enter(&stick).await.header("location"), "/week");
}

#[tokio::test]
async fn whoever_is_erased_comes_in_by_no_passkey() {
    let closed = Closed::new().await;
    closed.with_password("nils").await;
    let stick = closed.stick().await;
    let nils = closed.site.person("nils");
    closed.site.app.accounts.erase(nils).await.unwrap();
    assert!(closed.is_refused(&stick).await);
    let store = closed.site.app.launches.store();
    let kept = store.passkey_store().passkeys_of(nils.0).await.unwrap();
    assert_eq!(kept, []);
}

#[tokio::test]
async fn who_signs_in_by_one_is_told_that_the_factor_was_taken_away() {
    let closed = Closed::new().await;
    let phone = factor::phone(&closed, "nils").await;
    closed.as_("nils").await;
    let code = phone.code(&closed.site, 0);
    let wish = [&WISH[..], &[("code", code.as_str())]].concat();
    let begun = closed.site.form("/account/passkeys/begin", &wish).await;
    let mut stick = Stick::new(HERE);
    let answer = stick.join(&begun.json());
    let fields = [("credential", answer.as_str())];
    closed.site.form("/account/passkeys", &fields).await;
    let (app, nils) = (&closed.site.app, closed.site.person("nils"));
    let taken = app.accounts.take_factor(nils, app.seconds());
    taken.await.unwrap();
    assert_eq!(closed.enter(&stick).await.header("location"), "/week");
    let told = "An administrator took away your second factor on";
    assert!(closed.site.get("/week").await.text.contains(told));
}
