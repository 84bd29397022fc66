//! `demo`: the sample launch, from a database that is thrown away at the end.

use chrono::Utc;
use clap::Args;
use startklar::Locale;

use super::{
    Outcome,
    serve::{Around, Listen},
};
use startklar_app::assets::Embedded;

use crate::{launches::Sharing, store};

/// `demo`.
#[derive(Debug, Clone, Args)]
pub(super) struct Demo {
    #[command(flatten)]
    listen: Listen,
    /// The language of the sample
    #[arg(long, default_value = "en", value_name = "LANGUAGE", value_parser = language)]
    language: Locale,
}

pub(super) fn language(tag: &str) -> Result<Locale, String> {
    let known: Vec<_> = Locale::ALL.iter().map(|l| l.tag()).collect();
    Locale::from_tag(tag).ok_or_else(|| format!("languages are {}", known.join(", ")))
}

impl Demo {
    /// Serves until it is told to stop.
    pub(super) async fn run(self, embedded: &'static Embedded) -> Outcome {
        self.listen.log.start()?;
        let around = Around::this_machine(self.listen.listen, embedded)?;
        let store = store::open("sqlite::memory:").await?;
        let language = self.language;
        self.listen
            .serve(store, Sharing::Alone, around, async move |launches| {
                launches.sample(language, Utc::now()).await.map(drop)
            })
            .await
    }
}
