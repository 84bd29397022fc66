//! The sentence: the state of the launch in words, the same in page, API, command line and mail.

use chrono::NaiveDate;

use super::{Assessment, Finding, Grounds, Rule, Stage, Subject};
use crate::{
    model::{Discipline, EpicIx, Launch},
    texts::{Catalogue, Locale, count, day_seen, fill},
    time::days_between,
};

/// Disciplines named one by one; the others are added up.
const NAMED: usize = 4;

/// What the sentence says, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    stage: Stage,
    nearly: bool,
    items: Vec<(Discipline, usize)>,
    /// How many of them are named one by one.
    named: usize,
    stories: usize,
    unaccepted: usize,
    requests: usize,
    notices: usize,
    /// What is wrong with the launch moment.
    moment: Vec<Rule>,
    missing: Vec<Discipline>,
    uncovered: usize,
    nothing_in_scope: bool,
    waivers: usize,
    lapsing: Lapsing,
    claimed: bool,
    honest: Option<NaiveDate>,
    launch_day: Option<NaiveDate>,
    today: NaiveDate,
}

/// Waivers that hold now and end before the launch: how many, and the first end.
type Lapsing = Option<(usize, NaiveDate)>;

/// Where a piece of the sentence leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// All open items.
    Open,
    /// The open items of a discipline.
    OpenOf(Discipline),
    /// The open items of the disciplines that are not named.
    OpenOfOthers,
    /// The stories and epics.
    Plan,
    /// The requests.
    Requests,
    /// The change notices.
    Notices,
    /// The launch moment, with its windows and freezes.
    Moment,
    /// The waivers.
    Waivers,
}

/// A piece of the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they carry the weight.
    pub strong: bool,
    /// Whether they say that the launch moment cannot be held.
    pub late: bool,
    /// Where they lead.
    pub target: Option<Target>,
}

impl Span {
    fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: false,
            late: false,
            target: None,
        }
    }

    fn strong(text: impl Into<String>) -> Self {
        Self {
            strong: true,
            ..Self::plain(text)
        }
    }

    fn link(text: impl Into<String>, target: Target) -> Self {
        Self {
            target: Some(target),
            ..Self::plain(text)
        }
    }
}

impl Sentence {
    pub(super) fn of(launch: &Launch, assessment: &Assessment) -> Self {
        let blockers: Vec<&Finding> = assessment.blockers().collect();
        let of_rule = |rule: Rule| blockers.iter().filter(|f| f.rule == rule).count();
        let stories = of_rule(Rule::StoryOpen);
        let whole = launch.stories.len();
        let (items, named) = named(launch, by_discipline(&blockers));
        Self {
            stage: assessment.stage,
            nearly: whole > 0 && stories <= (whole / 20).max(2) && stories * 2 < whole,
            items,
            named,
            stories,
            unaccepted: of_rule(Rule::EpicNotAccepted),
            requests: of_rule(Rule::RequestOverdue),
            notices: notices(&blockers),
            moment: moment(&blockers),
            missing: blockers
                .iter()
                .filter(|f| matches!(f.subject, Subject::Discipline(_)))
                .map(|f| f.discipline)
                .collect(),
            uncovered: uncovered(&blockers),
            nothing_in_scope: of_rule(Rule::ScopeEmpty) > 0,
            waivers: assessment.waivers(),
            lapsing: lapsing(assessment),
            claimed: launch.claimed,
            honest: assessment.outlook.honest,
            launch_day: launch.launch_day(),
            today: assessment.today,
        }
    }

    /// The sentence as one line of text.
    pub fn text(&self, locale: Locale) -> String {
        let parts = self.stanza(locale);
        let lines: Vec<String> = parts
            .iter()
            .map(|line| line.iter().map(|s| s.text.as_str()).collect())
            .collect();
        lines.join(" ")
    }

    /// The sentence as up to three lines of pieces: what is built; what is open, or will be again
    /// before the launch; the honest date.
    pub fn stanza(&self, locale: Locale) -> Vec<Vec<Span>> {
        let t = locale.catalogue();
        let mut lines = vec![self.built(t)];
        let open = if self.is_open() {
            self.open(t, locale)
        } else {
            self.lapses(t, locale)
        };
        if !open.is_empty() {
            lines.push(open);
        }
        let date = self.date(t, locale);
        if !date.is_empty() {
            lines.push(date);
        }
        lines
    }

    /// Whether hardly a story is open.
    pub const fn is_nearly_built(&self) -> bool {
        self.nearly
    }

    /// The disciplines that the sentence adds up as “others”.
    pub fn others(&self) -> Vec<Discipline> {
        self.items
            .iter()
            .skip(self.named)
            .map(|(discipline, _)| *discipline)
            .collect()
    }

    fn is_open(&self) -> bool {
        !self.items.is_empty()
            || !self.missing.is_empty()
            || self.nothing_in_scope
            || !self.moment.is_empty()
            || self.stories + self.unaccepted + self.requests + self.notices + self.uncovered > 0
    }

    fn built(&self, t: &Catalogue) -> Vec<Span> {
        let s = &t.sentence;
        let stage = match self.stage {
            Stage::Planned => s.planned,
            Stage::Building if self.nearly => s.technically_nearly_done,
            Stage::Building => s.building,
            Stage::TechnicallyDone | Stage::Ready(_) => s.technically_done,
            Stage::Launched if self.claimed => s.launch_claimed,
            Stage::Launched => s.launched,
            Stage::Done(_) if self.claimed => s.done_claimed,
            Stage::Done(_) => s.done,
        };
        let mut line = vec![Span::plain(stage)];
        let verdict = match self.stage {
            Stage::Launched if self.is_open() => Some(s.not_done),
            Stage::Launched => Some(s.in_watch),
            Stage::Done(_) => None,
            _ if self.is_open() => Some(s.not_ready),
            _ => Some(s.ready),
        };
        if let Some(verdict) = verdict {
            line.push(Span::plain(" "));
            line.push(Span::strong(verdict));
        }
        if !self.is_open() && self.waivers > 0 {
            line.push(Span::plain(" "));
            line.push(Span::link(
                count(&s.with_waivers, self.waivers),
                Target::Waivers,
            ));
        }
        line
    }

    fn open(&self, t: &Catalogue, locale: Locale) -> Vec<Span> {
        let s = &t.sentence;
        let mut parts: Vec<Vec<Span>> = Vec::new();
        if self.nothing_in_scope {
            parts.push(vec![Span::link(s.nothing_in_scope, Target::Plan)]);
        }
        if !self.missing.is_empty() {
            let names: Vec<_> = self.missing.iter().map(|d| t.discipline(*d)).collect();
            let names = locale.list(&names);
            parts.push(vec![Span::strong(fill(
                count(&s.missing, self.missing.len()).as_str(),
                &[("disciplines", &names)],
            ))]);
        }
        if self.stories > 0 {
            parts.push(vec![Span::link(
                count(&s.stories_open, self.stories),
                Target::Plan,
            )]);
        } else if self.unaccepted > 0 {
            let text = count(&s.epics_unaccepted, self.unaccepted);
            parts.push(vec![Span::link(text, Target::Plan)]);
        }
        if self.requests > 0 {
            let text = count(&s.requests_overdue, self.requests);
            parts.push(vec![Span::link(text, Target::Requests)]);
        }
        if self.notices > 0 {
            let text = count(&s.notices_unread, self.notices);
            parts.push(vec![Span::link(text, Target::Notices)]);
        }
        for rule in &self.moment {
            let text = match rule {
                Rule::MomentInFreeze => s.moment_frozen,
                _ => s.moment_outside,
            };
            parts.push(vec![Span::link(text, Target::Moment)]);
        }
        if self.uncovered > 0 {
            let text = count(&s.epics_uncovered, self.uncovered);
            parts.push(vec![Span::link(text, Target::Plan)]);
        }
        if !self.items.is_empty() {
            parts.push(self.items_line(t));
        }
        join(parts)
    }

    /// That nothing is open now, and something will be on the day that counts.
    fn lapses(&self, t: &Catalogue, locale: Locale) -> Vec<Span> {
        let Some((n, end)) = self.lapsing else {
            return Vec::new();
        };
        let day = day_seen(locale, self.today, end);
        let text = fill(&count(&t.sentence.waivers_end, n), &[("day", &day)]);
        vec![Span::link(text, Target::Waivers)]
    }

    fn items_line(&self, t: &Catalogue) -> Vec<Span> {
        let s = &t.sentence;
        let all: usize = self.items.iter().map(|(_, n)| n).sum();
        let mut line = vec![
            Span::link(count(&s.items_open, all), Target::Open),
            Span::plain(": "),
        ];
        let named = self.named;
        for (place, (discipline, n)) in self.items.iter().take(named).enumerate() {
            if place > 0 {
                line.push(Span::plain(", "));
            }
            let text = format!("{} {n}", t.discipline_in_line(*discipline));
            line.push(Span::link(text, Target::OpenOf(*discipline)));
        }
        let others: usize = self.items.iter().skip(named).map(|(_, n)| n).sum();
        if others > 0 {
            line.push(Span::plain(", "));
            line.push(Span::link(
                format!("{} {others}", s.others),
                Target::OpenOfOthers,
            ));
        }
        line
    }

    fn date(&self, t: &Catalogue, locale: Locale) -> Vec<Span> {
        if matches!(self.stage, Stage::Launched | Stage::Done(_)) {
            return Vec::new();
        }
        if let (Stage::Ready(_), Some(day)) = (self.stage, self.launch_day) {
            let past = days_between(day, self.today);
            if past > 0 {
                let past = usize::try_from(past).unwrap_or(usize::MAX);
                return vec![Span {
                    late: true,
                    ..Span::plain(count(&t.sentence.moment_past, past))
                }];
            }
        }
        let (Some(honest), Some(launch_day)) = (self.honest, self.launch_day) else {
            return Vec::new();
        };
        // Without a scope nobody knows what there is to build, and no date would be honest.
        if self.nothing_in_scope || !self.is_open() && self.lapsing.is_none() {
            return Vec::new();
        }
        let s = &t.sentence;
        let day = day_seen(locale, self.today, honest);
        let after = days_between(launch_day, honest);
        if after <= 0 {
            // A month that is cut short has its point already.
            let end = (!day.ends_with('.')).then(|| Span::plain("."));
            let date = [
                Span::plain(s.earliest_date),
                Span::plain(" "),
                Span::strong(day),
            ];
            return date.into_iter().chain(end).collect();
        }
        let late = Span {
            late: true,
            ..Span::strong(day)
        };
        let behind = count(&s.days_after, usize::try_from(after).unwrap_or(usize::MAX));
        vec![
            Span::plain(s.earliest_date),
            Span::plain(" "),
            late,
            Span::plain(format!(", {behind}.")),
        ]
    }
}

fn moment(blockers: &[&Finding]) -> Vec<Rule> {
    let rules = blockers.iter().map(|f| f.rule);
    rules.filter(|rule| rule.is_of_moment()).collect()
}

/// Change notices that nobody of at least one discipline has read.
fn notices(blockers: &[&Finding]) -> usize {
    let unread = blockers.iter().filter(|f| f.rule == Rule::NoticeUnread);
    let of: Vec<Subject> = unread.map(|f| f.subject).collect();
    let new = |(n, subject): &(usize, &Subject)| !of.iter().take(*n).any(|s| s == *subject);
    of.iter().enumerate().filter(new).count()
}

/// Epics without an item of at least one discipline that must have one.
fn uncovered(blockers: &[&Finding]) -> usize {
    let missing = blockers
        .iter()
        .filter(|f| f.rule == Rule::DisciplineMissing);
    let epics = missing.filter_map(|f| match f.subject {
        Subject::Epic(epic) => Some(epic),
        _ => None,
    });
    let mut each: Vec<EpicIx> = epics.collect();
    crate::order::sort_by_key(&mut each, |epic| *epic);
    each.dedup();
    each.len()
}

fn lapsing(assessment: &Assessment) -> Lapsing {
    let ends = assessment
        .by_rule(Rule::WaiverEnds)
        .filter_map(|f| match f.grounds.as_deref() {
            Some(Grounds::Ends { until, .. }) => Some(*until),
            _ => None,
        });
    let ends: Vec<NaiveDate> = ends.collect();
    Some((ends.len(), *ends.iter().min()?))
}

/// Open items of each discipline, most first.
fn by_discipline(blockers: &[&Finding]) -> Vec<(Discipline, usize)> {
    let mut counts = [0_usize; Discipline::ALL.len()];
    for finding in blockers
        .iter()
        .filter(|f| matches!(f.subject, Subject::Item(_)))
    {
        counts[finding.discipline.pos()] += 1;
    }
    let mut items: Vec<_> = Discipline::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, n)| *n > 0)
        .collect();
    crate::order::sort_by_key(&mut items, |(discipline, n)| {
        (std::cmp::Reverse(*n), *discipline)
    });
    items
}

/// What is named one by one at the front, and how many that are. The required disciplines always are:
/// however little they still owe, no launch goes without them.
fn named(launch: &Launch, items: Vec<(Discipline, usize)>) -> (Vec<(Discipline, usize)>, usize) {
    let all = items.len();
    if all <= NAMED + 1 {
        return (items, all);
    }
    let is_required = |(discipline, _): &(Discipline, usize)| launch.policy.requires(*discipline);
    let required = items.iter().filter(|item| is_required(item)).count();
    let mut free = NAMED.saturating_sub(required);
    let (mut front, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| {
        let taken = !is_required(item) && free > 0;
        free -= usize::from(taken);
        taken || is_required(item)
    });
    let named = front.len();
    front.extend(rest);
    (front, named)
}

/// Joins parts to one line: commas become semicolons where a part has commas of its own.
fn join(parts: Vec<Vec<Span>>) -> Vec<Span> {
    let mut line = Vec::new();
    for (place, part) in parts.into_iter().enumerate() {
        if place > 0 {
            line.push(Span::plain("; "));
        }
        line.extend(part);
    }
    if !line.is_empty() {
        line.push(Span::plain("."));
    }
    line
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::*;
    use crate::Locale;

    fn said(told: &Told) -> String {
        told.assess().sentence(&told.launch).text(Locale::En)
    }

    #[test]
    fn epics_are_counted_once_however_many_disciplines_they_lack() {
        let covered = json!({"covers": ["one"]});
        let told = launch().epic("one").epic("two").epic("three");
        let told = told
            .item("s", "sales", &covered)
            .item("m", "marketing", &covered);
        let text = said(&told);
        assert!(text.contains("2 epics without"), "{text}");
    }

    #[test]
    fn a_waiver_that_ends_before_the_launch_is_said_though_nothing_is_open() {
        let waived = |until: &str| {
            let told = launch().approver().epic("one").story("a", "one");
            told.item("m", "marketing", &json!({}))
                .to("tick_item", "m")
                .item("s", "sales", &json!({"lead_days": 30}))
                .does(json!({"finish_story": {"story": "a"}}))
                .does(json!({"accept_epic": {"epic": "one"}}))
                .does(json!({"ask_waiver": {"item": "s", "until": until, "reason": "later"}}))
                .by(DANIEL)
                .to("grant_exemption", "s")
                .on("04-20")
        };
        let text = said(&waived("2026-05-11"));
        assert!(text.contains("1 waiver ends on Mon 11 May"), "{text}");
        assert!(text.contains("Earliest honest date: Wed 20 May"), "{text}");
        assert!(!said(&waived("2026-05-12")).contains("date"));
    }

    #[test]
    fn a_month_that_is_cut_short_ends_the_sentence() {
        let told = launch().epic("one").story("a", "one");
        let told = told
            .item("s", "sales", &json!({"lead_days": 3}))
            .on("04-20");
        let text = told.assess().sentence(&told.launch).text(Locale::De);
        assert!(text.ends_with(" Apr."), "{text}");
    }

    #[test]
    fn what_is_ready_after_its_moment_says_how_long_that_is_over() {
        let ready = |day: &str| {
            let told = launch().epic("one").story("a", "one");
            told.item("m", "marketing", &json!({}))
                .to("tick_item", "m")
                .item("s", "sales", &json!({}))
                .to("tick_item", "s")
                .does(json!({"finish_story": {"story": "a"}}))
                .does(json!({"accept_epic": {"epic": "one"}}))
                .on(day)
        };
        assert!(said(&ready("05-12")).ends_with("Launch-ready."));
        let text = said(&ready("05-15"));
        assert!(
            text.ends_with("The launch moment was 3 days ago."),
            "{text}"
        );
    }

    #[test]
    fn a_required_discipline_is_named_however_little_it_owes() {
        let mut told = launch();
        let owe = [
            ("engineering", 4),
            ("quality", 4),
            ("operations", 3),
            ("security", 3),
            ("support", 2),
            ("legal", 2),
            ("marketing", 1),
            ("sales", 1),
        ];
        for (discipline, items) in owe {
            for n in 0..items {
                told = told.item(&format!("{discipline}-{n}"), discipline, &json!({}));
            }
        }
        let text = said(&told);
        assert!(
            text.contains("engineering 4, quality 4, marketing 1, sales 1, others 10."),
            "{text}"
        );
        let others = told.assess().sentence(&told.launch).others();
        assert_eq!(others.len(), 4, "{others:?}");
    }

    #[test]
    fn a_moment_that_will_not_do_is_said() {
        let fair = json!([{"title": "Fair", "first": "2026-05-10", "last": "2026-05-14"}]);
        let windows = json!([{"days": ["thu"], "from": "09:00", "to": "16:00"}]);
        let told = launch().does(json!({"set_windows": {"windows": windows, "freezes": fair}}));
        let text = said(&told);
        assert!(
            text.contains("launch moment outside the release windows; launch moment in a freeze"),
            "{text}"
        );
    }

    #[test]
    fn without_a_scope_no_date_is_honest() {
        let told = launch().item("s", "sales", &json!({"lead_days": 30}));
        assert!(!said(&told).contains("Earliest"), "{}", said(&told));
    }
}
