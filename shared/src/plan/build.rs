//! The second reading: rows become a document. A record of which a needed field is broken is left
//! out; the first reading has reported it.

use super::{
    document::{
        By, DeclaredPart, Document, EpicPart, ExceptedPart, ExemptionPart, FreezePart, ItemPart,
        LaunchPart, NoticePart, PersonPart, ReadPart, RecordPart, RequestPart, SprintPart,
        StoryPart, TickPart, WindowPart,
    },
    raw::Row,
};
use crate::{
    engine::Course,
    model::{Capacity, ExemptionKind, Member, Notice, RequestKind, Stay, Unit, Weekdays},
    text::Note,
    time::Instant,
    zones,
};

/// Builds the document; `None` when not even the launch itself could be read.
pub(super) fn document(root: &Row) -> Option<Document> {
    let people: Vec<_> = root.rows("people").iter().filter_map(person).collect();
    let launch = launch(root.row("launch")?, people.first()?)?;
    let planned = launch.planned.at;
    Some(Document {
        epics: (root.rows("epics").iter())
            .filter_map(|row| epic(row, planned))
            .collect(),
        items: (root.rows("items").iter())
            .filter_map(|row| item(row, planned))
            .collect(),
        sprints: root.rows("sprints").iter().filter_map(sprint).collect(),
        windows: root.rows("windows").iter().filter_map(window).collect(),
        freezes: root.rows("freezes").iter().filter_map(freeze).collect(),
        excepted: root.row("excepted").and_then(excepted),
        requests: root.rows("requests").iter().filter_map(request).collect(),
        notices: root.rows("notices").iter().filter_map(notice).collect(),
        declared: root.row("declared").and_then(declared),
        launched: root.row("launched").and_then(record),
        watch_closed: root.row("watch_closed").and_then(record),
        launch,
        people,
    })
}

fn person(row: &Row) -> Option<PersonPart> {
    let approves_until = row.moment("approves_until");
    Some(PersonPart {
        key: row.key.clone(),
        name: row.text("name")?,
        leads: row.disciplines("leads"),
        part: Member {
            approves: row.yes("approves").unwrap_or_default(),
            product_owner: row.yes("product_owner").unwrap_or_default(),
            decides: row.yes("decides").unwrap_or_default(),
            works_for: row.disciplines("works_for"),
        },
        approves_until,
        member: row.yes("member").unwrap_or(true),
    })
}

fn launch(row: &Row, first: &PersonPart) -> Option<LaunchPart> {
    let start = row.day("start")?;
    let zone = row.text("zone").unwrap_or_else(|| "UTC".to_owned());
    let zone = zones::life(&zone, start)?;
    let planned = row.stamp("planned").unwrap_or_else(|| By {
        by: first.key.clone(),
        at: zone.start_of(start),
    });
    Some(LaunchPart {
        id: row.text("id")?,
        title: row.text("title")?,
        note: row.text("note"),
        start,
        weeks: row.whole("weeks")?,
        moment: row.moment("moment")?,
        zone,
        watch_days: row.whole("watch_days").unwrap_or(14),
        sprint_weeks: row.whole("sprint_weeks").unwrap_or(1),
        required: row.disciplines("required"),
        verified: row.disciplines("verified"),
        planned,
    })
}

fn epic(row: &Row, planned: Instant) -> Option<EpicPart> {
    let added = row.moment("added").unwrap_or(planned);
    let span = |field| {
        let span = row.row(field)?;
        Some((span.moment("from")?, span.moment("to")?))
    };
    Some(EpicPart {
        path: row.path.clone(),
        id: row.text("id")?,
        title: row.text("title")?,
        note: row.text("note"),
        added,
        order: row.whole("order"),
        in_scope: row.moment_or("in_scope", added),
        earlier_scope: span("earlier_scope"),
        left_scope: span("left_scope"),
        accepted: row.stamp("accepted"),
        stories: (row.rows("stories").iter())
            .filter_map(|row| story(row, added))
            .collect(),
    })
}

fn story(row: &Row, epic_added: Instant) -> Option<StoryPart> {
    let added = row.moment("added").unwrap_or(epic_added);
    let begun = row.moment("begun");
    Some(StoryPart {
        path: row.path.clone(),
        id: row.text("id")?,
        title: row.text("title")?,
        note: row.text("note"),
        points: row.whole("points"),
        sprint: row.whole("sprint"),
        planned: row.moment("planned"),
        earlier_sprints: (row.rows("earlier_sprints").iter())
            .filter_map(stay)
            .collect(),
        owner: row.text("owner"),
        added,
        order: row.whole("order"),
        from: row.list("from"),
        begun,
        reopened: row.moment_or("reopened", begun.unwrap_or(added)),
        begun_again: row.moment("begun_again"),
        done: row.moment("done"),
        dropped: row.moment("dropped"),
    })
}

fn stay(row: &Row) -> Option<Stay> {
    Some(Stay {
        sprint: row.whole("sprint")?,
        from: row.moment("from")?,
        to: row.moment("to")?,
    })
}

/// A sprint of which nothing is said beside its number has no capacity.
fn sprint(row: &Row) -> Option<SprintPart> {
    let (amount, unit) = match (row.whole("points"), row.whole("stories")) {
        (Some(points), _) => (points, Unit::Points),
        (None, Some(stories)) => (stories, Unit::Stories),
        (None, None) => return None,
    };
    Some(SprintPart {
        path: row.path.clone(),
        number: row.whole("number")?,
        capacity: Capacity { amount, unit },
    })
}

fn window(row: &Row) -> Option<WindowPart> {
    let days: Vec<String> = row.list("days");
    // Days that could not be read have been said to be wrong: a window on no day is another thing.
    row.values.get("days")?;
    Some(WindowPart {
        path: row.path.clone(),
        days: Weekdays::of(days.iter().map(String::as_str)).ok(),
        from: row.text("from")?,
        to: row.text("to")?,
    })
}

fn freeze(row: &Row) -> Option<FreezePart> {
    Some(FreezePart {
        path: row.path.clone(),
        title: row.text("title")?,
        first: row.day("first")?,
        last: row.day("last")?,
    })
}

fn excepted(row: &Row) -> Option<ExceptedPart> {
    Some(ExceptedPart {
        reason: row.text("reason")?,
        by: row.by()?,
    })
}

fn item(row: &Row, planned: Instant) -> Option<ItemPart> {
    let weeks = row.whole("lead_weeks").map(|weeks: u16| weeks * 7);
    Some(ItemPart {
        path: row.path.clone(),
        id: row.text("id")?,
        title: row.text("title")?,
        note: row.text("note"),
        discipline: row.discipline("discipline")?,
        blocking: row.yes("blocking").unwrap_or_default(),
        covers: row.list("covers"),
        owner: row.text("owner"),
        lead_days: row.whole("lead_days").or(weeks).unwrap_or_default(),
        due: row.day("due"),
        condition: row.yes("condition").unwrap_or_default(),
        needs: row.list("needs"),
        needs_epics: row.list("needs_epics"),
        evidence: row.text("evidence"),
        second_person: row.yes("second_person").unwrap_or_default(),
        confirm_days: row.whole("confirm_days"),
        added: row.moment("added").unwrap_or(planned),
        terms_since: row.moment("terms_since"),
        begun: row.stamp("begun"),
        reopened: row.moment("reopened"),
        ticked: row.row("ticked").and_then(tick),
        verified: row.stamp("verified"),
        confirmed: row.stamp("confirmed"),
        exemption: exemption(row),
    })
}

fn tick(row: &Row) -> Option<TickPart> {
    Some(TickPart {
        by: row.by()?,
        evidence: row.text("evidence"),
    })
}

fn exemption(row: &Row) -> Option<ExemptionPart> {
    let (kind, row) = match (row.row("waiver"), row.row("not_applicable")) {
        (Some(waiver), _) => {
            let until = waiver.day("until")?;
            (ExemptionKind::Waiver { until }, waiver)
        }
        (None, Some(struck)) => (ExemptionKind::NotApplicable, struck),
        (None, None) => return None,
    };
    Some(ExemptionPart {
        kind,
        reason: row.text("reason")?,
        asked: row.stamp("asked")?,
        granted: row.stamp("granted"),
    })
}

fn request(row: &Row) -> Option<RequestPart> {
    let answer = row.row("answer");
    Some(RequestPart {
        path: row.path.clone(),
        id: row.text("id")?,
        kind: match row.text::<String>("direction")?.as_str() {
            "handover" => RequestKind::Handover,
            _ => RequestKind::Question,
        },
        from: row.discipline("from")?,
        to: row.discipline("to")?,
        text: row.text("text")?,
        owner: row.text("owner"),
        due: row.day("due")?,
        blocking: row.yes("blocking").unwrap_or_default(),
        item: row.text("item"),
        asked: row.stamp("asked")?,
        answer: answer.and_then(said),
        thread: row.rows("thread").iter().filter_map(said).collect(),
    })
}

fn notice(row: &Row) -> Option<NoticePart> {
    let read = |row: &Row| {
        Some(ReadPart {
            by: row.by()?,
            left: row.yes("left").unwrap_or_default(),
        })
    };
    Some(NoticePart {
        path: row.path.clone(),
        notice: Notice {
            id: row.text("id")?,
            title: row.text("title")?,
            text: row.text("text")?,
            disciplines: row.disciplines("disciplines"),
            due: row.day("due"),
            blocking: row.yes("blocking").unwrap_or_default(),
            replaces: row.text("replaces"),
        },
        issued: row.stamp("issued")?,
        read: row.rows("read").iter().filter_map(read).collect(),
    })
}

fn said(row: &Row) -> Option<(By, Note)> {
    Some((row.by()?, row.text("text")?))
}

fn declared(row: &Row) -> Option<DeclaredPart> {
    let course = match row.text::<String>("course")?.as_str() {
        "on_course" => Course::OnCourse,
        "at_risk" => Course::AtRisk,
        "off_course" => Course::OffCourse,
        _ => Course::NotEnoughKnown,
    };
    Some(DeclaredPart {
        course,
        reason: row.text("reason")?,
        until: row.day("until")?,
        by: row.by()?,
    })
}

fn record(row: &Row) -> Option<RecordPart> {
    Some(RecordPart {
        by: row.by()?,
        changed_since: row.yes("changed_since").unwrap_or_default(),
        claimed: row.yes("claimed").unwrap_or_default(),
    })
}
