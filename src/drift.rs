//! Compares responses with the vendored document and reports every difference to an observer (feature
//! `drift`).
//!
//! The client decodes responses so tolerantly that a difference between the service and `openapi/video.json`
//! would go unnoticed otherwise.

use std::fmt;

use serde::{Deserialize, Serialize};

mod document;
mod inspection;
mod json;
mod limits;
mod location;
mod node;
mod observer;
mod reported;
mod rules;
mod shape;
mod walk;

pub(crate) use document::Document;
pub(crate) use inspection::Inspection;
pub(crate) use observer::Observer;

/// A difference between the service's responses and the vendored document, reported to the observer of
/// [`ClientBuilder::observe_drift`](crate::ClientBuilder::observe_drift).
///
/// It never contains a value of a response, which may be secret or personal. It contains names of keys, JSON
/// types and codes, which are public.
///
/// It serializes to a JSON object, for example for a line of a file. Fields that do not apply are left out:
///
/// ```
/// # let line = concat!(
/// #     r#"{"operation":"getRoomById","at":"room.settings.quality","schema":"RoomSettings.quality","#,
/// #     r#""kind":"unknown-value","documented":"one of HD, LD, SD","seen":"string","version":"0.1.0"}"#,
/// # );
/// # let text = r#"
/// {"operation":"getRoomById","at":"room.settings.quality","schema":"RoomSettings.quality",
///  "kind":"unknown-value","documented":"one of HD, LD, SD","seen":"string","version":"0.1.0"}
/// # "#;
/// # let drift: enablex::Drift = serde_json::from_str(text)?;
/// # assert_eq!(serde_json::to_string(&drift)?, line);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Drift {
    /// The `operationId` of the call.
    pub operation: String,
    /// The path of the value in the response: `rooms[].settings.quality`; empty for the response itself. `[]`
    /// stands for any element of a list, `*` for any key of an object whose keys the document does not name.
    /// A key that is not a plain word is quoted, `room["a b"]`; an unknown key is cut after 64 characters.
    pub at: String,
    /// The schema and field in the document: `RoomSettings.quality`. For an unknown key it is the field that
    /// the document would have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The kind of difference.
    pub kind: DriftKind,
    /// What the document requires: a JSON type, several types (`integer or string`), or a rule such as
    /// `one of HD, LD, SD`, `format date-time` or `minimum 1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documented: Option<String>,
    /// The JSON type in the response: `null`, `boolean`, `integer`, `number` (with decimals), `string`,
    /// `array` or `object`. For a response that is not JSON, `nothing` if it is empty, otherwise `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// The unknown code: digits for a `result`; for an `error_code` a word of at most 64 characters A to Z, 0
    /// to 9 and `_`. `None` for a code of another form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The version of this crate, which identifies the document.
    pub version: String,
}

/// How a response differs from the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DriftKind {
    /// A key that the document does not name.
    UnknownKey,
    /// A value that the document does not list.
    UnknownValue,
    /// A `result` or `error_code` that the document does not list.
    UnknownCode,
    /// A JSON type other than the documented one, for example a number instead of text.
    WrongType,
    /// `null`, which the document does not allow there.
    Null,
    /// A required key, such as `result`, is missing.
    MissingKey,
    /// A value that violates a documented format or limit.
    BrokenRule,
    /// The response is not a JSON object.
    NoObject,
    /// JSON that could be read only after a repair: it had a byte order mark, bytes that are not UTF-8, or
    /// half a surrogate pair.
    MendedText,
    /// The limit of 1000 reports is reached. No response is inspected any more.
    TooMany,
}

impl DriftKind {
    fn sentence(self) -> &'static str {
        match self {
            Self::UnknownKey => "a key that is not documented",
            Self::UnknownValue => "a value that is not documented",
            Self::UnknownCode => "a code that is not documented",
            Self::WrongType => "another type than documented",
            Self::Null => "null, which is not documented",
            Self::MissingKey => "a key that should be there is missing",
            Self::BrokenRule => "a value that breaks a documented rule",
            Self::NoObject => "no JSON object",
            Self::MendedText => "JSON whose text had to be mended",
            Self::TooMany => "more than is reported",
        }
    }
}

/// One line, without control characters.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = if self.at.is_empty() { "the answer" } else { &self.at };
        write!(f, "{}, {}: {}", OneLine(&self.operation), OneLine(location), self.kind.sentence())?;
        let facts = [
            ("schema", &self.schema),
            ("documented", &self.documented),
            ("seen", &self.seen),
            ("code", &self.code),
        ];
        let mut before = " (";
        for (name, fact) in facts {
            if let Some(fact) = fact {
                write!(f, "{before}{name}: {}", OneLine(fact))?;
                before = "; ";
            }
        }
        if before == "; " { f.write_str(")") } else { Ok(()) }
    }
}

/// Escapes control characters: the text may have been read from a file.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if c.is_control() { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
        }
        Ok(())
    }
}
