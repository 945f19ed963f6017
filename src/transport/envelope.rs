//! What all responses have in common.

use std::{fmt, mem};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};
use serde_json::{Map, Value};

use super::decode::{decode_lenient, mended};
use crate::{
    bindings::types,
    wire::{ResultField, Scalar, Text, secrets_in},
};

/// The decoded success of one operation: the payload, and the `result` beside it.
pub trait Envelope {
    /// What the operation returns.
    type Payload;

    /// The depth of the payload in the response.
    const PAYLOAD_DEPTH: usize = 1;
    /// Whether a success has a `result`.
    const NEEDS_RESULT: bool = true;

    fn result(&self) -> Option<&ResultField>;

    /// What the newer failure form has in place of `result`.
    fn error_code(&self) -> Option<&Text>;

    /// `None` if the response lacks it.
    fn into_payload(self) -> Option<Self::Payload>;

    /// The payload of an operation that returns none: for a success without a body, and where an earlier
    /// attempt has done it already.
    fn empty_payload() -> Option<Self::Payload> {
        None
    }
}

/// One line for each response type of the document: its payload, and how to take it out.
macro_rules! envelopes {
    ($($name:ident => $payload:ty, |$response:pat_param| $take:expr $(, or $nothing:expr)?;)*) => {$(
        impl $crate::transport::envelope::Envelope for $crate::bindings::types::$name {
            type Payload = $payload;

            fn result(&self) -> Option<&$crate::wire::ResultField> {
                self.result.as_ref()
            }

            fn error_code(&self) -> Option<&$crate::wire::Text> {
                self.error_code.as_ref()
            }

            fn into_payload(self) -> Option<$payload> {
                let $response = self;
                $take
            }

            $(fn empty_payload() -> Option<$payload> {
                Some($nothing)
            })?
        }
    )*};
}
pub(super) use envelopes;

/// Documented without a `result`. Its own keys tell it from another response.
impl Envelope for types::DialInResponse {
    type Payload = Self;
    const PAYLOAD_DEPTH: usize = 0;
    const NEEDS_RESULT: bool = false;

    fn result(&self) -> Option<&ResultField> {
        self.result.as_ref()
    }

    fn error_code(&self) -> Option<&Text> {
        self.error_code.as_ref()
    }

    fn into_payload(self) -> Option<Self> {
        let has_any = self.id.is_some()
            || self.app_key.is_some()
            || self.dialin.is_some()
            || self.settings.is_some()
            || self.sip.is_some();
        has_any.then_some(self)
    }
}

/// The payload of a success: one with a `result` of 0 and no `error_code`.
pub(super) fn payload<T: Envelope>(response: T) -> Option<T::Payload> {
    let is_zero = response.result().map_or(!T::NEEDS_RESULT, |result| result.code() == Some(0));
    let refused = response.error_code().is_some_and(|code| !is_no_code(code.get().map(String::as_str)));
    response.into_payload().filter(|_| is_zero && !refused)
}

/// A response that failed to decode, as far as it can be read.
pub(super) fn lenient<T: Envelope + DeserializeOwned>(body: &[u8]) -> Option<T> {
    let response = decode_lenient(T::PAYLOAD_DEPTH, body).ok()?;
    // It may be that `result` is given twice.
    (!FailureBody::read(body).is_refusal()).then_some(response)
}

/// Either failure envelope. If `result` or `error_code` is given twice, the one that is no success
/// counts.
#[derive(Default)]
pub(crate) struct FailureBody {
    keys: Map<String, Value>,
    /// One `result` is 0, even if another one is not.
    has_success: bool,
}

const RESULT: &str = "result";
const ERROR_CODE: &str = "error_code";

impl FailureBody {
    /// A body that is not a JSON object has no keys.
    pub fn read(body: &[u8]) -> Self {
        let read = serde_json::from_slice(body).or_else(|_| serde_json::from_slice(&mended(body)));
        read.unwrap_or_default()
    }

    pub fn result(&self) -> Option<i64> {
        ResultField::read(self.keys.get(RESULT)?)
    }

    /// Whether the value of this key decides whether the body is a failure.
    #[cfg(feature = "drift")]
    pub fn is_decided_by(key: &str) -> bool {
        matches!(key, RESULT | ERROR_CODE)
    }

    #[cfg(feature = "drift")]
    pub fn into_value(self) -> Value {
        self.keys.into()
    }

    /// Adds a key.
    pub fn add(&mut self, key: String, value: Value) {
        self.has_success |= key == RESULT && ResultField::read(&value) == Some(0);
        let stays = match key.as_str() {
            RESULT => self.has_failure(),
            ERROR_CODE => self.has_code(),
            _ => false,
        };
        if !stays {
            self.keys.insert(key, value);
        }
    }

    /// It has a `result` or an `error_code` other than that of a success.
    pub fn is_refusal(&self) -> bool {
        self.has_failure() || self.has_code()
    }

    fn has_failure(&self) -> bool {
        self.keys.contains_key(RESULT) && self.result() != Some(0)
    }

    /// Its `error_code` is a code.
    pub fn has_code(&self) -> bool {
        let code = self.keys.get(ERROR_CODE).filter(|code| !code.is_null());
        code.is_some_and(|code| !is_no_code(String::read(code).as_deref()))
    }

    /// It also says that this was created.
    pub fn says_created(&self, key: &str) -> bool {
        self.has_success || self.keys.get(key).is_some_and(|created| !created.is_null())
    }

    /// Takes the secrets out.
    pub fn take_secrets(&mut self) -> Vec<String> {
        let mut secrets = Vec::new();
        secrets_in(&mut self.keys, &mut |secret| secrets.push(mem::take(secret)));
        secrets
    }

    /// The value of the key, if it is a text and not empty.
    pub fn text(&self, key: &str) -> Option<String> {
        String::read(self.keys.get(key)?).filter(|text| !text.is_empty())
    }
}

/// Whether an `error_code` means that there is none. `None`: it is not a text.
fn is_no_code(code: Option<&str>) -> bool {
    matches!(code.unwrap_or("?"), "" | "0")
}

impl<'de> Deserialize<'de> for FailureBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Keys)
    }
}

struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = FailureBody;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<FailureBody, A::Error> {
        let mut failure = FailureBody::default();
        while let Some((key, value)) = keys.next_entry::<String, Value>()? {
            failure.add(key, value);
        }
        Ok(failure)
    }
}
