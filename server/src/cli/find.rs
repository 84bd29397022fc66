//! A launch of a database by its id, and the ids that there are where it is none of them.

use std::sync::Arc;

use startklar::LaunchId;

use crate::launches::{Failure, Launches, Live};

/// Most ids that are named.
const NAMED: usize = 20;

/// The launch; where there is none of this id, which ones there are.
pub(super) async fn launch(
    launches: &Launches,
    id: &LaunchId,
) -> Result<Arc<Live>, Box<dyn std::error::Error + Send + Sync>> {
    launches.get(id).await.map_err(|failure| match failure {
        Failure::NoLaunch => unknown(id, &launches.ids()).into(),
        failure => failure.into(),
    })
}

fn unknown(id: &LaunchId, ids: &[LaunchId]) -> String {
    if ids.is_empty() {
        return format!("there is no launch “{id}”: this database holds none");
    }
    let mut names: Vec<&str> = ids.iter().take(NAMED).map(LaunchId::as_str).collect();
    if ids.len() > NAMED {
        names.push("…");
    }
    format!("there is no launch “{id}”; there is: {}", names.join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_named_with_what_is() {
        let id = |text: &str| text.parse::<LaunchId>().unwrap();
        assert_eq!(
            unknown(&id("shop"), &[id("metakube"), id("news")]),
            "there is no launch “shop”; there is: metakube, news"
        );
        assert!(unknown(&id("shop"), &[]).ends_with("holds none"));
        let many: Vec<_> = (0..30).map(|n| id(&format!("l{n}"))).collect();
        assert!(unknown(&id("shop"), &many).ends_with("l19, …"));
    }
}
