//! Where answers are not as the document says (feature `drift`).
//!
//! The client reads what the service sends as tolerantly as it can, so nobody notices when the service
//! and `openapi/video.json` part. A second look at the bodies notices, and tells an observer.

use std::fmt;

use serde::{Deserialize, Serialize};

mod document;
mod limits;
mod look;
mod observer;
mod place;

pub(crate) use document::Document;
pub(crate) use look::Look;
pub(crate) use observer::Observer;

/// One way in which the service's answers depart from the document, as
/// [`ClientBuilder::observe_drift`](crate::ClientBuilder::observe_drift) tells it.
///
/// Never a value of an answer: it may be a secret or personal, and a word that no list has may be
/// anything. Told are the names of keys, JSON types, and codes, which are public.
///
/// Serialized it is an object on its own, fit for a line of a file; what does not apply is left out:
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
    /// The operationId of the call.
    pub operation: String,
    /// Where in the answer, from its root, which is the empty text: `rooms[].settings.quality`. `[]` is any
    /// element of a list, and `*` any key of an object whose keys the document leaves open. A key that is
    /// no plain word is quoted, `room["a b"]`; of a long one there are the first 64 characters.
    pub at: String,
    /// Where in the document: a schema and the field of it, `RoomSettings.quality`. The field of an
    /// unknown key is where the document would have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What is wrong there.
    pub kind: DriftKind,
    /// What the document says: a JSON type, or several (`integer or string`), or a rule, as
    /// `one of HD, LD, SD`, `format date-time` and `minimum 1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documented: Option<String>,
    /// The JSON type that came: `null`, `boolean`, `integer`, `number` (with decimals), `string`,
    /// `array` or `object`. Of an answer that is no JSON `nothing` where it is empty, or else `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// A code that is not known: digits for a `result`; for an `error_code` a word of A to Z, 0 to 9 and
    /// `_`, at most 64 of them. `None` where it looks otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The version of this crate, and so of its document.
    pub version: String,
}

/// What is wrong with an answer, by the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DriftKind {
    /// A key that the document does not name.
    UnknownKey,
    /// A value that is none of those that the document lists.
    UnknownValue,
    /// A `result` or `error_code` that the document does not list.
    UnknownCode,
    /// Another JSON type than the document's: a number for text, text for a boolean.
    WrongType,
    /// `null`, which the document does not allow there.
    Null,
    /// A key that the document requires is missing, `result` among them.
    MissingKey,
    /// A value outside of a format or a limit of the document.
    BrokenRule,
    /// The answer is no JSON object.
    NoObject,
    /// JSON whose text had to be mended: a byte order mark, bytes that are not UTF-8, half a surrogate pair.
    MendedText,
    /// There is more than is told: nothing is looked at any more.
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
            Self::TooMany => "more than is told",
        }
    }
}

/// One line, without control characters.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.at.is_empty() { "the answer" } else { &self.at };
        write!(f, "{}, {}: {}", OneLine(&self.operation), OneLine(place), self.kind.sentence())?;
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

/// Text that may have been read from a file.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if c.is_control() { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
        }
        Ok(())
    }
}
