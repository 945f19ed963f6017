//! The JSON form of a fault, for tests in other languages.

use std::{collections::BTreeMap, time::Duration};

use http::{HeaderName, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Fault, Replacement};
use crate::error::clip;

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
    /// The form in which it can be queued, with texts of this length at most. A fault that cannot be sent has its
    /// `violation` instead.
    pub(in crate::sandbox) fn json(&self, longest: usize) -> Value {
        let mut json = Map::new();
        match (&self.violation, &self.replacement) {
            (Some(violation), _) | (None, Some(Replacement::Impossible(violation))) => {
                json.insert("violation".into(), violation.to_string().into());
            }
            (None, Some(Replacement::Status { status, headers, body })) => {
                json.insert("status".into(), status.as_u16().into());
                if let Some(body) = body {
                    json.insert("body".into(), clip(body, longest).into());
                }
                let header = |name: &HeaderName| {
                    let values =
                        headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
                    (name.to_string(), clip(&values.collect::<Vec<_>>().join(", "), longest).into())
                };
                if !headers.is_empty() {
                    json.insert("headers".into(), headers.keys().map(header).collect::<Map<_, _>>().into());
                }
            }
            (None, Some(Replacement::Garbage)) => _ = json.insert("garbage".into(), true.into()),
            (None, Some(Replacement::Nothing)) => _ = json.insert("drop".into(), true.into()),
            (None, None) => {}
        }
        if self.replacement.is_none() || !self.delay.is_zero() {
            let millis = u64::try_from(self.delay.as_millis()).unwrap_or(u64::MAX);
            json.insert("delay_ms".into(), millis.into());
        }
        if self.after_effect {
            json.insert("after_effect".into(), true.into());
        }
        json.insert("times".into(), self.times.into());
        json.into()
    }
}

fn final_status(status: u16) -> Result<StatusCode, String> {
    let known = StatusCode::from_u16(status).ok().filter(|_| (200..600).contains(&status));
    known.ok_or_else(|| "status must be 200 to 599".into())
}
