//! Decisions on requests between disciplines.

use super::{
    Command, Kind, Refusal,
    decide::{Case, Decision, a_day, room},
};
use crate::{
    id::RequestId,
    journal::Event,
    model::{Launch, Request},
    text::Line,
};

/// Most remarks on one request: what takes more is talked about elsewhere.
const REMARKS: usize = 100;

pub(super) fn decide(case: &Case<'_>, command: &Command) -> Decision {
    let launch = case.launch;
    let event = match command {
        Command::MakeRequest { id, detail } => {
            room(Kind::Request, launch.requests.len())?;
            a_day("due", detail.due)?;
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
                    allowed: format!("≠ {}", detail.from.code()),
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
    let first: String = request
        .text
        .as_str()
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(120)
        .collect();
    first
        .replace('\t', " ")
        .parse()
        .unwrap_or_else(|_| Line::from_id(request.id.as_str()))
}
