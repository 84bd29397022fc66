//! Refusals in words: what is missing, and what to do.

use chrono::NaiveDate;

use super::{Catalogue, Locale, catalogue::RefusalTexts, day_year_clock, fill, label};
use crate::{
    command::{Kind, Refusal},
    model::{Discipline, People},
    rights::{Act, Reach, Role, reach},
    text::Line,
    time::Zone,
};

impl Refusal {
    /// The reason in a language, with what to do about it. Moments are shown in UTC, since a
    /// refusal knows no launch.
    pub fn text(&self, locale: Locale, people: &People) -> String {
        // The title of a request is how it begins, and that may mention somebody.
        super::said(&self.words(locale, people), people, locale)
    }

    fn words(&self, locale: Locale, people: &People) -> String {
        let t = locale.catalogue();
        let r = &t.refusals;
        match self {
            Self::NobodyActs => r.nobody_acts.to_owned(),
            Self::NotPlanned => r.not_planned.to_owned(),
            Self::AlreadyPlanned => r.already_planned.to_owned(),
            Self::Unknown { kind: k, id } => fill(r.unknown, &[("kind", &t.kind(*k)), ("id", id)]),
            Self::Taken { kind: k, id } => fill(r.taken, &[("kind", &t.kind(*k)), ("id", id)]),
            Self::OutOfRange {
                field,
                found,
                allowed,
            } => fill(
                r.out_of_range,
                &[
                    ("field", &label(t, "", field).unwrap_or(field)),
                    ("found", found),
                    ("allowed", &said(r, allowed)),
                ],
            ),
            Self::Full { kind, max } => t.full(*kind, *max),
            Self::Already {
                title,
                state,
                by,
                at,
            } => {
                let state = t.state_word(state);
                let Some(by) = by.and_then(|by| people.name(by)) else {
                    return fill(r.already, &[("title", title), ("state", &state)]);
                };
                let at = at.map(|at| day_year_clock(locale, &Zone::default(), at));
                fill(
                    r.already_by,
                    &[
                        ("title", title),
                        ("state", &state),
                        ("who", &by),
                        ("when", &at.unwrap_or_default()),
                    ],
                )
            }
            Self::NotYet { title, state } => fill(
                r.not_yet,
                &[("title", title), ("state", &t.state_word(state))],
            ),
            Self::EvidenceMissing { title, asks } => {
                fill(r.evidence_missing, &[("title", title), ("asks", asks)])
            }
            Self::NeedsOpen { title, open } => fill(
                r.needs_open,
                &[("title", title), ("open", &titles(open, locale))],
            ),
            Self::StoriesOpen { title, open } if open.is_empty() => {
                fill(r.no_stories, &[("title", title)])
            }
            Self::StoriesOpen { title, open } => fill(
                r.stories_open,
                &[("title", title), ("open", &titles(open, locale))],
            ),
            Self::SamePerson { title } => fill(r.same_person, &[("title", title)]),
            Self::NotApprover { title } => fill(r.not_approver, &[("title", title)]),
            Self::NoRight { act, of } => no_right(locale, *act, of),
            Self::Circle { title } => fill(r.circle, &[("title", title)]),
            Self::NotReady { blockers } => super::count(&r.not_ready, *blockers),
            Self::LaunchStands { title, at } => fill(
                r.launch_stands,
                &[
                    ("title", title),
                    ("when", &day_year_clock(locale, &Zone::default(), *at)),
                ],
            ),
            #[cfg(feature = "drawn")]
            Self::NotAsked { discipline } => fill(
                t.poll.not_asked,
                &[("discipline", &t.discipline(*discipline))],
            ),
            #[cfg(feature = "drawn")]
            Self::NoGoUnexplained => t.poll.no_go_unexplained.to_owned(),
            #[cfg(feature = "drawn")]
            Self::NoCondition => t.poll.no_condition.to_owned(),
            #[cfg(feature = "drawn")]
            Self::IdleCondition => t.poll.idle_condition.to_owned(),
            #[cfg(feature = "drawn")]
            Self::NoConditionStands => t.poll.no_condition_stands.to_owned(),
            #[cfg(feature = "drawn")]
            Self::DecisionUnexplained
            | Self::MomentOpen { .. }
            | Self::FilesVerified { .. }
            | Self::FilesFull { .. }
            | Self::NoFile { .. }
            | Self::NoticeUnaddressed
            | Self::NoticeUndue
            | Self::NoticeNarrowed { .. }
            | Self::NoticeSoftened { .. } => self.of_drawn(locale),
            Self::WatchRuns { until } => fill(
                r.watch_runs,
                &[("until", &day_year_clock(locale, &Zone::default(), *until))],
            ),
        }
    }
}

/// What a refusal allows, in words where a sign would be one of programs.
fn said(r: &RefusalTexts, allowed: &str) -> String {
    let least = allowed.strip_prefix("≥ ");
    match least.filter(|least| least.parse::<NaiveDate>().is_ok()) {
        Some(least) => fill(r.or_later, &[("least", &least)]),
        None => allowed.to_owned(),
    }
}

impl Catalogue {
    /// What a kind of thing is called.
    fn kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Epic => self.common.epic,
            Kind::Story => self.common.story,
            Kind::Item => self.common.item,
            Kind::Request => self.common.request,
            Kind::Remark => self.pages.requests.remark,
            #[cfg(feature = "drawn")]
            Kind::Notice => self.notices.notice,
        }
    }

    fn full(&self, kind: Kind, max: usize) -> String {
        match kind {
            Kind::Remark => fill(self.refusals.thread_full, &[("max", &max)]),
            _ => fill(
                self.refusals.full,
                &[("kind", &self.kind(kind)), ("max", &max)],
            ),
        }
    }
}

#[cfg(feature = "drawn")]
impl Refusal {
    /// The reasons that are about files, change notices, the launch moment and the decision.
    fn of_drawn(&self, locale: Locale) -> String {
        let t = locale.catalogue();
        let n = &t.notices;
        match self {
            Self::DecisionUnexplained => t.poll.decision_unexplained.to_owned(),
            Self::MomentOpen { title } => fill(t.windows.moment_open, &[("title", title)]),
            Self::FilesVerified { title } => fill(t.files.verified, &[("title", title)]),
            Self::FilesFull { title, max } => fill(t.files.full, &[("title", title), ("max", max)]),
            Self::NoFile { title, sha256 } => {
                fill(t.files.none, &[("title", title), ("sum", sha256)])
            }
            Self::NoticeUnaddressed => n.unaddressed.to_owned(),
            Self::NoticeUndue => n.undue.to_owned(),
            Self::NoticeNarrowed { title, disciplines } => {
                let to = t.in_line(disciplines, locale);
                fill(n.narrowed, &[("title", title), ("disciplines", &to)])
            }
            Self::NoticeSoftened { title } => fill(n.softened, &[("title", title)]),
            _ => String::new(),
        }
    }
}

#[cfg(feature = "drawn")]
impl Catalogue {
    /// Disciplines within a line.
    pub fn in_line(&self, of: &[Discipline], locale: Locale) -> String {
        let names: Vec<&str> = of.iter().map(|d| self.discipline_in_line(*d)).collect();
        locale.list(&names)
    }
}

fn no_right(locale: Locale, act: Act, of: &[Discipline]) -> String {
    let t = locale.catalogue();
    let whose: Vec<String> = Role::ALL
        .into_iter()
        .filter(|role| reach(*role, act) != Reach::No)
        .map(|role| whose(locale, role, act, of))
        .collect();
    let whose: Vec<&str> = whose.iter().map(String::as_str).collect();
    fill(
        t.refusals.no_right,
        &[("act", &t.act(act)), ("roles", &locale.list(&whose))],
    )
}

/// A role as far as its right reaches to what these disciplines own.
fn whose(locale: Locale, role: Role, act: Act, of: &[Discipline]) -> String {
    let t = locale.catalogue();
    let in_discipline = matches!(role, Role::Lead | Role::Contributor);
    if !in_discipline || reach(role, act) == Reach::All || of.is_empty() {
        return t.role(role).to_owned();
    }
    // Stories are built by all of them together.
    if act == Act::Build {
        return fill(t.rights.of_technical, &[("role", &t.role(role))]);
    }
    let names: Vec<_> = of.iter().map(|d| t.discipline_in_line(*d)).collect();
    fill(
        t.rights.of,
        &[
            ("role", &t.role(role)),
            ("discipline", &locale.list(&names)),
        ],
    )
}

fn titles(titles: &[Line], locale: Locale) -> String {
    let quoted: Vec<String> = titles
        .iter()
        .take(5)
        .map(|t| fill(locale.catalogue().common.quoted, &[("text", t)]))
        .collect();
    let mut words: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let more = titles.len().saturating_sub(5);
    let rest = super::count(&locale.catalogue().common.more, more);
    if more > 0 {
        words.push(&rest);
    }
    locale.list(&words)
}
