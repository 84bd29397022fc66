//! The board of a sprint as data: stories and items side by side, by where they stand.

use startklar::{
    EpicId, Lane, Locale, PersonId, StoryId,
    engine::{ItemState, Rule, Subject},
    model::{Item, ItemIx, Story, StoryState},
    planning::added_after_start,
    texts::{count, day_seen, fill},
    time::plus,
};

use crate::{address, desk::View, parts::state::item_symbol};

/// Columns of the board.
pub(super) const COLUMNS: usize = 4;
pub(super) const TO_DO: usize = 0;
pub(super) const BEGUN: usize = 1;
const WAITS: usize = 2;
pub(super) const CLOSED: usize = 3;

/// A story or an item on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    /// Tells it from all others, over redraws.
    pub(super) key: String,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) symbol: &'static str,
    /// What is said beneath its title.
    pub(super) small: String,
    /// Since when it should have begun.
    pub(super) late: Option<String>,
    /// Whether it came into its sprint after that had begun.
    pub(super) added: bool,
    /// Whether it has no estimate where others have one.
    pub(super) vague: bool,
    pub(super) owner: Option<PersonId>,
    /// A story can be moved on from here.
    pub(super) story: Option<StoryCard>,
}

/// What the buttons of a story need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct StoryCard {
    pub(in crate::pages) id: StoryId,
    pub(in crate::pages) state: StoryState,
    pub(in crate::pages) sprint: Option<u8>,
    /// Its estimate.
    pub(in crate::pages) points: Option<u16>,
    /// The sprint that it can catch up in, when its own is over.
    pub(in crate::pages) catch_up: Option<u8>,
}

/// One lane: its cards by column, how many are closed of how many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LaneCards {
    pub(super) columns: [Vec<Card>; COLUMNS],
    pub(super) done: usize,
    pub(super) all: usize,
}

/// A sprint, or what is in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Board {
    pub(super) technical: LaneCards,
    pub(super) other: LaneCards,
    pub(super) backlog: Vec<Card>,
    /// What sprints that are over have left open; only beside the sprint that runs.
    pub(super) leftover: Vec<Card>,
    /// Whether any story is planned for a sprint: then it can be taken out again.
    pub(super) planned: bool,
}

/// The sprint that runs now, from 1; the first before the launch begins, the last after it.
pub(super) fn current(view: &View) -> u8 {
    let launch = &view.launch;
    let count = launch.sprint_count();
    match launch.sprint_of(view.assessment.today) {
        Some(n) => n.min(count),
        None if launch
            .sprint_days(1)
            .is_some_and(|(first, _)| first > view.assessment.today) =>
        {
            1
        }
        None => count,
    }
}

/// The last sprint that has a board: of the launch's weeks, or one that a story is planned for.
pub(super) fn last(view: &View) -> u8 {
    let planned = view.launch.stories.rows().iter().filter_map(|s| s.sprint);
    planned.max().unwrap_or(1).max(view.launch.sprint_count())
}

/// First and last working day of a sprint.
pub(super) fn days(view: &View, sprint: u8) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let (first, last) = view.launch.sprint_days(sprint)?;
    Some((first, plus(last, -2)))
}

impl Board {
    /// The board of a sprint; `base` is the launch's address.
    pub(super) fn of(view: &View, sprint: u8, locale: Locale, base: &str) -> Self {
        let estimated = estimates(view);
        let words = Words {
            view,
            locale,
            base,
            estimated,
        };
        let mut board = Self::default();
        let now = current(view);
        let ahead = |n: u8| {
            let days = view.launch.sprint_days(n);
            days.is_none_or(|(_, last)| last >= view.assessment.today)
        };
        let in_scope = |s: &Story| {
            view.launch
                .epics
                .at(s.epic)
                .is_some_and(|e| e.in_scope.is_some())
        };
        for story in view.launch.stories.rows() {
            board.planned |= story.sprint.is_some();
            let left_open = sprint == now
                && story.is_open()
                && story.sprint.is_some_and(|own| own < now && !ahead(own));
            if left_open {
                board.leftover.push(words.story(story));
            }
            if story.sprint == Some(sprint) {
                board.technical.put_story(story, words.story(story));
            } else if story.sprint.is_none() && story.is_open() && in_scope(story) {
                board.backlog.push(words.story(story));
            }
        }
        let mut items: Vec<_> = view
            .launch
            .items
            .each()
            .filter(|(ix, i)| {
                i.discipline.lane() == Lane::NonTechnical && words.belongs(*ix, i, sprint)
            })
            .collect();
        items.sort_by_key(|(_, i)| std::cmp::Reverse(i.lead_days));
        for (ix, item) in items {
            board
                .other
                .put_item(view.assessment.item(ix), words.item(ix, item));
        }
        board
    }

    pub(super) fn card(&self, key: &str) -> Option<&Card> {
        let lanes = [&self.technical, &self.other];
        let mut all = lanes
            .into_iter()
            .flat_map(|l| l.columns.iter().flatten())
            .chain(&self.leftover)
            .chain(&self.backlog);
        all.find(|card| card.key == key)
    }
}

impl LaneCards {
    fn put_story(&mut self, story: &Story, card: Card) {
        let dropped = matches!(story.state, StoryState::Dropped(_));
        self.all += usize::from(!dropped);
        self.done += usize::from(story.done().is_some());
        self.columns[match story.state {
            StoryState::Todo => TO_DO,
            StoryState::Begun(_) => BEGUN,
            StoryState::Done(_) | StoryState::Dropped(_) => CLOSED,
        }]
        .push(card);
    }

    fn put_item(&mut self, state: ItemState, card: Card) {
        self.all += 1;
        self.done += usize::from(state.is_closed());
        self.columns[match state {
            _ if card.symbol == "i-waits" => WAITS,
            ItemState::NotBegun => TO_DO,
            ItemState::Begun => BEGUN,
            state if state.is_closed() => CLOSED,
            _ => WAITS,
        }]
        .push(card);
    }
}

struct Words<'a> {
    view: &'a View,
    locale: Locale,
    base: &'a str,
    /// Whether this launch estimates its stories.
    estimated: bool,
}

impl Words<'_> {
    /// An item belongs to the week in which it must begin or is due; what is late to this one.
    fn belongs(&self, ix: ItemIx, item: &Item, sprint: u8) -> bool {
        let assessment = &self.view.assessment;
        if !assessment.is_required(ix) {
            return false;
        }
        let Some((first, last)) = self.view.launch.sprint_days(sprint) else {
            return false;
        };
        let within = |d: chrono::NaiveDate| (first..=last).contains(&d);
        let start = assessment.last_safe_start(&self.view.launch, ix);
        let open = !assessment.item(ix).is_closed();
        let late = start.is_some_and(|d| d < first) && open;
        start.is_some_and(within)
            || item.due.is_some_and(within)
            || (late && sprint == current(self.view))
    }

    fn story(&self, story: &Story) -> Card {
        let t = self.locale.catalogue();
        let epic = self
            .view
            .launch
            .epics
            .at(story.epic)
            .map(|e| e.title.to_string());
        let mut small = epic.unwrap_or_default();
        if let Some(points) = story.points {
            small = format!(
                "{small}, {}",
                count(&t.pages.plan.points, usize::from(points))
            );
        }
        let symbol = match story.state {
            StoryState::Todo => "i-open",
            StoryState::Begun(_) => "i-begun",
            StoryState::Done(_) => "i-closed",
            StoryState::Dropped(_) => "i-na",
        };
        if symbol == "i-na" {
            small = format!("{small}, {}", t.pages.plan.dropped);
        }
        Card {
            key: format!("story-{}", story.id),
            href: format!("{}{}", self.base, address::story(&story.id)),
            title: story.title.to_string(),
            symbol,
            small,
            late: None,
            added: added_after_start(&self.view.launch, story),
            vague: story.is_open() && story.points.is_none() && self.estimated,
            owner: story.owner,
            story: Some(StoryCard {
                id: story.id.clone(),
                state: story.state,
                sprint: story.sprint,
                points: story.points,
                catch_up: self.catch_up(story),
            }),
        }
    }

    /// The running sprint, for what an ended one has left open.
    fn catch_up(&self, story: &Story) -> Option<u8> {
        let own = story.sprint.filter(|_| story.is_open())?;
        let (_, last) = self.view.launch.sprint_days(own)?;
        let now = current(self.view);
        (last < self.view.assessment.today && own < now).then_some(now)
    }

    fn item(&self, ix: ItemIx, item: &Item) -> Card {
        let t = self.locale.catalogue();
        let (launch, assessment) = (&self.view.launch, &self.view.assessment);
        let state = assessment.item(ix);
        let held = launch
            .requests
            .rows()
            .iter()
            .any(|r| r.item == Some(ix) && r.answer.is_none());
        let symbol = match state {
            ItemState::NotBegun | ItemState::Begun if held => "i-waits",
            _ => item_symbol(state),
        };
        let start = assessment
            .last_safe_start(launch, ix)
            .map(|d| day_seen(self.locale, assessment.today, d));
        let missed = assessment
            .about(Subject::Item(ix))
            .any(|f| f.rule == Rule::LastSafeStartMissed);
        let mut small = t.discipline(item.discipline).to_owned();
        if let (ItemState::NotBegun, false, Some(start)) = (state, missed, &start) {
            small = format!(
                "{small}, {}",
                fill(t.pages.plan.starts_by, &[("day", start)])
            );
        }
        Card {
            key: format!("item-{}", item.id),
            href: format!("{}{}", self.base, address::item(&item.id)),
            title: item.title.to_string(),
            symbol,
            small,
            late: start.filter(|_| missed),
            added: false,
            vague: false,
            owner: item.owner,
            story: None,
        }
    }
}

/// Whether a launch estimates its stories at all: without a single estimate none is missing.
pub(super) fn estimates(view: &View) -> bool {
    let stories = view.launch.stories.rows().iter();
    stories.filter(|s| s.points.is_some()).count() > 0
}

/// The epics that a story can belong to, those in scope first.
pub(super) fn epics(view: &View) -> Vec<(EpicId, String)> {
    let mut epics: Vec<_> = view.launch.ranked().map(|(_, e)| e).collect();
    epics.sort_by_key(|e| e.in_scope.is_none());
    epics
        .into_iter()
        .map(|e| (e.id.clone(), e.title.to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{run, running, seen};

    fn board(change: impl FnOnce(&mut startklar::Launch), sprint: u8) -> Board {
        let mut launch = running();
        change(&mut launch);
        let (launch, assessment) = seen(&launch, 38);
        Board::of(
            &View {
                launch: launch.into(),
                assessment,
                pending: 0,
            },
            sprint,
            Locale::En,
            "/l/m",
        )
    }

    fn titles(cards: &[Card]) -> Vec<&str> {
        cards.iter().map(|c| c.title.as_str()).collect()
    }

    #[test]
    fn stories_stand_in_the_column_of_their_state() {
        let board = board(
            |launch| {
                run(
                    launch,
                    2,
                    json!({"add_story": {"id": "x", "epic": "e", "title": "x", "sprint": 2}}),
                );
                run(launch, 2, json!({"drop_story": {"story": "x"}}));
            },
            2,
        );
        let lane = &board.technical;
        assert_eq!(titles(&lane.columns[CLOSED]), ["s2", "x"]);
        assert_eq!(
            (lane.done, lane.all),
            (1, 1),
            "what was dropped is not counted"
        );
    }

    #[test]
    fn a_story_without_sprint_waits_in_the_backlog() {
        let board = board(
            |launch| {
                run(
                    launch,
                    2,
                    json!({"add_story": {"id": "x", "epic": "e", "title": "x"}}),
                )
            },
            2,
        );
        assert_eq!(titles(&board.backlog), ["x"]);
        assert!(board.card("story-x").is_some() && board.card("item-x").is_none());
    }

    #[test]
    fn a_story_without_an_estimate_is_marked_where_others_have_one() {
        let vague = |board: &Board| -> Vec<_> {
            let cards = board.technical.columns.iter().flatten();
            cards.map(|c| (c.title.clone(), c.vague)).collect()
        };
        let expected = |is: bool| vec![("s4".to_owned(), is)];
        assert_eq!(
            vague(&board(|_| {}, 4)),
            expected(false),
            "nobody estimates"
        );
        let other = json!({"estimate_story": {"story": "s5", "points": 3}});
        let some = board(|launch| run(launch, 2, other.clone()), 4);
        assert_eq!(vague(&some), expected(true));
        let both = board(
            |launch| {
                run(launch, 2, other.clone());
                run(
                    launch,
                    2,
                    json!({"estimate_story": {"story": "s4", "points": 0}}),
                );
            },
            4,
        );
        assert_eq!(
            vague(&both),
            expected(false),
            "no points are an estimate too"
        );
    }

    #[test]
    fn what_is_late_belongs_to_the_sprint_that_runs() {
        // Day 38 is in week 6; the warm-up had to begin 35 days before day 71, in week 6 too.
        let now = board(|_| {}, 6);
        assert_eq!(titles(&now.other.columns[TO_DO]), ["warm-up"]);
        assert!(now.other.columns[TO_DO][0].late.is_some());
        assert_eq!(titles(&board(|_| {}, 7).other.columns[BEGUN]), ["offer"]);
        assert!(board(|_| {}, 1).other.columns.iter().all(Vec::is_empty));
    }
}
