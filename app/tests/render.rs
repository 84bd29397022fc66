//! Every page renders, for a launch of every size and in every language, and nothing that people
//! wrote gets out of its place.
#![cfg(feature = "ssr")]
#![allow(clippy::unwrap_used, reason = "tests fail by panic")]

use std::sync::Arc;

use serde_json::{Value, json};
use startklar::{
    Actor, Assessment, Command, CommandId, Discipline, Launch, LaunchId, Locale, People, PersonId,
    Policy, Recorded, assess, decide,
    model::Person,
    time::{Instant, parse_instant},
    workspace,
};
use startklar_app::{
    access::{self, Access},
    assets::Assets,
    boot::{Boot, Filter, Page, Theme},
    charts::fleet::Calendar,
    decision::{Beside, Room},
    lines::{self, LaunchLine},
    owed::Followed,
    trust::Tried,
    weeks::Told,
};

const ME: PersonId = PersonId::from_number(1);
const BAD: &str = "</h1></textarea><script>alert('x')</script> & \"{n}\"";

/// A launch and the journal that it is the fold of.
struct Story {
    launch: Launch,
    journal: Vec<Recorded>,
}

fn noon(day: i64) -> Instant {
    parse_instant("2026-03-02T12:00:00Z").unwrap() + chrono::TimeDelta::days(day)
}

impl Story {
    fn planned() -> Self {
        let mut story = Self {
            launch: Launch::default(),
            journal: Vec::new(),
        };
        story.run(
            -3,
            json!({"plan_launch": {
                "id": "m", "title": BAD, "note": BAD, "start": "2026-03-02", "weeks": 10,
                "moment": noon(71), "watch_days": 14,
            }}),
        );
        story
    }

    fn run(&mut self, day: i64, command: Value) {
        let command: Command = serde_json::from_value(command).unwrap();
        for event in decide(&self.launch, &command, &Actor::person(ME), noon(day)).unwrap() {
            let record = Recorded {
                v: 1,
                seq: self.launch.revision + 1,
                at: noon(day),
                by: ME,
                command: CommandId(ME.0),
                event,
            };
            self.launch.apply(&record);
            self.journal.insert(0, record);
        }
    }

    /// Something of everything, every text an attack.
    fn full() -> Self {
        let mut story = Self::planned();
        story.run(0, json!({"set_member": {"person": ME, "approves": true}}));
        story.run(0, json!({"name_lead": {"discipline": "sales", "lead": ME}}));
        for epic in ["e", "f"] {
            story.run(
                0,
                json!({"add_epic": {"id": epic, "title": BAD, "note": BAD}}),
            );
        }
        story.run(0, json!({"scope_epic": {"epic": "e"}}));
        for n in 0..12 {
            story.story(n);
            story.item(n);
        }
        story.run(8, json!({"drop_story": {"story": "s7"}}));
        for (id, kind) in [("q", "question"), ("h", "handover")] {
            story.run(
                9,
                json!({"make_request": {
                    "id": id, "direction": kind, "from": "sales", "to": "engineering", "text": BAD,
                    "due": "2026-03-20", "blocking": kind == "question", "item": "i1",
                }}),
            );
        }
        story.run(9, json!({"answer_request": {"request": "h", "text": BAD}}));
        for id in ["q", "h"] {
            story.run(9, json!({"discuss_request": {"request": id, "text": BAD}}));
        }
        let notice = |id: &str, replaces: Option<&str>| {
            json!({"issue_notice": {"id": id, "title": BAD, "text": BAD, "due": "2026-03-20",
                "blocking": true, "replaces": replaces}})
        };
        story.run(9, notice("n", None));
        story.run(10, notice("o", Some("n")));
        story.run(
            40,
            json!({"declare_course": {"course": "at_risk", "reason": BAD, "until": "2026-04-20"}}),
        );
        story
    }

    fn story(&mut self, n: i64) {
        let id = format!("s{n}");
        let add = json!({"id": id, "epic": "e", "title": BAD, "note": BAD, "sprint": n / 2 + 1});
        self.run(0, json!({"add_story": add}));
        match n % 3 {
            0 => self.run(n + 1, json!({"finish_story": {"story": id}})),
            1 => self.run(n + 1, json!({"begin_story": {"story": id}})),
            _ => {}
        }
    }

    fn item(&mut self, n: i64) {
        let id = format!("i{n}");
        let discipline = Discipline::ALL[usize::try_from(n).unwrap()].code();
        self.run(
            0,
            json!({"add_item": {
                "id": id, "title": BAD, "note": BAD, "discipline": discipline, "blocking": true,
                "lead_days": n * 5, "due": "2026-04-10", "evidence": BAD, "second_person": n == 3,
                "owner": (n % 2 == 0).then_some(ME),
            }}),
        );
        let end = BAD.rsplit('/').next().unwrap();
        let file = json!({"name": format!("{end}.pdf"), "media": "application/pdf", "size": 1_234_567,
            "sha256": "a".repeat(64)});
        self.run(10, json!({"attach_file": {"item": id, "file": file}}));
        match n % 4 {
            0 => self.run(20, json!({"begin_item": {"item": id}})),
            1 => self.run(
                20,
                json!({"ask_not_applicable": {"item": id, "reason": BAD}}),
            ),
            3 => self.run(30, json!({"tick_item": {"item": id, "evidence": BAD}})),
            _ => {}
        }
    }

    fn assessed(&self, day: i64) -> Assessment {
        assess(&self.launch, &Policy::default(), noon(day))
    }
}

fn people() -> People {
    let mut people = People::default();
    people.put(Person {
        id: ME,
        key: "me".into(),
        name: BAD.parse().unwrap(),
    });
    people
}

fn boot(page: Page, locale: Locale, story: Option<&Story>, day: i64) -> Boot {
    Boot {
        page,
        path: "/l/m?q=%22%3E".to_owned(),
        locale,
        theme: Theme::Dark,
        access: None,
        standing: startklar::rights::Standing::Trusted,
        me: Some(ME),
        now: noon(day),
        people: Arc::new(people()),
        launch: story.map(|s| Arc::new(s.launch.clone())),
        forecast: None,
        weeks: [].into(),
        room: None,
        tried: [].into(),
        chance: None,
        written: None,
        sample: true,
        past: None,
        records: story.map(|s| s.journal.clone()).unwrap_or_default(),
        seen: story.map(|_| (3, noon(day - 1))),
        lines: Vec::new(),
        owed: Vec::new(),
        follows: Vec::new(),
        followed: None,
        templates: Vec::new(),
        notice: None,
        sent: String::new(),
        kept: String::new(),
        faults: String::new(),
    }
}

/// The page as HTML, after what must hold for every page.
fn rendered(boot: &Boot) -> String {
    let html = startklar_app::render(boot, Assets::NONE);
    let page = &boot.page;
    assert!(html.contains("<h1"), "{page:?} has no head");
    assert_eq!(
        html.matches("</h1>").count(),
        html.matches("<h1").count(),
        "{page:?}"
    );
    assert!(!html.contains("<script>"), "{page:?} lets a script in");
    assert!(!html.contains(" style=\""), "{page:?} has an inline style");
    assert!(!html.contains("NaN"), "{page:?} holds no number");
    html
}

fn launch_pages() -> Vec<Page> {
    let late = Filter {
        late: true,
        words: BAD.to_owned(),
        ..Filter::default()
    };
    vec![
        Page::Cockpit,
        Page::Plan,
        Page::Checklists(Filter::default()),
        Page::Checklists(late),
        Page::Item("i1".parse().unwrap()),
        Page::Item("i3".parse().unwrap()),
        Page::Story("s1".parse().unwrap()),
        Page::Epic("e".parse().unwrap()),
        Page::Requests,
        Page::Settings,
        Page::Journal { before: None },
        Page::Weeks { week: None },
        Page::Missing,
    ]
}

#[test]
fn every_page_of_a_launch_renders_at_every_time() {
    for story in [Story::planned(), Story::full()] {
        for locale in Locale::ALL {
            for day in [-10, 0, 45, 71, 200] {
                for page in launch_pages() {
                    rendered(&boot(page, locale, Some(&story), day));
                }
            }
        }
    }
}

#[test]
fn a_request_shows_what_was_said_about_it_whether_it_is_open_or_answered() {
    for (locale, label) in [
        (Locale::En, "What was said"),
        (Locale::De, "Was dazu gesagt wurde"),
    ] {
        let html = rendered(&boot(Page::Requests, locale, Some(&Story::full()), 45));
        assert_eq!(html.matches(label).count(), 2);
        assert_eq!(html.matches("value=\"discuss_request\"").count(), 2);
        let mut past = boot(Page::Requests, locale, Some(&Story::full()), 45);
        past.past = Some(noon(44));
        let html = rendered(&past);
        assert_eq!(html.matches(label).count(), 2);
        assert!(
            !html.contains("discuss_request"),
            "the past does not change"
        );
    }
}

#[test]
fn change_notices_say_who_has_read_them_and_offer_the_click_to_whom_they_go() {
    let told = |locale, story: &Story, me| {
        let mut boot = boot(Page::Notices, locale, Some(story), 45);
        let (launch, then) = (Arc::new(story.launch.clone()), None);
        let beside = Vec::new();
        boot.room = Some(Room {
            launch,
            then,
            beside,
        });
        boot.me = Some(me);
        rendered(&boot)
    };
    let (reader, stranger) = (PersonId::from_number(2), PersonId::from_number(3));
    let mut story = Story::full();
    story.run(
        11,
        json!({"set_member": {"person": reader, "works_for": ["support"]}}),
    );
    for (locale, words) in [
        (
            Locale::En,
            [
                "1 of 2 know it",
                "wrote it",
                "not yet",
                "has taken its place",
                "In place of",
            ],
        ),
        (
            Locale::De,
            [
                "1 von 2 kennen sie",
                "hat sie geschrieben",
                "noch nicht",
                "an ihre Stelle",
                "Anstelle von",
            ],
        ),
    ] {
        let html = told(locale, &story, ME);
        for words in words {
            assert!(html.contains(words), "{words} in {html}");
        }
        assert!(!html.contains("read_notice"), "who wrote it knows it");
        assert!(html.contains("id=\"notice-n\"") && html.contains("name=\"replaces\" value=\"o\""));
        let asked = told(locale, &story, reader);
        assert_eq!(asked.matches("value=\"read_notice\"").count(), 1);
        assert!(!told(locale, &story, stranger).contains("read_notice"));
    }
}

#[test]
fn the_calendar_tells_backwards_from_the_moment_what_is_open_and_what_is_not() {
    let calendar = |locale, story: &Story| {
        let mut boot = boot(Page::Calendar, locale, Some(story), 45);
        let beside = Beside {
            id: "other".parse().unwrap(),
            title: BAD.to_owned(),
            at: story.launch.schedule.as_ref().unwrap().moment,
        };
        boot.room = Some(Room {
            launch: Arc::new(story.launch.clone()),
            then: None,
            beside: vec![beside],
        });
        rendered(&boot)
    };
    let mut story = Story::full();
    let day = story.launch.launch_day().unwrap();
    let windows = json!([{"days": ["sun"], "from": "22:00", "to": "02:00"}]);
    let freezes = json!([{"title": BAD, "first": day, "last": day}]);
    story.run(
        12,
        json!({"set_windows": {"windows": windows, "freezes": freezes}}),
    );
    for (locale, words) in [
        (
            Locale::En,
            [
                "lies in no release window",
                "lies in the freeze",
                "On the same day",
                "Window: Sun 22:00 until 02:00 on the day after",
                "Last safe start",
                "Another launch",
            ],
        ),
        (
            Locale::De,
            [
                "liegt in keinem Startfenster",
                "liegt in der Sperrzeit",
                "Am selben Tag",
                "Fenster: So 22:00 bis 02:00 am Folgetag",
                "Spätester Beginn",
                "Ein anderer Start",
            ],
        ),
    ] {
        let html = calendar(locale, &story);
        for words in words {
            assert!(html.contains(words), "{words} in {html}");
        }
        assert!(html.contains("value=\"except_moment\""));
        let settings = rendered(&boot(Page::Settings, locale, Some(&story), 45));
        assert!(settings.contains("name=\"window_from\" value=\"22:00\""));
        assert_eq!(settings.matches("name=\"freeze_title\"").count(), 3);
        let cockpit = rendered(&boot(Page::Cockpit, locale, Some(&story), 45));
        assert!(cockpit.contains("href=\"/l/m/calendar\""), "{cockpit}");
    }
    story.run(13, json!({"except_moment": {"reason": BAD}}));
    let html = calendar(Locale::En, &story);
    assert!(html.contains("against its windows and freezes"));
    assert!(!html.contains("value=\"except_moment\""));
}

#[test]
fn a_notice_that_nobody_read_blocks_and_says_so_on_the_cockpit() {
    let mut story = Story::full();
    story.run(
        12,
        json!({"name_lead": {"discipline": "sales", "lead": null}}),
    );
    for (locale, words) in [
        (Locale::En, "1 change notice unread"),
        (Locale::De, "1 Änderungsmitteilung ungelesen"),
    ] {
        let sentence = story.assessed(45).sentence(&story.launch).text(locale);
        assert!(sentence.contains(words), "{sentence}");
        let html = rendered(&boot(Page::Cockpit, locale, Some(&story), 45));
        assert!(html.contains("href=\"/l/m/notices\""));
        let html = rendered(&boot(Page::Requests, locale, Some(&story), 45));
        assert!(html.contains("href=\"/l/m/notices\""));
    }
}

#[test]
fn an_item_is_followed_by_a_form_and_my_week_tells_what_others_did_to_it() {
    for (locale, begin, end, nothing) in [
        (
            Locale::En,
            ">Follow<",
            ">Follow no more<",
            "Nothing in the last",
        ),
        (
            Locale::De,
            ">Folgen<",
            ">Nicht mehr folgen<",
            "Nichts in den letzten",
        ),
    ] {
        let page = || Page::Item("i1".parse().unwrap());
        let mut item = boot(page(), locale, Some(&Story::full()), 45);
        assert!(!rendered(&item).contains("/follow\""), "nobody knows");
        for (on, words) in [(false, begin), (true, end)] {
            item.followed = Some(on);
            let html = rendered(&item);
            assert!(html.contains("action=\"/l/m/items/i1/follow\""));
            assert!(html.contains(words), "{words}: {html}");
        }
        let mut week = boot(Page::Week, locale, None, 45);
        let followed = Followed {
            launch: "m".parse().unwrap(),
            launch_title: BAD.to_owned(),
            item: "i1".parse().unwrap(),
            title: BAD.to_owned(),
            today: noon(45).date_naive(),
            changes: vec![BAD.to_owned()],
            last: Some(noon(44)),
        };
        let (mail, at) = followed.told().unwrap();
        assert_eq!((mail.href(), at), ("/l/m/items/i1".to_owned(), noon(44)));
        let quiet = Followed {
            changes: Vec::new(),
            last: None,
            ..followed.clone()
        };
        assert!(quiet.told().is_none());
        week.follows = vec![followed, quiet];
        let html = rendered(&week);
        assert!(html.contains(nothing) && html.matches("/l/m/items/i1/follow").count() == 2);
    }
}

#[test]
fn every_page_without_a_launch_renders() {
    for locale in Locale::ALL {
        for page in [
            Page::Portfolio,
            Page::FirstStart,
            Page::Week,
            Page::Who {
                back: "/\"><script>".to_owned(),
            },
            Page::Trust,
            Page::Missing,
        ] {
            rendered(&boot(page, locale, None, 45));
        }
    }
}

fn portfolio(lines: Vec<LaunchLine>, locale: Locale) -> String {
    let mut boot = boot(Page::Portfolio, locale, None, 45);
    boot.lines = lines;
    rendered(&boot)
}

fn line(story: &Story, locale: Locale) -> LaunchLine {
    let assessment = story.assessed(45);
    let calendar = Calendar::of(Calendar::span(&story.launch, &assessment), assessment.today);
    lines::line(
        &story.launch,
        &assessment,
        assessment.outlook.course,
        &people(),
        locale,
        &calendar,
    )
    .unwrap()
}

#[test]
fn the_portfolio_renders_no_launch_one_and_five_hundred() {
    for locale in Locale::ALL {
        let one = line(&Story::full(), locale);
        for n in [0, 1, 500] {
            let html = portfolio(vec![one.clone(); n], locale);
            assert_eq!(html.matches("<tr><th scope=\"row\">").count(), n);
        }
    }
}

#[test]
fn the_portfolio_counts_what_is_off_course() {
    let mut off = line(&Story::full(), Locale::En);
    off.course = startklar::engine::Course::OffCourse;
    let mut risk = off.clone();
    risk.course = startklar::engine::Course::AtRisk;
    let mut on = off.clone();
    on.course = startklar::engine::Course::OnCourse;
    let mut launched = off.clone();
    launched.launched = true;
    let head = |lines: Vec<LaunchLine>| {
        let html = portfolio(lines, Locale::En);
        let start = html.find("<h1").unwrap();
        let end = html.find("</h1>").unwrap();
        let mut text = String::new();
        let mut tag = false;
        for c in html[start..end].chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => text.push(c),
                _ => {}
            }
        }
        text
    };
    let all = vec![off.clone(), risk, on.clone(), launched.clone()];
    assert_eq!(head(all), "4 launches. 1 off course, 1 at risk.");
    assert_eq!(head(vec![on]), "1 launch. All on course.");
    assert_eq!(head(vec![launched]), "1 launch. All launched.");
}

#[test]
fn the_cockpit_says_what_blocks_and_what_is_new() {
    let html = rendered(&boot(Page::Cockpit, Locale::En, Some(&Story::full()), 45));
    for words in [
        "Should have begun",
        "nobody named",
        "Since your last visit",
        "Sales asks",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(html.contains("/l/m/items/i"), "items are links");
    let mut seen = boot(Page::Cockpit, Locale::De, Some(&Story::full()), 45);
    seen.seen = Some((10_000, noon(44)));
    assert!(rendered(&seen).contains("Nichts Neues."));
    seen.seen = None;
    assert!(rendered(&seen).contains("Was zuletzt geschah"));
}

/// The weeks of a launch, told of it as it stands at the end.
fn told(story: &Story, locale: Locale, day: i64) -> Arc<[Told]> {
    let weeks = startklar::weeks::weeks(&story.launch, noon(day));
    let told = weeks.into_iter().map(|week| {
        let assessment = assess(&story.launch, &Policy::default(), week.at);
        let seen = (&story.launch, &assessment);
        Told::of(week, seen, None, &people(), locale, "/l/m")
    });
    told.collect()
}

#[test]
fn every_week_is_told_and_leads_to_its_neighbours() {
    for locale in Locale::ALL {
        for (week, neighbours) in [(Some(1), 1), (Some(3), 2), (None, 1), (Some(99), 1)] {
            let mut boot = boot(Page::Weeks { week }, locale, Some(&Story::full()), 45);
            boot.weeks = told(&Story::full(), locale, 45);
            let html = rendered(&boot);
            assert_eq!(html.matches(" rel=").count(), neighbours, "{week:?}");
            assert_eq!(
                html.matches("<tr><th scope=\"row\" class=\"nowrap\">")
                    .count(),
                7,
                "{week:?}"
            );
        }
    }
}

#[test]
fn what_people_called_a_finished_launch_stays_in_its_place() {
    let tried = Arc::new(Tried {
        id: "m".parse().unwrap(),
        title: BAD.to_owned(),
        weeks: 4,
        counts: false,
        cases: Vec::new(),
    });
    for locale in Locale::ALL {
        let mut boot = boot(Page::Trust, locale, None, 45);
        boot.tried = vec![Arc::clone(&tried); 6].into();
        let html = rendered(&boot);
        assert!(
            html.contains("&lt;script&gt;") && !html.contains("trust-panel"),
            "{html}"
        );
    }
}

#[test]
fn an_item_shows_its_files_and_takes_more_until_it_is_verified() {
    let page = || Page::Item("i3".parse().unwrap());
    let href = format!("/l/m/items/i3/files/{}", "a".repeat(64));
    let mut story = Story::full();
    for (locale, size, off) in [
        (Locale::En, "1,234 kB", "Take off"),
        (Locale::De, "1.234 kB", "Entfernen"),
    ] {
        let html = rendered(&boot(page(), locale, Some(&story), 45));
        for words in [&href, size, off, "multipart/form-data", ".docx", "10 MB"] {
            assert!(html.contains(words), "{words}");
        }
        let mut past = boot(page(), locale, Some(&story), 45);
        past.past = Some(noon(45));
        let html = rendered(&past);
        assert!(html.contains(&href) && !html.contains(off) && !html.contains("multipart"));
    }
    let verified = json!({"item_verified": {"item": "i3"}});
    let verified = startklar::tree::read(verified).unwrap();
    story
        .launch
        .apply_at(&verified, noon(40), PersonId::from_number(2));
    let html = rendered(&boot(page(), Locale::En, Some(&story), 45));
    assert!(html.contains(&href) && !html.contains("Take off"));
    assert!(html.contains("<div hidden>"), "the form goes meanwhile");
}

#[test]
fn the_policy_is_a_form_for_who_may_change_it_and_told_to_all_others() {
    let story = Story::full();
    let policy = workspace::Policy::new([Discipline::Legal], [Discipline::Sales]);
    let effect = workspace::Effect::of(&story.launch, &policy, noon(45)).unwrap();
    let id: LaunchId = "m".parse().unwrap();
    let page = |locale, writes| {
        let mut boot = boot(Page::Access, locale, None, 45);
        boot.access = Some(Access::Policy(Box::new(access::Policy {
            policy: policy.clone(),
            seen: 7,
            writes,
            affected: vec![(id.clone(), BAD.to_owned(), effect.clone())],
            changes: vec![(
                BAD.to_owned(),
                workspace::Policy::default().changes(&policy),
                "then".to_owned(),
            )],
        })));
        rendered(&boot)
    };
    let said = [
        (
            Locale::En,
            "Set the policy",
            "wants a second person for sales",
        ),
        (
            Locale::De,
            "Richtlinie festlegen",
            "verlangt eine zweite Person für Vertrieb",
        ),
    ];
    for (locale, set, changed) in said {
        let html = page(locale, true);
        for words in [set, changed, "value=\"7\"", "action=\"/policy/adopt\""] {
            assert!(html.contains(words), "{words}");
        }
        let html = page(locale, false);
        assert!(html.contains(changed) && !html.contains("action=\"/policy"));
    }
}

#[test]
fn the_same_start_gives_the_same_page() {
    let boot = boot(Page::Cockpit, Locale::De, Some(&Story::full()), 45);
    assert_eq!(rendered(&boot), rendered(&boot));
}
