//! What the palette knows: the pages and actions of this launch, everything in it, all launches.

use startklar::texts::Catalogue;

use super::search::{Entry, Kind};
use crate::{address, desk::Desk};

/// A launch as the server lists it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) title: String,
}

/// Everything that can be found from here.
pub(super) fn entries(desk: Desk, launches: &[Listed]) -> Vec<Entry> {
    let t = desk.texts();
    let mut entries = Vec::new();
    let mut add = |kind, title: &str, href: String| {
        entries.push(Entry {
            kind,
            title: title.to_owned(),
            href,
        });
    };
    let view = desk.view_untracked();
    if view.launch.schedule.is_some() {
        for (title, rest) in pages(t) {
            add(Kind::Page, title, desk.href(rest));
        }
        for (title, rest) in actions(t) {
            add(Kind::Action, title, desk.href(rest));
        }
        for item in view.launch.items.rows() {
            add(
                Kind::Item,
                item.title.as_str(),
                desk.href(&address::item(&item.id)),
            );
        }
        for (_, epic) in view.launch.ranked() {
            add(
                Kind::Epic,
                epic.title.as_str(),
                desk.href(&address::epic(&epic.id)),
            );
        }
        for story in view.launch.stories.rows() {
            add(
                Kind::Story,
                story.title.as_str(),
                desk.href(&address::story(&story.id)),
            );
        }
        for person in desk.people().iter() {
            let rest = format!("/checklists?who={}", person.id);
            add(Kind::Person, person.name.as_str(), desk.href(&rest));
        }
    }
    for (title, href) in [(t.ui.my_week, "/week"), (t.ui.portfolio, "/")] {
        add(Kind::Page, title, href.to_owned());
    }
    if desk.begins() {
        add(Kind::Action, t.ui.new_launch, "/new".to_owned());
    }
    add(Kind::Action, t.ui.who_are_you, "/who".to_owned());
    for launch in launches {
        add(Kind::Launch, &launch.title, format!("/l/{}", launch.id));
    }
    entries
}

fn pages(t: &Catalogue) -> [(&'static str, &'static str); 11] {
    [
        (t.ui.cockpit, ""),
        (t.ui.forecast, "/forecast"),
        (t.ui.scope, "/scope"),
        (t.ui.plan, "/plan"),
        (t.ui.checklists, "/checklists"),
        (t.ui.decision, "/decision"),
        (t.ui.requests, "/requests"),
        (t.ui.notices, "/notices"),
        (t.ui.calendar, "/calendar"),
        (t.ui.journal, "/journal"),
        (t.ui.settings, "/settings"),
    ]
}

/// Forms that an address opens.
fn actions(t: &Catalogue) -> [(&'static str, &'static str); 4] {
    [
        (t.pages.checklists.add_item, "/checklists#add"),
        (t.pages.plan.add_story, "/plan#add-story"),
        (t.pages.plan.add_epic, "/scope#add-epic"),
        (t.pages.requests.make, "/requests#ask"),
    ]
}
