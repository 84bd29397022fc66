//! The poll and the decision, from the empty page to the minutes, by plain forms and in both languages.

use super::*;

const PAGE: &str = "/l/metakube/decision";

impl Site {
    /// Becomes somebody.
    async fn be(&self, person: &str) {
        self.form("/who", &[("person", person)]).await;
    }

    /// Sends a command from the page, and returns the page that comes back.
    async fn does(&self, fields: &[(&str, &str)]) -> String {
        let fields = [fields, &[("back", PAGE)]].concat();
        let sent = self.form("/l/metakube/do", &fields).await;
        assert_eq!(sent.header("location"), PAGE, "{}", sent.text);
        self.get(PAGE).await.text
    }
}

fn holds(page: &str, words: &[&str]) {
    for words in words {
        assert!(page.contains(words), "{words}: {page}");
    }
}

fn lacks(page: &str, words: &[&str]) {
    for words in words {
        assert!(!page.contains(words), "{words}: {page}");
    }
}

const OPEN: [(&str, &str); 1] = [("kind", "open_poll")];

#[tokio::test]
async fn the_empty_page_says_what_a_poll_is_and_who_may_open_it() {
    let site = Site::sample().await;
    let nobody = site.get(PAGE).await.text;
    holds(
        &nobody,
        &[
            "Nobody has asked for go or no-go yet.",
            "One no-go is a no-go",
            "Anybody may open it, since names are only chosen here.",
            "href=\"/who?back=%2Fl%2Fmetakube%2Fdecision\"",
            "aria-current=\"page\">Go / no-go",
        ],
    );
    lacks(&nobody, &["value=\"open_poll\""]);
    site.be("lena").await;
    holds(&site.get(PAGE).await.text, &["value=\"open_poll\""]);
    site.form("/choose", &[("locale", "de")]).await;
    holds(
        &site.get(PAGE).await.text,
        &[
            "Noch hat niemand nach Go oder No-Go gefragt.",
            "Abstimmung eröffnen",
            "Go / No-Go",
        ],
    );
}

#[tokio::test]
async fn each_lead_votes_and_what_changes_voids_the_vote() {
    let site = Site::sample().await;
    site.be("lena").await;
    let opened = site.does(&OPEN).await;
    holds(
        &opened,
        &["Poll, in fixed order", "0 of 9 have spoken", "Not yet"],
    );
    site.be("nils").await;
    let mine = site.get(PAGE).await.text;
    holds(&mine, &["Vote for sales", "name=\"condition_due\""]);
    lacks(&mine, &["Vote for marketing"]);
    let nils = site.person("nils").to_string();
    let day = site.today().to_string();
    let vote = [
        ("kind", "cast_vote"),
        ("discipline", "sales"),
        ("call", "go_with_conditions"),
        ("reason", "Almost <there>."),
        ("condition", "Two more trained"),
        ("condition_owner", nils.as_str()),
        ("condition_due", day.as_str()),
        ("condition", ""),
        ("condition_owner", nils.as_str()),
        ("condition_due", ""),
    ];
    let voted = site.does(&vote).await;
    holds(
        &voted,
        &[
            "1 of 9 have spoken",
            "Almost &lt;there&gt;.",
            "If: Two more trained (Nils Sommer, by",
            "Vote anew for sales",
            "id=\"conditions\"",
        ],
    );
    let item = [
        ("kind", "add_item"),
        ("title", "Discount rules"),
        ("discipline", "sales"),
        ("blocking", "on"),
    ];
    let void = site.does(&item).await;
    holds(
        &void,
        &[
            "0 of 9 have spoken",
            "Go, with conditions of",
            "is void: Nils Sommer changed “Discount rules” on",
        ],
    );
}

#[tokio::test]
async fn what_a_vote_lacks_is_said_and_what_was_written_comes_back() {
    let site = Site::sample().await;
    site.be("nils").await;
    site.does(&OPEN).await;
    let vote = [
        ("kind", "cast_vote"),
        ("discipline", "sales"),
        ("call", "go"),
        ("condition", "Two more trained"),
        ("condition_owner", ""),
        ("condition_due", "2030-05-11"),
    ];
    let refused = site.does(&vote).await;
    holds(
        &refused,
        &[
            "notice--refused",
            "Who is missing",
            "Condition: “Two more trained”",
        ],
    );
    let other = [
        ("kind", "cast_vote"),
        ("discipline", "marketing"),
        ("call", "go"),
    ];
    let refused = site.does(&other).await;
    holds(&refused, &["That is for: lead of marketing."]);
    let mute = [
        ("kind", "cast_vote"),
        ("discipline", "sales"),
        ("call", "no_go"),
    ];
    holds(
        &site.does(&mute).await,
        &["A no-go says why: give a reason."],
    );
}

#[tokio::test]
async fn somebody_decides_never_a_go_on_blockers_and_the_minutes_stay() {
    let site = Site::sample().await;
    site.form("/choose", &[("locale", "de")]).await;
    site.be("katrin").await;
    let opened = site.does(&OPEN).await;
    holds(
        &opened,
        &["value=\"decide_poll\"", "lässt sich nur No-Go entscheiden"],
    );
    lacks(&opened, &["<option value=\"go\""]);
    let call = |call, reason| [("kind", "decide_poll"), ("call", call), ("reason", reason)];
    holds(
        &site.does(&call("go", "Wir müssen.")).await,
        &["Das Urteil lautet No-Go:"],
    );
    holds(
        &site.does(&call("no_go", "")).await,
        &["Mit einem Grund können Sie so entscheiden."],
    );
    let decided = site.does(&call("no_go", "Zu früh.")).await;
    holds(
        &decided,
        &[
            "Zu früh.",
            "Entschieden von Katrin Brandt",
            "bevor alle gesprochen hatten",
            "Bei Eröffnung",
            "Eine neue Abstimmung eröffnen",
        ],
    );
    lacks(&decided, &["value=\"cast_vote\"", "value=\"decide_poll\""]);
    let again = site.does(&OPEN).await;
    holds(
        &again,
        &[
            "Frühere Abstimmungen",
            "Abstimmung 1,",
            "Abstimmung 2,",
            "Zu früh.",
        ],
    );
    let journal = site.get("/l/metakube/journal").await.text;
    holds(&journal, &["hat „No-Go“ entschieden: Zu früh."]);
}

#[tokio::test]
async fn the_page_carries_no_more_than_it_shows_and_is_reached_from_the_cockpit() {
    let site = Site::sample().await;
    let page = site.get(PAGE).await.text;
    let boot = page.split("id=\"boot\">").nth(1).unwrap_or_default();
    let boot = boot.split("</script>").next().unwrap();
    assert!(!boot.contains("price-list") && boot.len() < 4_000, "{boot}");
    let cockpit = site.get("/l/metakube").await.text;
    assert_eq!(cockpit.matches("href=\"/l/metakube/decision\"").count(), 2);
    let past = site.get("/l/metakube?at=2020-01-01").await.text;
    assert_eq!(past.matches("href=\"/l/metakube/decision\"").count(), 1);
}

#[tokio::test]
async fn my_week_tells_a_lead_that_a_vote_is_waited_for_as_long_as_none_stands() {
    let site = Site::sample().await;
    site.be("lena").await;
    site.does(&OPEN).await;
    site.be("nils").await;
    let asked = site.get("/week").await.text;
    holds(
        &asked,
        &[
            "Waiting for your signature, answer or vote",
            "<a href=\"/l/metakube/decision\">Go or no-go for sales",
            "Lena Novak opened the poll on",
            "Nobody has voted for sales yet.",
        ],
    );
    lacks(&asked, &["Go or no-go for marketing"]);
    let vote = [
        ("kind", "cast_vote"),
        ("discipline", "sales"),
        ("call", "go"),
    ];
    site.does(&vote).await;
    lacks(&site.get("/week").await.text, &["Go or no-go for sales"]);
    let item = [
        ("kind", "add_item"),
        ("title", "Discount rules"),
        ("discipline", "sales"),
        ("blocking", "on"),
    ];
    site.does(&item).await;
    holds(
        &site.get("/week").await.text,
        &["Go or no-go for sales", "The vote for sales is void"],
    );
    site.form("/choose", &[("locale", "de")]).await;
    let german = site.get("/week").await.text;
    holds(
        &german,
        &["Go oder No-Go für", "ist ungültig: Worauf sie beruhte"],
    );
    let no_go = [
        ("kind", "decide_poll"),
        ("call", "no_go"),
        ("reason", "Zu früh."),
    ];
    site.be("katrin").await;
    site.does(&no_go).await;
    site.be("nils").await;
    lacks(&site.get("/week").await.text, &["Go oder No-Go für"]);
}

/// Minutes as they come.
struct Pdf {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Site {
    async fn minutes(&self, poll: &str) -> Pdf {
        let path = format!("{PAGE}/{poll}/minutes.pdf");
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = self.ask(request).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        Pdf {
            status,
            headers,
            bytes: bytes.into(),
        }
    }
}

#[tokio::test]
async fn the_minutes_are_a_page_to_print_and_what_happens_later_changes_none_of_it() {
    let site = Site::sample().await;
    assert_eq!(site.minutes("1").await.status, 404, "there is no poll yet");
    site.be("katrin").await;
    site.does(&OPEN).await;
    let open = site.minutes("1").await;
    assert_eq!(open.headers["content-type"], "application/pdf");
    let decide = [
        ("kind", "decide_poll"),
        ("call", "no_go"),
        ("reason", "Too early."),
    ];
    let page = site.does(&decide).await;
    holds(
        &page,
        &[
            "/l/metakube/decision/1/minutes.pdf",
            "Minutes of poll 1 as PDF",
        ],
    );
    let decided = site.minutes("1").await;
    assert_ne!(decided.bytes, open.bytes);
    assert_eq!(
        decided.headers["content-disposition"],
        "inline; filename=\"metakube-1.pdf\""
    );
    site.be("farah").await;
    let tick = [("kind", "tick_item"), ("item", "lead-routing")];
    site.does(&tick).await;
    site.be("katrin").await;
    site.does(&OPEN).await;
    assert_eq!(site.minutes("1").await.bytes, decided.bytes);
    assert_ne!(site.minutes("2").await.bytes, decided.bytes);
    site.form("/choose", &[("locale", "de")]).await;
    assert_ne!(site.minutes("1").await.bytes, decided.bytes, "in German");
    for nothing in ["3", "0", "x", "-1", "99999999999999999999999"] {
        assert_eq!(site.minutes(nothing).await.status, 404, "{nothing}");
    }
    let none = site.get("/l/none/decision/1/minutes.pdf").await;
    assert_eq!(none.status, 404);
}
