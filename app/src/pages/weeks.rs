//! The story of a launch: what was said at the end of each of its weeks, to be clicked through.

use leptos::prelude::*;
use startklar::{
    Locale,
    texts::{Catalogue, day_year, fill, turn_text},
    weeks::{Standing, turn},
};

use crate::{
    boot::{Boot, Piece},
    charts::{
        self,
        weeks::{Column, svg},
    },
    desk::Desk,
    parts::{dates::capital, sentence, state::course_look, symbols::Symbol},
    weeks::Told,
};

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot, week: Option<u16>) -> String {
    let all = &boot.weeks;
    let asked = week.and_then(|n| all.iter().position(|told| told.week.number == n));
    let last = all.len().checked_sub(1);
    match asked.or(last) {
        Some(at) => Story { desk, all, at }.view().to_html(),
        None => nothing(desk, boot.locale).to_html(),
    }
}

/// A launch whose first week is still to come.
fn nothing(desk: Desk, locale: Locale) -> impl IntoView {
    let view = desk.view_untracked();
    let start = view.launch.schedule.as_ref().map(|s| s.start);
    let day = start.map_or(String::new(), |day| day_year(locale, day));
    let text = fill(desk.texts().weeks.not_begun, &[("day", &day)]);
    view! { <h1 class="sentence sentence--line">{text}</h1> }
}

/// All weeks, and the one that the page is about.
struct Story<'a> {
    desk: Desk,
    all: &'a [Told],
    at: usize,
}

impl Story<'_> {
    fn shown(&self) -> &Told {
        &self.all[self.at]
    }

    fn view(&self) -> AnyView {
        let t = &self.desk.texts().weeks;
        let told = self.shown();
        let said = if told.week.over { t.said } else { t.says };
        let said = fill(said, &[("n", &told.week.number), ("day", &told.day)]);
        let before = self.at.checked_sub(1).and_then(|n| self.all.get(n));
        let turned = turn(before.map(|b| &b.standing), &told.standing);
        let cockpit = if told.week.over {
            t.cockpit_then
        } else {
            t.cockpit_now
        };
        let first = (!told.first.is_empty())
            .then(|| view! { <p class="today" inner_html=told.first.clone()></p> });
        view! {
            {self.weeks()}
            <p class="said quiet">{said}</p>
            <h1 class="sentence">{told.sentence.iter().map(|l| line(l)).collect_view()}</h1>
            <p class="turned">{turn_text(self.desk.locale, turned)}</p>
            <dl class="facts" inner_html=told.facts.clone()></dl>
            <div class="section">
                {first}
                <p>
                    <a class="button" href=told.cockpit.clone()>
                        {cockpit}
                    </a>
                </p>
            </div>
            {self.chart()}
            {self.table()}
            <p class="small quiet how">{t.how}</p>
        }
        .into_any()
    }

    fn href(&self, told: &Told) -> String {
        self.desk.href(&format!("/weeks?week={}", told.week.number))
    }

    /// The week before, all of them, the week after.
    fn weeks(&self) -> impl IntoView + use<> {
        let t = &self.desk.texts().weeks;
        let step = |at: Option<usize>, rel: &'static str, words: &'static str| {
            let told = at.and_then(|at| self.all.get(at))?;
            let words = fill(words, &[("n", &told.week.number)]);
            let words = if rel == "prev" {
                format!("← {words}")
            } else {
                format!("{words} →")
            };
            let href = self.href(told);
            Some(view! {
                <a class="button" rel=rel href=href>
                    {words}
                </a>
            })
        };
        let chips = self.all.iter().enumerate().map(|(n, told)| {
            let number = told.week.number;
            let label = fill(t.week_of, &[("n", &number), ("day", &told.day)]);
            let here = (n == self.at).then_some("page");
            view! {
                <li>
                    <a href=self.href(told) aria-label=label aria-current=here>
                        {number}
                    </a>
                </li>
            }
        });
        let chips = chips.collect_view();
        view! {
            <nav class="weeks steps" aria-label=t.title>
                {step(self.at.checked_sub(1), "prev", t.previous)} <span class="quiet">{t.weeks}</span>
                <ul class="chips">{chips}</ul> {step(Some(self.at + 1), "next", t.next)}
            </nav>
        }
    }

    fn chart(&self) -> impl IntoView + use<> {
        let t = &self.desk.texts().weeks;
        let columns = self.all.iter().enumerate().map(|(n, told)| Column {
            number: told.week.number,
            chances: told.standing.chances,
            blockers: told.standing.blockers,
            chosen: n == self.at,
        });
        let columns: Vec<_> = columns.collect();
        let key = charts::key(&[
            (
                r#"<line class="w-both" x2="20" y1="7" y2="7"/>"#,
                t.key_both,
            ),
            (
                r#"<line class="w-stories" x2="20" y1="7" y2="7"/>"#,
                t.key_stories,
            ),
            (
                r#"<line class="w-items" x2="20" y1="7" y2="7"/>"#,
                t.key_items,
            ),
            (
                r#"<rect class="g-done" width="20" height="14"/>"#,
                t.key_technical,
            ),
            (
                r#"<rect class="w-others" width="20" height="14"/>"#,
                t.key_others,
            ),
        ]);
        view! {
            <section class="section" aria-labelledby="chart">
                <div class="head">
                    <h2 id="chart">{t.chart}</h2>
                </div>
                <div inner_html=svg(&columns, self.desk.locale)></div>
                <ul class="key" inner_html=key></ul>
            </section>
        }
    }

    fn table(&self) -> impl IntoView + use<> {
        let t = &self.desk.texts().weeks;
        let heads = heads(self.desk.texts()).map(|head| {
            view! {
                <th scope="col" class="num">
                    {head}
                </th>
            }
        });
        let rows = self.all.iter().map(|told| self.row(told)).collect_view();
        view! {
            <table class="list section by-week">
                <caption class="away">{t.chart}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.week}</th>
                        <th scope="col">{t.until}</th>
                        <th scope="col">{t.course}</th>
                        {heads.into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    }

    fn row(&self, told: &Told) -> impl IntoView + use<> {
        let t = &self.desk.texts().weeks;
        let standing = &told.standing;
        let (symbol, class) = course_look(standing.course);
        let course = capital(self.desk.texts().course(standing.course));
        let shares = shares(standing).map(|share| match share {
            Some(n) => fill(t.percent, &[("n", &n)]),
            None => "–".to_owned(),
        });
        let numbers = shares
            .into_iter()
            .chain(standing.blockers.map(|n| n.to_string()))
            .zip(heads(self.desk.texts()))
            .map(|(text, head)| {
                view! {
                    <td class="num" data-label=head>
                        {text}
                    </td>
                }
            })
            .collect_view();
        view! {
            <tr>
                <th scope="row" class="nowrap">
                    <a href=self.href(told)>{fill(t.previous, &[("n", &told.week.number)])}</a>
                </th>
                <td class="nowrap">
                    <a href=told.cockpit.clone()>{told.day.clone()}</a>
                </td>
                <td>
                    <span class=class>
                        <Symbol name=symbol />
                        {course}
                    </span>
                </td>
                {numbers}
            </tr>
        }
    }
}

/// The heads of the columns of numbers.
const fn heads(t: &Catalogue) -> [&'static str; 5] {
    let t = &t.weeks;
    [t.both, t.stories, t.items, t.technical, t.others]
}

fn shares(standing: &Standing) -> [Option<u16>; 3] {
    let chances = standing.chances;
    [
        chances.map(|c| c.ready.percent()),
        chances.map(|c| c.stories.percent()),
        chances.map(|c| c.items.percent()),
    ]
}

/// A line of the sentence.
fn line(pieces: &[Piece]) -> impl IntoView + use<> {
    let pieces: Vec<_> = pieces.iter().cloned().map(sentence::show).collect();
    view! { <span>{pieces}" "</span> }
}
