//! Applies this project's corrections to a document.

use std::collections::BTreeMap;

use roas_overlay::{
    apply::{Apply, ApplyError, ApplyOptions},
    v1_0::{Action, Overlay},
};
use serde_json::{Value, json};

use crate::Result;

/// Applies an overlay, one action after the other. Returns every action that matches nothing, and every name
/// in a list of its target that matches nothing, which JSONPath ignores.
///
/// # Errors
/// It is no overlay.
pub fn apply(document: &mut Value, overlay: &Value) -> Result<Vec<String>> {
    let overlay: Overlay =
        serde_path_to_error::deserialize(overlay).map_err(|error| format!("the overlay: {error}"))?;
    let mut unfit: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (index, action) in overlay.actions.iter().enumerate() {
        let mut say = |target: &str, what: String| {
            let said = action.description.as_deref().unwrap_or_default();
            unfit.entry(format!("{target}: {what}")).or_default().push(format!("actions[{index}] {said:?}"));
        };
        for name in listed(&action.target) {
            if probe(document, &overlay, &name).is_err() {
                say(&name, "matches nothing".into());
            }
        }
        if let Err(error) = alone(document, &overlay, action.clone()) {
            say(&error.target, error.kind.to_string());
        }
    }
    Ok(unfit.into_iter().map(|(unfit, actions)| format!("{unfit} ({})", actions.join(", "))).collect())
}

fn alone(document: &mut Value, overlay: &Overlay, action: Action) -> Result<(), ApplyError> {
    let one = Overlay { actions: vec![action], ..overlay.clone() };
    one.apply(document, ApplyOptions::ErrorOnZeroMatch.into()).map(drop)
}

/// Whether a target matches.
fn probe(document: &mut Value, overlay: &Overlay, target: &str) -> Result<()> {
    let action = serde_json::from_value(json!({ "target": target, "update": {} }))?;
    Ok(alone(document, overlay, action)?)
}

/// The target up to each name of a list of names (`$.schemas['A','B']`).
fn listed(target: &str) -> Vec<String> {
    let list = target.split_once("['").filter(|(before, _)| !before.contains('?'));
    let Some((before, rest)) = list else { return Vec::new() };
    let Some((names, _)) = rest.split_once("']") else { return Vec::new() };
    names.split("','").map(|name| format!("{before}['{name}']")).collect()
}
