//! The table of changes: what each kind means in a request, in a response and in a failure.

use super::{
    Class::{
        self, Additive as More, BreakingForCallers as Callers, BreakingOnTheWire as Wire,
        DocumentationOnly as Docs,
    },
    Side,
};

/// What happened to a keyword or a named item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Added,
    /// Added, and required.
    AddedRequired,
    Removed,
    Changed,
    /// Changed so that fewer values are allowed.
    Tightened,
    /// Changed so that more values are allowed.
    Loosened,
}

use Action::{Added, AddedRequired, Changed, Loosened, Removed, Tightened};

/// The ends of shapes, the actions (any, if there are none), the kind of change, its classes in a request,
/// in a response and in a failure, and why.
pub(super) struct Row(&'static str, &'static [Action], pub &'static str, [Class; 3], &'static str);

const NEW: &str = "more can be sent or read";
const GONE: &str = "code that uses it loses it";
const GIVEN: &str = "callers have to give it";
const OMITTED: &str = "it may be left out now";
const REFUSED: &str = "the service may refuse what it accepted; what is received is not checked";
const ACCEPTED: &str = "the service accepts more; what is received is not checked";
const MISSING: &str = "all that is received may be missing; what is sent has to follow";
const RETYPED: &str = "its type in Rust is another one";
const AS_BEFORE: &str = "released versions send it, or read it, as before";
const TEXT: &str = "nothing of requests or responses changes";
const ADDRESS: &str = "released versions call the old address";
const LOGIN: &str = "callers may need other credentials";
const NAME: &str = "a name of the bindings alone; what it changes where it is used is listed there";
const OPEN: &str =
    "the SDK's enums are open: what is received stays text; what is sent is checked by the service";
const DEFAULTS: &str = "the SDK sends no defaults, so that another one changes what the service does";
const DIRECTION: &str = "it is no longer sent, or no longer comes back";
const BOTH_WAYS: &str = "it may be sent, or comes back";
const DEPRECATED: &str = "it still works; what it touches is to be marked #[deprecated]";
const POSITION: &str = "the position in the path counts, not the name";
const KEPT: &str = "released versions keep it as its number or word";
const SUFFICE: &str = "the credentials that were sent still suffice";
const BINDINGS: &str = "a method of the bindings alone has another name";
const ALIKE: &str = "all statuses from 200 to 299 are treated alike";
const LOOK: &str = "keywords may have another meaning: look at it";
const SUCCESSES: &str = "released versions read every success as the one that they know";

/// No operation reaches it.
const UNUSED: (Class, &str) = (Docs, "no operation reaches it");

/// The row for every other change.
static OTHER: Row = Row("", &[], "other", [Wire; 3], "no rule is known for it: look at it");

#[rustfmt::skip]
static ROWS: &[Row] = &[
    // The document.
    Row(".openapi", &[], "specification-changed", [Wire; 3], LOOK),
    Row(".info*", &[], "info-changed", [Docs; 3], TEXT),
    Row(".servers[]", &[Added], "server-added", [More; 3], "the base URL can be set to it"),
    Row(".servers[]", &[Removed], "server-removed", [Wire; 3], ADDRESS),
    Row(".servers[].url", &[], "server-url-changed", [Wire; 3], ADDRESS),
    Row(".tags[]", &[Added], "tag-added", [Docs; 3], TEXT),
    Row(".tags[]", &[Removed], "tag-removed", [Docs; 3], TEXT),
    Row(".security[]", &[Added], "security-loosened", [More; 3], SUFFICE),
    Row(".security|.security[]", &[], "security-changed", [Callers; 3], LOGIN),
    Row(".securitySchemes[]", &[Added], "security-scheme-added", [More; 3], "by itself it requires nothing"),
    Row(".securitySchemes[]", &[Removed], "security-scheme-removed", [Docs; 3], "what requires it is listed"),
    Row(".securitySchemes[].type|[].scheme", &[], "security-scheme-changed", [Callers; 3], LOGIN),
    Row(".components.schemas[]", &[Added], "schema-added", [Docs; 3], NAME),
    Row(".components.schemas[]", &[Removed], "schema-removed", [Docs; 3], NAME),
    Row(".components.responses[]|.requestBodies[]", &[Added, AddedRequired], "component-added", [Docs; 3], NAME),
    Row(".components.responses[]|.requestBodies[]", &[Removed], "component-removed", [Docs; 3], NAME),
    Row(".$ref", &[], "reference-changed", [Docs; 3], NAME),
    // Operations.
    Row(".METHOD", &[Added], "operation-added", [More; 3], NEW),
    Row(".METHOD", &[Removed], "operation-removed", [Callers; 3], GONE),
    Row(".operationId", &[], "operation-renamed", [Docs; 3], BINDINGS),
    Row(".deprecated", &[Added], "deprecated", [More, More, Docs], DEPRECATED),
    Row(".deprecated", &[Removed], "undeprecated", [Docs; 3], TEXT),
    // Parameters and bodies.
    Row(".parameters[]", &[Added], "parameter-added", [More; 3], NEW),
    Row(".parameters[]", &[AddedRequired], "required-parameter-added", [Callers; 3], GIVEN),
    Row(".parameters[]", &[Removed], "parameter-removed", [Callers; 3], GONE),
    Row(".route|.parameters[].name", &[], "path-parameter-renamed", [Docs; 3], POSITION),
    Row(".parameters[].required", &[Added], "parameter-required", [Callers; 3], GIVEN),
    Row(".parameters[].required", &[Removed], "parameter-optional", [More; 3], OMITTED),
    Row(".style|.explode", &[], "parameter-style-changed", [Wire; 3], AS_BEFORE),
    Row(".requestBody", &[Added], "request-body-added", [More; 3], NEW),
    Row(".requestBody", &[AddedRequired], "required-request-body-added", [Callers; 3], GIVEN),
    Row(".requestBody", &[Removed], "request-body-removed", [Callers; 3], GONE),
    Row(".content[]", &[Added], "content-type-added", [More, More, Docs], NEW),
    Row(".content[]", &[Removed], "content-type-removed", [Wire, Wire, Docs], AS_BEFORE),
    // Responses.
    Row(".responses[]", &[Added], "response-added", [Wire, Wire, Docs], SUCCESSES),
    Row(".responses[]", &[Removed], "response-removed", [Callers, Callers, Docs], GONE),
    Row(".responses[].status", &[], "status-changed", [Docs; 3], ALIKE),
    Row("-codes[]", &[Added], "result-code-added", [More; 3], KEPT),
    Row("-codes[]", &[Removed], "result-code-removed", [Docs; 3], "the SDK still knows it"),
    Row("-codes[].meaning|-codes[].description", &[], "result-code-reworded", [Docs; 3], TEXT),
    Row("-codes[].*", &[], "result-code-changed", [Wire; 3], "released versions give the old advice on it"),
    // Schemas.
    Row(".properties[]", &[Added], "field-added", [More, More, Docs], NEW),
    Row(".properties[]", &[AddedRequired], "required-field-added", [Callers, More, Docs], GIVEN),
    Row(".properties[]", &[Removed], "field-removed", [Callers, Callers, Wire], GONE),
    Row(".required[]", &[Added], "field-required", [Callers, Docs, Docs], MISSING),
    Row(".required[]", &[Removed], "field-optional", [More, Docs, Docs], MISSING),
    Row(".required", &[Added], "request-body-required", [Callers; 3], GIVEN),
    Row(".required", &[Removed], "request-body-optional", [More; 3], OMITTED),
    Row(".type|.items|.schema", &[], "type-changed", [Callers, Callers, Wire], RETYPED),
    Row(".format", &[Added, Changed], "format-changed", [Wire, Docs, Docs], REFUSED),
    Row(".format", &[Removed], "format-removed", [More, Docs, Docs], ACCEPTED),
    Row("Of", &[Added, Removed], "composition-changed", [Callers, Callers, Wire], RETYPED),
    Row("Of[]", &[Added], "alternative-added", [More, Wire, Docs], "released versions may not understand it"),
    Row("Of[]", &[Removed], "alternative-removed", [Wire, Docs, Docs], REFUSED),
    Row(".nullable", &[Added], "nullable-allowed", [More, Docs, Docs], ACCEPTED),
    Row(".nullable", &[Removed], "nullable-forbidden", [Wire, Docs, Docs], REFUSED),
    Row(".readOnly", &[Added], "read-only-set", [Wire, Docs, Docs], DIRECTION),
    Row(".readOnly", &[Removed], "read-only-unset", [More, Docs, Docs], BOTH_WAYS),
    Row(".writeOnly", &[Added], "write-only-set", [Docs, Callers, Docs], DIRECTION),
    Row(".writeOnly", &[Removed], "write-only-unset", [Docs, More, Docs], BOTH_WAYS),
    Row(".default", &[Changed], "default-changed", [Wire, Docs, Docs], DEFAULTS),
    Row(".default", &[Added], "default-added", [Docs; 3], TEXT),
    Row(".default", &[Removed], "default-removed", [Docs; 3], TEXT),
    Row(".enum[]", &[Added], "enum-value-added", [More, More, Docs], OPEN),
    Row(".enum[]", &[Removed], "enum-value-removed", [Wire, Docs, Docs], OPEN),
    Row(".enum", &[Added], "enum-closed", [Wire, Docs, Docs], OPEN),
    Row(".enum", &[Removed], "enum-opened", [More, More, Docs], OPEN),
    Row(".LIMIT", &[Added], "limit-added", [Wire, Docs, Docs], REFUSED),
    Row(".LIMIT", &[Removed], "limit-removed", [More, Docs, Docs], ACCEPTED),
    Row(".LIMIT", &[Tightened], "limit-tightened", [Wire, Docs, Docs], REFUSED),
    Row(".LIMIT", &[Loosened], "limit-loosened", [More, Docs, Docs], ACCEPTED),
    Row(".additionalProperties", &[Tightened], "extra-fields-closed", [Wire, Docs, Docs], REFUSED),
    Row(".additionalProperties", &[Loosened], "extra-fields-opened", [More, Docs, Docs], ACCEPTED),
    // What people read.
    Row(".description", &[], "description-changed", [Docs; 3], TEXT),
    Row(".summary", &[], "summary-changed", [Docs; 3], TEXT),
    Row(".title", &[], "title-changed", [Docs; 3], TEXT),
    Row(".example|.examples", &[], "example-changed", [Docs; 3], TEXT),
    Row(".externalDocs", &[], "external-docs-changed", [Docs; 3], TEXT),
    Row(".x-*", &[], "extension-changed", [Docs; 3], "the SDK does not know this extension"),
];

impl Row {
    /// The row for an action at a place of this shape.
    pub fn of(shape: &str, action: Action) -> &'static Self {
        let (owner, keyword) = shape.rsplit_once('.').unwrap_or_default();
        let fits = |end: &str| match end.split_once('*') {
            Some((start, _)) if start.ends_with('.') => owner.ends_with(start.trim_end_matches('.')),
            Some((start, _)) => shape.starts_with(start) || format!(".{keyword}").starts_with(start),
            None => shape.ends_with(end),
        };
        let is_it = |Self(ends, actions, ..): &&Self| {
            ends.split('|').any(fits) && (actions.is_empty() || actions.contains(&action))
        };
        ROWS.iter().find(is_it).unwrap_or(&OTHER)
    }

    /// The most severe class on these sides, and why.
    pub fn on<'a>(&self, sides: impl IntoIterator<Item = &'a Side>) -> (Class, &'static str) {
        let Self(_, _, kind, [sent, received, failure], why) = self;
        let meaning = |side: &Side| match side {
            Side::Unused if *kind != OTHER.2 => UNUSED,
            Side::Unused | Side::Request | Side::Whole => (*sent, *why),
            Side::Answer => (*received, *why),
            Side::Failure if *failure == Docs && *sent != Docs => {
                (Docs, "the SDK maps all failures by itself")
            }
            Side::Failure => (*failure, *why),
        };
        sides.into_iter().map(meaning).max_by_key(|(class, _)| *class).unwrap_or(UNUSED)
    }
}

/// All kinds of changes, as in the JSON of a report.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    ROWS.iter().chain([&OTHER]).map(|Row(_, _, kind, ..)| *kind)
}
