use std::sync::Arc;

use super::{
    super::tests::{GOOD, NOW, closed},
    *,
};

const HERE: &str = "10.0.0.1";

/// Lena, and what her app knows.
struct Phone {
    accounts: Arc<Accounts>,
    lena: PersonId,
    recovery: Vec<String>,
}

impl Phone {
    /// Set up at [`NOW`], by the code of that moment.
    async fn new() -> Self {
        let (accounts, lena) = closed().await;
        let session = accounts.begin_session(lena, "", NOW).await.unwrap();
        let signed = accounts.who(&session, NOW).await.unwrap();
        let begun = accounts.begin_factor(lena, GOOD.to_owned(), NOW);
        begun.await.unwrap();
        let phone = Self {
            accounts,
            lena,
            recovery: Vec::new(),
        };
        let code = phone.code(NOW).await;
        let confirmed = phone.accounts.confirm_factor(&signed, &code, HERE, NOW);
        let recovery = confirmed.await.unwrap();
        Self { recovery, ..phone }
    }

    async fn secret(&self) -> Shared {
        let factor = self.accounts.factors().factor(self.lena.0).await.unwrap();
        factor.unwrap().secret.unwrap()
    }

    /// The code of a moment.
    async fn code(&self, at: i64) -> String {
        totp::shown(&self.secret().await, at)
    }

    /// A code that is wrong around a moment.
    async fn wrong(&self, at: i64) -> String {
        let secret = self.secret().await;
        let wrong = (0..1_000).find(|code| totp::period_of(&secret, *code, at).is_none());
        format!("{:06}", wrong.unwrap())
    }

    async fn half(&self, now: i64) -> String {
        match self.accounts.enter(self.lena, "", now).await.unwrap() {
            Entry::Half(half) => half,
            Entry::Whole { .. } => panic!("no code is asked for"),
        }
    }

    async fn pass(&self, half: &str, typed: &str, now: i64) -> Result<String, Refused> {
        let passed = self.accounts.pass(half, typed, (HERE, ""), now).await;
        passed.map(|(session, _)| session)
    }

    async fn second(&self) -> Second {
        self.accounts.second(self.lena).await.unwrap()
    }
}

#[tokio::test]
async fn nothing_is_asked_for_before_a_first_right_code() {
    let (accounts, lena) = closed().await;
    let session = accounts.begin_session(lena, "", NOW).await.unwrap();
    let other = accounts.begin_session(lena, "", NOW).await.unwrap();
    let signed = accounts.who(&session, NOW).await.unwrap();
    let wrong = accounts.begin_factor(lena, "wrong".to_owned(), NOW).await;
    assert!(matches!(wrong, Err(Refused::Wrong)));
    let none = accounts.confirm_factor(&signed, "123456", HERE, NOW).await;
    assert!(matches!(none, Err(Refused::Ended)));
    let shown = accounts.begin_factor(lena, GOOD.to_owned(), NOW).await;
    let shown = shown.unwrap();
    assert_eq!(shown.split(' ').count(), 8, "{shown}");
    assert_eq!(accounts.second(lena).await.unwrap(), Second::Off);
    let entry = accounts.enter(lena, "", NOW).await.unwrap();
    assert!(matches!(entry, Entry::Whole { taken: None, .. }));
    let phone = Phone {
        accounts,
        lena,
        recovery: Vec::new(),
    };
    let accounts = &phone.accounts;
    let code = phone.wrong(NOW).await;
    let wrong = accounts.confirm_factor(&signed, &code, HERE, NOW).await;
    assert!(matches!(wrong, Err(Refused::WrongCode)));
    let late = NOW + SETUP;
    let code = phone.code(late).await;
    let ended = accounts.confirm_factor(&signed, &code, HERE, late).await;
    assert!(matches!(ended, Err(Refused::Ended)));
    let code = phone.code(late - 1).await;
    let codes = accounts
        .confirm_factor(&signed, &code, HERE, late - 1)
        .await;
    assert_eq!(codes.unwrap().len(), 10);
    let on = Second::On {
        since: late - 1,
        left: 10,
    };
    assert_eq!(phone.second().await, on);
    assert!(accounts.of(lena).unwrap().second_factor);
    assert!(
        accounts.who(&session, NOW).await.is_some(),
        "one stays where one is"
    );
    assert!(
        accounts.who(&other, NOW).await.is_none(),
        "and is signed out elsewhere"
    );
    let again = accounts.begin_factor(lena, GOOD.to_owned(), NOW).await;
    assert!(matches!(again, Err(Refused::Ended)));
}

#[tokio::test]
async fn a_code_signs_in_once() {
    let phone = Phone::new().await;
    let later = NOW + 60;
    let half = phone.half(later).await;
    assert!(phone.accounts.who(&half, later).await.is_none());
    assert!(phone.accounts.who_by_token(&half, later).await.is_none());
    assert!(phone.accounts.find_link(&half, later).await.is_err());
    let used = phone.code(NOW).await;
    let replayed = phone.pass(&half, &used, NOW).await;
    assert!(matches!(replayed, Err(Refused::WrongCode)), "it set it up");
    let code = phone.code(later).await;
    let session = phone.pass(&half, &code, later).await.unwrap();
    assert!(phone.accounts.who(&session, later).await.is_some());
    let twice = phone
        .pass(&half, &phone.code(later + 30).await, later)
        .await;
    assert!(matches!(twice, Err(Refused::Ended)), "nor does the half");
    let half = phone.half(later).await;
    let replayed = phone.pass(&half, &code, later).await;
    assert!(matches!(replayed, Err(Refused::WrongCode)));
    let early = phone.code(later - 30).await;
    let replayed = phone.pass(&half, &early, later).await;
    assert!(
        matches!(replayed, Err(Refused::WrongCode)),
        "nor an earlier one"
    );
}

#[tokio::test]
async fn a_half_session_ends_after_five_minutes() {
    let phone = Phone::new().await;
    let half = phone.half(NOW).await;
    let late = NOW + 300;
    assert!(phone.accounts.is_half(&half, late - 1).await.unwrap());
    assert!(!phone.accounts.is_half(&half, late).await.unwrap());
    let code = phone.code(late).await;
    let ended = phone.pass(&half, &code, late).await;
    assert!(matches!(ended, Err(Refused::Ended)));
    assert!(phone.pass(&half, &code, late - 1).await.is_ok());
}

#[tokio::test]
async fn of_many_who_show_one_code_at_once_one_comes_in() {
    let phone = Phone::new().await;
    let later = NOW + 60;
    let code = phone.code(later).await;
    let mut halves = Vec::new();
    for _ in 0..4 {
        halves.push(phone.half(later).await);
    }
    let mut asking = tokio::task::JoinSet::new();
    for half in halves {
        let (accounts, code) = (Arc::clone(&phone.accounts), code.clone());
        asking.spawn(async move { accounts.pass(&half, &code, (HERE, ""), later).await });
    }
    let came = asking.join_all().await;
    assert_eq!(came.into_iter().flatten().count(), 1);
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    let phone = Phone::new().await;
    let code = &phone.recovery[3];
    let half = phone.half(NOW).await;
    assert!(phone.pass(&half, code, NOW).await.is_ok());
    let half = phone.half(NOW).await;
    let twice = phone.pass(&half, code, NOW).await;
    assert!(matches!(twice, Err(Refused::WrongCode)));
    let typed = phone.recovery[4].to_uppercase().replace('-', " ");
    assert!(phone.pass(&half, &typed, NOW).await.is_ok());
    assert_eq!(
        phone.second().await,
        Second::On {
            since: NOW,
            left: 8
        }
    );
    let said = (GOOD.to_owned(), phone.recovery[5].as_str());
    let new = phone.accounts.renew_recovery(phone.lena, said, HERE, NOW);
    let new = new.await.unwrap();
    assert_eq!(
        phone.second().await,
        Second::On {
            since: NOW,
            left: 10
        }
    );
    let half = phone.half(NOW).await;
    let old = phone.pass(&half, &phone.recovery[6], NOW).await;
    assert!(matches!(old, Err(Refused::WrongCode)));
    assert!(phone.pass(&half, &new[0], NOW).await.is_ok());
}

#[tokio::test]
async fn guessing_codes_has_to_wait_for_either_kind_and_a_password_does_not_help() {
    let phone = Phone::new().await;
    let later = NOW + 60;
    let half = phone.half(later).await;
    let wrong = phone.wrong(later).await;
    for typed in [&wrong, "aaaa-aaaa-aaaa-aaaa", &wrong] {
        let refused = phone.pass(&half, typed, later).await;
        assert!(matches!(refused, Err(Refused::WrongCode)), "{typed}");
    }
    let signed = phone
        .accounts
        .sign_in("lena@example.org", GOOD.to_owned(), HERE, "", later);
    let (Entry::Half(half), _) = signed.await.unwrap() else {
        panic!("no code is asked for");
    };
    for typed in ["", &wrong] {
        let refused = phone.pass(&half, typed, later).await;
        assert!(matches!(refused, Err(Refused::WrongCode)), "{typed}");
    }
    let code = phone.code(later).await;
    for typed in [&code, &phone.recovery[0]] {
        let waits = phone.pass(&half, typed, later).await;
        assert!(matches!(waits, Err(Refused::Wait { .. })), "{typed}");
    }
    // From elsewhere there are a few tries more, and no further ones from wherever.
    let from = |n: usize| format!("10.7.0.{n}");
    let mut tries = 0;
    for n in 0..20 {
        let tried = phone
            .accounts
            .pass(&half, &wrong, (&from(n), ""), later)
            .await;
        tries += usize::from(matches!(tried, Err(Refused::WrongCode)));
    }
    assert_eq!(tries, 5, "ten in all");
}

#[tokio::test]
async fn a_new_password_turns_nothing_off_and_ends_what_the_old_one_began() {
    let phone = Phone::new().await;
    let half = phone.half(NOW).await;
    let accounts = &phone.accounts;
    let text = accounts.password_link(phone.lena, NOW).await.unwrap();
    let link = accounts.find_link(&text, NOW).await.unwrap();
    let account = accounts.of(phone.lena).unwrap();
    let used = accounts.use_link(link, account, "Lena", "another four words".to_owned());
    used.await.unwrap();
    let recovery = &phone.recovery[0];
    let ended = phone.pass(&half, recovery, NOW).await;
    assert!(matches!(ended, Err(Refused::Ended)));
    let half = phone.half(NOW).await;
    assert!(phone.pass(&half, recovery, NOW).await.is_ok());
}

#[tokio::test]
async fn no_link_and_word_of_another_goes_around_it() {
    let phone = Phone::new().await;
    let accounts = &phone.accounts;
    let text = accounts.password_link(phone.lena, NOW).await.unwrap();
    let by_another = async || {
        let link = accounts.find_link(&text, NOW).await?;
        let identity = super::super::Identity {
            issuer: "https://id.example.com".to_owned(),
            subject: "x".to_owned(),
            made: NOW,
        };
        let account = accounts.of(phone.lena).unwrap();
        accounts.use_link_by(link, account, identity).await
    };
    assert!(matches!(by_another().await, Err(Refused::FactorFirst)));
    accounts.take_factor(phone.lena, NOW).await.unwrap();
    by_another().await.unwrap();
}

#[tokio::test]
async fn its_owner_turns_it_off_by_password_and_code() {
    let phone = Phone::new().await;
    let off = async |password: &str, code: &str| {
        let said = (password.to_owned(), code);
        phone.accounts.end_factor(phone.lena, said, HERE, NOW).await
    };
    let half = phone.half(NOW).await;
    let (right, wrong) = (&phone.recovery[0], phone.wrong(NOW).await);
    assert!(matches!(off("wrong", right).await, Err(Refused::Wrong)));
    assert!(matches!(off(GOOD, &wrong).await, Err(Refused::WrongCode)));
    off(GOOD, right).await.unwrap();
    assert_eq!(phone.second().await, Second::Off);
    assert!(!phone.accounts.of(phone.lena).unwrap().second_factor);
    assert!(!phone.accounts.is_half(&half, NOW).await.unwrap());
    let secrets = phone.accounts.kept().secrets_of(phone.lena.0).await;
    let codes = secrets.unwrap().into_iter();
    assert_eq!(codes.filter(|one| one.kind == recovery::KIND).count(), 0);
}

#[tokio::test]
async fn whom_an_administrator_took_it_from_is_told_until_they_know() {
    let phone = Phone::new().await;
    let (accounts, lena) = (&phone.accounts, phone.lena);
    let half = phone.half(NOW).await;
    let session = accounts.begin_session(lena, "", NOW).await.unwrap();
    assert!(accounts.who(&session, NOW).await.is_some());
    accounts.take_factor(lena, NOW + 1).await.unwrap();
    assert!(accounts.who(&session, NOW).await.is_none());
    assert!(!accounts.is_half(&half, NOW).await.unwrap());
    let again = accounts.take_factor(lena, NOW + 2).await;
    assert!(matches!(again, Err(Refused::Ended)));
    for _ in 0..2 {
        let entry = accounts.enter(lena, "", NOW).await.unwrap();
        let taken = Some(NOW + 1);
        assert!(matches!(entry, Entry::Whole { taken: told, .. } if told == taken));
        assert_eq!(phone.second().await, Second::Taken { at: NOW + 1 });
    }
    accounts.know_taken(lena).await.unwrap();
    assert_eq!(phone.second().await, Second::Off);
}
