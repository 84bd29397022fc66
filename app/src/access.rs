//! What the pages about signing in, people and rights are drawn from. The server draws them alone.

use std::{fmt, sync::Arc};

use startklar::{
    Launch, LaunchId, Locale, PersonId,
    id::TemplateId,
    model::Taken,
    rights::Standing,
    template::Difference,
    time::Instant,
    workspace::{self, Change, Effect},
};

/// One of these pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Sign in.
    SignIn {
        /// Where to go on afterwards.
        back: String,
        /// What was typed.
        login: String,
        /// Whether nobody could: there is no account yet.
        none: bool,
        /// By whose word else.
        ways: Vec<Way>,
        /// Whether by a passkey.
        passkeys: bool,
    },
    /// Show a code after the password.
    Code {
        /// Where to go on afterwards.
        back: String,
    },
    /// Setting up a second factor.
    Factor(Factor),
    /// Who a provider vouched for has no account.
    Stranger {
        /// What the provider is called.
        title: String,
        /// Their name as it says.
        name: String,
    },
    /// Choose a password by a link.
    Join {
        /// The link's secret.
        link: String,
        /// What was typed, or is known.
        login: String,
        /// Whose it is; nobody's when it makes the first administrator.
        name: Option<String>,
        /// Who that is to be, as far as it was said.
        first: First,
        /// By whose word they may come in instead.
        ways: Vec<Way>,
    },
    /// The link has ended.
    Ended,
    /// Somebody's own account.
    Account(Box<Account>),
    /// Everybody.
    People(People),
    /// The table of rights.
    Rights,
    /// What every launch must fulfil.
    Policy(Box<Policy>),
    /// What launches can begin with.
    Templates(Templates),
    /// What changed in a template since a launch took it.
    Renewal(Box<Renewal>),
    /// Links to the status page of a launch.
    Links(Links),
    /// A launch for somebody without an account.
    Status(Arc<Launch>, Instant),
    /// Ending one kind of mail, by a link in one.
    Unsubscribe(Unsubscribe),
    /// Saying that an address of mail is one's own.
    Address(Address),
    /// The link that asked whether an address is one's own has ended.
    AddressEnded,
    /// The link that ended one kind of mail has ended itself.
    UnsubscribeEnded,
}

impl Access {
    /// Whether the page can ask for a passkey, which its script does.
    pub fn asks_for_passkeys(&self) -> bool {
        match self {
            Self::SignIn { passkeys, .. } => *passkeys,
            Self::Account(account) => account.passkeys.place == Place::Good,
            _ => false,
        }
    }
}

/// What every launch must fulfil, and what of it those under way lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What is demanded.
    pub policy: workspace::Policy,
    /// The last event of the workspace that this shows.
    pub seen: u64,
    /// Whether it is the reader's to change.
    pub writes: bool,
    /// Launches that would change if they adopted it: id, title, what would change.
    pub affected: Vec<(LaunchId, String, Effect)>,
    /// Who changed it, how and when in words; the latest first.
    pub changes: Vec<(String, Vec<Change>, String)>,
}

/// What launches can begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    /// All of them.
    pub all: Vec<Template>,
    /// Whether they are the reader's to publish.
    pub writes: bool,
    /// The id that was sent and not taken.
    pub id: String,
}

/// A template with its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What it is called in addresses.
    pub id: TemplateId,
    /// The latest first.
    pub versions: Vec<TemplateVersion>,
}

/// A version of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateVersion {
    /// Its number.
    pub number: u16,
    /// Its title; nothing where it cannot be read.
    pub title: Option<String>,
    /// How many items it has, by size.
    pub items: [usize; 3],
    /// Who published it and when, in words; nobody where it comes with the product.
    pub by: Option<(String, String)>,
}

/// What changed in a template since a launch took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The address of the launch.
    pub base: String,
    /// What it holds, the number of the latest version, what that would change; nothing where it
    /// holds no template that is known.
    pub found: Option<(Taken, u16, Difference)>,
    /// Whether it is the reader's to apply.
    pub writes: bool,
}

/// Who the first administrator is, as a form said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct First {
    /// The id of a person of the directory; empty for somebody new.
    pub person: String,
    /// The name of somebody new.
    pub name: String,
}

/// A way to sign in by the word of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What the provider is called.
    pub title: String,
    /// Where the way begins.
    pub href: String,
}

/// A page of setting up a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Factor {
    /// What the app is to know, shown once, and the first code.
    Setup(Key),
    /// The first code once more.
    Confirm,
    /// Recovery codes, shown once.
    Recovery(Vec<String>),
}

/// What an app for codes is to know.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// The secret, in groups of four characters.
    pub text: String,
    /// The same with all else that the app wants to know, as an address.
    pub address: String,
    /// The address as a QR code, if it fits into one.
    pub picture: Option<Picture>,
}

impl fmt::Debug for Key {
    /// Without the secret: what is printed may end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").finish_non_exhaustive()
    }
}

/// A picture of dark squares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Squares on a side.
    pub side: usize,
    /// The dark ones, as an SVG path.
    pub path: String,
}

/// How somebody's second factor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Second {
    /// It is off.
    Off,
    /// It was taken away; when, in words.
    Taken(String),
    /// It is on.
    On {
        /// Since when, in words.
        since: String,
        /// Recovery codes that are left.
        left: usize,
    },
}

/// Whether passkeys can be used at the address by which the server is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// They can.
    Good,
    /// The address has no name.
    Unnamed,
    /// It is reached by plain http.
    Plain,
}

/// The passkeys of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkeys {
    /// Whether another can be added here.
    pub place: Place,
    /// All of them, the oldest first.
    pub all: Vec<Passkey>,
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What it is called by programs.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added, in words.
    pub made: String,
    /// When it was last used, in words, if ever.
    pub used: Option<String>,
}

/// Who somebody is elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider, by its address.
    pub issuer: String,
    /// What it calls them.
    pub subject: String,
    /// What the provider is called here.
    pub title: String,
    /// When it was linked, in words.
    pub made: String,
}

/// Ending one kind of mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// Where the form is sent.
    pub address: String,
    /// Whose mail it is.
    pub name: String,
    /// Whether it is the notices; else it is the weekly mail.
    pub notices: bool,
    /// Whether it has ended.
    pub done: bool,
}

/// Saying that an address of mail is one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Where the form is sent.
    pub action: String,
    /// The address of mail.
    pub address: String,
    /// Where that stands.
    pub stands: Stands,
}

/// Whether somebody has said that an address of mail is their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// They are asked.
    Asked,
    /// They have just said so.
    Said,
    /// They had said so before.
    Known,
}

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    /// The weekly mail.
    Week,
    /// A notice.
    Notice,
    /// The question whether an address is theirs.
    Address,
    /// That what they sign in by has changed, or that they signed in with another browser.
    Safety,
}

/// Links to the status page of a launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// The address of the launch.
    pub base: String,
    /// Those that hold.
    pub rows: Vec<StatusLink>,
    /// One that was just made.
    pub fresh: Option<String>,
    /// Whose it is to make and end them, where it is not the reader's.
    pub refused: Option<String>,
}

/// A link to a status page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLink {
    /// What it is called.
    pub id: String,
    /// When it was made, in words.
    pub made: String,
    /// When it was last opened, in words; none before that.
    pub seen: Option<String>,
    /// When it ends, in words.
    pub ends: String,
}

/// Somebody's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// What they are.
    pub standing: Standing,
    /// Whether they have a password.
    pub has_password: bool,
    /// How their second factor stands.
    pub second: Second,
    /// Their passkeys.
    pub passkeys: Passkeys,
    /// Who they are elsewhere.
    pub identities: Vec<Identity>,
    /// Where else they may link who they are; none where this server knows no provider.
    pub ways: Vec<Way>,
    /// Where they are signed in.
    pub sessions: Vec<Session>,
    /// Their tokens.
    pub tokens: Vec<Token>,
    /// A token that was just made.
    pub fresh: Option<String>,
    /// How they wish mail; nothing where this server sends none.
    pub mail: Option<Mail>,
}

/// How somebody wishes mail, or what is offered to who has not said so yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Where they read it.
    pub address: String,
    /// Whether it is known to be theirs; nothing is kept when nothing is known.
    pub confirmed: Option<bool>,
    /// The address that stays in use until that one is known to be theirs, where there is one.
    pub stays: Option<String>,
    /// In which language.
    pub locale: Locale,
    /// The name of their time zone.
    pub zone: String,
    /// Whether they wish the weekly mail.
    pub digest: bool,
    /// Whether they wish notices.
    pub notices: bool,
    /// When it begins to be quiet, as `20:00`.
    pub from: String,
    /// When it ends to be, in the same way.
    pub until: String,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What it is called.
    pub id: String,
    /// The browser.
    pub browser: String,
    /// When it began, in words.
    pub made: String,
    /// When it was last used, in words.
    pub seen: String,
    /// Whether it is the one that shows this page.
    pub this: bool,
}

/// A token for a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is called.
    pub id: String,
    /// What it is for.
    pub note: String,
    /// Whether it may change something.
    pub writes: bool,
    /// When it ends, in words.
    pub ends: String,
}

/// Everybody of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// Whether nobody signs in yet.
    pub open: bool,
    /// Everybody, by name.
    pub rows: Vec<Row>,
    /// A link that was just made: whose, and its address.
    pub link: Option<(String, String)>,
    /// Mail that is not known to have arrived.
    pub stuck: Vec<StuckMail>,
}

/// A mail that is not known to have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckMail {
    /// Whose it is.
    pub name: String,
    /// What it is for.
    pub kind: MailKind,
    /// When that came about, in words.
    pub when: String,
    /// Whether it may have arrived; else it did not.
    pub may_have_arrived: bool,
    /// What the mail server said.
    pub answer: String,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their account: login, standing, and whether they have chosen a password.
    pub account: Option<(String, Standing, bool)>,
    /// Whether their second factor is on.
    pub second: bool,
    /// Whether they have a passkey.
    pub passkeys: bool,
}
