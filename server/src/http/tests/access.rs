//! Signing in, and what each role may do by pages, forms and API: a workspace that is closed.

use serde_json::json;
use startklar::{Actor, Command, CommandId, Discipline, PersonId, model::Member, rights::Standing};
use uuid::Uuid;

use super::*;
use crate::{accounts::Accounts, launches::Submission};

pub(super) const GOOD: &str = "four words make one";

/// A site with the sample and with people who sign in; the browser has not.
pub(super) struct Closed {
    pub(super) site: Site,
}

impl Closed {
    /// Katrin administers; the others have an account each, named by their handle.
    pub(super) async fn new() -> Self {
        let site = Site::sample().await;
        let accounts = &site.app.accounts;
        let now = site.app.seconds();
        let link = accounts.first_link(now).await.unwrap().unwrap();
        let link = accounts.find_link(&link, now).await.unwrap();
        let katrin = Accounts::new_administrator(site.person("katrin"), "katrin", now);
        let used = accounts.use_link(link, katrin, "Katrin Brandt", GOOD.to_owned());
        used.await.unwrap();
        for (handle, standing) in [
            ("lena", Standing::Member),
            ("nils", Standing::Member),
            ("farah", Standing::Member),
            ("jonas", Standing::Member),
            ("ines", Standing::Viewer),
        ] {
            let person = site.person(handle);
            accounts.add(person, handle, standing, now).await.unwrap();
        }
        Self { site }
    }

    /// Signs somebody in, without a password.
    pub(super) async fn as_(&self, handle: &str) {
        let person = self.site.person(handle);
        let session = self
            .site
            .app
            .accounts
            .begin_session(person, "test", self.site.app.seconds());
        let session = session.await.unwrap();
        let mut jar = self.site.cookies.lock().unwrap();
        jar.clear();
        jar.insert("session".to_owned(), session);
    }

    pub(super) fn nobody(&self) {
        self.site.cookies.lock().unwrap().clear();
    }

    /// Gives somebody a part, as an administrator would.
    async fn appoint(&self, handle: &str, member: Member) {
        let gives = Actor::signed_in(self.site.person("katrin"), Standing::Administrator);
        let person = self.site.person(handle);
        self.send(Command::SetMember { person, member }, gives)
            .await;
    }

    async fn send(&self, command: Command, actor: Actor) {
        let submission = Submission {
            id: CommandId(Uuid::now_v7()),
            command,
            seen: None,
            only_at: None,
        };
        let id = "metakube".parse().unwrap();
        let now = self.site.app.now();
        let sent = self.site.app.launches.submit(&id, submission, actor, now);
        sent.await.unwrap();
    }

    async fn command(&self, command: Value) -> Answer {
        let body = json!({ "command": command });
        let path = "/api/v1/launches/metakube/commands";
        self.site.post(path, "", &[], &body).await
    }
}

#[tokio::test]
async fn whoever_has_not_signed_in_sees_only_how_to() {
    let closed = Closed::new().await;
    for path in [
        "/",
        "/week",
        "/new",
        "/who",
        "/rights",
        "/account",
        "/people",
        "/trust",
        "/l/metakube",
        "/l/metakube/plan",
        "/l/metakube/settings",
        "/l/metakube/weeks",
        "/l/metakube/items/price-list/files/0",
        "/l/none",
    ] {
        let answer = closed.site.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(
            answer.header("location").starts_with("/login?back=%2F"),
            "{path}"
        );
        assert!(!answer.text.contains("MetaKube"), "{path}");
    }
    for path in [
        "/api/v1/launches",
        "/api/v1/people",
        "/api/v1/launches/metakube/events",
        "/api/v1/launches/metakube/journal",
        "/api/v1/launches/metakube/items/price-list/files/0",
        "/api/v1/openapi.json",
        "/metrics",
    ] {
        let answer = closed.site.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(answer.code(), "sign_in", "{path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    for path in ["/healthz", "/readyz", "/login"] {
        assert_eq!(closed.site.get(path).await.status, StatusCode::OK, "{path}");
    }
    let ticked = closed
        .command(json!({"tick_item": {"item": "offer"}}))
        .await;
    assert_eq!(ticked.status, StatusCode::UNAUTHORIZED);
    let form = closed
        .site
        .form("/l/metakube/do", &[("kind", "record_launch")])
        .await;
    assert!(form.header("location").starts_with("/login"));
}

#[tokio::test]
async fn signing_in_leads_back_and_a_session_is_not_read_by_scripts() {
    let closed = Closed::new().await;
    let fields = |password: &'static str| {
        [
            ("login", "Katrin"),
            ("password", password),
            ("back", "/l/metakube/plan"),
        ]
    };
    let wrong = closed.site.form("/login", &fields("wrong")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text.contains("Login or password is wrong."));
    assert!(
        wrong.text.contains("value=\"Katrin\""),
        "what was typed is kept"
    );
    assert!(!wrong.text.contains("\"wrong\""), "but not the password");
    let right = closed.site.form("/login", &fields(GOOD)).await;
    assert_eq!(right.header("location"), "/l/metakube/plan");
    let cookie = right.header("set-cookie");
    assert!(cookie.starts_with("session=skl_") && cookie.contains("HttpOnly; SameSite=Lax"));
    let page = closed.site.get("/account").await;
    assert!(page.text.contains("Katrin Brandt") && page.text.contains("administrator"));
    closed.site.form("/logout", &[]).await;
    assert_eq!(
        closed.site.get("/account").await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_sign_in_never_leads_to_another_server() {
    let closed = Closed::new().await;
    for back in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let fields = [("login", "katrin"), ("password", GOOD), ("back", back)];
        let answer = closed.site.form("/login", &fields).await;
        assert_eq!(answer.header("location"), "/", "{back}");
        closed.nobody();
    }
}

#[tokio::test]
async fn whoever_signs_in_by_a_leaked_password_from_before_is_told_to_change_it() {
    let closed = Closed::new().await;
    let site = &closed.site;
    let (app, katrin) = (&site.app, site.person("katrin"));
    // From a time when nobody looked at it, and a password of ten characters would do.
    for leaked in ["Sunshine2026!", "Sommerzeit"] {
        let salt = argon2::password_hash::SaltString::encode_b64(b"of one test only").unwrap();
        let hash = argon2::PasswordHasher::hash_password(
            &argon2::Argon2::default(),
            leaked.as_bytes(),
            &salt,
        );
        let hash = hash.unwrap().to_string();
        let store = app.launches.store().account_store();
        assert!(store.set_password(katrin.0, hash).await.unwrap());
        // Whereupon accounts are read anew.
        let viewer = app
            .accounts
            .set_standing(site.person("ines"), Standing::Viewer);
        viewer.await.unwrap();
        closed.nobody();
        let fields = [("login", "katrin"), ("password", leaked), ("back", "/week")];
        let signed = site.form("/login", &fields).await;
        assert_eq!(signed.header("location"), "/week", "nothing is blocked");
        let page = site.get("/week").await.text;
        assert!(page.contains("Change it in your account."), "{page}");
    }
    let changed = [("old", "Sommerzeit"), ("password", GOOD)];
    site.form("/account/password", &changed).await;
    let fields = [("login", "katrin"), ("password", GOOD), ("back", "/week")];
    site.form("/login", &fields).await;
    let page = site.get("/week").await.text;
    assert!(!page.contains("Change it in your account."), "{page}");
}

#[tokio::test]
async fn guessing_has_to_wait() {
    let closed = Closed::new().await;
    let fields = [("login", "katrin"), ("password", "wrong")];
    for _ in 0..5 {
        let answer = closed.site.form("/login", &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let answer = closed
        .site
        .form("/login", &[("login", "katrin"), ("password", GOOD)])
        .await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.text.contains("Too many wrong tries"));
}

#[tokio::test]
async fn sales_ticks_its_own_and_is_told_whose_the_rest_is() {
    let closed = Closed::new().await;
    closed.as_("nils").await;
    let live = closed
        .site
        .app
        .launches
        .get(&"metakube".parse().unwrap())
        .await
        .unwrap();
    let launch = live.launch();
    let open = |discipline| {
        let found = launch.items.rows().iter().find(|item| {
            item.discipline == discipline && item.begun.is_none() && item.owner.is_none()
        });
        let other = launch
            .items
            .rows()
            .iter()
            .find(|item| item.discipline == discipline);
        found.or(other).unwrap().id.to_string()
    };
    let begun = closed
        .command(json!({"begin_item": {"item": open(Discipline::Sales)}}))
        .await;
    assert!(
        begun.status.is_success() || begun.code() == "already",
        "{}",
        begun.text
    );
    let item = open(Discipline::Operations);
    let refused = closed.command(json!({"begin_item": {"item": item}})).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::FORBIDDEN, "no_right")
    );
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("lead of operations"), "{detail}");
    let fields = [
        ("kind", "begin_item"),
        ("item", item.as_str()),
        ("back", "/l/metakube"),
    ];
    let form = closed.site.form("/l/metakube/do", &fields).await;
    assert_eq!(form.header("location"), "/l/metakube");
    let page = closed.site.get("/l/metakube").await;
    assert!(
        page.text.contains("Not yours to do here"),
        "the same words on the page"
    );
}

#[tokio::test]
async fn nobody_acts_as_somebody_else() {
    let closed = Closed::new().await;
    closed.as_("nils").await;
    let body = json!({"command": {"scope_epic": {"epic": "billing"}}});
    let path = "/api/v1/launches/metakube/commands";
    let refused = closed.site.post(path, "lena", &[], &body).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::FORBIDDEN, "not_you")
    );
    let chosen = closed
        .site
        .form("/who", &[("person", "lena"), ("back", "/")])
        .await;
    assert_eq!(chosen.header("location"), "/account");
    closed
        .site
        .cookies
        .lock()
        .unwrap()
        .insert("me".to_owned(), "lena".to_owned());
    let page = closed.site.get("/account").await;
    assert!(
        page.text.contains("Nils Sommer")
            && !page
                .text
                .contains("<h1 class=\"sentence sentence--line\">Lena")
    );
}

#[tokio::test]
async fn only_administrators_look_after_people() {
    let closed = Closed::new().await;
    let nils = closed.site.person("nils");
    let invite = [
        ("name", "Mia Neu"),
        ("login", "mia"),
        ("standing", "administrator"),
    ];
    for handle in ["lena", "nils", "ines"] {
        closed.as_(handle).await;
        assert_eq!(
            closed.site.get("/people").await.status,
            StatusCode::FORBIDDEN
        );
        let paths = ["standing", "link", "factor", "passkeys", "erase"]
            .map(|act| format!("/people/{nils}/{act}"));
        for path in paths.iter().map(String::as_str).chain(["/people"]) {
            let answer = closed.site.form(path, &invite).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{handle} {path}");
        }
        let added = closed
            .site
            .post("/api/v1/people", "", &[], &json!({"name": "Mia"}))
            .await;
        assert_eq!(added.code(), "administrators_only");
    }
    closed.as_("katrin").await;
    let page = closed.site.form("/people", &invite).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let link = page.text.split("/join/").nth(1).unwrap();
    let link: String = link
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    closed.nobody();
    let asked = closed.site.get(&format!("/join/{link}")).await;
    assert!(asked.text.contains("Welcome, Mia Neu"), "{}", asked.text);
    let choice = [("login", "mia"), ("password", GOOD)];
    let joined = closed.site.form(&format!("/join/{link}"), &choice).await;
    assert_eq!(joined.header("location"), "/");
    assert!(closed.site.get("/people").await.text.contains("Mia Neu"));
    let again = closed.site.get(&format!("/join/{link}")).await;
    assert_eq!(again.status, StatusCode::GONE);
}

#[tokio::test]
async fn whoever_is_erased_is_nowhere_and_the_journal_is_whole() {
    let closed = Closed::new().await;
    let (nils, id) = (closed.site.person("nils"), "metakube".parse().unwrap());
    let before = closed.site.app.launches.get(&id).await.unwrap().launch();
    closed.as_("katrin").await;
    let erased = closed
        .site
        .form(&format!("/people/{nils}/erase"), &[])
        .await;
    assert_eq!(erased.header("location"), "/people");
    for path in [
        "/people",
        "/l/metakube",
        "/l/metakube/journal",
        "/api/v1/people",
        "/l/metakube/checklists",
    ] {
        let page = closed.site.get(path).await;
        assert!(
            !page.text.contains("Nils Sommer") && !page.text.contains("nils"),
            "{path}"
        );
    }
    let after = closed.site.app.launches.get(&id).await.unwrap().launch();
    assert_eq!(before.revision, after.revision);
    assert!(
        after.leads.values().any(|lead| *lead == nils),
        "the journal keeps the id"
    );
}

#[tokio::test]
async fn a_token_reads_or_changes_as_far_as_it_was_made_to() {
    let closed = Closed::new().await;
    closed.as_("lena").await;
    closed
        .appoint(
            "lena",
            Member {
                product_owner: true,
                ..Member::default()
            },
        )
        .await;
    let token = async |writes: bool| {
        let mut fields = vec![("note", "robot"), ("days", "30")];
        fields.extend(writes.then_some(("writes", "true")));
        let page = closed.site.form("/account/token", &fields).await;
        let found = page.text.split("skl_").nth(1).unwrap();
        let hex: String = found.chars().take_while(char::is_ascii_hexdigit).collect();
        format!("Bearer skl_{hex}")
    };
    let (reads, writes) = (token(false).await, token(true).await);
    closed.nobody();
    let get = async |bearer: &str| {
        let request = Request::get("/api/v1/launches").header("authorization", bearer);
        closed
            .site
            .read(request.body(Body::empty()).unwrap())
            .await
            .status
    };
    assert_eq!(get(&reads).await, StatusCode::OK);
    assert_eq!(get(&writes).await, StatusCode::OK);
    assert_eq!(get("Bearer skl_00").await, StatusCode::UNAUTHORIZED);
    let rename = json!({"command": {"rename": {"title": "MetaKube 2"}}});
    let path = "/api/v1/launches/metakube/commands";
    let sent = closed
        .site
        .post(path, "", &[("authorization", &reads)], &rename)
        .await;
    assert_eq!(sent.code(), "reads_only");
    let sent = closed
        .site
        .post(path, "", &[("authorization", &writes)], &rename)
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
}

#[tokio::test]
async fn nobody_is_named_to_those_who_have_not_signed_in() {
    let closed = Closed::new().await;
    let mut pages = vec![
        "/login".to_owned(),
        "/join/skl_00".to_owned(),
        "/pkg/none".to_owned(),
    ];
    let nils = closed.site.person("nils");
    let now = closed.site.app.seconds();
    let link = closed
        .site
        .app
        .accounts
        .password_link(nils, now)
        .await
        .unwrap();
    pages.push(format!("/join/{link}"));
    for page in pages {
        let text = closed.site.get(&page).await.text;
        assert!(
            !text.contains("Lena Novak") && !text.contains("farah"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn a_token_is_for_programs_alone() {
    let closed = Closed::new().await;
    let (katrin, now) = (closed.site.person("katrin"), closed.site.app.seconds());
    let made = closed
        .site
        .app
        .accounts
        .make_token(katrin, "robot", true, 1, now);
    let bearer = format!("Bearer {}", made.await.unwrap());
    for (path, body) in [
        ("/account/token", "note=more&days=365&writes=true"),
        ("/people", "name=Eve&login=eve1&standing=administrator"),
    ] {
        let request = Request::post(path)
            .header("authorization", &bearer)
            .header("origin", "http://localhost:3000")
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = closed.site.read(request.body(body.into()).unwrap()).await;
        assert!(answer.header("location").starts_with("/login"), "{path}");
    }
    assert!(closed.site.app.launches.people().find("eve").is_none());
}

#[tokio::test]
async fn a_plan_tells_what_others_did_only_by_an_administrator() {
    let closed = Closed::new().await;
    let plan = "format = 1\n[launch]\nid = \"forged\"\ntitle = \"F\"\nstart = 2026-03-02\nweeks = 10\n\
        moment = 2026-05-12T10:00:00+02:00\n[people.jonas]\nname = \"J\"\n[people.mia]\nname = \"Mia\"\n\
        [people.nils]\nname = \"N\"\n[[items]]\nid = \"a\"\ntitle = \"A\"\ndiscipline = \"sales\"\n\
        ticked = { by = \"nils\", at = 2026-03-04T10:00:00Z }\n";
    let send = async |plan: &str| {
        let request = Request::post("/api/v1/launches").header("content-type", "application/toml");
        closed
            .site
            .read(request.body(plan.to_owned().into()).unwrap())
            .await
    };
    closed.as_("jonas").await;
    let refused = send(plan).await;
    assert_eq!(refused.code(), "others_acts");
    assert!(
        closed.site.app.launches.people().find("mia").is_none(),
        "nothing is left behind"
    );
    let sample = closed.site.form("/sample", &[]).await;
    assert_eq!(sample.header("location"), "/new");
    // What one did oneself one may tell.
    let own = plan
        .replace("by = \"nils\"", "by = \"jonas\"")
        .replace("forged", "own");
    assert_eq!(send(&own).await.status, StatusCode::CREATED);
    closed.as_("katrin").await;
    assert_eq!(send(plan).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_viewer_begins_no_launch_by_any_way() {
    let closed = Closed::new().await;
    closed.as_("ines").await;
    let plan = include_str!("../../../../shared/samples/metakube.en.toml");
    let request = Request::post("/api/v1/launches").header("content-type", "application/toml");
    let import = closed.site.read(request.body(plan.into()).unwrap()).await;
    assert_eq!(import.code(), "no_right");
    let new = json!({"title": "Mine", "date": "2030-01-01", "zone": "UTC"});
    assert_eq!(
        closed
            .site
            .post("/api/v1/launches", "", &[], &new)
            .await
            .code(),
        "no_right"
    );
    let fields = [("title", "Mine"), ("date", "2030-01-01"), ("zone", "UTC")];
    closed.site.form("/new", &fields).await;
    closed.site.form("/import", &[("text", plan)]).await;
    closed.site.form("/l/metakube/discard", &[]).await;
    assert_eq!(closed.site.app.launches.ids().len(), 1);
}

#[tokio::test]
async fn whoever_begins_a_launch_plans_it() {
    let closed = Closed::new().await;
    closed.as_("jonas").await;
    let new = json!({"title": "Mine", "date": "2030-01-01", "zone": "UTC", "template": "small"});
    let made = closed.site.post("/api/v1/launches", "", &[], &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let rename = json!({"command": {"rename": {"title": "Ours"}}});
    let sent = closed
        .site
        .post("/api/v1/launches/mine/commands", "", &[], &rename)
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    closed.as_("nils").await;
    let sent = closed
        .site
        .post("/api/v1/launches/mine/commands", "", &[], &rename)
        .await;
    assert_eq!(sent.code(), "no_right");
}

#[tokio::test]
async fn the_first_administrator_comes_from_an_open_workspace_and_closes_it() {
    let site = Site::sample().await;
    assert!(
        site.get("/people")
            .await
            .text
            .contains("Let people sign in")
    );
    let begun = site.form("/people/first", &[]).await;
    let link = begun.header("location").to_owned();
    assert!(link.starts_with("/join/skl_"), "{link}");
    let katrin = site.person("katrin").to_string();
    for (password, why) in [
        ("katrin", "12 to 128 characters"),
        ("Sunshine2026!", "known from a leak"),
    ] {
        let weak = [
            ("person", katrin.as_str()),
            ("login", "katrin"),
            ("password", password),
        ];
        let refused = site.form(&link, &weak).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(why), "{}", refused.text);
        let chosen = format!(r#"<option value="{katrin}" selected"#);
        assert!(refused.text.contains(&chosen), "{}", refused.text);
        assert!(site.app.is_open());
    }
    let new = [
        ("person", ""),
        ("name", "Ada \"Lovelace\""),
        ("login", "ada.l"),
        ("password", "too short"),
    ];
    let page = site.form(&link, &new).await.text;
    assert!(
        page.contains(r#"name="name" value="Ada &quot;Lovelace&quot;""#),
        "{page}"
    );
    assert!(page.contains(r#"value="ada.l""#) && !page.contains("too short"));
    let good = [
        ("person", katrin.as_str()),
        ("login", "katrin"),
        ("password", GOOD),
    ];
    let joined = site.form(&link, &good).await;
    assert_eq!(joined.header("location"), "/");
    assert!(!site.app.is_open());
    assert_eq!(site.get("/").await.status, StatusCode::OK);
    site.cookies.lock().unwrap().clear();
    assert_eq!(site.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_table_of_rights_stands_on_a_page_in_both_languages() {
    let site = Site::sample().await;
    let page = site.get("/rights").await;
    for words in [
        "Who may do what",
        "decide go or no-go",
        "lead",
        "as long as names are only chosen",
    ] {
        assert!(page.text.contains(words), "{words}");
    }
    site.form("/choose", &[("locale", "de")]).await;
    let page = site.get("/rights").await;
    for words in ["Wer was darf", "über Go oder No-Go entscheiden", "Leitung"] {
        assert!(page.text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_status_page_is_read_without_an_account_and_names_nobody() {
    let closed = Closed::new().await;
    closed.as_("nils").await;
    let refused = closed
        .site
        .form("/l/metakube/status", &[("days", "30")])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    closed.as_("lena").await;
    let member = Member {
        product_owner: true,
        ..Member::default()
    };
    closed.appoint("lena", member).await;
    let long = closed
        .site
        .form("/l/metakube/status", &[("days", "181")])
        .await;
    assert_eq!(long.header("location"), "/l/metakube/status");
    let made = closed
        .site
        .form("/l/metakube/status", &[("days", "30")])
        .await;
    let link = made.text.split("/status/").nth(1).unwrap();
    let link: String = link
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    closed.nobody();
    let page = closed.site.get(&format!("/status/{link}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Not launch-ready:"));
    assert_eq!(page.header("x-robots-tag"), "noindex");
    for person in closed.site.app.launches.people().all().iter() {
        let name = person.name.as_str();
        assert!(!page.text.contains(name), "{name}");
        let first = name.split(' ').next().unwrap();
        assert!(!page.text.contains(&format!(">{first}<")), "{first}");
    }
    let inside = page
        .text
        .replace("href=\"/\"", "")
        .replace("href=\"/pkg/", "");
    assert!(!inside.contains("href=\"/"), "nothing leads inside");
    let other = closed.site.get("/status/skl_00").await;
    assert_eq!(other.status, StatusCode::GONE);

    closed.as_("lena").await;
    let listed = closed.site.get("/l/metakube/status").await;
    let id = listed.text.split("name=\"id\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    closed
        .site
        .form("/l/metakube/status/end", &[("id", &id)])
        .await;
    closed.nobody();
    let ended = closed.site.get(&format!("/status/{link}")).await;
    assert_eq!(ended.status, StatusCode::GONE);
}

/// A person of the matrix: what they are in the launch.
fn cast(me: PersonId) -> Vec<(&'static str, Standing, Member, Vec<Command>)> {
    let plain = Member::default;
    let lead = |discipline| Command::NameLead {
        discipline,
        lead: Some(me),
    };
    vec![
        ("administrator", Standing::Administrator, plain(), vec![]),
        ("member", Standing::Member, plain(), vec![]),
        (
            "product owner",
            Standing::Member,
            Member {
                product_owner: true,
                ..plain()
            },
            vec![],
        ),
        (
            "lead of sales",
            Standing::Member,
            plain(),
            vec![lead(Discipline::Sales)],
        ),
        (
            "contributor of sales",
            Standing::Member,
            Member {
                works_for: vec![Discipline::Sales],
                ..plain()
            },
            vec![],
        ),
        (
            "contributor of engineering",
            Standing::Member,
            Member {
                works_for: vec![Discipline::Engineering],
                ..plain()
            },
            vec![],
        ),
        (
            "approver",
            Standing::Member,
            Member {
                approves: true,
                ..plain()
            },
            vec![],
        ),
        (
            "decider",
            Standing::Member,
            Member {
                decides: true,
                ..plain()
            },
            vec![],
        ),
        ("viewer", Standing::Viewer, plain(), vec![]),
    ]
}

/// Every command that a page or a program can send, about sales where it is about a discipline.
fn commands(me: PersonId, item: &str, story: &str, epic: &str) -> Vec<Value> {
    vec![
        json!({"rename": {"title": "A"}}),
        json!({"reschedule": {"moment": "2031-01-01T08:00:00Z"}}),
        json!({"require_discipline": {"discipline": "legal"}}),
        json!({"require_verification": {"discipline": "legal"}}),
        json!({"set_windows": {}}),
        json!({"except_moment": {"reason": "So."}}),
        json!({"adopt_policy": {"required": ["legal"]}}),
        json!({"take_template": {"template": "ours", "version": 1, "size": "small"}}),
        json!({"set_member": {"person": me, "approves": true}}),
        json!({"name_lead": {"discipline": "legal", "lead": me}}),
        json!({"set_sprint_length": {"weeks": 2}}),
        json!({"set_capacity": {"sprint": 1, "capacity": 5}}),
        json!({"add_epic": {"id": "new-one", "title": "E"}}),
        json!({"edit_epic": {"epic": epic, "title": "E"}}),
        json!({"rank_epic": {"epic": epic, "to": 1}}),
        json!({"scope_epic": {"epic": epic}}),
        json!({"unscope_epic": {"epic": epic}}),
        json!({"cut_scope": {"take_in": [epic]}}),
        json!({"accept_epic": {"epic": epic}}),
        json!({"withdraw_acceptance": {"epic": epic}}),
        json!({"add_story": {"id": "new-story", "epic": epic, "title": "S"}}),
        json!({"edit_story": {"story": story, "title": "S"}}),
        json!({"move_story": {"story": story, "epic": epic}}),
        json!({"plan_story": {"story": story, "sprint": 1}}),
        json!({"estimate_story": {"story": story, "points": 3}}),
        json!({"split_story": {"story": story, "title": "S", "parts": [{"id": "part", "title": "P"}]}}),
        json!({"merge_story": {"story": story, "title": "S", "parts": ["part"]}}),
        json!({"begin_story": {"story": story}}),
        json!({"finish_story": {"story": story}}),
        json!({"drop_story": {"story": story}}),
        json!({"reopen_story": {"story": story}}),
        json!({"add_item": {"id": "new-item", "title": "I", "discipline": "sales"}}),
        json!({"edit_item": {"item": item, "title": "I", "discipline": "sales"}}),
        json!({"assign_item": {"item": item, "owner": me}}),
        json!({"begin_item": {"item": item}}),
        json!({"withdraw_begin": {"item": item}}),
        json!({"tick_item": {"item": item, "evidence": "https://example.org"}}),
        json!({"untick_item": {"item": item}}),
        json!({"verify_item": {"item": item}}),
        json!({"confirm_item": {"item": item}}),
        json!({"attach_file": {"item": item, "file": {"name": "a.pdf", "media": "application/pdf", "size": 1, "sha256": "0".repeat(64)}}}),
        json!({"detach_file": {"item": item, "sha256": "0".repeat(64)}}),
        json!({"ask_waiver": {"item": item, "reason": "r", "until": "2031-01-01"}}),
        json!({"ask_not_applicable": {"item": item, "reason": "r"}}),
        json!({"grant_exemption": {"item": item}}),
        json!({"withdraw_exemption": {"item": item}}),
        json!({"make_request": {"id": "new-request", "direction": "question", "from": "sales", "to": "legal", "text": "T", "due": "2031-01-01"}}),
        json!({"answer_request": {"request": "none", "text": "T"}}),
        json!({"reopen_request": {"request": "none"}}),
        json!({"discuss_request": {"request": "none", "text": "T"}}),
        json!({"issue_notice": {"id": "new-notice", "title": "T", "text": "T"}}),
        json!({"read_notice": {"notice": "none"}}),
        json!({"declare_course": {"course": "at_risk", "reason": "r", "until": "2031-01-01"}}),
        json!("withdraw_course"),
        json!("record_launch"),
        json!("close_watch"),
    ]
}

/// What each of the cast may send, in the order of the commands: the table once more, by what really
/// happens at the server. `+` is let through, whatever the rules of the launch say to it then.
const MATRIX: &str = "
administrator               ......+.++..............................................
member                      ........................................................
product owner               +++++..+..++++++++++++++++++++++++....+...++.++.+++.++++
lead of sales               ...............................+++++++++++++.++...+.....
contributor of sales        ...............................+++++++++++++.++...+.....
contributor of engineering  ........................+..++.+.......+...........+.....
approver                    ........++.....................+++....+...++++..........
decider                     .....+................................+.............++++
viewer                      ........................................................
";

#[tokio::test]
async fn every_command_is_allowed_or_refused_as_the_table_says_for_every_role() {
    let closed = Closed::new().await;
    let site = &closed.site;
    let me = site
        .app
        .launches
        .people()
        .add("Mia Matrix")
        .await
        .unwrap()
        .id;
    let now = site.app.seconds();
    site.app
        .accounts
        .add(me, "mia", Standing::Member, now)
        .await
        .unwrap();
    let live = site
        .app
        .launches
        .get(&"metakube".parse().unwrap())
        .await
        .unwrap();
    let launch = live.launch();
    let item = launch
        .items
        .rows()
        .iter()
        .find(|i| i.discipline == Discipline::Sales)
        .unwrap();
    let story = launch.stories.rows().first().unwrap();
    let epic = launch.epics.rows().last().unwrap();
    let all = commands(me, item.id.as_str(), story.id.as_str(), epic.id.as_str());
    let mut matrix = Vec::new();
    for (name, standing, member, more) in cast(me) {
        let accounts = &site.app.accounts;
        accounts.set_standing(me, standing).await.unwrap();
        let mut seen = Vec::new();
        for value in &all {
            // Each try finds the same launch, whatever the one before did.
            let command: Command = startklar::tree::read(value.clone()).unwrap();
            let mut launch = startklar::Launch::clone(&launch);
            let by = site.person("katrin");
            let set = Command::SetMember {
                person: me,
                member: member.clone(),
            };
            for one in std::iter::once(&set).chain(&more) {
                let gives = Actor::signed_in(by, Standing::Administrator);
                for event in startklar::decide(&launch, one, &gives, site.app.now()).unwrap() {
                    launch.apply_at(&event, site.app.now(), by);
                }
            }
            let actor = Actor::signed_in(me, standing);
            let decided = startklar::decide(&launch, &command, &actor, site.app.now());
            let refused = matches!(&decided, Err(refusal) if refusal.code() == "no_right");
            assert_eq!(
                !refused,
                startklar::rights::may(&launch, &command, &actor),
                "{name} {value}"
            );
            seen.push(if refused { '.' } else { '+' });
        }
        matrix.push(format!(
            "{name:<28}{}",
            seen.into_iter().collect::<String>()
        ));
    }
    assert_eq!(matrix.join("\n"), MATRIX.trim());
}
