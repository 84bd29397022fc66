//! The table: for each route that the router serves who may, with a request that is whole, and with
//! what comes of it then.

use startklar::{Discipline, rights::Act};

use Body::{FileForm, Form, Json, Plan, PlanForm};
use Then::{Away, Data, Done, Either, File, Goes, Made, Page, Says};
use Who::{Administrator, Anyone, NoOne, Right, Signed, Teller};

/// Who may.
#[derive(Clone, Copy)]
pub(super) enum Who {
    Anyone,
    /// Whoever has signed in.
    Signed,
    Administrator,
    /// Who may begin a launch that tells what others did.
    Teller,
    /// Nobody, where people sign in.
    NoOne,
    /// Who has this right throughout the launch, or in the workspace.
    Right(Act),
    /// Who has this right to what is of a discipline and done by whoever is named, if one is.
    Own(Act, &'static [Discipline], bool),
}

/// What is sent.
#[derive(Clone, Copy)]
pub(super) enum Body {
    Nothing,
    Form(&'static str),
    Json(&'static str),
    /// A plan that says of nobody but its sender what they did, as it is.
    Plan,
    /// The same by the form.
    PlanForm,
    /// A file that nobody has sent before, named by its sum.
    File,
    /// The same by the form.
    FileForm,
}

/// What comes of it where it is allowed.
#[derive(Clone, Copy)]
pub(super) enum Then {
    Page,
    /// Something for programs.
    Data,
    /// A file of the browser half; an empty answer where the build has left that out.
    File,
    Made,
    /// Another page of ours, without a word.
    Goes(&'static str),
    /// A page that says that it was done; a star at the end stands for anything.
    Done(&'static str),
    /// A page that says why not: nobody is turned away, but only a whole sign-in goes further.
    Says(&'static str),
    /// The provider.
    Away,
    /// The first for whoever has signed in, the second for others.
    Either(&'static Self, &'static Self),
}

/// A row of the matrix.
pub(super) struct Row {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) who: Who,
    pub(super) body: Body,
    pub(super) then: Then,
    /// Whether something is another than before where it is allowed.
    pub(super) changes: bool,
}

const fn get(path: &'static str, who: Who, then: Then) -> Row {
    Row {
        method: "GET",
        path,
        who,
        body: Body::Nothing,
        then,
        changes: false,
    }
}

const fn post(path: &'static str, who: Who, body: Body, then: Then) -> Row {
    Row {
        method: "POST",
        path,
        who,
        body,
        then,
        changes: true,
    }
}

impl Row {
    const fn idle(mut self) -> Self {
        self.changes = false;
        self
    }
}

/// Who ticks the item that files are sent for.
const TICKS: Who = Who::Own(Act::Tick, &[Discipline::Sales], true);

/// What is read: pages, and what runs beside them.
pub(super) static PAGES: &[Row] = &[
    get("/", Signed, Page),
    get("/new", Signed, Page),
    get("/week", Signed, Page),
    get("/who", Signed, Page),
    get("/trust", Signed, Page),
    get("/rights", Signed, Page),
    get("/policy", Signed, Page),
    get("/templates", Signed, Page),
    get("/templates/{template}/{version}", Signed, Data),
    get("/l/{id}/template", Signed, Page),
    get("/l/{id}/template/copy", Signed, Data),
    get("/account", Signed, Page),
    get("/account/factor", Signed, Goes("/account")),
    get("/people", Administrator, Page),
    get("/l/{id}", Signed, Page),
    get("/l/{id}/forecast", Signed, Page),
    get("/l/{id}/scope", Signed, Page),
    get("/l/{id}/plan", Signed, Page),
    get("/l/{id}/decision", Signed, Page),
    get("/l/{id}/decision/{poll}/minutes.pdf", Signed, Data),
    get("/l/{id}/notices", Signed, Page),
    get("/l/{id}/calendar", Signed, Page),
    get("/l/{id}/checklists", Signed, Page),
    get("/l/{id}/items/{part}", Signed, Page),
    get("/l/{id}/items/{item}/files/{sum}", Signed, Data),
    get("/l/{id}/stories/{part}", Signed, Page),
    get("/l/{id}/epics/{part}", Signed, Page),
    get("/l/{id}/requests", Signed, Page),
    get("/l/{id}/journal", Signed, Page),
    get("/l/{id}/weeks", Signed, Page),
    get("/l/{id}/settings", Signed, Page),
    // It says to whoever may not make links that they may not.
    get("/l/{id}/status", Signed, Page),
    get("/login", Anyone, Either(&Goes("/"), &Page)),
    get(
        "/login/code",
        Anyone,
        Either(&Goes("/"), &Says("/login?back=")),
    ),
    get("/login/with/{id}", Anyone, Either(&Goes("/"), &Away)),
    get("/login/back/{id}", Anyone, Says("/login")),
    get("/join/{link}", Anyone, Page),
    get("/status/{link}", Anyone, Page),
    get("/unsubscribe/{link}", Anyone, Page),
    get("/address/{link}", Anyone, Page),
    get("/pkg/{name}", Anyone, File),
    get("/healthz", Anyone, Data),
    get("/readyz", Anyone, Data),
    get("/metrics", Signed, Data),
];

/// What forms send.
pub(super) static FORMS: &[Row] = &[
    // A wish of their own, which nobody else sees.
    post(
        "/l/{id}/items/{item}/follow",
        Signed,
        Form("on=true"),
        Done("/l/matrix/items/open"),
    )
    .idle(),
    post("/choose", Anyone, Form("locale=en&back=/"), Goes("/")).idle(),
    // Where people sign in nobody chooses who they are.
    post(
        "/who",
        Signed,
        Form("person=administrator"),
        Goes("/account"),
    )
    .idle(),
    post(
        "/login",
        Anyone,
        Form("login=helper&password=<password>&back=/week"),
        Goes("/week"),
    ),
    post("/logout", Signed, Form(""), Goes("/login")),
    post(
        "/join/{link}",
        Anyone,
        Form("login=joined-<new>&password=<password>"),
        Goes("/"),
    ),
    post(
        "/unsubscribe/{link}",
        Anyone,
        Form("List-Unsubscribe=One-Click"),
        Page,
    ),
    post("/address/{link}", Anyone, Form(""), Page),
    post(
        "/account/password",
        Signed,
        Form("old=<old>&password=five words make one too"),
        Done("/login"),
    ),
    post(
        "/account/end",
        Signed,
        Form("id=<session>"),
        Done("/account"),
    ),
    post("/account/token", Signed, Form("note=robot&days=30"), Page),
    post(
        "/account/mail",
        Signed,
        Form("address=a<new>@example.org&locale=en&zone=UTC&digest=true&from=20:00&until=07:00"),
        Done("/account"),
    ),
    post(
        "/account/unlink",
        Signed,
        Form("issuer=https://id.example&subject=<identity>"),
        Done("/account"),
    ),
    // Without a second factor that is on or being set up these say so; with one they are tried in
    // `factor`.
    post(
        "/account/factor/confirm",
        Signed,
        Form("code=123456"),
        Says("/account"),
    )
    .idle(),
    post(
        "/account/factor/codes",
        Signed,
        Form("password=<old>&code=123456"),
        Says("/account"),
    )
    .idle(),
    post(
        "/account/factor/end",
        Signed,
        Form("password=<old>&code=123456"),
        Says("/account"),
    )
    .idle(),
    post("/account/factor", Signed, Form("password=<old>"), Page).idle(),
    post("/account/factor/known", Signed, Form(""), Done("/account")).idle(),
    post(
        "/login/code",
        Anyone,
        Form("code=123456&back=/week"),
        Says("/login?back=%2Fweek"),
    )
    .idle(),
    // What a device signs is tried in `passkeys`.
    post("/login/passkey/begin", Anyone, Form(""), Data).idle(),
    post(
        "/login/passkey",
        Anyone,
        Form("credential={}&back=/week"),
        Says("/login?back=%2Fweek"),
    )
    .idle(),
    post(
        "/account/passkeys/begin",
        Signed,
        Form("name=Laptop&password=<old>"),
        Data,
    ),
    post(
        "/account/passkeys",
        Signed,
        Form("credential={}"),
        Says("/account"),
    )
    .idle(),
    post(
        "/account/passkeys/name",
        Signed,
        Form("id=<passkey>&name=Laptop <new>"),
        Done("/account"),
    ),
    post(
        "/account/passkeys/remove",
        Signed,
        Form("id=<passkey>&password=<old>"),
        Done("/account"),
    ),
    post("/people/first", NoOne, Form(""), Page),
    post(
        "/people",
        Administrator,
        Form("name=New <new>&login=new-<new>&standing=member"),
        Page,
    ),
    post(
        "/people/{id}/standing",
        Administrator,
        Form("standing=viewer"),
        Done("/people"),
    ),
    post("/people/{id}/link", Administrator, Form(""), Page),
    post(
        "/people/{id}/factor",
        Administrator,
        Form(""),
        Done("/people"),
    ),
    post(
        "/people/{id}/passkeys",
        Administrator,
        Form(""),
        Done("/people"),
    ),
    post(
        "/people/{id}/erase",
        Administrator,
        Form(""),
        Done("/people"),
    ),
    post(
        "/policy",
        Right(Act::Govern),
        Form("required=<discipline>&verified=sales"),
        Done("/policy"),
    ),
    post(
        "/policy/adopt",
        Right(Act::Govern),
        Form("launch=<ungoverned>"),
        Done("/policy"),
    ),
    post(
        "/templates",
        Right(Act::Govern),
        Form("template=ours&text=<template>"),
        Done("/templates"),
    ),
    post(
        "/l/{id}/template",
        Right(Act::SetUp),
        Form("version=<version>"),
        Done("/l/matrix/template"),
    ),
    post(
        "/new",
        Right(Act::Begin),
        Form("title=New <new>&date=<day>&time=10:00&zone=UTC"),
        Done("/l/new-*"),
    ),
    post("/import", Right(Act::Begin), PlanForm, Done("/l/plan-*")),
    post("/sample", Teller, Form(""), Goes("/l/metakube")),
    post("/l/{id}/discard", Administrator, Form(""), Done("/")),
    post(
        "/l/{id}/do",
        Right(Act::SetUp),
        Form("kind=rename&title=Matrix <new>"),
        Done("/l/matrix"),
    ),
    post(
        "/l/{id}/items/{item}/files",
        TICKS,
        FileForm,
        Done("/l/matrix/items/open#files"),
    ),
    post("/l/{id}/status", Right(Act::SetUp), Form("days=30"), Page),
    post(
        "/l/{id}/status/end",
        Right(Act::SetUp),
        Form("id=<status-id>"),
        Done("/l/matrix/status"),
    ),
];

/// What programs ask.
pub(super) static API: &[Row] = &[
    get("/api/v1/openapi.json", Signed, Data),
    get("/api/v1/launches", Signed, Data),
    get("/api/v1/launches/{id}", Signed, Data),
    get("/api/v1/launches/{id}/assessment", Signed, Data),
    get("/api/v1/launches/{id}/export", Signed, Data),
    get("/api/v1/launches/{id}/journal", Signed, Data),
    get("/api/v1/launches/{id}/events", Signed, Data),
    get(
        "/api/v1/launches/{id}/items/{item}/files/{sha256}",
        Signed,
        Data,
    ),
    Row {
        method: "PUT",
        ..post(
            "/api/v1/launches/{id}/items/{item}/files/{sha256}",
            TICKS,
            Body::File,
            Data,
        )
    },
    get("/api/v1/people", Signed, Data),
    post(
        "/api/v1/launches",
        Right(Act::Begin),
        Json(r#"{"title": "New <new>", "date": "<day>", "zone": "UTC"}"#),
        Made,
    ),
    post("/api/v1/launches", Right(Act::Begin), Plan, Made),
    post(
        "/api/v1/launches/{id}/commands",
        Right(Act::SetUp),
        Json(r#"{"command": {"rename": {"title": "Matrix <new>"}}}"#),
        Data,
    ),
    get("/api/v1/policy", Signed, Data),
    Row {
        method: "PUT",
        ..post(
            "/api/v1/policy",
            Right(Act::Govern),
            Json(r#"{"required": ["<discipline>"], "verified": []}"#),
            Data,
        )
    },
    post(
        "/api/v1/people",
        Administrator,
        Json(r#"{"name": "New <new>"}"#),
        Made,
    ),
];

/// Where a pattern leads in these tests; the longest come first.
const PLACES: [(&str, &str); 21] = [
    ("{poll}", "<poll>"),
    ("/templates/{template}/{version}", "/templates/mvp-en/1"),
    ("/l/{id}/discard", "/l/<sample>/discard"),
    ("/l/{id}", "/l/matrix"),
    ("/launches/{id}", "/launches/matrix"),
    ("/people/{id}/factor", "/people/<guarded>/factor"),
    ("/people/{id}/passkeys", "/people/<keyed>/passkeys"),
    ("/people/{id}", "/people/<somebody>"),
    ("/login/with/{id}", "/login/with/fake"),
    ("/login/back/{id}", "/login/back/fake"),
    ("/files/{sum}", "/files/<file>"),
    ("/files/{sha256}", "/files/<file>"),
    ("/items/{item}", "/items/open"),
    ("/items/{part}", "/items/open"),
    ("/stories/{part}", "/stories/todo"),
    ("/epics/{part}", "/epics/base"),
    ("/join/{link}", "/join/<invitation>"),
    ("/status/{link}", "/status/<status>"),
    ("/unsubscribe/{link}", "/unsubscribe/<unsubscribe>"),
    ("/address/{link}", "/address/<address>"),
    ("/pkg/{name}", "<asset>"),
];

/// The address of a pattern, with what is to be made for each cell still in it.
pub(super) fn place(pattern: &str) -> String {
    let mut path = pattern.to_owned();
    for (from, to) in PLACES {
        path = path.replace(from, to);
    }
    assert!(!path.contains('{'), "{path} has no place");
    path
}
