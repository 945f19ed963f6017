//! The body of a request, up to 1 MiB.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// In bytes.
const CAP: usize = 1024 * 1024;
/// How many bytes of a larger body are read and dropped, so that its sender gets to read the refusal.
const DRAINED: usize = 16 * CAP;

pub(super) enum Body {
    Whole(Bytes),
    TooLarge,
    /// It did not arrive whole.
    Broken,
}

/// Reads a body to its end.
pub(super) async fn read(mut incoming: Incoming) -> Body {
    let mut whole = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = incoming.frame().await {
        let Ok(frame) = frame else { return Body::Broken };
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= CAP {
            whole.extend_from_slice(&data);
        } else if length > DRAINED {
            break;
        }
    }
    if length <= CAP { Body::Whole(whole.freeze()) } else { Body::TooLarge }
}

impl Body {
    /// The JSON object of an API call.
    pub fn object(&self, headers: &HeaderMap) -> Result<Map<String, Value>, Refusal> {
        let bytes = match self {
            Self::Whole(bytes) => bytes,
            Self::TooLarge => {
                let reason = "The body is larger than 1 MiB.";
                return Err(Refusal::invalid_param(StatusCode::PAYLOAD_TOO_LARGE, reason));
            }
            Self::Broken => {
                let reason = "The body did not arrive whole.";
                return Err(Refusal::invalid_param(StatusCode::BAD_REQUEST, reason));
            }
        };
        if !is_json(headers) {
            return Err(Refusal::invalid_param(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The content type must be application/json.",
            ));
        }
        let malformed = |reason| Refusal::invalid_param(StatusCode::BAD_REQUEST, reason);
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(malformed("The body must be a JSON object.".to_owned())),
            Err(error) => Err(malformed(format!(
                "The body is not JSON, in line {} at column {}.",
                error.line(),
                error.column()
            ))),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(media_type) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}
