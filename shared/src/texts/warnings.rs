//! Early warnings in words: figures first, then what they rest on.

use chrono::NaiveDate;

use super::{
    Locale, count, day_seen, fill,
    findings::{kept_title, waits, who},
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
        Some(Grounds::Ends { until, by }) => {
            words.waiver_ends(*until, &who(WaitsFor::Person(*by), people, locale))
        }
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

    fn waiver_ends(&self, until: NaiveDate, by: &str) -> String {
        let t = &self.locale.catalogue().warnings;
        let today = self.assessment.today;
        let launch_day = self.launch.launch_day().unwrap_or(until);
        let early = usize::try_from(days_between(until, launch_day)).unwrap_or(0);
        fill(
            &count(&t.waiver_ends, early),
            &[
                (
                    "title",
                    &kept_title(self.launch, self.finding.subject, self.locale),
                ),
                ("by", &by),
                ("until", &day_seen(self.locale, today, until)),
                ("waits", &self.waits),
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
                    &kept_title(self.launch, self.finding.subject, self.locale),
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
mod tests;
