//! A week of a launch as it is told: what was said at its end, in words, with links into the launch as
//! it stood then.

use startklar::{
    Assessment, Launch, Locale, People,
    texts::day_year,
    weeks::{Chances, Standing, Week},
};

use crate::{
    address,
    boot::{Chance, Piece},
    parts::{facts::Telling, sentence::piece},
};

/// What was said at the end of a week.
#[derive(Debug, Clone)]
pub struct Told {
    /// Which week.
    pub week: Week,
    /// Its last day in words.
    pub day: String,
    /// What the launch was worth.
    pub standing: Standing,
    /// The sentence, in lines of pieces.
    pub sentence: Vec<Vec<Piece>>,
    /// The facts, as the inside of a list of them.
    pub facts: String,
    /// What was to be done first, as HTML; empty when nothing blocked.
    pub first: String,
    /// The address of the cockpit as it stood.
    pub cockpit: String,
}

impl From<Chances> for Chance {
    fn from(chances: Chances) -> Self {
        Self {
            ready: chances.ready,
            course: chances.course,
            open: chances.open,
        }
    }
}

impl Told {
    /// What is said of a launch as it stood at the end of a week; `base` is its address.
    pub fn of(
        week: Week,
        (launch, assessment): (&Launch, &Assessment),
        chances: Option<Chances>,
        people: &People,
        locale: Locale,
        base: &str,
    ) -> Self {
        let then = |href: &str| {
            if week.over {
                address::at(href, week.day)
            } else {
                href.to_owned()
            }
        };
        let telling = Telling {
            launch,
            assessment,
            chance: chances.map(Chance::from),
            people,
            locale,
            base,
            past: week.over,
        };
        let shown = |span| {
            let piece = piece(base, span);
            Piece {
                href: piece.href.as_deref().map(then),
                ..piece
            }
        };
        let stanza = assessment.sentence(launch).stanza(locale).into_iter();
        let first = crate::pages::first(launch, assessment, people, locale, base);
        Self {
            week,
            day: day_year(locale, week.day),
            standing: Standing::of(launch, assessment, chances),
            sentence: stanza
                .map(|line| line.into_iter().map(shown).collect())
                .collect(),
            facts: links(&telling.html(), then),
            first: links(&first, then),
            cockpit: then(base),
        }
    }
}

/// HTML of ours with each address changed.
fn links(html: &str, change: impl Fn(&str) -> String) -> String {
    const BEFORE: &str = " href=\"";
    let mut parts = html.split(BEFORE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (href, rest) = part.split_once('"').unwrap_or((part, ""));
        out.push_str(BEFORE);
        // The symbols stand in the page itself.
        let changed = if href.starts_with('#') {
            href.to_owned()
        } else {
            change(href)
        };
        out.push_str(&changed);
        out.push('"');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::testing::{PEOPLE, running, seen};

    #[test]
    fn a_week_that_is_over_leads_to_the_launch_as_it_stood_then() {
        let (launch, assessment) = seen(&running(), 34);
        let all = startklar::weeks::weeks(&launch, assessment.now);
        let told = |week: Week| {
            let seen = (&launch, &assessment);
            Told::of(week, seen, None, &PEOPLE, Locale::En, "/l/m")
        };
        let then = told(all[3]);
        assert_eq!(then.cockpit, "/l/m?at=2026-03-29");
        let all_lead_there = |html: &str| {
            let mut links = html.split(" href=\"/").skip(1).peekable();
            assert!(links.peek().is_some(), "{html}");
            links.all(|link| {
                link.split('"')
                    .next()
                    .unwrap_or("")
                    .contains("at=2026-03-29")
            })
        };
        assert!(
            all_lead_there(&then.facts) && all_lead_there(&then.first),
            "{then:?}"
        );
        let hrefs = then
            .sentence
            .iter()
            .flatten()
            .filter_map(|p| p.href.as_ref());
        assert!(hrefs.clone().count() > 0);
        assert!(
            hrefs.clone().all(|href| href.contains("at=2026-03-29")),
            "{then:?}"
        );
        // The week under way is the present.
        let now = told(all[4]);
        assert!(!now.week.over && now.cockpit == "/l/m" && !now.facts.contains("at="));
    }
}
