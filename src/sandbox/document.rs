//! The vendored document, as far as it describes operations and request bodies.

use std::{collections::BTreeMap, sync::LazyLock};

use http::Method;
use serde_json::{Map, Value};

use super::route::{self, Route};

const TEXT: &str = include_str!("../../generated/document.json");

/// `null` if it cannot be parsed; then no sandbox starts, because there are no request schemas.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

/// The named schemas and whatever else schemas refer to.
pub(super) fn components() -> &'static Value {
    &DOCUMENT["components"]
}

/// The operations, each under its method and path: `POST /rooms`.
static OPERATIONS: LazyLock<BTreeMap<String, &'static Value>> = LazyLock::new(|| {
    let paths = DOCUMENT["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, operations)| {
        let operations = operations.as_object().into_iter().flatten();
        operations.map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
    });
    operations.filter(|(_, operation)| operation["operationId"].is_string()).collect()
});

/// The schemas of request bodies, each under its operation's method and path.
pub(super) static REQUEST_SCHEMAS: LazyLock<BTreeMap<&'static str, &'static Value>> = LazyLock::new(|| {
    let schema = |operation: &'static Value| {
        Some(resolved(operation.pointer("/requestBody/content/application~1json/schema")?))
    };
    OPERATIONS.iter().filter_map(|(route, operation)| Some((route.as_str(), schema(operation)?))).collect()
});

/// The ids of the operations, each with its method and path.
static ROUTES: LazyLock<Vec<Route<&'static str>>> =
    LazyLock::new(|| OPERATIONS.keys().map(|route| (route.as_str(), operation_id(route))).collect());

/// The id of the operation of a request.
pub(super) fn operation(method: &Method, path: &str) -> Option<&'static str> {
    route::find(&ROUTES, method, path).ok().map(|found| found.handler)
}

/// The id of an operation by its method and path.
pub(super) fn operation_id(route: &str) -> &'static str {
    OPERATIONS.get(route).and_then(|operation| operation["operationId"].as_str()).unwrap_or_default()
}

/// The schemas of the parameters of paths, by their names.
pub(super) fn path_parameters() -> impl Iterator<Item = (&'static str, Value)> {
    let parameters = components()["parameters"].as_object().into_iter().flat_map(Map::values);
    parameters.filter_map(|parameter| Some((parameter["name"].as_str()?, parameter["schema"].clone())))
}

/// Adds the keys that are missing from an object and for which its schema declares a default, at any depth.
pub(super) fn fill_defaults(schema: &'static Value, object: &mut Map<String, Value>) {
    let schema = resolved(schema);
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        match object.get_mut(key) {
            Some(Value::Object(inner)) => fill_defaults(property, inner),
            Some(_) => {}
            None => {
                if let Some(default) = property.get("default").or_else(|| resolved(property).get("default")) {
                    object.insert(key.clone(), default.clone());
                }
            }
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fill_defaults(part, object);
    }
}

fn resolved(schema: &'static Value) -> &'static Value {
    let target = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    target.and_then(|pointer| DOCUMENT.pointer(pointer)).unwrap_or(schema)
}
