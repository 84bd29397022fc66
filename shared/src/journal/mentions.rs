//! Who was mentioned where and has not reacted since.

use super::Event;
use crate::{
    engine::Subject,
    mention,
    model::{Launch, Mention, Stamp},
    text::Note,
    texts::event_subject,
};

impl Launch {
    /// Whoever does something to a thing has seen what was said about it; whom an event mentions has
    /// not, yet.
    pub(super) fn apply_to_mentions(&mut self, event: &Event, stamp: Stamp) {
        let said = said(event).filter(|text| text.as_str().contains('@'));
        if self.mentions.is_empty() && said.is_none() {
            return;
        }
        let Some(subject @ (Subject::Item(_) | Subject::Request(_))) = event_subject(self, event)
        else {
            return;
        };
        self.mentions
            .retain(|one| (one.person, one.subject) != (stamp.by, subject));
        let Some(text) = said else { return };
        for person in mention::of(text.as_str()).filter(|person| *person != stamp.by) {
            self.mentions
                .retain(|one| (one.person, one.subject) != (person, subject));
            self.mentions.push(Mention {
                person,
                subject,
                by: stamp,
                text: text.clone(),
            });
        }
    }
}

/// What an event says to others.
fn said(event: &Event) -> Option<&Note> {
    match event {
        Event::RequestMade { detail, .. } => Some(&detail.text),
        Event::RequestAnswered { text, .. } | Event::RequestDiscussed { text, .. } => Some(text),
        Event::ItemTicked { evidence, .. } => evidence.as_ref(),
        Event::ExemptionAsked { reason, .. } => Some(reason),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::{CARLA, LENA, NILS, Told, launch};

    fn mentioned(told: &Told) -> Vec<crate::PersonId> {
        told.launch.mentions.iter().map(|one| one.person).collect()
    }

    fn asked() -> Told {
        launch().by(NILS).does(json!({"make_request": {"id": "cost",
            "direction": "question", "from": "sales", "to": "engineering",
            "text": format!("@{CARLA} or @{LENA}, what does it cost?"), "due": "2026-04-09"}}))
    }

    fn remark(text: &str) -> serde_json::Value {
        json!({"discuss_request": {"request": "cost", "text": text}})
    }

    #[test]
    fn a_mention_waits_until_its_reader_says_something_there() {
        let told = asked();
        assert_eq!(mentioned(&told), [CARLA, LENA]);
        let told = told.by(CARLA).does(remark("Which list?"));
        assert_eq!(mentioned(&told), [LENA]);
        let told = told
            .by(NILS)
            .does(remark(&format!("The new one, @{CARLA}")));
        assert_eq!(mentioned(&told), [LENA, CARLA]);
    }

    #[test]
    fn the_last_word_counts_and_nobody_mentions_themselves() {
        let told = asked().does(remark(&format!("@{NILS} @{LENA} once more")));
        assert_eq!(mentioned(&told), [CARLA, LENA]);
        let last = told.launch.mentions.last().unwrap();
        assert!(last.text.as_str().ends_with("once more"));
    }

    #[test]
    fn evidence_and_reasons_mention_too() {
        let told = launch()
            .item("prices", "sales", &json!({}))
            .by(NILS)
            .does(json!({"tick_item": {"item": "prices", "evidence": format!("Ask @{LENA}")}}));
        assert_eq!(mentioned(&told), [LENA]);
        let told = told
            .by(LENA)
            .does(json!({"untick_item": {"item": "prices"}}));
        assert_eq!(mentioned(&told), []);
        let told = told.does(json!({"ask_not_applicable": {
            "item": "prices", "reason": format!("@{CARLA} knows")}}));
        assert_eq!(mentioned(&told), [CARLA]);
    }
}
