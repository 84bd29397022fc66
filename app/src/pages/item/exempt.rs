//! Launch without it: a waiver or “not applicable” is asked for by one and granted by another.

use chrono::NaiveDate;
use leptos::prelude::*;
use startklar::{
    Command,
    engine::ItemState,
    model::{Exemption, ExemptionKind, Item},
    rights::Act,
    texts::{day_seen, fill},
};

use super::ItemPage;
use crate::{
    actions::CommandForm,
    desk::{Desk, View},
    parts::{dates::first_name, fields},
};

pub(super) fn view(page: ItemPage) -> Option<impl IntoView> {
    let take_back = Command::WithdrawExemption {
        item: page.id.get_value(),
    };
    let may = page.desk.may(&take_back) || page.desk.could(Act::Grant);
    if page.desk.past.is_some() || !may {
        return None;
    }
    let t = &page.desk.texts().pages.item;
    // One that has expired is none: it can be asked for anew.
    let exemption = Memo::new(move |_| {
        let standing = |view: &View, ix, item: &Item| {
            let holds = matches!(
                view.assessment.item(ix),
                ItemState::Waived | ItemState::NotApplicable
            );
            let standing = |one: &Exemption| one.granted.is_none() || holds;
            item.exemption.clone().filter(standing)
        };
        page.with(standing).flatten()
    });
    Some(view! {
        <section class="section" aria-labelledby="exempt" id="waive">
            <div class="head">
                <h2 id="exempt">{t.exempt}</h2>
            </div>
            <p class="quiet">{t.exempt_hint} " " {move || approvers(page)}</p>
            {move || match exemption.get() {
                Some(one) => decide(page, &one).into_any(),
                None => ask(page).into_any(),
            }}
        </section>
    })
}

/// Who may grant it.
fn approvers(page: ItemPage) -> String {
    let desk: Desk = page.desk;
    let t = &desk.texts().pages.item;
    let (view, people) = (desk.view(), desk.people());
    let names: Vec<_> = view
        .launch
        .members
        .iter()
        .filter(|(_, member)| member.approves)
        .filter_map(|(id, _)| people.name(*id).map(first_name))
        .collect();
    if names.is_empty() {
        t.no_approver.to_owned()
    } else {
        fill(t.approvers, &[("who", &desk.locale.list(&names))])
    }
}

fn decide(page: ItemPage, exemption: &Exemption) -> impl IntoView + use<> {
    let t = &page.desk.texts().pages.items;
    let asked_by = exemption.asked.by;
    let may = |me| me != asked_by && page.desk.view().launch.may_approve(me);
    let grant = (exemption.granted.is_none() && page.desk.me.is_some_and(may)).then(|| {
        view! {
            <CommandForm kind="grant_exemption" with=page.field()>
                <button class="button">{t.do_grant}</button>
            </CommandForm>
        }
    });
    let until = match exemption.kind {
        ExemptionKind::Waiver { until } => Some(until),
        ExemptionKind::NotApplicable => None,
    };
    view! {
        <p class="warning" role="status">{move || ends_early(page, until)}</p>
        <div class="acts">
            {grant} <CommandForm kind="withdraw_exemption" with=page.field()>
                <button class="button">{t.do_withdraw_exemption}</button>
            </CommandForm>
        </div>
    }
}

/// That a waiver ends before the launch: then the item blocks again on the day that counts.
fn ends_early(page: ItemPage, until: Option<NaiveDate>) -> Option<String> {
    let desk = page.desk;
    let view = desk.view();
    let launch_day = view.launch.launch_day()?;
    (view.launch.launched.is_none() && until? < launch_day).then(|| {
        let day = day_seen(desk.locale, view.assessment.today, launch_day);
        fill(desk.texts().pages.item.ends_early, &[("day", &day)])
    })
}

fn ask(page: ItemPage) -> impl IntoView {
    let t = &page.desk.texts().pages;
    let view = page.desk.view_untracked();
    // Through the launch day, or today when that has passed.
    let today = view.assessment.today;
    let offered = view.launch.launch_day().max(Some(today));
    let until = RwSignal::new(offered);
    let choose = move |event| until.set(event_target_value(&event).parse().ok());
    view! {
        <div class="openers">
            <details data-closes="">
                <summary class="button">{t.item.ask_waiver}</summary>
                <CommandForm kind="ask_waiver" with=page.field() class="form">
                    {fields::note(t.fields.reason, "reason", "", true)}
                    <div on:input=choose>
                        {fields::day_from(t.fields.until, "until", offered, true, today)}
                    </div>
                    <p class="warning" role="status">{move || ends_early(page, until.get())}</p>
                    <button class="button button--main">{t.item.ask_waiver}</button>
                </CommandForm>
            </details>
            <details data-closes="">
                <summary class="button">{t.item.ask_not_applicable}</summary>
                <CommandForm kind="ask_not_applicable" with=page.field() class="form">
                    {fields::note(t.fields.reason, "reason", "", true)}
                    <button class="button button--main">{t.item.ask_not_applicable}</button>
                </CommandForm>
            </details>
        </div>
    }
}
