//! The scope cut as data: epics by rank, those in scope first, their stories added up.

use startklar::{
    EpicId, Locale, StoryId,
    engine::EpicStatus,
    model::{Epic, EpicIx, StoryState},
    texts::{Catalogue, fill},
};

use crate::desk::View;

/// An epic in the scope cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CutRow {
    pub(super) id: EpicId,
    /// Its place in the ranking, from 1.
    pub(super) rank: usize,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) in_scope: bool,
    pub(super) bar: Bar,
    pub(super) word: String,
    pub(super) symbol: Option<&'static str>,
    pub(super) to_accept: bool,
    /// Where it goes when it moves up or down by one in its part of the table.
    pub(super) up: Option<usize>,
    pub(super) down: Option<usize>,
}

/// Stories that are to be built, added up from the first epic on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) before: usize,
    pub(super) stories: usize,
    pub(super) done: usize,
    /// All stories of all epics: the full width.
    pub(super) of: usize,
}

/// The cut: rows in and out, and what is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) rows: Vec<CutRow>,
    pub(super) inside: usize,
    pub(super) stories: usize,
    pub(super) done: usize,
}

impl Cut {
    /// The cut of a launch.
    pub(super) fn of(view: &View, locale: Locale) -> Self {
        let t = locale.catalogue();
        let mut rows: Vec<_> = view
            .launch
            .ranked()
            .enumerate()
            .map(|(place, (ix, epic))| row(view, place, ix, epic, t))
            .collect();
        rows.sort_by_key(|r| (!r.in_scope, r.rank));
        let of = rows.iter().map(|r| r.bar.stories).sum();
        let mut before = 0;
        for row in &mut rows {
            row.bar.before = before;
            row.bar.of = of;
            before += row.bar.stories;
        }
        neighbours(&mut rows);
        let inside = rows.iter().take_while(|r| r.in_scope).count();
        let sum = |count: fn(&Bar) -> usize| rows[..inside].iter().map(|r| count(&r.bar)).sum();
        Self {
            inside,
            stories: sum(|b| b.stories),
            done: sum(|b| b.done),
            rows,
        }
    }

    pub(super) fn row(&self, id: &EpicId) -> Option<&CutRow> {
        self.rows.iter().find(|r| r.id == *id)
    }
}

fn neighbours(rows: &mut [CutRow]) {
    for place in 1..rows.len() {
        let (above, here) = (place - 1, place);
        if rows[above].in_scope == rows[here].in_scope {
            rows[here].up = Some(rows[above].rank - 1);
            rows[above].down = Some(rows[here].rank - 1);
        }
    }
}

fn row(view: &View, place: usize, ix: EpicIx, epic: &Epic, t: &Catalogue) -> CutRow {
    let (mut stories, mut done) = (0, 0);
    for story in view.launch.stories_of(ix) {
        stories += usize::from(!matches!(story.state, StoryState::Dropped(_)));
        done += usize::from(story.done().is_some());
    }
    let in_scope = epic.in_scope.is_some();
    let to_accept = in_scope && epic.accepted.is_none() && stories > 0 && done == stories;
    let (word, symbol) = standing(
        view.assessment.epic(ix),
        in_scope,
        to_accept,
        (stories, done),
        t,
    );
    CutRow {
        id: epic.id.clone(),
        rank: place + 1,
        title: epic.title.to_string(),
        note: epic
            .note
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        in_scope,
        bar: Bar {
            stories,
            done,
            ..Bar::default()
        },
        word,
        symbol,
        to_accept,
        up: None,
        down: None,
    }
}

/// Where an epic stands, in a word and a shape. Technically done is not done, and has its own.
pub(in crate::pages) fn standing(
    status: EpicStatus,
    in_scope: bool,
    to_accept: bool,
    (stories, done): (usize, usize),
    t: &Catalogue,
) -> (String, Option<&'static str>) {
    let p = &t.pages.plan;
    let of = || fill(p.stories_of, &[("done", &done), ("all", &stories)]);
    match status {
        EpicStatus::Done(_) => (p.done.to_owned(), Some("i-closed")),
        EpicStatus::TechnicallyDone => (p.technically_done.to_owned(), Some("i-second")),
        _ if to_accept => (p.to_accept.to_owned(), Some("i-waits")),
        _ if !in_scope => (p.out_for_now.to_owned(), None),
        _ if stories == 0 => (p.no_stories.to_owned(), Some("i-none")),
        EpicStatus::InProgress => (of(), Some("i-begun")),
        EpicStatus::NotStarted => (p.not_started.to_owned(), Some("i-open")),
    }
}

/// The stories of an epic by where they stand: begun, to do, done, dropped.
pub(in crate::pages) fn by_state(view: &View, ix: EpicIx) -> Vec<StoryId> {
    let mut stories: Vec<_> = view.launch.stories_of(ix).collect();
    stories.sort_by_key(|s| match s.state {
        StoryState::Begun(at) => (0, s.sprint, Some(at)),
        StoryState::Todo => (1, s.sprint, None),
        StoryState::Done(at) => (2, None, Some(at)),
        StoryState::Dropped(at) => (3, None, Some(at)),
    });
    stories.into_iter().map(|s| s.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{planned, run, seen};

    fn cut() -> Cut {
        let mut launch = planned(10, 71);
        for id in ["login", "backup", "metering"] {
            run(&mut launch, 0, json!({"add_epic": {"id": id, "title": id}}));
        }
        for id in ["login", "metering"] {
            run(&mut launch, 0, json!({"scope_epic": {"epic": id}}));
        }
        for (id, epic) in [
            ("a", "login"),
            ("b", "login"),
            ("c", "backup"),
            ("d", "metering"),
            ("e", "login"),
        ] {
            run(
                &mut launch,
                0,
                json!({"add_story": {"id": id, "epic": epic, "title": id}}),
            );
        }
        for id in ["a", "b"] {
            run(&mut launch, 3, json!({"finish_story": {"story": id}}));
        }
        run(&mut launch, 3, json!({"drop_story": {"story": "e"}}));
        let (launch, assessment) = seen(&launch, 5);
        Cut::of(
            &View {
                launch: launch.into(),
                assessment,
                pending: 0,
            },
            Locale::En,
        )
    }

    #[test]
    fn what_is_in_stands_above_what_is_out_and_keeps_its_rank() {
        let cut = cut();
        let rows: Vec<_> = cut
            .rows
            .iter()
            .map(|r| (r.id.as_str(), r.rank, r.in_scope))
            .collect();
        assert_eq!(
            rows,
            [
                ("login", 1, true),
                ("metering", 3, true),
                ("backup", 2, false)
            ]
        );
        assert_eq!((cut.inside, cut.stories, cut.done), (2, 3, 2));
    }

    #[test]
    fn bars_add_up_and_leave_out_what_was_dropped() {
        let bars: Vec<_> = cut()
            .rows
            .iter()
            .map(|r| (r.bar.before, r.bar.stories, r.bar.done, r.bar.of))
            .collect();
        assert_eq!(bars, [(0, 2, 2, 4), (2, 1, 0, 4), (3, 1, 0, 4)]);
    }

    #[test]
    fn an_epic_moves_past_its_neighbour_in_the_same_part() {
        let cut = cut();
        let moves: Vec<_> = cut.rows.iter().map(|r| (r.up, r.down)).collect();
        assert_eq!(moves, [(None, Some(2)), (Some(0), None), (None, None)]);
    }

    #[test]
    fn built_is_not_technically_done_before_somebody_accepts_it() {
        let cut = cut();
        let row = &cut.rows[0];
        assert!(row.to_accept);
        assert_eq!(
            (row.word.as_str(), row.symbol),
            ("Built, to be accepted", Some("i-waits"))
        );
        assert_eq!(cut.rows[2].word, "out for now");
    }
}
