//! Where it is tried: a server with everybody of the cast, a launch, and a provider of sign-ins.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, atomic::AtomicUsize},
};

use chrono::TimeDelta;
use startklar::{Actor, Command, CommandId, LaunchId, PersonId, model::Person as Known};
use startklar_app::assets::Embedded;
use uuid::Uuid;

use super::{
    super::{
        elsewhere::{Fake, provider_named},
        *,
    },
    cast::{Column, PEOPLE, Person, Shows},
};
use crate::{
    accounts::Account,
    launches::Submission,
    oidc::Providers,
    store::{Append, Content, MailWish, Passkey},
};

/// Somebody who did what had to be done before, and tries nothing.
pub(super) const HELPER: &str = "helper";

pub(super) const PASSWORD: &str = "four words make one";

/// A file that each launch has, though no item of it but that of the first. Its sum is that of
/// `orders::ATTACH`.
pub(super) const FILE: &[u8] = b"%PDF-1.7 matrix";

/// A server and who is on it.
pub(super) struct Stage {
    pub(super) site: Site,
    /// Who was made last for a cell.
    pub(super) somebody: Mutex<Option<PersonId>>,
    /// How many new things there are already.
    pub(super) new: AtomicUsize,
    /// What each column shows, as long as it holds.
    secrets: Mutex<BTreeMap<String, String>>,
    _provider: Fake,
}

/// All that somebody could have changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct State {
    launches: BTreeMap<String, u64>,
    people: Vec<Known>,
    accounts: Arc<BTreeMap<PersonId, Account>>,
    secrets: BTreeSet<Uuid>,
    passkeys: Vec<Passkey>,
    wishes: Vec<MailWish>,
}

impl Stage {
    pub(super) async fn new() -> Self {
        let mut site = Site::empty().await;
        let old = &site.app;
        let (launches, accounts) = (Arc::clone(&old.launches), Arc::clone(&old.accounts));
        site.app = App::new(
            launches,
            accounts,
            Arc::clone(&old.metrics),
            Reach::default(),
            true,
            Embedded::NOTHING,
        );
        site.router = router(&site.app);
        let provider = Fake::start().await;
        let known = vec![provider_named("fake", &provider, None)];
        site.app
            .sign_in_by(Providers::new(known, "http://localhost:3000"));
        let stage = Self {
            site,
            somebody: Mutex::default(),
            new: AtomicUsize::default(),
            secrets: Mutex::default(),
            _provider: provider,
        };
        stage.people().await;
        stage
    }

    async fn people(&self) {
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        for (name, standing) in PEOPLE.iter().map(|person| (person.name, person.standing)) {
            let person = self.add(name).await;
            if accounts.are_none() {
                let link = accounts.first_link(now).await.unwrap().unwrap();
                let link = accounts.find_link(&link, now).await.unwrap();
                let account = Accounts::new_administrator(person, name, now);
                let used = accounts.use_link(link, account, name, PASSWORD.to_owned());
                used.await.unwrap();
            } else {
                accounts.add(person, name, standing, now).await.unwrap();
            }
        }
        let helper = self.add(HELPER).await;
        let added = accounts.add(helper, HELPER, startklar::rights::Standing::Viewer, now);
        added.await.unwrap();
        self.give_password(helper).await;
        let now = self.site.app.now();
        self.import(super::plans::under_way("matrix", now)).await;
        self.content("matrix").await;
        let attach = serde_json::from_str(super::orders::ATTACH).unwrap();
        self.help("matrix", startklar::tree::read(attach).unwrap())
            .await;
        self.import(super::plans::elsewhere(now)).await;
    }

    pub(super) async fn add(&self, name: &str) -> PersonId {
        let added = self.site.app.launches.people().add(name);
        added.await.unwrap().id
    }

    /// Gives somebody the one password of these tests, by a link.
    pub(super) async fn give_password(&self, person: PersonId) {
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        let link = accounts.password_link(person, now).await.unwrap();
        let link = accounts.find_link(&link, now).await.unwrap();
        let account = accounts.of(person).unwrap();
        let used = accounts.use_link(link, account, "", PASSWORD.to_owned());
        used.await.unwrap();
    }

    pub(super) async fn import(&self, plan: String) {
        let now = self.site.app.now();
        let command = CommandId(Uuid::now_v7());
        let imported = self.site.app.launches.import(plan, command, now).await;
        imported.unwrap();
    }

    /// Puts [`FILE`] beside the journal of a launch.
    pub(super) async fn content(&self, launch: &str) {
        let file = Content {
            launch: launch.to_owned(),
            sha256: store::sum(FILE),
            media: "application/pdf".to_owned(),
            made: self.site.app.seconds(),
            content: FILE.to_vec(),
        };
        let store = self.site.app.launches.store();
        store.file_store().put_file(file).await.unwrap();
    }

    /// A launch like one that is there already, as if the same had happened to it.
    pub(super) async fn copy(&self, of: &str, id: &str) {
        self.content(id).await;
        let store = self.site.app.launches.store();
        let records = store.read(of, 0, None).await.unwrap();
        // Only the first says what the launch is called by.
        let (from, to) = (format!("\"id\":\"{of}\""), format!("\"id\":\"{id}\""));
        let payloads = records
            .iter()
            .map(|record| record.payload.replacen(&from, &to, 1));
        let append = Append {
            stream: id.to_owned(),
            after: 0,
            command: Uuid::now_v7(),
            at: self.site.app.now(),
            payloads: payloads.collect(),
        };
        store.append(append).await.unwrap();
    }

    /// What the helper does, by no right but that of a world without accounts.
    pub(super) async fn help(&self, launch: &str, command: Command) {
        let submission = Submission {
            id: CommandId(Uuid::now_v7()),
            command,
            seen: None,
            only_at: None,
        };
        let (id, actor) = (
            launch.parse().unwrap(),
            Actor::person(self.site.person(HELPER)),
        );
        let app = &self.site.app;
        let done = app.launches.submit(&id, submission, actor, app.now()).await;
        done.unwrap();
    }

    /// A poll that was opened, by its number.
    pub(super) async fn poll(&self) -> usize {
        let id: LaunchId = "matrix".parse().unwrap();
        let live = self.site.app.launches.get(&id).await.unwrap();
        if live.launch().polls.is_empty() {
            self.help("matrix", Command::OpenPoll).await;
        }
        live.launch().polls.len()
    }

    pub(super) async fn revision(&self, launch: &str) -> u64 {
        let id: LaunchId = launch.parse().unwrap();
        let live = self.site.app.launches.get(&id).await.unwrap();
        live.launch().revision
    }

    /// A day that lies so many days ahead.
    pub(super) fn ahead(&self, days: i64) -> String {
        (self.site.app.now() + TimeDelta::days(days))
            .date_naive()
            .to_string()
    }

    /// All that the request of a column could change.
    pub(super) async fn state(&self, column: &Column) -> State {
        let app = &self.site.app;
        let store = app.launches.store();
        let heads = store.heads().await.unwrap().into_iter();
        let somebody = *self.somebody.lock().unwrap();
        let person = column.person.map(|person| self.site.person(person.name));
        let (mut secrets, mut passkeys) = (BTreeSet::new(), Vec::new());
        let helper = self.site.person(HELPER);
        for one in [Some(helper), somebody, person].into_iter().flatten() {
            let found = store.account_store().secrets_of(one.0).await.unwrap();
            secrets.extend(found.into_iter().map(|secret| secret.id));
            passkeys.extend(store.passkey_store().passkeys_of(one.0).await.unwrap());
        }
        let launch = "matrix".parse().unwrap();
        let links = app.accounts.status_links(&launch, app.seconds());
        secrets.extend(links.await.unwrap().into_iter().map(|link| link.id));
        State {
            launches: heads.map(|head| (head.stream, head.seq)).collect(),
            people: app.launches.people().all().iter().cloned().collect(),
            accounts: app.accounts.all(),
            secrets,
            passkeys,
            wishes: store.mail_store().mail_wishes().await.unwrap(),
        }
    }

    /// What a column shows, made anew where it has ended.
    async fn secret(&self, column: &Column) -> String {
        let key = column.to_string();
        let kept = self.secrets.lock().unwrap().get(&key).cloned();
        if let Some(kept) = kept
            && self.holds(column.shows, &kept).await
        {
            return kept;
        }
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        let person = |person: Option<&Person>| self.site.person(person.unwrap().name);
        let made = match column.shows {
            Shows::Nothing => return String::new(),
            Shows::Session => {
                accounts
                    .begin_session(person(column.person), "test", now)
                    .await
            }
            Shows::Reads | Shows::Writes => {
                let writes = column.shows == Shows::Writes;
                let made = accounts.make_token(person(column.person), "robot", writes, 30, now);
                made.await
            }
            Shows::LinkAsSession | Shows::LinkAsToken => {
                let launch = "matrix".parse().unwrap();
                accounts.make_status_link(&launch, 30, now).await
            }
        };
        let made = made.unwrap();
        self.secrets.lock().unwrap().insert(key, made.clone());
        made
    }

    async fn holds(&self, shows: Shows, secret: &str) -> bool {
        let (accounts, now) = (&self.site.app.accounts, self.site.app.seconds());
        match shows {
            Shows::Nothing => true,
            Shows::Session => accounts.who(secret, now).await.is_some(),
            Shows::Reads | Shows::Writes => accounts.who_by_token(secret, now).await.is_some(),
            Shows::LinkAsSession | Shows::LinkAsToken => {
                accounts.status(secret, now).await.is_some()
            }
        }
    }

    /// Makes ready what a column shows, so that sending changes nothing by itself.
    pub(super) async fn show(&self, column: &Column, request: &mut Request<Body>) {
        let secret = self.secret(column).await;
        let mut jar = self.site.cookies.lock().unwrap();
        jar.clear();
        match column.shows {
            Shows::Nothing => {}
            Shows::Session | Shows::LinkAsSession => {
                jar.insert("session".to_owned(), secret);
            }
            Shows::Reads | Shows::Writes | Shows::LinkAsToken => {
                let bearer = format!("Bearer {secret}").parse().unwrap();
                request.headers_mut().insert(header::AUTHORIZATION, bearer);
            }
        }
    }

    /// The answer to a request. That of a live stream has no end and is not read.
    pub(super) async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.site.ask(request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let stream =
            headers.get(header::CONTENT_TYPE) == Some(&"text/event-stream".parse().unwrap());
        let text = if stream {
            String::new()
        } else {
            let bytes = response.into_body().collect().await.unwrap().to_bytes();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        Answer {
            status,
            headers,
            text,
        }
    }
}
