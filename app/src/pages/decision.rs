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
    Assessment, Discipline, Launch, People, PersonId, Policy, assess,
    minutes::Minutes,
    model::Call,
    texts::{Catalogue, MinutesWords, fill},
    time::Instant,
};

use crate::{
    boot::Boot,
    decision::Room,
    desk::Desk,
    parts::{sentence, symbols::Symbol},
};

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    let Some(room) = &boot.room else {
        return String::new();
    };
    let people = desk.people();
    let page = Page {
        desk,
        people: &people,
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
    people: &'a People,
    room: &'a Room,
    launch: &'a Launch,
    assessment: &'a Assessment,
    now: Instant,
}

impl<'a> Page<'a> {
    fn texts(&self) -> &'static Catalogue {
        self.desk.texts()
    }

    /// What the minutes are put into words with.
    fn words(&self) -> MinutesWords<'a> {
        MinutesWords {
            locale: self.desk.locale,
            launch: self.launch,
            people: self.people,
            now: self.now,
            years: false,
        }
    }

    fn name(&self, id: PersonId) -> String {
        self.words().name(id)
    }

    fn when(&self, at: Instant) -> String {
        self.words().when(at)
    }

    /// The minutes of a poll, counted from 1.
    fn minutes(&self, number: usize) -> Option<Minutes<'a>> {
        Minutes::of(self.launch, self.assessment, number)
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
        let latest = self.minutes(self.launch.polls.len());
        let latest = latest.as_ref();
        let body = match latest {
            None => forms::first(self).into_any(),
            Some(minutes) => view! {
                <div class="room-cols">
                    {votes::section(self, minutes)} {ruling::section(self, minutes)}
                </div>
            }
            .into_any(),
        };
        view! {
            {self.head(latest)}
            {body}
            {latest.map(|minutes| view! {
                <div class="room-cols">
                    {criteria::view(self, minutes)} {promises::view(self, minutes)}
                </div>
            })}
            {earlier::view(self)}
            <p class="print-only small quiet" data-volatile="">
                {self.words().printed()}
            </p>
        }
        .into_any()
    }

    /// The sentence, and which poll this is.
    fn head(&self, latest: Option<&Minutes<'_>>) -> impl IntoView + use<> {
        let base = self.desk.href("");
        let stanza = self.assessment.sentence(self.launch);
        let lines = stanza.stanza(self.desk.locale).into_iter().map(|line| {
            let piece = |span| sentence::show(sentence::piece(&base, span));
            view! { <span>{line.into_iter().map(piece).collect::<Vec<_>>()}" "</span> }
        });
        let lines = lines.collect_view();
        let session = match latest {
            None => self.texts().poll.none.into_any(),
            Some(minutes) => {
                let session = self.words().session(minutes.poll, minutes.number);
                view! { {session} " " {self.pdf(minutes.number)} }.into_any()
            }
        };
        view! {
            <header class="room-head">
                <h1 class="sentence">{lines}</h1>
                <p class="quiet">{session}</p>
            </header>
        }
    }

    /// The minutes of a poll to print.
    fn pdf(&self, number: usize) -> impl IntoView + use<> {
        let href = self.desk.href(&format!("/decision/{number}/minutes.pdf"));
        let words = fill(self.texts().poll.as_pdf, &[("n", &number)]);
        view! {
            <a class="no-print" href=href>
                {words}
            </a>
        }
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
