//! Reports of responses that differ from the document.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use enablex::{Client, Date, Drift, DriftKind, Error, NewRoom, Role, RoomUpdate, Settings, TokenRequest};
use serde_json::{Value, json};

use crate::{
    one_of, sample,
    server::{APP_KEY, Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

/// Collects what is reported.
#[derive(Clone, Default)]
pub struct Record(Arc<Mutex<Vec<Drift>>>);

impl Record {
    pub fn observer(&self) -> impl Fn(&Drift) + Send + Sync + use<> {
        let record = self.0.clone();
        move |drift| record.lock().unwrap().push(drift.clone())
    }

    /// Takes the reports.
    pub fn drifts(&self) -> Vec<Drift> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// Takes the reports as a line each: kind, location in the response and in the document, and facts.
    pub fn lines(&self) -> Vec<String> {
        self.drifts().iter().map(line).collect()
    }
}

fn line(drift: &Drift) -> String {
    let json = serde_json::to_value(drift).unwrap();
    let facts = ["kind", "at", "schema", "documented", "seen", "code"].map(|fact| json[fact].as_str());
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    facts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

fn token_request() -> TokenRequest {
    TokenRequest::new("Asha Rao", Role::Participant, "emp-1042")
}

/// Calls an operation and returns its outcome.
async fn call(client: &Client, operation: &str) -> String {
    fn told<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
        format!("{result:?}")
    }
    let room = client.room(ROOM);
    let days = "2026-03-01"..="2026-03-31";
    match operation {
        "createRoom" => told(client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await),
        "getRoomList" => told(client.rooms().list().await),
        "getRoomById" => told(room.get().await),
        "updateRoomById" => told(room.update(RoomUpdate::new().name("Desk")).await),
        "deleteRoom" => told(room.delete().await),
        "getRoomUsers" => told(room.users().await),
        "createToken" => told(room.create_token(token_request()).await.map(|_| ())),
        "getPeriodCDR" => told(client.cdr().period(days).list().await),
        "getCDRByRoom" => told(client.cdr().room(ROOM).list().await),
        "getArchiveByRoom" => told(client.archive().room(ROOM).list().await),
        "getDialInNumbers" => told(client.dial_in().get().await),
        other => panic!("{other}"),
    }
}

/// The reports about one response.
async fn of(operation: &str, status: u16, body: impl AsRef<[u8]>) -> Vec<String> {
    let record = Record::default();
    let server = Server::saying(http(status, "application/json", body)).await;
    call(&server.builder().observe_drift(record.observer()).build().unwrap(), operation).await;
    let drifts = record.drifts();
    assert!(drifts.iter().all(|drift| drift.operation == operation));
    drifts.iter().map(line).collect()
}

/// EnableX's own samples that differ from EnableX's own pages.
#[tokio::test]
async fn samples() {
    let odd = [
        "wrong-type | room.settings.max_active_talkers | RoomSettings.max_active_talkers | integer | boolean",
        "wrong-type | room.sip.meeting_id | Sip.meeting_id | string | integer",
        "wrong-type | room.sip.pin | Sip.pin | string | integer",
    ];
    for (operation, status, name, told) in [
        ("createRoom", 200, "createRoom.response", &odd[..]),
        ("createRoom", 201, "createRoom.scheduled.response", &[]),
        ("getRoomById", 200, "createRoom.response", &odd),
        ("getRoomList", 200, "getRoomList.response", &[]),
        ("updateRoomById", 200, "updateRoomById.response", &[]),
        ("deleteRoom", 200, "updateRoomById.response", &[]),
        ("createToken", 200, "createToken.response", &[]),
        ("getRoomUsers", 200, "getRoomUsers.response", &[]),
        ("getRoomUsers", 200, "getRoomUsers.audience.response", &[]),
        ("getRoomUsers", 200, "getRoomUsers.empty-list.response", &[]),
        ("getRoomUsers", 200, "getRoomUsers.empty-null.response", &[]),
        ("getPeriodCDR", 200, "getPeriodCDR.response", &[]),
        ("getCDRByRoom", 200, "getCDRByRoom.empty.response", &[]),
        ("getArchiveByRoom", 200, "getArchiveByRoom.response", &[]),
        ("getDialInNumbers", 200, "getDialIn.response", &[]),
    ] {
        assert_eq!(of(operation, status, sample(name).to_string()).await, told, "{name}");
    }
    // Failures with a status of their own and without.
    let samples = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples")).unwrap();
    let mut count = 0;
    for name in samples.map(|file| file.unwrap().file_name().into_string().unwrap()) {
        let Some(name) = name.strip_suffix(".json").filter(|name| name.starts_with("error.")) else {
            continue;
        };
        for (operation, status) in [("createToken", 403), ("getRoomById", 200), ("getPeriodCDR", 500)] {
            assert_eq!(of(operation, status, sample(name).to_string()).await, [""; 0], "{name} {status}");
        }
        count += 1;
    }
    assert!(count > 15, "{count}");
}

/// Every way in which a success can differ from the document.
#[tokio::test]
async fn successes() {
    let room = |change: &dyn Fn(&mut Value)| {
        let mut answer = sample("createRoom.scheduled.response");
        change(&mut answer["room"]);
        answer
    };
    let quality = one_of("Quality");
    let quality =
        format!("unknown-value | room.settings.quality | RoomSettings.quality | {quality} | string");
    for (operation, answer, told) in [
        (
            "getRoomById",
            room(&|room| room["settings"]["e2ee"] = json!({"below": 1})),
            "unknown-key | room.settings.e2ee | RoomSettings.e2ee | object",
        ),
        (
            "getRoomById",
            room(&|room| room["e2ee"] = json!(null)),
            "unknown-key | room.e2ee | Room.e2ee | null",
        ),
        ("getRoomById", room(&|room| room["settings"]["quality"] = json!("4K")), &quality),
        (
            "getRoomById",
            room(&|room| room["settings"]["quality"] = json!(4)),
            "wrong-type | room.settings.quality | RoomSettings.quality | string | integer",
        ),
        (
            "getRoomById",
            room(&|room| room["settings"]["duration"] = json!("45")),
            "wrong-type | room.settings.duration | RoomSettings.duration | integer | string",
        ),
        (
            "getRoomById",
            room(&|room| room["settings"]["duration"] = json!(45.5)),
            "wrong-type | room.settings.duration | RoomSettings.duration | integer | number",
        ),
        (
            "getRoomById",
            room(&|room| room["settings"]["knock"] = json!("true")),
            "wrong-type | room.settings.knock | RoomSettings.knock | boolean | string",
        ),
        (
            "getRoomById",
            room(&|room| room["settings"]["knock"] = json!(1)),
            "wrong-type | room.settings.knock | RoomSettings.knock | boolean | integer",
        ),
        (
            "getRoomById",
            room(&|room| room["sip"] = json!([])),
            "wrong-type | room.sip | Room.sip | object | array",
        ),
        (
            "getRoomById",
            room(&|room| room["sip"] = json!(null)),
            "null | room.sip | Room.sip | object | null",
        ),
        (
            "getRoomById",
            room(&|room| drop(room.as_object_mut().unwrap().remove("owner_ref"))),
            "missing-key | room.owner_ref | Room.owner_ref",
        ),
        (
            "getRoomById",
            room(&|room| room["created"] = json!("2026-03-02 07:14:09")),
            "broken-rule | room.created | Room.created | format date-time | string",
        ),
        (
            "getRoomById",
            json!({"room": sample("createRoom.scheduled.response")["room"]}),
            "missing-key | result | RoomResponse.result",
        ),
        ("getRoomById", json!({"result": 0}), "missing-key | room | RoomResponse.room"),
        (
            "updateRoomById",
            json!({"result": "0"}),
            "wrong-type | result | ResultResponse.result | integer | string",
        ),
        (
            "getCDRByRoom",
            json!({"result": 0, "cdr": []}),
            "wrong-type | result | CdrResponse.result | string | integer",
        ),
        (
            "getRoomUsers",
            json!({"result": 0, "users": {}}),
            "wrong-type | users | RoomUsersResponse.users | array | object",
        ),
        (
            "getRoomList",
            json!({"result": 0, "rooms": null}),
            "null | rooms | RoomListResponse.rooms | array | null",
        ),
        (
            "getRoomList",
            json!({"result": 0, "rooms": [7]}),
            "wrong-type | rooms[] | RoomListResponse.rooms[] | object | integer",
        ),
        (
            "createToken",
            json!({"result": 0, "token": 7}),
            "wrong-type | token | TokenResponse.token | string | integer",
        ),
        (
            "getDialInNumbers",
            json!({"result": 0, "dialin": []}),
            "unknown-key | result | DialInResponse.result | integer",
        ),
        (
            "getDialInNumbers",
            json!({"dialin": [], "sip": {"sig_servers": [1]}}),
            "wrong-type | sip.sig_servers[] | DialInSip.sig_servers[] | string | integer",
        ),
        // The switches are not listed, but all of them are booleans.
        (
            "getRoomUsers",
            json!({"result": 0, "users": [{"permissions": {"publish": true, "new": false, "newer": "yes"}}]}),
            "wrong-type | users[].permissions.* | Permissions.* | boolean | string",
        ),
        (
            "getArchiveByRoom",
            json!({"result": "0", "archive": [{"recording": [{"url": "https://a", "size": 1}]}]}),
            "unknown-key | archive[].recording[].size | ArchiveFile.size | integer",
        ),
    ] {
        assert_eq!(of(operation, 200, answer.to_string()).await, [told], "{answer}");
    }
    // What the document allows.
    for allowed in [
        room(&|room| room["data"] = json!({"any": {"thing": [null]}, "a@example.com": 1})),
        room(&|room| room["created"] = json!("2026-03-02T07:14:09.318123+05:30")),
        room(&|room| room["settings"]["viewers"] = json!(3)),
    ] {
        assert_eq!(of("getRoomById", 200, allowed.to_string()).await, [""; 0], "{allowed}");
    }
}

#[tokio::test]
async fn refusals() {
    let word = "A".repeat(64);
    for (status, answer, told) in [
        (
            403,
            json!({"result": 10_999, "error": "e"}),
            "unknown-code | result | ResultError.result | integer | 10999",
        ),
        // It is a failure even with the status of a success, and digits are a code.
        (
            200,
            json!({"result": "10999", "desc": "d"}),
            "unknown-code | result | ResultError.result | string | 10999",
        ),
        (403, json!({"result": "none"}), "unknown-code | result | ResultError.result | string"),
        (404, json!({"result": 0}), "unknown-code | result | ResultError.result | integer | 0"),
        (
            403,
            json!({"result": true}),
            "wrong-type | result | ResultError.result | integer or string | boolean",
        ),
        (400, json!({"result": null}), "null | result | ResultError.result | integer or string | null"),
        (400, json!({"error": "e"}), "missing-key | result | ResultError.result"),
        (
            403,
            json!({"result": 10_114, "request_id": "req_1"}),
            "unknown-key | request_id | ResultError.request_id | string",
        ),
        (
            403,
            json!({"result": 10_114, "error": 5}),
            "wrong-type | error | ResultError.error | string | integer",
        ),
        (
            409,
            json!({"error_code": "ROOM_BUSY_2"}),
            "unknown-code | error_code | CodeError.error_code | string | ROOM_BUSY_2",
        ),
        (
            409,
            json!({"error_code": word}),
            &format!("unknown-code | error_code | CodeError.error_code | string | {word}"),
        ),
        // A text without the form of a code may be anything.
        (
            409,
            json!({"error_code": format!("{word}A")}),
            "unknown-code | error_code | CodeError.error_code | string",
        ),
        (409, json!({"error_code": "Asha Rao"}), "unknown-code | error_code | CodeError.error_code | string"),
        (409, json!({"error_code": 7}), "wrong-type | error_code | CodeError.error_code | string | integer"),
        (
            422,
            json!({"error_code": "INVALID_PARAM", "status": "failed"}),
            "unknown-value | status | CodeError.status | one of error | string",
        ),
    ] {
        assert_eq!(of("createToken", status, answer.to_string()).await, [told], "{answer}");
    }
}

#[tokio::test]
async fn no_object() {
    let deep = "[".repeat(100_000);
    for (status, body, told) in [
        (200, "", "no-object | RoomResponse | object | nothing"),
        (200, "[{}]", "no-object | RoomResponse | object | array"),
        (200, "null", "no-object | RoomResponse | object | null"),
        (502, "<html>Bad gateway</html>", "no-object | ErrorResponse | object | text"),
        (503, " \n", "no-object | ErrorResponse | object | nothing"),
        (500, "\"broken\"", "no-object | ErrorResponse | object | string"),
        (200, "{\"result\":0,", "no-object | RoomResponse | object | text"),
        (200, &deep, "no-object | RoomResponse | object | text"),
    ] {
        let told = [told.replacen("no-object |", "no-object |  |", 1)];
        assert_eq!(of("getRoomById", status, body).await, told, "{status} {:.20}", body);
    }
}

/// A repaired text is reported beside the differences of its content.
#[tokio::test]
async fn mended_text() {
    let text = "mended-text |  | RoomListResponse";
    for body in [
        "\u{feff}{\"result\":0,\"rooms\":[]}".as_bytes(),
        b"{\"result\":0,\"rooms\":[{\"name\":\"\xff\",\"owner_ref\":\"o\",\"settings\":{}}]}",
        br#"{"result":0,"rooms":[{"name":"\ud83d","owner_ref":"o","settings":{}}]}"#,
    ] {
        assert_eq!(of("getRoomList", 200, body).await, [text]);
    }
    let told = of("getRoomList", 503, b"{\"result\":10999,\"error\":\"\xff\"}").await;
    assert_eq!(
        told,
        ["mended-text |  | ErrorResponse", "unknown-code | result | ResultError.result | integer | 10999"]
    );
    // Of a duplicate key, the value that is not a success counts.
    let told = of("getRoomList", 200, br#"{"result":10999,"result":0}"#).await;
    assert_eq!(told, ["unknown-code | result | ResultError.result | integer | 10999"]);
}

/// However the JSON is written, the same is reported, and a key that is given twice has its last value.
#[tokio::test]
async fn notations() {
    let mut answer = sample("createRoom.response");
    answer["room"]["new"] = json!({"a": [1, "\u{7}"]});
    answer["room"]["settings"]["e2ee"] = json!("\"yes\"");
    answer["room"]["settings"]["quality"] = json!("\u{e4}");
    answer["room"].as_object_mut().unwrap().remove("owner_ref");
    let plain = answer.to_string();
    let mut told = of("getRoomById", 200, &plain).await;
    told.sort();
    assert_eq!(told.len(), 7, "{told:?}");
    let escaped = plain
        .replace("ro", r"\u0072\u006f")
        .replace('\u{e4}', r"\u00e4")
        .replace("settings", r"s\u0065ttings");
    // Objects with their keys in reverse order.
    fn reversed(value: &Value) -> String {
        match value {
            Value::Object(object) => {
                let pairs =
                    object.iter().rev().map(|(key, value)| format!("{}:{}", json!(key), reversed(value)));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
            }
            other => other.to_string(),
        }
    }
    for text in [
        serde_json::to_string_pretty(&answer).unwrap().replace('\n', "\r\n\t"),
        escaped,
        reversed(&answer),
        plain.replace(r#""room":{"#, r#""room":7,"room":{"#),
        plain.replace(r#""new":"#, r#""new":null,"n\u0065w":"#),
        plain.replace(r#""settings":{"#, r#""settings":{"quality":1,"e2ee":2,"#),
    ] {
        let mut seen = of("getRoomById", 200, &text).await;
        seen.sort();
        assert_eq!(seen, told, "{text}");
    }
}

/// What is JSON, and what type a value has, is decided as serde_json does.
#[tokio::test]
async fn what_is_json() {
    let room = sample("createRoom.scheduled.response").to_string();
    let values = [
        "0",
        "-0",
        "-1",
        "01",
        "-",
        "1.",
        ".5",
        "+1",
        "1.5",
        "0.5",
        "00.5",
        "1.5.5",
        "1e5",
        "1E+5",
        "1e",
        "1e-",
        "0x1",
        "123456789012345",
        "12345678901234567890",
        "123456789012345678901234567890",
        "0.1234567890123456789",
        "nul",
        "null",
        "nulll",
        "true",
        "tru",
        "false",
        "fals",
        "NaN",
        "'a'",
        "\"a",
        "\"a\"",
        "\"\\\"\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\/\"",
        "\"\\u00e4\"",
        "\"\\u00\"",
        "\"\t\"",
        "\"\u{7f}\u{e4}\"",
        "[]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1,2",
        "[[",
        "{}",
        "{,}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "",
        "1 2",
        "1,",
        "}",
        "]",
    ];
    // Text is read eight bytes at once, apart from its end.
    let ends = ["", "          "];
    let values = values.iter().flat_map(|value| ends.map(|end| (value, end)));
    let values = values.map(|(value, end)| format!(r#"{{"result":0,"room":{{}},"x":{value}{end}}}"#));
    // Also with each byte of a response left out.
    let cut = (0..room.len()).map(|at| format!("{}{}", &room[..at], &room[at + 1..]));
    for text in values.chain(cut) {
        let told = of("getRoomById", 200, &text).await;
        let kind = match serde_json::from_str::<Value>(&text) {
            Ok(Value::Object(object)) => object.get("x").map(|value| match value {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(number) if number.is_f64() => "number",
                Value::Number(_) => "integer",
                Value::String(_) => "string",
                Value::Array(_) => "array",
                Value::Object(_) => "object",
            }),
            Ok(_) => panic!("{text}"),
            Err(_) => {
                assert_eq!(told, ["no-object |  | RoomResponse | object | text"], "{text}");
                continue;
            }
        };
        assert!(!told.iter().any(|line| line.starts_with("no-object")), "{told:?} {text}");
        if let Some(kind) = kind {
            assert_eq!(told.last(), Some(&format!("unknown-key | x | RoomResponse.x | {kind}")), "{text}");
        }
    }
}

/// Several calls, elements and clones share what was reported; another client does not.
#[tokio::test]
async fn once() {
    let record = Record::default();
    let rooms =
        json!([{"name": 1, "owner_ref": "o", "settings": {}}, {"name": 2, "owner_ref": "o", "settings": {}}]);
    let server = Server::json(200, json!({"result": 0, "rooms": rooms})).await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    let told = ["wrong-type | rooms[].name | Room.name | string | integer"];
    let clone = client.clone();
    clone.rooms().list().await.unwrap();
    assert_eq!(record.lines(), told);
    client.rooms().list().await.unwrap();
    clone.rooms().list().await.unwrap();
    drop(client);
    clone.rooms().list().await.unwrap();
    assert_eq!(record.lines(), [""; 0]);
    // It is reported again for another operation.
    clone.rooms().create(NewRoom::permanent("Desk", "team-7")).await.unwrap_err();
    assert_eq!(
        record.lines(),
        ["missing-key | room | RoomResponse.room", "unknown-key | rooms | RoomResponse.rooms | array"]
    );

    let other = server.builder().observe_drift(record.observer()).build().unwrap();
    other.rooms().list().await.unwrap();
    assert_eq!(record.lines(), told);
    // This client has no observer.
    server.client().rooms().list().await.unwrap();
    assert_eq!(record.lines(), [""; 0]);
}

/// Calls from many tasks report each difference once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn once_among_threads() {
    let record = Record::default();
    let keys: serde_json::Map<_, _> = (0..200).map(|n| (format!("new-{n}"), json!(1))).collect();
    let mut answer = sample("createRoom.scheduled.response");
    answer["room"]["settings"].as_object_mut().unwrap().extend(keys);
    let server = Server::json(200, answer).await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    let calls: Vec<_> = (0..16)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.room(ROOM).get().await.unwrap() })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    let told = record.lines();
    assert_eq!((told.len(), BTreeSet::from_iter(&told).len()), (200, 200));
}

/// A failed attempt is inspected although the call goes on; a truncated body is not.
#[tokio::test]
async fn every_attempt() {
    let record = Record::default();
    let cut = |status: u16| {
        let mut answer = http(status, "application/json", json!({"new": "key", "x": "y"}).to_string());
        answer.truncate(answer.len() - 1);
        answer
    };
    let good = http(200, "application/json", sample("createToken.response").to_string());
    let answers = Mutex::new(vec![
        good.clone(),
        cut(503),
        cut(200),
        http(503, "application/json", json!({"result": 10_105, "retry": 1}).to_string()),
    ]);
    let server = Server::answering(move |_| answers.lock().unwrap().pop().unwrap_or(good.clone())).await;
    let clock = Arc::new(crate::clock::MovedClock::new());
    let policy = enablex::RetryPolicy::standard().max_attempts(4);
    let builder = server.builder().clock(clock).retry(policy).observe_drift(record.observer());
    builder.build().unwrap().room(ROOM).create_token(token_request()).await.unwrap();
    assert_eq!(server.received().len(), 4);
    assert_eq!(record.lines(), ["unknown-key | retry | ResultError.retry | integer"]);

    // Nor is a body that exceeds the cap.
    let body = json!({"result": 0, "rooms": [], "new": "x".repeat(5000)}).to_string();
    for status in [200, 500] {
        let server = Server::saying(http(status, "application/json", &body)).await;
        let builder = server.builder().body_cap(4096).observe_drift(record.observer());
        builder.build().unwrap().rooms().list().await.unwrap_err();
        assert_eq!(record.lines(), [""; 0]);
    }
}

/// No value of a response is in any report, whatever it is and wherever it stands.
#[tokio::test]
async fn no_value_is_told() {
    let secret = "S3cret-value-of-an-answer";
    let values = [json!(secret), json!([secret]), json!({"a": secret}), json!(7_353_535), json!(735.5)];
    // Also in place of a code.
    let codes = [json!(secret), json!(APP_KEY), json!(secret.to_uppercase())];
    let keys = ["token", "app_key", "password", "result", "error_code", "error", "status", "new", "settings"];
    let mut told = Vec::new();
    for value in values.iter().chain(&codes) {
        let record = Record::default();
        let of_keys: Value = keys.iter().map(|key| ((*key).to_owned(), value.clone())).collect();
        let user =
            json!({"role": value, "name": value, "token": value, "permissions": of_keys, "room": of_keys});
        let settings =
            json!({"quality": value, "mode": value, "duration": value, "media_zone": value, "x": value});
        let mut room = of_keys.clone();
        room["settings"] = settings;
        room["created"] = value.clone();
        room["data"] = value.clone();
        for status in [200, 403] {
            for result in [None, Some(json!(0)), Some(json!("0"))] {
                let mut answer = json!({
                    "room": room, "rooms": [room, value], "users": [user, value], "token": value, "new": value,
                    "cdr": [{"user": user, "room": of_keys, "usage": of_keys, "trans_date": value}, value],
                    "archive": [of_keys, value], "sip": of_keys, "dialin": [of_keys, value], "app_key": value,
                    "total": value, "error": value,
                });
                match result {
                    Some(result) => answer["result"] = result,
                    None => answer.as_object_mut().unwrap().extend(of_keys.as_object().unwrap().clone()),
                }
                let server = Server::json(status, answer).await;
                let client = server.builder().observe_drift(record.observer()).build().unwrap();
                for operation in [
                    "createRoom",
                    "getRoomList",
                    "getRoomUsers",
                    "createToken",
                    "getPeriodCDR",
                    "getArchiveByRoom",
                    "getDialInNumbers",
                    "updateRoomById",
                ] {
                    call(&client, operation).await;
                }
                let mut rows = client.cdr().room(ROOM).rows();
                while let Some(Ok(_)) = rows.next().await {}
            }
        }
        told.extend(record.drifts());
    }
    assert!(told.len() > 500, "{}", told.len());
    for drift in told {
        let printed = format!("{drift} {drift:?} {}", serde_json::to_string(&drift).unwrap()).to_lowercase();
        for value in [secret, "s3cret", APP_KEY, "test-app-key", "735"] {
            // A `result` is a code because of its location.
            let is_code = drift.kind == DriftKind::UnknownCode && drift.code.as_deref() == Some("7353535");
            assert!(is_code || !printed.contains(&value.to_lowercase()), "{value} in {printed}");
        }
    }
}

/// An app key of capital letters has the form of a code.
#[tokio::test]
async fn a_key_in_the_place_of_a_code() {
    let record = Record::default();
    let key = "APP_KEY_OF_4471";
    for code in [key.to_owned(), format!("NO_SUCH_{key}")] {
        let server = Server::json(401, json!({"error_code": code})).await;
        let builder = server.builder().credentials("id", key).observe_drift(record.observer());
        builder.build().unwrap().rooms().list().await.unwrap_err();
        assert_eq!(record.lines(), ["unknown-code | error_code | CodeError.error_code | string"]);
    }
}

/// Names of keys are reported: cut, quoted where necessary, and without the app key.
#[tokio::test]
async fn unknown_keys() {
    let long = "k".repeat(1000);
    let keys = [
        ("plain_Key-1$", "plain_Key-1$".to_owned()),
        ("a.b", r#"["a.b"]"#.to_owned()),
        ("", r#"[""]"#.to_owned()),
        ("say \"hi\"", r#"["say \"hi\""]"#.to_owned()),
        ("\u{202e}\u{200b}", r#"["\u{202e}\u{200b}"]"#.to_owned()),
        (&long, format!(r#"["{}…"]"#, "k".repeat(64))),
        (APP_KEY, r#"["[redacted]"]"#.to_owned()),
    ];
    for (key, told) in keys {
        let at = format!("unknown-key | {told} | ResultResponse");
        let seen = of("deleteRoom", 200, json!({"result": 0, key: 1}).to_string()).await;
        assert_eq!(seen.len(), 1);
        assert!(seen[0].starts_with(&at), "{at} in {}", seen[0]);
    }
    let record = Record::default();
    let server = Server::json(200, json!({"result": 0, "a\u{1b}[31m\n": 1})).await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    client.room(ROOM).delete().await.unwrap();
    let drift = record.drifts().remove(0);
    assert!(
        !drift.to_string().contains(char::is_control) && !drift.at.contains(char::is_control),
        "{drift:?}"
    );
    // Nor does a report that was read from a file.
    let mut json = serde_json::to_value(&drift).unwrap();
    json["at"] = "a\u{1b}b".into();
    assert!(!serde_json::from_value::<Drift>(json).unwrap().to_string().contains(char::is_control));
}

/// A service that invents keys without end causes a thousand reports and no more.
#[tokio::test]
async fn no_end_of_keys() {
    let record = Record::default();
    let numbers = Mutex::new(0..);
    let server = Server::answering(move |_| {
        let mut numbers = numbers.lock().unwrap();
        let mut keys: serde_json::Map<_, _> =
            (0..300).map(|_| (format!("new-{}", numbers.next().unwrap()), json!(1))).collect();
        keys.insert("result".into(), json!(0));
        http(200, "application/json", Value::from(keys).to_string())
    })
    .await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    for count in [300, 300, 300, 101, 0, 0] {
        client.room(ROOM).delete().await.unwrap();
        let told = record.drifts();
        assert_eq!(told.len(), count);
        if count == 101 {
            assert_eq!(line(&told[100]), "too-many | ");
            assert!(told[..100].iter().all(|drift| drift.kind == DriftKind::UnknownKey));
        }
    }
}

/// The inspection of the largest response that the cap permits is fast.
#[tokio::test]
async fn the_largest_answers() {
    // As many objects as fit into this many bytes.
    let room = json!({"name": 1, "owner_ref": null, "settings": {}, "created": "x".repeat(60)});
    let count = 8 * 1024 * 1024 / (room.to_string().len() + 1) - 1;
    let rooms = vec![room.to_string(); count].join(",");
    let body = format!("{{\"result\":0,\"rooms\":[{rooms}]}}");
    let told = of("getRoomList", 200, &body).await;
    assert_eq!(told.len(), 3, "{told:?}");

    let keys: Vec<_> = (0..160_000).map(|n| format!("\"\\u001b{n:030}\":1")).collect();
    let told = of("deleteRoom", 200, format!("{{\"result\":0,{}}}", keys.join(","))).await;
    assert_eq!(told.len(), 1001);
}

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("the observer's own");
    }
}

/// A panic of the observer does not lose a created room, and the next difference is reported.
#[tokio::test]
async fn an_observer_that_panics() {
    let record = Record::default();
    let tell = record.observer();
    let server = Server::json(200, sample("createRoom.response")).await;
    let client = server
        .builder()
        .observe_drift(move |drift| {
            tell(drift);
            std::panic::panic_any(Bomb);
        })
        .build()
        .unwrap();
    client.rooms().create(NewRoom::permanent("Desk", "team-7")).await.unwrap();
    assert_eq!(record.drifts().len(), 3);
    client.room(ROOM).get().await.unwrap();
    assert_eq!(record.drifts().len(), 3);
}

/// The observer may use the client; no lock is held.
#[tokio::test]
async fn an_observer_that_makes_a_call() {
    let server = Server::json(200, sample("createRoom.response")).await;
    let (told, heard) = std::sync::mpsc::channel();
    let cell = Arc::new(std::sync::OnceLock::<Client>::new());
    let inner = cell.clone();
    let client = server
        .builder()
        .observe_drift(move |drift| {
            let client = inner.get().unwrap().clone();
            let told = told.clone();
            let kind = drift.kind;
            tokio::spawn(async move { told.send((kind, client.room(ROOM).get().await.is_ok())) });
        })
        .build()
        .unwrap();
    cell.set(client.clone()).unwrap();
    client.rooms().create(NewRoom::permanent("Desk", "team-7")).await.unwrap();
    let heard = tokio::task::spawn_blocking(move || heard.recv_timeout(std::time::Duration::from_secs(10)));
    assert_eq!(heard.await.unwrap(), Ok((DriftKind::WrongType, true)));
}

/// A call returns the same with an observer and without.
#[tokio::test]
async fn results_are_the_same() {
    let odd = sample("createRoom.response");
    let mut odder = odd.clone();
    odder["room"]["sip"] = json!([1]);
    for (status, body) in [
        (200, odd.to_string()),
        (200, odder.to_string()),
        (200, json!({"result": 10_114, "error": 5}).to_string()),
        (200, json!({"result": 0, "room": null, "new": []}).to_string()),
        (200, "[]".into()),
        (502, "<html>".into()),
        (429, json!({"error_code": "NEW_WORD", "message": 7}).to_string()),
    ] {
        for operation in ["createRoom", "getRoomById", "deleteRoom", "createToken", "getCDRByRoom"] {
            let record = Record::default();
            let server = Server::saying(http(status, "application/json", &body)).await;
            let with =
                call(&server.builder().observe_drift(record.observer()).build().unwrap(), operation).await;
            assert_eq!(with, call(&server.client(), operation).await);
            assert!(!record.lines().is_empty(), "{operation} {body}");
        }
    }
}

/// The sandbox's responses to every operation agree with the document, and so do its failures.
#[tokio::test]
async fn the_sandbox_is_as_documented() {
    let sandbox = enablex::sandbox::Sandbox::builder().strict(true).start().await.unwrap();
    let record = Record::default();
    let client = sandbox.client_builder().observe_drift(record.observer()).build().unwrap();
    let settings = Settings::new().auto_recording(true).moderators(2).participants(3).knock(true);
    let new = NewRoom::permanent("Claims desk", "team-7")
        .settings(settings)
        .data(serde_json::Map::from_iter([("any".to_owned(), json!([1]))]));
    let room = client.rooms().create(new).await.unwrap();
    let start = sandbox.now() + std::time::Duration::from_secs(3600);
    client.rooms().create(NewRoom::scheduled("Interview", "branch-12", start, 30)).await.unwrap();
    client.rooms().create(NewRoom::ad_hoc("Quick call", "desk-3")).await.unwrap();
    let handle = client.room(&room);
    handle.get().await.unwrap();
    handle.users().await.unwrap();
    handle.update(RoomUpdate::new().name("Desk")).await.unwrap();
    assert_eq!(client.rooms().list().await.unwrap().len(), 3);
    for role in [Role::Moderator, Role::Participant, Role::Viewer] {
        let request = TokenRequest::new("Asha Rao", role.clone(), "emp-1042").data("department", "claims");
        let token = handle.create_token(request).await.unwrap();
        let joined = sandbox.join(token.expose_token()).unwrap();
        handle.users().await.unwrap();
        sandbox.advance(std::time::Duration::from_millis(61_500));
        if role == Role::Moderator {
            handle.update(RoomUpdate::new().name("Now")).await.unwrap_err();
            handle.delete().await.unwrap_err();
        }
        sandbox.leave(joined.session_user_id());
    }
    let id = room.id().unwrap().as_str();
    sandbox.fill_report(id, 20);
    let day = Date::try_from(sandbox.now()).unwrap();
    let days = day.plus_days(-1).unwrap()..=day.plus_days(1).unwrap();
    let number = client.cdr().room(id).list().await.unwrap()[0].conf_num().unwrap().clone();
    let cdr = client.cdr();
    for report in [
        cdr.period(days.clone()),
        cdr.room(id),
        cdr.room_period(id, days.clone()),
        cdr.conf(&*number.to_string()),
    ] {
        assert!(!report.list().await.unwrap().is_empty());
        let mut rows = report.rows();
        while let Some(row) = rows.next().await {
            row.unwrap();
        }
    }
    let archive = client.archive();
    for report in [
        archive.period(days.clone()),
        archive.room(id),
        archive.room_period(id, days),
        archive.conf(&*number.to_string()),
    ] {
        assert!(!report.list().await.unwrap().is_empty());
        let mut rows = report.rows();
        while let Some(row) = rows.next().await {
            row.unwrap();
        }
    }
    // A file is not an operation: its body is not inspected.
    let entry = client.archive().room(id).list().await.unwrap().remove(0);
    client.file(entry.links().next().unwrap()).write_to(&mut Vec::new()).await.unwrap();
    client.dial_in().get().await.unwrap();
    handle.delete().await.unwrap();
    handle.get().await.unwrap_err();
    handle.create_token(token_request()).await.unwrap_err();
    sandbox.set_app_key("another-key").unwrap();
    client.rooms().list().await.unwrap_err();
    assert_eq!(record.lines(), [""; 0]);
}

/// A file is not an operation of the document, even if its body looks like a response.
#[tokio::test]
async fn files() {
    let record = Record::default();
    let server = Server::json(403, json!({"result": 10_999, "new": 1})).await;
    let host = server.base_url.split('/').nth(2).unwrap();
    let builder = server.builder().recording_credentials("user", "password", [host]);
    let client = builder.observe_drift(record.observer()).build().unwrap();
    client.file(format!("http://{host}/a.mp4")).write_to(&mut Vec::new()).await.unwrap_err();
    assert_eq!((server.received().len(), record.lines()), (1, vec![]));
}

/// The inspection knows every JSON Schema keyword that the document uses for responses. A newer document may
/// use more.
#[test]
fn every_keyword_is_looked_at() {
    let document = crate::document();
    let mut open: Vec<&Value> = Vec::new();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    for operation in operations.filter(|operation| operation.get("responses").is_some()) {
        for response in operation["responses"].as_object().unwrap().values() {
            let named = response["$ref"].as_str().map(|name| document.pointer(&name[1..]).unwrap());
            open.push(&named.unwrap_or(response)["content"]["application/json"]["schema"]);
        }
    }
    let known = [
        "$ref",
        "additionalProperties",
        "allOf",
        "anyOf",
        "default",
        "description",
        "enum",
        "example",
        "format",
        "items",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "nullable",
        "oneOf",
        "properties",
        "required",
        "title",
        "type",
        "x-error-codes",
        "x-result-codes",
    ];
    let mut seen = BTreeSet::new();
    while let Some(schema) = open.pop() {
        let Some(keywords) = schema.as_object() else { continue };
        for (keyword, value) in keywords {
            assert!(known.contains(&keyword.as_str()), "{keyword} in {schema}");
            match keyword.as_str() {
                "$ref" if seen.insert(value.as_str()) => {
                    open.push(document.pointer(&value.as_str().unwrap()[1..]).unwrap());
                }
                "properties" => open.extend(value.as_object().unwrap().values()),
                "allOf" | "anyOf" | "oneOf" => open.extend(value.as_array().unwrap()),
                "items" | "additionalProperties" => open.push(value),
                "format" => {
                    assert!(["date", "date-time", "password"].contains(&value.as_str().unwrap()), "{value}")
                }
                _ => {}
            }
        }
    }
    assert!(seen.len() > 20);
}

/// A record has a line of JSON for each report, which can be read back.
#[tokio::test]
async fn a_record() {
    let record = Record::default();
    let mut answer = sample("createRoom.scheduled.response");
    answer["room"]["settings"]["quality"] = json!("4K");
    answer["room"]["new"] = json!("x");
    let server = Server::json(200, answer).await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    client.room(ROOM).get().await.unwrap();
    let told = record.drifts();
    let lines: Vec<_> = told.iter().map(|drift| serde_json::to_string(drift).unwrap()).collect();
    let (version, quality) = (env!("CARGO_PKG_VERSION"), one_of("Quality"));
    let expected = [
        format!(
            r#"{{"operation":"getRoomById","at":"room.new","schema":"Room.new","kind":"unknown-key","seen":"string","version":"{version}"}}"#
        ),
        format!(
            r#"{{"operation":"getRoomById","at":"room.settings.quality","schema":"RoomSettings.quality","kind":"unknown-value","documented":"{quality}","seen":"string","version":"{version}"}}"#
        ),
    ];
    assert_eq!(lines, expected);
    let read: Vec<Drift> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, told);
    assert_eq!(
        told[1].to_string(),
        format!(
            "getRoomById, room.settings.quality: a value that is not documented \
             (schema: RoomSettings.quality; documented: {quality}; seen: string)"
        )
    );
}
