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
    let guessed = mailing.site().get(&guess).await;
    assert_eq!(guessed.status, StatusCode::GONE);
    let (own, invited) = ("It ended one kind of mail", "An administrator");
    let page = &guessed.text;
    assert!(page.contains(own) && !page.contains(invited), "{page}");
    for other in ["/status", "/join"] {
        let answer = mailing.site().get(&format!("{other}/{secret}")).await;
        assert_eq!(answer.status, StatusCode::GONE, "{other}");
    }
}

#[tokio::test]
async fn nothing_is_told_to_an_address_before_its_reader_says_that_it_is_theirs() {
    let mailing = Mailing::new().await;
    mailing.closed.as_("farah").await;
    let save = async |address: &str, quiet_until: &str| {
        let fields = [
            ("address", address),
            ("locale", "de"),
            ("zone", "Europe/Berlin"),
            ("digest", "true"),
            ("notices", "true"),
            ("from", "00:00"),
            ("until", quiet_until),
        ];
        mailing.site().form("/account/mail", &fields).await;
        mailing.site().get("/account").await.text
    };
    let page = save("somebody@example.org", "23:59").await;
    assert!(
        page.contains("A mail goes to somebody@example.org now"),
        "{page}"
    );
    assert!(page.contains("Nothing else is sent to somebody@example.org"));
    // At once, whatever the quiet hours, and on Monday still nothing else.
    let monday = mailing.monday();
    mailing.round(mailing.site().app.now()).await;
    mailing.round(monday).await;
    let mails = mailing.server.received();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let mail = &mails[0];
    assert_eq!(mail.subject, "Ist das Ihre Adresse?");
    assert!(!mail.raw.contains("Farah") && !mail.raw.contains("farah"));
    assert_eq!(mail.header("List-Unsubscribe"), None);
    let first = mail.link(&format!("{BASE}/address/")).to_owned();
    assert!(mail.html.contains(&first));
    // Another address takes another link.
    save("farah@example.org", "00:00").await;
    mailing.closed.nobody();
    let of_the_first = mailing.site().get(path(&first)).await;
    assert_eq!(of_the_first.status, StatusCode::GONE);
    let (own, invited) = ("save it once more in your account", "An administrator");
    let page = &of_the_first.text;
    assert!(page.contains(own) && !page.contains(invited), "{page}");
    mailing.round(mailing.site().app.now()).await;
    let mails = mailing.server.received();
    assert_eq!(mails.len(), 2);
    let link = mails[1].link(&format!("{BASE}/address/")).to_owned();
    // It only asks: programs look at every link of a mail.
    let asked = mailing.site().get(path(&link)).await;
    assert!(
        asked.text.contains("Ja, das ist meine Adresse"),
        "{}",
        asked.text
    );
    mailing.round(monday).await;
    assert_eq!(mailing.server.received().len(), 2);
    let said = mailing.site().form(path(&link), &[]).await;
    assert_eq!(said.status, StatusCode::OK);
    assert!(
        said.text
            .contains("Von nun an geht Mail an farah@example.org")
    );
    // Once said it is not asked for again, and nothing can be said twice.
    for again in [
        mailing.site().get(path(&link)).await,
        mailing.site().form(path(&link), &[]).await,
    ] {
        assert_eq!(again.status, StatusCode::OK);
        let page = &again.text;
        assert!(page.contains("Dieser Link wurde schon benutzt"), "{page}");
        assert!(!page.contains("Ist das Ihre Adresse?"), "{page}");
    }
    mailing.round(monday).await;
    let mails = mailing.server.received();
    assert!(mails.len() > 2, "now it is told");
    assert!(mails.iter().skip(2).all(|m| m.to == ["farah@example.org"]));
    mailing.closed.as_("farah").await;
    let page = save("farah@example.org", "00:00").await;
    assert!(page.contains("Saved.") && !page.contains("Nothing else is sent to"));
}

#[tokio::test]
async fn nobody_is_pestered_by_questions_about_an_address() {
    let mailing = Mailing::new().await;
    mailing.closed.as_("farah").await;
    let save = async |n: usize| {
        let address = format!("victim{n}@example.org");
        let fields = [
            ("address", address.as_str()),
            ("locale", "en"),
            ("zone", "UTC"),
            ("from", "00:00"),
            ("until", "00:00"),
        ];
        mailing.site().form("/account/mail", &fields).await;
        mailing.round(mailing.site().app.now()).await;
    };
    // Also when many are asked for at once.
    let (save, mailing) = (&save, &mailing);
    futures_util::future::join_all((0..9).map(save)).await;
    save(9).await;
    let page = mailing.site().get("/account").await;
    assert!(
        page.text.contains("5 have gone out within a day"),
        "{}",
        page.text
    );
    // What asked about an address that was replaced at once need not have gone out at all.
    let sent = mailing.server.received().len();
    assert!((1..=5).contains(&sent), "{sent}");
    let store = mailing.site().app.launches.store().mail_store();
    let farah = mailing.site().person("farah").0;
    assert!(store.written_to(farah).await.unwrap().len() <= 5);
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
