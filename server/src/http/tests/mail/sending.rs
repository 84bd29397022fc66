//! What is sent, when, and how often.

use chrono::TimeDelta;
use startklar::{Locale, rights::Standing};
use startklar_app::owed::{Group, Owed};
use startklar_tests::mail::Mood;

use super::*;
use crate::store::MailState;

#[tokio::test]
async fn a_german_reader_gets_a_german_mail_whose_link_opens_my_week() {
    let mailing = Mailing::new().await;
    mailing.closed.as_("farah").await;
    let saved = mailing.wish(&[("address", "farah@example.org")]).await;
    assert_eq!(saved.header("location"), "/account");
    let (monday, farah) = (mailing.monday(), mailing.site().person("farah"));
    mailing.round(monday).await;
    let mails = mailing.server.received();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let mail = &mails[0];
    assert_eq!(mail.to, ["farah@example.org"]);
    assert!(mail.subject.starts_with("Ihre Woche: "), "{}", mail.subject);
    assert!(mail.text.starts_with("Guten Tag, Farah "), "{}", mail.text);
    assert!(mail.raw.is_ascii() && mail.header("Content-Language") == Some("de"));
    assert_eq!(mail.header("Auto-Submitted"), Some("auto-generated"));
    // Nothing is loaded from anywhere.
    assert!(
        !mail.html.contains("src=") && !mail.html.contains("url("),
        "{}",
        mail.html
    );
    // The same as the page that its link opens, then as now.
    let launches = &mailing.site().app.launches;
    let owed = launches.owed(farah, Locale::De, monday).await.unwrap();
    let told = |owed: &Owed| owed.group() != Group::Later;
    let (told, later): (Vec<_>, Vec<_>) = owed.into_iter().partition(told);
    assert!(!told.is_empty());
    let page = mailing
        .site()
        .get(path(mail.link(&format!("{BASE}/week"))))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    for owed in told {
        let link = format!("{BASE}{}\n", owed.href());
        assert!(mail.text.contains(&link), "{link} in {}", mail.text);
        assert!(mail.text.contains(&owed.title) && page.text.contains(&owed.href()));
    }
    for owed in later {
        assert!(!mail.text.contains(&format!("{BASE}{}\n", owed.href())));
    }
    mailing.closed.nobody();
    let page = mailing.site().get("/week").await;
    assert_eq!(page.header("location"), "/login?back=%2Fweek");
}

#[tokio::test]
async fn nothing_is_sent_twice_by_another_process_or_later() {
    let mailing = Mailing::new().await;
    mailing.closed.as_("farah").await;
    mailing.wish(&[]).await;
    let monday = mailing.monday();
    // Many at once, as many servers on one database.
    let stop = CancellationToken::new();
    let posts: Vec<Post> = (0..4).map(|_| mailing.post()).collect();
    let rounds = posts.iter().map(|post| post.round(monday, &stop));
    for round in futures_util::future::join_all(rounds).await {
        round.unwrap();
    }
    mailing.round(monday + TimeDelta::hours(3)).await;
    assert_eq!(mailing.server.received().len(), 1);
    mailing.round(monday + TimeDelta::days(7)).await;
    assert_eq!(mailing.server.received().len(), 2, "a week later");
}

#[tokio::test]
async fn a_mail_is_tried_again_given_up_or_left_alone() {
    let mailing = Mailing::new().await;
    mailing.closed.as_("farah").await;
    mailing.wish(&[]).await;
    let monday = mailing.monday();
    let minutes = TimeDelta::minutes;
    mailing.server.set(Mood::Busy);
    mailing.round(monday).await;
    mailing.round(monday + TimeDelta::seconds(59)).await;
    assert_eq!(
        mailing.server.connections(),
        1,
        "not before a minute is over"
    );
    mailing.round(monday + minutes(1)).await;
    assert_eq!(
        (
            mailing.server.connections(),
            mailing.server.received().len()
        ),
        (2, 0)
    );
    mailing.server.set(Mood::Takes);
    mailing.round(monday + minutes(6)).await;
    assert_eq!(mailing.server.received().len(), 1);
    // There is no such mailbox: once is enough, and those who look after people see it.
    let week = monday + TimeDelta::days(7);
    mailing.server.set(Mood::Refuses);
    mailing.round(week).await;
    mailing.round(week + minutes(10)).await;
    assert_eq!(mailing.server.connections(), 4);
    // The server had it and hung up: nobody knows.
    let later = week + TimeDelta::days(7);
    mailing.server.set(Mood::HangsUp);
    mailing.round(later).await;
    mailing.server.set(Mood::Takes);
    mailing.round(later + minutes(10)).await;
    mailing.round(later + TimeDelta::days(1)).await;
    assert_eq!(
        (
            mailing.server.connections(),
            mailing.server.received().len()
        ),
        (5, 2)
    );
    let app = &mailing.site().app;
    let stuck = crate::mail::stuck(app.launches.store(), later + minutes(11))
        .await
        .unwrap();
    let stuck: Vec<_> = stuck
        .iter()
        .map(|mail| (mail.may_have_arrived, mail.at))
        .collect();
    assert_eq!(stuck.len(), 2, "{stuck:?}");
    assert!(stuck[0].0 && !stuck[1].0 && stuck[1].1 == week.timestamp());
    mailing.closed.as_("katrin").await;
    let page = mailing.site().get("/people").await;
    assert!(page.text.contains("Given up") && page.text.contains("Mailbox unavailable"));
}

/// Somebody for whose word something waits in the sample.
async fn waited_for(site: &Site) -> String {
    let people = site.app.launches.people().all();
    for person in people.iter() {
        let owed = site
            .app
            .launches
            .owed_since(person.id, Locale::En, site.app.now());
        if owed.await.unwrap().iter().any(|(_, since)| since.is_some()) {
            return person.key.clone();
        }
    }
    panic!("nobody is waited for");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_waits_for_a_mail_under_way() {
    let mailing = Mailing::new().await;
    let app = mailing.site().app.clone();
    let handle = waited_for(mailing.site()).await;
    let person = mailing.site().person(&handle);
    if app.accounts.of(person).is_none() {
        let added = app
            .accounts
            .add(person, &handle, Standing::Member, app.seconds());
        added.await.unwrap();
    }
    mailing.closed.as_(&handle).await;
    let always = [
        ("notices", "true"),
        ("digest", ""),
        ("from", "00:00"),
        ("until", "00:00"),
    ];
    mailing.wish(&always).await;
    mailing.server.set(Mood::Slow);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    app.send_by(mailing.post());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = super::super::super::serve(listener, None, app.clone(), async {
        let _ = stopped.await;
    });
    let serving = tokio::spawn(serving);
    let server = mailing.server;
    let server = tokio::task::spawn_blocking(move || {
        server.reaches(1);
        server
    });
    let server = server.await.unwrap();
    let kept = async || {
        let mails = app.launches.store().mail_store();
        mails.written_to(person.0).await.map(|mails| mails[0].state)
    };
    assert_eq!(
        kept().await.unwrap(),
        MailState::Sending,
        "it waits for an answer"
    );
    let begun = std::time::Instant::now();
    stop.send(()).unwrap();
    serving.await.unwrap();
    assert!(begun.elapsed() > std::time::Duration::from_millis(200));
    assert!(kept().await.is_err(), "the store is closed");
    assert_eq!((server.connections(), server.received().len()), (1, 1));
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_asked_for_one_mail_only() {
    let mailing = Mailing::new().await;
    for handle in ["farah", "lena"] {
        mailing.closed.as_(handle).await;
        mailing.wish(&[]).await;
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let away = Wiring {
        smtp: Some(format!("smtp://{nobody}")),
        ..mailing.wiring()
    };
    let monday = mailing.monday();
    let stop = CancellationToken::new();
    mailing.post_by(&away).round(monday, &stop).await.unwrap();
    let app = &mailing.site().app;
    let kept = app.launches.store().mail_store();
    let due = kept.due_mail(i64::MAX, 10).await.unwrap();
    let tries: Vec<i64> = due.iter().map(|mail| mail.tries).collect();
    assert_eq!(tries.iter().sum::<i64>(), 1, "{tries:?}");
    // As little as a wrong password is the fault of any mail.
    let wrong = Wiring {
        password: Some("three words".to_owned()),
        ..mailing.wiring()
    };
    let minutes = TimeDelta::minutes;
    let round = mailing
        .post_by(&wrong)
        .round(monday + minutes(1), &stop)
        .await;
    round.unwrap();
    assert_eq!(mailing.server.connections(), 1);
    mailing.round(monday + minutes(10)).await;
    assert_eq!(mailing.server.received().len(), 2);
}

#[tokio::test]
async fn a_notice_to_read_and_what_is_followed_come_in_one_mail() {
    let mailing = Mailing::new().await;
    let (app, site) = (mailing.site().app.clone(), mailing.site());
    mailing.closed.as_("farah").await;
    let always = [
        ("notices", "true"),
        ("digest", ""),
        ("locale", "en"),
        ("from", "00:00"),
        ("until", "00:00"),
    ];
    mailing.wish(&always).await;
    let path = "/l/metakube/items/price-list/follow";
    site.form(path, &[("on", "true")]).await;
    let nils = startklar::Actor::person(site.person("nils"));
    let launch = "metakube".parse().unwrap();
    for command in [
        serde_json::json!({"issue_notice": {"id": "prices", "title": "Prices rise", "text": "So.",
            "disciplines": ["marketing"]}}),
        serde_json::json!({"assign_item": {"item": "price-list", "owner": null}}),
        serde_json::json!({"make_request": {"id": "cost", "direction": "question", "from": "sales",
            "to": "engineering", "text": "How much? @farah knows.", "due": "2030-01-02"}}),
    ] {
        let submission = crate::launches::Submission {
            id: startklar::CommandId(uuid::Uuid::now_v7()),
            command: startklar::tree::read(command).unwrap(),
            seen: None,
            only_at: None,
        };
        let sent = app.launches.submit(&launch, submission, nils, app.now());
        sent.await.unwrap();
    }
    let now = app.now() + TimeDelta::seconds(1);
    mailing.round(now).await;
    let mails = mailing.server.received();
    assert_eq!(mails.len(), 1, "{mails:?}");
    for words in [
        "Change notice to read: Prices rise",
        "/l/metakube/notices#notice-prices\n",
        "What you follow: ",
        "You were mentioned: ",
        "/l/metakube/requests#request-cost\n",
        "/l/metakube/items/price-list\n",
        "Nils Sommer",
    ] {
        assert!(mails[0].text.contains(words), "{words}: {}", mails[0].text);
    }
    mailing.round(now + TimeDelta::hours(2)).await;
    assert_eq!(mailing.server.received().len(), 1, "nothing is told twice");
}
