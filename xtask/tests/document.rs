//! The vendored document is a valid OpenAPI 3.0 document.

use std::{fs, path::Path};

use roas::{
    v3_0::spec::Spec,
    validation::{Options, Validate},
};

fn vendored() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/video.json");
    fs::read_to_string(path).unwrap()
}

fn validate(document: &str) -> Result<(), String> {
    let spec: Spec = serde_json::from_str(document).map_err(|error| error.to_string())?;
    spec.validate(Options::new(), None).map_err(|error| error.to_string())
}

#[test]
fn the_vendored_document_is_valid() {
    validate(&vendored()).unwrap();
}

#[test]
fn the_validator_finds_a_dangling_reference() {
    let broken =
        vendored().replacen("#/components/schemas/RoomSettings\"", "#/components/schemas/Nowhere\"", 1);
    assert!(validate(&broken).unwrap_err().contains("Nowhere"));
}

#[test]
fn the_document_holds_all_sixteen_operations() {
    let document: serde_json::Value = serde_json::from_str(&vendored()).unwrap();
    let methods = |item: &serde_json::Value| item.as_object().unwrap().values().cloned().collect::<Vec<_>>();
    let mut ids: Vec<String> = methods(&document["paths"])
        .iter()
        .flat_map(methods)
        .filter_map(|operation| operation["operationId"].as_str().map(str::to_owned))
        .collect();
    ids.sort();
    let expected = [
        "createRoom",
        "createToken",
        "deleteRoom",
        "getArchiveByConfNumber",
        "getArchiveByRoom",
        "getArchiveByRoomAndPeriod",
        "getCDRByConfNumber",
        "getCDRByRoom",
        "getCDRByRoomAndPeriod",
        "getDialInNumbers",
        "getPeriodArchive",
        "getPeriodCDR",
        "getRoomById",
        "getRoomList",
        "getRoomUsers",
        "updateRoomById",
    ];
    assert_eq!(ids, expected);
}
