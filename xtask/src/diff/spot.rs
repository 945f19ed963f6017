//! A place in a tree: its shape for the table of changes, and its name for people.

use serde_json::{Map, Value};

use super::{
    Side,
    class::words,
    tree::{is_success, item_key, parameter_key, template},
};
use crate::document::{METHODS, is_value, join, media_type};

/// Below these keywords nothing is distinguished.
#[rustfmt::skip]
const OPAQUE: &[&str] = &[
    "callbacks", "discriminator", "encoding", "externalDocs", "flows", "headers", "links", "not",
    "variables", "xml",
];

pub(super) struct Spot {
    /// The path as far as places are distinguished.
    pub path: Vec<String>,
    /// Whether nothing below it is distinguished.
    pub is_leaf: bool,
    /// The path with `[]` for every name: `.components.schemas[].properties[].type`.
    pub shape: String,
    /// The side of the operation.
    pub side: Side,
    /// The part of an operation: `request`, `parameter room_id`.
    pub part: String,
    /// A schema and the path into it (`Room.settings`), or a part of the document.
    pub name: String,
}

impl Spot {
    /// The place that a path leads to in either tree.
    pub fn of(path: &[String], trees: [&Value; 2]) -> Self {
        let (mut shape, mut name, mut part, mut side) =
            (String::new(), String::new(), String::new(), Side::Whole);
        let (mut keyword, mut depth, mut is_leaf) = ("", 0, false);
        for key in path {
            depth += 1;
            let (is_item, plain) = (key.starts_with('['), key.trim_matches(['[', ']', '"']));
            let value = |depth: usize| trees.iter().rev().find_map(|tree| get(tree, &path[..depth]));
            let is_unusual = (key == "servers" && path[0] == "paths")
                || (keyword == "parameters" && ["[header ", "[cookie "].iter().any(|it| key.starts_with(it)));
            let dot = |name: &str| if name.is_empty() { plain.to_owned() } else { format!("{name}.{plain}") };
            match (keyword, &**key) {
                ("parameters", _) => {
                    let named = value(depth).and_then(|parameter| parameter["name"].as_str());
                    (side, part) = (Side::Request, format!("parameter {}", named.unwrap_or(plain)));
                }
                ("responses", _) if path[0] == "paths" => {
                    side = side_of(plain, value(depth - 1));
                    part = format!("{} {plain}", words(side));
                }
                ("security", _) => {}
                ("responses", _) => part = format!("response {plain}"),
                ("requestBodies", _) => part = format!("request {plain}"),
                (_, "requestBody") => (side, part) = (Side::Request, "request".to_owned()),
                ("schemas" | "properties" | "required" | "securitySchemes", _) if is_item => {
                    name = dot(&name)
                }
                ("x-result-codes" | "x-error-codes", _) => name = format!("{name} {plain}"),
                (_, "items") => name.push_str("[]"),
                (_, "additionalProperties") if depth < path.len() => name.push_str(".*"),
                _ if !matches!(&*path[0], "components" | "paths") => name = dot(&name),
                _ if key.starts_with("x-") && !key.ends_with("-codes") => name = dot(&name),
                _ => {}
            }
            match (is_unusual, is_item) {
                (true, _) => shape.push_str("[unusual]"),
                (_, true) => shape.push_str("[]"),
                _ => shape = format!("{shape}.{key}"),
            }
            let is_opaque = is_value(key) && !matches!(&**key, "enum" | "x-result-codes" | "x-error-codes");
            is_leaf = is_unusual || (!is_item && (is_opaque || OPAQUE.contains(&&**key)));
            if is_leaf {
                break;
            }
            keyword = key;
        }
        Self { path: path[..depth].to_vec(), is_leaf, shape, side, part, name }
    }
}

/// The value at a path.
pub(super) fn get<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| value.as_object()?.get(key))
}

/// The side of a response. The default response is that of a success if there is no other.
pub(super) fn side_of(status: &str, responses: Option<&Value>) -> Side {
    let is_one = |key: &str| is_success(key.trim_matches(['[', ']']));
    let has_success = || {
        responses.and_then(Value::as_object).is_some_and(|all: &Map<_, _>| all.keys().any(|key| is_one(key)))
    };
    if is_one(status) || (status == "default" && !has_success()) { Side::Answer } else { Side::Failure }
}

/// In a longer list no item is looked for: the pointer leads to the list.
const LONGEST_LIST: usize = 300;

/// The JSON pointer into the original document for a path of its tree, or for the nearest place above it.
pub(super) fn pointer(document: &Value, path: &[String]) -> String {
    let (mut at, mut pointer, mut keyword, mut route) = (document, String::new(), "", String::new());
    for key in path {
        // The path leads through references.
        for _ in 0..16 {
            let reference = at["$ref"].as_str().and_then(|text| text.strip_prefix('#'));
            match reference.and_then(|target| Some((target, document.pointer(target)?))) {
                Some((target, value)) if at.get(key).is_none() => (at, pointer) = (value, target.to_owned()),
                _ => break,
            }
        }
        let Some((step, child)) = child(document, at, keyword, key, &route) else { break };
        pointer = join(&pointer, &step);
        if keyword == "paths" {
            route = step;
        }
        (at, keyword) = (child, key);
    }
    pointer
}

fn child<'a>(
    document: &Value,
    at: &'a Value,
    keyword: &str,
    key: &str,
    route: &str,
) -> Option<(String, &'a Value)> {
    let plain = key.strip_prefix('[').and_then(|key| key.strip_suffix(']')).unwrap_or(key);
    let (plain, number) = plain.split_once("] #").unwrap_or((plain, "1"));
    match at {
        Value::Object(object) => {
            let is_same = |(written, value): &(&String, &Value)| match keyword {
                "paths" => template(written) == plain,
                "responses" => plain == "2XX" && is_success(written),
                "content" => media_type(written, value) == plain,
                _ => false,
            };
            let (written, value) = object.get_key_value(plain).or_else(|| object.iter().find(is_same))?;
            Some((written.clone(), value))
        }
        Value::Array(items) if items.len() <= LONGEST_LIST => {
            let is_same = |(index, item): &(usize, &Value)| match keyword {
                "parameters" => {
                    let target =
                        item["$ref"].as_str().and_then(|text| document.pointer(text.strip_prefix('#')?));
                    parameter_key(route, target.unwrap_or(item)) == plain
                }
                _ => item_key(keyword, *index, item).is_some_and(|own| own == plain),
            };
            let same =
                items.iter().enumerate().filter(is_same).nth(number.parse::<usize>().ok()?.checked_sub(1)?);
            same.map(|(index, item)| (index.to_string(), item))
        }
        _ => None,
    }
}

/// The operations of a tree, each with the path to it.
pub(super) fn operations(tree: &Value) -> impl Iterator<Item = (Vec<String>, &Value)> {
    let items = tree["paths"].as_object().into_iter().flatten();
    items.flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| {
            Some((
                ["paths", path, *method].map(str::to_owned).to_vec(),
                item.get(*method).filter(|it| it.is_object())?,
            ))
        })
    })
}
