//! What to do today, in one line: what binds the date, or else the first of the blockers.

use leptos::prelude::*;
use startklar::{
    engine::{Finding, ItemState, Subject, WaitsFor},
    texts::{count, fill, subject_title},
};

use super::write::Page;
use crate::{address, charts::escape, desk::Desk, lines::open_stories};

pub(super) fn view(desk: Desk) -> Option<impl IntoView> {
    if desk.past.is_some() {
        return None;
    }
    let base = desk.href("");
    let line = Memo::new(move |_| {
        let view = desk.view();
        let people = desk.people();
        line(Page {
            launch: &view.launch,
            assessment: &view.assessment,
            people: &people,
            locale: desk.locale,
            base: &base,
        })
    });
    Some(view! {
        <p class="today" hidden=move || line.with(String::is_empty) inner_html=move || line.get()></p>
    })
}

/// The line as HTML; empty when nothing blocks.
fn line(page: Page<'_>) -> String {
    let c = &page.t().cockpit;
    let Some(first) = page.assessment.blockers().next() else {
        return String::new();
    };
    if page.assessment.outlook.binds == Some(Subject::Launch) {
        let stories = count(&c.binds_stories, open_stories(page.launch));
        let link = format!(r#"<a href="{}/plan">{}</a>"#, page.base, escape(&stories));
        return fill(c.today_stories, &[("what", &link)]);
    }
    // Only where the launch moment cannot be held does a day without it move anything.
    let moves =
        page.launch.launched.is_none() && page.assessment.outlook.honest > page.launch.launch_day();
    let binding = page.assessment.blockers().find(|f| moves && page.binds(f));
    let finding = binding.unwrap_or(first);
    let template = match (binding.map(|f| f.subject), binding) {
        (Some(Subject::Item(ix)), _) if page.assessment.item(ix) == ItemState::NotBegun => {
            c.today_begin
        }
        (_, Some(_)) => c.today_binds,
        _ => c.today_first,
    };
    let link = format!(
        r#"<a href="{}{}">{}</a>"#,
        page.base,
        address::subject(page.launch, finding.subject),
        escape(&subject_title(page.launch, finding.subject, page.locale))
    );
    fill(
        template,
        &[("what", &link), ("who", &escape(&who(&page, finding)))],
    )
}

fn who(page: &Page<'_>, finding: &Finding) -> String {
    let t = page.t();
    match finding.waits_for {
        WaitsFor::Person(id) => page.people.name(id).unwrap_or(t.common.somebody_unknown),
        WaitsFor::Discipline(discipline) => t.discipline(discipline),
        WaitsFor::Nobody => t.common.nobody_named,
    }
    .to_owned()
}
