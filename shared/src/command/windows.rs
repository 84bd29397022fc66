//! Decisions on windows and freezes: to set them, and to let a launch happen at its moment all the same.
//! Only pages that the server draws alone give these commands, so no browser carries them.

use super::{
    Refusal,
    decide::{Case, Decision, not_launched},
};
use crate::{journal::Event, model::Windows, text::Note};

/// Once it was launched they mean nothing any more, and it is judged by those that held then.
pub(super) fn set(case: &Case<'_>, windows: &Windows) -> Decision {
    not_launched(case.launch)?;
    if case.launch.windows == *windows {
        return Ok(Vec::new());
    }
    Ok(vec![Event::WindowsSet(windows.clone())])
}

pub(super) fn except(case: &Case<'_>, reason: &Note) -> Decision {
    let launch = case.launch;
    not_launched(launch)?;
    let Some(schedule) = &launch.schedule else {
        return Err(Refusal::NotPlanned);
    };
    let title = schedule.title.clone();
    if launch.moment_is_open() {
        return Err(Refusal::MomentOpen { title });
    }
    if let Some(excepted) = &launch.excepted {
        return Err(Refusal::Already {
            title,
            state: "excepted",
            by: Some(excepted.by.by),
            at: Some(excepted.by.at),
        });
    }
    let reason = reason.clone();
    Ok(vec![Event::MomentExcepted { reason }])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::engine::testing::{CARLA, Told, launch};

    fn fair(told: Told) -> Told {
        let freeze = json!({"title": "Fair", "first": "2026-05-10", "last": "2026-05-14"});
        told.does(json!({"set_windows": {"freezes": [freeze]}}))
    }

    fn except() -> Value {
        json!({"except_moment": {"reason": "The customer waits."}})
    }

    fn refused(mut told: Told, command: Value) -> Result<(), &'static str> {
        told.tries(command).map_err(|refusal| refusal.code())
    }

    #[test]
    fn an_exception_is_for_one_moment_and_these_windows() {
        let told = fair(launch()).by(CARLA).does(except());
        let excepted = told.launch.excepted.clone().unwrap();
        assert_eq!(excepted.by.by, CARLA);
        let same = json!({"reschedule": {"moment": "2026-05-12T08:00:00Z"}});
        let told = told.does(same);
        assert!(told.launch.excepted.is_some(), "it did not move");
        let moved =
            |day: &str| json!({"reschedule": {"moment": format!("2026-05-{day}T08:00:00Z")}});
        let told = told.does(moved("13"));
        assert_eq!(told.launch.excepted, None);
        let told = told.does(moved("12"));
        assert_eq!(told.launch.excepted, None, "nor does it come back");
        let told = fair(told.does(except()));
        assert!(told.launch.excepted.is_some(), "nothing was set anew");
        let told = told.does(json!({"set_windows": {}}));
        assert_eq!(told.launch.excepted, None);
    }

    #[test]
    fn there_is_something_to_except_it_from_and_once() {
        assert_eq!(refused(launch(), except()), Err("moment_open"));
        let told = fair(launch()).does(except());
        assert_eq!(refused(told, except()), Err("already"));
    }

    #[test]
    fn after_the_launch_both_stand() {
        let mut told = launch().epic("one").story("a", "one");
        for discipline in ["sales", "marketing"] {
            told = told
                .item(discipline, discipline, &json!({}))
                .to("tick_item", discipline);
        }
        let told = told
            .does(json!({"finish_story": {"story": "a"}}))
            .does(json!({"accept_epic": {"epic": "one"}}))
            .does(json!("record_launch"));
        let set = json!({"set_windows": {"windows": [{"days": ["sun"], "from": "09:00", "to": "10:00"}]}});
        assert_eq!(refused(told, set), Err("launch_stands"));
    }
}
