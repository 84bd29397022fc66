//! The minutes of a poll, as the blocks of a page: what was decided first, then what it rested on.

use startklar::{
    Launch,
    minutes::{Criterion, Minutes, Promise, Voice, Waived},
    model::{Call, Vote},
    texts::{Catalogue, MinutesWords, fill},
};

use super::block::{Block, Cell, Role, Table, Tone, Words, written};
use crate::texts;

/// What the page of the minutes is made from.
pub(crate) struct Sheet<'a> {
    /// The minutes.
    pub(crate) minutes: &'a Minutes<'a>,
    /// The launch as it stood when the poll was opened.
    pub(crate) then: &'a Launch,
    /// The words.
    pub(crate) words: MinutesWords<'a>,
    /// The journal's line on which the minutes end, as `verify` expects it.
    pub(crate) link: &'a str,
}

impl Sheet<'_> {
    fn texts(&self) -> &'static Catalogue {
        self.words.locale.catalogue()
    }

    fn own(&self) -> &'static texts::Print {
        &texts::of(self.words.locale).print
    }

    /// What the page is called.
    pub(crate) fn title(&self) -> String {
        let title = self.words.launch.title();
        let gaps: [(&str, &dyn std::fmt::Display); 2] =
            [("launch", &title), ("n", &self.minutes.number)];
        fill(self.own().title, &gaps)
    }

    /// What stands on it.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let mut page = vec![text(Role::Title, Words::bold(self.title(), Tone::Quiet))];
        page.extend(decision(self));
        page.push(stands(self));
        page.push(sums(self));
        page.extend(votes(self));
        page.push(Block::Beside([criteria(self), promises(self)]));
        page.extend(earlier(self));
        if self.minutes.poll.ruling.is_some() {
            page.push(Block::Sign(self.own().sign));
        }
        page.push(text(Role::Small, Words::quiet(self.words.printed())));
        let link = fill(self.own().link, &[("link", &self.link)]);
        page.push(text(Role::Small, Words::quiet(link)));
        page
    }
}

fn text(role: Role, words: Words) -> Block {
    Block::Paragraph(role, words)
}

fn tone(call: Call) -> Tone {
    match call {
        Call::Go => Tone::Good,
        Call::GoWithConditions => Tone::Risk,
        Call::NoGo => Tone::Bad,
    }
}

/// What was decided by whom, and why.
fn decision(sheet: &Sheet<'_>) -> Vec<Block> {
    let minutes = sheet.minutes;
    let session = sheet.words.session(minutes.poll, minutes.number);
    let Some(ruling) = &minutes.poll.ruling else {
        let open = Words::bold(sheet.own().undecided, Tone::Ink);
        return vec![
            text(Role::Call, open),
            text(Role::Body, Words::quiet(session)),
        ];
    };
    let decided = sheet.words.decided(ruling, minutes.polled.outcome());
    let mut blocks = vec![
        text(Role::Call, Words::bold(decided, tone(ruling.call))),
        text(Role::Body, Words::quiet(session)),
    ];
    if let Some(reason) = &ruling.reason {
        let who = sheet.words.name(ruling.by.by);
        let quoted = fill(sheet.own().quoted, &[("who", &who), ("reason", reason)]);
        let lines = written(&quoted).into_iter();
        blocks.extend(lines.map(|line| text(Role::Body, line)));
    }
    blocks
}

/// The launch in a sentence.
fn stands(sheet: &Sheet<'_>) -> Block {
    let sentence = sheet.minutes.assessment.sentence(sheet.words.launch);
    text(Role::Body, Words::plain(sentence.text(sheet.words.locale)))
}

/// The votes added up, what they come to, and what the engine says.
fn sums(sheet: &Sheet<'_>) -> Block {
    let (t, minutes) = (&sheet.texts().poll, sheet.minutes);
    let comes_to = match minutes.polled.outcome() {
        Some(call) => sheet.texts().call(call),
        None => t.nothing_yet,
    };
    let sums = [
        (t.poll, sheet.words.tally(minutes.poll, &minutes.polled)),
        (t.comes_to, comes_to.to_owned()),
        (t.verdict, sheet.words.engine(minutes)),
    ];
    let moment = sheet.words.launch.schedule.as_ref().map(|schedule| {
        let at = sheet.words.when(schedule.moment);
        (sheet.own().moment, format!("{at} ({})", schedule.zone.name))
    });
    let mut words = Words::default();
    for (n, (name, value)) in moment.into_iter().chain(sums).enumerate() {
        let gap = if n == 0 { "" } else { "   " };
        words = words.and(format!("{gap}{name}: "), Tone::Quiet, false);
        words = words.and(value, Tone::Ink, false);
    }
    text(Role::Body, words)
}

fn votes(sheet: &Sheet<'_>) -> [Block; 2] {
    let t = &sheet.texts().poll;
    let rows = sheet.minutes.voices();
    let rows = rows.iter().map(|voice| said(sheet, voice)).collect();
    let columns = vec![
        (sheet.texts().pages.fields.discipline, 1.2),
        (t.speaks, 1.4),
        (t.says, 1.3),
        (t.words, 3.4),
        (t.at, 1.9),
    ];
    let named = true;
    let table = Table {
        columns,
        rows,
        named,
    };
    [head(t.votes), Block::Table(table)]
}

fn head(words: &str) -> Block {
    text(Role::Head, Words::bold(words, Tone::Ink))
}

fn said(sheet: &Sheet<'_>, voice: &Voice<'_>) -> Vec<Cell> {
    let t = &sheet.texts().poll;
    let speaks = match voice.speaks {
        Some(id) => Words::plain(sheet.words.name(id)),
        None => nobody(sheet),
    };
    let says = match voice.vote.map(|vote| vote.ballot.call) {
        Some(call) => Words::bold(sheet.texts().call(call), tone(call)),
        None if voice.is_void() => Words::quiet(t.void),
        None => Words::quiet(t.not_spoken),
    };
    let mut words = voice
        .vote
        .map_or_else(Vec::new, |vote| reasons(sheet, vote));
    let before = voice.before.iter().map(|one| sheet.words.before(*one));
    words.extend(before.map(Words::quiet));
    let at = voice
        .vote
        .map_or("–".to_owned(), |vote| sheet.words.when(vote.by.at));
    vec![
        vec![Words::bold(
            sheet.texts().discipline(voice.discipline),
            Tone::Ink,
        )],
        vec![speaks],
        vec![says],
        words,
        vec![Words::plain(at)],
    ]
}

fn nobody(sheet: &Sheet<'_>) -> Words {
    Words::default().and(sheet.texts().common.nobody_named, Tone::Bad, false)
}

/// The reason of a vote, and the conditions that it depends on.
fn reasons(sheet: &Sheet<'_>, vote: &Vote) -> Vec<Words> {
    let reason = vote.ballot.reason.iter();
    let reason = reason.flat_map(|reason| written(reason.as_str()));
    let conditions = vote.ballot.conditions.iter();
    let conditions = conditions.map(|one| Words::plain(sheet.words.condition(one)));
    reason.chain(conditions).collect()
}

fn criteria(sheet: &Sheet<'_>) -> Vec<Block> {
    let t = &sheet.texts().poll;
    let now = match sheet.minutes.poll.ruling {
        Some(_) => sheet.own().when_decided,
        None => t.now,
    };
    let row = |one: Criterion| {
        let name = one.of.map_or(t.all, |of| sheet.texts().discipline(of));
        let name = Words::bold(name, Tone::Ink);
        let number = |n: usize| vec![Words::plain(n.to_string())];
        vec![vec![name], number(one.then), number(one.now)]
    };
    let rows = sheet
        .minutes
        .criteria(sheet.then)
        .into_iter()
        .map(row)
        .collect();
    let discipline = sheet.texts().pages.fields.discipline;
    let columns = vec![(discipline, 2.2), (t.then, 1.0), (now, 1.0)];
    let named = true;
    let table = Table {
        columns,
        rows,
        named,
    };
    let caption = text(Role::Body, Words::quiet(t.criteria_caption));
    vec![head(t.criteria), caption, Block::Table(table)]
}

/// What a go rests on that is not done: the conditions, and the waivers that stand.
fn promises(sheet: &Sheet<'_>) -> Vec<Block> {
    let t = &sheet.texts().poll;
    let mut blocks = Vec::new();
    let promises = sheet.minutes.promises();
    if !promises.is_empty() {
        let rows = promises.iter().map(|one| promise(sheet, one)).collect();
        let columns = vec![
            (t.no_later, 1.5),
            (t.condition, 2.4),
            (t.owes, 1.3),
            (t.set_by, 1.2),
        ];
        let named = false;
        let table = Table {
            columns,
            rows,
            named,
        };
        let binds = text(Role::Body, Words::quiet(t.binds));
        blocks.extend([head(t.conditions), Block::Table(table), binds]);
    }
    let waived = sheet.minutes.waived();
    blocks.push(head(t.waivers));
    if waived.is_empty() {
        blocks.push(text(Role::Body, Words::quiet(t.no_waiver)));
        return blocks;
    }
    let rows = waived.iter().map(|one| waiver(sheet, one)).collect();
    let columns = vec![(t.ends, 1.5), (t.item_reason, 3.2), (t.approved, 1.6)];
    let named = false;
    blocks.push(Block::Table(Table {
        columns,
        rows,
        named,
    }));
    blocks
}

fn promise(sheet: &Sheet<'_>, promise: &Promise<'_>) -> Vec<Cell> {
    let owner = match promise.owner {
        Some(id) => Words::plain(sheet.words.name(id)),
        None => nobody(sheet),
    };
    vec![
        vec![day(sheet, promise.due)],
        vec![Words::plain(promise.text)],
        vec![owner],
        vec![Words::plain(sheet.texts().discipline(promise.set_by))],
    ]
}

fn waiver(sheet: &Sheet<'_>, waived: &Waived<'_>) -> Vec<Cell> {
    let locale = sheet.words.locale;
    let why = waived.reason.map(startklar::text::Text::as_str);
    let why = why.map(|why| startklar::texts::said(why, sheet.words.people, locale));
    let granted = waived.granted.map(|id| sheet.words.name(id));
    let mut item = vec![Words::plain(waived.item.title.as_str())];
    item.extend(why.iter().flat_map(|why| why.lines()).map(Words::quiet));
    vec![
        vec![day(sheet, waived.until)],
        item,
        granted.into_iter().map(Words::plain).collect(),
    ]
}

fn day(sheet: &Sheet<'_>, day: Option<chrono::NaiveDate>) -> Words {
    let said = day.map(|day| sheet.words.day(day));
    Words::plain(said.unwrap_or_default())
}

/// The polls before this one, the last one first, each in a paragraph.
fn earlier(sheet: &Sheet<'_>) -> Vec<Block> {
    let minutes = sheet.minutes;
    let numbers = (1..minutes.number).rev();
    let before = numbers.filter_map(|n| Minutes::of(minutes.launch, minutes.assessment, n));
    let mut blocks: Vec<Block> = before
        .map(|before| text(Role::Body, in_short(sheet, &before)))
        .collect();
    if !blocks.is_empty() {
        blocks.insert(0, head(sheet.texts().poll.earlier));
    }
    blocks
}

fn in_short(sheet: &Sheet<'_>, minutes: &Minutes<'_>) -> Words {
    let session = sheet.words.session(minutes.poll, minutes.number);
    let tally = sheet.words.tally(minutes.poll, &minutes.polled);
    let mut words = Words::default();
    if let Some(ruling) = &minutes.poll.ruling {
        let decided = sheet.words.decided(ruling, minutes.polled.outcome());
        words = words.and(format!("{decided} "), tone(ruling.call), true);
    }
    words = words.and(format!("({tally}) "), Tone::Ink, false);
    let reason = minutes.poll.ruling.as_ref().and_then(|r| r.reason.as_ref());
    if let Some(reason) = reason {
        words = words.and(format!("{reason} "), Tone::Ink, false);
    }
    words.and(session, Tone::Quiet, false)
}
