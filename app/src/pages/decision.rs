//! Go or no-go: what each discipline says, on what was missing when it was asked, and what somebody
//! decided. Printed, it is the minutes.

mod criteria;
mod earlier;
mod forms;
mod promises;
mod ruling;
mod votes;

use leptos::prelude::*;
use startklar::{
    Assessment, Discipline, Launch, PersonId, Policy, assess,
    engine::Polled,
    model::{Call, Poll},
    texts::{Catalogue, fill},
    time::Instant,
};

use crate::{
    boot::Boot,
    decision::Room,
    desk::Desk,
    parts::{
        dates::{day_clock, number},
        sentence,
        symbols::Symbol,
    },
};

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    let Some(room) = &boot.room else {
        return String::new();
    };
    let page = Page {
        desk,
        room,
        launch: &room.launch,
        assessment: &assess(&room.launch, &Policy::default(), boot.now),
        now: boot.now,
    };
    page.view().to_html()
}

/// What all parts of the page look at.
#[derive(Clone, Copy)]
struct Page<'a> {
    desk: Desk,
    room: &'a Room,
    launch: &'a Launch,
    assessment: &'a Assessment,
    now: Instant,
}

impl<'a> Page<'a> {
    fn texts(&self) -> &'static Catalogue {
        self.desk.texts()
    }

    fn name(&self, id: PersonId) -> String {
        let people = self.desk.people();
        let name = people.name(id);
        name.unwrap_or(self.texts().common.somebody_unknown)
            .to_owned()
    }

    fn when(&self, at: Instant) -> String {
        day_clock(self.desk.locale, self.launch, self.launch.day(self.now), at)
    }

    fn polled(&self, poll: &'a Poll) -> Polled<'a> {
        Polled::of(self.launch, poll, self.now)
    }

    /// Disciplines in a line.
    fn disciplines(&self, of: &[Discipline]) -> String {
        let names: Vec<&str> = of
            .iter()
            .map(|d| self.texts().discipline_in_line(*d))
            .collect();
        self.desk.locale.list(&names)
    }

    /// Those of them that nobody leads.
    fn unled(&self, of: &[Discipline]) -> Vec<Discipline> {
        let led = |d: &Discipline| self.launch.leads.contains_key(d);
        of.iter().copied().filter(|d| !led(d)).collect()
    }

    fn view(&self) -> AnyView {
        let latest = self.launch.polls.last();
        let body = match latest {
            None => forms::first(self).into_any(),
            Some(poll) => view! {
                <div class="room-cols">{votes::section(self, poll)} {ruling::section(self, poll)}</div>
            }
            .into_any(),
        };
        view! {
            {self.head(latest)}
            {body}
            {latest.map(|poll| view! {
                <div class="room-cols">{criteria::view(self, poll)} {promises::view(self, poll)}</div>
            })}
            {earlier::view(self)}
            {self.printed()}
        }
        .into_any()
    }

    /// The sentence, and which poll this is.
    fn head(&self, latest: Option<&Poll>) -> impl IntoView + use<> {
        let base = self.desk.href("");
        let stanza = self.assessment.sentence(self.launch);
        let lines = stanza.stanza(self.desk.locale).into_iter().map(|line| {
            let piece = |span| sentence::show(sentence::piece(&base, span));
            view! { <span>{line.into_iter().map(piece).collect::<Vec<_>>()}" "</span> }
        });
        let lines = lines.collect_view();
        let session = latest.map_or_else(
            || self.texts().poll.none.to_owned(),
            |poll| self.session(poll, self.launch.polls.len()),
        );
        view! {
            <header class="room-head">
                <h1 class="sentence">{lines}</h1>
                <p class="quiet">{session}</p>
            </header>
        }
    }

    /// Which poll it is, and who opened and decided it when, on which line of the journal.
    fn session(&self, poll: &Poll, n: usize) -> String {
        let t = &self.texts().poll;
        let told = |template: &str, by: startklar::model::Stamp, revision| {
            let gaps: [(&str, &dyn std::fmt::Display); 4] = [
                ("n", &n),
                ("who", &self.name(by.by)),
                ("when", &self.when(by.at)),
                ("rev", &number(self.desk.locale, revision)),
            ];
            fill(template, &gaps)
        };
        let opened = told(t.session, poll.opened, poll.revision);
        match &poll.ruling {
            None => opened,
            Some(ruling) => {
                let decided = told(t.decided_by, ruling.by, ruling.revision);
                format!("{opened} {decided}")
            }
        }
    }

    fn printed(&self) -> impl IntoView + use<> {
        let gaps: [(&str, &dyn std::fmt::Display); 3] = [
            ("title", &self.launch.title()),
            ("n", &number(self.desk.locale, self.launch.revision)),
            ("when", &self.when(self.now)),
        ];
        view! { <p class="print-only small quiet">{fill(self.texts().poll.printed, &gaps)}</p> }
    }
}

/// A call as shape and words.
fn shown(call: Call, words: String) -> AnyView {
    let (symbol, class) = look(call);
    view! {
        <span class=class>
            <Symbol name=symbol />
            {words}
        </span>
    }
    .into_any()
}

/// The symbol and the class of a call.
const fn look(call: Call) -> (&'static str, &'static str) {
    match call {
        Call::Go => ("v-go", "state state--good"),
        Call::GoWithConditions => ("v-cond", "state state--risk"),
        Call::NoGo => ("v-nogo", "state state--late"),
    }
}

/// A part of the page: its head, what stands beside it, its body.
fn part(id: &'static str, head: &'static str, beside: String, body: AnyView) -> impl IntoView {
    view! {
        <section aria-labelledby=id>
            <div class="head">
                <h2 id=id>{head}</h2>
                <p class="quiet">{beside}</p>
            </div>
            {body}
        </section>
    }
}

/// The heads of a table.
fn heads<const N: usize>(heads: [&'static str; N]) -> impl IntoView {
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <thead>
            <tr>{heads.into_iter().collect_view()}</tr>
        </thead>
    }
}
