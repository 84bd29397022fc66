//! The second factor, on the pages and against those who would go around it.

mod taking;

use super::{
    access::{Closed, GOOD},
    *,
};
use crate::accounts::shown;

/// What somebody has on their phone and on paper.
pub(super) struct Phone {
    pub(super) key: String,
    recovery: Vec<String>,
}

impl Phone {
    /// The code that it shows so many seconds from now.
    pub(super) fn code(&self, site: &Site, seconds: i64) -> String {
        shown(&self.key, site.app.seconds() + seconds)
    }
}

/// Gives somebody a password and turns on their second factor, an hour ago.
pub(super) async fn phone(closed: &Closed, handle: &str) -> Phone {
    let (app, person) = (&closed.site.app, closed.site.person(handle));
    let (accounts, then) = (&app.accounts, app.seconds() - 3600);
    let link = accounts.password_link(person, then).await.unwrap();
    let link = accounts.find_link(&link, then).await.unwrap();
    let account = accounts.of(person).unwrap();
    let used = accounts.use_link(link, account, "", GOOD.to_owned());
    used.await.unwrap();
    let session = accounts.begin_session(person, "", then).await.unwrap();
    let signed = accounts.who(&session, then).await.unwrap();
    let begun = accounts.begin_factor(person, GOOD.to_owned(), then);
    let key = begun.await.unwrap();
    let code = shown(&key, then);
    let recovery = accounts.confirm_factor(&signed, &code, "", then).await;
    Phone {
        key,
        recovery: recovery.unwrap(),
    }
}

impl Closed {
    /// Says login and password.
    async fn password(&self, handle: &str) -> Answer {
        self.nobody();
        let fields = [
            ("login", handle),
            ("password", GOOD),
            ("back", "/l/metakube/plan"),
        ];
        self.site.form("/login", &fields).await
    }

    async fn show_code(&self, code: &str) -> Answer {
        let fields = [("code", code), ("back", "/l/metakube/plan")];
        self.site.form("/login/code", &fields).await
    }

    async fn is_signed_in(&self) -> bool {
        self.site.get("/account").await.status == StatusCode::OK
    }

    fn cookie(&self, name: &str) -> Option<String> {
        self.site.cookies.lock().unwrap().get(name).cloned()
    }
}

/// What stands in each element of this class.
pub(super) fn within(page: &str, class: &str) -> Vec<String> {
    let start = format!("class=\"{class}\">");
    let parts = page.split(&start).skip(1);
    let text = parts.map(|part| part.split('<').next().unwrap().to_owned());
    text.collect()
}

#[tokio::test]
async fn it_is_set_up_on_ones_page_and_on_after_a_first_right_code() {
    let closed = Closed::new().await;
    let site = &closed.site;
    closed.as_("katrin").await;
    assert!(site.get("/account").await.text.contains("It is off."));
    let nothing = site.get("/account/factor").await;
    assert_eq!(nothing.header("location"), "/account");
    let wrong = site.form("/account/factor", &[("password", "wrong")]).await;
    assert_eq!(wrong.header("location"), "/account");
    let page = site.get("/account").await.text;
    assert!(page.contains("The password is wrong."), "{page}");

    let setup = site.form("/account/factor", &[("password", GOOD)]).await;
    assert_eq!(setup.header("cache-control"), "no-store");
    let key = within(&setup.text, "secret").remove(0);
    let plain = key.replace(' ', "");
    assert_eq!((key.len(), plain.len()), (39, 32), "{key}");
    let address = format!("otpauth://totp/Startklar%20localhost:katrin?secret={plain}&amp;");
    assert!(setup.text.contains(&address), "{}", setup.text);
    let picture = setup
        .text
        .split("<svg")
        .find(|svg| svg.contains("class=\"qr\""));
    let picture = picture.unwrap().split("</svg>").next().unwrap();
    assert!(picture.contains("d=\"M4 4h7v1h-7z"), "{picture}");
    assert!(!picture.contains("style"), "no page has styles of its own");
    for page in ["/account", "/account/factor"] {
        let again = site.get(page).await;
        assert!(!again.text.contains(&plain) && !again.text.contains(&key));
    }
    let late = shown(&key, site.app.seconds() - 90);
    let refused = site
        .form("/account/factor/confirm", &[("code", &late)])
        .await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.text.contains("This code does not fit.") && !refused.text.contains(&key));

    let code = shown(&key, site.app.seconds());
    let on = site
        .form("/account/factor/confirm", &[("code", &code)])
        .await;
    assert_eq!(
        (on.status, on.header("cache-control")),
        (StatusCode::OK, "no-store")
    );
    let codes = within(&on.text, "secret");
    assert_eq!(codes.len(), 10, "{}", on.text);
    let account = site.get("/account").await;
    assert!(account.text.contains("10 recovery codes are left."));
    assert!(!account.text.contains(&codes[0]));
    let again = site
        .form("/account/factor/confirm", &[("code", &code)])
        .await;
    assert_eq!(again.header("location"), "/account");

    let fields = [("password", GOOD), ("code", codes[0].as_str())];
    let renewed = site.form("/account/factor/codes", &fields).await;
    assert_eq!(renewed.header("cache-control"), "no-store");
    let renewed = within(&renewed.text, "secret");
    assert!(!renewed.contains(&codes[1]));
    let off = |code: &str| vec![("password", GOOD.to_owned()), ("code", code.to_owned())];
    for (code, expected) in [(&codes[1], "does not fit"), (&renewed[0], "is off")] {
        let fields = off(code);
        let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let answer = site.form("/account/factor/end", &fields).await;
        assert_eq!(answer.header("location"), "/account");
        assert!(site.get("/account").await.text.contains(expected), "{code}");
    }
    assert_eq!(
        closed.password("katrin").await.header("location"),
        "/l/metakube/plan"
    );
}

#[tokio::test]
async fn after_the_password_a_code_is_asked_for_and_accepted_once() {
    let closed = Closed::new().await;
    let phone = phone(&closed, "katrin").await;
    let asked = closed.password("katrin").await;
    assert_eq!(
        asked.header("location"),
        "/login/code?back=%2Fl%2Fmetakube%2Fplan"
    );
    let cookie = asked.header("set-cookie");
    assert!(cookie.starts_with("half=skl_") && cookie.contains("HttpOnly; SameSite=Lax"));
    assert!(!closed.is_signed_in().await);
    let page = closed.site.get(asked.header("location")).await;
    assert!(page.text.contains("value=\"/l/metakube/plan\""));
    assert!(!page.text.contains("Katrin"), "nobody is named yet");
    let late = phone.code(&closed.site, -90);
    for wrong in [late.as_str(), "", "12345", "aaaa-aaaa-aaaa-aaaa"] {
        let refused = closed.show_code(wrong).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert!(refused.text.contains("This code does not fit."));
        assert!(refused.text.contains("value=\"/l/metakube/plan\""));
    }
    let half = closed.cookie("half").unwrap();
    let code = phone.code(&closed.site, 0);
    let right = closed.show_code(&code).await;
    assert_eq!(right.header("location"), "/l/metakube/plan");
    assert!(closed.is_signed_in().await);
    assert_eq!(closed.cookie("half"), None);
    assert_ne!(closed.cookie("session"), Some(half));

    closed.password("katrin").await;
    let replayed = closed.show_code(&code).await;
    assert_eq!(replayed.status, StatusCode::UNAUTHORIZED);
    let next = closed.show_code(&phone.code(&closed.site, 30)).await;
    assert_eq!(next.header("location"), "/l/metakube/plan");
}

#[tokio::test]
async fn what_stands_for_the_password_opens_nothing() {
    let closed = Closed::new().await;
    phone(&closed, "katrin").await;
    closed.password("katrin").await;
    let half = closed.cookie("half").unwrap();
    for name in ["half", "session"] {
        closed
            .site
            .cookies
            .lock()
            .unwrap()
            .insert(name.to_owned(), half.clone());
        for path in ["/", "/account", "/account/factor", "/people", "/l/metakube"] {
            let answer = closed.site.get(path).await;
            assert!(answer.header("location").starts_with("/login?"), "{path}");
        }
        let tick = [("kind", "record_launch")];
        let posted = closed.site.form("/l/metakube/do", &tick).await;
        assert!(posted.header("location").starts_with("/login"));
        let end = [("password", GOOD), ("code", "123456")];
        let posted = closed.site.form("/account/factor/end", &end).await;
        assert!(posted.header("location").starts_with("/login"));
    }
    closed.nobody();
    let bearer = format!("Bearer {half}");
    let request = Request::get("/api/v1/launches").header("authorization", bearer);
    let answer = closed.site.read(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let joined = closed.site.get(&format!("/join/{half}")).await;
    assert_eq!(joined.status, StatusCode::GONE);
}

#[tokio::test]
async fn without_a_right_password_no_page_asks_for_a_code() {
    let closed = Closed::new().await;
    phone(&closed, "katrin").await;
    for login in ["katrin", "nobody"] {
        let fields = [("login", login), ("password", "wrong")];
        let answer = closed.site.form("/login", &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.text.contains("Login or password is wrong."));
        assert_eq!(closed.cookie("half"), None);
    }
    let page = closed.site.get("/login/code?back=%2Fweek").await;
    assert_eq!(page.header("location"), "/login?back=%2Fweek");
    let told = closed.site.get("/login").await;
    assert!(told.text.contains("Five minutes have passed"));
    let shown = closed.show_code("123456").await;
    assert!(shown.header("location").starts_with("/login?back="));
}

#[tokio::test]
async fn a_recovery_code_signs_in_once() {
    let closed = Closed::new().await;
    let phone = phone(&closed, "katrin").await;
    closed.password("katrin").await;
    let right = closed.show_code(&phone.recovery[0]).await;
    assert_eq!(right.header("location"), "/l/metakube/plan");
    let account = closed.site.get("/account").await;
    assert!(account.text.contains("9 recovery codes are left."));
    closed.password("katrin").await;
    let twice = closed.show_code(&phone.recovery[0]).await;
    assert_eq!(twice.status, StatusCode::UNAUTHORIZED);
    assert!(!closed.is_signed_in().await);
}

#[tokio::test]
async fn guessing_codes_has_to_wait_whatever_is_said_anew() {
    let closed = Closed::new().await;
    let phone = phone(&closed, "katrin").await;
    closed.password("katrin").await;
    let late = phone.code(&closed.site, -90);
    for wrong in [late.as_str(), "aaaa-aaaa-aaaa-aaaa", &late] {
        let refused = closed.show_code(wrong).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
    let asked = closed.password("katrin").await;
    assert!(asked.header("location").starts_with("/login/code"));
    for wrong in ["b", &late] {
        let refused = closed.show_code(wrong).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
    for right in [&phone.code(&closed.site, 0), &phone.recovery[0]] {
        let waits = closed.show_code(right).await;
        assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(waits.text.contains("Too many wrong tries"));
    }
}

#[tokio::test]
async fn a_code_never_leads_to_another_server() {
    let closed = Closed::new().await;
    let phone = phone(&closed, "katrin").await;
    closed.password("katrin").await;
    let code = phone.code(&closed.site, 0);
    let fields = [("code", code.as_str()), ("back", "//evil.example")];
    let answer = closed.site.form("/login/code", &fields).await;
    assert_eq!(answer.header("location"), "/");
}
