//! Swagger 2.0, converted to OpenAPI 3.0.

use roas::{v2, v3_0};
use serde_json::Value;

use super::aside;
use crate::Result;

/// Converts a document of Swagger 2.0.
pub fn lift(mut document: Value) -> Result<(Value, Vec<String>)> {
    let text = document.to_string();
    aside::set_aside(&mut document);
    let spec: v2::spec::Spec =
        serde_path_to_error::deserialize(&document).map_err(|error| format!("Swagger 2.0: {error}"))?;
    let mut lifted = serde_json::to_value(v3_0::spec::Spec::from(spec))?;
    aside::put_back(&mut lifted);
    let mut notes = vec!["lifted from Swagger 2.0 to OpenAPI 3.0".to_owned()];
    for lost in [r#""collectionFormat":"tsv""#, r#""discriminator":"#] {
        if text.contains(lost) {
            notes.push(format!("OpenAPI 3.0 may have nothing for {lost}, which may be gone"));
        }
    }
    Ok((lifted, notes))
}
