use uuid::Uuid;

use super::*;
use crate::store;

pub(super) const NOW: i64 = 1_800_000_000;
pub(super) const GOOD: &str = "four words make one";

async fn workspace() -> (Arc<Accounts>, PersonId) {
    let store = store::open("sqlite::memory:").await.unwrap();
    let lena = PersonId(Uuid::from_u128(7));
    let person = store::Person {
        id: lena.0,
        key: "lena".to_owned(),
        name: "Lena Novak".to_owned(),
    };
    store.upsert_people(vec![person]).await.unwrap();
    (Accounts::open(store).await.unwrap(), lena)
}

/// The same with Lena as its administrator.
pub(super) async fn closed() -> (Arc<Accounts>, PersonId) {
    let (accounts, lena) = workspace().await;
    let text = accounts.first_link(NOW).await.unwrap().unwrap();
    let link = accounts.find_link(&text, NOW).await.unwrap();
    let account = Accounts::new_administrator(lena, "Lena@Example.org", NOW);
    accounts
        .use_link(link, account, "Lena Novak", GOOD.to_owned())
        .await
        .unwrap();
    (accounts, lena)
}

async fn sign_in(accounts: &Accounts, password: &str) -> Result<(String, PersonId), Refused> {
    let signed = accounts
        .sign_in(
            "lena@example.org",
            password.to_owned(),
            "10.0.0.1",
            "Firefox",
            NOW,
        )
        .await;
    match signed? {
        (Entry::Whole { session, .. }, person) => Ok((session, person)),
        (Entry::Half(_), _) => panic!("nobody here has a second factor"),
    }
}

#[tokio::test]
async fn the_first_link_works_once_and_only_without_accounts() {
    let (accounts, lena) = workspace().await;
    let replaced = accounts.first_link(NOW).await.unwrap().unwrap();
    let text = accounts.first_link(NOW).await.unwrap().unwrap();
    assert!(accounts.find_link(&replaced, NOW).await.is_err());
    let link = accounts.find_link(&text, NOW).await.unwrap();
    let again = link.clone();
    let account = Accounts::new_administrator(lena, "lena", NOW);
    let used = accounts.use_link(link, account.clone(), "Lena", GOOD.to_owned());
    used.await.unwrap();
    let used = accounts.use_link(again, account, "Lena", "another four words".to_owned());
    assert!(matches!(used.await, Err(Refused::Ended)));
    assert!(accounts.first_link(NOW).await.unwrap().is_none());
    assert!(matches!(
        accounts.find_link(&text, NOW).await,
        Err(Refused::Ended)
    ));
}

#[tokio::test]
async fn no_new_password_is_one_that_the_operators_file_holds() {
    // SHA-1 of “another four words”.
    let leaked = "E4FC3A6D36882213C5A45BE36A3C4514B864AA76:2\n";
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, leaked.as_bytes()).unwrap();
    let (accounts, lena) = closed().await;
    let leaked = Leaked::open(file.path()).unwrap();
    let accounts = Accounts::open_refusing(Arc::clone(&accounts.store), Some(leaked));
    let accounts = accounts.await.unwrap();
    let change = |new: &str| {
        let (old, new) = (GOOD.to_owned(), new.to_owned());
        accounts.change_password(lena, "Lena", old, new)
    };
    let refused = change("another four words").await;
    assert!(
        matches!(refused, Err(Refused::Weak(Weak::Leaked))),
        "{refused:?}"
    );
    assert!(sign_in(&accounts, GOOD).await.is_ok());
    drop(file);
    let refused = change("and yet another four").await;
    assert!(
        matches!(refused, Err(Refused::Broken(_))),
        "unread is not unknown: {refused:?}"
    );
}

#[tokio::test]
async fn a_link_that_waited_too_long_has_ended() {
    let (accounts, _) = workspace().await;
    let text = accounts.first_link(NOW).await.unwrap().unwrap();
    let late = NOW + 3 * 86_400;
    assert!(accounts.find_link(&text, late - 1).await.is_ok());
    assert!(matches!(
        accounts.find_link(&text, late).await,
        Err(Refused::Ended)
    ));
}

#[tokio::test]
async fn whoever_signs_in_is_known_until_they_sign_out() {
    let (accounts, lena) = closed().await;
    let (session, person) = sign_in(&accounts, GOOD).await.unwrap();
    assert_eq!(person, lena);
    let signed = accounts.who(&session, NOW).await.unwrap();
    assert_eq!(
        (signed.person, signed.standing),
        (lena, Standing::Administrator)
    );
    assert_eq!(accounts.sessions(lena, NOW).await.unwrap().len(), 1);
    assert!(accounts.stands(&signed, NOW).await);
    accounts.end(lena, signed.by).await.unwrap();
    assert!(
        !accounts.stands(&signed, NOW).await,
        "nor does a stream go on"
    );
    assert!(accounts.who(&session, NOW).await.is_none());
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_in_any_case_after_a_month() {
    let (accounts, _) = closed().await;
    let (session, _) = sign_in(&accounts, GOOD).await.unwrap();
    let day = 86_400;
    for days in (6..30).step_by(6) {
        assert!(
            accounts.who(&session, NOW + days * day).await.is_some(),
            "day {days}"
        );
    }
    assert!(accounts.who(&session, NOW + 30 * day).await.is_none());
    let (session, _) = sign_in(&accounts, GOOD).await.unwrap();
    assert!(accounts.who(&session, NOW + 7 * day).await.is_none());
}

#[tokio::test]
async fn wrong_passwords_are_refused_alike_and_then_have_to_wait() {
    let (accounts, _) = closed().await;
    let nobody = accounts
        .sign_in("nobody", GOOD.to_owned(), "10.0.0.2", "", NOW)
        .await;
    assert!(matches!(nobody, Err(Refused::Wrong)));
    for _ in 0..5 {
        assert!(matches!(
            sign_in(&accounts, "wrong").await,
            Err(Refused::Wrong)
        ));
    }
    assert!(matches!(
        sign_in(&accounts, GOOD).await,
        Err(Refused::Wait { .. })
    ));
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let (accounts, lena) = closed().await;
    let (session, _) = sign_in(&accounts, GOOD).await.unwrap();
    let change = |old: &str, new: &str| {
        accounts.change_password(lena, "Lena Novak", old.to_owned(), new.to_owned())
    };
    assert!(matches!(
        change("wrong", "another four words").await,
        Err(Refused::Wrong)
    ));
    assert!(matches!(
        change(GOOD, "short").await,
        Err(Refused::Weak(Weak::Length))
    ));
    assert!(accounts.who(&session, NOW).await.is_some());
    change(GOOD, "another four words").await.unwrap();
    assert!(accounts.who(&session, NOW).await.is_none());
    assert!(sign_in(&accounts, "another four words").await.is_ok());
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let (accounts, lena) = closed().await;
    let demoted = accounts.set_standing(lena, Standing::Member).await;
    assert!(matches!(demoted, Err(Refused::LastAdministrator)));
    assert!(matches!(
        accounts.erase(lena).await,
        Err(Refused::LastAdministrator)
    ));
}

#[tokio::test]
async fn a_token_acts_in_the_name_of_its_maker_as_far_as_it_may() {
    let (accounts, lena) = closed().await;
    let reads = accounts
        .make_token(lena, "wall", false, 30, NOW)
        .await
        .unwrap();
    let signed = accounts.who_by_token(&reads, NOW).await.unwrap();
    assert_eq!((signed.person, signed.writes), (lena, false));
    assert!(
        accounts.who(&reads, NOW).await.is_none(),
        "a token is no session"
    );
    let (session, _) = sign_in(&accounts, GOOD).await.unwrap();
    assert!(accounts.who_by_token(&session, NOW).await.is_none());
    assert!(
        accounts
            .who_by_token(&reads, NOW + 30 * 86_400)
            .await
            .is_none()
    );
    assert!(accounts.make_token(lena, "x", true, 0, NOW).await.is_err());
}

#[tokio::test]
async fn whoever_is_erased_is_out() {
    let (accounts, _) = closed().await;
    let nils = PersonId(Uuid::from_u128(8));
    let person = store::Person {
        id: nils.0,
        key: "nils".to_owned(),
        name: "Nils".to_owned(),
    };
    accounts.store.upsert_people(vec![person]).await.unwrap();
    accounts
        .add(nils, "nils", Standing::Member, NOW)
        .await
        .unwrap();
    let taken = accounts.add(nils, "other", Standing::Member, NOW).await;
    assert!(matches!(taken, Err(Refused::LoginTaken)));
    let text = accounts.password_link(nils, NOW).await.unwrap();
    let link = accounts.find_link(&text, NOW).await.unwrap();
    let account = accounts.of(nils).unwrap();
    accounts
        .use_link(link, account, "Nils", "quite another one".to_owned())
        .await
        .unwrap();
    let session = accounts.begin_session(nils, "", NOW).await.unwrap();
    assert!(accounts.who(&session, NOW).await.is_some());
    accounts.erase(nils).await.unwrap();
    assert!(accounts.who(&session, NOW).await.is_none());
    assert!(accounts.of(nils).is_none());
}

#[tokio::test]
async fn a_taken_login_does_not_cost_the_link() {
    let (accounts, lena) = closed().await;
    let nils = PersonId(Uuid::from_u128(8));
    let person = store::Person {
        id: nils.0,
        key: "nils".to_owned(),
        name: "Nils".to_owned(),
    };
    accounts.store.upsert_people(vec![person]).await.unwrap();
    accounts
        .add(nils, "nils", Standing::Member, NOW)
        .await
        .unwrap();
    let text = accounts.password_link(nils, NOW).await.unwrap();
    let try_as = async |login: &str| {
        let link = accounts.find_link(&text, NOW).await?;
        let mut account = accounts.of(nils).unwrap();
        login.clone_into(&mut account.login);
        accounts
            .use_link(link, account, "Nils", GOOD.to_owned())
            .await
    };
    let taken = try_as("lena@example.org").await;
    assert!(matches!(taken, Err(Refused::LoginTaken)));
    try_as("nils").await.unwrap();
    assert_eq!(accounts.of(lena).unwrap().login, "lena@example.org");
}

#[tokio::test]
async fn a_new_password_ends_tokens_and_links_too() {
    let (accounts, lena) = closed().await;
    let token = accounts
        .make_token(lena, "robot", true, 30, NOW)
        .await
        .unwrap();
    let link = accounts.password_link(lena, NOW).await.unwrap();
    let changed = accounts.change_password(
        lena,
        "Lena Novak",
        GOOD.to_owned(),
        "another four words".to_owned(),
    );
    changed.await.unwrap();
    assert!(accounts.who_by_token(&token, NOW).await.is_none());
    assert!(matches!(
        accounts.find_link(&link, NOW).await,
        Err(Refused::Ended)
    ));
}

#[tokio::test]
async fn an_administrator_who_has_not_come_yet_cannot_be_the_way_back_to_open() {
    let (accounts, lena) = workspace().await;
    accounts
        .add(lena, "lena", Standing::Administrator, NOW)
        .await
        .unwrap();
    assert!(matches!(
        accounts.erase(lena).await,
        Err(Refused::LastAdministrator)
    ));
    assert!(!accounts.are_none());
}
