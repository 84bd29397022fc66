//! Each change of what somebody signs in by is told to the address that is known to be theirs.

use super::{
    super::factor::{phone, within},
    *,
};
use crate::{accounts::shown, http::tests::access::GOOD};

/// The mails that came so far. The weekly ones come on the first days of a week, and not on the others.
fn mails(mailing: &Mailing) -> Vec<startklar_tests::mail::Received> {
    let mut mails = mailing.server.received();
    mails.retain(|mail| !mail.subject.starts_with("Your week"));
    mails
}

/// The mails that came so far, the last of which tells of this.
async fn told(mailing: &Mailing, to: &str, what: &str) -> usize {
    mailing.round(mailing.site().app.now()).await;
    let mails = mails(mailing);
    let last = mails.last().expect("a mail");
    assert_eq!(last.subject, "Your account has changed");
    assert_eq!(last.to, [to], "{what}");
    assert!(last.text.contains(what), "{what} in {}", last.text);
    assert!(last.text.contains(" (Europe/Berlin) "), "{}", last.text);
    assert_eq!(last.header("List-Unsubscribe"), None);
    mails.len()
}

/// Nothing but what is told of the account, in English, whatever the quiet hours.
const WISHED: [(&str, &str); 4] = [
    ("digest", ""),
    ("locale", "en"),
    ("from", "00:00"),
    ("until", "23:59"),
];

#[tokio::test]
async fn each_change_of_what_somebody_signs_in_by_is_told_at_once() {
    let mailing = Mailing::new().await;
    let (site, katrin) = (mailing.site(), "katrin@example.org");
    mailing.closed.as_("katrin").await;
    mailing.wish(&WISHED).await;
    let token = [("note", "ci"), ("days", "30")];
    site.form("/account/token", &token).await;
    assert_eq!(told(&mailing, katrin, "an API token was made").await, 1);
    let setup = site.form("/account/factor", &[("password", GOOD)]).await;
    let key = within(&setup.text, "secret").remove(0);
    let code = shown(&key, site.app.seconds());
    // What did not happen is not told.
    let wrong = [("code", "000000")];
    site.form("/account/factor/confirm", &wrong).await;
    assert_eq!(told(&mailing, katrin, "an API token was made").await, 1);
    let on = [("code", code.as_str())];
    let on = site.form("/account/factor/confirm", &on).await;
    assert_eq!(
        told(&mailing, katrin, "second factor was turned on").await,
        2
    );
    let codes = within(&on.text, "secret");
    let both = |code: &str| vec![("password", GOOD.to_owned()), ("code", code.to_owned())];
    let form = async |path: &str, fields: Vec<(&str, String)>| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        site.form(path, &fields).await
    };
    let renewed = form("/account/factor/codes", both(&codes[0])).await;
    assert_eq!(told(&mailing, katrin, "new recovery codes").await, 3);
    let codes = within(&renewed.text, "secret");
    form("/account/factor/end", both(&codes[0])).await;
    assert_eq!(
        told(&mailing, katrin, "second factor was turned off").await,
        4
    );
    let wrong = [("old", "not this one"), ("password", "another four words")];
    site.form("/account/password", &wrong).await;
    assert_eq!(told(&mailing, katrin, "turned off").await, 4);
    let new = [("old", GOOD), ("password", "another four words")];
    site.form("/account/password", &new).await;
    assert_eq!(told(&mailing, katrin, "your password was changed").await, 5);
    let app = &site.app;
    let link = app
        .accounts
        .password_link(site.person("katrin"), app.seconds());
    let path = format!("/join/{}", link.await.unwrap());
    site.form(&path, &[("login", "katrin"), ("password", GOOD)])
        .await;
    assert_eq!(told(&mailing, katrin, "your password was changed").await, 6);
}

#[tokio::test]
async fn whose_factor_an_administrator_takes_away_is_told() {
    let mailing = Mailing::new().await;
    phone(&mailing.closed, "nils").await;
    mailing.closed.as_("nils").await;
    mailing
        .wish(&[&WISHED[..], &[("address", "nils@example.org")]].concat())
        .await;
    mailing.closed.as_("katrin").await;
    let path = format!("/people/{}/factor", mailing.site().person("nils"));
    mailing.site().form(&path, &[]).await;
    let many = told(
        &mailing,
        "nils@example.org",
        "an administrator took your second factor away",
    );
    assert_eq!(many.await, 1);
}

#[tokio::test]
async fn an_address_that_is_known_is_left_by_password_only_and_told_of_it() {
    let mailing = Mailing::new().await;
    let (site, katrin) = (mailing.site(), "katrin@example.org");
    mailing.closed.as_("katrin").await;
    mailing.wish(&WISHED).await;
    let other = |password: &'static str| {
        [
            ("address", "other@example.org"),
            ("locale", "en"),
            ("zone", "Europe/Berlin"),
            ("from", "00:00"),
            ("until", "00:00"),
            ("password", password),
        ]
    };
    for (password, says) in [
        ("", "give your password too"),
        ("wrong", "The password is wrong."),
    ] {
        site.form("/account/mail", &other(password)).await;
        let page = site.get("/account").await.text;
        assert!(page.contains(says) && page.contains(katrin), "{page}");
    }
    mailing.round(site.app.now()).await;
    assert!(mailing.server.received().is_empty());
    site.form("/account/mail", &other(GOOD)).await;
    // In whatever order: the one that is left is told, the other asked.
    mailing.round(site.app.now()).await;
    let mails = mailing.server.received();
    let of = |to: &str| {
        let found = mails.iter().find(|mail| mail.to == [to]);
        found.map(|mail| mail.subject.as_str())
    };
    assert_eq!(mails.len(), 2);
    assert_eq!(of(katrin), Some("Your account has changed"));
    assert_eq!(of("other@example.org"), Some("Is this your address?"));
}

#[tokio::test]
async fn a_known_address_is_told_of_everything_until_the_next_is_confirmed() {
    let mailing = Mailing::new().await;
    let (site, katrin) = (mailing.site(), "katrin@example.org");
    mailing.closed.as_("katrin").await;
    mailing.wish(&WISHED).await;
    let save = async |address: &str, password: &str| {
        let fields = [
            ("address", address),
            ("locale", "en"),
            ("zone", "Europe/Berlin"),
            ("digest", "true"),
            ("from", "00:00"),
            ("until", "00:00"),
            ("password", password),
        ];
        site.form("/account/mail", &fields).await;
        site.get("/account").await.text
    };
    let stays = "katrin@example.org stays in use until new@example.org is confirmed";
    let page = save("new@example.org", GOOD).await;
    assert!(page.contains(stays), "{page}");
    assert!(page.contains(r#"value="new@example.org""#), "{page}");
    let note = mailing.site().get("/account");
    assert!(note.await.text.contains("up to five a day"));
    mailing.round(site.app.now()).await;
    assert_eq!(mails(&mailing).len(), 2);
    let safety = async |count: usize, to: &str| {
        let token = [("note", "ci"), ("days", "30")];
        site.form("/account/token", &token).await;
        assert_eq!(told(&mailing, to, "an API token was made").await, count);
    };
    safety(3, katrin).await;
    // Whoever finds the session open cannot silence it now either, and asking once more needs no password.
    let page = save("evil@example.org", "").await;
    assert!(page.contains("give your password too"), "{page}");
    let page = save("new@example.org", "").await;
    assert!(
        page.contains("A mail goes to new@example.org now"),
        "{page}"
    );
    assert!(page.contains(stays), "{page}");
    mailing.round(mailing.monday()).await;
    let weekly = mailing.server.received();
    let weekly = weekly.iter().filter(|m| m.subject.starts_with("Your week"));
    let weekly: Vec<_> = weekly.map(|mail| mail.to.clone()).collect();
    assert!(
        !weekly.is_empty() && weekly.iter().all(|to| to == &[katrin]),
        "{weekly:?}"
    );
    let mails = mails(&mailing);
    let asks = mails.iter().rev().find(|m| m.to == ["new@example.org"]);
    let link = asks.unwrap().link(&format!("{BASE}/address/")).to_owned();
    let said = site.form(path(&link), &[]).await;
    assert_eq!(said.status, StatusCode::OK);
    assert!(
        said.text
            .contains("From now on mail goes to new@example.org")
    );
    let page = site.get("/account").await.text;
    assert!(!page.contains("stays in use"), "{page}");
    safety(mails.len() + 1, "new@example.org").await;
    // Who thinks better of it writes the known one in again, and all is as it was.
    let page = save("third@example.org", GOOD).await;
    assert!(page.contains("new@example.org stays in use until third@example.org"));
    let page = save("new@example.org", "").await;
    assert!(!page.contains("stays in use"), "{page}");
}

#[tokio::test]
async fn a_passkey_that_comes_or_goes_is_told() {
    let mailing = Mailing::new().await;
    let (site, katrin) = (mailing.site(), "katrin@example.org");
    mailing.closed.as_("katrin").await;
    mailing.wish(&WISHED).await;
    mailing.closed.stick().await;
    assert_eq!(told(&mailing, katrin, "a passkey was added").await, 1);
    let remove = async |password: &str| {
        let passkeys = site.app.accounts.passkeys(site.person("katrin"));
        let id = passkeys.await.unwrap()[0].id.to_string();
        let fields = [("id", id.as_str()), ("password", password)];
        site.form("/account/passkeys/remove", &fields).await;
    };
    remove("wrong").await;
    assert_eq!(told(&mailing, katrin, "a passkey was added").await, 1);
    remove(GOOD).await;
    assert_eq!(told(&mailing, katrin, "a passkey was removed").await, 2);
    mailing.closed.stick().await;
    mailing.closed.as_("katrin").await;
    let (accounts, lena) = (&site.app.accounts, site.person("lena"));
    let administrator = startklar::rights::Standing::Administrator;
    let set = accounts.set_standing(lena, administrator).await;
    set.unwrap();
    mailing.closed.as_("lena").await;
    let path = format!("/people/{}/passkeys", site.person("katrin"));
    site.form(&path, &[]).await;
    let what = "an administrator took your passkeys away";
    assert_eq!(told(&mailing, katrin, what).await, 4);
}
