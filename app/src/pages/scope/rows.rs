//! The scope cut as data: the candidates in their order, their open work added up, and what a line
//! among them asks for.

use startklar::{
    EpicId, Locale,
    model::{EpicIx, Launch, Unit},
    order::sort_by,
    planning::{Outlook, cut, outlook_in},
};

use crate::{
    charts::cut::Bar,
    desk::View,
    parts::epic::{Standing, Tally},
};

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: EpicId,
    /// Its place in the ranking, from 1.
    pub(super) rank: usize,
    /// Its place in this table, from 1: a line below it has this number.
    pub(super) place: usize,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) in_scope: bool,
    pub(super) bar: Bar,
    pub(super) standing: Standing,
    /// Where it goes when it moves up or down by one in its part of the table.
    pub(super) up: Option<usize>,
    pub(super) down: Option<usize>,
}

/// The table: the candidates, the line among them, and what is above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Where the rows stand, in the order of their ids: each looks itself up.
    by_id: Vec<usize>,
    /// How many candidates are above the line.
    pub(super) line: usize,
    /// How many are in scope as it is.
    pub(super) inside: usize,
    /// What the work is counted in.
    pub(super) unit: Unit,
    /// The full width of the bars.
    pub(super) of: usize,
    /// Stories above the line, done ones of them.
    pub(super) stories: usize,
    pub(super) done: usize,
    /// What the scope above the line asks for; what it asks for as it is.
    pub(super) then: Option<Outlook>,
    pub(super) now: Option<Outlook>,
}

impl Table {
    /// The table of a launch with the line after so many candidates; with the line as it is saved
    /// where none is given.
    pub(super) fn of(view: &View, line: Option<usize>, locale: Locale) -> Self {
        let launch = &view.launch;
        let cut = cut(launch);
        let line = line.unwrap_or(cut.inside).min(cut.order.len());
        let unit = cut.unit(launch, line);
        let today = view.assessment.today;
        let outlook = |line| outlook_in(launch, cut.above(line), unit, today);
        let mut table = Self {
            line,
            inside: cut.inside,
            unit,
            then: outlook(line),
            now: outlook(cut.inside),
            ..Self::default()
        };
        let known = known(launch, unit);
        let mut before = 0;
        for (place, ix) in cut.order.iter().enumerate() {
            let Some(mut row) = (known.get(ix.pos())).and_then(|k| row(view, *ix, *k, locale))
            else {
                continue;
            };
            row.place = place + 1;
            row.bar.before = before;
            row.bar.above = place < line;
            before += row.bar.own;
            if row.bar.above {
                table.stories += row.standing.stories;
                table.done += row.standing.done;
            }
            table.rows.push(row);
        }
        let carries = table.then.and_then(|then| then.carries);
        table.of = before.max(carries.map_or(0, |(_, most)| most));
        neighbours(&mut table.rows);
        table.by_id = (0..table.rows.len()).collect();
        let rows = &table.rows;
        sort_by(&mut table.by_id, |a, b| rows[*a].id.cmp(&rows[*b].id));
        table
    }

    pub(super) fn row(&self, id: &EpicId) -> Option<&Row> {
        let at = self.by_id.binary_search_by(|n| self.rows[*n].id.cmp(id));
        self.rows.get(self.by_id[at.ok()?])
    }

    /// Whether the line lies where it is not saved.
    pub(super) const fn is_moved(&self) -> bool {
        self.line != self.inside
    }

    /// What the line has passed, from the saved one to where it lies: what falls out or comes in.
    pub(super) fn passed(&self) -> &[Row] {
        let (from, to) = (self.line.min(self.inside), self.line.max(self.inside));
        self.rows.get(from..to).unwrap_or_default()
    }
}

/// Up and down only within what is in and within what is out: the line is moved by itself.
fn neighbours(rows: &mut [Row]) {
    for place in 1..rows.len() {
        let (above, here) = (place - 1, place);
        if rows[above].in_scope == rows[here].in_scope {
            rows[here].up = Some(rows[above].rank - 1);
            rows[above].down = Some(rows[here].rank - 1);
        }
    }
}

/// What is known of an epic once all stories are counted.
#[derive(Clone, Copy, Default)]
struct Known {
    rank: usize,
    /// Open work.
    open: usize,
    tally: Tally,
}

/// By epic, in one walk over the stories and one over the ranking.
fn known(launch: &Launch, unit: Unit) -> Vec<Known> {
    let mut all = vec![Known::default(); launch.epics.len()];
    for (n, ix) in launch.ranking.iter().enumerate() {
        if let Some(known) = all.get_mut(ix.pos()) {
            known.rank = n + 1;
        }
    }
    for story in launch.stories.rows() {
        let Some(known) = all.get_mut(story.epic.pos()) else {
            continue;
        };
        known.tally.count(story);
        if story.is_open() {
            known.open += match unit {
                Unit::Points => story.points.map_or(0, usize::from),
                Unit::Stories => 1,
            };
        }
    }
    all
}

fn row(view: &View, ix: EpicIx, known: Known, locale: Locale) -> Option<Row> {
    let epic = view.launch.epics.at(ix)?;
    let note = epic.note.as_ref().map(ToString::to_string);
    Some(Row {
        id: epic.id.clone(),
        rank: known.rank,
        place: 0,
        title: epic.title.to_string(),
        note: note.unwrap_or_default(),
        in_scope: epic.in_scope.is_some(),
        bar: Bar {
            own: known.open,
            ..Bar::default()
        },
        standing: Standing::with(view, ix, epic, known.tally, locale.catalogue()),
        up: None,
        down: None,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{planned, run, seen};

    /// Login and metering are in, backup is out; two of the three stories that are in are done, one
    /// more is dropped. Stories are of so many points.
    pub(in super::super) fn view(points: Option<u16>) -> View {
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
            let story = json!({"id": id, "epic": epic, "title": id, "points": points});
            run(&mut launch, 0, json!({ "add_story": story }));
        }
        for id in ["a", "b"] {
            run(&mut launch, 3, json!({"finish_story": {"story": id}}));
        }
        run(&mut launch, 3, json!({"drop_story": {"story": "e"}}));
        let (launch, assessment) = seen(&launch, 8);
        View {
            launch: launch.into(),
            assessment,
            pending: 0,
        }
    }

    fn table(line: Option<usize>) -> Table {
        Table::of(&view(None), line, Locale::En)
    }

    #[test]
    fn what_is_in_stands_above_what_is_out_and_keeps_its_rank() {
        let table = table(None);
        let rows: Vec<_> = (table.rows.iter())
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
        assert_eq!((table.inside, table.stories, table.done), (2, 3, 2));
    }

    #[test]
    fn a_row_is_found_by_its_id() {
        let table = table(None);
        for id in ["login", "backup", "metering"] {
            let id: EpicId = id.parse().unwrap();
            assert_eq!(table.row(&id).map(|row| &row.id), Some(&id));
        }
        assert_eq!(table.row(&"other".parse().unwrap()), None);
    }

    #[test]
    fn open_work_adds_up_and_what_was_done_or_dropped_is_none() {
        let bars = |points| -> Vec<_> {
            let table = Table::of(&view(points), None, Locale::En);
            let bar = |r: &Row| (r.bar.before, r.bar.own, r.standing.stories, r.standing.done);
            table.rows.iter().map(bar).collect()
        };
        assert_eq!(bars(None), [(0, 0, 2, 2), (0, 1, 1, 0), (1, 1, 1, 0)]);
        assert_eq!(bars(Some(5)), [(0, 0, 2, 2), (0, 5, 1, 0), (5, 5, 1, 0)]);
    }

    #[test]
    fn the_bars_have_room_for_what_the_weeks_carry() {
        // Ten points in the first week; nine weeks and a day are left.
        let table = Table::of(&view(Some(5)), None, Locale::En);
        let (_, most) = table.then.unwrap().carries.unwrap();
        assert!(most > 10, "{most}");
        assert_eq!(table.of, most);
    }

    #[test]
    fn an_epic_moves_past_its_neighbour_in_the_same_part() {
        let moves: Vec<_> = table(None).rows.iter().map(|r| (r.up, r.down)).collect();
        assert_eq!(moves, [(None, Some(2)), (Some(0), None), (None, None)]);
    }

    #[test]
    fn built_is_not_technically_done_before_somebody_accepts_it() {
        let table = table(None);
        let standing = &table.rows[0].standing;
        assert!(standing.to_accept);
        assert_eq!(
            (standing.word.as_str(), standing.symbol),
            ("Built, to be accepted", Some("i-waits"))
        );
        assert_eq!(table.rows[2].standing.word, "out for now");
    }

    #[test]
    fn a_line_elsewhere_is_held_against_the_one_that_is_saved() {
        let passed = |table: &Table| -> Vec<_> {
            let passed = table.passed().iter();
            passed.map(|row| row.id.to_string()).collect()
        };
        let (less, more) = (table(Some(1)), table(Some(7)));
        assert_eq!(
            (passed(&less), less.is_moved()),
            (vec!["metering".into()], true)
        );
        assert_eq!((passed(&more), more.line), (vec!["backup".into()], 3));
        assert!(!table(Some(2)).is_moved() && table(Some(2)).passed().is_empty());
        let open = |table: &Table| table.then.unwrap().open.amount;
        assert_eq!((open(&less), open(&table(None)), open(&more)), (0, 1, 2));
        assert_eq!(more.now, table(None).now, "what is saved stays what it is");
    }
}
