//! Any JSON that the document allows in a response, also in the variations of the real service, serializes to
//! the same value again. The values are generated from the document's schemas with a seed.

use enablex::wire::Secret;
use fastrand::Rng;
use serde::Serialize;
use serde_json::{Map, Number, Value, json};

use crate::server::Server;

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";
const ROUNDS: usize = 400;

/// The schemas of the vendored document.
struct Document(Value);

impl Document {
    fn read() -> Self {
        Self(crate::document())
    }

    fn schema(&self, name: &str) -> &Value {
        &self.0["components"]["schemas"][name]
    }

    /// The schema without its `$ref`.
    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
        match reference {
            Some(reference) => self.resolved(self.0.pointer(reference.trim_start_matches('#')).unwrap()),
            None => schema,
        }
    }

    /// Generates a value of the schema.
    fn value(&self, schema: &Value, random: &mut Rng) -> Value {
        let schema = self.resolved(schema);
        if let Some(words) = schema["enum"].as_array() {
            return random.choice(words).unwrap().clone();
        }
        match schema["type"].as_str() {
            Some("object") => {
                let properties = schema["properties"].as_object().into_iter().flatten();
                let mut object: Map<_, _> =
                    properties.map(|(key, schema)| (key.clone(), self.value(schema, random))).collect();
                if schema["additionalProperties"].is_object() {
                    object.insert(word(random), self.value(&schema["additionalProperties"], random));
                }
                object.into()
            }
            Some("array") => (0..random.usize(0..4)).map(|_| self.value(&schema["items"], random)).collect(),
            Some("boolean") => random.bool().into(),
            Some("integer") => random.i64(-10..100_000).into(),
            Some("number") => (random.i64(0..10_000_000) as f64 / 1000.).into(),
            Some("string") if schema["format"] == "date-time" => {
                let day = random.u8(1..29);
                let [hour, minute, milli] = [random.u32(0..24), random.u32(0..60), random.u32(0..1000)];
                format!("2024-02-{day:02}T{hour:02}:{minute:02}:00.{milli:03}Z").into()
            }
            Some("string") => word(random).into(),
            _ => json!({"free": [word(random), random.u8(..)]}),
        }
    }

    /// The value as a careless service would send it.
    fn sloppy(&self, schema: &Value, value: Value, random: &mut Rng) -> Value {
        let schema = self.resolved(schema);
        if random.u8(0..20) == 0 {
            return random
                .choice([Value::Null, json!([]), json!({"odd": 1}), json!("odd"), json!(7), json!(true)])
                .unwrap();
        }
        match value {
            Value::Object(object) => {
                let mut sloppy = Map::new();
                for (key, value) in object {
                    let property = schema["properties"].get(&key).unwrap_or(&schema["additionalProperties"]);
                    if random.u8(0..10) > 0 {
                        sloppy.insert(key, self.sloppy(property, value, random));
                    }
                }
                if random.bool() {
                    sloppy.insert(format!("new {}", word(random)), json!([{"a": null}, word(random)]));
                }
                sloppy.into()
            }
            Value::Array(list) => {
                list.into_iter().map(|value| self.sloppy(&schema["items"], value, random)).collect()
            }
            Value::Number(number) if random.bool() => number.to_string().into(),
            Value::Bool(flag) => {
                let digit = u8::from(flag);
                random
                    .choice([json!(flag), json!(flag.to_string()), json!(digit), json!(digit.to_string())])
                    .unwrap()
            }
            Value::String(text) if random.u8(0..3) == 0 => match text.as_str() {
                "true" => json!(true),
                "false" => json!(0),
                text if schema["enum"].is_array() => json!(format!("{text}-new")),
                text => text.parse::<Number>().map_or(json!(random.i64(..)), Value::Number),
            },
            value => value,
        }
    }

    /// Whether the output has the same meaning as the input, in any form.
    fn is_same(&self, schema: &Value, sent: &Value, written: &Value) -> bool {
        let schema = self.resolved(schema);
        if schema["format"] == "password" {
            return sent.is_null() || written == "[redacted]";
        }
        match (sent, written) {
            // An element that is not an object cannot be kept under a key.
            (sent, Value::Object(written)) if !sent.is_object() => {
                written.len() == 1 && written.get("") == Some(sent)
            }
            (Value::Object(sent), Value::Object(written)) => {
                let property = |key| schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
                written.keys().all(|key| sent.contains_key(key))
                    && sent.iter().all(|(key, value)| {
                        let written = written.get(key).unwrap_or(&Value::Null);
                        self.is_same(property(key), value, written)
                    })
            }
            (Value::Array(sent), Value::Array(written)) if sent.len() == written.len() => {
                sent.iter().zip(written).all(|(sent, written)| self.is_same(&schema["items"], sent, written))
            }
            (sent, written) if sent == written => true,
            (
                Value::String(_) | Value::Number(_) | Value::Bool(_),
                Value::String(_) | Value::Number(_) | Value::Bool(_),
            ) => meaning(sent) == meaning(written),
            _ => false,
        }
    }
}

/// The meaning of a scalar: a number, an instant, a boolean or a text.
fn meaning(scalar: &Value) -> String {
    let text = scalar.as_str().map_or_else(|| scalar.to_string(), str::to_owned);
    match text.as_str() {
        "true" => "1".into(),
        "false" => "0".into(),
        instant if instant.ends_with('Z') => {
            let instant = instant.trim_end_matches('Z');
            if instant.contains('.') {
                instant.trim_end_matches('0').trim_end_matches('.').into()
            } else {
                instant.into()
            }
        }
        text => text.parse::<f64>().map_or(text.to_owned(), |number| number.to_string()),
    }
}

fn word(random: &mut Rng) -> String {
    let words = [
        "a",
        "Åsa",
        "0",
        "1",
        "12.50",
        "true",
        "x y",
        "\"\\",
        "🙂",
        "007",
        "1e3",
        "-0",
        "90071992547409931234",
        "0.12345678901234567891",
    ];
    random.choice(words).unwrap().to_owned()
}

/// Lets the server send `{list: values}` and fetches it.
async fn assert_all_come_back<T: Serialize>(
    schema: &str,
    list: &str,
    call: impl AsyncFn(enablex::Client) -> Vec<T>,
) {
    let document = Document::read();
    let schema = document.schema(schema);
    for seed in [1, 2] {
        let mut random = Rng::with_seed(seed);
        let values: Vec<Value> = (0..ROUNDS)
            .map(|round| {
                let value = document.value(schema, &mut random);
                let Value::Object(sloppy) = document.sloppy(schema, value.clone(), &mut random) else {
                    return value;
                };
                if round % 4 == 0 { value } else { sloppy.into() }
            })
            .collect();
        let server = Server::json(200, json!({"result": "0", list: values})).await;
        let rows = call(server.client()).await;
        assert_eq!(rows.len(), values.len());
        for (sent, row) in values.iter().zip(rows) {
            let written = serde_json::to_value(row).unwrap();
            assert!(
                document.is_same(schema, sent, &written),
                "seed {seed}\nsent    {sent}\nwritten {written}"
            );
        }
    }
}

#[tokio::test]
async fn cdr_rows() {
    assert_all_come_back("Cdr", "cdr", async |client| client.cdr().room(ROOM).list().await.unwrap()).await;
    assert_all_come_back("Cdr", "cdr", async |client| {
        let mut rows = client.cdr().room(ROOM).rows();
        let mut all = Vec::new();
        while let Some(row) = rows.next().await {
            all.push(row.unwrap());
        }
        all
    })
    .await;
}

#[tokio::test]
async fn archive_entries() {
    assert_all_come_back("Archive", "archive", async |client| {
        client.archive().room(ROOM).list().await.unwrap()
    })
    .await;
}

#[tokio::test]
async fn rooms() {
    assert_all_come_back("Room", "rooms", async |client| client.rooms().list().await.unwrap()).await;
}

#[tokio::test]
async fn users() {
    assert_all_come_back("User", "users", async |client| client.room(ROOM).users().await.unwrap()).await;
}

#[tokio::test]
async fn dial_in() {
    let document = Document::read();
    let schema = document.schema("DialInResponse");
    let mut random = Rng::with_seed(3);
    for _ in 0..100 {
        let mut sent = document.value(schema, &mut random);
        sent = document
            .sloppy(schema, sent.clone(), &mut random)
            .as_object()
            .cloned()
            .map_or(sent, Value::Object);
        sent["dialin"] = json!([]);
        let server = Server::json(200, &sent).await;
        let answer =
            server.client().dial_in().get().await.unwrap_or_else(|error| panic!("{error:?}: {sent}"));
        assert!(answer.app_key.as_ref().is_none_or(|key: &Secret| !key.expose().is_empty()));
        let written = serde_json::to_value(answer).unwrap();
        assert!(document.is_same(schema, &sent, &written), "sent    {sent}\nwritten {written}");
    }
}

/// The comparison itself distinguishes values.
#[test]
fn what_is_not_the_same() {
    let document = Document::read();
    let cdr = document.schema("Cdr");
    for (sent, written) in [
        (json!({"conf_num": "1"}), json!({})),
        (json!({}), json!({"conf_num": "1"})),
        (json!({"room": {"duration": "1.5"}}), json!({"room": {"duration": 1.25}})),
        (json!({"published_track": {"audio": "true"}}), json!({"published_track": {"audio": false}})),
        (json!({"trans_date": "2024-02-01T00:00:00.100Z"}), json!({"trans_date": "2024-02-01T00:00:00.2Z"})),
        (json!({"new": [1]}), json!({"new": []})),
        (json!({"user": {"token": "t"}}), json!({"user": {"token": "t"}})),
    ] {
        assert!(!document.is_same(cdr, &sent, &written), "{sent} {written}");
    }
}
