//! What a request names, made anew for each cell so that each finds it: a word in angle brackets stands
//! for it.

use std::sync::{PoisonError, atomic::Ordering};

use startklar::{Actor, CommandId, workspace};
use uuid::Uuid;

use super::{
    super::*,
    cast::Column,
    plans,
    stage::{FILE, HELPER, PASSWORD, Stage},
    table::{Body as Sent, Row, place},
};
use crate::{
    accounts::{Identity, Party, Stick, Wish},
    mail::Kind,
    store::MailWish,
};

/// Where the helper reads mail.
const ADDRESS: &str = "helper@example.org";

/// A file as the form of an item's page sends it.
fn multipart(content: &[u8]) -> Vec<u8> {
    let head = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"new.pdf\"\r\n\
                content-type: application/pdf\r\n\r\n";
    [head.as_bytes(), content, b"\r\n--b--\r\n"].concat()
}

impl Stage {
    /// A number that nothing has yet.
    pub(super) fn next(&self) -> usize {
        self.new.fetch_add(1, Ordering::Relaxed)
    }

    /// The request of a cell, whole but for what its column shows.
    pub(super) async fn request(&self, row: &Row, column: &Column) -> Request<Body> {
        let new = format!("%PDF-1.7 {}", self.next()).into_bytes();
        let path = match row.body {
            Sent::File => place(row.path).replace("<file>", &store::sum(&new)) + "?name=new.pdf",
            _ => self.fill(&place(row.path), column).await,
        };
        let request = Request::builder().method(row.method).uri(path);
        let form = |request: axum::http::request::Builder| {
            request
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
        };
        let (request, body) = match row.body {
            Sent::Nothing => (request, Vec::new()),
            Sent::File => (request, new),
            Sent::FileForm => (
                request
                    .header("sec-fetch-site", "same-origin")
                    .header("content-type", "multipart/form-data; boundary=b"),
                multipart(&new),
            ),
            Sent::Form(fields) => (form(request), self.fill(fields, column).await.into_bytes()),
            Sent::PlanForm => {
                let plan = startklar_app::address::encode(&self.own_plan(column));
                (form(request), format!("text={plan}").into_bytes())
            }
            Sent::Plan => (
                request.header("content-type", "application/toml"),
                self.own_plan(column).into_bytes(),
            ),
            Sent::Json(json) => (
                request.header("content-type", "application/json"),
                self.fill(json, column).await.into_bytes(),
            ),
        };
        request.body(Body::from(body)).unwrap()
    }

    fn own_plan(&self, column: &Column) -> String {
        let sender = column.person.map_or(HELPER, |person| person.name);
        plans::own(
            &format!("plan-{}", self.next()),
            sender,
            self.site.app.now(),
        )
    }

    /// A text with everything in it that it asks for.
    pub(super) async fn fill(&self, text: &str, column: &Column) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            let (word, after) = after.split_once('>').unwrap();
            filled += before;
            filled += &self.word(word, column).await;
            rest = after;
        }
        filled + rest
    }

    async fn word(&self, word: &str, column: &Column) -> String {
        let (app, now) = (&self.site.app, self.site.app.seconds());
        match word {
            "new" => self.next().to_string(),
            "day" => self.ahead(60),
            "soon" => self.ahead(10),
            "password" => PASSWORD.to_owned(),
            "helper" => self.site.person(HELPER).to_string(),
            "asset" => match app.embedded.names.style {
                "" => "/pkg/none".to_owned(),
                style => style.to_owned(),
            },
            "file" => store::sum(FILE),
            "poll" => self.poll().await.to_string(),
            "sample" => {
                let sample = app.launches.sample(Locale::En, app.now()).await.unwrap();
                sample.id().to_string()
            }
            "somebody" => self.somebody().await.to_string(),
            "guarded" => self.guarded().await.to_string(),
            "keyed" => {
                let somebody = self.somebody().await;
                self.passkey(somebody).await;
                somebody.to_string()
            }
            "passkey" => match column.person {
                Some(person) => self.passkey(self.site.person(person.name)).await,
                None => Uuid::now_v7(),
            }
            .to_string(),
            "invitation" => {
                let somebody = self.somebody().await;
                app.accounts.password_link(somebody, now).await.unwrap()
            }
            "status" => self.status_link().await,
            "status-id" => {
                self.status_link().await;
                let launch = "matrix".parse().unwrap();
                let links = app.accounts.status_links(&launch, now).await.unwrap();
                links.first().unwrap().id.to_string()
            }
            "unsubscribe" => self.unsubscribe().await,
            "address" => {
                self.wish("other@example.org", true).await;
                self.wish(ADDRESS, false).await;
                let helper = self.site.person(HELPER);
                let link = app.accounts.address_link(helper, ADDRESS, now);
                link.await.unwrap()
            }
            "old" => {
                if let Some(person) = column.person {
                    self.give_password(self.site.person(person.name)).await;
                }
                PASSWORD.to_owned()
            }
            "session" => self.session_id(column).await,
            "identity" => self.identity(column).await,
            "discipline" => self.another_discipline().await,
            "template" => startklar_app::address::encode(&self.template()),
            "version" => self.version().await,
            "ungoverned" => self.ungoverned().await,
            other => panic!("nothing is called {other}"),
        }
    }

    /// A discipline that the policy does not require yet.
    async fn another_discipline(&self) -> String {
        let workspace = self.site.app.launches.workspace().await.unwrap();
        let mut all = startklar::Discipline::ALL.into_iter();
        let another = all.find(|d| !workspace.policy.requires(*d)).unwrap();
        another.code().to_owned()
    }

    /// A template that nobody has published yet.
    fn template(&self) -> String {
        let lead = self.next() % 700;
        format!(
            "format = 1\ntitle = \"Ours\"\nweeks = 10\n[[items]]\nid = \"fresh\"\ntitle = \"F\"\n\
             discipline = \"sales\"\ntier = \"small\"\nlead_days = {lead}\n"
        )
    }

    /// A later version of the template that the launch holds.
    async fn version(&self) -> String {
        let (app, helper) = (&self.site.app, self.site.person(HELPER));
        let publish = async || {
            let (id, actor) = (CommandId(Uuid::now_v7()), Actor::person(helper));
            let ours = "ours".parse().unwrap();
            let body = self.template();
            let published = app.launches.publish(ours, &body, id, actor, app.now());
            published.await.unwrap()
        };
        let first = publish().await;
        let take = serde_json::json!({"take_template":
            {"template": "ours", "version": first, "size": "small"}});
        self.help("matrix", startklar::tree::read(take).unwrap())
            .await;
        publish().await.to_string()
    }

    /// A launch that does not demand all of the policy yet.
    async fn ungoverned(&self) -> String {
        let (app, helper) = (&self.site.app, self.site.person(HELPER));
        let policy = workspace::Policy::new([], [startklar::Discipline::Legal]);
        let command = workspace::Command::SetPolicy(policy);
        let (id, actor) = (CommandId(Uuid::now_v7()), Actor::person(helper));
        let set = app.launches.govern(&command, id, None, actor, app.now());
        set.await.unwrap();
        let id = format!("ungoverned-{}", self.next());
        self.import(plans::own(&id, HELPER, app.now())).await;
        id
    }

    /// Somebody new, with an account.
    async fn somebody(&self) -> PersonId {
        let name = format!("somebody-{}", self.next());
        let person = self.add(&name).await;
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        let standing = startklar::rights::Standing::Member;
        accounts.add(person, &name, standing, now).await.unwrap();
        *self.somebody.lock().unwrap_or_else(PoisonError::into_inner) = Some(person);
        person
    }

    /// Somebody new, with a second factor.
    async fn guarded(&self) -> PersonId {
        let somebody = self.somebody().await;
        self.give_password(somebody).await;
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        let session = accounts.begin_session(somebody, "", now).await.unwrap();
        let signed = accounts.who(&session, now).await.unwrap();
        let begun = accounts.begin_factor(somebody, PASSWORD.to_owned(), now);
        let code = crate::accounts::shown(&begun.await.unwrap(), now);
        let confirmed = accounts.confirm_factor(&signed, &code, "", now).await;
        confirmed.unwrap();
        somebody
    }

    /// The only passkey of somebody.
    async fn passkey(&self, person: PersonId) -> Uuid {
        self.give_password(person).await;
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        // Nobody has more than ten. Most have none to take.
        let _ = accounts.take_passkeys(person).await;
        let here = "http://localhost:3000";
        let (party, mut stick) = (Party::at(here).unwrap(), Stick::new(here));
        let wish = Wish {
            person,
            called: "",
            name: "Stick",
            password: PASSWORD.to_owned(),
            code: "",
        };
        let begun = accounts.begin_passkey(&party, wish, "", now).await.unwrap();
        let answer = stick.join(&begun.options);
        let shown = (begun.secret.as_str(), answer.as_str());
        let added = accounts.add_passkey(&party, person, shown, now).await;
        added.unwrap();
        accounts.passkeys(person).await.unwrap().remove(0).id
    }

    async fn status_link(&self) -> String {
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        let launch = "matrix".parse().unwrap();
        // No launch has more than fifty.
        accounts.end_status_links(&launch).await.unwrap();
        accounts.make_status_link(&launch, 30, now).await.unwrap()
    }

    /// A link by which the helper ends a mail that they wish.
    async fn unsubscribe(&self) -> String {
        self.wish(ADDRESS, true).await;
        let (app, helper) = (&self.site.app, self.site.person(HELPER));
        let link = app
            .accounts
            .unsubscribe_link(helper, Kind::Digest.code(), app.seconds());
        link.await.unwrap()
    }

    /// What the helper wishes about mail.
    async fn wish(&self, address: &str, confirmed: bool) {
        let wish = MailWish {
            person: self.site.person(HELPER).0,
            address: address.to_owned(),
            confirmed,
            next: String::new(),
            locale: "en".to_owned(),
            zone: "UTC".to_owned(),
            digest: true,
            notices: true,
            quiet_from: 1_200,
            quiet_until: 420,
        };
        let store = self.site.app.launches.store().mail_store();
        store.put_mail_wish(wish).await.unwrap();
    }

    /// Another session of whoever asks; of nobody, none.
    async fn session_id(&self, column: &Column) -> String {
        let Some(person) = column.person else {
            return Uuid::now_v7().to_string();
        };
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        let person = self.site.person(person.name);
        let begun = accounts.begin_session(person, "another", now).await;
        begun.unwrap();
        let sessions = accounts.sessions(person, now).await.unwrap();
        let another = sessions.iter().find(|one| one.note == "another");
        another.unwrap().id.to_string()
    }

    /// One of two identities of whoever asks; of nobody, none.
    async fn identity(&self, column: &Column) -> String {
        let subjects = [(); 2].map(|()| format!("subject-{}", self.next()));
        if let Some(person) = column.person {
            for subject in subjects.clone() {
                let identity = Identity {
                    issuer: "https://id.example".to_owned(),
                    subject,
                    made: 0,
                };
                let person = self.site.person(person.name);
                let linked = self.site.app.accounts.link_identity(person, identity).await;
                linked.unwrap();
            }
        }
        let [one, _] = subjects;
        one
    }
}
