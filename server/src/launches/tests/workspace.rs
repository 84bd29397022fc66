//! The workspace: set, found again, conflicting, adopted at the beginning and later.

use startklar::{
    Discipline, Refusal,
    rights::Standing,
    workspace::{Command as Sets, Policy},
};

use super::*;

fn legal() -> Sets {
    Sets::SetPolicy(Policy::new([Discipline::Legal], [Discipline::Sales]))
}

impl Desk {
    async fn govern(&self, command: &Sets, id: CommandId) -> Result<u64, Failure> {
        let actor = Actor::person(self.me);
        let governed = self.launches.govern(command, id, None, actor, now());
        governed.await.map(|workspace| workspace.revision)
    }
}

#[tokio::test]
async fn what_was_set_is_found_again_and_is_no_launch() {
    let desk = Desk::new().await;
    let id = new_id();
    assert_eq!(desk.govern(&legal(), id).await.unwrap(), 1);
    // Sent again it happens once, and so does what is so already.
    assert_eq!(desk.govern(&legal(), id).await.unwrap(), 1);
    assert_eq!(desk.govern(&legal(), new_id()).await.unwrap(), 1);
    let other = Sets::SetPolicy(Policy::default());
    let used = desk.govern(&other, id).await;
    assert!(matches!(used, Err(Failure::IdUsed)), "{used:?}");
    let again = open(&desk.store, Sharing::Alone).await;
    let workspace = again.workspace().await.unwrap();
    assert!(workspace.policy.requires(Discipline::Legal));
    assert_eq!(again.ids(), [desk.id().clone()]);
    assert_eq!(again.workspace_journal().await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_processes_set_it_one_after_the_other() {
    let desk = Desk::new().await;
    let other = open(&desk.store, Sharing::Shared).await;
    assert_eq!(other.workspace().await.unwrap().revision, 0);
    desk.govern(&legal(), new_id()).await.unwrap();
    let finance = Sets::SetPolicy(Policy::new([Discipline::Finance], []));
    let actor = Actor::person(desk.me);
    let set = other.govern(&finance, new_id(), None, actor, now()).await;
    assert_eq!(set.unwrap().revision, 2);
    let workspace = desk.launches.workspace().await.unwrap();
    assert!(!workspace.policy.requires(Discipline::Legal));
    let (again, id) = (legal(), new_id());
    let stale = desk.launches.govern(&again, id, Some(1), actor, now());
    let stale = stale.await;
    assert!(matches!(stale, Err(Failure::Changed(_))), "{stale:?}");
}

#[tokio::test]
async fn many_who_set_it_at_once_follow_on_each_other() {
    let desk = Desk::new().await;
    let sets = Discipline::ALL.into_iter().take(5).map(|discipline| {
        let (launches, me) = (Arc::clone(&desk.launches), desk.me);
        tokio::spawn(async move {
            let set = Sets::SetPolicy(Policy::new([discipline], []));
            let actor = Actor::person(me);
            launches.govern(&set, new_id(), None, actor, now()).await
        })
    });
    for set in sets.collect::<Vec<_>>() {
        set.await.unwrap().unwrap();
    }
    assert_eq!(desk.launches.workspace().await.unwrap().revision, 5);
}

#[tokio::test]
async fn a_launch_adopts_it_when_it_begins_and_keeps_it() {
    let desk = Desk::new().await;
    desk.govern(&legal(), new_id()).await.unwrap();
    for size in [None, Some(Tier::Small)] {
        let start = Start {
            size,
            ..start("Next")
        };
        let actor = Actor::person(desk.me);
        let live = desk.launches.begin(start, new_id(), actor, now()).await;
        let launch = live.unwrap().launch();
        assert!(launch.policy.requires(Discipline::Legal));
        assert_eq!(launch.verified, [Discipline::Sales]);
    }
    let nothing = Sets::SetPolicy(Policy::default());
    desk.govern(&nothing, new_id()).await.unwrap();
    let next = "next".parse().unwrap();
    let launch = desk.launches.get(&next).await.unwrap().launch();
    assert_eq!(launch.verified, [Discipline::Sales], "adopted is adopted");
}

#[tokio::test]
async fn a_launch_under_way_adopts_it_when_somebody_applies_it() {
    let desk = Desk::new().await;
    let ticked = desk.plain_items();
    let sales = |item: &&ItemId| {
        let launch = desk.live.launch();
        let item = launch.items.get(item).unwrap();
        item.discipline == Discipline::Sales && item.blocking && !item.second_person
    };
    let item = ticked.iter().find(sales).unwrap();
    desk.send(tick(item)).await.unwrap();
    assert!(desk.launches.affected(now()).await.unwrap().is_empty());
    desk.govern(&legal(), new_id()).await.unwrap();
    let affected = desk.launches.affected(now()).await.unwrap();
    let [one] = affected.as_slice() else {
        panic!("{affected:?}")
    };
    assert_eq!((one.title.as_str(), one.effect.waiting), ("Shop", 1));
    let member = Actor::signed_in(desk.me, Standing::Member);
    let refused = desk
        .launches
        .adopt(desk.id(), new_id(), member, now())
        .await;
    let refused = refused.unwrap_err();
    assert!(
        matches!(refused, Failure::Refused(Refusal::NoRight { .. })),
        "{refused:?}"
    );
    let boss = Actor::signed_in(desk.me, Standing::Administrator);
    let adopted = desk.launches.adopt(desk.id(), new_id(), boss, now()).await;
    assert!(!adopted.unwrap().lines.is_empty());
    assert!(desk.launches.affected(now()).await.unwrap().is_empty());
    let launch = desk.live.launch();
    let assessment = startklar::assess(&launch, &startklar::Policy::default(), now());
    let ix = launch.items.find(item).unwrap();
    assert_eq!(assessment.item(ix).code(), "second_person");
}
