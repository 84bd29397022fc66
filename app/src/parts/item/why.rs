//! What stands beneath an item's title: what it asks for, what was given, what it waits for.

use startklar::{
    engine::{ItemState, Stale, Subject},
    model::{ExemptionKind, Item, ItemIx, Request, Tick},
    text::{Line, Note},
    texts::{ago, count, said, subject_title},
    time::plus,
};

use super::Items;
use crate::{
    address,
    parts::{
        bits::{Bit, list, weave, words, written},
        dates::{capital, day_clock},
    },
};

impl Items<'_> {
    /// The line beneath the title.
    pub(super) fn why(&self, ix: ItemIx, item: &Item, state: ItemState) -> Vec<Bit> {
        let t = &self.locale.catalogue().pages.items;
        let mut lines = Lines::default();
        match state {
            ItemState::NotBegun | ItemState::Begun => {
                lines.add(self.binds(ix, item, state));
                if let Some(asks) = &item.evidence {
                    lines.add(words(t.asks_for, &[("evidence", asks.as_str())]));
                }
                lines.add(self.owed(ix));
                lines.add(self.needs(item));
            }
            ItemState::EvidenceMissing => lines.add(self.by_ticker(t.ticked_without, item)),
            ItemState::SecondPerson => {
                lines.add(self.by_ticker(t.ticked_by, item));
                lines.add(self.given(item));
            }
            ItemState::Stale(why) => {
                lines.add(self.stale(item, why));
                lines.add(self.given(item));
            }
            ItemState::NeedsOpen => lines.add(self.needs(item)),
            ItemState::Closed => lines.add(self.proof(item)),
            ItemState::Waived | ItemState::NotApplicable => lines.add(self.exempt(item)),
        }
        if !state.is_closed() {
            lines.add(self.asked(item));
            if !self.view.assessment.is_required(ix) {
                lines.add(vec![Bit::text(t.does_not_block)]);
            }
        }
        lines.0
    }

    /// That this item binds the launch.
    fn binds(&self, ix: ItemIx, item: &Item, state: ItemState) -> Vec<Bit> {
        if state != ItemState::NotBegun
            || self.view.assessment.outlook.binds != Some(Subject::Item(ix))
        {
            return Vec::new();
        }
        let t = &self.locale.catalogue().pages.items;
        let end = plus(self.view.assessment.today, i64::from(item.lead_days));
        let template = count(&t.binds, usize::from(item.lead_days));
        words(&template, &[("end", &self.day(end))])
    }

    /// The open request that holds it up.
    fn owed(&self, ix: ItemIx) -> Vec<Bit> {
        let request = self.held[ix.pos()];
        request
            .and_then(|r| self.view.launch.requests.at(r).map(|row| (r, row)))
            .map_or_else(Vec::new, |(r, row)| {
                let title = subject_title(
                    &self.view.launch,
                    Subject::Request(r),
                    self.people,
                    self.locale,
                );
                self.request(row, &title)
            })
    }

    fn request(&self, request: &Request, title: &str) -> Vec<Bit> {
        let t = self.locale.catalogue();
        let owner = request
            .owner
            .or_else(|| self.view.launch.leads.get(&request.to).copied());
        let who = owner.map_or(t.discipline(request.to), |id| self.name(id));
        let quoted = startklar::texts::fill(t.common.quoted, &[("text", &title)]);
        let href = format!("{}{}", self.base, address::request(&request.id));
        let late = request.due < self.view.assessment.today;
        let template = if late {
            t.pages.items.owes_since
        } else {
            t.pages.items.owes
        };
        let mut bits = weave(
            template,
            &[
                ("who", vec![Bit::text(who)]),
                ("request", vec![Bit::link(quoted, href)]),
                ("day", vec![Bit::text(self.day(request.due))]),
            ],
        );
        stop(&mut bits);
        bits
    }

    /// The open items and epics that it needs.
    fn needs(&self, item: &Item) -> Vec<Bit> {
        let t = self.locale.catalogue();
        let launch = &self.view.launch;
        let link = |title: &Line, address: String| {
            Bit::link(title.to_string(), format!("{}{address}", self.base))
        };
        let open = |ix: &&ItemIx| !self.view.assessment.item(**ix).is_closed();
        let items = item.needs.iter().filter(open);
        let items = items.filter_map(|ix| launch.items.at(*ix));
        let items = items.map(|i| link(&i.title, address::item(&i.id)));
        let epics = self.view.assessment.epics_needed(launch, item);
        let epics = epics.filter_map(|ix| launch.epics.at(ix));
        let epics = epics.map(|e| link(&e.title, address::epic(&e.id)));
        let mut lines = Lines::default();
        for (template, name, links) in [
            (
                t.pages.items.needs_first,
                "items",
                items.collect::<Vec<_>>(),
            ),
            (t.pages.items.needs_built, "epics", epics.collect()),
        ] {
            if !links.is_empty() {
                lines.add(weave(template, &[(name, list(links, t.common.and))]));
            }
        }
        lines.0
    }

    fn by_ticker(&self, template: &str, item: &Item) -> Vec<Bit> {
        let Some(tick) = &item.tick else {
            return Vec::new();
        };
        let when = day_clock(
            self.locale,
            &self.view.launch,
            self.view.assessment.today,
            tick.by.at,
        );
        words(template, &[("who", self.name(tick.by.by)), ("when", &when)])
    }

    fn stale(&self, item: &Item, why: Stale) -> Vec<Bit> {
        let t = &self.locale.catalogue().pages.items;
        let Some(tick) = &item.tick else {
            return Vec::new();
        };
        if why == Stale::Need {
            return vec![Bit::text(t.stale_need)];
        }
        let last = tick.last_word();
        let today = self.view.assessment.today;
        let ago = ago(self.locale, today, self.view.launch.day(last.at));
        let mut lines = Lines::default();
        lines.add(words(
            t.confirmed_ago,
            &[("ago", &ago), ("who", self.name(last.by))],
        ));
        if let Some(days) = item.confirm_days {
            lines.add(vec![Bit::text(count(&t.confirm_every, usize::from(days)))]);
        }
        lines.0
    }

    /// The evidence that was given: what was written, and the files.
    fn given(&self, item: &Item) -> Vec<Bit> {
        let evidence = item.tick.as_ref().and_then(|k| k.evidence.as_ref());
        let mut bits = evidence.map(|e| self.written(e)).unwrap_or_default();
        for one in &item.files {
            if !bits.is_empty() {
                bits.push(Bit::text(", "));
            }
            let href = format!("{}{}", self.base, address::file(&item.id, &one.file));
            bits.push(Bit::link(one.file.name.to_string(), href));
        }
        bits
    }

    /// What somebody said, with its links and whom it mentions.
    fn written(&self, text: &Note) -> Vec<Bit> {
        written(&said(text.as_str(), self.people, self.locale))
    }

    /// What closed it: the evidence, and who verified it.
    fn proof(&self, item: &Item) -> Vec<Bit> {
        let t = &self.locale.catalogue().pages.items;
        let mut bits = self.given(item);
        if let Some(stamp) = item.tick.as_ref().and_then(|k: &Tick| k.verified) {
            let verified = words(t.verified_by, &[("who", self.name(stamp.by))]);
            if bits.is_empty() {
                bits = verified;
                if let Some(Bit::Text(text)) = bits.first_mut() {
                    *text = capital(text);
                }
            } else {
                bits.push(Bit::text(", "));
                bits.extend(verified);
            }
        }
        bits
    }

    /// The exemption that holds.
    fn exempt(&self, item: &Item) -> Vec<Bit> {
        let t = &self.locale.catalogue().pages.items;
        let Some(exemption) = &item.exemption else {
            return Vec::new();
        };
        let mut lines = Lines::default();
        let template = match exemption.kind {
            ExemptionKind::Waiver { .. } => t.waived,
            ExemptionKind::NotApplicable => t.struck,
        };
        let mut bits = weave(template, &[("reason", self.written(&exemption.reason))]);
        stop(&mut bits);
        lines.add(bits);
        if let Some(stamp) = exemption.granted {
            let on = self.day(self.view.launch.day(stamp.at));
            lines.add(words(
                t.granted_by,
                &[("who", self.name(stamp.by)), ("day", &on)],
            ));
        }
        if let ExemptionKind::Waiver { until } = exemption.kind {
            let back = self.day(plus(until, 1));
            lines.add(words(t.back_in_force, &[("day", &back)]));
        }
        lines.0
    }

    /// The exemption that was asked for and is not granted.
    fn asked(&self, item: &Item) -> Vec<Bit> {
        let t = &self.locale.catalogue().pages.items;
        let Some(exemption) = item.exemption.as_ref().filter(|e| e.granted.is_none()) else {
            return Vec::new();
        };
        let (template, until) = match exemption.kind {
            ExemptionKind::Waiver { until } => (t.waiver_asked, self.day(until)),
            ExemptionKind::NotApplicable => (t.strike_asked, String::new()),
        };
        let mut bits = weave(
            template,
            &[
                ("who", vec![Bit::text(self.name(exemption.asked.by))]),
                ("day", vec![Bit::text(until)]),
                ("reason", self.written(&exemption.reason)),
            ],
        );
        stop(&mut bits);
        bits
    }
}

/// What people wrote becomes a sentence.
fn stop(bits: &mut Vec<Bit>) {
    match bits.last_mut() {
        Some(Bit::Text(text)) if text.ends_with(['.', '!', '?', '…', '”', '“']) => {}
        Some(Bit::Text(text)) => text.push('.'),
        Some(_) => bits.push(Bit::text(".")),
        None => {}
    }
}

/// Sentences on one line.
#[derive(Default)]
struct Lines(Vec<Bit>);

impl Lines {
    fn add(&mut self, line: Vec<Bit>) {
        if line.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push(Bit::text(" "));
        }
        self.0.extend(line);
    }
}
