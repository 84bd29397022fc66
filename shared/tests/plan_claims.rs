//! What a plan file may claim about the end of a launch: what it shows, or else its word alone,
//! which everybody sees.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test may stop where something is not as expected"
)]

#[path = "support/histories.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod histories;

use chrono::TimeDelta;
use histories::{history, hopeful, play};
use proptest::{
    prelude::*,
    sample::{Index, select},
};
use startklar::{
    Actor, Command, Discipline, ItemId, Launch, Locale, People, Policy, Recorded, assess, decide,
    engine::{Finding, Rule, Stage, Subject, Verdict},
    journal::{Event, ItemDetail},
    plan::{Plan, PlanError, write},
    texts::event_text,
    time::{Instant, parse_instant},
};

const HEAD: &str = r#"format = 1
[launch]
id = "m"
title = "M"
start = 2026-03-02
weeks = 10
moment = 2026-05-12T10:00:00Z
[people.lena]
name = "Lena Novak"
leads = ["sales", "marketing"]
[[epics]]
id = "base"
title = "Base"
in_scope = true
accepted = { by = "lena", at = 2026-05-02T09:00:00Z }
[[epics.stories]]
id = "one"
title = "One"
done = 2026-05-01T09:00:00Z
[[items]]
id = "page"
title = "Page"
discipline = "marketing"
blocking = true
ticked = { by = "lena", at = 2026-05-02T09:00:00Z }
[[items]]
id = "prices"
title = "Prices"
discipline = "sales"
blocking = true
"#;
const TICKED: &str = "ticked = { by = \"lena\", at = 2026-05-03T09:00:00Z }\n";
const LAUNCHED: &str = "[launched]\nby = \"lena\"\nat = 2026-05-12T10:00:00Z\n";
const CLOSED: &str = "[watch_closed]\nby = \"lena\"\nat = 2026-05-30T10:00:00Z\n";
const SINCE: &str = "changed_since = true\n";
const CLAIMED: &str = "claimed = true\n";

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn errors(more: &[&str]) -> Vec<PlanError> {
    let text = [HEAD, &more.concat()].concat();
    Plan::read(&text).err().unwrap_or_default()
}

fn codes(more: &[&str]) -> Vec<(&'static str, String)> {
    let errors = errors(more);
    errors.iter().map(|e| (e.code(), e.path.clone())).collect()
}

fn plan(more: &[&str]) -> Plan {
    let text = [HEAD, &more.concat()].concat();
    Plan::read(&text).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn stage(launch: &Launch, now: &str) -> &'static str {
    assess(launch, &Policy::default(), at(now)).stage.code()
}

/// Does a command as Lena.
fn give(launch: &mut Launch, plan: &Plan, now: &str, command: &Command) {
    let lena = plan.ids()("lena");
    for event in decide(launch, command, &Actor::person(lena), at(now)).unwrap() {
        launch.apply_at(&event, at(now), lena);
    }
}

#[test]
fn a_launch_over_a_blocker_that_never_closed_is_refused_and_names_it() {
    let not_shown = [("not_shown", "launched".to_owned())];
    assert_eq!(codes(&[LAUNCHED, SINCE]), not_shown);
    let error = &errors(&[LAUNCHED, SINCE])[0];
    assert_eq!(error.line, 31);
    for (locale, title) in [(Locale::En, "“Prices”"), (Locale::De, "„Prices“")] {
        let text = error.text(locale);
        assert!(
            text.contains(title) && text.contains("claimed = true"),
            "{text}"
        );
    }
    // Ticked after the launch is not closed before it.
    let late = "ticked = { by = \"lena\", at = 2026-05-20T09:00:00Z }\n";
    assert_eq!(codes(&[late, LAUNCHED, SINCE]), not_shown);
}

#[test]
fn what_was_taken_back_after_the_launch_does_not_show_that_it_had_been_closed() {
    let not_shown = [("not_shown", "launched".to_owned())];
    let late = "ticked = { by = \"lena\", at = 2026-06-01T09:00:00Z }\n";
    for day in ["11", "12", "14"] {
        let back = format!("reopened = 2026-05-{day}T10:00:00Z\n");
        for tick in ["", late] {
            let told = codes(&[&back, tick, LAUNCHED, SINCE]);
            assert_eq!(told, not_shown, "{back}{tick}");
        }
    }
}

#[test]
fn a_story_that_came_later_does_not_show_that_its_epic_had_been_accepted() {
    let text = [HEAD, TICKED, LAUNCHED, SINCE, CLOSED, SINCE].concat();
    let text = text.replace(
        "accepted = { by = \"lena\", at = 2026-05-02T09:00:00Z }",
        "accepted = { by = \"lena\", at = 2026-06-01T09:00:00Z }",
    );
    let text = text.replace(
        "[[items]]\nid = \"page\"",
        "[[epics.stories]]\nid = \"two\"\ntitle = \"Two\"\nadded = 2026-05-13T09:00:00Z\n\
         done = 2026-05-20T09:00:00Z\n[[items]]\nid = \"page\"",
    );
    let errors = Plan::read(&text.replace("2026-05-30", "2026-06-03")).unwrap_err();
    assert_eq!(
        (errors[0].code(), errors[0].path.as_str()),
        ("not_shown", "launched")
    );
}

#[test]
fn the_word_of_a_file_is_taken_and_shown_as_such() {
    let plan = plan(&[LAUNCHED, CLAIMED]);
    let launch = plan.launch(None).unwrap();
    assert!(launch.claimed);
    let assessment = assess(&launch, &Policy::default(), at("2026-05-12T11:00:00Z"));
    assert_eq!(assessment.verdict, Verdict::NoGo);
    let sentence = assessment.sentence(&launch).text(Locale::En);
    assert!(
        sentence.starts_with("Launched by the word of a plan file. Not done:"),
        "{sentence}"
    );
    let journal = plan.replay(None, plan.ids()).unwrap();
    let last = journal.last().unwrap();
    let (line, _) = event_text(&launch, &last.event, None, &plan.directory(), Locale::En);
    assert!(line.contains("by the word of a plan file"), "{line}");
}

#[test]
fn a_watch_over_a_blocker_is_closed_anew_in_the_product() {
    let refused = [("not_shown", "watch_closed".to_owned())];
    assert_eq!(codes(&[LAUNCHED, CLAIMED, CLOSED, SINCE]), refused);
    let text = errors(&[LAUNCHED, CLAIMED, CLOSED, SINCE])[0].text(Locale::En);
    assert!(
        text.contains("closed anew") && !text.contains("claimed"),
        "{text}"
    );

    let plan = plan(&[LAUNCHED, CLAIMED]);
    let mut launch = plan.launch(None).unwrap();
    let (item, evidence) = ("prices".parse().unwrap(), None);
    give(
        &mut launch,
        &plan,
        "2026-06-01T10:00:00Z",
        &Command::TickItem { item, evidence },
    );
    assert_eq!(
        stage(&launch, "2026-06-02T10:00:00Z"),
        "launched",
        "in watch"
    );
    give(
        &mut launch,
        &plan,
        "2026-06-03T10:00:00Z",
        &Command::CloseWatch,
    );
    let done = assess(&launch, &Policy::default(), at("2026-06-04T10:00:00Z"));
    assert!(matches!(done.stage, Stage::Done(_)));
    let sentence = done.sentence(&launch).text(Locale::De);
    assert!(
        sentence.contains("Laut einer Plandatei gestartet"),
        "it stays said: {sentence}"
    );
}

/// The launch holds when a tick was taken back, but not that there was one before; and that an item
/// asks for more, but not since when.
#[test]
fn an_honest_launch_that_something_reopened_comes_back_by_its_word() {
    let plan = plan(&[TICKED, LAUNCHED, CLOSED]);
    let launched = plan.launch(None).unwrap();
    let item: ItemId = "prices".parse().unwrap();
    let row = launched.items.get(&item).unwrap();
    let detail = ItemDetail {
        second_person: true,
        ..ItemDetail::of(&launched, row)
    };
    let more = Command::EditItem {
        item: item.clone(),
        detail,
    };
    for command in [Command::UntickItem { item }, more] {
        let mut launch = launched.clone();
        give(&mut launch, &plan, "2026-06-02T10:00:00Z", &command);
        let text = write(&launch, &plan.directory());
        assert!(text.contains(CLAIMED) && !text.contains(SINCE), "{text}");
        let again = Plan::read(&text).unwrap().launch(None).unwrap();
        assert_eq!(
            (again.launched, again.claimed, again.watch_closed),
            (launch.launched, true, None)
        );
    }
}

#[test]
fn one_word_at_a_time() {
    assert_eq!(codes(&[LAUNCHED, SINCE, CLAIMED])[0].0, "exclusive");
    assert_eq!(
        codes(&[TICKED, LAUNCHED, CLOSED, CLAIMED])[0].0,
        "unknown_field"
    );
}

/// A launch without what was recorded at its end, as a file that claims that it is over.
fn over(launch: &Launch, now: Instant, word: &str, watch: bool) -> Result<Plan, Vec<PlanError>> {
    let open = Launch {
        launched: None,
        claimed: false,
        watch_closed: None,
        // What was allowed after that moment is no word on a launch before it.
        excepted: launch
            .excepted
            .clone()
            .filter(|excepted| excepted.by.at <= now),
        ..launch.clone()
    };
    let later = now + TimeDelta::days(15);
    let mut text = write(&open, &People::default());
    let by = text
        .lines()
        .find_map(|l| l.strip_prefix("[people."))
        .unwrap();
    let by = by.trim_end_matches(']').trim_matches('"').to_owned();
    let stamp = |at: Instant| format!("by = \"{by}\"\nat = {}\n{word}", at.to_rfc3339());
    text = [text, "[launched]\n".to_owned(), stamp(now)].concat();
    if watch {
        text = [text, "[watch_closed]\n".to_owned(), stamp(later)].concat();
    }
    Plan::read(&text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_fakes_a_launch_without_blockers(
        steps in prop_oneof![history(60), hopeful(20)],
    ) {
        let played = play(&steps);
        let now = played.now + TimeDelta::seconds(1);
        let blocked = assess(&played.launch, &Policy::default(), now).blockers().count() > 0;
        let since = over(&played.launch, now, SINCE, false);
        if blocked {
            prop_assert_eq!(since.unwrap_err()[0].code(), "not_shown");
            prop_assert_eq!(over(&played.launch, now, SINCE, true).unwrap_err()[0].code(), "not_shown");
            let launch = over(&played.launch, now, CLAIMED, false).unwrap().launch(None).unwrap();
            prop_assert!(launch.claimed);
            let later = assess(&launch, &Policy::default(), now + TimeDelta::days(400));
            prop_assert_eq!(later.stage, Stage::Launched);
        } else {
            prop_assert!(!since.unwrap().launch(None).unwrap().claimed);
        }
    }

    #[test]
    fn no_file_dates_a_launch_back_to_when_it_was_blocked(
        steps in prop_oneof![history(60), hopeful(20)],
        place in any::<Index>(),
        after in select(vec![0, 1, 30_000, 86_400_000]),
    ) {
        let played = play(&steps);
        let at = place.get(&played.journal).at + TimeDelta::milliseconds(after);
        let then = played.journal.iter().filter(|record| record.at <= at);
        let then = Launch::fold(&then.cloned().collect::<Vec<_>>());
        let assessment = assess(&then, &Policy::default(), at);
        for watch in [false, true] {
            match over(&played.launch, at, SINCE, watch) {
                Ok(plan) => {
                    prop_assert!(!plan.launch(None).unwrap().claimed);
                    for found in assessment.blockers() {
                        let shown = changed(&played.journal, &then, found, at);
                        prop_assert!(shown, "{found:?} at {at}");
                    }
                }
                Err(errors) => {
                    let codes: Vec<_> = errors.iter().map(PlanError::code).collect();
                    prop_assert!(codes.iter().all(|code| *code == "not_shown"), "{codes:?}");
                }
            }
        }
        let launch = over(&played.launch, at, CLAIMED, false).unwrap().launch(None).unwrap();
        prop_assert!(launch.claimed);
    }
}

/// Whether a blocker is of an item that was ticked by a moment and got other terms after it: all that
/// a file can show. Or of a scope that was empty for a while: a cut that is taken back within a day
/// never was one.
fn changed(journal: &[Recorded], then: &Launch, found: &Finding, at: Instant) -> bool {
    if found.rule == Rule::ScopeEmpty {
        return journal.iter().filter(|record| record.at > at).any(|record| {
            matches!(record.event, Event::EpicScoped { since: Some(since), .. } if since <= at)
        });
    }
    let Subject::Item(ix) = found.subject else {
        return false;
    };
    let row = then.items.at(ix).unwrap();
    row.tick.is_some()
        && journal.iter().filter(|record| record.at > at).any(
            |record| matches!(&record.event, Event::ItemEdited { item, .. } if *item == row.id),
        )
}

#[test]
fn what_came_later_does_not_stand_for_a_tick_that_never_was() {
    let not_shown = [("not_shown", "launched".to_owned())];
    let late = "ticked = { by = \"lena\", at = 2026-06-02T09:00:00Z }\n";
    let excuses = [
        // As late as the launch itself, and later.
        "added = 2026-05-12T10:00:00Z\n",
        "added = 2026-05-13T10:00:00Z\n",
        "terms_since = 2026-05-12T10:00:00Z\n",
        "terms_since = 2026-05-13T10:00:00Z\n",
    ];
    for excuse in excuses {
        for tick in ["", late] {
            let told = codes(&[excuse, tick, LAUNCHED, SINCE]);
            assert_eq!(told, not_shown, "{excuse}{tick}");
        }
    }
    let once = "confirm_days = 5\nticked = { by = \"lena\", at = 2026-03-10T09:00:00Z }\n\
                confirmed = { by = \"lena\", at = 2026-07-31T09:00:00Z }\n";
    assert_eq!(codes(&[once, LAUNCHED, SINCE]), not_shown);
}

#[test]
fn what_came_at_the_moment_of_the_launch_came_before_it() {
    let same = "2026-05-12T10:00:00Z";
    let june = "2026-06-01T09:00:00Z";
    let text = [HEAD, TICKED, LAUNCHED, SINCE, CLOSED, SINCE].concat();
    let text = text
        .replace("in_scope = true", &format!("in_scope = {same}"))
        .replace(
            "title = \"One\"",
            &format!("title = \"One\"\nadded = {same}"),
        )
        .replace(
            "blocking = true",
            &format!("blocking = true\nadded = {same}"),
        );
    let late = ["05-01", "05-02", "05-03"].iter().fold(text, |text, day| {
        text.replace(&format!("2026-{day}T09:00:00Z"), june)
    });
    let late = late.replace("2026-05-30", "2026-06-03");
    let errors = Plan::read(&late).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|e| (e.code(), e.path.as_str())).collect();
    assert_eq!(codes[0], ("not_shown", "launched"), "{late}");
    let said = errors[0].text(Locale::En);
    for title in ["“Base”", "“One”", "“Page”", "“Prices”"] {
        assert!(said.contains(title), "{title}: {said}");
    }
}

#[test]
fn other_terms_excuse_a_tick_only_after_the_launch() {
    let asks = [
        "evidence = \"list\"\n",
        "second_person = true\n",
        "confirm_days = 5\n",
    ];
    for ask in asks {
        let since =
            |moment: &str| codes(&[ask, "terms_since = ", moment, "\n", TICKED, LAUNCHED, SINCE]);
        assert_eq!(since("2026-05-12T10:00:01Z"), [], "{ask}");
        let refused = [("not_shown", "launched".to_owned())];
        assert_eq!(since("2026-05-12T10:00:00Z"), refused, "{ask}");
    }
}

#[test]
fn an_export_says_what_it_had_to_leave_out() {
    let plan = plan(&[TICKED, LAUNCHED, CLOSED]);
    let mut launch = plan.launch(None).unwrap();
    let honest = write(&launch, &plan.directory());
    assert!(
        !honest.contains("# This") && !honest.contains("# No end"),
        "{honest}"
    );
    let discipline = Discipline::Legal;
    give(
        &mut launch,
        &plan,
        "2026-06-02T10:00:00Z",
        &Command::RequireDiscipline { discipline },
    );
    let text = write(&launch, &plan.directory());
    let (_, end) = text.split_once("[launched]").unwrap();
    assert_eq!(
        end,
        "\nby = \"lena\"\nat = 2026-05-12T10:00:00Z\n\
         # This file does not show that no blocker stood then.\nclaimed = true\n\
         # No end of the watch stands here: it runs, or this file does not show\n\
         # that no blocker stood at its end, and it is closed anew.\n"
    );
    let again = Plan::read(&text).unwrap().launch(None).unwrap();
    assert!(again.claimed && again.watch_closed.is_none());
}

/// What a file may say of an item that was never closed before the launch, or was: each line with
/// whether it says so.
const LINES: [[&str; 4]; 4] = [
    [
        "",
        "added = 2026-05-12T10:00:00Z\n",
        "added = 2026-05-13T10:00:00Z\n",
        "added = 2026-03-02T10:00:00Z\n",
    ],
    [
        "",
        "reopened = 2026-05-01T10:00:00Z\n",
        "reopened = 2026-05-12T10:00:00Z\n",
        "reopened = 2026-05-13T10:00:00Z\n",
    ],
    [
        "",
        "terms_since = 2026-05-12T10:00:00Z\n",
        "terms_since = 2026-05-13T10:00:00Z\n",
        "evidence = \"list\"\nterms_since = 2026-06-05T10:00:00Z\n",
    ],
    [
        "",
        "confirm_days = 5\n",
        "confirm_days = 5\nconfirmed = { by = \"lena\", at = 2026-06-07T09:00:00Z }\n",
        "second_person = true\n",
    ],
];

prop_compose! {
    /// Lines on an item, and whether it was ticked before the launch.
    fn item_lines()(picks in prop::array::uniform4(0..4_usize), tick in 0..3_usize) -> (String, bool) {
        let mut text: String = LINES.iter().zip(picks).map(|(lines, pick)| lines[pick]).collect();
        text += ["", "ticked = { by = \"lena\", at = 2026-05-03T09:00:00Z }\n",
            "ticked = { by = \"lena\", at = 2026-06-01T09:00:00Z }\n"][tick];
        (text, tick == 1)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever else a file says: of a launch that is not marked as claimed, everything had been
    /// closed once before it.
    #[test]
    fn what_was_never_closed_before_a_launch_is_claimed_or_refused(
        (sales, sold) in item_lines(),
        (page, published) in item_lines(),
        accepted in any::<bool>(),
        later in any::<bool>(),
        since in any::<bool>(),
    ) {
        let mut text = HEAD.replace(
            "ticked = { by = \"lena\", at = 2026-05-02T09:00:00Z }\n", &page,
        );
        if !accepted {
            text = text.replace("at = 2026-05-02T09:00:00Z", "at = 2026-06-01T09:00:00Z");
        }
        if later {
            text = text.replace("[[items]]\nid = \"page\"", "[[epics.stories]]\nid = \"two\"\n\
                title = \"Two\"\nadded = 2026-05-13T09:00:00Z\ndone = 2026-05-20T09:00:00Z\n\
                [[items]]\nid = \"page\"");
        }
        let since = if since { SINCE } else { "" };
        let closed = CLOSED.replace("2026-05-30", "2026-06-10");
        for end in [String::new(), [closed.as_str(), since].concat()] {
            let text = [&text, &sales, LAUNCHED, since, &end].concat();
            if let Ok(plan) = Plan::read(&text) {
                let launch = plan.launch(None).unwrap();
                prop_assert!(!launch.claimed);
                prop_assert!(sold && published && accepted, "{text}");
            }
        }
    }
}
