//! Rooms, as EnableX's sample clients ask for them.

use serde_json::{Value, json};

use crate::{sample, server::Server};

#[tokio::test]
async fn the_sample_clients_get_a_room() {
    let server = Server::start(&[]);
    // The browsers send no body, `{}` or an empty text; phones use other words for the path.
    let first = server.post("/api/create-room/", "").await.ok();
    let room_id = first["room"]["room_id"].as_str().unwrap().to_owned();
    // iOS needs both as text, and `result` as a number.
    assert!(first["room"]["settings"]["mode"].is_string());
    for path in ["/api/create-room", "/api/room/multi/", "/createRoom", "/createRoom/", "/api/createRoom"] {
        for body in ["", "{}", " "] {
            // It is reused.
            assert_eq!(server.post(path, body).await.ok()["room"]["room_id"], room_id, "{path}");
        }
    }
    for path in ["/api/get-room/", "/getRoom/", "/api/getRoom/"] {
        let room = server.get(&format!("{path}{room_id}")).await;
        assert_eq!(room.headers["content-type"], "application/json");
        assert_eq!(room.ok()["room"]["room_id"], room_id);
    }
    let rooms = server.get("/api/get-all-rooms").await.ok();
    assert_eq!(rooms["rooms"].as_array().unwrap().len(), 1);
    assert_eq!(server.get("/api/get-all-rooms/").await.ok(), rooms);
    for path in ["/api/create-token/", "/createToken", "/api/createToken", "/api/create-token"] {
        let token = server.post(path, crate::server::token(&room_id, "participant")).await.ok();
        assert!(token["token"].as_str().unwrap().starts_with("eyJ"));
    }
}

/// Byte for byte what the service says.
#[tokio::test]
async fn successes_are_the_services_own_json() {
    let server = Server::start(&[]);
    let room = server.room("team-7", json!({})).await;
    let api = server.controls.replace("_sandbox", "video/v2");
    let own = async |path: &str| {
        let request = server.http.get(format!("{api}{path}"));
        server.send(request.basic_auth("sandbox-app-id", Some("sandbox-app-key"))).await.text
    };
    assert_eq!(server.get(&format!("/api/get-room/{room}")).await.text, own(&format!("/rooms/{room}")).await);
    assert_eq!(server.get("/api/get-all-rooms").await.text, own("/rooms").await);
}

#[tokio::test]
async fn bodies_of_the_sample_servers_are_taken() {
    let server = Server::start(&[]);
    let body = sample("clients/createRoom.one-to-one-sample.request");
    let room = server.post("/api/create-room/", &body).await.ok()["room"].clone();
    assert_eq!((&room["name"], &room["owner_ref"]), (&body["name"], &body["owner_ref"]));
    assert_eq!((&room["settings"]["adhoc"], &room["settings"]["quality"]), (&json!(true), &json!("SD")));
    let numbers = ["moderators", "participants", "duration"].map(|key| text(&room["settings"][key]));
    assert_eq!(numbers, ["1", "1", "30"]);
    let body = sample("clients/createRoom.whiteboard-sample.request");
    let other = server.post("/api/create-room/", body).await.ok()["room"].clone();
    assert_eq!(
        (other["settings"]["mode"].as_str(), other["settings"]["quality"].as_str()),
        (Some("group"), Some("HD"))
    );
    assert_ne!(other["room_id"], room["room_id"]);
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[tokio::test]
async fn bad_rooms_are_refused_with_their_field() {
    let server = Server::start(&[]);
    let long = "a".repeat(10_000);
    for (room, field) in [
        (json!({"name": long}), "name"),
        (json!({"name": "a\r\nSet-Cookie: b=c"}), "name"),
        (json!({"name": {}}), "name"),
        (json!({"owner_ref": long}), "owner_ref"),
        (json!({"settings": {"participants": "many"}}), "settings.participants"),
        (json!({"settings": {"participants": -1}}), "settings.participants"),
        (json!({"settings": {"participants": 100_000}}), "settings.participants"),
        (json!({"settings": {"quality": "8K"}}), "settings.quality"),
        (json!({"settings": {"mode": "party"}}), "settings.mode"),
        (json!({"settings": {"adhoc": "yes"}}), "settings.adhoc"),
        (json!({"settings": {"scheduled": true}}), "settings.scheduled_time"),
        (json!({"settings": {"scheduled": true, "duration": 30}}), "settings.scheduled_time"),
        (
            json!({"settings": {"scheduled": true, "scheduled_time": "2030-01-01 10:00:00"}}),
            "settings.duration",
        ),
        (
            json!({"settings": {"scheduled": true, "scheduled_time": "tomorrow", "duration": 30}}),
            "settings.scheduled_time",
        ),
    ] {
        let failed = server.post("/api/create-room/", &room).await.failed(422, "invalid");
        assert_eq!(failed["fields"][0]["field"], field, "{room}");
        assert!(!failed.to_string().contains("Set-Cookie"));
    }
    let failed =
        server.post("/api/create-room/", json!({"settings": "key-4711"})).await.failed(422, "invalid");
    assert_eq!(failed["fields"][0]["field"], "settings");
    assert!(!server.log().contains("4711") && !server.log().contains("Set-Cookie"));
    assert_eq!(server.get("/api/get-all-rooms").await.ok()["rooms"], json!([]));
    // A name in another script, and one that looks like markup, are names.
    server.post("/api/create-room/", json!({"settings": null})).await.ok();
    for name in ["आशा का कमरा", "<script>alert(1)</script>"] {
        let room = server.post("/api/create-room/", json!({"name": name})).await.ok();
        assert_eq!(room["room"]["name"], name);
    }
}

#[tokio::test]
async fn a_room_that_is_not_there() {
    let server = Server::start(&[]);
    let failed = server.get("/api/get-room/66a1f0c27be94d3a105c7e12").await.failed(404, "room_gone");
    // A sample for Android looks for this number.
    assert_eq!(failed["result"], 40001);
    server.get("/api/get-room/%FF").await.failed(422, "invalid");
    for id in ["..%2Fcdr", "%2e%2e", "a%20b", "a%0d%0ab", &"a".repeat(2000)] {
        let failed = server.get(&format!("/api/get-room/{id}")).await;
        assert!(matches!(failed.status, 404 | 422), "{failed:?}");
        assert!(failed.json()["error"].is_string());
    }
}
