//! Early warnings in words: figures first, then what they rest on.

use super::{Locale, count, day_seen, fill, findings::waits};
use crate::{
    engine::{Assessment, Finding, Grounds},
    model::{Item, ItemIx, Launch, People},
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
        waits: waits(finding.waits_for, people, locale),
        locale,
    };
    match finding.grounds.as_deref() {
        Some(Grounds::NotBegun { open, late, items }) => words.not_begun(*open, *late, items),
        None => String::new(),
    }
}

struct Words<'a> {
    launch: &'a Launch,
    assessment: &'a Assessment,
    finding: &'a Finding,
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
                ("items", &self.named(items, start)),
                ("waits", &self.waits),
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
