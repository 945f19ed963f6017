//! The vendored document, as far as it describes responses.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{LazyLock, OnceLock},
};

use serde::Deserialize;
use serde_json::Value;

use super::{limits::Limits, node::Node};

const TEXT: &str = include_str!("../../generated/document.json");
const SCHEMAS: &str = "#/components/schemas/";
const RESPONSES: &str = "#/components/responses/";

/// The parts of an OpenAPI 3.0 document that describe responses. It is parsed once, on first use.
#[derive(Default, Deserialize)]
pub(crate) struct Document {
    paths: BTreeMap<String, Path>,
    components: Components,
}

#[derive(Default, Deserialize)]
struct Components {
    #[serde(default)]
    responses: BTreeMap<String, Response>,
    schemas: BTreeMap<String, Schema>,
}

#[derive(Deserialize)]
struct Path {
    get: Option<Operation>,
    post: Option<Operation>,
    put: Option<Operation>,
    patch: Option<Operation>,
    delete: Option<Operation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    operation_id: String,
    responses: BTreeMap<String, Response>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(default)]
    content: BTreeMap<String, Media>,
}

#[derive(Deserialize)]
struct Media {
    schema: Option<Schema>,
}

/// A schema. Keywords beside a `$ref` are ignored.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(default)]
    pub all_of: Vec<Schema>,
    #[serde(default)]
    pub one_of: Vec<Schema>,
    #[serde(default)]
    pub any_of: Vec<Schema>,
    #[serde(rename = "type")]
    pub kind: Option<Kind>,
    #[serde(default)]
    pub nullable: bool,
    #[serde(default)]
    pub properties: BTreeMap<String, Schema>,
    pub additional_properties: Option<Additional>,
    #[serde(default)]
    pub required: BTreeSet<String>,
    pub items: Option<Box<Schema>>,
    #[serde(rename = "enum")]
    pub values: Option<Vec<Value>>,
    pub format: Option<String>,
    #[serde(flatten)]
    pub limits: Limits,
    #[serde(rename = "x-result-codes")]
    pub result_codes: Option<Vec<Code<i64>>>,
    #[serde(rename = "x-error-codes")]
    pub error_codes: Option<Vec<Code<String>>>,
    #[serde(skip)]
    node: OnceLock<Node>,
}

/// The value of `additionalProperties`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Additional {
    Allowed(bool),
    Of(Box<Schema>),
}

#[derive(Deserialize)]
pub(super) struct Code<T> {
    pub code: T,
}

/// A JSON type.
#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    pub fn accepts(self, kind: Self) -> bool {
        self == kind || (self == Self::Number && kind == Self::Integer)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

/// The operations by their id.
static OPERATIONS: LazyLock<HashMap<&str, &Operation>> = LazyLock::new(|| {
    let operations = DOCUMENT.paths.values().flat_map(Path::operations);
    operations.map(|operation| (&*operation.operation_id, operation)).collect()
});

impl Document {
    pub fn get() -> &'static Self {
        &DOCUMENT
    }

    /// The schema of an operation's response with this status. A failure may come with any status.
    pub(super) fn response_schema(&self, operation: &str, status: u16, is_failure: bool) -> Option<&Schema> {
        let responses = &OPERATIONS.get(operation)?.responses;
        let by_status = || responses.get(&status.to_string());
        let by_class = || responses.get(&format!("{}XX", status / 100));
        let of_success = || responses.iter().find(|(key, _)| key.starts_with('2')).map(|(_, known)| known);
        let response = match (200..300).contains(&status) {
            true if is_failure => None,
            true => by_status().or_else(of_success),
            false => by_status().or_else(by_class),
        };
        let response = response.or_else(|| responses.get("default"))?;
        let response = match response.reference.as_deref().and_then(|name| name.strip_prefix(RESPONSES)) {
            Some(name) => self.components.responses.get(name)?,
            None => response,
        };
        response.content.get("application/json")?.schema.as_ref()
    }
}

impl Schema {
    /// The schema that a `$ref` refers to, and its name.
    pub fn named(&self) -> Option<(&'static str, &'static Schema)> {
        let name = self.reference.as_deref()?.strip_prefix(SCHEMAS)?;
        DOCUMENT.components.schemas.get_key_value(name).map(|(name, schema)| (name.as_str(), schema))
    }

    /// The form in which values are compared with it.
    pub fn node(&'static self) -> &'static Node {
        self.node.get_or_init(|| Node::new(self))
    }
}

impl Path {
    fn operations(&self) -> impl Iterator<Item = &Operation> {
        [&self.get, &self.post, &self.put, &self.patch, &self.delete].into_iter().flatten()
    }
}
