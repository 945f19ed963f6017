//! A second look at answers, for an observer (feature `drift`).

use std::sync::Arc;

use serde_json::Value;

use super::{
    decode,
    envelope::Failure,
    hook::{ATTEMPT, Reply},
    operations::Operation,
    outcome::Outcome,
    sessions::Session,
};
use crate::drift::{Drift, Inspection, Observer};

/// The client's observer, where it has one: without, no body is read again.
pub(crate) struct Watch(Option<Arc<Observer>>);

impl Watch {
    pub fn none() -> Self {
        Self(None)
    }

    pub fn new(tell: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(Observer::new(tell))))
    }

    /// Looks at an answer that was read to its end. A file is no operation of the document, which says
    /// nothing of it.
    pub(super) fn answer(&self, outcome: Outcome<'_>, reply: &Reply) {
        if let Some(observer) = &self.0 {
            observer.inspect(outcome.operation.id, outcome.scrub, |look| answer(look, reply));
        }
    }

    /// For the report whose request is being sent.
    pub(super) fn report(&self, operation: &'static Operation, list: &'static str) -> ReportWatch {
        ReportWatch(self.0.as_ref().map(|observer| Report {
            observer: observer.clone(),
            session: ATTEMPT.with(|attempt| attempt.session.clone()),
            operation,
            list,
        }))
    }
}

/// The same of a report that is read row by row.
pub(super) struct ReportWatch(Option<Report>);

struct Report {
    observer: Arc<Observer>,
    session: Arc<Session>,
    operation: &'static Operation,
    list: &'static str,
}

/// A report has rows where it is a success.
const SUCCESS: u16 = 200;

impl ReportWatch {
    pub fn none() -> Self {
        Self(None)
    }

    /// Looks at a row.
    pub fn row(&self, text: &[u8]) {
        self.look(|look, list| {
            let (row, mended) = read::<Value>(text);
            let Some(row) = row else { return look.no_object(SUCCESS, None, false) };
            if mended {
                look.mended(SUCCESS, false, Some(list));
            }
            look.row(SUCCESS, list, &row);
        });
    }

    /// Looks at what is left of a report without its rows.
    pub fn envelope(&self, reply: &Reply) {
        self.look(|look, _| answer(look, reply));
    }

    /// Tells of a report that is no JSON. Where nothing of it could be split, it is all of this.
    pub fn no_json(&self, reply: &Reply, all: &[u8]) {
        self.look(|look, _| {
            if reply.body.is_empty() {
                no_object(look, status(reply), all);
            } else {
                look.no_object(status(reply), None, false);
            }
        });
    }

    fn look(&self, see: impl FnOnce(&mut Inspection<'_>, &'static str)) {
        if let Some(Report { observer, session, operation, list }) = &self.0 {
            observer.inspect(operation.id, &session.scrub, |look| see(look, list));
        }
    }
}

fn answer(look: &mut Inspection<'_>, reply: &Reply) {
    let status = status(reply);
    // Of a key that is there twice it has the one by which the call is judged.
    let (read, mended) = read::<Failure>(&reply.body);
    match read {
        Some(answer) => {
            let is_refusal = answer.is_refusal();
            if mended {
                look.mended(status, is_refusal, None);
            }
            look.response(status, is_refusal, &answer.into_value());
        }
        None => no_object(look, status, &reply.body),
    }
}

fn no_object(look: &mut Inspection<'_>, status: u16, body: &[u8]) {
    let other: Option<Value> = serde_json::from_slice(body).ok();
    look.no_object(status, other.as_ref(), body.trim_ascii().is_empty());
}

fn status(reply: &Reply) -> u16 {
    reply.status.unwrap_or_default().as_u16()
}

/// Reads JSON as a call does, and tells whether its text had to be mended.
fn read<T: serde::de::DeserializeOwned>(text: &[u8]) -> (Option<T>, bool) {
    match serde_json::from_slice(text) {
        Ok(read) => (Some(read), false),
        Err(_) => (serde_json::from_slice(&decode::mended(text)).ok(), true),
    }
}
