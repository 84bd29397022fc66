//! One story: where it stands, what moves it on, what is written about it.

mod split;

use leptos::prelude::*;
use startklar::{
    StoryId,
    engine::Subject,
    journal::StoryDetail,
    model::{Story, StoryState},
    rights::Act,
    texts::{count, day_seen, fill},
};

use super::plan::{card::plan_for, estimate, sprint::StoryCard};
use crate::{
    actions::CommandForm,
    address,
    desk::{Desk, Shown},
    parts::{bits, fields, fresh::fresh, log, state::PersonName, symbols::Symbol},
};

pub(super) fn view(desk: Desk, id: &StoryId) -> AnyView {
    if desk.view_untracked().launch.stories.get(id).is_none() {
        return super::missing::view(desk);
    }
    let page = StoryPage {
        desk,
        id: StoredValue::new(id.clone()),
    };
    view! {
        {move || page.head()}
        <div class="split">
            <div>
                {super::plan::builds(desk, id).then(|| page.acts())}
                {desk.writes(Act::Plan).then(|| page.edit())}
                {desk.writes(Act::Plan).then(|| split::view(page))}
            </div>
            <aside>{move || page.facts()} {page.history()}</aside>
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct StoryPage {
    desk: Desk,
    id: StoredValue<StoryId>,
}

impl StoryPage {
    fn read<T>(self, view: &Shown, read: impl FnOnce(&Story) -> T) -> Option<T> {
        let story = self.id.with_value(|id| view.launch.stories.get(id))?;
        Some(read(story))
    }

    fn field(self) -> Vec<(&'static str, String)> {
        vec![("story", self.id.with_value(ToString::to_string))]
    }

    /// Its epic, its title, where it stands.
    fn head(self) -> Option<impl IntoView> {
        let view = self.desk.view();
        let t = &self.desk.texts().pages.plan;
        let (title, epic, state) = self.read(&view, |s| (s.title.to_string(), s.epic, s.state))?;
        let on = |template, at| {
            fill(
                template,
                &[(
                    "day",
                    &day_seen(self.desk.locale, view.assessment.today, view.launch.day(at)),
                )],
            )
        };
        let (word, symbol, look) = match state {
            StoryState::Todo => (t.todo_word.to_owned(), "i-open", "state state--quiet"),
            StoryState::Begun(at) => {
                let begun = self.desk.texts().pages.items.begun;
                (on(begun, at), "i-begun", "state state--plain")
            }
            StoryState::Done(at) => (on(t.done_on, at), "i-closed", "state state--good"),
            StoryState::Dropped(at) => (on(t.dropped_on, at), "i-na", "state state--quiet"),
        };
        let epic = view.launch.epics.at(epic).map(|e| {
            let link = bits::Bit::link(e.title.to_string(), self.desk.href(&address::epic(&e.id)));
            bits::show(bits::weave(t.story_of, &[("epic", vec![link])]))
        });
        Some(view! {
            <p class="crumb">{epic}</p>
            <h1 class="sentence sentence--line sentence--title">{title}</h1>
            <p class="standing">
                <span class=look>
                    <Symbol name=symbol />
                    {word}
                </span>
            </p>
        })
    }

    fn acts(self) -> impl IntoView {
        let t = &self.desk.texts().pages;
        let card = Memo::new(move |_| {
            self.read(&self.desk.view(), |s| StoryCard {
                id: s.id.clone(),
                state: s.state,
                sprint: s.sprint,
                points: s.points,
                catch_up: None,
            })
        });
        let p = &t.plan;
        let plans = self.desk.could(Act::Plan);
        let one = move |kind: &'static str, words: &'static str| {
            view! {
                <CommandForm kind=kind with=self.field()>
                    <button class="button">{words}</button>
                </CommandForm>
            }
        };
        let forms = move || {
            let card = card.get()?;
            let acts: &[_] = match card.state {
                StoryState::Todo => &[("begin_story", p.begin), ("finish_story", p.finish)],
                StoryState::Begun(_) => &[("finish_story", p.finish)],
                StoryState::Done(_) | StoryState::Dropped(_) => &[("reopen_story", p.reopen)],
            };
            let drops =
                plans && !matches!(card.state, StoryState::Done(_) | StoryState::Dropped(_));
            let drop = drops.then_some(("drop_story", p.drop_story));
            let all = acts.iter().copied().chain(drop);
            let buttons: Vec<_> = all.map(|(kind, words)| one(kind, words)).collect();
            Some(view! {
                <div class="acts">{buttons}</div>
                {plans.then(|| plan_for(self.desk, &card))}
                {estimate::form(self.desk, &card.id, card.points, "")}
                {self.next_to_estimate()}
            })
        };
        view! {
            <section aria-labelledby="acts">
                <div class="head">
                    <h2 id="acts">{t.item.actions}</h2>
                </div>
                <div class="act-list">{forms} {plans.then(|| self.to_epic())}</div>
            </section>
        }
    }

    /// The way on to another story without an estimate.
    fn next_to_estimate(self) -> Option<impl IntoView> {
        let view = self.desk.view();
        let ids = estimate::missing(&view);
        let here = self
            .id
            .with_value(|id| ids.iter().position(|other| other == id));
        // From the last one on to the first.
        let next = here.map_or(0, |n| n + 1) % ids.len().max(1);
        let story = view.launch.stories.get(ids.get(next)?)?;
        let t = &self.desk.texts().pages.plan;
        let words = fill(t.next_to_estimate, &[("title", &story.title)]);
        let href = self.desk.href(&address::story(&story.id));
        (here != Some(next)).then(|| {
            view! {
                <p>
                    <a href=href>{words}</a>
                </p>
            }
        })
    }

    /// The way into another epic.
    fn to_epic(self) -> Option<impl IntoView> {
        let t = &self.desk.texts().pages.plan;
        let view = self.desk.view_untracked();
        let own = self.read(&view, |s| s.epic)?;
        let options: Vec<_> = view
            .launch
            .ranked()
            .filter(|(ix, _)| *ix != own)
            .map(|(_, e)| (e.id.to_string(), e.title.to_string()))
            .collect();
        (!options.is_empty()).then(|| {
            view! {
                <CommandForm kind="move_story" with=self.field() class="inline">
                    {fields::choice(t.move_to.to_owned(), "epic", options, "")}
                    <button class="button button--row">{t.move_now}</button>
                </CommandForm>
            }
        })
    }

    fn edit(self) -> impl IntoView {
        let t = &self.desk.texts().pages;
        fresh("edit", t.plan.edit_story, move || {
            let view = self.desk.view_untracked();
            let detail = self.read(&view, StoryDetail::of)?;
            let f = &t.fields;
            let note = detail.note.map(String::from).unwrap_or_default();
            let form = view! {
                <CommandForm kind="edit_story" with=self.field() edits=true class="form">
                    {fields::text(f.title, "title", detail.title.to_string(), true)}
                    {fields::person(self.desk, f.owner, "owner", detail.owner)}
                    {fields::number(f.points, "points", detail.points.map(Into::into), (0, 1_000))}
                    {fields::number(f.sprint, "sprint", detail.sprint.map(Into::into), (1, 60))}
                    {fields::note(f.note, "note", note, false)}
                    <button class="button button--main">{f.save}</button>
                </CommandForm>
            };
            Some(form.into_any())
        })
    }

    fn facts(self) -> Option<impl IntoView> {
        let view = self.desk.view();
        let t = &self.desk.texts().pages;
        let story = self.read(&view, Story::clone)?;
        let row = |name: &'static str, value: AnyView| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        };
        let sprint = story.sprint.map_or_else(
            || t.fields.no_sprint.to_owned(),
            |n| fill(t.plan.sprint, &[("n", &n)]),
        );
        let added = day_seen(
            self.desk.locale,
            view.assessment.today,
            view.launch.day(story.added),
        );
        let points = story.points.map_or_else(
            || t.plan.not_estimated.to_owned(),
            |n| count(&t.plan.points, usize::from(n)),
        );
        let note = story.note.map(|n| bits::show(bits::written(n.as_str())));
        Some(view! {
            <section aria-labelledby="facts">
                <div class="head">
                    <h2 id="facts">{t.item.facts}</h2>
                </div>
                <dl class="pairs">
                    {row(t.fields.owner, view! { <PersonName id=story.owner /> }.into_any())}
                    {row(t.fields.sprint, sprint.into_any())}
                    {row(t.fields.points, points.into_any())}
                    {note.map(|n| row(t.fields.note, n.into_any()))}
                    {row(t.item.added, added.into_any())}
                </dl>
            </section>
        })
    }

    fn history(self) -> impl IntoView {
        log::history(self.desk, move |view| {
            self.id
                .with_value(|id| view.launch.stories.find(id))
                .map(Subject::Story)
        })
    }
}
