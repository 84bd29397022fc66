//! What the pages about signing in, people and rights are drawn from. The server draws them alone.

use std::sync::Arc;

use startklar::{Launch, PersonId, rights::Standing, time::Instant};

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
    },
    /// Choose a password by a link.
    Join {
        /// The link's secret.
        link: String,
        /// What was typed, or is known.
        login: String,
        /// Whose it is; nobody's when it makes the first administrator.
        name: Option<String>,
    },
    /// The link has ended.
    Ended,
    /// Somebody's own account.
    Account(Account),
    /// Everybody.
    People(People),
    /// The table of rights.
    Rights,
    /// Links to the status page of a launch.
    Links(Links),
    /// A launch for somebody without an account.
    Status(Arc<Launch>, Instant),
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
    /// Where they are signed in.
    pub sessions: Vec<Session>,
    /// Their tokens.
    pub tokens: Vec<Token>,
    /// A token that was just made.
    pub fresh: Option<String>,
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
}
