//! Plan files of the launches that are tried. Their days are near the day of the test.

use std::fmt::Write as _;

use chrono::TimeDelta;
use startklar::time::Instant;

use super::{cast::PEOPLE, stage::HELPER};

/// The head of a plan that began thirty days ago and is launched in forty, planned by the helper.
fn head(id: &str, now: Instant) -> String {
    let day = |days| (now + TimeDelta::days(days)).date_naive();
    format!(
        "format = 1\n[launch]\nid = \"{id}\"\ntitle = \"Matrix\"\nstart = {}\nweeks = 10\n\
         moment = {}T10:00:00Z\nwatch_days = 0\nplanned = {}\n[people.{HELPER}]\n\
         name = \"{HELPER}\"\n",
        day(-30),
        day(40),
        stamp(now, -29)
    )
}

/// What the helper did so many days ago.
fn stamp(now: Instant, days: i64) -> String {
    format!("{{ by = \"{HELPER}\", at = {} }}", at(now, days))
}

fn at(now: Instant, days: i64) -> String {
    let day = (now + TimeDelta::days(days)).date_naive();
    format!("{day}T09:00:00Z")
}

/// Something of each kind in each state that a command asks for.
pub(super) fn under_way(id: &str, now: Instant) -> String {
    let mut plan = head(id, now);
    for person in &PEOPLE {
        plan += &person.planned();
    }
    let (begun, done, by) = (at(now, -20), at(now, -10), stamp(now, -10));
    let until = (now + TimeDelta::days(20)).date_naive();
    let _ = write!(
        plan,
        r#"
[[epics]]
id = "base"
title = "Base"
in_scope = true
[[epics.stories]]
id = "todo"
title = "To do"
owner = "named"
[[epics.stories]]
id = "begun"
title = "Begun"
owner = "named"
begun = {begun}
[[epics.stories]]
id = "done"
title = "Done"
owner = "named"
begun = {begun}
done = {done}
[[epics]]
id = "built"
title = "Built"
in_scope = true
[[epics.stories]]
id = "built-too"
title = "Built too"
begun = {begun}
done = {done}
[[epics]]
id = "accepted"
title = "Accepted"
in_scope = true
accepted = {by}
[[epics.stories]]
id = "accepted-too"
title = "Accepted too"
begun = {begun}
done = {begun}
[[epics]]
id = "idea"
title = "Idea"
[[items]]
id = "open"
title = "Open"
discipline = "sales"
owner = "named"
[[items]]
id = "begun"
title = "Begun"
discipline = "sales"
owner = "named"
begun = {by}
[[items]]
id = "ticked"
title = "Ticked"
discipline = "sales"
owner = "named"
second_person = true
ticked = {by}
[[items]]
id = "asked"
title = "Asked for"
discipline = "sales"
owner = "named"
waiver = {{ reason = "Late", until = {until}, asked = {by} }}
[[requests]]
id = "to-sales"
direction = "question"
from = "legal"
to = "sales"
text = "Which?"
owner = "named"
due = {until}
asked = {by}
[[requests]]
id = "from-sales"
direction = "question"
from = "sales"
to = "legal"
text = "Whose?"
due = {until}
asked = {{ by = "{HELPER}", at = {begun} }}
answer = {{ by = "{HELPER}", at = {done}, text = "Ours." }}
"#
    );
    plan + &notice(&by)
}

fn notice(issued: &str) -> String {
    format!(
        "[[notices]]\nid = \"to-sales\"\ntitle = \"Prices\"\ntext = \"They rise.\"\n\
         disciplines = [\"sales\"]\nissued = {issued}\n"
    )
}

/// Nothing is open, and it may have been launched.
pub(super) fn ready(id: &str, now: Instant, launched: bool) -> String {
    let mut plan = head(id, now);
    for person in &PEOPLE {
        plan += &person.planned();
    }
    let _ = write!(
        plan,
        "[[epics]]\nid = \"base\"\ntitle = \"Base\"\nin_scope = true\naccepted = {1}\n\
         [[epics.stories]]\nid = \"done\"\ntitle = \"Done\"\nbegun = {0}\ndone = {0}\n",
        at(now, -20),
        stamp(now, -10)
    );
    for discipline in ["sales", "marketing"] {
        let _ = write!(
            plan,
            "[[items]]\nid = \"{discipline}\"\ntitle = \"T\"\ndiscipline = \"{discipline}\"\nblocking = true\nticked = {}\n",
            stamp(now, -10)
        );
    }
    if launched {
        let _ = write!(
            plan,
            "[launched]\nby = \"{HELPER}\"\nat = {}\n",
            at(now, -5)
        );
    }
    plan
}

/// Another launch, in which whoever owns elsewhere is everything.
pub(super) fn elsewhere(now: Instant) -> String {
    let mut plan = head("elsewhere", now);
    plan += "[people.owner-elsewhere]\nname = \"owner-elsewhere\"\nproduct_owner = true\n\
             leads = [\"sales\", \"engineering\"]\nworks_for = [\"legal\"]\napproves = true\ndecides = true\n";
    plan
}

/// A plan that its sender planned, and in which nothing else has happened.
pub(super) fn own(id: &str, sender: &str, now: Instant) -> String {
    head(id, now).replace(HELPER, sender)
}
