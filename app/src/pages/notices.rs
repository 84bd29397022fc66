//! Change notices: what changes for customers, told to those who speak with them, and who has read it.

mod forms;

use leptos::prelude::*;
use startklar::{
    Launch, PersonId,
    model::{Issued, Notice},
    texts::{Catalogue, NoticeTexts, count, day_seen, fill},
    time::Instant,
};

use crate::{
    address,
    boot::Boot,
    desk::Desk,
    parts::{bits, dates::day_clock, state::PersonName},
};

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    let Some(room) = &boot.room else {
        return String::new();
    };
    let page = Page {
        desk,
        launch: &room.launch,
        now: boot.now,
    };
    page.view().to_html()
}

/// What all parts of the page look at.
#[derive(Clone, Copy)]
struct Page<'a> {
    desk: Desk,
    launch: &'a Launch,
    now: Instant,
}

impl Page<'_> {
    fn texts(&self) -> &'static Catalogue {
        self.desk.texts()
    }

    fn words(&self) -> &'static NoticeTexts {
        &self.texts().notices
    }

    fn when(&self, at: Instant) -> String {
        day_clock(self.desk.locale, self.launch, self.launch.day(self.now), at)
    }

    fn view(&self) -> AnyView {
        let t = self.words();
        let all = self.launch.notices.iter().rev();
        let holds = |issued: &&Issued| self.launch.replaced(&issued.notice.id).is_none();
        let (current, earlier): (Vec<_>, Vec<_>) = all.partition(holds);
        let head = if current.is_empty() {
            t.none.to_owned()
        } else {
            count(&t.current, current.len())
        };
        let current = current.into_iter().map(|one| self.notice(one, true));
        let earlier = (!earlier.is_empty()).then(|| {
            let all = earlier.into_iter().map(|one| self.notice(one, false));
            view! {
                <section class="section" aria-labelledby="earlier">
                    <div class="head">
                        <h2 id="earlier">{t.earlier}</h2>
                    </div>
                    {all.collect_view()}
                </section>
            }
        });
        view! {
            <h1 class="sentence sentence--line">
                <span>{self.texts().ui.notices}": "{head}</span>
            </h1>
            <p class="quiet">{t.hint}</p>
            {forms::issue(self)}
            {current.collect_view()}
            {earlier}
        }
        .into_any()
    }

    /// One that holds has a heading of the page's own sections; those replaced stand below one.
    fn notice(&self, issued: &Issued, holds: bool) -> impl IntoView + use<> {
        let notice = &issued.notice;
        let anchor = format!("notice-{}", notice.id);
        let text = bits::show(bits::written(notice.text.as_str()));
        let other = self.launch.replaced(&notice.id);
        let (title, name) = (notice.title.to_string(), format!("{anchor}-title"));
        let heading = if holds {
            view! {
                <div class="head">
                    <h2 id=name>{title}</h2>
                </div>
            }
            .into_any()
        } else {
            view! { <h3 id=name>{title}</h3> }.into_any()
        };
        let foot = match other {
            Some(other) => self.leads_to(self.words().replaced_by, &other.notice),
            None => forms::of(self, issued),
        };
        view! {
            <article class="section" id=anchor.clone() aria-labelledby=format!("{anchor}-title")>
                {heading}
                <p class="said">{text}</p>
                <p class="small quiet">{self.terms(issued)}</p>
                {self.origin(notice)}
                {self.readers(issued)}
                {foot}
            </article>
        }
    }

    /// Who issued it to whom, and until when it is to be read.
    fn terms(&self, issued: &Issued) -> String {
        let (t, notice) = (self.words(), &issued.notice);
        let locale = self.desk.locale;
        let people = self.desk.people();
        let unknown = self.texts().common.somebody_unknown;
        let who = people.name(issued.by.by).unwrap_or(unknown);
        let to = self.texts().in_line(&notice.disciplines, locale);
        let by = fill(
            t.issued_by,
            &[("who", &who), ("when", &self.when(issued.by.at))],
        );
        let due = notice.due.map(|due| {
            let day = day_seen(locale, self.launch.day(self.now), due);
            fill(t.due_by, &[("day", &day)])
        });
        let blocks = notice.blocking.then(|| t.blocking.to_owned());
        let to = Some(fill(t.to, &[("disciplines", &to)]));
        let parts = [Some(by), to, due, blocks];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The notice in whose place it stands.
    fn origin(&self, notice: &Notice) -> Option<AnyView> {
        let ix = self.launch.find_notice(notice.replaces.as_ref()?)?;
        let old = self.launch.notice_at(ix)?;
        Some(self.leads_to(self.words().in_place_of, &old.notice))
    }

    fn leads_to(&self, template: &'static str, notice: &Notice) -> AnyView {
        let href = self.desk.href(&address::notice(&notice.id));
        let link = bits::Bit::link(notice.title.as_str(), href.as_str());
        let words = bits::show(bits::weave(template, &[("title", vec![link])]));
        view! { <p>{words}</p> }.into_any()
    }

    /// Everybody who was to read it or did, with when they did.
    fn readers(&self, issued: &Issued) -> impl IntoView + use<> {
        let t = self.words();
        let mut asked: Vec<PersonId> = Vec::new();
        let mut empty = Vec::new();
        for discipline in &issued.notice.disciplines {
            let before = asked.len();
            let mut any = false;
            for person in self.launch.people_of(*discipline) {
                any = true;
                if !asked[..before].contains(&person) {
                    asked.push(person);
                }
            }
            if !any {
                empty.push(*discipline);
            }
        }
        let know = asked.iter().filter(|id| issued.is_known_to(**id)).count();
        let reads = fill(t.reads, &[("n", &know), ("all", &asked.len())]);
        // Who works for none of them any more has read it all the same.
        let left = issued.reads.iter().map(|stamp| stamp.by);
        let left: Vec<_> = left.filter(|id| !asked.contains(id)).collect();
        let rows = asked.into_iter().chain(left);
        let rows = rows
            .map(|person| self.reader(issued, person))
            .collect_view();
        let nobody = (!empty.is_empty()).then(|| {
            let of = self.texts().in_line(&empty, self.desk.locale);
            let words = fill(t.nobody_there, &[("disciplines", &of)]);
            view! { <p>{words}</p> }
        });
        view! {
            <p>{reads}</p>
            {nobody}
            <details>
                <summary>{t.readers}</summary>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{t.person}</th>
                            <th scope="col">{t.when}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    }

    fn reader(&self, issued: &Issued, person: PersonId) -> impl IntoView + use<> {
        let t = self.words();
        let when = match issued.read_by(person) {
            Some(stamp) => self.when(stamp.at),
            None if issued.by.by == person => t.wrote.to_owned(),
            None => t.not_yet.to_owned(),
        };
        view! {
            <tr>
                <td>
                    <PersonName id=Some(person) />
                </td>
                <td>{when}</td>
            </tr>
        }
    }
}
