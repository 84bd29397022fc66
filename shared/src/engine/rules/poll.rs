//! The rules on the poll: while it is open, who is asked speaks; and what a go was conditional on is not
//! forgotten. They block nothing: what blocks a launch is what is missing, not what somebody thinks of it.

use crate::{
    engine::{Finding, Polled, Rule, Subject, facts::Facts},
    model::Call,
};

/// Who has not spoken, or speaks against it.
pub(super) fn spoken(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let launch = facts.launch;
    let Some(poll) = launch.open_poll().filter(|_| launch.launched.is_none()) else {
        return;
    };
    let polled = Polled::of(launch, poll, facts.now);
    for discipline in &poll.asked {
        let (rule, since) = match polled.standing(*discipline) {
            None => {
                let void = polled.void(*discipline).map(|void| void.at);
                (Rule::VoteMissing, void.unwrap_or(poll.opened.at))
            }
            Some(vote) if vote.ballot.call == Call::NoGo => (Rule::VotedNoGo, vote.by.at),
            Some(_) => continue,
        };
        found.push(Finding {
            rule,
            discipline: *discipline,
            subject: Subject::Discipline(*discipline),
            waits_for: facts.person_or_lead(None, *discipline),
            since: Some(since),
            last_safe_start: None,
            grounds: None,
        });
    }
}

/// The conditions of the go that are open and whose day is not over: the launch does not wait for them
/// yet, and nobody shall be surprised once it does.
pub(super) fn promised(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let launch = facts.launch;
    for (ix, item) in launch.items.each() {
        let ahead = item.due.is_some() && launch.is_promised(item) && !facts.is_required(ix);
        if ahead && !facts.closure.is_closed(ix) {
            found.push(facts.about_item(Rule::ConditionAhead, ix, item, Some(item.added)));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    #[test]
    fn who_is_asked_is_waited_for_until_they_have_spoken() {
        let told = launch().lead("sales", NILS);
        assert!(told.finds(spoken).is_empty(), "nobody was asked");
        let told = told.on("04-20").does(json!("open_poll"));
        let marketing = "vote_missing, discipline marketing, owed by marketing, waits for nobody, \
            since 04-20 12:00";
        assert_eq!(
            told.finds(spoken),
            [
                marketing,
                "vote_missing, discipline sales, owed by sales, waits for nils, since 04-20 12:00"
            ]
        );
        let vote = |call: &str| json!({"cast_vote": {"discipline": "sales", "call": call, "reason": "So."}});
        let told = told.by(NILS).on("04-21").does(vote("no_go"));
        assert_eq!(
            told.finds(spoken),
            [
                marketing,
                "voted_no_go, discipline sales, owed by sales, waits for nils, since 04-21 12:00"
            ]
        );
        let told = told.does(vote("go"));
        assert_eq!(told.finds(spoken), [marketing]);
        let told = told.on("04-22").item("prices", "sales", &json!({}));
        let void =
            "vote_missing, discipline sales, owed by sales, waits for nils, since 04-22 12:00";
        assert_eq!(told.finds(spoken), [marketing, void], "it is void");
        let decide = json!({"decide_poll": {"call": "no_go", "reason": "No."}});
        assert!(told.does(decide).finds(spoken).is_empty(), "it is over");
    }
}
