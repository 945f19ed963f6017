//! What all answers have in common.

use serde_json::{Map, Value};

use crate::{
    bindings::types,
    wire::{ResultField, Scalar},
};

/// A success of one operation, as it was decoded: the payload, and the `result` beside it.
pub(crate) trait Envelope {
    /// The `result`, where the answer has one.
    fn result(&self) -> Option<&ResultField>;
}

macro_rules! envelopes {
    ($($name:ident),*) => {$(
        impl Envelope for types::$name {
            fn result(&self) -> Option<&ResultField> {
                self.result.as_ref()
            }
        }
    )*};
}

envelopes!(ResultResponse, RoomListResponse, RoomResponse, RoomUsersResponse, TokenResponse);

/// Both failure envelopes in one, whatever of them is there.
#[derive(Default)]
pub(crate) struct Failure(Map<String, Value>);

impl Failure {
    /// Reads a body; what is no JSON object holds nothing.
    pub fn read(body: &[u8]) -> Self {
        Self(serde_json::from_slice(body).unwrap_or_default())
    }

    /// The `result`, where it is one.
    pub fn result(&self) -> Option<i64> {
        i64::read(self.0.get("result")?)
    }

    /// A text that is not empty.
    pub fn text(&self, key: &str) -> Option<String> {
        String::read(self.0.get(key)?).filter(|text| !text.is_empty())
    }
}
