//! `person`: who is known and who may sign in, from the command line; also the way back in when nobody
//! can.

use std::{process::ExitCode, sync::Arc};

use chrono::Utc;
use clap::{Args, Subcommand};
use serde_json::json;
use startklar::{PersonId, rights::Standing};

use super::{Database, Error, Outcome};
use crate::{
    accounts::{Account, Accounts, Refused},
    launches::Launches,
    mail::{self, Change},
    store::{self, Store},
};

/// `person`.
#[derive(Debug, Clone, Args)]
pub(super) struct Person {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Clone, Subcommand)]
enum Act {
    /// Everybody, with login and standing.
    List {
        /// One JSON object for each person
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        database: Database,
    },
    /// Give somebody an account and print the link by which they choose a password. With the first
    /// account of a database everybody has to sign in.
    Add {
        /// Their name, or the handle of somebody who is known
        name: String,
        /// What they sign in with
        #[arg(long)]
        login: String,
        /// administrator, member or viewer
        #[arg(long, default_value = "member", value_parser = standing)]
        standing: Standing,
        #[command(flatten)]
        place: Place,
    },
    /// Print a new link by which somebody who has an account chooses a password.
    Link {
        /// Their login or handle
        who: String,
        #[command(flatten)]
        place: Place,
    },
    /// Take the second factor away from somebody who has lost it. Every session of theirs ends, and they
    /// are told when they sign in.
    DropFactor {
        /// Their login or handle
        who: String,
        #[command(flatten)]
        database: Database,
    },
    /// Take all passkeys away from somebody who has lost what holds them. Every session of theirs ends.
    DropPasskeys {
        /// Their login or handle
        who: String,
        #[command(flatten)]
        database: Database,
    },
    /// Remove somebody's name, account, sessions and tokens. The journal keeps what they did.
    Erase {
        /// Their login or handle
        who: String,
        #[command(flatten)]
        database: Database,
    },
}

/// Which workspace.
#[derive(Debug, Clone, Args)]
struct Place {
    /// Where people reach the server, for the link
    #[arg(long, default_value = "http://127.0.0.1:3000", value_name = "URL")]
    base: String,
    #[command(flatten)]
    database: Database,
}

fn standing(code: &str) -> Result<Standing, String> {
    let known = Standing::OF_ACCOUNTS.map(Standing::code).join(", ");
    Standing::from_code(code).ok_or_else(|| format!("allowed are {known}"))
}

/// People and accounts of a database.
struct Workspace {
    store: Arc<dyn Store>,
    launches: Arc<Launches>,
    accounts: Arc<Accounts>,
}

impl Workspace {
    async fn open(database: &Database, only_read: bool) -> Result<Self, Error> {
        let store = if only_read {
            store::open_to_read(&database.database).await?
        } else {
            store::open(&database.database).await?
        };
        Ok(Self {
            launches: database.over(Arc::clone(&store)).await?,
            accounts: Accounts::open(Arc::clone(&store)).await?,
            store,
        })
    }

    /// Somebody by login or handle.
    fn find(&self, who: &str) -> Option<PersonId> {
        let all = self.accounts.all();
        let login = who.to_lowercase();
        let by_login = all.values().find(|account| account.login == login);
        by_login
            .map(|account| account.person)
            .or_else(|| self.launches.people().find(who))
    }

    fn known(&self, who: &str) -> Result<PersonId, Error> {
        let found = self.find(who);
        found.ok_or_else(|| {
            format!("nobody has the login or handle {who:?}; see startklar person list").into()
        })
    }

    async fn link(&self, person: PersonId, base: &str) -> Result<(), Error> {
        let now = Utc::now().timestamp();
        let link = self.accounts.password_link(person, now).await?;
        let base = base.trim_end_matches('/');
        super::say(format!("{base}/join/{link}\n").as_bytes())?;
        Ok(())
    }

    /// Tells somebody by mail what was taken away: the server that uses this database sends it, if it
    /// sends mail.
    async fn tell(&self, person: PersonId, change: Change) {
        let told = mail::tell(self.store.mail_store(), person, change, Utc::now());
        if let Err(error) = told.await {
            super::complain(&error);
        }
    }

    fn list(&self, as_json: bool) -> Result<(), Error> {
        let (people, accounts) = (self.launches.people().all(), self.accounts.all());
        let line = |person: &startklar::model::Person| {
            let account = accounts.get(&person.id);
            let login = account.map(|account| account.login.as_str());
            let standing = account.map(|account| account.standing.code());
            if as_json {
                let ready = account.is_some_and(Account::is_ready);
                let line = json!({"id": person.id, "handle": person.key, "name": person.name,
                    "login": login, "standing": standing, "ready": ready,
                    "second_factor": account.is_some_and(|account| account.second_factor),
                    "passkeys": account.is_some_and(|account| account.passkeys)});
                return format!("{line}\n");
            }
            let (login, standing) = (login.unwrap_or("-"), standing.unwrap_or("-"));
            let (key, name) = (&person.key, &person.name);
            format!("{key:<24} {login:<32} {standing:<14} {name}\n")
        };
        let text: String = people.iter().map(line).collect();
        super::say(text.as_bytes())?;
        Ok(())
    }
}

/// Whether somebody had what was to be taken away.
fn had(taken: Result<(), Refused>, who: &str, what: &str) -> Result<(), Error> {
    match taken {
        Err(Refused::Ended) => Err(format!("{who:?} has no {what}").into()),
        other => Ok(other?),
    }
}

impl Person {
    /// Does what was asked, and prints what came of it.
    pub(super) async fn run(self) -> Outcome {
        match self.act {
            Act::List { json, database } => {
                let workspace = Workspace::open(&database, true).await?;
                workspace.list(json)?;
                workspace.store.close().await;
            }
            Act::Add {
                name,
                login,
                standing,
                place,
            } => {
                let workspace = Workspace::open(&place.database, false).await?;
                workspace.accounts.is_free(&login)?;
                if workspace.accounts.are_none() && standing != Standing::Administrator {
                    let what = "the first account is an administrator's: --standing administrator";
                    return Err(what.into());
                }
                let person = match workspace.find(&name) {
                    Some(person) => person,
                    None => workspace.launches.people().add(&name).await?.id,
                };
                let now = Utc::now().timestamp();
                let accounts = &workspace.accounts;
                accounts.add(person, &login, standing, now).await?;
                workspace.link(person, &place.base).await?;
                workspace.store.close().await;
            }
            Act::Link { who, place } => {
                let workspace = Workspace::open(&place.database, false).await?;
                let person = workspace.known(&who)?;
                workspace.link(person, &place.base).await?;
                workspace.store.close().await;
            }
            Act::DropFactor { who, database } => {
                let workspace = Workspace::open(&database, false).await?;
                let person = workspace.known(&who)?;
                let taken = workspace
                    .accounts
                    .take_factor(person, Utc::now().timestamp());
                had(taken.await, &who, "second factor")?;
                workspace.tell(person, Change::FactorTaken).await;
                workspace.store.close().await;
            }
            Act::DropPasskeys { who, database } => {
                let workspace = Workspace::open(&database, false).await?;
                let person = workspace.known(&who)?;
                let taken = workspace.accounts.take_passkeys(person);
                had(taken.await, &who, "passkeys")?;
                workspace.tell(person, Change::PasskeysTaken).await;
                workspace.store.close().await;
            }
            Act::Erase { who, database } => {
                let workspace = Workspace::open(&database, false).await?;
                let person = workspace.known(&who)?;
                workspace.accounts.erase(person).await?;
                workspace.store.close().await;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
