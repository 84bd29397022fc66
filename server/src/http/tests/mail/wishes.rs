//! What people say about mail: on their account, and by the links in it.

use super::*;

#[tokio::test]
async fn a_link_in_a_mail_ends_that_kind_without_signing_in_and_nothing_else() {
    let mailing = Mailing::new().await;
    mailing.closed.as_("farah").await;
    mailing.wish(&[("notices", "true")]).await;
    let monday = mailing.monday();
    mailing.round(monday).await;
    let mails = mailing.server.received();
    let mail = mails
        .iter()
        .find(|mail| mail.subject.starts_with("Ihre Woche"));
    let mail = mail.unwrap();
    let link = mail.link(&format!("{BASE}/unsubscribe/"));
    assert_eq!(
        mail.header("List-Unsubscribe"),
        Some(format!("<{link}>").as_str())
    );
    assert_eq!(
        mail.header("List-Unsubscribe-Post"),
        Some("List-Unsubscribe=One-Click")
    );
    mailing.closed.nobody();
    let store = mailing.site().app.launches.store();
    let secret = link.rsplit('/').next().unwrap();
    let farah = mailing.site().person("farah").0;
    let wish = async || store.mail_store().mail_wish(farah).await.unwrap().unwrap();
    // It only asks, in the language of the mail.
    let asked = mailing.site().get(path(link)).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text.contains("Nicht mehr schicken"), "{}", asked.text);
    assert!(
        !asked.text.contains("Katrin"),
        "whoever has the link knows nobody"
    );
    assert!(wish().await.digest);
    // A program says nothing about where it comes from.
    let request = Request::post(path(link))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click".into());
    let stopped = mailing.site().read(request.unwrap()).await;
    assert_eq!(stopped.status, StatusCode::OK);
    let kept = wish().await;
    assert!(!kept.digest && kept.notices && kept.address == "katrin@example.org");
    mailing.round(monday + chrono::TimeDelta::days(7)).await;
    let weekly = mailing.server.received();
    let weekly = weekly
        .iter()
        .filter(|mail| mail.subject.starts_with("Ihre Woche"));
    assert_eq!(weekly.count(), 1);
    // Nobody guesses one, and what ends mail opens nothing.
    let guess = format!("/unsubscribe/{}", secret.replace('a', "b"));
    assert_eq!(mailing.site().get(&guess).await.status, StatusCode::GONE);
    for other in ["/status", "/join"] {
        let answer = mailing.site().get(&format!("{other}/{secret}")).await;
        assert_eq!(answer.status, StatusCode::GONE, "{other}");
    }
}

#[tokio::test]
async fn what_cannot_be_wished_for_is_refused_in_words() {
    let mailing = Mailing::new().await;
    mailing.closed.as_("farah").await;
    for (field, value, says) in [
        ("address", "nobody", "no mail address"),
        ("zone", "Europe/Atlantis", "Europe/Berlin or UTC"),
        ("until", "late", "no times of the day"),
        ("locale", "fr", "none of the languages"),
    ] {
        mailing.wish(&[(field, value)]).await;
        let page = mailing.site().get("/account").await;
        assert!(page.text.contains(says), "{says} in {}", page.text);
    }
    let page = mailing.site().get("/account").await;
    assert!(page.text.contains(r#"value="20:00""#) && page.text.contains("Europe/Berlin"));
    mailing.wish(&[("digest", ""), ("from", "22:15")]).await;
    let page = mailing.site().get("/account").await;
    assert!(page.text.contains(r#"value="22:15""#));
    // Another site cannot say it in somebody's name.
    let request = Request::post("/account/mail")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("address=evil@example.org".into());
    let answer = mailing.site().read(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_server_without_a_mail_server_says_so() {
    let closed = Closed::new().await;
    closed.as_("farah").await;
    let page = closed.site.get("/account").await;
    assert!(page.text.contains("This server sends no mail"));
    let saved = closed
        .site
        .form("/account/mail", &[("address", "farah@example.org")]);
    assert_eq!(saved.await.header("location"), "/account");
    let store = closed.site.app.launches.store().mail_store();
    assert!(store.mail_wishes().await.unwrap().is_empty());
}
