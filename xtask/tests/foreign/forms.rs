//! The vendored document in the forms that another author may give it.

use std::{fs, path::Path};

use serde_json::{Map, Value, json};
use xtask::document::{self, METHODS};

pub type Form = fn(&mut Value);

/// The vendored document, with what the overlay adds to it as a whole.
pub fn vendored() -> Value {
    let read = |name: &str| -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(name);
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    document::with_known(&read("video.json"), &read("overlay.json"))
}

/// Does something to every object, the innermost first, with the key that it stands under.
pub fn everywhere(value: &mut Value, key: &str, edit: &mut dyn FnMut(&str, &mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            object.iter_mut().for_each(|(key, value)| everywhere(value, key, edit));
            edit(key, object);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| everywhere(item, "", edit)),
        _ => {}
    }
}

fn operations(document: &mut Value) -> impl Iterator<Item = (String, &mut Map<String, Value>)> {
    let items = document["paths"].as_object_mut().unwrap().iter_mut();
    items.flat_map(|(path, item)| {
        let operations = item.as_object_mut().unwrap().iter_mut();
        let operations = operations.filter(|(method, _)| METHODS.contains(&&***method));
        operations
            .map(move |(method, operation)| (format!("{method} {path}"), operation.as_object_mut().unwrap()))
    })
}

/// Every component has another name.
pub fn renamed(document: &mut Value) {
    let name = |name: &str| format!("Ex{}V2", name.replace("Room", "Space"));
    everywhere(document, "", &mut |_, object| {
        if let Some(Value::String(reference)) = object.get_mut("$ref") {
            let (kind, last) = reference.rsplit_once('/').unwrap();
            *reference = format!("{kind}/{}", name(last));
        }
    });
    for (_, named) in document["components"].as_object_mut().unwrap() {
        let all = std::mem::take(named.as_object_mut().unwrap());
        *named = all.into_iter().map(|(key, value)| (name(&key), value)).collect::<Map<_, _>>().into();
    }
    for required in document["security"].as_array_mut().unwrap() {
        *required = json!({ name("basicAuth"): [] });
    }
}

/// Nothing has a name.
pub fn in_place(document: &mut Value) {
    fn place(value: &mut Value, all: &Value) {
        while let Some(reference) = value["$ref"].as_str() {
            *value = all.pointer(&reference[1..]).unwrap().clone();
        }
        match value {
            Value::Object(object) => object.values_mut().for_each(|value| place(value, all)),
            Value::Array(items) => items.iter_mut().for_each(|value| place(value, all)),
            _ => {}
        }
        // What is said beside a reference overrides what its target says.
        if let Some(Value::Array(parts)) = value.get_mut("allOf").map(Value::take) {
            let mut whole = parts[0].clone();
            value.as_object_mut().unwrap().remove("allOf");
            whole.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
            *value = whole;
        }
    }
    let all = document.clone();
    place(&mut document["paths"], &all);
    document["components"] = json!({ "securitySchemes": all["components"]["securitySchemes"] });
}

/// Failures are listed by status.
pub fn by_status(document: &mut Value) {
    for (_, operation) in operations(document) {
        let responses = operation["responses"].as_object_mut().unwrap();
        let failure = responses.remove("default").unwrap();
        for status in [400, 401, 403, 404, 409, 422, 429, 500, 503] {
            responses.insert(status.to_string(), failure.clone());
        }
    }
}

/// A success is 200, and 201 where something is created.
pub fn exact_successes(document: &mut Value) {
    for (route, operation) in operations(document) {
        let responses = operation["responses"].as_object_mut().unwrap();
        let success = responses.remove("2XX").unwrap();
        responses.insert(if route.starts_with("post") { "201" } else { "200" }.into(), success);
    }
}

/// The base path stands in the paths, whose parameters and slashes are other ones.
pub fn other_paths(document: &mut Value) {
    for server in document["servers"].as_array_mut().unwrap() {
        server["url"] = server["url"].as_str().unwrap().trim_end_matches("/video/v2").into();
    }
    let names = [("room_id", "roomId"), ("from_date", "from"), ("to_date", "to"), ("conf_num", "confNumber")];
    everywhere(document, "", &mut |_, object| {
        for (old, new) in names {
            if object.get("in").is_some_and(|place| place == "path") && object["name"] == old {
                object.insert("name".into(), new.into());
            }
        }
    });
    let paths = std::mem::take(document["paths"].as_object_mut().unwrap());
    for (mut path, item) in paths {
        for (old, new) in names {
            path = path.replace(&format!("{{{old}}}"), &format!("{{{new}}}"));
        }
        let slash = if path == "/rooms" { "/" } else { "" };
        document["paths"][format!("/video/v2{}{slash}", path.trim_end_matches('/'))] = item;
    }
}

/// Two operations have ids that are not ours, and one has none.
pub fn other_ids(document: &mut Value) {
    document["paths"]["/archive/period/{from_date}/{to_date}"]["get"]["operationId"] =
        "getArchiveByPeriod".into();
    document["paths"]["/dialin/"]["get"]["operationId"] = "getDialinInfo".into();
    document["paths"]["/rooms"]["get"].as_object_mut().unwrap().remove("operationId");
}

/// Swagger 2.0, as far as it can say it.
pub fn swagger(document: &mut Value) {
    let media = |owner: &mut Value| {
        let content = owner.as_object_mut().and_then(|owner| owner.remove("content"));
        content.map(|mut content| content["application/json"]["schema"].take())
    };
    let mut components = document["components"].take();
    let schemas = |response: &mut Value| {
        if let Some(schema) = media(response) {
            response["schema"] = schema;
        }
    };
    for (_, response) in components["responses"].as_object_mut().into_iter().flatten() {
        schemas(response);
    }
    let flat = |parameter: &mut Value| {
        if let Some(Value::Object(schema)) = parameter.as_object_mut().and_then(|it| it.remove("schema")) {
            parameter.as_object_mut().unwrap().extend(schema);
        }
    };
    components["parameters"].as_object_mut().into_iter().flatten().for_each(|(_, parameter)| flat(parameter));
    for (_, operation) in operations(document) {
        let mut parameters = operation.remove("parameters").unwrap_or_else(|| json!([]));
        parameters.as_array_mut().unwrap().iter_mut().for_each(flat);
        if let Some(mut body) = operation.remove("requestBody") {
            let schema = media(&mut body).unwrap();
            let body = json!({ "in": "body", "name": "body", "required": true, "schema": schema });
            parameters.as_array_mut().unwrap().push(body);
        }
        operation.insert("parameters".into(), parameters);
        let responses = operation["responses"].as_object_mut().unwrap();
        if let Some(success) = responses.remove("2XX") {
            responses.insert("200".into(), success);
        }
        responses.values_mut().for_each(schemas);
    }
    everywhere(document, "", &mut |_, object| plain(object));
    everywhere(&mut components, "", &mut |_, object| plain(object));
    let server = document["servers"][0]["url"].as_str().unwrap().trim_start_matches("https://").to_owned();
    let (host, path) = server.split_once('/').unwrap_or((&server, ""));
    let whole = document.as_object_mut().unwrap();
    whole.retain(|key, _| !["openapi", "servers", "components"].contains(&&**key));
    let security: Map<_, _> = components["securitySchemes"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, _)| (name.clone(), json!({ "type": "basic" })))
        .collect();
    let head = json!({
        "swagger": "2.0", "host": host, "basePath": format!("/{path}"), "schemes": ["https"],
        "consumes": ["application/json"], "produces": ["application/json"],
        "securityDefinitions": security, "definitions": components["schemas"],
        "parameters": components["parameters"], "responses": components["responses"],
    });
    whole.extend(head.as_object().unwrap().clone().into_iter().filter(|(_, value)| !value.is_null()));
}

/// A schema of Swagger 2.0.
fn plain(object: &mut Map<String, Value>) {
    if let Some(Value::String(reference)) = object.get_mut("$ref") {
        *reference =
            reference.replace("#/components/schemas", "#/definitions").replace("#/components/", "#/");
    }
    if let Some(nullable) = object.remove("nullable") {
        object.insert("x-nullable".into(), nullable);
    }
    for choice in ["oneOf", "anyOf"] {
        if object.get(choice).is_some_and(Value::is_array) {
            object.remove(choice);
        }
    }
}

/// Says no limits, words, required keys, formats, codes, texts and examples.
pub fn silent(document: &mut Value) {
    const UNSAID: &[&str] = &[
        "additionalProperties",
        "default",
        "description",
        "enum",
        "example",
        "examples",
        "format",
        "maxLength",
        "maxProperties",
        "maximum",
        "minLength",
        "minProperties",
        "minimum",
        "nullable",
        "pattern",
        "required",
        "summary",
        "tags",
        "x-error-codes",
        "x-result-codes",
    ];
    everywhere(document, "", &mut |key, object| {
        let is_parameter = object.contains_key("in");
        if !["properties", "paths", "responses", "schemas"].contains(&key) {
            object.retain(|key, _| !UNSAID.contains(&&**key) || (is_parameter && key == "required"));
        }
    });
    for (_, operation) in operations(document) {
        for (_, response) in operation["responses"].as_object_mut().unwrap() {
            if response.get("$ref").is_none() {
                response["description"] = "".into();
            }
        }
    }
    document["components"]["responses"]["Failure"]["description"] = "".into();
}
