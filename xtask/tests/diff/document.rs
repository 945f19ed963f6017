//! Changes of the document as a whole.

use serde_json::json;
use xtask::diff::Kind::*;

use crate::support::{
    Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs, Expected, Row,
    at, push, put, rename, replace, row, row_after, take,
};

pub fn rows() -> Vec<Row> {
    vec![
        row(
            "a patch of the specification",
            |d| put(d, "/openapi", json!("3.0.4")),
            "openapi",
            (SpecificationPatchChanged, Docs),
            (SpecificationPatchChanged, Docs),
        ),
        row(
            "another specification",
            |d| put(d, "/openapi", json!("3.1.0")),
            "openapi",
            (SpecificationChanged, Wire),
            (SpecificationChanged, Wire),
        ),
        row(
            "version of the document",
            |d| put(d, "/info/version", json!("3")),
            "info",
            (InfoVersionChanged, Docs),
            (InfoVersionChanged, Docs),
        ),
        row(
            "licence",
            |d| put(d, "/info/license", json!({"name": "MIT"})),
            "info.license",
            (InfoChanged, Docs),
            (InfoChanged, Docs),
        ),
        row(
            "title of the document",
            |d| put(d, "/info/title", json!("Video")),
            "info",
            (TitleChanged, Docs),
            (TitleChanged, Docs),
        ),
        row(
            "one more server",
            |d| push(d, "/servers", json!({"url": "https://eu.example.com"})),
            "servers",
            (ServerAdded, Additive),
            (ServerRemoved, Wire),
        ),
        row(
            "address of a server",
            |d| put(d, "/servers/0/url", json!("https://api.enablex.io/video/v3")),
            "servers",
            (ServerUrlChanged, Wire),
            (ServerUrlChanged, Wire),
        ),
        row(
            "variable of a server",
            |d| put(d, "/servers/0/variables", json!({"zone": {"default": "in"}})),
            "servers",
            (ServerVariableChanged, Wire),
            (ServerVariableChanged, Wire),
        ),
        row(
            "order of the servers",
            |d| at(d, "/servers").as_array_mut().unwrap().swap(0, 1),
            "servers",
            (ServersReordered, Docs),
            (ServersReordered, Docs),
        ),
        row_after(
            "servers of an operation",
            |d| put(d, "/servers", json!([{"url": "https://example.com"}, {"url": "https://example.org"}])),
            |d| put(d, "/paths/~1rooms/post/servers", json!([{"url": "https://rooms.example.com"}])),
            "createRoom, servers",
            (ServerUrlChanged, Wire),
            (ServerUrlChanged, Wire),
        )
        .with(
            Expected(ServerRemoved, Wire, "createRoom, servers"),
            Expected(ServerAdded, Additive, "createRoom, servers"),
        ),
        row_after(
            "the host of the document in place of the one server",
            |d| put(d, "/servers", json!([{"url": "https://example.com"}])),
            |d| put(d, "/paths/~1rooms/post/servers", json!([{"url": "/"}])),
            "createRoom, servers",
            (ServerUrlChanged, Wire),
            (ServerUrlChanged, Wire),
        ),
        row_after(
            "servers of a path",
            |d| put(d, "/servers", json!([{"url": "https://example.com"}])),
            |d| put(d, "/paths/~1rooms/servers", json!([{"url": "https://rooms.example.com"}])),
            "/rooms, servers",
            (ServerUrlChanged, Wire),
            (ServerUrlChanged, Wire),
        ),
        row_after(
            "another path with servers of its own",
            |d| put(d, "/servers", json!([{"url": "https://example.com"}])),
            |d| {
                let operation = take(d, "/paths/~1rooms/post");
                let servers = json!([{"url": "https://rooms.example.com"}]);
                put(d, "/paths/~1calls", json!({"servers": servers, "post": operation}));
            },
            "createRoom, servers",
            (ServerUrlChanged, Wire),
            (ServerUrlChanged, Wire),
        )
        .with(Expected(OperationMoved, Wire, "createRoom"), Expected(OperationMoved, Wire, "createRoom")),
        row_after(
            "one more server of an operation alone",
            |d| put(d, "/servers", json!([{"url": "https://example.com"}])),
            |d| {
                let mut servers = at(d, "/servers").clone();
                servers.as_array_mut().unwrap().push(json!({"url": "https://rooms.example.com"}));
                put(d, "/paths/~1rooms/post/servers", servers);
            },
            "createRoom, servers",
            (ServerAdded, Additive),
            (ServerRemoved, Wire),
        ),
        row(
            "one more tag",
            |d| push(d, "/tags", json!({"name": "Webhooks"})),
            "tags",
            (TagAdded, Docs),
            (TagRemoved, Docs),
        ),
        row(
            "no credentials",
            |d| put(d, "/security", json!([])),
            "security",
            (SecurityLoosened, Additive),
            (OtherCredentialsRequired, Callers),
        ),
        row(
            "credentials of an operation",
            |d| put(d, "/paths/~1rooms/post/security", json!([{"basicAuth": [], "otp": []}])),
            "createRoom, security",
            (OtherCredentialsRequired, Callers),
            (SecurityLoosened, Additive),
        ),
        row(
            "credentials in place of others",
            |d| put(d, "/security", json!([{"oauth": ["rooms"]}])),
            "security",
            (OtherCredentialsRequired, Callers),
            (OtherCredentialsRequired, Callers),
        ),
        row_after(
            "one scheme of two",
            |d| put(d, "/security", json!([{"basicAuth": []}, {"oauth": []}])),
            |d| put(d, "/security", json!([{"oauth": []}])),
            "security",
            (SecurityTightened, Wire),
            (SecurityLoosened, Additive),
        ),
        row(
            "one more scheme",
            |d| put(d, "/components/securitySchemes/bearer", json!({"type": "http", "scheme": "bearer"})),
            "bearer",
            (SecuritySchemeAdded, Additive),
            (SecuritySchemeRemoved, Docs),
        ),
        row(
            "one more scheme for an operation",
            |d| {
                put(d, "/components/securitySchemes/bearer", json!({"type": "http", "scheme": "bearer"}));
                put(d, "/paths/~1rooms/post/security", json!([{"basicAuth": []}, {"bearer": []}]));
            },
            "bearer",
            (SecuritySchemeAdded, Additive),
            (SecuritySchemeRemoved, Callers),
        )
        .with(
            Expected(SecurityLoosened, Additive, "createRoom, security"),
            Expected(SecurityTightened, Wire, "createRoom, security"),
        ),
        row(
            "another kind of scheme",
            |d| {
                put(d, "/components/securitySchemes/basicAuth/type", json!("apiKey"));
                put(d, "/components/securitySchemes/basicAuth/in", json!("header"));
                put(d, "/components/securitySchemes/basicAuth/name", json!("X-Key"));
            },
            "basicAuth",
            (SecuritySchemeChanged, Callers),
            (SecuritySchemeChanged, Callers),
        ),
        row(
            "what a token looks like",
            |d| put(d, "/components/securitySchemes/basicAuth/bearerFormat", json!("JWT")),
            "basicAuth.bearerFormat",
            (BearerFormatChanged, Docs),
            (BearerFormatChanged, Docs),
        ),
        row(
            "detail of a scheme",
            |d| {
                put(d, "/components/securitySchemes/basicAuth/openIdConnectUrl", json!("https://example.com"))
            },
            "basicAuth.openIdConnectUrl",
            (SecuritySchemeDetailChanged, Wire),
            (SecuritySchemeDetailChanged, Wire),
        ),
        row(
            "another name of a scheme",
            |d| {
                rename(d, "/components/securitySchemes/basicAuth", "basic");
                put(d, "/security", json!([{"basic": []}]));
            },
            "basic",
            (ComponentRenamed, Docs),
            (ComponentRenamed, Docs),
        )
        .back_at("basicAuth"),
        row(
            "one more component",
            |d| put(d, "/components/headers", json!({"Trace": {"schema": {"type": "string"}}})),
            "header Trace",
            (ComponentAdded, Docs),
            (ComponentRemoved, Docs),
        ),
        row(
            "another name of a component",
            |d| {
                rename(d, "/components/parameters/ConfNum", "Conference");
                replace(d, "#/components/parameters/ConfNum", "#/components/parameters/Conference");
            },
            "getArchiveByConfNumber and getCDRByConfNumber, parameter conf_num",
            (ComponentRenamed, Docs),
            (ComponentRenamed, Docs),
        ),
        row(
            "something unknown in the document",
            |d| put(d, "/webhooks", json!({})),
            "document.webhooks",
            (Other, Wire),
            (Other, Wire),
        ),
        row(
            "a wrong shape of the tags",
            |d| put(d, "/tags", json!("Rooms")),
            "tags",
            (Other, Wire),
            (Other, Wire),
        ),
        row_after(
            "one scope more",
            |d| put(d, "/security", json!([{"oauth": ["rooms"]}])),
            |d| put(d, "/security", json!([{"oauth": ["rooms", "tokens"]}])),
            "security",
            (SecurityTightened, Wire),
            (SecurityLoosened, Additive),
        ),
    ]
}
