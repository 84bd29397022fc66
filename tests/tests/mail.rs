//! The built product writes to its people: once, also when it is stopped or killed in between.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use std::{thread::sleep, time::Duration};

use startklar_tests::{MailServer, Product, mail::Mood, postgres::cluster};
use tempfile::TempDir;

const BASE: &str = "http://startklar.example";
const PASSWORD: &str = "four+words+make+one";
/// A round begins with the server, and takes milliseconds.
const ROUND: Duration = Duration::from_secs(3);

/// A database of its own, and a mail server.
struct Place {
    directory: TempDir,
    database: String,
    server: MailServer,
}

impl Place {
    /// In a file.
    fn file() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("journal.sqlite");
        Self {
            database: format!("sqlite:{}", file.display()),
            directory,
            server: MailServer::start(),
        }
    }

    fn product(&self) -> Product {
        Product::mailing(&self.database, self.directory.path(), &self.server, BASE)
    }
}

/// A database with the sample; whoever has something to sign or answer in it has signed in and wishes
/// notices in German, at any hour. Gives their session.
fn prepare(place: &Place) -> String {
    let product = place.product();
    let client = product.client();
    assert_eq!(client.form("/sample", "").status, 303);
    let people = client.get("/api/v1/people").json();
    let ids = people
        .as_array()
        .or(people["people"].as_array())
        .expect("people");
    let waited_for = ids.iter().find_map(|person| {
        let id = person["id"].as_str()?;
        let week = client.person(id).get("/week");
        week.body
            .contains("Waiting for your")
            .then(|| id.to_owned())
    });
    let person = waited_for.expect("somebody is waited for");
    let first = client.form("/people/first", "");
    let link = first.header("location").expect("a link").to_owned();
    let fields = format!("person={person}&login=reader&password={PASSWORD}");
    let joined = client.form(&link, &fields);
    let session = joined.cookies().join("; ");
    let reader = client.with("Cookie", &session);
    let saved = reader.form(
        "/account/mail",
        "address=reader%40example.org&locale=de&zone=UTC&notices=true&from=00:00&until=00:00",
    );
    assert_eq!(saved.status, 303, "{}", saved.body);
    // The question whether it is theirs goes out at once; nothing else does before they said so.
    let question = place.server.reaches(1)[0].clone();
    assert_eq!(question.subject, "Ist das Ihre Adresse?");
    let link = question.link(&format!("{BASE}/address/")).to_owned();
    let said = client.form(link.strip_prefix(BASE).unwrap(), "");
    assert_eq!(said.status, 200, "{}", said.body);
    let account = reader.get("/account");
    assert!(
        account.body.contains("reader@example.org"),
        "{}",
        account.body
    );
    assert!(product.stop().0.success());
    session
}

#[test]
fn a_mail_leads_to_my_week_and_a_restart_sends_none_again() {
    let place = Place::file();
    let session = prepare(&place);
    let product = place.product();
    let reader = product.client().with("Cookie", &session);
    let mail = &place.server.reaches(2)[1];
    assert_eq!(mail.to, ["reader@example.org"]);
    assert!(mail.subject.contains("auf Ihr Wort"), "{}", mail.subject);
    let week = mail
        .link(&format!("{BASE}/week"))
        .strip_prefix(BASE)
        .unwrap();
    let page = reader.get(week);
    assert!(page.body.contains("Waiting for your"), "{}", page.body);
    for link in mail.text.split_whitespace() {
        if let Some(path) = link.strip_prefix(&format!("{BASE}/l/")) {
            assert!(page.body.contains(&format!("\"/l/{path}\"")), "{path}");
        }
    }
    assert!(product.stop().0.success());
    let product = place.product();
    sleep(ROUND);
    assert!(product.stop().0.success());
    assert_eq!(place.server.received().len(), 2);
    // Its link works without signing in, also after the restart.
    let product = place.product();
    let link = mail.link(&format!("{BASE}/unsubscribe/"));
    let path = link.strip_prefix(BASE).unwrap();
    let kind = "application/x-www-form-urlencoded";
    let one_click = "List-Unsubscribe=One-Click";
    let stopped = product.client().try_send(path, kind, one_click).unwrap();
    assert_eq!(stopped.status, 200, "{}", stopped.body);
}

#[test]
fn whoever_is_killed_while_a_mail_is_under_way_does_not_send_it_again() {
    let place = Place::file();
    prepare(&place);
    place.server.set(Mood::Sleeps);
    let product = place.product();
    place.server.reaches(2);
    product.kill();
    place.server.set(Mood::Takes);
    let product = place.product();
    sleep(ROUND);
    assert!(product.stop().0.success());
    assert_eq!(place.server.received().len(), 2);
}

#[test]
fn two_servers_on_one_database_send_one_mail() {
    let place = Place {
        database: cluster().database(),
        ..Place::file()
    };
    prepare(&place);
    let (here, there) = (place.product(), place.product());
    place.server.reaches(2);
    sleep(ROUND);
    assert!(here.stop().0.success() && there.stop().0.success());
    assert_eq!(place.server.received().len(), 2);
}
