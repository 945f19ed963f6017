//! Compares responses with the document for an observer (feature `drift`).

use reqwest::StatusCode;
use serde_json::Value;

use super::{
    Scrub, decode, envelope::FailureBody, observe::Observe, operations::Operation, response::RawResponse,
};
use crate::drift::{Inspection, Observer};

/// A report has rows only if it is a success.
const SUCCESS: u16 = StatusCode::OK.as_u16();

impl Observe for Observer {
    fn response(&self, operation: &'static Operation, scrub: &Scrub, response: &RawResponse) {
        self.inspect(operation.id, scrub, |inspection| {
            let (status, body) = (status(response), &response.body);
            let is_failure = !(200..300).contains(&status);
            if body.trim_ascii_start().starts_with(b"{") && inspection.response(status, is_failure, body) {
                return;
            }
            // Of a key that is given twice this has the one that decides the call.
            let (read, mended) = read::<FailureBody>(body);
            match read {
                Some(body) => {
                    let is_refusal = body.is_refusal();
                    if mended {
                        inspection.mended(status, is_refusal, None);
                    }
                    inspection.response(status, is_refusal, body.into_value().to_string().as_bytes());
                }
                None => not_an_object(inspection, status, body),
            }
        });
    }

    fn row(&self, operation: &'static Operation, scrub: &Scrub, list: &'static str, row: &[u8]) {
        self.inspect(operation.id, scrub, |inspection| {
            if inspection.row(SUCCESS, list, row) {
                return;
            }
            let (row, mended) = read::<Value>(row);
            let Some(row) = row else { return inspection.no_object(SUCCESS, None, false) };
            if mended {
                inspection.mended(SUCCESS, false, Some(list));
            }
            inspection.row(SUCCESS, list, row.to_string().as_bytes());
        });
    }

    fn not_json(&self, operation: &'static Operation, scrub: &Scrub, response: &RawResponse, all: &[u8]) {
        self.inspect(operation.id, scrub, |inspection| {
            if response.body.is_empty() {
                not_an_object(inspection, status(response), all);
            } else {
                inspection.no_object(status(response), None, false);
            }
        });
    }
}

fn not_an_object(inspection: &mut Inspection<'_>, status: u16, body: &[u8]) {
    let other: Option<Value> = serde_json::from_slice(body).ok();
    inspection.no_object(status, other.as_ref(), body.trim_ascii().is_empty());
}

fn status(response: &RawResponse) -> u16 {
    response.status.unwrap_or_default().as_u16()
}

/// Reads JSON as a call does. `true`: its text had to be mended.
fn read<T: serde::de::DeserializeOwned>(text: &[u8]) -> (Option<T>, bool) {
    match serde_json::from_slice(text) {
        Ok(read) => (Some(read), false),
        Err(_) => (serde_json::from_slice(&decode::mended(text)).ok(), true),
    }
}
