//! An event from a client.

use std::{convert::Infallible, sync::Arc};

use serde_json::Value;
use socketioxide::{
    adapter::LocalAdapter,
    handler::{FromMessageParts, Value as Message},
    socket::Socket,
};

use super::refusal::Refusal;

/// The largest event that is decoded, in bytes with its attachments. It is as large as the largest request.
const CAP: usize = 1024 * 1024;

pub(super) struct Event {
    pub name: String,
    /// The first argument, `null` if there is none.
    pub argument: Result<Value, Refusal>,
    /// Whether the client waits for an acknowledgement.
    pub is_acknowledged: bool,
}

impl FromMessageParts<LocalAdapter> for Event {
    type Error = Infallible;

    fn from_message_parts(
        _: &Arc<Socket>,
        message: &mut Message,
        ack_id: &Option<i64>,
    ) -> Result<Self, Infallible> {
        let (text, size) = match message {
            Message::Str(text, attachments) => (
                text.as_str(),
                text.len() + attachments.iter().flatten().map(|bytes| bytes.len()).sum::<usize>(),
            ),
            Message::Bytes(bytes) => ("", bytes.len()),
        };
        let argument = if size > CAP { Err(Refusal::TooLarge) } else { argument(text) };
        // The library takes no names with escapes.
        let name = text.split('"').nth(1).unwrap_or_default().to_owned();
        Ok(Self { name, argument, is_acknowledged: ack_id.is_some() })
    }
}

/// The first argument of an event, which is the array of its name and its arguments.
fn argument(event: &str) -> Result<Value, Refusal> {
    let mut event: Vec<Value> = serde_json::from_str(event).map_err(|_| Refusal::Malformed)?;
    Ok(event.get_mut(1).map(Value::take).unwrap_or_default())
}
