//! Launches in plain words for the tests of the rules: who did what on which day, and what one
//! rule finds then.

use serde_json::{Value, json};

use super::RuleFn;
use crate::{
    Actor, Command, Launch, Locale, PersonId, Policy,
    command::Refusal,
    decide,
    engine::{Assessment, Finding, Rule, WaitsFor, assess, facts::Facts},
    model::Person,
    texts::finding_text,
    time::{Instant, parse_instant},
    tree,
};

/// Plans the launch.
pub(crate) const LENA: PersonId = PersonId::from_number(1);
/// Does the work.
pub(crate) const NILS: PersonId = PersonId::from_number(2);
/// Does it with him.
pub(crate) const CARLA: PersonId = PersonId::from_number(3);
/// May approve, once [`Told::approver`] says so.
pub(crate) const DANIEL: PersonId = PersonId::from_number(4);

const NAMES: [(PersonId, &str); 4] = [
    (LENA, "lena"),
    (NILS, "nils"),
    (CARLA, "carla"),
    (DANIEL, "daniel"),
];

/// A launch, and how far it has been told.
pub(crate) struct Told {
    pub(crate) launch: Launch,
    now: Instant,
    by: PersonId,
}

/// Lena plans a launch on 2 March 2026 for 12 May, in UTC.
pub(crate) fn launch() -> Told {
    let told = Told {
        launch: Launch::default(),
        now: noon("03-02"),
        by: LENA,
    };
    told.does(
        json!({"plan_launch": {"id": "m", "title": "M", "start": "2026-03-02", "weeks": 10,
        "moment": "2026-05-12T08:00:00Z"}}),
    )
}

impl Told {
    /// What follows happens at noon of this day of 2026, such as `04-20`.
    pub(crate) fn on(mut self, day: &str) -> Self {
        self.now = noon(day);
        self
    }

    /// What follows is done by this person.
    pub(crate) fn by(mut self, person: PersonId) -> Self {
        self.by = person;
        self
    }

    /// Does a command, by the rules of the product.
    pub(crate) fn does(mut self, command: Value) -> Self {
        self.tries(command).unwrap();
        self
    }

    pub(crate) fn tries(&mut self, command: Value) -> Result<(), Refusal> {
        let command: Command = tree::read(command).unwrap();
        for event in decide(&self.launch, &command, &Actor::person(self.by), self.now)? {
            self.launch.apply_at(&event, self.now, self.by);
        }
        Ok(())
    }

    /// Adds an epic and takes it into the scope.
    pub(crate) fn epic(self, id: &str) -> Self {
        self.candidate(id).does(json!({"scope_epic": {"epic": id}}))
    }

    /// Adds an epic without taking it into the scope.
    pub(crate) fn candidate(self, id: &str) -> Self {
        self.does(json!({"add_epic": {"id": id, "title": id}}))
    }

    /// Writes a story.
    pub(crate) fn story(self, id: &str, epic: &str) -> Self {
        self.does(json!({"add_story": {"id": id, "epic": epic, "title": id}}))
    }

    /// Puts a blocking item on a list, which asks for more than a tick by `terms`.
    pub(crate) fn item(self, id: &str, discipline: &str, terms: &Value) -> Self {
        let mut detail = json!({"id": id, "title": id, "discipline": discipline, "lead_days": 0,
            "blocking": true});
        let fields = detail.as_object_mut().unwrap();
        for (name, value) in terms.as_object().into_iter().flatten() {
            fields.insert(name.clone(), value.clone());
        }
        self.does(json!({ "add_item": detail }))
    }

    /// Does a command that names an item and nothing else, such as `begin_item`.
    pub(crate) fn to(self, command: &str, item: &str) -> Self {
        self.does(json!({ command: {"item": item} }))
    }

    /// Somebody leads a discipline.
    pub(crate) fn lead(self, discipline: &str, lead: PersonId) -> Self {
        self.does(json!({"name_lead": {"discipline": discipline, "lead": lead}}))
    }

    /// Daniel may approve.
    pub(crate) fn approver(self) -> Self {
        self.does(json!({"set_member": {"person": DANIEL, "approves": true}}))
    }

    /// What the engine says of it now.
    /// The first finding of a rule in words.
    pub(crate) fn says(&self, rule: Rule) -> String {
        let assessment = self.assess();
        let finding = assessment.by_rule(rule).next().unwrap();
        let people = NAMES.map(|(id, name)| Person {
            id,
            key: name.to_owned(),
            name: name.parse().unwrap(),
        });
        let people = Vec::from(people).into();
        finding_text(&self.launch, &assessment, finding, &people, Locale::En)
    }

    pub(crate) fn assess(&self) -> Assessment {
        assess(&self.launch, &Policy::default(), self.now)
    }

    /// What one rule finds now, one line for each finding: its name, what it is about, who owes it,
    /// whom it waits for, since when, by when work must begin (where that is known), and whether it
    /// blocks.
    pub(super) fn finds(&self, rule: RuleFn) -> Vec<String> {
        let mut facts = Facts::new(&self.launch, &Policy::default(), self.now);
        facts.outlook = Some(self.assess().outlook);
        let mut found = Vec::new();
        rule(&facts, &mut found);
        found.iter().map(|f| self.line(f)).collect()
    }

    fn line(&self, finding: &Finding) -> String {
        let waits_for = match finding.waits_for {
            WaitsFor::Person(id) => name(id).to_owned(),
            WaitsFor::Discipline(discipline) => format!("anybody of {}", discipline.code()),
            WaitsFor::Nobody => "nobody".to_owned(),
        };
        let since = finding.since.map(|at| at.format("%m-%d %H:%M").to_string());
        let start = finding.last_safe_start.map(|day| day.format("%m-%d"));
        let parts = [
            Some(finding.rule.code().to_owned()),
            Some(format!(
                "{} {}",
                finding.subject.kind(),
                finding.subject.id(&self.launch)
            )),
            Some(format!("owed by {}", finding.discipline.code())),
            Some(format!("waits for {waits_for}")),
            since.map(|since| format!("since {since}")),
            start.map(|start| format!("begin by {start}")),
            finding.is_blocking().then(|| "blocks".to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn noon(day: &str) -> Instant {
    parse_instant(&format!("2026-{day}T12:00:00Z")).unwrap()
}

fn name(person: PersonId) -> &'static str {
    let known = NAMES.iter().find(|(id, _)| *id == person);
    known.map_or("somebody unknown", |(_, name)| name)
}
