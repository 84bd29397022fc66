//! A document as text: every field in the order of the format, what is as by default left out.

use std::fmt::Display;

use super::{
    super::document::{
        By, Document, EpicPart, ExemptionPart, ItemPart, NoticePart, RequestPart, StoryPart,
    },
    toml::{Lines, quoted},
};
use crate::{
    model::{Discipline, ExemptionKind, RequestKind, Stay, Unit, Weekdays},
    text::Note,
    time::Instant,
};

/// The text of a document, without a header.
pub(super) fn document(document: &Document) -> String {
    let mut printer = Printer {
        lines: Lines::new(&document.launch.zone),
        planned: document.launch.planned.at,
    };
    printer.lines.raw("format", 1);
    printer.launch(document);
    printer.people(document);
    printer.sprints(document);
    printer.windows(document);
    for epic in &document.epics {
        printer.epic(epic);
    }
    for item in &document.items {
        printer.item(item);
    }
    for request in &document.requests {
        printer.request(request);
    }
    for notice in &document.notices {
        printer.notice(notice);
    }
    printer.records(document);
    printer.lines.finish()
}

struct Printer<'a> {
    lines: Lines<'a>,
    planned: Instant,
}

impl Printer<'_> {
    fn launch(&mut self, document: &Document) {
        let launch = &document.launch;
        let lines = &mut self.lines;
        lines.table("[launch]", "");
        lines.text("id", &launch.id);
        lines.text("title", &launch.title);
        optional(lines, "note", launch.note.as_ref());
        lines.raw("start", launch.start);
        lines.raw("weeks", launch.weeks);
        lines.moment("moment", Some(launch.moment));
        let zone = Some(&launch.zone.name).filter(|name| name.as_str() != "UTC");
        optional(lines, "zone", zone);
        if launch.watch_days != 14 {
            lines.raw("watch_days", launch.watch_days);
        }
        if launch.sprint_weeks != 1 {
            lines.raw("sprint_weeks", launch.sprint_weeks);
        }
        lines.texts("required", &codes(&launch.required));
        lines.texts("verified", &codes(&launch.verified));
        lines.by("planned", Some(&launch.planned));
    }

    fn people(&mut self, document: &Document) {
        let lines = &mut self.lines;
        for person in &document.people {
            let key = if person.key.contains('.') {
                quoted(&person.key)
            } else {
                person.key.clone()
            };
            lines.table(&format!("[people.{key}]"), "");
            lines.text("name", &person.name);
            lines.texts("leads", &codes(&person.leads));
            lines.texts("works_for", &codes(&person.part.works_for));
            yes(lines, "product_owner", person.part.product_owner);
            yes(lines, "decides", person.part.decides);
            yes(lines, "approves", person.part.approves);
            lines.moment("approves_until", person.approves_until);
            if !person.member {
                lines.raw("member", false);
            }
        }
    }

    fn sprints(&mut self, document: &Document) {
        for sprint in &document.sprints {
            let lines = &mut self.lines;
            lines.table("[[sprints]]", "");
            lines.raw("number", sprint.number);
            let unit = match sprint.capacity.unit {
                Unit::Points => "points",
                Unit::Stories => "stories",
            };
            lines.raw(unit, sprint.capacity.amount);
        }
    }

    fn windows(&mut self, document: &Document) {
        let lines = &mut self.lines;
        for part in &document.windows {
            lines.table("[[windows]]", "");
            let days = part.days.into_iter().flat_map(Weekdays::codes);
            lines.texts("days", &days.collect::<Vec<_>>());
            lines.text("from", &part.from);
            lines.text("to", &part.to);
        }
        for part in &document.freezes {
            lines.table("[[freezes]]", "");
            lines.text("title", &part.title);
            lines.raw("first", part.first);
            lines.raw("last", part.last);
        }
        if let Some(part) = &document.excepted {
            lines.table("[excepted]", "");
            lines.text("reason", &part.reason);
            lines.text("by", &part.by.by);
            lines.moment("at", Some(part.by.at));
        }
    }

    fn epic(&mut self, epic: &EpicPart) {
        let lines = &mut self.lines;
        lines.table("[[epics]]", "");
        lines.text("id", &epic.id);
        lines.text("title", &epic.title);
        optional(lines, "note", epic.note.as_ref());
        lines.moment("added", Some(epic.added).filter(|at| *at != self.planned));
        whole(lines, "order", epic.order);
        if epic.in_scope == Some(epic.added) {
            lines.raw("in_scope", true);
        } else {
            lines.moment("in_scope", epic.in_scope);
        }
        let spans = [
            ("earlier_scope", epic.earlier_scope),
            ("left_scope", epic.left_scope),
        ];
        for (name, span) in spans {
            if let Some((from, to)) = span {
                let (from, to) = (lines.instant(from), lines.instant(to));
                lines.raw(name, format!("{{ from = {from}, to = {to} }}"));
            }
        }
        lines.by("accepted", epic.accepted.as_ref());
        for story in &epic.stories {
            self.story(epic, story);
        }
    }

    fn story(&mut self, epic: &EpicPart, story: &StoryPart) {
        let lines = &mut self.lines;
        lines.table("[[epics.stories]]", "  ");
        lines.text("id", &story.id);
        lines.text("title", &story.title);
        optional(lines, "note", story.note.as_ref());
        whole(lines, "points", story.points);
        whole(lines, "sprint", story.sprint);
        lines.moment("planned", story.planned);
        stays(lines, &story.earlier_sprints);
        optional(lines, "owner", story.owner.as_ref());
        lines.moment("added", Some(story.added).filter(|at| *at != epic.added));
        whole(lines, "order", story.order);
        lines.texts("from", &story.from);
        lines.moment("begun", story.begun);
        if story.reopened.is_some() && story.reopened == story.begun {
            lines.raw("reopened", true);
        } else {
            lines.moment("reopened", story.reopened);
        }
        lines.moment("begun_again", story.begun_again);
        lines.moment("done", story.done);
        lines.moment("dropped", story.dropped);
    }

    fn item(&mut self, item: &ItemPart) {
        let lines = &mut self.lines;
        lines.table("[[items]]", "");
        lines.text("id", &item.id);
        lines.text("title", &item.title);
        optional(lines, "note", item.note.as_ref());
        lines.text("discipline", &item.discipline.code());
        yes(lines, "blocking", item.blocking);
        lines.texts("covers", &item.covers);
        optional(lines, "owner", item.owner.as_ref());
        match item.lead_days {
            0 => {}
            days if days % 7 == 0 => lines.raw("lead_weeks", days / 7),
            days => lines.raw("lead_days", days),
        }
        if let Some(due) = item.due {
            lines.raw("due", due);
        }
        yes(lines, "condition", item.condition);
        lines.texts("needs", &item.needs);
        lines.texts("needs_epics", &item.needs_epics);
        optional(lines, "evidence", item.evidence.as_ref());
        yes(lines, "second_person", item.second_person);
        whole(lines, "confirm_days", item.confirm_days);
        lines.moment("added", Some(item.added).filter(|at| *at != self.planned));
        self.said(item);
    }

    /// What was said about an item.
    fn said(&mut self, item: &ItemPart) {
        let lines = &mut self.lines;
        lines.moment("terms_since", item.terms_since);
        lines.by("begun", item.begun.as_ref());
        lines.moment("reopened", item.reopened);
        if let Some(tick) = &item.ticked {
            let evidence = tick
                .evidence
                .as_ref()
                .map(|e| ("evidence", quoted(e.as_str())));
            let value = lines.stamp(&tick.by, evidence.as_slice());
            lines.raw("ticked", value);
        }
        lines.by("verified", item.verified.as_ref());
        lines.by("confirmed", item.confirmed.as_ref());
        if let Some(exemption) = &item.exemption {
            let value = self.exemption(exemption);
            self.lines.raw(exemption.name(), value);
        }
    }

    fn exemption(&self, exemption: &ExemptionPart) -> String {
        let mut fields = vec![format!("reason = {}", quoted(exemption.reason.as_str()))];
        if let ExemptionKind::Waiver { until } = exemption.kind {
            fields.push(format!("until = {until}"));
        }
        fields.push(format!(
            "asked = {}",
            self.lines.stamp(&exemption.asked, &[])
        ));
        if let Some(granted) = &exemption.granted {
            fields.push(format!("granted = {}", self.lines.stamp(granted, &[])));
        }
        format!("{{ {} }}", fields.join(", "))
    }

    fn request(&mut self, request: &RequestPart) {
        let lines = &mut self.lines;
        lines.table("[[requests]]", "");
        lines.text("id", &request.id);
        let direction = match request.kind {
            RequestKind::Question => "question",
            RequestKind::Handover => "handover",
        };
        lines.text("direction", &direction);
        lines.text("from", &request.from.code());
        lines.text("to", &request.to.code());
        lines.text("text", &request.text);
        optional(lines, "owner", request.owner.as_ref());
        lines.raw("due", request.due);
        yes(lines, "blocking", request.blocking);
        optional(lines, "item", request.item.as_ref());
        lines.by("asked", Some(&request.asked));
        if let Some((by, text)) = &request.answer {
            lines.raw("answer", said(lines, by, text));
        }
        if !request.thread.is_empty() {
            let remarks = request.thread.iter();
            let all: Vec<String> = remarks
                .map(|(by, text)| format!("  {},\n", said(lines, by, text)))
                .collect();
            lines.raw("thread", format!("[\n{}]", all.concat()));
        }
    }

    fn notice(&mut self, part: &NoticePart) {
        let (lines, notice) = (&mut self.lines, &part.notice);
        lines.table("[[notices]]", "");
        lines.text("id", &notice.id);
        lines.text("title", &notice.title);
        lines.text("text", &notice.text);
        lines.texts("disciplines", &codes(&notice.disciplines));
        if let Some(due) = notice.due {
            lines.raw("due", due);
        }
        yes(lines, "blocking", notice.blocking);
        optional(lines, "replaces", notice.replaces.as_ref());
        lines.by("issued", Some(&part.issued));
        let read = part.read.iter().map(|read| {
            let left = read.left.then(|| ("left", "true".to_owned()));
            format!("  {},\n", lines.stamp(&read.by, left.as_slice()))
        });
        let all: String = read.collect();
        if !all.is_empty() {
            lines.raw("read", format!("[\n{all}]"));
        }
    }

    fn records(&mut self, document: &Document) {
        let lines = &mut self.lines;
        if let Some(declared) = &document.declared {
            lines.table("[declared]", "");
            lines.text("course", &declared.course.code());
            lines.text("reason", &declared.reason);
            lines.raw("until", declared.until);
            lines.text("by", &declared.by.by);
            lines.moment("at", Some(declared.by.at));
        }
        let records = [
            ("[launched]", &document.launched),
            ("[watch_closed]", &document.watch_closed),
        ];
        for (header, part) in records {
            if let Some(part) = part {
                lines.table(header, "");
                lines.text("by", &part.by.by);
                lines.moment("at", Some(part.by.at));
                yes(lines, "changed_since", part.changed_since);
                if part.claimed {
                    lines.comment("This file does not show that no blocker stood then.");
                }
                yes(lines, "claimed", part.claimed);
            }
        }
        if document.launched.is_some() && document.watch_closed.is_none() {
            lines.comment("No end of the watch stands here: it runs, or this file does not show");
            lines.comment("that no blocker stood at its end, and it is closed anew.");
        }
    }
}

fn codes(disciplines: &[Discipline]) -> Vec<&'static str> {
    disciplines.iter().map(|d| d.code()).collect()
}

fn stays(lines: &mut Lines<'_>, stays: &[Stay]) {
    let one = |stay: &Stay| {
        let (from, to) = (lines.instant(stay.from), lines.instant(stay.to));
        format!("{{ sprint = {}, from = {from}, to = {to} }}", stay.sprint)
    };
    let all: Vec<String> = stays.iter().map(one).collect();
    if !all.is_empty() {
        lines.raw("earlier_sprints", format!("[{}]", all.join(", ")));
    }
}

fn said(lines: &Lines<'_>, by: &By, text: &Note) -> String {
    lines.stamp(by, &[("text", quoted(text.as_str()))])
}

fn optional(lines: &mut Lines<'_>, name: &str, text: Option<&impl Display>) {
    if let Some(text) = text {
        lines.text(name, text);
    }
}

fn whole(lines: &mut Lines<'_>, name: &str, number: Option<impl Display>) {
    if let Some(number) = number {
        lines.raw(name, number);
    }
}

fn yes(lines: &mut Lines<'_>, name: &str, yes: bool) {
    if yes {
        lines.raw(name, true);
    }
}
