//! What binds a launch: what was last in the futures, and how often.

use super::{super::number::float, Share, futures::Futures};
use crate::{
    engine::Subject,
    model::{EpicIx, Launch},
    order::sort_by,
};

/// What was last, and in which share of the futures, most often first.
///
/// Which story is the last nobody can tell; that it belongs to an epic is as likely as the epic's
/// share of the open stories is large.
pub(super) fn last(launch: &Launch, futures: &Futures) -> Vec<(Subject, Share)> {
    let mut tasks = vec![0_usize; futures.tasks.all.len()];
    let mut stories = 0_usize;
    let lanes = futures.technical.finish.iter().zip(&futures.items);
    for ((built, closed), which) in lanes.zip(&futures.last) {
        match which {
            Some(at) if closed >= built => tasks[*at] += 1,
            _ if *built > 0.0 => stories += 1,
            _ => {}
        }
    }
    let all = float(futures.items.len());
    let mut shares: Vec<(Subject, f64)> = Vec::new();
    for (task, times) in futures.tasks.all.iter().zip(tasks) {
        shares.push((task.subject, float(times) / all));
    }
    for (epic, share) in open_epics(launch) {
        shares.push((Subject::Epic(epic), share * float(stories) / all));
    }
    shares.retain(|(_, share)| *share > 0.0);
    sort_by(&mut shares, |(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    shares
        .into_iter()
        .map(|(subject, share)| (subject, Share::of(share)))
        .collect()
}

/// The epics in scope with their share of what is open: of the stories, or where all are done of the
/// acceptances.
fn open_epics(launch: &Launch) -> Vec<(EpicIx, f64)> {
    let scoped = || launch.epics.each().filter(|(_, e)| e.in_scope.is_some());
    let stories = scoped().map(|(ix, _)| {
        let open = launch.stories_of(ix).filter(|story| story.is_open());
        (ix, open.count())
    });
    let mut open: Vec<(EpicIx, usize)> = stories.filter(|(_, n)| *n > 0).collect();
    if open.is_empty() {
        let waiting = scoped().filter(|(_, epic)| epic.accepted.is_none());
        open = waiting.map(|(ix, _)| (ix, 1)).collect();
    }
    let all: usize = open.iter().map(|(_, n)| n).sum();
    let share = |n| float(n) / float(all);
    open.into_iter().map(|(ix, n)| (ix, share(n))).collect()
}
