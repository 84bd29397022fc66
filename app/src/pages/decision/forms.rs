//! The forms of the page, for those who may: open a poll, vote in it, decide on it. They post and come
//! back; whether somebody may is asked of the very decision that will be made.

use leptos::prelude::*;
use startklar::{
    Command, Discipline, PersonId, decide as decided_by_rules,
    minutes::Minutes,
    model::{Ballot, Call, Condition, Member},
    rights::{Act, Reach, Role, Standing, reach},
    text::Note,
    texts::fill,
};

use super::{Page, part};
use crate::{actions::CommandForm, address, parts::fields};

impl Page<'_> {
    fn may(&self, command: &Command) -> bool {
        decided_by_rules(self.launch, command, &self.desk.actor(), self.now).is_ok()
    }
}

/// Where no poll was ever opened: what one is, who may open it, who would be asked.
pub(super) fn first(page: &Page<'_>) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let asked = would_ask(page);
    let body = view! {
        <div class="stack">
            <p>{t.what}</p>
            <p>{t.rule}</p>
            <p>
                {fill(t.would_ask, &[("disciplines", &page.disciplines(&asked))])} " "
                {who(page, Act::Conduct)} " " {who(page, Act::Decide)}
            </p>
            {unled(page, &asked)}
            {open(page, t.open)}
        </div>
    };
    part("poll", t.poll, String::new(), body.into_any())
}

/// Another poll, once one was decided.
pub(super) fn again(page: &Page<'_>) -> Option<impl IntoView + use<>> {
    open(page, page.texts().poll.open_again)
}

fn open(page: &Page<'_>, words: &'static str) -> Option<AnyView> {
    if page.desk.me.is_none() {
        let href = page.desk.path.with_value(|path| address::who(path));
        let ask = page.texts().ui.who_are_you;
        return Some(
            view! {
                <p class="acts">
                    <a class="button" href=href>
                        {ask}
                    </a>
                </p>
            }
            .into_any(),
        );
    }
    page.may(&Command::OpenPoll).then(|| {
        view! {
            <CommandForm kind="open_poll" class="acts">
                <button class="button button--main">{words}</button>
            </CommandForm>
        }
        .into_any()
    })
}

/// The disciplines that a poll would ask, were it opened now.
fn would_ask(page: &Page<'_>) -> Vec<Discipline> {
    startklar::command::asked(page.launch, page.now)
}

/// Who has nobody to speak for them, and where to name somebody.
fn unled(page: &Page<'_>, asked: &[Discipline]) -> Option<impl IntoView + use<>> {
    let t = &page.texts().poll;
    let without = page.unled(asked);
    if without.is_empty() {
        return None;
    }
    let text = fill(
        t.leads_missing,
        &[("disciplines", &page.disciplines(&without))],
    );
    Some(view! {
        <p>
            {text} " " <a href=page.desk.href("/settings#leads")>{t.name_leads}</a>
        </p>
    })
}

/// Who may open the poll, or decide on it, in a sentence.
pub(super) fn who(page: &Page<'_>, act: Act) -> String {
    let t = &page.texts().poll;
    let (by, anybody, nobody) = match act {
        Act::Decide => (t.decides, t.decides_anybody, t.decides_nobody),
        _ => (t.opens, t.opens_anybody, t.opens_nobody),
    };
    if page.desk.standing == Standing::Trusted {
        return anybody.to_owned();
    }
    let may = |member: &Member| {
        let roles = [
            (member.product_owner, Role::ProductOwner),
            (member.decides, Role::Decider),
        ];
        roles
            .into_iter()
            .any(|(is, role)| is && reach(role, act) == Reach::All)
    };
    let members = page.launch.members.iter().filter(|(_, m)| may(m));
    let names: Vec<String> = members.map(|(id, _)| page.name(*id)).collect();
    if names.is_empty() {
        return nobody.to_owned();
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    fill(by, &[("who", &page.desk.locale.list(&names))])
}

/// A form for each discipline that the reader speaks for.
pub(super) fn votes(page: &Page<'_>, minutes: &Minutes<'_>) -> impl IntoView + use<> {
    let poll = minutes.poll;
    let unled = poll.ruling.is_none().then(|| unled(page, &poll.asked));
    let speaks = |of: &Discipline| {
        page.may(&Command::CastVote(Ballot {
            discipline: *of,
            call: Call::Go,
            reason: None,
            conditions: Vec::new(),
        }))
    };
    let asked = poll.asked.iter().copied().filter(speaks);
    let forms = asked.map(|of| vote(page, minutes, of)).collect_view();
    view! {
        {unled.flatten()}
        <div class="openers">{forms}</div>
    }
}

fn vote(page: &Page<'_>, minutes: &Minutes<'_>, of: Discipline) -> impl IntoView + use<> {
    let (t, f) = (&page.texts().poll, &page.texts().pages.fields);
    let cast = minutes.poll.last(of).map(|vote| &vote.ballot);
    let stands = minutes.polled.standing(of).is_some();
    let words = if stands { t.vote_again } else { t.vote_for };
    let name = page.texts().discipline_in_line(of);
    let chosen = cast.map_or(Call::Go, |ballot| ballot.call);
    let reason = cast.and_then(|b| b.reason.as_ref()).map(Note::to_string);
    let named = cast.map_or(&[][..], |ballot| &ballot.conditions);
    // One more than there are, and never fewer than two: a page without script adds no rows.
    let rows = (0..(named.len() + 1).max(2)).map(|n| condition(page, named.get(n)));
    let rows = rows.collect_view();
    let with = vec![("discipline", of.code().to_owned())];
    let call = calls(page, page.texts().poll.call, &Call::ALL, chosen);
    view! {
        <details class="adder" open=!stands>
            <summary class="button">{fill(words, &[("discipline", &name)])}</summary>
            <CommandForm kind="cast_vote" with=with class="form">
                {call}
                {fields::note(f.reason, "reason", reason.unwrap_or_default(), false)}
                <fieldset>
                    <legend>{t.conditions_hint}</legend>
                    {rows}
                </fieldset>
                <button class="button button--main">{t.send_vote}</button>
            </CommandForm>
        </details>
    }
}

fn condition(page: &Page<'_>, named: Option<&Condition>) -> impl IntoView + use<> {
    let (t, f) = (&page.texts().poll, &page.texts().pages.fields);
    let today = page.assessment.today;
    let owner: Option<PersonId> = named.map(|c| c.owner).or(page.desk.me);
    let text = named.map(|c| c.text.to_string()).unwrap_or_default();
    view! {
        <div class="row-form">
            {fields::text(t.condition, "condition", text, false)}
            {fields::person(page.desk, f.owner, "condition_owner", owner)}
            {fields::day_from(f.due, "condition_due", named.map(|c| c.due), false, today)}
        </div>
    }
}

fn calls(
    page: &Page<'_>,
    label: &'static str,
    calls: &[Call],
    chosen: Call,
) -> impl IntoView + use<> {
    let options = calls.iter().map(|call| {
        let words = page.texts().call(*call).to_owned();
        (call.code().to_owned(), words)
    });
    fields::choice(label.to_owned(), "call", options.collect(), chosen.code())
}

/// The form of whoever decides; only what can be decided now stands in it.
pub(super) fn decide(page: &Page<'_>, minutes: &Minutes<'_>) -> Option<impl IntoView + use<>> {
    let (t, f) = (&page.texts().poll, &page.texts().pages.fields);
    // With a reason: whether one is needed depends on what is chosen.
    let reason: Option<Note> = t.decision.parse().ok();
    let able = |call: &Call| {
        page.may(&Command::DecidePoll {
            call: *call,
            reason: reason.clone(),
        })
    };
    let calls_now: Vec<Call> = Call::ALL.into_iter().filter(able).collect();
    if calls_now.is_empty() {
        return None;
    }
    let outcome = minutes.polled.outcome();
    let chosen = outcome.filter(|call| calls_now.contains(call));
    let blocked = page.assessment.blockers().next().is_some();
    let call = calls(page, t.decision, &calls_now, chosen.unwrap_or(Call::NoGo));
    let only = blocked.then(|| view! { <p class="quiet">{t.only_no_go}</p> });
    Some(view! {
        <details class="adder">
            <summary class="button button--main">{t.decide}</summary>
            <p class="quiet">{t.decide_hint}</p>
            {only}
            <CommandForm kind="decide_poll" class="form">
                {call}
                {fields::note(f.reason, "reason", "", false)}
                <button class="button button--main">{t.decide}</button>
            </CommandForm>
        </details>
    })
}
