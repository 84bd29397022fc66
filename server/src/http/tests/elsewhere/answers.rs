//! What comes back from a provider: taken once, by the browser that began, and only when all of it is
//! proven.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::{provider::Signed, *};

#[tokio::test]
async fn whoever_is_linked_signs_in_and_lands_where_they_wanted() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.linked("katrin", "k-1").await;
    let login = elsewhere.site().get("/login?back=%2Fl%2Fmetakube").await;
    assert!(
        login.text.contains("Sign in with Con &amp; fake"),
        "{}",
        login.text
    );
    let link = "/login/with/fake?back=%2Fl%2Fmetakube";
    assert!(login.text.contains(link));
    let answer = elsewhere.site().get(link).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("attempt=skl_")
            && cookie.ends_with("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let brought = Brought(answer.header("location").to_owned());
    assert_eq!(brought.field("response_type"), "code");
    assert_eq!(brought.field("scope"), "openid email");
    assert_eq!(
        brought.field("redirect_uri"),
        format!("{BASE}/login/back/fake")
    );
    let code = elsewhere.fake.vouch(&brought, json!({}));
    let answer = elsewhere.back(&brought, &code).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/l/metakube");
    let shown = elsewhere.fake.inner.shown.lock().unwrap().clone();
    assert_eq!(shown.as_deref(), Some("startklar:s%26cret"));
    assert!(
        !elsewhere
            .site()
            .cookies
            .lock()
            .unwrap()
            .contains_key("attempt")
    );
    // A session as any other.
    let page = elsewhere.told("/account").await;
    assert!(page.contains("Katrin Brandt") && page.contains("Con &amp; fake"));
    elsewhere.site().form("/logout", &[]).await;
    assert!(!elsewhere.is_signed_in().await);
}

#[tokio::test]
async fn what_is_not_proven_signs_nobody_in() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.linked("katrin", "k-1").await;
    let now = chrono::Utc::now().timestamp();
    for (claims, signed, what) in [
        (json!({"nonce": "another"}), Signed::Well, "another attempt"),
        (json!({"nonce": null}), Signed::Well, "no attempt"),
        (json!({"aud": "another"}), Signed::Well, "for another"),
        (
            json!({"aud": ["startklar", "another"]}),
            Signed::Well,
            "for others too",
        ),
        (json!({"aud": []}), Signed::Well, "for nobody"),
        (json!({"aud": null}), Signed::Well, "for nobody"),
        (json!({"azp": "another"}), Signed::Well, "given to another"),
        (
            json!({"iss": elsewhere.other.issuer}),
            Signed::Well,
            "of another",
        ),
        (json!({"iss": null}), Signed::Well, "of nobody"),
        (json!({"exp": now - 60}), Signed::Well, "expired"),
        (json!({"exp": null}), Signed::Well, "without an end"),
        (
            json!({"exp": format!("{}", now + 300)}),
            Signed::Well,
            "an end that is none",
        ),
        (json!({"nbf": now + 300}), Signed::Well, "not yet"),
        (json!({"sub": ""}), Signed::Well, "nobody"),
        (json!({"sub": null}), Signed::Well, "nobody"),
        (json!({}), Signed::ByAnother, "signed by another"),
        (json!({}), Signed::ByASecret, "signed by a secret"),
        (json!({}), Signed::Not, "not signed"),
    ] {
        let brought = elsewhere.begin("/login/with/fake").await;
        let code = elsewhere
            .fake
            .vouch_signed(&brought, claims.clone(), signed);
        let answer = elsewhere.back(&brought, &code).await;
        assert_eq!(
            answer.header("location"),
            "/login?back=%2F",
            "{what}: {claims}"
        );
        let page = elsewhere.told("/login").await;
        assert!(
            page.contains("does not prove who you are"),
            "{what}: {page}"
        );
        assert!(!elsewhere.is_signed_in().await, "{what}: {claims}");
    }
    // What is right all the same: lists of one, and both names of the client.
    let right = json!({"aud": ["startklar"], "azp": "startklar", "exp": now + 60});
    elsewhere.sign_in(right).await;
    assert!(elsewhere.is_signed_in().await);
}

#[tokio::test]
async fn an_answer_is_taken_once_and_by_the_browser_that_began() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.linked("katrin", "k-1").await;
    let ended = "was taken before, has waited too long, or was begun in another browser";
    let brought = elsewhere.begin("/login/with/fake").await;
    let code = elsewhere.fake.vouch(&brought, json!({}));
    let jar = elsewhere.site().cookies.lock().unwrap().clone();
    // Somebody else's browser, to whom the answer was sent on.
    elsewhere.closed.nobody();
    let answer = elsewhere.back(&brought, &code).await;
    assert_eq!(answer.header("location"), "/login");
    assert!(elsewhere.told("/login").await.contains(ended));
    // A state that was made up ends nothing.
    elsewhere.site().cookies.lock().unwrap().clone_from(&jar);
    let forged = format!("/login/back/fake?code={code}&state=made-up");
    assert_eq!(
        elsewhere.site().get(&forged).await.header("location"),
        "/login"
    );
    let right = elsewhere.back(&brought, &code).await;
    assert_eq!(right.header("location"), "/");
    assert!(elsewhere.is_signed_in().await);
    // Once more, with the cookie as it was, and with another code.
    for code in [code, elsewhere.fake.vouch(&brought, json!({}))] {
        elsewhere.site().cookies.lock().unwrap().clone_from(&jar);
        let again = elsewhere.back(&brought, &code).await;
        assert_eq!(again.header("location"), "/login");
        assert!(elsewhere.told("/login").await.contains(ended));
        assert!(!elsewhere.is_signed_in().await);
    }
}

#[tokio::test]
async fn the_answer_of_one_provider_is_not_taken_for_anothers() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.linked("katrin", "k-1").await;
    let brought = elsewhere.begin("/login/with/fake").await;
    let (code, state) = (
        elsewhere.fake.vouch(&brought, json!({})),
        brought.field("state"),
    );
    let issuer = address::encode(&elsewhere.fake.issuer);
    let path = format!("/login/back/other?code={code}&state={state}&iss={issuer}");
    assert_eq!(
        elsewhere.site().get(&path).await.header("location"),
        "/login"
    );
    assert!(!elsewhere.is_signed_in().await);
    // At the right address, but said to be from another, or from nobody.
    for issuer in [
        format!("&iss={}", address::encode(&elsewhere.other.issuer)),
        String::new(),
    ] {
        let brought = elsewhere.begin("/login/with/fake").await;
        let (code, state) = (
            elsewhere.fake.vouch(&brought, json!({})),
            brought.field("state"),
        );
        let path = format!("/login/back/fake?code={code}&state={state}{issuer}");
        elsewhere.site().get(&path).await;
        let page = elsewhere.told("/login").await;
        assert!(page.contains("does not prove who you are"), "{page}");
    }
    assert!(!elsewhere.is_signed_in().await);
}

#[tokio::test]
async fn nobody_lands_at_another_server() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.linked("katrin", "k-1").await;
    for back in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let path = format!("/login/with/fake?back={}", address::encode(back));
        let brought = elsewhere.begin(&path).await;
        let code = elsewhere.fake.vouch(&brought, json!({}));
        assert_eq!(
            elsewhere.back(&brought, &code).await.header("location"),
            "/"
        );
        elsewhere.closed.nobody();
        // Nor when the cookie says so.
        let brought = elsewhere.begin("/login/with/fake").await;
        {
            let mut jar = elsewhere.site().cookies.lock().unwrap();
            let attempt = jar.get_mut("attempt").unwrap();
            let secret = attempt.split('+').next().unwrap().to_owned();
            *attempt = format!("{secret}+{}", address::encode(back));
        }
        let code = elsewhere.fake.vouch(&brought, json!({}));
        assert_eq!(
            elsewhere.back(&brought, &code).await.header("location"),
            "/"
        );
        elsewhere.closed.nobody();
    }
    for path in ["/login/with/nobody", "/login/back/nobody?code=1&state=1"] {
        assert_eq!(
            elsewhere.site().get(path).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn a_provider_that_refuses_or_is_down_is_said_so() {
    let mut elsewhere = Elsewhere::new().await;
    for (error, said) in [
        ("access_denied", "let nobody in"),
        ("server_error", "refused. Begin again"),
        ("<script>", "refused. Begin again"),
    ] {
        let brought = elsewhere.begin("/login/with/fake").await;
        let (state, error) = (brought.field("state"), address::encode(error));
        let path = format!("/login/back/fake?error={error}&state={state}");
        elsewhere.site().get(&path).await;
        let page = elsewhere.told("/login").await;
        assert!(page.contains(said) && !page.contains("<script>"), "{page}");
    }
    // A code that it never gave.
    let brought = elsewhere.begin("/login/with/fake").await;
    elsewhere.back(&brought, "made-up").await;
    assert!(
        elsewhere
            .told("/login")
            .await
            .contains("refused. Begin again")
    );
    elsewhere.other.stop().await;
    let down = elsewhere.site().get("/login/with/other?back=%2Fweek").await;
    assert_eq!(down.header("location"), "/login?back=%2Fweek");
    let page = elsewhere.told("/login?back=%2Fweek").await;
    assert!(
        page.contains("Con &amp; other does not answer as it should"),
        "{page}"
    );
}

#[tokio::test]
async fn a_provider_of_another_name_is_not_asked_further() {
    let (closed, fake) = (Closed::new().await, Fake::start().await);
    let mut provider = provider_named("fake", &fake, None);
    // Asked at the same address, but it calls itself otherwise.
    provider.issuer.push('/');
    closed
        .site
        .app
        .sign_in_by(Providers::new(vec![provider], BASE));
    let answer = closed.site.get("/login/with/fake").await;
    assert_eq!(answer.header("location"), "/login?back=%2F");
    let page = closed.site.get("/login").await.text;
    assert!(page.contains("does not answer as it should"), "{page}");
}

#[tokio::test]
async fn keys_are_asked_for_once_and_anew_when_they_were_changed() {
    let elsewhere = Elsewhere::new().await;
    elsewhere.linked("katrin", "k-1").await;
    for (rolls, asked) in [(false, 1), (false, 1), (true, 2), (false, 2)] {
        if rolls {
            elsewhere.fake.roll();
        }
        elsewhere.sign_in(json!({})).await;
        assert!(elsewhere.is_signed_in().await);
        elsewhere.closed.nobody();
        let found = elsewhere.fake.inner.asked.load(Ordering::Relaxed);
        assert_eq!(found, asked);
    }
}

#[tokio::test]
async fn who_begins_too_often_has_to_wait() {
    let elsewhere = Elsewhere::new().await;
    let mut begun = 0;
    for _ in 0..60 {
        let answer = elsewhere.site().get("/login/with/fake").await;
        begun += usize::from(
            answer
                .header("location")
                .starts_with(&elsewhere.fake.issuer),
        );
    }
    assert_eq!(begun, 50);
    assert!(elsewhere.told("/login").await.contains("Try again in"));
}
