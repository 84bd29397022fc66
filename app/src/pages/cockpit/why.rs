//! Why a blocker blocks, in a few words: shorter than the finding, since row and column say the
//! rest.

use litemap::LiteMap;
use startklar::{
    engine::{Finding, ItemState, Rule, Stale, Subject},
    model::{EpicIx, ExemptionKind, Item, ItemIx, Request, RequestKind, Story},
    texts::{count, day_seen, fill, short_day_seen},
    time::plus,
};

use super::write::Page;
use crate::parts::dates::with_day;

/// What reasons look up more than once.
pub(super) struct Reasons<'a> {
    page: Page<'a>,
    /// The first open request that holds an item up.
    asked: LiteMap<ItemIx, &'a Request>,
}

impl<'a> Reasons<'a> {
    pub(super) fn of(page: Page<'a>) -> Self {
        let mut asked = LiteMap::new();
        for request in page
            .launch
            .requests
            .rows()
            .iter()
            .filter(|r| r.answer.is_none())
        {
            if let Some(item) = request.item {
                asked.entry(item).or_insert(request);
            }
        }
        Self { page, asked }
    }

    /// The request that holds an item up.
    pub(super) fn holds(&self, item: ItemIx) -> bool {
        self.asked.contains_key(&item)
    }

    /// The words for a finding; plain text, to be escaped.
    pub(super) fn words(&self, finding: &Finding) -> String {
        let c = &self.page.t().cockpit;
        match (finding.rule, finding.subject) {
            (Rule::ScopeEmpty, _) => c.why_scope.to_owned(),
            (Rule::MomentOutsideWindow, _) => c.why_outside.to_owned(),
            (Rule::MomentInFreeze, _) => c.why_frozen.to_owned(),
            (Rule::EpicEmpty, _) => c.why_no_story.to_owned(),
            (Rule::DisciplineMissing, Subject::Epic(_)) => {
                let name = self.page.t().discipline(finding.discipline);
                fill(c.why_missing_for, &[("discipline", &name)])
            }
            (Rule::DisciplineMissing, _) => c.why_missing.to_owned(),
            (_, Subject::Story(ix)) => self
                .page
                .launch
                .stories
                .at(ix)
                .map(|s| self.story(s))
                .unwrap_or_default(),
            (_, Subject::Epic(ix)) => self.epic(ix),
            (_, Subject::Request(ix)) => self
                .page
                .launch
                .requests
                .at(ix)
                .map(|r| self.request(r))
                .unwrap_or_default(),
            (_, Subject::Item(ix)) => self
                .page
                .launch
                .items
                .at(ix)
                .map(|i| self.item(ix, i))
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn story(&self, story: &Story) -> String {
        let c = &self.page.t().cockpit;
        let epic = self.page.launch.epics.at(story.epic);
        let epic = epic
            .map(|e| fill(c.why_story, &[("epic", &e.title)]))
            .unwrap_or_default();
        let begun = story
            .begun
            .map_or_else(|| c.why_not_begun.to_owned(), |at| self.begun(at));
        format!("{epic} {begun}")
    }

    fn epic(&self, ix: EpicIx) -> String {
        let c = &self.page.t().cockpit;
        match self
            .page
            .launch
            .stories_of(ix)
            .filter(|s| s.is_open())
            .count()
        {
            0 => c.why_acceptance.to_owned(),
            open => count(&c.why_stories_open, open),
        }
    }

    fn request(&self, request: &Request) -> String {
        let t = self.page.t();
        let names = [t.discipline(request.to), t.discipline_in_line(request.from)];
        fill(
            t.cockpit.why_owed,
            &[("to", &names[0]), ("from", &names[1])],
        )
    }

    fn begun(&self, at: startklar::time::Instant) -> String {
        let day = day_seen(
            self.page.locale,
            self.page.today(),
            self.page.launch.day(at),
        );
        with_day(self.page.t().cockpit.why_begun, "day", &day)
    }

    fn item(&self, ix: ItemIx, item: &Item) -> String {
        let c = &self.page.t().cockpit;
        let mut words: Vec<String> = Vec::new();
        match (self.page.assessment.item(ix), &item.tick, item.begun) {
            (ItemState::Begun, _, Some(begun)) => words.push(self.begun(begun.at)),
            (state, Some(tick), _) => words.push(self.ticked(state, item, tick)),
            _ => words.push(c.why_not_begun.to_owned()),
        }
        if self.page.launch.is_promised(item) {
            let day = self.page.launch.day(item.added);
            let day = day_seen(self.page.locale, self.page.today(), day);
            words.push(fill(self.page.t().findings.promised, &[("day", &day)]));
        }
        self.binding(ix, item, &mut words);
        if let Some(request) = self.asked.get(&ix) {
            words.push(self.held(request));
        }
        if let Some(title) = self.needs(item) {
            words.push(fill(c.why_needs, &[("title", &title)]));
        }
        if let Some(exemption) = item.exemption.as_ref().filter(|e| e.granted.is_none()) {
            let text = match exemption.kind {
                ExemptionKind::Waiver { .. } => c.why_waiver_asked,
                ExemptionKind::NotApplicable => c.why_not_applicable_asked,
            };
            words.push(text.to_owned());
        }
        words.join(" ")
    }

    /// What lacks an item that is ticked.
    fn ticked(&self, state: ItemState, item: &Item, tick: &startklar::model::Tick) -> String {
        let c = &self.page.t().cockpit;
        let who = self.page.name(tick.by.by);
        let today = self.page.assessment.today;
        let date = |at| short_day_seen(self.page.locale, today, self.page.launch.day(at));
        match state {
            ItemState::EvidenceMissing => {
                let evidence = item
                    .evidence
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                let evidence = evidence.trim_end_matches('.');
                fill(c.why_evidence, &[("who", &who), ("evidence", &evidence)])
            }
            ItemState::SecondPerson => {
                let text = with_day(c.why_second, "day", &date(tick.by.at));
                fill(&text, &[("who", &who)])
            }
            ItemState::Stale(Stale::Need) => c.why_stale_need.to_owned(),
            ItemState::Stale(Stale::Age) => {
                with_day(c.why_stale_age, "day", &date(tick.last_said()))
            }
            _ => String::new(),
        }
    }

    /// How long the one takes that binds the date; its mark says that it does.
    fn binding(&self, ix: ItemIx, item: &Item, words: &mut Vec<String>) {
        let c = &self.page.t().cockpit;
        let outlook = &self.page.assessment.outlook;
        let late = outlook.honest > self.page.launch.launch_day();
        if outlook.binds != Some(Subject::Item(ix)) || !late {
            return;
        }
        if self.page.assessment.item(ix) == ItemState::NotBegun {
            let end = plus(self.page.today(), i64::from(item.lead_days));
            let text = count(&c.why_days, usize::from(item.lead_days));
            words.push(with_day(
                &text,
                "end",
                &day_seen(self.page.locale, self.page.today(), end),
            ));
        }
    }

    fn held(&self, request: &Request) -> String {
        let t = self.page.t();
        let template = match request.kind {
            RequestKind::Question => t.cockpit.why_asks,
            RequestKind::Handover => t.cockpit.why_handover,
        };
        let from = t.discipline_in_line(request.to);
        fill(
            template,
            &[
                ("discipline", &from),
                ("text", &self.page.said(&request.text)),
            ],
        )
    }

    /// The first item that this one needs and that is open, or the first epic.
    fn needs(&self, item: &Item) -> Option<String> {
        let (launch, assessment) = (self.page.launch, self.page.assessment);
        let open = |need: &&ItemIx| !assessment.item(**need).is_closed();
        if let Some(need) = item.needs.iter().find(open) {
            return launch.items.at(*need).map(|i| i.title.to_string());
        }
        let epic = assessment.epics_needed(launch, item).next()?;
        launch.epics.at(epic).map(|e| e.title.to_string())
    }
}
