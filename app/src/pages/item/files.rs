//! The files that an item has as evidence: given out as they came, taken off and added by plain forms.
//! The browser holds no words for adding one, so that part is the server's and stays as it came.

use leptos::prelude::*;
use startklar::{
    Command, Locale,
    model::{Attached, Item},
};

use super::ItemPage;
use crate::{
    address,
    desk::View,
    parts::dates::{day_clock, first_name, number},
};

/// A file in a line.
struct Line {
    href: String,
    name: String,
    /// How large it is, who attached it, and when.
    facts: String,
    sha256: String,
}

pub(super) fn view(page: ItemPage) -> impl IntoView {
    let list = move || {
        let lines = page.with(|view, _, item| {
            let shut = is_shut(page, item);
            let lines = item.files.iter().map(|one| line(page, view, item, one));
            (lines.collect::<Vec<_>>(), shut)
        });
        let (lines, shut) = lines?;
        let lines = lines.into_iter().map(|line| row(page, line, shut));
        Some(view! { <ul class="names">{lines.collect_view()}</ul> })
    };
    view! {
        <section class="section" aria-labelledby="files">
            <div class="head">
                <h2 id="files">{page.desk.texts().pages.item.files}</h2>
            </div>
            {list}
            {adding(page)}
        </section>
    }
}

/// Whether its files stay as they are, at least for the reader.
fn is_shut(page: ItemPage, item: &Item) -> bool {
    let verified = item.tick.as_ref().and_then(|tick| tick.verified);
    page.desk.past.is_some() || verified.is_some() || !may(page, item)
}

/// Whether they are the reader's to change, as far as rights go: they are for whoever may tick it.
fn may(page: ItemPage, item: &Item) -> bool {
    let tick = Command::BeginItem {
        item: item.id.clone(),
    };
    page.desk.may(&tick)
}

fn line(page: ItemPage, view: &View, item: &Item, one: &Attached) -> Line {
    let desk = page.desk;
    let people = desk.people();
    let unknown = desk.texts().common.somebody_unknown;
    let who = people.name(one.by.by).map_or(unknown, first_name);
    let when = day_clock(desk.locale, &view.launch, view.assessment.today, one.by.at);
    let size = size(desk.locale, one.file.size);
    Line {
        href: desk.href(&address::file(&item.id, &one.file)),
        name: one.file.name.to_string(),
        facts: format!("{size}, {who}, {when}"),
        sha256: one.file.sha256.to_string(),
    }
}

/// A size as people read it.
fn size(locale: Locale, bytes: u32) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        _ => format!("{} kB", number(locale, u64::from(bytes / 1_000))),
    }
}

/// A plain form takes it off: the browser half does not know that command.
fn row(page: ItemPage, line: Line, shut: bool) -> impl IntoView {
    let off = (!shut).then(|| {
        let word = page.desk.texts().pages.item.take_off;
        let label = format!("{word}: {}", line.name);
        let hidden = [
            ("kind", "detach_file".to_owned()),
            ("back", page.desk.path.get_value()),
            ("item", page.id.with_value(ToString::to_string)),
            ("sha256", line.sha256),
        ];
        let hidden = hidden
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view();
        view! {
            <form method="post" action=page.desk.href("/do")>
                {hidden}
                <button class="button button--row" aria-label=label>
                    {word}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <a href=line.href download="">
                {line.name}
            </a>
            <span class="why">{line.facts}</span>
            {off}
        </li>
    }
}

/// The form to add one, for those who may. It goes while a verification stands.
fn adding(page: ItemPage) -> Option<impl IntoView> {
    if page.desk.past.is_some() {
        return None;
    }
    #[cfg(feature = "ssr")]
    let html = match page.with(|_, _, item| may(page, item)) {
        Some(true) => form(page),
        _ => String::new(),
    };
    #[cfg(not(feature = "ssr"))]
    let html = String::new();
    let shut = move || page.with(|_, _, item| is_shut(page, item));
    Some(view! { <div hidden=move || shut().unwrap_or(true) inner_html=html></div> })
}

#[cfg(feature = "ssr")]
fn form(page: ItemPage) -> String {
    use startklar::{files::Media, texts::fill};

    let desk = page.desk;
    let t = &desk.texts().files;
    let id = page.id.get_value();
    let accept: Vec<String> = Media::ALL
        .iter()
        .flat_map(|media| media.endings())
        .map(|ending| format!(".{ending}"))
        .collect();
    view! {
        <form
            method="post"
            action=desk.href(&address::files(&id))
            enctype="multipart/form-data"
            class="inline"
        >
            <label class="field">
                <span>{t.choose}</span>
                <input type="file" name="file" required=true accept=accept.join(",") />
            </label>
            <button class="button">{t.attach}</button>
        </form>
        <p class="quiet">{fill(t.hint, &[("allowed", &t.allowed)])}</p>
    }
    .to_html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_as_people_read_it() {
        for (bytes, text) in [
            (7, "7 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (1_250_999, "1,250 kB"),
        ] {
            assert_eq!(size(Locale::En, bytes), text);
        }
        assert_eq!(size(Locale::De, 1_250_000), "1.250 kB");
    }
}
