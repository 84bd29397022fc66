//! Passkeys against those who would come in by another's: what is asked, once, in time, at its place, of
//! whoever is known to the device.

use std::sync::Arc;

use super::{
    super::{
        shown,
        tests::{GOOD, NOW, closed},
    },
    *,
};

const HERE: &str = "https://start.example.com";
const FROM: &str = "10.0.0.1";

fn here() -> Party {
    Party::at(HERE).unwrap()
}

/// Lena, and a stick that is hers.
struct Desk {
    accounts: Arc<Accounts>,
    lena: PersonId,
    stick: Stick,
}

fn wish(person: PersonId) -> Wish<'static> {
    Wish {
        person,
        called: "Lena Novak",
        name: "Stick",
        password: GOOD.to_owned(),
        code: "",
    }
}

impl Desk {
    /// Before she has added it.
    async fn empty() -> Self {
        let (accounts, lena) = closed().await;
        Self {
            accounts,
            lena,
            stick: Stick::new(HERE),
        }
    }

    async fn new() -> Self {
        let mut desk = Self::empty().await;
        desk.add(NOW).await.unwrap();
        desk
    }

    async fn begin(&self, wish: Wish<'_>, now: i64) -> Result<Ceremony, Refused> {
        let here = here();
        let begun = self.accounts.begin_passkey(&here, wish, FROM, now);
        begun.await
    }

    async fn add(&mut self, now: i64) -> Result<(), Refused> {
        let begun = self.begin(wish(self.lena), now).await?;
        let answer = self.stick.join(&begun.options);
        self.end(self.lena, &begun, &answer, now).await
    }

    async fn end(
        &self,
        person: PersonId,
        begun: &Ceremony,
        answer: &str,
        now: i64,
    ) -> Result<(), Refused> {
        let shown = (begun.secret.as_str(), answer);
        self.accounts.add_passkey(&here(), person, shown, now).await
    }

    async fn ask(&self, now: i64) -> Ceremony {
        let begun = self.accounts.begin_entering(&here(), FROM, now).await;
        begun.unwrap()
    }

    async fn answer(&self, begun: &Ceremony, answer: &str, now: i64) -> Result<PersonId, Refused> {
        let shown = (begun.secret.as_str(), answer);
        let entered = self
            .accounts
            .enter_by_passkey(&here(), shown, (FROM, "Firefox"), now)
            .await?;
        match entered {
            (Entry::Whole { session, .. }, person) => {
                let signed = self.accounts.who(&session, now).await.unwrap();
                assert_eq!(signed.person, person);
                Ok(person)
            }
            (Entry::Half(_), _) => panic!("a code is asked for"),
        }
    }

    async fn enter(&self, now: i64) -> Result<PersonId, Refused> {
        let begun = self.ask(now).await;
        let answer = self.stick.sign(&begun.options);
        self.answer(&begun, &answer, now).await
    }

    async fn passkeys(&self) -> Vec<Passkey> {
        self.accounts.passkeys(self.lena).await.unwrap()
    }

    /// Turns on her second factor; says what her app knows.
    async fn factor(&self) -> String {
        let accounts = &self.accounts;
        let session = accounts.begin_session(self.lena, "", NOW).await.unwrap();
        let signed = accounts.who(&session, NOW).await.unwrap();
        let begun = accounts.begin_factor(self.lena, GOOD.to_owned(), NOW).await;
        let key = begun.unwrap();
        let code = shown(&key, NOW);
        let on = accounts.confirm_factor(&signed, &code, FROM, NOW).await;
        on.unwrap();
        key
    }
}

fn is_unproven<T>(done: &Result<T, Refused>) -> bool {
    matches!(done, Err(Refused::Unproven))
}

#[tokio::test]
async fn one_signs_in_by_a_passkey_alone_and_it_is_known_when() {
    let desk = Desk::new().await;
    assert!(desk.accounts.of(desk.lena).unwrap().passkeys);
    desk.factor().await;
    let [before] = &desk.passkeys().await[..] else {
        panic!("one passkey");
    };
    assert_eq!((before.name.as_str(), before.made), ("Stick", NOW));
    assert_eq!(before.used, None);
    for later in [10, 20] {
        assert_eq!(desk.enter(NOW + later).await.unwrap(), desk.lena);
        assert_eq!(desk.passkeys().await[0].used, Some(NOW + later));
    }
}

#[tokio::test]
async fn what_is_asked_names_nobody_and_demands_to_know_who_is_there() {
    let desk = Desk::new().await;
    let begun = desk.begin(wish(desk.lena), NOW).await.unwrap();
    let asked = &begun.options["publicKey"];
    let which = &asked["authenticatorSelection"];
    assert_eq!(which["residentKey"], "required");
    assert_eq!(which["requireResidentKey"], true);
    assert_eq!(which["userVerification"], "required");
    assert_eq!(asked["attestation"], "none");
    assert_eq!(asked["rp"]["id"], "start.example.com");
    assert_eq!(asked["user"]["name"], "lena@example.org");
    assert_eq!(asked["excludeCredentials"].as_array().unwrap().len(), 1);
    let asked = desk.ask(NOW).await.options;
    assert_eq!(asked["publicKey"]["userVerification"], "required");
    assert_eq!(
        asked["publicKey"]["allowCredentials"],
        serde_json::json!([])
    );
    assert_eq!(asked["mediation"], Value::Null);
}

#[tokio::test]
async fn adding_one_asks_for_the_password_and_for_the_code_that_it_will_stand_for() {
    let desk = Desk::empty().await;
    let other = Wish {
        password: "wrong".to_owned(),
        ..wish(desk.lena)
    };
    let wrong = desk.begin(other, NOW).await;
    assert!(matches!(wrong, Err(Refused::Wrong)));
    let key = desk.factor().await;
    let without = desk.begin(wish(desk.lena), NOW).await;
    assert!(matches!(without, Err(Refused::WrongCode)));
    let later = NOW + 60;
    let code = shown(&key, later);
    let with = Wish {
        code: &code,
        ..wish(desk.lena)
    };
    desk.begin(with, later).await.unwrap();
    let again = Wish {
        code: &code,
        ..wish(desk.lena)
    };
    let again = desk.begin(again, later).await;
    assert!(matches!(again, Err(Refused::WrongCode)));
}

#[tokio::test]
async fn an_answer_counts_once_in_time_and_for_what_was_asked() {
    let mut desk = Desk::empty().await;
    let begun = desk.begin(wish(desk.lena), NOW).await.unwrap();
    let answer = desk.stick.join(&begun.options);
    let late = desk.end(desk.lena, &begun, &answer, NOW + AGE).await;
    assert!(matches!(late, Err(Refused::Ended)));
    let other = PersonId(Uuid::from_u128(8));
    let others = desk.end(other, &begun, &answer, NOW).await;
    assert!(matches!(others, Err(Refused::Ended)));
    desk.end(desk.lena, &begun, &answer, NOW + AGE - 1)
        .await
        .unwrap();
    let twice = desk.end(desk.lena, &begun, &answer, NOW).await;
    assert!(matches!(twice, Err(Refused::Ended)));

    let asked = desk.ask(NOW).await;
    let signed = desk.stick.sign(&asked.options);
    let late = desk.answer(&asked, &signed, NOW + AGE).await;
    assert!(matches!(late, Err(Refused::Ended)));
    // What signs in adds nothing, and the reverse.
    let adds = desk.end(desk.lena, &asked, &signed, NOW).await;
    assert!(matches!(adds, Err(Refused::Ended)));
    desk.answer(&asked, &signed, NOW + AGE - 1).await.unwrap();
    let twice = desk.answer(&asked, &signed, NOW).await;
    assert!(matches!(twice, Err(Refused::Ended)));
    let another = desk.ask(NOW).await;
    assert!(is_unproven(&desk.answer(&another, &signed, NOW).await));
    for nothing in ["", "{}", "null", &answer] {
        let asked = desk.ask(NOW).await;
        assert!(is_unproven(&desk.answer(&asked, nothing, NOW).await));
    }
}

#[tokio::test]
async fn a_page_of_somebody_else_gets_nothing_signed_for_this_one() {
    let mut desk = Desk::new().await;
    for origin in [
        "https://evil.example",
        "https://start.example.com:8443",
        "http://start.example.com",
        "https://a.start.example.com",
    ] {
        origin.clone_into(&mut desk.stick.origin);
        assert!(is_unproven(&desk.enter(NOW).await), "{origin}");
        let begun = desk.begin(wish(desk.lena), NOW).await.unwrap();
        let answer = Stick::new(origin).join(&begun.options);
        let added = desk.end(desk.lena, &begun, &answer, NOW).await;
        assert!(is_unproven(&added), "{origin}");
    }
    HERE.clone_into(&mut desk.stick.origin);
    // The browser is right, and the stick was made for another.
    let asked = desk.ask(NOW).await;
    let mut other = asked.options.clone();
    other["publicKey"]["rpId"] = "example.com".into();
    let signed = desk.stick.sign(&other);
    assert!(is_unproven(&desk.answer(&asked, &signed, NOW).await));
    desk.enter(NOW).await.unwrap();
}

#[tokio::test]
async fn a_device_that_does_not_know_who_is_there_adds_nothing_and_lets_nobody_in() {
    let mut desk = Desk::empty().await;
    desk.stick.asks.set(false);
    assert!(is_unproven(&desk.add(NOW).await));
    desk.stick.asks.set(true);
    desk.add(NOW).await.unwrap();
    desk.stick.asks.set(false);
    assert!(is_unproven(&desk.enter(NOW).await));
    assert_eq!(desk.passkeys().await[0].used, None);
}

#[tokio::test]
async fn a_copy_that_counts_behind_is_refused() {
    let desk = Desk::new().await;
    desk.enter(NOW).await.unwrap();
    let copied = desk.stick.count.get();
    desk.enter(NOW + 1).await.unwrap();
    desk.stick.count.set(copied);
    assert!(is_unproven(&desk.enter(NOW + 2).await));
    assert_eq!(desk.passkeys().await[0].used, Some(NOW + 1));
    // The real one goes on.
    desk.stick.count.set(copied + 1);
    desk.enter(NOW + 3).await.unwrap();
}

#[tokio::test]
async fn a_key_that_is_not_known_and_one_that_names_another_prove_nothing() {
    let mut desk = Desk::new().await;
    let hers = desk.stick.owner.clone();
    desk.stick.owner = Uuid::from_u128(8).as_bytes().to_vec();
    assert!(is_unproven(&desk.enter(NOW).await));
    desk.stick.owner = b"nobody".to_vec();
    assert!(is_unproven(&desk.enter(NOW).await));
    let mut unknown = Stick::new(HERE);
    unknown.owner = hers;
    let known = std::mem::replace(&mut desk.stick, unknown);
    assert!(is_unproven(&desk.enter(NOW).await));
    // The key of one under the name of another.
    let asked = desk.ask(NOW).await;
    let mut forged: Value = serde_json::from_str(&desk.stick.sign(&asked.options)).unwrap();
    let named: Value = serde_json::from_str(&known.sign(&asked.options)).unwrap();
    for name in ["id", "rawId"] {
        forged[name] = named[name].clone();
    }
    forged["response"]["userHandle"] = named["response"]["userHandle"].clone();
    let forged = forged.to_string();
    assert!(is_unproven(&desk.answer(&asked, &forged, NOW).await));
}

#[tokio::test]
async fn a_passkey_that_was_removed_lets_nobody_in() {
    let desk = Desk::new().await;
    let (accounts, lena) = (&desk.accounts, desk.lena);
    let id = desk.passkeys().await[0].id;
    let remove = async |person, password: &str| {
        let removed = accounts.remove_passkey(person, id, password.to_owned());
        removed.await
    };
    assert!(matches!(remove(lena, "wrong").await, Err(Refused::Wrong)));
    desk.enter(NOW).await.unwrap();
    remove(lena, GOOD).await.unwrap();
    assert!(!accounts.of(lena).unwrap().passkeys);
    assert!(is_unproven(&desk.enter(NOW).await));
    assert!(matches!(remove(lena, GOOD).await, Err(Refused::Ended)));
}

#[tokio::test]
async fn a_passkey_has_a_name_and_nobody_has_more_than_ten() {
    let mut desk = Desk::empty().await;
    let long = "ä".repeat(61);
    for name in ["", "  ", "a\u{7}b", &long] {
        let nameless = Wish {
            name,
            ..wish(desk.lena)
        };
        let begun = desk.begin(nameless, NOW).await;
        assert!(matches!(begun, Err(Refused::BadPasskey)), "{name}");
    }
    let early = desk.begin(wish(desk.lena), NOW).await.unwrap();
    for _ in 0..MOST {
        desk.stick = Stick::new(HERE);
        desk.add(NOW).await.unwrap();
    }
    let eleventh = desk.begin(wish(desk.lena), NOW).await;
    assert!(matches!(eleventh, Err(Refused::BadPasskey)));
    let answer = Stick::new(HERE).join(&early.options);
    let eleventh = desk.end(desk.lena, &early, &answer, NOW).await;
    assert!(matches!(eleventh, Err(Refused::BadPasskey)));
    let id = desk.passkeys().await[3].id;
    let name = async |name| desk.accounts.name_passkey(desk.lena, id, name).await;
    assert!(matches!(name("").await, Err(Refused::BadPasskey)));
    name(" Phone ").await.unwrap();
    assert_eq!(desk.passkeys().await[3].name, "Phone");
}

#[tokio::test]
async fn a_key_is_of_one_account() {
    let mut desk = Desk::new().await;
    assert!(is_unproven(&desk.add(NOW).await), "it is there already");
    let nils = PersonId(Uuid::from_u128(8));
    let person = store::Person {
        id: nils.0,
        key: "nils".to_owned(),
        name: "Nils Sommer".to_owned(),
    };
    desk.accounts
        .store
        .upsert_people(vec![person])
        .await
        .unwrap();
    let standing = startklar::rights::Standing::Member;
    let added = desk.accounts.add(nils, "nils", standing, NOW).await;
    added.unwrap();
    let link = desk.accounts.password_link(nils, NOW).await.unwrap();
    let link = desk.accounts.find_link(&link, NOW).await.unwrap();
    let account = desk.accounts.of(nils).unwrap();
    let used = desk
        .accounts
        .use_link(link, account, "Nils Sommer", GOOD.to_owned());
    used.await.unwrap();
    let begun = desk.begin(wish(nils), NOW).await.unwrap();
    let answer = desk.stick.join(&begun.options);
    let taken = desk.end(nils, &begun, &answer, NOW).await;
    assert!(matches!(taken, Err(Refused::PasskeyTaken)));
    // It says the name of its last owner now, and is hers all the same.
    assert!(is_unproven(&desk.enter(NOW).await));
    desk.stick.owner = desk.lena.0.as_bytes().to_vec();
    assert_eq!(desk.enter(NOW).await.unwrap(), desk.lena);
}

#[tokio::test]
async fn all_are_taken_away_and_every_session_ends() {
    let desk = Desk::new().await;
    let (accounts, lena) = (&desk.accounts, desk.lena);
    let session = accounts.begin_session(lena, "", NOW).await.unwrap();
    let begun = desk.begin(wish(lena), NOW).await.unwrap();
    accounts.take_passkeys(lena).await.unwrap();
    assert!(accounts.who(&session, NOW).await.is_none());
    assert!(is_unproven(&desk.enter(NOW).await));
    let mut other = Stick::new(HERE);
    let answer = other.join(&begun.options);
    let late = desk.end(lena, &begun, &answer, NOW).await;
    assert!(matches!(late, Err(Refused::Ended)));
    let none = accounts.take_passkeys(lena).await;
    assert!(matches!(none, Err(Refused::Ended)));
}

#[tokio::test]
async fn a_new_password_ends_what_would_add_one_and_no_passkey() {
    let mut desk = Desk::new().await;
    let begun = desk.begin(wish(desk.lena), NOW).await.unwrap();
    let (old, new) = (GOOD.to_owned(), "five words make one too".to_owned());
    let changed = desk.accounts.change_password(desk.lena, "Lena", old, new);
    changed.await.unwrap();
    desk.enter(NOW).await.unwrap();
    desk.stick = Stick::new(HERE);
    let answer = desk.stick.join(&begun.options);
    let late = desk.end(desk.lena, &begun, &answer, NOW).await;
    assert!(matches!(late, Err(Refused::Ended)));
}

#[tokio::test]
async fn who_begins_too_often_to_sign_in_by_one_has_to_wait() {
    let desk = Desk::new().await;
    for _ in 0..30 {
        desk.enter(NOW).await.unwrap();
    }
    for _ in 0..50 {
        desk.ask(NOW).await;
    }
    let begun = desk.accounts.begin_entering(&here(), FROM, NOW).await;
    assert!(matches!(begun, Err(Refused::Wait { .. })));
    let begun = desk.accounts.begin_entering(&here(), "10.0.0.2", NOW).await;
    begun.unwrap();
}
