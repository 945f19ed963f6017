//! References to what is not in the document.

use serde_json::Value;

use super::{
    METHODS, join,
    normal::{NAMES, is_value},
};

/// Every reference to nothing, with its place, also in what nothing uses. What stands in an example, a
/// default or an extension is a value and refers to nothing.
pub fn dangling(document: &Value) -> Vec<String> {
    let mut search = Search { document, findings: Vec::new() };
    search.object(document, "", Keys::Keywords);
    search.findings
}

/// Shows the library that reads documents those references alone that it can follow, and without
/// escapes: those to components. The others look to it like references to other files.
pub fn set_aside(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref")
                && let Some(pointer) = reference.strip_prefix('#').and_then(decoded)
            {
                let is_component = pointer.starts_with("/components/") && pointer.split('/').count() == 4;
                *reference = format!("{}#{pointer}", if is_component { "" } else { "aside" });
            }
            object.values_mut().for_each(set_aside);
        }
        Value::Array(items) => items.iter_mut().for_each(set_aside),
        _ => {}
    }
}

/// What the keys of an object are.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    Keywords,
    /// Names that the document gives.
    Names,
    /// Names, but for those that begin with `x-`.
    ExtendedNames,
    /// Names of examples.
    Examples,
    /// Values of a discriminator.
    Mapping,
}

impl Keys {
    /// Those of what stands under a keyword.
    fn below(keyword: &str, at: &str) -> Self {
        match keyword {
            "paths" => Self::ExtendedNames,
            "responses" if at != "/components" => Self::ExtendedNames,
            "examples" => Self::Examples,
            "mapping" => Self::Mapping,
            _ if NAMES.contains(&keyword) => Self::Names,
            _ => Self::Keywords,
        }
    }
}

struct Search<'a> {
    document: &'a Value,
    findings: Vec<String>,
}

impl Search<'_> {
    fn object(&mut self, value: &Value, at: &str, keys: Keys) {
        let items = value.as_array().into_iter().flatten().enumerate();
        items.for_each(|(index, item)| self.object(item, &join(at, &index.to_string()), Keys::Keywords));
        // Nothing counts beside a reference, but for the operations of a path.
        let refers = keys == Keys::Keywords && value.get("$ref").is_some_and(Value::is_string);
        let counts = |key: &str| !refers || matches!(key, "$ref" | "parameters") || METHODS.contains(&key);
        for (key, value) in value.as_object().into_iter().flatten().filter(|(key, _)| counts(key)) {
            let at_key = join(at, key);
            match (keys, value) {
                (Keys::Keywords, Value::String(reference)) if matches!(&**key, "$ref" | "operationRef") => {
                    self.reference(reference, &at_key);
                }
                (Keys::Keywords, _) if key != "examples" && is_value(key) => {}
                (Keys::Keywords, _) => self.object(value, &at_key, Keys::below(key, at)),
                (Keys::ExtendedNames, _) if key.starts_with("x-") => {}
                (Keys::Names | Keys::ExtendedNames, _) => self.object(value, &at_key, Keys::Keywords),
                (Keys::Examples, _) => {
                    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                        self.reference(reference, &join(&at_key, "$ref"));
                    }
                }
                (Keys::Mapping, Value::String(schema)) => self.mapped(schema, &at_key),
                (Keys::Mapping, _) => {}
            }
        }
    }

    fn reference(&mut self, reference: &str, at: &str) {
        let found = reference.strip_prefix('#').and_then(decoded);
        if found.and_then(|pointer| self.document.pointer(&pointer)).is_none() {
            self.findings.push(format!("{at}: refers to {reference:?}, which is not in the document"));
        }
    }

    /// A mapping has references and names of schemas; other files are not looked for.
    fn mapped(&mut self, schema: &str, at: &str) {
        if schema.starts_with('#') {
            self.reference(schema, at);
        }
    }
}

/// A fragment without its `%` escapes; `None` where it has a broken one.
fn decoded(fragment: &str) -> Option<String> {
    let mut pieces = fragment.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}
