//! OpenAPI documents: fetched, read, brought to OpenAPI 3.0 and into normal form, checked.

use serde_json::Value;

use crate::Result;

mod align;
mod aside;
mod check;
mod circles;
mod guard;
mod known;
mod normal;
mod overlay;
mod references;
mod source;
mod syntax;
mod v2;
mod v3_1;

pub use align::{Aligned, align};
pub use check::check;
use guard::guarded;
pub use known::{merged, set_known, unsaid, with_known};
pub(crate) use normal::{LIMITS, NAMES, TEXTS, is_value, media_type, unordered, without};
pub use normal::{normalise, to_text};
pub use overlay::apply;
pub use source::fetch;
pub use syntax::parse;

/// The keys of a path item that are operations.
pub const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document that was taken in: OpenAPI 3.0, valid, in normal form.
pub struct Taken {
    pub document: Value,
    /// What the conversion changed, for the reader of the report.
    pub notes: Vec<String>,
}

/// Takes in the text of a document: JSON or YAML, OpenAPI 3.0 or Swagger 2.0, or an OpenAPI 3.1 that
/// uses only what 3.0 has.
///
/// # Errors
/// Each names its place in the document, if it has one.
pub fn take_in(text: &str) -> Result<Taken> {
    let taken = guarded(|| read(text).map_err(|error| error.to_string()));
    Ok(taken?)
}

/// Reads a document behind a path or an http(s) URL as OpenAPI 3.0, valid or not.
///
/// # Errors
/// It cannot be read, or cannot be converted to OpenAPI 3.0.
pub fn open(place: &str) -> Result<Taken> {
    let text = fetch(place)?;
    let read = guarded(|| {
        to_v3_0(parse(&text).map_err(|error| error.to_string())?).map_err(|error| error.to_string())
    });
    let (document, notes) = read.map_err(|error| format!("{place}: {error}"))?;
    Ok(Taken { document, notes: notes.into_iter().map(|note| format!("{place}: {note}")).collect() })
}

fn read(text: &str) -> Result<Taken> {
    let (mut document, notes) = to_v3_0(parse(text)?)?;
    check(&document)?;
    circles::check(&document)?;
    normalise(&mut document);
    Ok(Taken { document, notes })
}

fn to_v3_0(mut document: Value) -> Result<(Value, Vec<String>)> {
    let version = |key: &str| match document.get(key) {
        Some(Value::String(version)) => Some(version.clone()),
        Some(other) => Some(other.to_string()),
        None => None,
    };
    match (version("openapi"), version("swagger")) {
        (Some(version), None) if version.starts_with("3.0.") => Ok((document, Vec::new())),
        (Some(version), None) if version.starts_with("3.1.") => v3_1::lower(document, &version),
        (None, Some(version)) if version == "2.0" => {
            // YAML takes it for a number where it is not quoted.
            document["swagger"] = version.into();
            v2::lift(document)
        }
        (Some(version), None) => {
            Err(format!("openapi: {version:?} is neither 3.0.x nor a 3.1.x without anything new").into())
        }
        (None, Some(version)) => Err(format!("swagger: {version:?} is not \"2.0\"").into()),
        (Some(_), Some(_)) => Err("openapi, swagger: a document has one of them".into()),
        (None, None) => Err("no OpenAPI document: it has neither `openapi` nor `swagger`".into()),
    }
}

/// The JSON pointer to a key.
pub(crate) fn join(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}
