//! A request: what one discipline owes another, asked for or to be handed over unasked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Discipline, ItemIx, Keyed, RequestIx, Stamp};
use crate::{
    id::{PersonId, RequestId},
    text::Note,
};

/// Who must move first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// Pull (*Holschuld*): `from` asks, `to` answers.
    Question,
    /// Push (*Bringschuld*): `to` hands its knowledge over to `from` unasked.
    Handover,
}

/// Something owed between two disciplines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Pull or push.
    pub kind: RequestKind,
    /// The discipline that needs it.
    pub from: Discipline,
    /// The discipline that owes it.
    pub to: Discipline,
    /// What is asked or handed over.
    pub text: Note,
    /// Who owes it by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// The day by which it is owed.
    pub due: NaiveDate,
    /// Whether the launch waits for it once it is overdue.
    pub blocking: bool,
    /// The item that cannot go on without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemIx>,
    /// Who asked, and when.
    pub asked: Stamp,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What is said about it before and after the answer, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thread: Vec<Remark>,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who answered, and when.
    pub by: Stamp,
    /// The answer.
    pub text: Note,
}

/// Something said about a request. It answers nothing: the request is as open as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Who said it, and when.
    pub by: Stamp,
    /// What was said.
    pub text: Note,
}

impl Keyed for Request {
    type Key = RequestId;
    type Ix = RequestIx;
    fn key(&self) -> &RequestId {
        &self.id
    }
}
