//! The JSON form of a fault, for tests in other languages.

use std::{collections::BTreeMap, time::Duration};

use http::{HeaderName, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Fault, Replacement};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct FaultJson {
    status: Option<u16>,
    body: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    drop: bool,
    #[serde(default)]
    garbage: bool,
    delay_ms: Option<u64>,
    #[serde(default)]
    after_effect: bool,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

impl TryFrom<FaultJson> for Fault {
    type Error = String;
    fn try_from(json: FaultJson) -> Result<Self, String> {
        let delay = json.delay_ms.map(Duration::from_millis);
        let mut fault = match (json.status, json.drop, json.garbage) {
            (Some(status), false, false) => Self::status(final_status(status)?),
            (None, true, false) => Self::dropped(),
            (None, false, true) => Self::garbage(),
            (None, false, false) if delay.is_some() => Self::new(None),
            (None, false, false) => return Err("needs a status, drop, garbage or delay_ms".into()),
            _ => return Err("takes one of status, drop and garbage".into()),
        };
        for (name, value) in json.headers {
            fault = fault.header(name, value);
        }
        if let Some(body) = json.body {
            fault = fault.body(body);
        }
        if json.after_effect {
            fault = fault.after_effect();
        }
        if let Some(violation) = fault.violation {
            return Err(violation.to_string());
        }
        if json.times == 0 {
            return Err("times must be at least 1".into());
        }
        Ok(fault.delayed(delay.unwrap_or_default()).times(json.times))
    }
}

impl Fault {
    /// What there is to see of it, without the body and the values of headers, which may be recorded ones.
    pub(in crate::sandbox) fn json(&self) -> Value {
        let mut json = json!({"times": self.times});
        match (&self.violation, &self.replacement) {
            (Some(violation), _) | (None, Some(Replacement::Impossible(violation))) => {
                json["violation"] = violation.to_string().into();
            }
            (None, Some(Replacement::Status { status, headers, body })) => {
                json["status"] = status.as_u16().into();
                json["headers"] = headers.keys().map(HeaderName::as_str).collect();
                json["body_bytes"] = body.as_ref().map(String::len).into();
            }
            (None, Some(Replacement::Garbage)) => json["garbage"] = true.into(),
            (None, Some(Replacement::Nothing)) => json["drop"] = true.into(),
            (None, None) => {}
        }
        if !self.delay.is_zero() {
            json["delay_ms"] = json!(self.delay.as_millis());
        }
        if self.after_effect {
            json["after_effect"] = true.into();
        }
        json
    }
}

fn final_status(status: u16) -> Result<StatusCode, String> {
    let known = StatusCode::from_u16(status).ok().filter(|_| (200..600).contains(&status));
    known.ok_or_else(|| "status must be 200 to 599".into())
}
