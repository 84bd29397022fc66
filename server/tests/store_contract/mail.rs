//! Wishes about mail, and the outbox.

use std::sync::Arc;

use startklar_server::store::{
    Mail, MailState, MailWish, Person, Settled, Store, StoreError, export, restore,
};
use uuid::Uuid;

use crate::database::Database;

const ADA: Uuid = Uuid::from_u128(1);

async fn with_people(database: &Database) -> Arc<dyn Store> {
    let store = database.open().await;
    let person = |number, key: &str| Person {
        id: Uuid::from_u128(number),
        key: key.to_owned(),
        name: key.to_owned(),
    };
    let people = vec![person(1, "ada"), person(2, "bo")];
    store.upsert_people(people).await.unwrap();
    store
}

fn wish(person: u128) -> MailWish {
    MailWish {
        person: Uuid::from_u128(person),
        address: "größe@example.org".to_owned(),
        confirmed: true,
        next: String::new(),
        locale: "de".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        digest: true,
        notices: true,
        quiet_from: 1_200,
        quiet_until: 420,
    }
}

fn mail(number: u128, kind: &str, key: &str) -> Mail {
    Mail {
        id: Uuid::from_u128(number),
        person: ADA,
        address: String::new(),
        kind: kind.to_owned(),
        key: key.to_owned(),
        about: "one\ntwo".to_owned(),
        subject: "Größe".to_owned(),
        body: "plain".to_owned(),
        html: "<p>not plain</p>".to_owned(),
        made: 100,
        due: 100 + i64::try_from(number).unwrap(),
        tries: 0,
        answer: String::new(),
    }
}

fn settled(state: MailState, changed: i64) -> Settled {
    Settled {
        state,
        due: changed + 60,
        changed,
        answer: "451 come again".to_owned(),
    }
}

async fn ids(store: &dyn Store, now: i64) -> Vec<u128> {
    let due = store.mail_store().due_mail(now, 10).await.unwrap();
    due.iter().map(|mail| mail.id.as_u128()).collect()
}

pub(crate) async fn wishes_are_kept_and_changed(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    assert_eq!(mails.mail_wish(ADA).await.unwrap(), None);
    mails.put_mail_wish(wish(2)).await.unwrap();
    mails.put_mail_wish(wish(1)).await.unwrap();
    let changed = MailWish {
        address: "ada@example.org".to_owned(),
        digest: false,
        quiet_until: 0,
        ..wish(1)
    };
    mails.put_mail_wish(changed.clone()).await.unwrap();
    let unknown = mails.put_mail_wish(wish(9)).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchPerson)));
    store.close().await;
    let store = database.open().await;
    let mails = store.mail_store();
    assert_eq!(mails.mail_wish(ADA).await.unwrap(), Some(changed.clone()));
    assert_eq!(mails.mail_wishes().await.unwrap(), [changed, wish(2)]);
}

pub(crate) async fn an_address_is_confirmed_as_long_as_it_stays(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    let is_confirmed = async || mails.mail_wish(ADA).await.unwrap().unwrap().confirmed;
    let new = |address: &str| MailWish {
        address: address.to_owned(),
        confirmed: false,
        ..wish(1)
    };
    assert!(!mails.confirm_address(ADA, "a@example.org").await.unwrap());
    mails.put_mail_wish(new("a@example.org")).await.unwrap();
    for (number, kind) in [(1, "digest"), (2, "notice"), (3, "address"), (4, "safety")] {
        let mail = Mail {
            address: "a@example.org".to_owned(),
            ..mail(number, kind, kind)
        };
        mails.queue_mail(mail).await.unwrap();
    }
    assert_eq!(
        ids(&*store, 999).await,
        [3, 4],
        "nothing is told of launches"
    );
    assert!(!mails.confirm_address(ADA, "b@example.org").await.unwrap());
    assert!(!is_confirmed().await, "another address");
    assert!(mails.confirm_address(ADA, "a@example.org").await.unwrap());
    assert_eq!(ids(&*store, 999).await, [1, 2, 4], "nobody asks any more");
    let quiet = MailWish {
        quiet_from: 0,
        ..new("a@example.org")
    };
    mails.put_mail_wish(quiet).await.unwrap();
    assert!(is_confirmed().await, "the same address");
}

pub(crate) async fn an_address_that_is_known_stays_until_the_next_is_confirmed(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    let kept = async || {
        let wish = mails.mail_wish(ADA).await.unwrap().unwrap();
        (wish.address, wish.next, wish.confirmed)
    };
    let is = |address: &str, next: &str| (address.to_owned(), next.to_owned(), true);
    let save = async |address: &str| {
        let wish = MailWish {
            address: address.to_owned(),
            confirmed: false,
            ..wish(1)
        };
        mails.put_mail_wish(wish).await.unwrap();
    };
    let say = async |address: &str| mails.confirm_address(ADA, address).await.unwrap();
    save("a@example.org").await;
    assert!(say("a@example.org").await);
    save("b@example.org").await;
    assert_eq!(kept().await, is("a@example.org", "b@example.org"));
    for (number, kind, address) in [
        (1, "digest", ""),
        (2, "notice", ""),
        (3, "address", "b@example.org"),
        (4, "safety", "a@example.org"),
    ] {
        let mail = Mail {
            address: address.to_owned(),
            ..mail(number, kind, &format!("{kind} {number}"))
        };
        mails.queue_mail(mail).await.unwrap();
    }
    assert_eq!(
        ids(&*store, 999).await,
        [1, 2, 3, 4],
        "the first is told, the next is asked"
    );
    save("b@example.org").await;
    assert_eq!(ids(&*store, 999).await, [1, 2, 3, 4], "the same once more");
    save("c@example.org").await;
    assert_eq!(kept().await, is("a@example.org", "c@example.org"));
    assert_eq!(ids(&*store, 999).await, [1, 2, 4], "it is asked no more");
    assert!(!say("b@example.org").await, "it was replaced");
    save("a@example.org").await;
    assert_eq!(
        kept().await,
        is("a@example.org", ""),
        "as if nothing had been"
    );
    assert!(!say("c@example.org").await);
    save("d@example.org").await;
    assert!(say("d@example.org").await);
    assert_eq!(kept().await, is("d@example.org", ""));
    assert_eq!(ids(&*store, 999).await, [1, 2, 4], "nobody asks any more");
    assert!(!say("a@example.org").await, "that was left");
}

pub(crate) async fn a_kind_of_mail_is_ended_and_nothing_else_changes(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    mails.put_mail_wish(wish(1)).await.unwrap();
    for (number, kind) in [(1, "digest"), (2, "notice")] {
        mails.queue_mail(mail(number, kind, kind)).await.unwrap();
    }
    mails.end_mail(ADA, true, false).await.unwrap();
    let ended = MailWish {
        digest: false,
        ..wish(1)
    };
    assert_eq!(mails.mail_wish(ADA).await.unwrap(), Some(ended.clone()));
    assert_eq!(ids(&*store, 999).await, [2]);
    mails.end_mail(ADA, true, true).await.unwrap();
    let ended = MailWish {
        notices: false,
        ..ended
    };
    assert_eq!(mails.mail_wish(ADA).await.unwrap(), Some(ended));
    assert!(ids(&*store, 999).await.is_empty());
}

pub(crate) async fn a_mail_is_put_in_once_and_survives(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    mails.put_mail_wish(wish(1)).await.unwrap();
    let (one, two) = (mail(1, "digest", "a"), mail(2, "digest", "a"));
    let (first, second) = tokio::join!(mails.queue_mail(one), mails.queue_mail(two));
    let new = [first.unwrap(), second.unwrap()];
    assert_eq!(new.into_iter().filter(|new| *new).count(), 1);
    store.close().await;
    let store = database.open().await;
    let mails = store.mail_store();
    assert!(mails.due_mail(100, 10).await.unwrap().is_empty());
    let due = mails.due_mail(102, 10).await.unwrap();
    let kept = mail(due[0].id.as_u128(), "digest", "a");
    assert_eq!(due, [kept], "byte for byte");
    assert!(!mails.queue_mail(mail(3, "digest", "a")).await.unwrap());
    let unknown = Mail {
        person: Uuid::from_u128(9),
        ..mail(4, "digest", "b")
    };
    let unknown = mails.queue_mail(unknown).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchPerson)));
}

pub(crate) async fn a_mail_is_claimed_by_one(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    mails.put_mail_wish(wish(1)).await.unwrap();
    let id = Uuid::from_u128(1);
    assert!(mails.queue_mail(mail(1, "digest", "a")).await.unwrap());
    let claims = (0..8).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.mail_store().claim_mail(id, 200).await.unwrap() })
    });
    let mut won = 0;
    for claim in claims.collect::<Vec<_>>() {
        won += u32::from(claim.await.unwrap());
    }
    assert_eq!(won, 1);
    assert!(ids(&*store, 999).await.is_empty(), "nobody else sends it");
    // It comes back later, with what was said.
    let later = settled(MailState::Waiting, 210);
    mails.settle_mail(id, later).await.unwrap();
    assert!(ids(&*store, 269).await.is_empty());
    let again = &mails.due_mail(270, 10).await.unwrap()[0];
    assert_eq!((again.tries, again.answer.as_str()), (1, "451 come again"));
    assert_eq!(again.body, "plain");
    assert!(mails.claim_mail(id, 300).await.unwrap());
    mails
        .settle_mail(id, settled(MailState::Sent, 310))
        .await
        .unwrap();
    assert!(!mails.claim_mail(id, 400).await.unwrap());
    // Whoever is late does not change what is settled.
    mails
        .settle_mail(id, settled(MailState::Waiting, 320))
        .await
        .unwrap();
    let written = mails.written_to(ADA).await.unwrap();
    assert_eq!(
        (written[0].state, written[0].changed),
        (MailState::Sent, 310)
    );
    assert_eq!(written[0].about, "one\ntwo");
}

pub(crate) async fn what_is_not_wished_for_is_not_due(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    for (number, kind) in [(1, "digest"), (2, "notice")] {
        mails.queue_mail(mail(number, kind, kind)).await.unwrap();
    }
    assert!(
        ids(&*store, 999).await.is_empty(),
        "nobody said they wish any"
    );
    mails.put_mail_wish(wish(2)).await.unwrap();
    assert!(ids(&*store, 999).await.is_empty(), "somebody else did");
    mails.put_mail_wish(wish(1)).await.unwrap();
    assert_eq!(ids(&*store, 999).await, [1, 2]);
    let no_digest = MailWish {
        digest: false,
        ..wish(1)
    };
    mails.put_mail_wish(no_digest).await.unwrap();
    assert_eq!(ids(&*store, 999).await, [2]);
    mails.put_mail_wish(wish(1)).await.unwrap();
    assert_eq!(
        ids(&*store, 999).await,
        [2],
        "what was not wished for is gone"
    );
}

pub(crate) async fn what_is_stuck_is_told_and_old_mail_goes(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    mails.put_mail_wish(wish(1)).await.unwrap();
    for number in 1..=3_u8 {
        let mail = mail(number.into(), "notice", &number.to_string());
        let id = mail.id;
        mails.queue_mail(mail).await.unwrap();
        let now = 200 + i64::from(number);
        assert!(mails.claim_mail(id, now).await.unwrap());
    }
    let failed = settled(MailState::Failed, 300);
    mails.settle_mail(Uuid::from_u128(1), failed).await.unwrap();
    let stuck = async |before| {
        let stuck = mails.stuck_mail(before, 10).await.unwrap();
        stuck
            .iter()
            .map(|mail| mail.key.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(stuck(203).await, ["1", "2"]);
    assert_eq!(stuck(204).await, ["1", "3", "2"]);
    mails.sweep_mail(203).await.unwrap();
    assert_eq!(stuck(204).await, ["1", "3"]);
    assert!(store.erase_person(ADA).await.unwrap());
    assert!(stuck(204).await.is_empty());
    assert!(mails.mail_wishes().await.unwrap().is_empty());
}

/// A copy of a workspace must not write to its people.
pub(crate) async fn a_backup_holds_no_mail(database: Database) {
    let store = with_people(&database).await;
    let mails = store.mail_store();
    mails.put_mail_wish(wish(1)).await.unwrap();
    mails.queue_mail(mail(1, "digest", "a")).await.unwrap();
    let files = ["backup", "lines"].map(|name| database.directory.path().join(name));
    store.backup(&files[0], &|_| {}).await.unwrap();
    export(&*store, &files[1], &|_| {}).await.unwrap();
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|found| found == needle);
        assert!(holds(b"ada") && !holds(b"example.org") && !holds(b"not plain"));
        let other = database.another();
        let other = other.open().await;
        restore(&*other, &file, &|_| {}).await.unwrap();
        assert!(other.mail_store().mail_wishes().await.unwrap().is_empty());
    }
    assert_eq!(ids(&*store, 999).await, [1], "the original keeps it");
}
