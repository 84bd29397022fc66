//! Early warnings in words: figures first, then what they rest on.

use chrono::NaiveDate;

use super::{
    Locale, count, day_seen, fill,
    findings::{subject_title, waits, who},
};
use crate::{
    engine::{Assessment, Finding, Grounds, Rule, Subject, WaitsFor},
    model::{Item, ItemIx, Launch, People, Policy, Unit},
    planning::Growth,
    time::days_between,
};

/// Items that are named; the others are counted.
const NAMED: usize = 3;

/// An early warning in a sentence or two; empty for any other finding.
pub(super) fn warning_text(
    launch: &Launch,
    assessment: &Assessment,
    finding: &Finding,
    people: &People,
    locale: Locale,
) -> String {
    let words = Words {
        launch,
        assessment,
        finding,
        who: who(finding.waits_for, people, locale),
        waits: waits(finding.waits_for, people, locale),
        locale,
    };
    match finding.grounds.as_deref() {
        Some(Grounds::NotBegun { open, late, items }) => words.not_begun(*open, *late, items),
        Some(Grounds::Overloaded {
            open,
            days,
            room,
            items,
        }) => words.overloaded([*open, *days, *room], items),
        Some(Grounds::Outgrown {
            growth,
            open,
            carries,
        }) => words.outgrown(growth, *open, *carries),
        Some(Grounds::Slips { built, items }) => words.slips(*built, items, people),
        None if finding.rule == Rule::ItemStandsStill => words.stands_still(),
        None => words.declared(),
    }
}

struct Words<'a> {
    launch: &'a Launch,
    assessment: &'a Assessment,
    finding: &'a Finding,
    who: String,
    waits: String,
    locale: Locale,
}

impl Words<'_> {
    fn not_begun(&self, open: usize, late: usize, items: &[ItemIx]) -> String {
        let t = self.locale.catalogue();
        let start = |ix: ItemIx, item: &Item| {
            let start = self.assessment.last_safe_start(self.launch, ix);
            let start = start.map(|day| day_seen(self.locale, self.assessment.today, day));
            fill(
                t.warnings.item_by,
                &[
                    ("title", &item.title),
                    ("start", &start.unwrap_or_default()),
                ],
            )
        };
        fill(
            &count(&t.warnings.discipline_not_begun, late),
            &[
                ("discipline", &t.discipline(self.finding.discipline)),
                ("open", &open),
                // These are the first of more: how many there are stands before them.
                (
                    "items",
                    &self.named(items.get(..NAMED).unwrap_or(items), start),
                ),
                ("waits", &self.waits),
            ],
        )
    }

    fn overloaded(&self, [open, days, room]: [usize; 3], items: &[ItemIx]) -> String {
        let t = &self.locale.catalogue();
        let mut text = fill(
            t.warnings.person_overloaded,
            &[
                ("who", &self.who),
                ("open", &open),
                ("days", &days),
                ("room", &room),
                ("hands", &Policy::AT_ONCE),
            ],
        );
        if !items.is_empty() {
            let quoted = |_, item: &Item| fill(t.common.quoted, &[("text", &item.title)]);
            let items = self.named(items, quoted);
            text.push(' ');
            text.push_str(&fill(t.warnings.hand_over, &[("items", &items)]));
        }
        text
    }

    fn outgrown(&self, growth: &Growth, open: usize, carries: usize) -> String {
        let t = &self.locale.catalogue().warnings;
        let unit = match growth.unit {
            Unit::Points => &t.points,
            Unit::Stories => &t.stories,
        };
        fill(
            t.scope_outgrown,
            &[
                ("was", &count(unit, growth.was)),
                ("added", &growth.added),
                ("dropped", &growth.dropped),
                ("now", &growth.now()),
                ("open", &open),
                ("carries", &carries),
            ],
        )
    }

    fn slips(&self, built: NaiveDate, items: &[ItemIx], people: &People) -> String {
        let t = &self.locale.catalogue().warnings;
        let today = self.assessment.today;
        let launch_day = self.launch.launch_day().unwrap_or(today);
        let late = usize::try_from(days_between(launch_day, built)).unwrap_or(0);
        let in_charge = |_, item: &Item| {
            let lead = self.launch.leads.get(&item.discipline).copied();
            let in_charge = item.owner.or(lead);
            let in_charge = in_charge.map_or(WaitsFor::Nobody, WaitsFor::Person);
            fill(
                t.item_of,
                &[
                    ("title", &item.title),
                    ("who", &who(in_charge, people, self.locale)),
                ],
            )
        };
        let aims = fill(
            &count(&t.slip_aims, items.len()),
            &[("items", &self.named(items, in_charge))],
        );
        fill(
            &count(&t.date_slips, late),
            &[
                ("built", &day_seen(self.locale, today, built)),
                ("aims", &aims),
            ],
        )
    }

    fn stands_still(&self) -> String {
        let t = &self.locale.catalogue().warnings;
        let Subject::Item(ix) = self.finding.subject else {
            return String::new();
        };
        let lead = self.launch.items.at(ix).map_or(0, |item| item.lead_days);
        let since = self.finding.since.unwrap_or(self.assessment.now);
        let since = self.launch.day(since);
        let days = days_between(since, self.assessment.today).max(0);
        fill(
            &count(
                &t.item_stands_still,
                usize::try_from(days).unwrap_or(usize::MAX),
            ),
            &[
                (
                    "title",
                    &subject_title(self.launch, self.finding.subject, self.locale),
                ),
                (
                    "since",
                    &day_seen(self.locale, self.assessment.today, since),
                ),
                ("lead", &count(&t.lead_days, usize::from(lead))),
                ("waits", &self.waits),
            ],
        )
    }

    fn declared(&self) -> String {
        let t = self.locale.catalogue();
        let Some(declared) = &self.launch.declared else {
            return String::new();
        };
        let until = day_seen(self.locale, self.assessment.today, declared.until);
        fill(
            t.warnings.declared_better,
            &[
                ("who", &self.who),
                ("course", &t.course(declared.course)),
                ("until", &until),
                ("computed", &t.course(self.assessment.outlook.course)),
            ],
        )
    }

    /// The first items in these words, and how many more there are.
    fn named(&self, items: &[ItemIx], word: impl Fn(ItemIx, &Item) -> String) -> String {
        let known = items.iter().take(NAMED);
        let mut words: Vec<String> = known
            .filter_map(|ix| Some(word(*ix, self.launch.items.at(*ix)?)))
            .collect();
        let more = items.len().saturating_sub(NAMED);
        if more > 0 {
            words.push(count(&self.locale.catalogue().common.more, more));
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.locale.list(&words)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        Locale, PersonId,
        engine::{
            Rule,
            testing::{NILS, Told, launch},
        },
        model::{People, Person},
        texts::finding_text,
    };

    /// What the first finding of a rule says, in both languages.
    fn says(told: &Told, rule: Rule) -> [String; 2] {
        let nils = Person {
            id: NILS,
            key: "nils".to_owned(),
            name: "Nils Sommer".parse().unwrap(),
        };
        let people = People::from(vec![nils]);
        let assessment = told.assess();
        let finding = assessment.by_rule(rule).next().unwrap();
        Locale::ALL.map(|l| finding_text(&told.launch, &assessment, finding, &people, l))
    }

    fn stories(mut told: Told, ids: std::ops::Range<usize>) -> Told {
        for n in ids {
            told = told.does(json!({"add_story":
                {"id": format!("s{n}"), "epic": "base", "title": "S", "points": 5}}));
        }
        told
    }

    fn finishes(mut told: Told, days: &[&str]) -> Told {
        for (n, day) in days.iter().enumerate() {
            told = told.on(day);
            told = told.does(json!({"finish_story": {"story": format!("s{n}")}}));
        }
        told
    }

    #[test]
    fn a_scope_that_outgrew_its_weeks_is_told_in_numbers() {
        let told = stories(launch().epic("base"), 0..10).on("03-16");
        let told = stories(told, 10..12);
        let told = finishes(told, &["03-17", "03-24", "03-31"]).on("04-06");
        let told = told.does(json!({"drop_story": {"story": "s11"}}));
        assert_eq!(
            says(&told, Rule::ScopeOutgrown),
            [
                "The scope has outgrown the weeks that are left: 50 points at the end of week 1, \
                 10 more since then and 5 dropped, 55 now. 40 of them are open, and at the best \
                 pace of the last three sprints 25 get done before the launch.",
                "Der Umfang ist den verbleibenden Wochen entwachsen: 50 Punkte am Ende von Woche 1, \
                 seither 10 mehr und 5 gestrichen, jetzt 55. Davon sind 40 offen, und beim besten \
                 Tempo der letzten drei Sprints werden bis zum Start 25 fertig."
            ]
        );
    }

    #[test]
    fn a_slip_says_by_how_much_and_whom_it_concerns() {
        let told = stories(launch().epic("base"), 0..10);
        let told = told.item(
            "venue",
            "marketing",
            &json!({"lead_days": 40, "owner": NILS}),
        );
        let told = finishes(told, &["03-24", "03-31"]).to("begin_item", "venue");
        let told = told.item("press", "communications", &json!({"lead_days": 3}));
        let told = told.to("tick_item", "press").on("04-06");
        assert_eq!(
            says(&told, Rule::DateSlips),
            [
                "At the pace so far the stories are done on Mon 1 Jun, 20 days after the launch \
                 moment. 2 items that are not technical are under way or done for that moment and \
                 have to be confirmed for another: “venue” (Nils Sommer) and “press” (nobody named).",
                "Beim bisherigen Tempo sind die Storys am Mo 1. Juni fertig, 20 Tage nach dem \
                 Starttermin. 2 nicht-technische Punkte sind für diesen Termin in Arbeit oder \
                 erledigt und müssen für einen anderen bestätigt werden: „venue“ (Nils Sommer) und \
                 „press“ (niemand benannt)."
            ]
        );
    }

    #[test]
    fn what_stands_still_says_since_when_and_what_is_usual() {
        let terms = json!({"lead_days": 20, "owner": NILS});
        let told = launch().item("prices", "sales", &terms).on("03-10");
        let told = told.to("begin_item", "prices").on("04-10");
        assert_eq!(
            says(&told, Rule::ItemStandsStill),
            [
                "“prices” is under way and nothing has happened since Tue 10 Mar, 31 days ago; its \
                 lead time is 20 days. It waits for Nils Sommer.",
                "„prices“ ist in Arbeit, und seit Di 10. März, vor 31 Tagen, ist nichts geschehen; \
                 der Vorlauf beträgt 20 Tage. Wartet auf: Nils Sommer."
            ]
        );
    }

    #[test]
    fn who_has_too_much_is_told_what_can_be_handed_over_where_something_can() {
        let mut told = launch().on("04-12");
        for n in 0..6 {
            let terms = json!({"lead_days": 30, "owner": PersonId::from_number(2)});
            told = told.item(&format!("i{n}"), "sales", &terms);
        }
        let [en, de] = says(&told, Rule::PersonOverloaded);
        assert_eq!(
            en,
            "Nils Sommer has more than fits before the launch: 6 open items with at least 180 days \
             of work, and with 5 items at once 150 days fit. Not begun, and so still to be handed \
             over: “i0”, “i1”, “i2” and 3 more."
        );
        assert!(
            de.ends_with("noch abzugeben: „i0“, „i1“, „i2“ und 3 weitere."),
            "{de}"
        );
        for n in 0..6 {
            told = told.to("begin_item", &format!("i{n}"));
        }
        let [en, _] = says(&told, Rule::PersonOverloaded);
        assert!(en.ends_with("150 days fit."), "{en}");
    }
}
