//! Which items a checklist shows, in which order, and what its heads count. Plain functions.

use litemap::LiteMap;
use startklar::{
    Actor, Discipline, ItemId, Locale, People, PersonId,
    engine::{ItemState, Rule},
    letters::lower,
    model::ItemIx,
};

use crate::{
    boot::Filter,
    desk::View,
    parts::item::{ItemRow, Items},
};

/// The order of the lists: who comes in for two minutes stands first.
const ORDER: [Discipline; 12] = [
    Discipline::Sales,
    Discipline::Marketing,
    Discipline::Support,
    Discipline::Legal,
    Discipline::Finance,
    Discipline::Communications,
    Discipline::People,
    Discipline::Product,
    Discipline::Engineering,
    Discipline::Quality,
    Discipline::Operations,
    Discipline::Security,
];

/// Above so many rows a list is compact: one line a row.
const DENSE: usize = 150;

/// What a discipline owes, counted over all its items and not only those that are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Items that the launch waits for.
    pub(super) all: usize,
    /// Closed ones of them.
    pub(super) closed: usize,
    /// Closed by waiver.
    pub(super) waived: usize,
    /// Missed last safe starts.
    pub(super) late: usize,
    /// Items that the launch does not wait for.
    pub(super) aside: usize,
    /// Whether nobody leads a discipline that owes something.
    pub(super) nobody_leads: bool,
}

/// The items of a discipline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) discipline: Discipline,
    pub(super) tally: Tally,
    pub(super) rows: Vec<ItemRow>,
}

/// A choice of whose items are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chip {
    pub(super) words: String,
    pub(super) count: usize,
    pub(super) filter: Filter,
    pub(super) chosen: bool,
}

/// A checklist as shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct List {
    pub(super) groups: Vec<Group>,
    pub(super) chips: Vec<Chip>,
    /// Whether the launch has any item.
    pub(super) any: bool,
    /// Whether one line a row is all there is room for.
    pub(super) dense: bool,
    places: LiteMap<ItemId, (usize, usize)>,
}

/// What an address may ask for besides the filter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Aside {
    /// The disciplines that the sentence adds up as “others”.
    pub(super) others: bool,
    /// The items of one person.
    pub(super) who: Option<PersonId>,
}

impl Aside {
    /// As fields of an address.
    pub(super) fn fields(self) -> impl Iterator<Item = (&'static str, String)> {
        let others = self.others.then(|| ("others", "1".to_owned()));
        others
            .into_iter()
            .chain(self.who.map(|who| ("who", who.to_string())))
    }
}

/// Who looks, and in which language.
pub(super) struct Reader<'a> {
    pub(super) people: &'a People,
    pub(super) locale: Locale,
    pub(super) actor: Actor,
    pub(super) base: &'a str,
    /// The items that were closed when they opened the page, see [`settled`].
    pub(super) settled: &'a [ItemIx],
}

/// What is closed stands at the end of its list. What is closed while the page is open stays where
/// it is, so that no row moves away, or beneath a finger that is about to tick another.
pub(super) fn settled(view: &View) -> Vec<ItemIx> {
    let items = view.launch.items.each();
    items
        .filter(|(ix, _)| view.assessment.item(*ix).is_closed())
        .map(|(ix, _)| ix)
        .collect()
}

impl List {
    /// The list that a filter leaves.
    pub(super) fn of(view: &View, filter: &Filter, aside: Aside, reader: &Reader<'_>) -> Self {
        let mut filter = filter.clone();
        if aside.others && filter.disciplines.is_empty() {
            filter.disciplines = view.assessment.sentence(&view.launch).others();
        }
        let Reader {
            people,
            locale,
            actor,
            base,
            settled,
        } = *reader;
        let unknown = locale.catalogue().common.somebody_unknown;
        let items = Items::of(view, people, locale, actor, base);
        let rows: Vec<_> = view
            .launch
            .items
            .each()
            .map(|(ix, i)| items.row(ix, i))
            .collect();
        let owned = |row: &ItemRow| aside.who.is_none_or(|who| row.owner == Some(who));
        let mut chips = chips(&rows, &filter, reader);
        if let Some(who) = aside.who {
            for chip in &mut chips {
                chip.chosen = false;
            }
            chips.push(Chip {
                words: people.name(who).unwrap_or(unknown).to_owned(),
                count: rows
                    .iter()
                    .filter(|row| fits(row, &filter) && owned(row))
                    .count(),
                filter: filter.clone(),
                chosen: true,
            });
        }
        let any = !rows.is_empty();
        let tallies = tallies(view, &rows);
        let mut kept: Vec<_> = rows
            .into_iter()
            .filter(|row| fits(row, &filter) && owned(row))
            .collect();
        let dense = kept.len() > DENSE;
        startklar::order::sort_by_key(&mut kept, order(view, settled));
        let mut list = Self {
            chips,
            any,
            dense,
            ..Self::default()
        };
        for discipline in ORDER {
            let (rows, rest) = kept.into_iter().partition(|r| r.discipline == discipline);
            kept = rest;
            list.push(Group {
                discipline,
                tally: tallies[discipline.pos()],
                rows,
            });
        }
        list
    }

    fn push(&mut self, group: Group) {
        if group.rows.is_empty() {
            return;
        }
        let at = self.groups.len();
        for (place, row) in group.rows.iter().enumerate() {
            self.places.insert(row.id.clone(), (at, place));
        }
        self.groups.push(group);
    }

    pub(super) fn row(&self, id: &ItemId) -> Option<&ItemRow> {
        let (group, place) = self.places.get(id)?;
        self.groups.get(*group)?.rows.get(*place)
    }

    pub(super) fn group(&self, discipline: Discipline) -> Option<&Group> {
        self.groups.iter().find(|g| g.discipline == discipline)
    }
}

/// Open ones by what must start first, then the closed ones.
fn order(
    view: &View,
    settled: &[ItemIx],
) -> impl Fn(&ItemRow) -> (bool, std::cmp::Reverse<u16>, String) {
    |row| {
        let lead = view.launch.items.get(&row.id).map_or(0, |i| i.lead_days);
        let ix = view.launch.items.find(&row.id);
        (
            // In the order of the table, so that it can be searched.
            ix.is_some_and(|ix| settled.binary_search(&ix).is_ok()),
            std::cmp::Reverse(lead),
            lower(&row.title),
        )
    }
}

/// Whether a row is one that the filter asks for.
fn fits(row: &ItemRow, filter: &Filter) -> bool {
    let title = lower(&row.title);
    (filter.disciplines.is_empty() || filter.disciplines.contains(&row.discipline))
        && (!filter.mine || row.mine)
        && (!filter.open || holds_up(row))
        && (!filter.late || row.late)
        && (!filter.waived || row.state == ItemState::Waived)
        && lower(&filter.words)
            .split_whitespace()
            .all(|word| title.contains(word))
}

/// Exactly what the sentence counts: the launch waits for it, and it must move by itself.
fn holds_up(row: &ItemRow) -> bool {
    row.required && !row.shut && row.state != ItemState::NeedsOpen
}

fn tallies(view: &View, rows: &[ItemRow]) -> [Tally; Discipline::ALL.len()] {
    let mut tallies = [Tally::default(); Discipline::ALL.len()];
    for row in rows {
        let tally = &mut tallies[row.discipline.pos()];
        if row.required {
            tally.all += 1;
            tally.closed += usize::from(row.shut);
            tally.waived += usize::from(row.state == ItemState::Waived);
            tally.late += usize::from(row.late);
        } else {
            tally.aside += 1;
        }
    }
    for finding in view.assessment.by_rule(Rule::NobodyLeads) {
        tallies[finding.discipline.pos()].nobody_leads = true;
    }
    tallies
}

fn chips(rows: &[ItemRow], filter: &Filter, reader: &Reader<'_>) -> Vec<Chip> {
    let t = reader.locale.catalogue();
    let whose = |mine: bool, disciplines: Vec<Discipline>| Filter {
        mine,
        disciplines,
        words: filter.words.clone(),
        ..*filter
    };
    let there = |d: &Discipline| rows.iter().any(|row| row.discipline == *d);
    let technical: Vec<_> = ORDER
        .into_iter()
        .filter(|d| d.lane() == startklar::Lane::Technical)
        .collect();
    let mut choices = vec![(t.pages.checklists.all.to_owned(), whose(false, Vec::new()))];
    if reader.actor.id().is_some() {
        choices.push((t.pages.checklists.mine.to_owned(), whose(true, Vec::new())));
    }
    let both = vec![Discipline::Sales, Discipline::Marketing];
    choices.push((
        t.pages.checklists.sales_and_marketing.to_owned(),
        whose(false, both),
    ));
    for discipline in ORDER
        .into_iter()
        .filter(|d| !technical.contains(d))
        .filter(there)
    {
        choices.push((
            t.discipline(discipline).to_owned(),
            whose(false, vec![discipline]),
        ));
    }
    choices.push((t.technical.to_owned(), whose(false, technical)));
    if !choices.iter().any(|(_, choice)| same(choice, filter)) {
        let names: Vec<_> = filter
            .disciplines
            .iter()
            .map(|d| t.discipline(*d))
            .collect();
        choices.push((
            reader.locale.list(&names),
            whose(filter.mine, filter.disciplines.clone()),
        ));
    }
    choices
        .into_iter()
        .map(|(words, choice)| Chip {
            words,
            count: rows.iter().filter(|row| fits(row, &choice)).count(),
            chosen: same(&choice, filter),
            filter: choice,
        })
        .collect()
}

/// Whether two filters show the items of the same people.
fn same(a: &Filter, b: &Filter) -> bool {
    let sorted = |f: &Filter| {
        let mut disciplines = f.disciplines.clone();
        disciplines.sort_unstable();
        disciplines
    };
    a.mine == b.mine && sorted(a) == sorted(b)
}

#[cfg(test)]
mod tests;
