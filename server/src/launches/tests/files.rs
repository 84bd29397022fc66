//! Files: what is attached is there, and is what it is said to be.

use chrono::TimeDelta;
use serde_json::json;
use startklar::{files::Unfit, journal::FileDetail, model::File};

use super::*;
use crate::{launches::Upload, store::Content};

const OFFER: &[u8] = b"%PDF-1.7 the offer";

/// A desk with an item that asks for evidence and a second person.
async fn desk() -> Desk {
    let desk = Desk::new().await;
    for id in ["offer", "other"] {
        let add = json!({"add_item": {"id": id, "title": id, "discipline": "sales", "blocking": true,
            "lead_days": 3, "evidence": "the offer", "second_person": true}});
        desk.send(serde_json::from_value(add).unwrap())
            .await
            .unwrap();
    }
    desk
}

fn upload(name: &str, content: &[u8]) -> Upload {
    Upload {
        item: "offer".parse().unwrap(),
        name: name.to_owned(),
        content: content.to_vec(),
        sha256: None,
        command: new_id(),
    }
}

async fn attach(desk: &Desk, upload: Upload) -> Result<Done, Failure> {
    let actor = Actor::person(desk.me);
    desk.launches.attach(desk.id(), upload, actor, now()).await
}

fn file_of(desk: &Desk) -> File {
    let launch = desk.live.launch();
    let item = launch.items.get(&"offer".parse().unwrap()).unwrap();
    item.files[0].file.clone()
}

fn command(item: &str, file: &File) -> Command {
    Command::AttachFile(FileDetail {
        item: item.parse().unwrap(),
        file: file.clone(),
    })
}

fn on(kind: &str, item: &str) -> Command {
    serde_json::from_value(json!({ kind: { "item": item } })).unwrap()
}

#[tokio::test]
async fn only_what_was_handed_in_is_attached() {
    let desk = desk().await;
    attach(&desk, upload("../Offer.pdf", OFFER)).await.unwrap();
    let file = file_of(&desk);
    assert_eq!((file.name.as_str(), file.size), ("Offer.pdf", 18));
    let change = |change: fn(&mut File)| {
        let mut other = file.clone();
        change(&mut other);
        desk.send(command("other", &other))
    };
    for wrong in [
        change(|file| file.sha256 = "0".repeat(64).parse().unwrap()).await,
        change(|file| file.size += 1).await,
        change(|file| {
            file.media = "image/png".parse().unwrap();
            file.name = "Offer.png".parse().unwrap();
        })
        .await,
    ] {
        assert!(matches!(wrong, Err(Failure::NoContent(_))), "{wrong:?}");
    }
    // The same content is attached to another item without being sent again, but not in another launch.
    desk.send(command("other", &file)).await.unwrap();
    let begun = desk
        .launches
        .begin(start("Another"), new_id(), Actor::person(desk.me), now());
    let elsewhere = begun.await.unwrap();
    let item = elsewhere.launch().items.rows()[0].id.to_string();
    let submission = Submission {
        id: new_id(),
        command: command(&item, &file),
        seen: None,
        only_at: None,
    };
    let actor = Actor::person(desk.me);
    let sent = desk
        .launches
        .submit(elsewhere.id(), submission, actor, now());
    assert!(matches!(sent.await, Err(Failure::NoContent(_))));
}

#[tokio::test]
async fn what_is_no_evidence_is_refused_before_anything_is_kept() {
    let desk = desk().await;
    let page = attach(&desk, upload("offer.pdf", b"<script>alert(1)</script>")).await;
    assert!(matches!(
        page,
        Err(Failure::Unfit {
            why: Unfit::Kind,
            ..
        })
    ));
    let another = Upload {
        sha256: Some("0".repeat(64)),
        ..upload("offer.pdf", OFFER)
    };
    let another = attach(&desk, another).await;
    assert!(matches!(another, Err(Failure::OtherContent { .. })));
    let nowhere = Upload {
        item: "nothing".parse().unwrap(),
        ..upload("offer.pdf", OFFER)
    };
    let nowhere = attach(&desk, nowhere).await;
    assert!(matches!(nowhere, Err(Failure::Refused(r)) if r.code() == "unknown"));
    let nobody = desk
        .launches
        .attach(desk.id(), upload("a.pdf", OFFER), Actor::nobody(), now())
        .await;
    assert!(matches!(nobody, Err(Failure::Refused(r)) if r.code() == "nobody_acts"));
    let kept = desk.store.file_store().files(desk.id().as_str()).await;
    assert_eq!(kept.unwrap(), []);
}

#[tokio::test]
async fn a_file_sent_again_is_answered_the_same() {
    let desk = desk().await;
    let first = upload("offer.pdf", OFFER);
    let done = attach(&desk, first.clone()).await.unwrap();
    desk.send(rename("Shop 2")).await.unwrap();
    let again = attach(&desk, first).await.unwrap();
    assert_eq!(again.revision, done.revision);
    let twice = attach(&desk, upload("offer.pdf", OFFER)).await;
    assert!(matches!(twice, Err(Failure::Refused(r)) if r.code() == "already"));
}

#[tokio::test]
async fn whoever_verified_has_seen_the_files_that_stand() {
    let desk = desk().await;
    let second = PersonId::from_number(7);
    let verify = || desk.send_as(second, new_id(), on("verify_item", "offer"), None, now());
    let is_closed = || {
        let launch = desk.live.launch();
        let assessment = startklar::assess(&launch, &startklar::Policy::default(), now());
        let ix = launch.items.find(&"offer".parse().unwrap()).unwrap();
        assessment.item(ix).is_closed()
    };
    attach(&desk, upload("offer.pdf", OFFER)).await.unwrap();
    desk.send(on("tick_item", "offer")).await.unwrap();
    verify().await.unwrap();
    assert!(is_closed());
    // While the verification stands no file comes or goes.
    let swapped = upload("offer.pdf", b"%PDF-1.7 another offer");
    let refused = attach(&desk, swapped.clone()).await;
    assert!(matches!(refused, Err(Failure::Refused(r)) if r.code() == "files_verified"));
    let detach = Command::DetachFile {
        item: "offer".parse().unwrap(),
        sha256: file_of(&desk).sha256,
    };
    let refused = desk.send(detach.clone()).await;
    assert!(matches!(refused, Err(Failure::Refused(r)) if r.code() == "files_verified"));
    // Once the tick is taken back they do, and then somebody else must look anew.
    desk.send(on("untick_item", "offer")).await.unwrap();
    desk.send(detach).await.unwrap();
    attach(&desk, swapped).await.unwrap();
    desk.send(on("tick_item", "offer")).await.unwrap();
    assert!(!is_closed());
    verify().await.unwrap();
    assert!(is_closed());
}

#[tokio::test]
async fn what_was_attached_once_stays_and_what_never_was_goes() {
    let desk = desk().await;
    let (stream, files) = (desk.id().as_str(), desk.store.file_store());
    let lost = Content {
        launch: stream.to_owned(),
        sha256: store::sum(b"lost"),
        media: "text/plain".to_owned(),
        made: now().timestamp(),
        content: b"lost".to_vec(),
    };
    files.put_file(lost.clone()).await.unwrap();
    attach(&desk, upload("offer.pdf", OFFER)).await.unwrap();
    let file = file_of(&desk);
    let detach = Command::DetachFile {
        item: "offer".parse().unwrap(),
        sha256: file.sha256.clone(),
    };
    desk.send(detach).await.unwrap();
    // A day later another one comes in.
    let later = now() + TimeDelta::hours(25);
    let more = upload("more.txt", b"more");
    let actor = Actor::person(desk.me);
    desk.launches
        .attach(desk.id(), more, actor, later)
        .await
        .unwrap();
    let kept = files.files(stream).await.unwrap();
    let mut kept: Vec<_> = kept.into_iter().map(|kept| kept.sha256).collect();
    let mut expected = vec![file.sha256.to_string(), store::sum(b"more")];
    kept.sort();
    expected.sort();
    assert_eq!(kept, expected);
    // It is still given out to whoever has its address.
    let sum = file.sha256.as_str();
    let given = desk
        .launches
        .attached(desk.id(), "offer", sum)
        .await
        .unwrap();
    assert_eq!(given, file);
    let content = desk.launches.content(desk.id(), &file).await.unwrap();
    assert_eq!(content, OFFER);
    let other = desk.launches.attached(desk.id(), "other", sum).await;
    assert!(matches!(other, Err(Failure::Refused(r)) if r.code() == "no_file"));
}

#[tokio::test]
async fn a_content_that_is_another_is_not_given_out() {
    let desk = desk().await;
    attach(&desk, upload("offer.pdf", OFFER)).await.unwrap();
    let file = file_of(&desk);
    let (stream, files) = (desk.id().as_str(), desk.store.file_store());
    let sum = file.sha256.as_str();
    let mut kept = files.file(stream, sum).await.unwrap().unwrap();
    let after = kept.made + 1;
    assert!(files.drop_file(stream, sum, after).await.unwrap());
    let gone = desk.launches.content(desk.id(), &file).await;
    assert!(matches!(gone, Err(Failure::Broken(_))));
    kept.content = b"%PDF-1.7 their offer".to_vec();
    files.put_file(kept).await.unwrap();
    let other = desk.launches.content(desk.id(), &file).await;
    assert!(matches!(other, Err(Failure::Broken(_))));
}
