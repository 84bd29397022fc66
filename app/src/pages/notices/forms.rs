//! The forms of the page, for those who may: issue a notice, correct it by another, mark it as read.
//! They post and come back; whether somebody may is asked of the very decision that will be made.

use leptos::prelude::*;
use startklar::{
    Command, Discipline, decide,
    model::{Issued, Notice},
};

use super::Page;
use crate::{actions::CommandForm, address, parts::fields};

impl Page<'_> {
    fn may(&self, command: &Command) -> bool {
        decide(self.launch, command, &self.desk.actor(), self.now).is_ok()
    }
}

/// The form of a new notice.
pub(super) fn issue(page: &Page<'_>) -> Option<AnyView> {
    if page.desk.me.is_none() {
        let href = page.desk.path.with_value(|path| address::who(path));
        let ask = page.texts().ui.who_are_you;
        let link = view! {
            <p class="acts">
                <a class="button" href=href>
                    {ask}
                </a>
            </p>
        };
        return Some(link.into_any());
    }
    let blank = blank()?;
    let form = page
        .may(&Command::IssueNotice(blank.clone()))
        .then(|| form(page, "issue", page.words().issue, &blank));
    Some(form?.into_any())
}

/// A notice as its form begins: its words are still to be written.
fn blank() -> Option<Notice> {
    Some(Notice {
        id: "new-notice-about-to-be-written".parse().ok()?,
        title: "–".parse().ok()?,
        text: "–".parse().ok()?,
        disciplines: vec![Discipline::Support, Discipline::Sales],
        due: None,
        blocking: false,
        replaces: None,
    })
}

/// What can be done about a notice that holds.
pub(super) fn of(page: &Page<'_>, issued: &Issued) -> AnyView {
    let t = page.words();
    let id = &issued.notice.id;
    let read = Command::ReadNotice { notice: id.clone() };
    let read = page.may(&read).then(|| {
        view! {
            <CommandForm kind="read_notice" with=vec![("notice", id.to_string())] class="acts">
                <button class="button button--main">{t.do_read}</button>
            </CommandForm>
        }
    });
    let mut next = issued.notice.clone();
    next.replaces = Some(id.clone());
    // Nobody can have read the new one by a day that is over.
    let today = page.launch.day(page.now);
    next.due = next.due.map(|due| due.max(today));
    let correct = blank().and_then(|blank| {
        next.id = blank.id;
        let may = page.may(&Command::IssueNotice(next.clone()));
        may.then(|| form(page, issued.notice.id.as_str(), t.correct, &next))
    });
    view! {
        {read}
        {correct}
    }
    .into_any()
}

fn form(page: &Page<'_>, name: &str, words: &'static str, from: &Notice) -> impl IntoView + use<> {
    let t = page.words();
    let replaces = from.replaces.as_ref();
    let with: Vec<_> = replaces
        .map(|id| ("replaces", id.to_string()))
        .into_iter()
        .collect();
    // What is corrected is written anew from what it said.
    let written = |text: String| {
        if replaces.is_some() {
            text
        } else {
            String::new()
        }
    };
    let title = written(from.title.to_string());
    let text = written(from.text.to_string());
    let to = Discipline::ALL.into_iter().map(|discipline| {
        let on = from.disciplines.contains(&discipline);
        view! {
            <label class="switch">
                <input type="checkbox" name="disciplines" value=discipline.code() checked=on />
                <span>{page.texts().discipline(discipline)}</span>
            </label>
        }
    });
    let to = to.collect_view();
    let today = page.launch.day(page.now);
    // What takes the place of another is read by another day where that one's is over.
    let (due, blocking) = (from.due.filter(|due| *due >= today), from.blocking);
    view! {
        <details class="adder" id=format!("{name}-form")>
            <summary class="button">{words}</summary>
            <CommandForm kind="issue_notice" with=with class="form">
                {fields::text(t.title, "title", title, true)}
                {fields::note(t.text, "text", text, true)}
                <fieldset>
                    <legend>{t.disciplines}</legend>
                    <div class="field field--switches">{to}</div>
                </fieldset>
                {fields::day_from(t.due, "due", due, false, today)}
                {fields::switch(t.blocking, "blocking", blocking)}
                <button class="button button--main">{t.send}</button>
            </CommandForm>
        </details>
    }
}
