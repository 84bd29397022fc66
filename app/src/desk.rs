//! The desk: the launch as the reader sees it, and what they do to it.
//!
//! What the server confirmed is one signal, what was sent and not yet confirmed another; the page
//! shows the second folded onto the first, decided by the same rules. A refusal simply leaves the
//! second list.

use std::sync::Arc;

use leptos::prelude::*;
use startklar::{
    Actor, Assessment, Command, CommandId, Launch, Locale, People, PersonId, Policy, Recorded,
    assess,
    rights::{self, Act, Standing},
    text::Note,
    time::Instant,
};

use crate::{
    address,
    boot::{Boot, Chance, Notice, Page, Theme},
    hand,
};

/// The launch and its assessment at one moment.
#[derive(Debug)]
pub struct View {
    /// The launch, with what is on its way folded in.
    pub launch: Arc<Launch>,
    /// What it is worth.
    pub assessment: Assessment,
    /// How many commands are on their way.
    pub pending: usize,
}

/// A view that is compared by identity: a new one is always a change.
#[derive(Debug, Clone)]
pub struct Shown(Arc<View>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Shown {
    type Target = View;
    fn deref(&self) -> &View {
        &self.0
    }
}

/// A command that was sent and is not confirmed yet.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Its id: sent again after a lost connection, it still happens once.
    pub id: CommandId,
    /// What was asked for.
    pub command: Arc<Command>,
    /// When, by the reader's clock.
    pub at: Instant,
    /// The last event that the reader had seen, where others may have changed the same words.
    pub seen: Option<u64>,
    /// What was typed into its form.
    pub typed: Vec<Typed>,
}

/// A field of a form that somebody typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// What the form calls it.
    pub label: String,
    /// What was typed.
    pub text: String,
}

/// What was typed into a form whose command the server refused. It is gone from the form by then,
/// and stays on the page until the reader has dealt with it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The refused command's id.
    pub id: CommandId,
    /// Why it was refused.
    pub reason: String,
    /// What was typed.
    pub typed: Vec<Typed>,
    /// The same once more, where that may help: somebody else has changed the same words.
    pub again: Option<Arc<Command>>,
}

/// Something said at the edge of the page for a while.
#[derive(Debug, Clone)]
pub struct Toast {
    /// Its number.
    pub id: u64,
    /// What is said.
    pub notice: Notice,
    /// Whether it was a step that can be taken back.
    pub undo: bool,
    /// Whether the reader must first say who they are.
    pub ask_name: bool,
}

/// Something that the reader did here, and the way back.
#[derive(Debug, Clone)]
pub struct Step {
    /// The command that did it.
    pub id: CommandId,
    /// What takes it back.
    pub back: Arc<Command>,
    /// The last event that the reader had seen: what others wrote after that is not overwritten.
    pub seen: u64,
}

/// Everything a page reads and changes; cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Which page.
    pub page: StoredValue<Page>,
    /// The page's address with query.
    pub path: StoredValue<String>,
    /// The reader's language.
    pub locale: Locale,
    /// The reader's theme.
    pub theme: Theme,
    /// Who the reader says they are.
    pub me: Option<PersonId>,
    /// What they are in the workspace.
    pub standing: Standing,
    /// Everybody known by name.
    pub people: StoredValue<Arc<People>>,
    /// The clock by which pages are drawn.
    pub now: RwSignal<Instant>,
    /// The moment shown, when it is a past one.
    pub past: Option<Instant>,
    /// What is to be expected in short, where the page says it.
    pub chance: RwSignal<Option<Chance>>,
    /// Lines of the journal, newest first.
    pub records: RwSignal<Vec<Recorded>>,
    /// Whether the live stream stands.
    pub online: RwSignal<bool>,
    /// What somebody else did last, while the page was open.
    pub heard: RwSignal<Option<Recorded>>,
    /// What is being said.
    pub toasts: RwSignal<Vec<Toast>>,
    /// What was sent and is not confirmed.
    pub pending: RwSignal<Vec<Pending>>,
    /// What was typed and refused.
    pub kept: RwSignal<Vec<Kept>>,
    /// What the reader did here and can take back, the latest last.
    pub steps: StoredValue<Vec<Step>>,
    confirmed: RwSignal<Arc<Launch>>,
    shown: Memo<Shown>,
    next_toast: StoredValue<u64>,
}

impl Desk {
    /// Sets the desk for a page and puts it into context.
    pub fn set(boot: &Boot) -> Self {
        let confirmed = RwSignal::new(boot.launch.clone().unwrap_or_default());
        let pending = RwSignal::new(Vec::<Pending>::new());
        let now = RwSignal::new(boot.past.unwrap_or(boot.now));
        let actor = boot.actor();
        let shown = Memo::new(move |_| {
            let base = confirmed.get();
            pending.with(|p| Shown(Arc::new(fold(&base, p, actor, now.get()))))
        });
        let desk = Self {
            page: StoredValue::new(boot.page.clone()),
            path: StoredValue::new(boot.path.clone()),
            locale: boot.locale,
            theme: boot.theme,
            me: boot.me,
            standing: boot.standing,
            people: StoredValue::new(Arc::clone(&boot.people)),
            now,
            past: boot.past,
            chance: RwSignal::new(boot.chance),
            records: RwSignal::new(boot.records.clone()),
            online: RwSignal::new(true),
            heard: RwSignal::new(None),
            toasts: RwSignal::new(Vec::new()),
            pending,
            kept: RwSignal::new(Vec::new()),
            steps: StoredValue::new(Vec::new()),
            confirmed,
            shown,
            next_toast: StoredValue::new(0),
        };
        provide_context(desk);
        desk
    }

    /// The desk of the page.
    pub fn here() -> Self {
        expect_context()
    }

    /// The texts of the reader's language.
    pub fn texts(&self) -> &'static startklar::texts::Catalogue {
        self.locale.catalogue()
    }

    /// The launch and its assessment; a page that reads it is drawn again when it changes.
    pub fn view(&self) -> Shown {
        self.shown.get()
    }

    /// The same, without being drawn again.
    pub fn view_untracked(&self) -> Shown {
        self.shown.get_untracked()
    }

    /// Everybody known by name.
    pub fn people(&self) -> Arc<People> {
        self.people.get_value()
    }

    /// What people said to each other, with the names of those whom it mentions.
    pub fn said(&self, text: &Note) -> String {
        startklar::texts::said(text.as_str(), &self.people(), self.locale)
    }

    /// The address of a page of this launch; `rest` begins with a slash or is empty.
    pub fn href(&self, rest: &str) -> String {
        let view = self.view_untracked();
        match &view.launch.schedule {
            Some(schedule) => format!("/l/{}{rest}", schedule.id),
            // At a moment before it was planned only the address names it.
            None => self
                .path
                .with_value(|path| format!("/l/{}{rest}", address::launch(path))),
        }
    }

    /// The last event that the server confirmed.
    pub fn revision(&self) -> u64 {
        self.confirmed.with_untracked(|l| l.revision)
    }

    /// Who acts here.
    pub fn actor(&self) -> Actor {
        let known = |me| Actor::signed_in(me, self.standing);
        self.me.map_or(Actor::nobody(), known)
    }

    /// Whether the reader may do such a thing at all in this launch.
    pub fn could(&self, act: Act) -> bool {
        rights::could(&self.view_untracked().launch, &self.actor(), act)
    }

    /// Whether the reader may begin a launch. Whoever is not known may turn out to be anybody.
    pub fn begins(&self) -> bool {
        self.me.is_none() || rights::begins(&self.actor()).is_ok()
    }

    /// Whether the reader may do such a thing at all, and looks at the launch as it is.
    pub fn writes(&self, act: Act) -> bool {
        self.past.is_none() && self.could(act)
    }

    /// Whether the reader may give a command, as far as rights go.
    pub fn may(&self, command: &Command) -> bool {
        self.me.is_none() || rights::may(&self.view_untracked().launch, command, &self.actor())
    }

    /// Says something.
    pub fn say(&self, text: String) {
        self.toast(text, false, false, false);
    }

    /// Says that something went wrong, in words that are at hand.
    pub fn complain(&self, text: String) {
        self.toast(text, true, false, false);
    }

    /// Says something, perhaps with the way back or the question who the reader is.
    pub fn toast(&self, text: String, refused: bool, undo: bool, ask_name: bool) {
        let id = self.next_toast.get_value();
        self.next_toast.set_value(id + 1);
        // One at a time: the newest is what the reader just did.
        self.toasts.set(vec![Toast {
            id,
            notice: Notice {
                refused,
                ..Notice::done(text)
            },
            undo,
            ask_name,
        }]);
    }

    /// Forgets a step, because it was refused: there is nothing to take back.
    pub fn forget_step(&self, id: CommandId) {
        self.steps
            .update_value(|steps| steps.retain(|step| step.id != id));
    }

    /// Takes a command off the list of what is to be sent.
    pub fn drop_pending(&self, id: CommandId) {
        self.pending.update(|p| p.retain(|other| other.id != id));
    }

    /// Folds what the server says happened. Lines known already are passed over; returns `false`
    /// when one is missing in between, so that the caller fetches from [`Desk::revision`] on.
    pub fn receive(&self, records: &[Recorded]) -> bool {
        let mut launch = self.confirmed.get_untracked();
        let mut changed = false;
        for record in records {
            if record.seq <= launch.revision {
                continue;
            }
            if record.seq != launch.revision + 1 {
                return false;
            }
            Arc::make_mut(&mut launch).apply(record);
            changed = true;
        }
        let known = |p: &Pending| records.iter().any(|r| r.command == p.id);
        if changed {
            self.records.update(|shown| {
                for record in records {
                    if shown.first().is_none_or(|first| first.seq < record.seq) {
                        shown.insert(0, record.clone());
                    }
                }
            });
            self.confirmed.set(launch);
            let other = records.last().filter(|r| Some(r.by) != self.me);
            if let Some(other) = other {
                self.heard.set(Some(other.clone()));
            }
        }
        if self.pending.with_untracked(|p| p.iter().any(known)) {
            self.pending.update(|p| p.retain(|one| !known(one)));
        }
        true
    }
}

/// What is on its way, decided and folded onto what is confirmed.
fn fold(base: &Arc<Launch>, pending: &[Pending], actor: Actor, now: Instant) -> View {
    let mut launch = Arc::clone(base);
    hand::fold(&mut launch, pending, actor);
    let assessment = assess(&launch, &Policy::default(), now);
    View {
        launch,
        assessment,
        pending: pending.len(),
    }
}
