//! One epic: is it in, is it built, what covers it; its stories and what is written about it.

mod lists;

use leptos::prelude::*;
use startklar::{
    EpicId,
    engine::Subject,
    model::{Epic, EpicIx},
    rights::Act,
    texts::{day_seen, fill, finding_text},
};

use crate::{
    actions::CommandForm,
    desk::{Desk, View},
    parts::{bits, dates::first_name, epic::Standing, fields, fresh::fresh, log, symbols::Symbol},
};

pub(super) fn view(desk: Desk, id: &EpicId) -> AnyView {
    if desk.view_untracked().launch.epics.get(id).is_none() {
        return super::missing::view(desk);
    }
    let page = EpicPage {
        desk,
        id: StoredValue::new(id.clone()),
    };
    view! {
        {move || page.head()}
        <div class="split">
            <div>
                {move || page.lacks()}
                {desk.writes(Act::Accept).then(|| page.acts())}
                {lists::stories(page)}
                {lists::items(page)}
                {desk.writes(Act::Plan).then(|| page.edit())}
            </div>
            <aside>{move || page.facts()} {page.history()}</aside>
        </div>
    }
    .into_any()
}

/// The page of an epic; cheap to copy.
#[derive(Clone, Copy)]
struct EpicPage {
    desk: Desk,
    id: StoredValue<EpicId>,
}

impl EpicPage {
    /// Reads the epic as it stands now.
    fn with<T>(self, read: impl FnOnce(&View, EpicIx, &Epic) -> T) -> Option<T> {
        let view = self.desk.view();
        let ix = self.id.with_value(|id| view.launch.epics.find(id))?;
        Some(read(&view, ix, view.launch.epics.at(ix)?))
    }

    fn field(self) -> Vec<(&'static str, String)> {
        vec![("epic", self.id.with_value(ToString::to_string))]
    }

    /// Stories that are to be built, and done ones of them.
    fn tally(self) -> Option<(usize, usize)> {
        self.with(|view, ix, _| {
            let built = view
                .launch
                .stories_of(ix)
                .filter(|s| s.is_open() || s.done().is_some());
            built.fold((0, 0), |(all, done), s| {
                (all + 1, done + usize::from(s.done().is_some()))
            })
        })
    }

    fn head(self) -> Option<impl IntoView> {
        let t = self.desk.texts();
        let (title, note, standing) = self.with(|view, ix, epic| {
            let standing = Standing::of(view, ix, epic, t);
            let note = epic
                .note
                .as_ref()
                .map(|n| bits::show(bits::written(n.as_str())));
            (epic.title.to_string(), note, standing)
        })?;
        Some(view! {
            <p class="crumb">
                <a href=self.desk.href("/plan")>{t.pages.plan.back}</a>
            </p>
            <h1 class="sentence sentence--line sentence--title">{title}</h1>
            <p class="standing">
                <span class="state">{standing.symbol.map(|name| view! { <Symbol name=name /> })} {standing.word}</span>
                <span class="why">{note}</span>
            </p>
        })
    }

    /// What is missing, in the words of the engine.
    fn lacks(self) -> Option<impl IntoView> {
        let t = &self.desk.texts().pages.item;
        let people = self.desk.people();
        let lines = self.with(|view, ix, _| {
            let about = view.assessment.about(Subject::Epic(ix));
            about
                .map(|f| finding_text(&view.launch, &view.assessment, f, &people, self.desk.locale))
                .map(|text| view! { <li>{text}</li> })
                .collect::<Vec<_>>()
        })?;
        (!lines.is_empty()).then(|| {
            view! {
                <section aria-labelledby="lacks">
                    <div class="head">
                        <h2 id="lacks">{t.what_closes}</h2>
                    </div>
                    <ul class="plain">{lines}</ul>
                </section>
            }
        })
    }

    fn acts(self) -> impl IntoView {
        let t = &self.desk.texts().pages;
        let now =
            Memo::new(move |_| self.with(|_, _, e| (e.in_scope.is_some(), e.accepted.is_some())));
        let one = move |kind: &'static str, words: &'static str| {
            view! {
                <CommandForm kind=kind with=self.field()>
                    <button class="button">{words}</button>
                </CommandForm>
            }
        };
        let p = &t.plan;
        let buttons = move || {
            let (inside, accepted) = now.get()?;
            let scope = if inside {
                ("unscope_epic", p.take_out_long)
            } else {
                ("scope_epic", p.take_in_long)
            };
            let accept = match (inside, accepted) {
                (_, true) => Some(("withdraw_acceptance", p.withdraw)),
                (true, false) => Some(("accept_epic", p.accept_long)),
                (false, false) => None,
            };
            Some(view! {
                {accept.map(|(kind, words)| one(kind, words))}
                {one(scope.0, scope.1)}
            })
        };
        view! {
            <section class="section" aria-labelledby="acts">
                <div class="head">
                    <h2 id="acts">{t.item.actions}</h2>
                </div>
                <div class="acts">{buttons}</div>
            </section>
        }
    }

    fn edit(self) -> impl IntoView {
        let t = &self.desk.texts().pages;
        fresh("edit", t.plan.edit_epic, move || {
            let view = self.desk.view_untracked();
            let epic = self
                .id
                .with_value(|id| view.launch.epics.get(id).cloned())?;
            let f = &t.fields;
            let note = epic.note.map(String::from).unwrap_or_default();
            let form = view! {
                <CommandForm kind="edit_epic" with=self.field() edits=true class="form">
                    {fields::text(f.title, "title", epic.title.to_string(), true)}
                    {fields::note(f.note, "note", note, false)}
                    <button class="button button--main">{f.save}</button>
                </CommandForm>
            };
            Some(form.into_any())
        })
    }

    fn facts(self) -> Option<impl IntoView> {
        let desk = self.desk;
        let t = &desk.texts().pages;
        let people = desk.people();
        let lines = self.with(|view, ix, epic| {
            let on = |at| day_seen(desk.locale, view.assessment.today, view.launch.day(at));
            let scope = epic.in_scope.map_or_else(
                || t.plan.out_for_now.to_owned(),
                |at| fill(t.plan.in_scope_since, &[("day", &on(at))]),
            );
            let accepted = epic.accepted.map_or_else(
                || t.plan.not_accepted.to_owned(),
                |stamp| {
                    let who = people
                        .name(stamp.by)
                        .map_or(desk.texts().common.somebody_unknown, first_name);
                    fill(t.plan.accepted_by, &[("who", &who), ("day", &on(stamp.at))])
                },
            );
            let rank = view
                .launch
                .ranking
                .iter()
                .position(|other| *other == ix)
                .map_or(0, |n| n + 1);
            [
                (t.plan.rank, rank.to_string()),
                (t.plan.scope_word, scope),
                (t.plan.acceptance, accepted),
                (t.item.added, on(epic.added)),
            ]
        })?;
        let lines = lines
            .into_iter()
            .map(|(name, value)| {
                view! {
                    <div>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                    </div>
                }
            })
            .collect_view();
        Some(view! {
            <section aria-labelledby="facts">
                <div class="head">
                    <h2 id="facts">{t.item.facts}</h2>
                </div>
                <dl class="pairs">{lines}</dl>
            </section>
        })
    }

    fn history(self) -> impl IntoView {
        log::history(self.desk, move |view| {
            self.id
                .with_value(|id| view.launch.epics.find(id))
                .map(Subject::Epic)
        })
    }
}
