//! What all answers have in common.

use serde::Deserialize;

use crate::{
    bindings::types,
    wire::{ResultField, Text},
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
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Failure {
    pub result: Option<ResultField>,
    pub error: Option<Text>,
    pub desc: Option<Text>,
    pub msg: Option<Text>,
    pub error_code: Option<Text>,
    pub message: Option<Text>,
    pub request_id: Option<Text>,
}

impl Failure {
    /// Reads a body; `None` where it is no JSON object.
    pub fn read(body: &[u8]) -> Option<Self> {
        let is_object = body.trim_ascii_start().first() == Some(&b'{');
        is_object.then(|| serde_json::from_slice(body).ok()).flatten()
    }
}
