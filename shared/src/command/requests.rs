//! Decisions on requests between disciplines.

use super::{
    Command, Kind, Refusal,
    decide::{Case, Decision, a_day_to_come, room},
};
use crate::{
    id::RequestId,
    journal::Event,
    mention,
    model::{Discipline, Launch, Request},
    text::Line,
};

/// Most remarks on one request: what takes more is talked about elsewhere.
const REMARKS: usize = 100;

/// Every discipline but one, in a line.
fn others(than: Discipline) -> String {
    let others = Discipline::ALL.into_iter().filter(|one| *one != than);
    let codes: Vec<&str> = others.map(Discipline::code).collect();
    codes.join(", ")
}

pub(super) fn decide(case: &Case<'_>, command: &Command) -> Decision {
    let launch = case.launch;
    let event = match command {
        Command::MakeRequest { id, detail } => {
            room(Kind::Request, launch.requests.len())?;
            a_day_to_come(case, "due", detail.due)?;
            if launch.requests.get(id).is_some() {
                return Err(Refusal::Taken {
                    kind: Kind::Request,
                    id: id.to_string(),
                });
            }
            if detail.from == detail.to {
                return Err(Refusal::OutOfRange {
                    field: "to",
                    found: detail.to.code().to_owned(),
                    allowed: others(detail.from),
                });
            }
            if let Some(item) = &detail.item
                && launch.items.get(item).is_none()
            {
                return Err(Refusal::Unknown {
                    kind: Kind::Item,
                    id: item.to_string(),
                });
            }
            Event::RequestMade {
                id: id.clone(),
                detail: detail.clone(),
            }
        }
        Command::AnswerRequest { request, text } => {
            let row = find(launch, request)?;
            if let Some(answer) = &row.answer {
                return Err(Refusal::Already {
                    title: title(row),
                    state: "answered",
                    by: Some(answer.by.by),
                    at: Some(answer.by.at),
                });
            }
            Event::RequestAnswered {
                request: request.clone(),
                text: text.clone(),
            }
        }
        Command::ReopenRequest { request } => {
            let row = find(launch, request)?;
            if row.answer.is_none() {
                return Err(Refusal::NotYet {
                    title: title(row),
                    state: "answered",
                });
            }
            Event::RequestReopened {
                request: request.clone(),
            }
        }
        Command::DiscussRequest { request, text } => {
            if find(launch, request)?.thread.len() >= REMARKS {
                return Err(Refusal::Full {
                    kind: Kind::Remark,
                    max: REMARKS,
                });
            }
            Event::RequestDiscussed {
                request: request.clone(),
                text: text.clone(),
            }
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![event])
}

fn find<'a>(launch: &'a Launch, id: &RequestId) -> Result<&'a Request, Refusal> {
    launch.requests.get(id).ok_or_else(|| Refusal::Unknown {
        kind: Kind::Request,
        id: id.to_string(),
    })
}

/// A request has no title of its own: the beginning of its first line stands for it.
pub(crate) fn title(request: &Request) -> Line {
    let first = request.text.as_str().lines().next().unwrap_or_default();
    mention::cut(first, 120)
        .replace('\t', " ")
        .parse()
        .unwrap_or_else(|_| Line::from_id(request.id.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        Locale, People,
        command::undo,
        engine::testing::{CARLA, NILS, Told, launch},
        text::Note,
    };

    fn asked() -> Told {
        launch().by(NILS).does(json!({"make_request": {"id": "cost",
            "direction": "question", "from": "sales", "to": "engineering", "text": "What?",
            "due": "2026-04-09"}}))
    }

    #[test]
    fn nothing_is_asked_for_a_day_that_is_over() {
        let mut told = launch().by(NILS).on("04-10");
        let mut ask = |due: &str| {
            told.tries(
                json!({"make_request": {"id": "cost", "direction": "question",
                "from": "sales", "to": "engineering", "text": "What?", "due": due}}),
            )
        };
        let refusal = ask("2026-04-09").unwrap_err();
        let said = refusal.text(Locale::En, &People::default());
        assert!(said.contains("Allowed: 2026-04-10 or later."), "{said}");
        ask("2026-04-10").unwrap();
    }

    fn remark(text: &str) -> Value {
        json!({"discuss_request": {"request": "cost", "text": text}})
    }

    #[test]
    fn a_thread_goes_on_over_the_answer_and_over_its_end() {
        let told = asked().by(CARLA).does(remark("Which list?"));
        let told = told.by(NILS).does(remark("The new one."));
        let told = told
            .by(CARLA)
            .does(json!({"answer_request": {"request": "cost", "text": "2 cents."}}));
        let told = told.by(NILS).does(remark("Thank you."));
        let told = told.does(json!({"reopen_request": {"request": "cost"}}));
        let request = &told.launch.requests.rows()[0];
        let said: Vec<_> = (request.thread.iter())
            .map(|remark| (remark.by.by, remark.text.as_str()))
            .collect();
        let expected = [
            (CARLA, "Which list?"),
            (NILS, "The new one."),
            (NILS, "Thank you."),
        ];
        assert_eq!(said, expected);
        assert_eq!(request.answer, None);
    }

    #[test]
    fn a_remark_needs_a_request() {
        let refused = launch().tries(remark("Which list?")).unwrap_err();
        assert_eq!(refused.code(), "unknown");
    }

    #[test]
    fn a_thread_that_is_full_says_so() {
        let mut told = asked();
        for n in 0..super::REMARKS {
            told = told.does(remark(&n.to_string()));
        }
        let refused = told.tries(remark("One more")).unwrap_err();
        assert_eq!(refused.code(), "full");
        let people = People::default();
        assert_eq!(
            refused.text(Locale::En, &people),
            "Nothing more can be written on this request: it holds at most 100 remarks."
        );
        let request = &told.launch.requests.rows()[0];
        assert_eq!(request.thread.len(), super::REMARKS);
    }

    #[test]
    fn what_was_said_cannot_be_taken_back() {
        let text: Note = "Which list?".parse().unwrap();
        let request = "cost".parse().unwrap();
        let command = super::Command::DiscussRequest { request, text };
        assert_eq!(undo(&asked().launch, &command, NILS), None);
    }
}
