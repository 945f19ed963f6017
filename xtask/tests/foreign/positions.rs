//! What stands at a position gets the name that stands there in the vendored document.

use fastrand::Rng;
use serde_json::{Value, json};
use xtask::document::{self, align};

use crate::forms::{self, vendored};

/// A document with these paths and components.
fn document(paths: Value, components: Value) -> Value {
    let mut document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Test", "version": "1" },
        "servers": [{ "url": "https://a.example/v1" }],
        "paths": paths,
        "components": components,
    });
    document::normalise(&mut document);
    document
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn list(schema: Value) -> Value {
    json!({ "type": "array", "items": schema })
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

fn get(id: &str, schema: Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    json!({ "get": { "operationId": id, "responses": { "200": { "description": "Done.", "content": content } } } })
}

/// Cats and their owner.
fn ours() -> Value {
    document(
        json!({
            "/cats": get("getCats", list(reference("Cat"))),
            "/cats/{cat_id}": {
                "get": get("getCat", reference("Cat"))["get"],
                "parameters": [{ "in": "path", "name": "cat_id", "required": true, "schema": { "type": "string" } }],
            },
        }),
        json!({ "schemas": {
            "Cat": object(json!({ "name": { "type": "string" }, "owner": reference("Owner"), "kittens": list(reference("Cat")) })),
            "Owner": object(json!({ "name": { "type": "string" } })),
        } }),
    )
}

#[test]
fn one_of_theirs_at_two_of_our_names_is_taken_as_two() {
    let being = object(
        json!({ "name": { "type": "string" }, "owner": reference("Being"), "kittens": list(reference("Being")) }),
    );
    let theirs = document(
        json!({ "/cats": get("getCats", list(reference("Being"))) }),
        json!({ "schemas": { "Being": being } }),
    );
    let schemas = align(&ours(), &theirs).unwrap().document["components"]["schemas"].clone();
    assert_eq!(schemas["Cat"]["properties"]["owner"], reference("Owner"));
    assert_eq!(schemas["Cat"]["properties"]["kittens"]["items"], reference("Cat"));
    assert_eq!(schemas["Owner"]["properties"]["name"]["type"], "string");
    assert_eq!(schemas.as_object().unwrap().len(), 2, "{schemas:#}");
}

#[test]
fn two_of_theirs_at_one_of_our_names_are_told_where_they_differ() {
    let two = |listed: Value, single: Value| {
        let theirs = document(
            json!({ "/cats": get("getCats", list(reference("Listed"))), "/cats/{id}": get("getCat", reference("Single")) }),
            json!({ "schemas": { "Listed": object(listed), "Single": object(single) } }),
        );
        align(&ours(), &theirs).unwrap()
    };
    let name = json!({ "name": { "type": "string" } });
    assert_eq!(two(name.clone(), name.clone()).doubts, [""; 0]);

    let aligned =
        two(name, json!({ "name": { "type": "string", "maxLength": 9 }, "age": { "type": "integer" } }));
    let [note] = &aligned.doubts[..] else { panic!("{:?}", aligned.doubts) };
    for words in ["schemas Cat", "at getCats, 200[]", "at getCat, 200 ", "properties.age", "name.maxLength"] {
        assert!(note.contains(words), "{note}");
    }
    let cat = &aligned.document["components"]["schemas"]["Cat"]["properties"];
    assert_eq!((&cat["age"]["type"], &cat["name"]["maxLength"]), (&json!("integer"), &json!(9)));
}

#[test]
fn what_is_new_keeps_its_name_made_unique() {
    let theirs = document(
        json!({
            "/cats": get("listCats", list(reference("Animal"))),
            "/v1/dogs": get("getCat", list(reference("Dog"))),
            "/cats/{id}/toys/{toy}": {
                "get": { "responses": { "200": { "description": "Done." } } },
                "parameters": [
                    { "in": "path", "name": "id", "required": true, "schema": { "type": "string" } },
                    { "in": "path", "name": "toy", "required": true, "schema": { "type": "string" } },
                ],
            },
        }),
        json!({ "schemas": {
            "Animal": object(json!({ "name": { "type": "string" }, "toy": reference("Cat") })),
            "Cat": object(json!({ "size": { "type": "integer" } })),
            "Dog": object(json!({ "friend": reference("Animal") })),
        } }),
    );
    let aligned = align(&ours(), &theirs).unwrap();
    document::check(&aligned.document).unwrap();
    let (paths, schemas) = (&aligned.document["paths"], &aligned.document["components"]["schemas"]);
    assert_eq!(schemas["Cat"]["properties"]["toy"], reference("Cat2"));
    assert_eq!(schemas["Dog"]["properties"]["friend"], reference("Cat"));
    assert_eq!(paths["/cats"]["get"]["operationId"], "getCats");
    assert_eq!(paths["/v1/dogs"]["get"]["operationId"], "getCat2");
    assert_eq!(paths["/cats/{cat_id}/toys/{toy}"]["get"]["operationId"], "getCatsToys");
    assert_eq!(
        aligned.notes,
        [
            "`getCats` keeps its operationId: the document calls it `listCats`",
            "GET /cats/{id}/toys/{toy} is new, and is called `getCatsToys`",
            "GET /v1/dogs is new, and is called `getCat2`",
        ]
    );
}

/// What a document says once of all operations, or of each.
#[test]
fn credentials_may_be_required_by_each_operation() {
    let mut foreign = vendored();
    let authorization =
        json!({ "in": "header", "name": "Authorization", "required": true, "schema": { "type": "string" } });
    let required = foreign.as_object_mut().unwrap().remove("security").unwrap();
    for (_, item) in foreign["paths"].as_object_mut().unwrap() {
        for (_, operation) in item.as_object_mut().unwrap() {
            operation["security"] = required.clone();
            let parameters = operation.as_object_mut().unwrap().entry("parameters").or_insert(json!([]));
            parameters.as_array_mut().unwrap().push(authorization.clone());
        }
    }
    assert_eq!(align(&vendored(), &foreign).unwrap().document, vendored());
}

#[test]
fn another_service_is_refused_with_what_is_missed() {
    let pets = document(json!({ "/pets": get("getPets", json!({ "type": "string" })) }), json!({}));
    let refused = align(&ours(), &pets).err().unwrap().to_string();
    assert_eq!(refused, "/paths: 2 of the 2 operations of openapi/video.json are not there: getCats, getCat");
}

/// Whatever becomes of a document, it is aligned or refused, and the result is in its own form.
#[test]
fn an_aligned_document_is_aligned_with_itself() {
    let mut random = Rng::with_seed(22);
    let forms =
        [forms::renamed, forms::in_place, forms::by_status, forms::other_paths, forms::exact_successes];
    for round in 0..60 {
        let mut foreign = vendored();
        (0..random.usize(0..12)).for_each(|_| disturb(&mut foreign, &mut random));
        if document::check(&foreign).is_err() {
            continue;
        }
        for form in forms.iter().filter(|_| random.bool()) {
            form(&mut foreign);
        }
        let Ok(taken) = document::take_in(&foreign.to_string()) else { continue };
        let Ok(aligned) = align(&vendored(), &taken.document) else { continue };
        document::check(&aligned.document).unwrap_or_else(|error| panic!("round {round}: {error}"));
        let again = align(&aligned.document, &aligned.document).unwrap();
        assert!(again.document == aligned.document, "round {round}");
        let again = align(&aligned.document, &taken.document).unwrap();
        assert!(again.document == aligned.document, "round {round}, from the foreign document");
    }
}

/// Takes something away, or puts something else in its place.
fn disturb(value: &mut Value, random: &mut Rng) {
    let Some(object) = value.as_object_mut().filter(|object| !object.is_empty()) else { return };
    let key = random.choice(object.keys().cloned().collect::<Vec<_>>()).unwrap();
    match random.u8(0..8) {
        0 => drop(object.remove(&key)),
        1 => drop(object.insert(key, json!({ "type": "integer" }))),
        2 => drop(object.insert("more".into(), json!({ "description": "More.", "type": "object" }))),
        _ => disturb(&mut object[&key], random),
    }
}
