//! The controls of the sandbox over HTTP, for tests in other languages, and its dashboard.

use std::time::Duration;

#[cfg(feature = "signalling")]
use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use http::{HeaderValue, Method, StatusCode, header::ALLOW};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    body::Body,
    dashboard,
    fault::{Fault, FaultJson},
    response::Response,
    shared::Shared,
    webhooks::{Target, TargetJson},
};
use crate::wire::rfc3339_millis;

/// The part of a path after `/_sandbox/`; `None` for other paths. What a browser asks for unasked is no call of the
/// API: `/` leads to the dashboard, too, and there is no icon.
pub(super) fn path(path: &str) -> Option<&str> {
    if matches!(path, "/" | "/favicon.ico") {
        return path.strip_prefix('/');
    }
    let rest = path.strip_prefix("/_sandbox")?;
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix('/')? };
    Some(rest.strip_suffix('/').unwrap_or(rest))
}

type Control = fn(&Shared, &Body) -> Result<Response, String>;

pub(super) fn respond(shared: &Shared, method: &Method, control: &str, body: &Body) -> Response {
    let (allowed, run): (&'static str, Control) = match control {
        "" => ("GET", dashboard::page),
        "style.css" => ("GET", dashboard::style),
        "dashboard.js" => ("GET", dashboard::script),
        "state" => ("GET", dashboard::state),
        "events" => ("GET", dashboard::events),
        "join" => ("POST", join),
        "leave" => ("POST", leave),
        "clock" => ("POST", clock),
        "faults" => ("POST", faults),
        "report" => ("POST", report),
        "reset" => ("POST", reset),
        "findings" => ("GET", findings),
        "webhooks" if method == Method::POST => ("GET, POST", send_webhooks),
        "webhooks" => ("GET, POST", webhooks),
        #[cfg(feature = "signalling")]
        "ca.pem" => ("GET", ca_certificate),
        #[cfg(feature = "signalling")]
        "online" => ("GET", online),
        _ => return reason(StatusCode::NOT_FOUND, "there is no such control"),
    };
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    if !allowed.split(", ").any(|one| one == method) {
        let mut response =
            reason(StatusCode::METHOD_NOT_ALLOWED, &format!("this control takes {allowed} alone"));
        response.headers.insert(ALLOW, HeaderValue::from_static(allowed));
        return response;
    }
    run(shared, body).unwrap_or_else(|text| reason(StatusCode::BAD_REQUEST, &text))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Join {
    token: String,
}

fn join(shared: &Shared, body: &Body) -> Result<Response, String> {
    let Join { token } = parse(body)?;
    Ok(match shared.store().join(&token) {
        Ok(user) => {
            let id = user.session_user_id();
            Response::json(StatusCode::OK, &json!({"session_user_id": id}))
        }
        Err(refusal) => reason(StatusCode::FORBIDDEN, refusal.as_str()),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Leave {
    session_user_id: String,
}

fn leave(shared: &Shared, body: &Body) -> Result<Response, String> {
    let Leave { session_user_id } = parse(body)?;
    Ok(if shared.store().leave(&session_user_id) {
        Response::json(StatusCode::OK, &json!({}))
    } else {
        reason(StatusCode::NOT_FOUND, "there is no such user in a session")
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    advance_s: u64,
}

fn clock(shared: &Shared, body: &Body) -> Result<Response, String> {
    let Clock { advance_s } = parse(body)?;
    let now = shared.store().advance(Duration::from_secs(advance_s));
    let now = now.ok_or("advance_s leads past the year 9999")?;
    Ok(Response::json(StatusCode::OK, &json!({"now": rfc3339_millis(now)})))
}

fn faults(shared: &Shared, body: &Body) -> Result<Response, String> {
    let list = match value(body)? {
        Value::Array(list) => list,
        one => vec![one],
    };
    let fault = |value| {
        let json: FaultJson = object(value)?;
        Fault::try_from(json)
    };
    let list: Vec<Fault> = list.into_iter().map(fault).collect::<Result<_, String>>()?;
    let mut store = shared.store();
    for fault in list {
        store.faults.push(fault);
    }
    Ok(Response::json(StatusCode::OK, &json!({"queued": store.faults.calls()})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    room_id: String,
    rows: u64,
}

fn report(shared: &Shared, body: &Body) -> Result<Response, String> {
    let Report { room_id, rows } = parse(body)?;
    shared.store().fill_report(&room_id, rows);
    Ok(Response::json(StatusCode::OK, &json!({})))
}

fn reset(shared: &Shared, _: &Body) -> Result<Response, String> {
    shared.store().reset();
    Ok(Response::json(StatusCode::OK, &json!({})))
}

fn findings(shared: &Shared, _: &Body) -> Result<Response, String> {
    Ok(Response::json(StatusCode::OK, &shared.store().findings.all()))
}

fn webhooks(shared: &Shared, _: &Body) -> Result<Response, String> {
    Ok(Response::json(StatusCode::OK, shared.store().webhooks.deliveries.all()))
}

fn send_webhooks(shared: &Shared, body: &Body) -> Result<Response, String> {
    let json: TargetJson = parse(body)?;
    let target = json.into_target()?.map(Target::new).transpose().map_err(|error| error.to_string())?;
    shared.store().webhooks.set(target);
    Ok(Response::json(StatusCode::OK, &json!({})))
}

#[cfg(feature = "signalling")]
fn ca_certificate(shared: &Shared, _: &Body) -> Result<Response, String> {
    Ok(match &shared.authority {
        Some(authority) => Response::new(StatusCode::OK, "application/x-pem-file", authority.pem()),
        None => reason(StatusCode::NOT_FOUND, "this sandbox speaks plain http"),
    })
}

/// For the browser SDK, which asks from a page of any origin.
#[cfg(feature = "signalling")]
fn online(_: &Shared, _: &Body) -> Result<Response, String> {
    let mut response = Response::json(StatusCode::OK, &json!({}));
    response.headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

fn parse<T: DeserializeOwned>(body: &Body) -> Result<T, String> {
    object(value(body)?)
}

fn value(body: &Body) -> Result<Value, String> {
    match body {
        Body::Whole(bytes) => serde_json::from_slice(bytes).map_err(|error| error.to_string()),
        Body::TooLarge => Err("the body is larger than 1 MiB".into()),
        Body::Broken => Err("the body did not arrive whole".into()),
    }
}

/// Decodes an object. Serde would also accept the list of its values.
fn object<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    if !value.is_object() {
        return Err("a JSON object is needed".into());
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

fn reason(status: StatusCode, reason: &str) -> Response {
    Response::json(status, &json!({"reason": reason}))
}
