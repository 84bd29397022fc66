//! Who lost everything, who is gone, and ways around the second factor.

use super::*;

#[tokio::test]
async fn an_administrator_takes_it_away_and_its_owner_is_told_until_they_know() {
    let closed = Closed::new().await;
    phone(&closed, "nils").await;
    closed.as_("nils").await;
    let nils = closed.cookie("session").unwrap();
    let path = format!("/people/{}/factor", closed.site.person("nils"));
    closed.as_("katrin").await;
    let people = closed.site.get("/people").await;
    assert!(people.text.contains("member, second factor"));
    assert!(people.text.contains(&path));
    let taken = closed.site.form(&path, &[]).await;
    assert_eq!(taken.header("location"), "/people");
    let people = closed.site.get("/people").await;
    assert!(people.text.contains("is taken away") && !people.text.contains(&path));
    {
        let mut jar = closed.site.cookies.lock().unwrap();
        jar.insert("session".to_owned(), nils);
    }
    assert!(!closed.is_signed_in().await, "every session has ended");

    let told = "An administrator took away your second factor on";
    for _ in 0..2 {
        let signed = closed.password("nils").await;
        assert_eq!(signed.header("location"), "/l/metakube/plan");
        assert!(closed.site.get("/").await.text.contains(told));
        assert!(!closed.site.get("/").await.text.contains(told));
    }
    let stays = "an administrator took it away on";
    assert!(closed.site.get("/account").await.text.contains(stays));
    closed.site.form("/account/factor/known", &[]).await;
    assert!(!closed.site.get("/account").await.text.contains(stays));
    closed.password("nils").await;
    assert!(!closed.site.get("/").await.text.contains(told));
}

#[tokio::test]
async fn nobody_takes_away_their_own_without_a_code() {
    let closed = Closed::new().await;
    phone(&closed, "katrin").await;
    closed.as_("katrin").await;
    let path = format!("/people/{}/factor", closed.site.person("katrin"));
    assert!(!closed.site.get("/people").await.text.contains(&path));
    let refused = closed.site.form(&path, &[]).await;
    assert_eq!(refused.header("location"), "/people");
    let people = closed.site.get("/people").await;
    assert!(people.text.contains("You turn off your own"));
    let asked = closed.password("katrin").await;
    assert!(asked.header("location").starts_with("/login/code"));
}

#[tokio::test]
async fn whoever_is_erased_between_password_and_code_stays_out() {
    let closed = Closed::new().await;
    let phone = phone(&closed, "nils").await;
    closed.password("nils").await;
    let (nils, accounts) = (closed.site.person("nils"), &closed.site.app.accounts);
    accounts.erase(nils).await.unwrap();
    for code in [&phone.code(&closed.site, 0), &phone.recovery[0]] {
        let answer = closed.show_code(code).await;
        assert!(answer.header("location").starts_with("/login?back="));
        assert!(!closed.is_signed_in().await);
    }
    let store = closed.site.app.launches.store();
    let kept = store.factor_store().factor(nils.0).await.unwrap();
    assert_eq!(kept, None);
    let kept = store.account_store().secrets_of(nils.0).await.unwrap();
    assert_eq!(kept, []);
}

#[tokio::test]
async fn a_new_password_by_a_link_still_asks_for_the_code() {
    let closed = Closed::new().await;
    let phone = phone(&closed, "nils").await;
    let (app, nils) = (&closed.site.app, closed.site.person("nils"));
    let link = app.accounts.password_link(nils, app.seconds()).await;
    let path = format!("/join/{}", link.unwrap());
    closed.nobody();
    let choice = [("login", "nils"), ("password", "another four words")];
    let chosen = closed.site.form(&path, &choice).await;
    assert_eq!(chosen.header("location"), "/login/code?back=%2F");
    assert!(!closed.is_signed_in().await);
    let passed = closed.show_code(&phone.code(&closed.site, 0)).await;
    assert_eq!(passed.status, StatusCode::SEE_OTHER);
    assert!(closed.is_signed_in().await);
}

#[tokio::test]
async fn it_is_turned_on_for_a_password_and_tokens_go_on() {
    let closed = Closed::new().await;
    closed.as_("nils").await;
    let page = closed.site.get("/account").await;
    assert!(page.text.contains("nothing that it would be second to"));
    let refused = closed
        .site
        .form("/account/factor", &[("password", GOOD)])
        .await;
    assert_eq!(refused.header("location"), "/account");

    let (app, katrin) = (&closed.site.app, closed.site.person("katrin"));
    phone(&closed, "katrin").await;
    let token = app
        .accounts
        .make_token(katrin, "wall", false, 30, app.seconds());
    let bearer = format!("Bearer {}", token.await.unwrap());
    closed.nobody();
    let request = Request::get("/api/v1/launches").header("authorization", bearer);
    let answer = closed.site.read(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
}
