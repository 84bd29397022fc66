//! Templates: published as versions into the workspace's journal, taken by launches.

use startklar::{
    Actor, Command, CommandId, Launch, LaunchId,
    id::TemplateId,
    model::Taken,
    rights,
    template::{Difference, Taking},
    time::Instant,
    workspace::{self, Draft, Version},
};

use super::{Done, Failure, Launches, Submission};

/// How often a launch is looked at anew when it moves on meanwhile.
const TRIES: usize = 8;

/// A later version of the template that a launch holds.
#[derive(Debug, Clone)]
pub struct Renewal {
    /// What it holds.
    pub taken: Taken,
    /// The number of the latest version.
    pub latest: u16,
    /// What that would change.
    pub difference: Difference,
}

impl Launches {
    /// Publishes a template, or its next version; says which that is.
    ///
    /// # Errors
    /// [`Failure::BadTemplate`] with everything that is wrong with the file; what the rules refuse.
    pub async fn publish(
        &self,
        template: TemplateId,
        body: &str,
        command: CommandId,
        actor: Actor,
        now: Instant,
    ) -> Result<u16, Failure> {
        rights::governs(&actor)?;
        let draft = Draft::read(template.clone(), body).map_err(Failure::BadTemplate)?;
        let publish = workspace::Command::PublishTemplate(draft);
        let workspace = self.govern(&publish, command, None, actor, now).await?;
        let versions = workspace.versions(&template);
        Ok(versions.last().map_or(0, |last| last.number))
    }

    /// The latest version of a template that can be read.
    ///
    /// # Errors
    /// [`Failure::NoTemplate`] when there is none.
    pub(super) async fn latest(&self, template: &TemplateId) -> Result<Version, Failure> {
        let mut versions = self.workspace().await?.versions(template);
        versions.retain(|version| version.template.is_some());
        let last = versions.pop();
        last.ok_or_else(|| Failure::NoTemplate(template.to_string()))
    }

    /// What the latest version of its template would change in a launch; `None` where it holds none
    /// that is known, `latest` the one that it holds where nothing is newer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn renewal(&self, launch: &Launch) -> Result<Option<Renewal>, Failure> {
        let Some(taken) = &launch.taken else {
            return Ok(None);
        };
        let workspace = self.workspace().await?;
        let old = workspace.template(&taken.template, taken.version);
        let latest = self.latest(&taken.template).await;
        let (Some(old), Ok(latest)) = (old, latest) else {
            return Ok(None);
        };
        let Some(new) = latest.template else {
            return Ok(None);
        };
        Ok(Some(Renewal {
            difference: old.difference(&new, taken.size, launch),
            latest: latest.number,
            taken: taken.clone(),
        }))
    }

    /// Has a launch take this version of its template: the one whose difference somebody has seen.
    ///
    /// # Errors
    /// What the rules refuse; [`Failure::NoTemplate`] where it holds none, or there is no such version.
    pub async fn renew(
        &self,
        id: &LaunchId,
        version: u16,
        command: CommandId,
        actor: Actor,
        now: Instant,
    ) -> Result<Done, Failure> {
        let live = self.get(id).await?;
        for _ in 0..TRIES {
            let launch = live.launch();
            let taking = self.taking(&launch, version).await?;
            let submission = Submission {
                id: command,
                command: Command::TakeTemplate(Box::new(taking)),
                seen: None,
                // It was computed against this very launch.
                only_at: Some(launch.revision),
            };
            match live.submit(submission, actor, now).await {
                Err(Failure::Stale { .. }) => {}
                other => return other,
            }
        }
        Err(Failure::Busy)
    }

    async fn taking(&self, launch: &Launch, version: u16) -> Result<Taking, Failure> {
        let missing = || Failure::NoTemplate(String::new());
        let taken = launch.taken.clone().ok_or_else(missing)?;
        let workspace = self.workspace().await?;
        let of = |version| workspace.template(&taken.template, version);
        let missing = || Failure::NoTemplate(format!("{} {version}", taken.template));
        let (old, new) = (of(taken.version), of(version));
        let (old, new) = old.zip(new).ok_or_else(missing)?;
        let difference = old.difference(&new, taken.size, launch);
        let taken = Taken {
            version,
            ..taken.clone()
        };
        Ok(new.taking(taken, &difference, launch))
    }
}
