//! Documents are taken in: read, brought to OpenAPI 3.0 and into normal form, checked.

use std::{fs, path::Path};

use serde_json::{Value, json};
use xtask::document::{check, normalise, take_in, to_text};

fn vendored() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/video.json");
    fs::read_to_string(path).unwrap()
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn refusal(text: &str) -> String {
    match take_in(text) {
        Ok(taken) => panic!("taken in: {}", to_text(&taken.document)),
        Err(error) => error.to_string(),
    }
}

/// The head of a document, with this for its paths and components.
fn document_of(openapi: &str, rest: &str) -> String {
    format!("openapi: {openapi}\ninfo: {{title: Test, version: '1'}}\n{rest}")
}

#[test]
fn the_vendored_document_is_valid() {
    check(&value(&vendored())).unwrap();
}

#[test]
fn the_vendored_document_is_in_normal_form() {
    let normal = to_text(&take_in(&vendored()).unwrap().document);
    assert!(normal == vendored(), "run `cargo xtask regen --from openapi/video.json`");
}

/// What the normal form makes one of: the order of keys and sets, blanks, what goes without saying.
#[test]
fn what_says_the_same_has_one_form() {
    let one = document_of(
        "3.0.3",
        r#"
paths: {}
components:
  schemas:
    A:
      type: object
      description: "Two lines\nof text"
      required: [b, a]
      properties:
        a: {type: string, enum: [x, y]}
        b: {type: string, example: {z: [2, 1], a: 0}}
        required: {type: boolean}
"#,
    );
    let other = document_of(
        "3.0.3",
        r#"
components: {schemas: {A: {
  properties: {
    required: {nullable: false, type: boolean},
    b: {example: {a: 0, z: [2, 1]}, minLength: 0, type: string, deprecated: false},
    a: {enum: [y, x], type: string}},
  required: [a, b],
  type: object,
  description: "Two lines  \r\nof text\n\n"}}}
paths: {}
"#,
    );
    let [one, other] = [one, other].map(|text| to_text(&take_in(&text).unwrap().document));
    assert_eq!(one, other);
    let example = &value(&one)["components"]["schemas"]["A"]["properties"]["b"]["example"];
    assert_eq!(example, &json!({ "a": 0, "z": [2, 1] }), "the items of a value stay where they are");
}

#[test]
fn names_are_no_keywords() {
    let mut named =
        json!({ "properties": { "nullable": { "type": "boolean" }, "required": { "type": "array" } } });
    let before = named.clone();
    normalise(&mut named);
    assert_eq!(named, before);
}

/// The client sends and reads JSON, whichever of these a document calls it, and files of any type.
#[test]
fn json_has_one_name() {
    for (name, plain) in [
        ("application/json; charset=utf-8", "application/json"),
        ("*/*", "application/json"),
        ("Text/Plain;format=flowed", "text/plain"),
    ] {
        let mut content = json!({ "content": { name: { "schema": { "type": "string" } } } });
        normalise(&mut content);
        assert_eq!(content, json!({ "content": { plain: { "schema": { "type": "string" } } } }));
    }
    let media = |kind: &str| json!({ "schema": { "type": kind, "format": "binary" } });
    for content in [json!({ "*/*": media("string") }), json!({ "a/b": media("a"), "a/b;c=d": media("b") })] {
        let mut kept = json!({ "content": content });
        normalise(&mut kept);
        assert_eq!(kept, json!({ "content": content }));
    }
}

#[test]
fn what_has_an_order_keeps_it() {
    let mut ordered = json!({ "components": { "schemas": {
        "A": { "enum": [2, 1], "x-enum-varnames": ["TWO", "ONE"] },
        "B": { "oneOf": [{ "type": "string" }, { "type": "string" }] },
    } }, "paths": { "x-own": { "deprecated": false } } });
    let before = ordered.clone();
    normalise(&mut ordered);
    assert_eq!(ordered, before);
}

#[test]
fn json_and_yaml_say_the_same() {
    let json = r##"{"openapi": "3.0.3", "info": {"title": "Test", "version": "1"}, "paths": {"/a": {"get": {
        "operationId": "a", "responses": {"200": {"description": "no"}}}}}}"##;
    let yaml = document_of(
        "3.0.3",
        "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        200: {description: no}\n",
    );
    assert_eq!(take_in(json).unwrap().document, take_in(&yaml).unwrap().document);
}

#[test]
fn a_swagger_2_0_is_lifted() {
    let text = r##"
swagger: "2.0"
info: {title: Test, version: "1"}
host: api.example.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
securityDefinitions: {auth: {type: basic}}
definitions:
  Room: {type: object, properties: {name: {type: string, x-nullable: true}}}
paths:
  /rooms:
    post:
      operationId: createRoom
      parameters:
        - {in: body, name: body, required: true, schema: {$ref: "#/definitions/Room"}}
        - {in: query, name: zone, type: string, pattern: "^[A-Z]{2}(?!x)$", minLength: 2}
      responses: {200: {description: Done, schema: {$ref: "#/definitions/Room"}}}
"##;
    let taken = take_in(text).unwrap();
    let post = &taken.document["paths"]["/rooms"]["post"];
    let room = json!({ "$ref": "#/components/schemas/Room" });
    assert!(taken.document["openapi"].as_str().unwrap().starts_with("3.0."));
    assert_eq!(taken.document["servers"][0]["url"], "https://api.example.com/v1");
    assert_eq!(post["requestBody"]["content"]["application/json"]["schema"], room);
    assert_eq!(post["responses"]["200"]["content"]["application/json"]["schema"], room);
    assert_eq!(taken.document["components"]["schemas"]["Room"]["properties"]["name"]["nullable"], true);
    let zone = json!({ "type": "string", "pattern": "^[A-Z]{2}(?!x)$", "minLength": 2 });
    assert_eq!(post["parameters"][0]["schema"], zone);
    assert_eq!(taken.document["components"]["securitySchemes"]["auth"]["scheme"], "basic");
    assert_eq!(taken.notes, ["lifted from Swagger 2.0 to OpenAPI 3.0"]);
}

/// Where it has come to lie in the document of OpenAPI 3.0.
#[test]
fn a_reference_to_nothing_of_a_swagger_2_0_is_named() {
    let document = |parameter: &str, response: &str, definition: &str| {
        format!(
            "swagger: '2.0'\ninfo: {{title: Test, version: '1'}}\nparameters: {{q: {{in: query, name: q, \
             type: string}}}}\nresponses: {{r: {{description: d}}}}\ndefinitions: {{A: {{properties: {{b: \
             {{$ref: '#/definitions/{definition}'}}}}}}, B: {{}}}}\npaths: {{/a: {{get: {{parameters: \
             [{{$ref: '#/parameters/{parameter}'}}], \
             responses: {{200: {{$ref: '#/responses/{response}'}}}}}}}}}}"
        )
    };
    take_in(&document("q", "r", "B")).map_err(|error| error.to_string()).unwrap();
    for (text, place) in [
        (document("Nowhere", "r", "B"), "/paths/~1a/get/parameters/0/$ref"),
        (document("q", "Nowhere", "B"), "/paths/~1a/get/responses/200/$ref"),
        (document("q", "r", "Nowhere"), "/components/schemas/A/properties/b/$ref"),
    ] {
        let refused = refusal(&text);
        assert!(refused.contains(&format!("{place}: refers to ")), "{place}: {refused}");
    }
}

#[test]
fn a_3_1_is_taken_where_it_says_nothing_new() {
    let text = document_of("3.1.0", "paths: {}\ncomponents: {schemas: {A: {type: string, nullable: true}}}");
    let taken = take_in(&text).unwrap();
    assert_eq!(taken.document["openapi"], "3.0.3");
    assert!(taken.notes[0].contains("3.1.0"), "{:?}", taken.notes);
}

#[test]
fn a_3_1_is_told_what_cannot_be_used_of_it() {
    let news = [
        ("A: {type: [string, 'null']}", "/components/schemas/A/type"),
        ("A: {properties: {b: {const: 1}}}", "/components/schemas/A/properties/b/const"),
        ("A: {exclusiveMinimum: 1}", "/components/schemas/A/exclusiveMinimum"),
        ("A: {examples: [1]}", "/components/schemas/A/examples"),
        ("A: {items: true}", "/components/schemas/A/items"),
        ("A: {$ref: '#/components/schemas/B', default: 1}\n    B: {}", "/components/schemas/A/$ref"),
        ("A: {$defs: {b: {}}}", "/components/schemas/A/$defs"),
        ("A/b: {if: {}}", "/components/schemas/A~1b/if"),
    ];
    for (schemas, place) in news {
        let text = document_of("3.1.0", &format!("paths: {{}}\ncomponents:\n  schemas:\n    {schemas}\n"));
        let refused = refusal(&text);
        assert!(refused.contains(&format!("{place}: ")), "{place}: {refused}");
    }
    let refused = refusal(&document_of("3.1.0", "webhooks: {}\n"));
    assert!(refused.contains("/webhooks") && refused.contains("/paths"), "{refused}");
    // A key of that name is no keyword.
    take_in(&document_of("3.1.0", "paths: {}\ncomponents: {schemas: {A: {properties: {const: {}}}}}"))
        .unwrap();
}

#[test]
fn what_is_no_document_is_refused_by_name() {
    let parts = [
        ("", "no OpenAPI document"),
        ("[]", "no OpenAPI document"),
        ("text", "no OpenAPI document"),
        ("a: 1", "neither `openapi` nor `swagger`"),
        ("{\"a\": 1,\n \"a\": 2}", "duplicate key \"a\" at line 2"),
        ("a: 1\na: 2", "line 2 column 1: duplicate mapping key: a"),
        ("a: [", "line 1 column 4"),
        ("{\"a\": ", "line 1 column 6"),
        ("openapi: 3.2.0", "3.2.0"),
        ("openapi: 3.0.3\nswagger: '2.0'", "openapi, swagger"),
        ("swagger: '1.2'", "1.2"),
        ("openapi: 3.0.3\ninfo: {title: t, version: 1.0}\npaths: {}", "info.version"),
    ];
    for (text, words) in parts {
        let refused = refusal(text);
        assert!(refused.contains(words), "{text}: {refused}");
    }
}

#[test]
fn a_finding_names_its_place() {
    let parts = [
        (
            "paths: {/a: {get: {operationId: a, responses: {200: {description: d, content: {\
             application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}}}",
            "/paths/~1a/get/responses/200/content/application~1json/schema/$ref",
        ),
        ("paths: {/a: {get: {responses: {200: {description: 5}}}}}", "paths"),
        (
            "paths: {/a: {get: {operationId: x, responses: {200: {description: d}}}, post: {operationId: x, \
             responses: {200: {description: d}}}}}",
            "x",
        ),
        ("paths: {}\ncomponents: {schemas: {A: {$ref: 'other.yaml#/A'}}}", "other.yaml"),
        (
            "paths: {}\ncomponents: {schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {oneOf: \
             [{anyOf: [{$ref: '#/components/schemas/A'}]}]}}}",
            "/components/schemas/A: it is made of itself",
        ),
    ];
    for (rest, place) in parts {
        let refused = refusal(&document_of("3.0.3", rest));
        assert!(refused.contains(place), "{place}: {refused}");
    }
}

/// The pointers of what a document is refused for.
fn places(rest: &str) -> Vec<String> {
    let refused = refusal(&document_of("3.0.3", rest));
    refused.lines().skip(1).map(|line| line.trim_start().split(": ").next().unwrap().to_owned()).collect()
}

/// A document with these components, or this operation, and the pointer to them.
fn with(part: &str) -> (String, &'static str) {
    let mut text = part.replace("OK", "responses: {200: {description: d}}");
    while let Some((before, after)) = text.split_once('@') {
        let (kind, after) = after.split_at(after.find(|letter: char| !letter.is_alphabetic()).unwrap());
        text = format!("{before}{{$ref: '#/components/{kind}/Nowhere'}}{after}");
    }
    let parameter = "parameters: [{in: path, name: b, required: true, schema: {type: string}}]";
    if text.starts_with("get:") {
        return (format!("paths: {{'/a/{{b}}': {{{parameter}, {text}}}}}"), "/paths/~1a~1{b}");
    }
    (format!("paths: {{}}\ncomponents: {{{text}}}"), "/components")
}

/// Wherever a reference may stand, used or not, it is named where it leads nowhere, and once.
#[test]
fn every_reference_to_nothing_is_named() {
    for (part, place) in [
        ("schemas: {A: @schemas}", "/schemas/A/$ref"),
        ("schemas: {A: {properties: {x-b: @schemas}}}", "/schemas/A/properties/x-b/$ref"),
        ("schemas: {A: {properties: {default: @schemas}}}", "/schemas/A/properties/default/$ref"),
        ("schemas: {A: {type: array, items: @schemas}}", "/schemas/A/items/$ref"),
        ("schemas: {A: {allOf: [{}, @schemas]}}", "/schemas/A/allOf/1/$ref"),
        ("schemas: {A: {not: @schemas}}", "/schemas/A/not/$ref"),
        ("schemas: {A: {additionalProperties: @schemas}}", "/schemas/A/additionalProperties/$ref"),
        ("responses: {A: @responses}", "/responses/A/$ref"),
        ("responses: {x-a: {description: d, headers: {x-b: @headers}}}", "/responses/x-a/headers/x-b/$ref"),
        (
            "responses: {A: {description: d, content: {a/b: {schema: @schemas}}}}",
            "/responses/A/content/a~1b/schema/$ref",
        ),
        ("responses: {A: {description: d, links: {b: @links}}}", "/responses/A/links/b/$ref"),
        ("parameters: {A: @parameters}", "/parameters/A/$ref"),
        ("parameters: {A: {in: query, name: a, schema: @schemas}}", "/parameters/A/schema/$ref"),
        ("requestBodies: {A: @requestBodies}", "/requestBodies/A/$ref"),
        ("headers: {A: @headers}", "/headers/A/$ref"),
        ("headers: {A: {schema: @schemas}}", "/headers/A/schema/$ref"),
        ("examples: {A: @examples}", "/examples/A/$ref"),
        ("links: {A: @links}", "/links/A/$ref"),
        ("links: {A: {operationRef: '#/paths/~1nowhere/get'}}", "/links/A/operationRef"),
        ("callbacks: {A: @callbacks}", "/callbacks/A/$ref"),
        ("securitySchemes: {A: @securitySchemes}", "/securitySchemes/A/$ref"),
        (
            "callbacks: {A: {'{$u}': {post: {responses: {200: @responses}}}}}",
            "/callbacks/A/{$u}/post/responses/200/$ref",
        ),
        ("get: {responses: {default: @responses}}", "/get/responses/default/$ref"),
        ("get: {OK, parameters: [@parameters]}", "/get/parameters/0/$ref"),
        ("get: {OK, requestBody: @requestBodies}", "/get/requestBody/$ref"),
        ("get: {OK, callbacks: {c: @callbacks}}", "/get/callbacks/c/$ref"),
        (
            "get: {responses: {200: {description: d, content: {a/b: {examples: {c: @examples}}}}}}",
            "/get/responses/200/content/a~1b/examples/c/$ref",
        ),
    ] {
        let (text, at) = with(part);
        assert_eq!(places(&text), [format!("{at}{place}")], "{part}");
    }
    assert_eq!(places("paths: {/a: {$ref: '#/paths/~1nowhere'}}"), ["/paths/~1a/$ref"]);
    let mapped = "{propertyName: b, mapping: {c: '#/components/schemas/Nowhere'}}";
    let schema =
        format!("{{A: {{discriminator: {mapped}, oneOf: [{{$ref: '#/components/schemas/C'}}]}}, C: {{}}}}");
    let found = places(&with(&format!("schemas: {schema}")).0);
    assert_eq!(found, ["/components/schemas/A/discriminator/mapping/c"]);
    // No part of this document, however it is written.
    for reference in ["#/components/schemas/A%2", "#components/schemas/A", "Nowhere", "other.yaml#/A"] {
        let found = places(&with(&format!("schemas: {{A: {{$ref: '{reference}'}}}}")).0);
        assert_eq!(found, ["/components/schemas/A/$ref"], "{reference}");
    }
}

/// A reference that leads somewhere is none to nothing, nor is a value that looks like one.
#[test]
fn references_to_something_are_taken() {
    let table = [
        "{A: {$ref: '#/components/schemas/B'}, B: {}}",
        "{A: {$ref: '#/components/schemas/%42'}, B: {}}",
        "{A: {$ref: '#/components/schemas/B/properties/c~1d~0'}, B: {properties: {c/d~: {}}}}",
        "{A: {example: {$ref: '#/nowhere'}}}",
        "{A: {default: {$ref: '#/nowhere'}, enum: [{$ref: '#/nowhere'}]}}",
        "{A: {x-own: {$ref: '#/nowhere', list: [{$ref: '#/nowhere'}]}}}",
        "{A: {properties: {$ref: {type: string}}}}",
        "{A: {$ref: '#/components/schemas/B', allOf: [{$ref: '#/components/schemas/Nowhere'}]}, B: {}}",
    ];
    for schemas in table {
        let text = document_of("3.0.3", &format!("paths: {{}}\ncomponents: {{schemas: {schemas}}}"));
        take_in(&text).map_err(|error| error.to_string()).expect(schemas);
    }
    let examples = "paths: {}\ncomponents: {examples: {A: {value: {$ref: '#/nowhere'}}}}";
    take_in(&document_of("3.0.3", examples)).unwrap();
    for reference in ["~1a~1{b}", "~1a~1%7Bb%7D", "%7E1a%7e1%7bb%7d"] {
        let response = format!("{{$ref: '#/paths/{reference}/get/responses/200'}}");
        let text = with(&format!("get: {{responses: {{200: {{description: d}}, 400: {response}}}}}")).0;
        take_in(&document_of("3.0.3", &text)).map_err(|error| error.to_string()).expect(reference);
    }
}

/// Nothing that can be read is a reason to panic, nor is what nobody would write.
#[test]
fn deep_and_odd_documents_are_refused_in_good_order() {
    let deep = "{\"a\":".repeat(5_000);
    refusal(&deep);
    refusal(&"- ".repeat(5_000));
    refusal(&format!("openapi: 3.0.3\npaths: {}", "{a: ".repeat(120) + &"}".repeat(120)));
    let bomb: String = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, level| {
        let alias = format!("*a{}, ", level - 1).repeat(9);
        format!("{text}a{level}: &a{level} [{alias}]\n")
    });
    refusal(&bomb);
    for odd in ["1", "null", "{}", "[1]", "\"x\""] {
        for key in ["info", "paths", "components", "servers", "security", "tags"] {
            let text = format!("{{\"openapi\": \"3.0.3\", \"{key}\": {odd}}}");
            assert!(take_in(&text).is_err(), "{text}");
            let text = format!("{{\"swagger\": \"2.0\", \"{key}\": {odd}}}");
            assert!(take_in(&text).is_err(), "{text}");
        }
    }
}
