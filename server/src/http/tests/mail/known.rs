//! Signing in with a browser that is not known to be somebody's own is told to the address that is.

use super::{super::factor::phone, *};
use crate::{accounts::shown, http::tests::access::GOOD};

const SUBJECT: &str = "Signed in with another browser";

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/// Everything is told in English at once, and nothing but what is told of the account.
async fn katrin() -> Mailing {
    let mailing = Mailing::new().await;
    mailing.closed.as_("katrin").await;
    let wished = [
        ("digest", ""),
        ("locale", "en"),
        ("from", "00:00"),
        ("until", "23:59"),
    ];
    mailing.wish(&wished).await;
    mailing.closed.nobody();
    mailing
}

impl Mailing {
    /// Signs out, and in again with what the browser keeps besides.
    async fn signs_in(&self, login: &str, password: &str) -> Answer {
        self.site().cookies.lock().unwrap().remove("session");
        let body = format!("login={login}&password={}", password.replace(' ', "+"));
        let request = Request::post("/login")
            .header("sec-fetch-site", "same-origin")
            .header("user-agent", FIREFOX)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.into());
        self.site().read(request.unwrap()).await
    }

    /// How many mails told of it so far.
    async fn told(&self) -> usize {
        self.round(self.site().app.now()).await;
        let mails = self.server.received();
        mails.iter().filter(|mail| mail.subject == SUBJECT).count()
    }

    fn known(&self) -> Option<String> {
        self.site().cookies.lock().unwrap().get("known").cloned()
    }
}

#[tokio::test]
async fn signing_in_with_a_browser_that_is_not_known_is_told_once() {
    let mailing = katrin().await;
    mailing.signs_in("katrin", "four words make none").await;
    assert_eq!((mailing.told().await, mailing.known()), (0, None));
    let signed = mailing.signs_in("katrin", GOOD).await;
    let cookies = signed.headers.get_all("set-cookie");
    let cookie = cookies.iter().map(|cookie| cookie.to_str().unwrap());
    let cookie = cookie.filter(|cookie| cookie.starts_with("known=skl_"));
    let cookie: Vec<_> = cookie.collect();
    assert_eq!(cookie.len(), 1);
    assert!(
        cookie[0].ends_with("; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"),
        "{cookie:?}"
    );
    assert_eq!(mailing.told().await, 1);
    let mail = mailing.server.received().pop().unwrap();
    assert_eq!(mail.to, ["katrin@example.org"]);
    for part in [
        "Firefox, Linux.",
        " (Europe/Berlin) ",
        "change your password at once",
    ] {
        assert!(mail.text.contains(part), "{part} in {}", mail.text);
    }
    assert!(!mail.raw.contains("Gecko"), "{}", mail.raw);
    // It is known from then on, whatever the mail was answered.
    mailing.signs_in("katrin", GOOD).await;
    mailing.site().form("/logout", &[]).await;
    mailing.signs_in("katrin", GOOD).await;
    assert_eq!(mailing.told().await, 1);
    // Another one is another.
    let first = mailing.known().unwrap();
    mailing.closed.nobody();
    mailing.signs_in("katrin", GOOD).await;
    assert_eq!(mailing.told().await, 2);
    assert_ne!(mailing.known().unwrap(), first);
    // A new password makes every browser a new one.
    let new = [("old", GOOD), ("password", "another four words")];
    mailing.site().form("/account/password", &new).await;
    mailing.signs_in("katrin", "another four words").await;
    assert_eq!(mailing.told().await, 3);
}

#[tokio::test]
async fn people_who_share_a_browser_are_each_known_there() {
    let mailing = katrin().await;
    let app = &mailing.site().app;
    let join = async |handle: &str| {
        let person = mailing.site().person(handle);
        let link = app.accounts.password_link(person, app.seconds()).await;
        let path = format!("/join/{}", link.unwrap());
        let fields = [("login", handle), ("password", GOOD)];
        mailing.site().form(&path, &fields).await
    };
    mailing.signs_in("katrin", GOOD).await;
    assert_eq!(mailing.told().await, 1);
    join("nils").await;
    mailing.signs_in("katrin", GOOD).await;
    mailing.signs_in("nils", GOOD).await;
    mailing.signs_in("katrin", GOOD).await;
    assert_eq!(mailing.told().await, 1);
    // Whoever came in by a link was told of the new password, and of nothing else.
    join("katrin").await;
    mailing.signs_in("katrin", GOOD).await;
    assert_eq!(mailing.told().await, 1);
    // What nobody gave out is known to nobody.
    let made_up = "skl_00.x...\u{e4}".to_owned();
    let jar = &mailing.site().cookies;
    jar.lock().unwrap().insert("known".to_owned(), made_up);
    mailing.signs_in("katrin", GOOD).await;
    assert_eq!(mailing.told().await, 2);
}

#[tokio::test]
async fn with_a_second_factor_it_is_told_after_the_code() {
    let mailing = katrin().await;
    let phone = phone(&mailing.closed, "katrin").await;
    mailing.signs_in("katrin", GOOD).await;
    assert_eq!((mailing.told().await, mailing.known()), (0, None));
    let code = shown(&phone.key, mailing.site().app.seconds());
    let code = [("code", code.as_str())];
    mailing.site().form("/login/code", &code).await;
    assert_eq!(mailing.told().await, 1);
    assert!(mailing.known().is_some());
}
