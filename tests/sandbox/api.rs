//! A sandbox with an HTTP client that can send any request.

use std::{
    collections::BTreeMap,
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use enablex::{
    NewRoom, Role, Settings, TokenRequest,
    reqwest::{self, Method, RequestBuilder, header::CONTENT_TYPE},
    sandbox::{Sandbox, SandboxBuilder, SessionUser},
};
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

pub use super::reply::Reply;
use super::reply::http;

pub const MINUTE: Duration = Duration::from_secs(60);

/// In seconds.
pub const DAY: u64 = 24 * 60 * 60;

pub struct Api {
    pub sandbox: Sandbox,
    http: reqwest::Client,
}

impl Reply {
    /// The payload of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        let json = self.json();
        assert_eq!((self.status, &json["result"]), (200, &json!(0)), "{self:?}");
        json
    }

    /// Asserts a failure in the older form.
    #[track_caller]
    pub fn refused(&self, status: u16, result: i64) {
        let json = self.json();
        assert_eq!((self.status, &json["result"]), (status, &json!(result)), "{self:?}");
        assert!(json["error"].is_string() && json["desc"].is_string(), "{self:?}");
        assert_eq!(json.as_object().unwrap().len(), 3, "{self:?}");
    }

    /// Asserts a failure in the newer form whose message contains a word.
    #[track_caller]
    pub fn failed(&self, status: u16, code: &str, word: &str) {
        let json = self.json();
        assert_eq!((self.status, &json["error_code"]), (status, &json!(code)), "{self:?}");
        assert_eq!(json["status"], "error", "{self:?}");
        assert!(json["message"].as_str().unwrap().contains(word), "{word}: {self:?}");
        assert!(json["request_id"].as_str().unwrap().starts_with("req_"), "{self:?}");
        assert_eq!(json.as_object().unwrap().len(), 4, "{self:?}");
    }
}

impl Api {
    pub async fn start() -> Self {
        Self::of(Sandbox::builder()).await
    }

    /// A strict sandbox.
    pub async fn of(builder: SandboxBuilder) -> Self {
        Self::around(builder.strict(true).start().await.unwrap())
    }

    pub fn around(sandbox: Sandbox) -> Self {
        Self { sandbox, http: http() }
    }

    /// A sandbox as it is by default.
    pub async fn lenient() -> Self {
        Self::around(Sandbox::start().await.unwrap())
    }

    /// A request with the right credentials, to a path below `/video/v2`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.anonymous(method, path).basic_auth(self.sandbox.app_id(), Some(self.sandbox.app_key()))
    }

    pub fn anonymous(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.sandbox.base_url()))
    }

    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::DELETE, path).send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, body.to_string()).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, body.to_string()).await
    }

    pub async fn send(&self, method: Method, path: &str, body: String) -> Reply {
        let request = self.request(method, path).header(CONTENT_TYPE, "application/json").body(body);
        Reply::of(request.send().await.unwrap()).await
    }

    /// A control below `/_sandbox`, without credentials.
    pub async fn control(&self, name: &str, body: impl ToString) -> Reply {
        let url = self.url(&format!("/_sandbox/{name}"));
        Reply::of(self.http.post(url).body(body.to_string()).send().await.unwrap()).await
    }

    /// A path of the host.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url().trim_end_matches("/video/v2"))
    }

    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Creates a room with these settings; returns its path.
    pub async fn room(&self, settings: Value) -> String {
        let room = self.post("/rooms", &new_room(settings)).await.ok();
        format!("/rooms/{}", room["room"]["room_id"].as_str().unwrap())
    }

    /// Creates a scheduled room that starts after this time and lasts half an hour; returns its path.
    pub async fn scheduled(&self, ahead: Duration) -> String {
        let time = spelled(self.sandbox.now() + ahead);
        self.room(json!({"scheduled": true, "scheduled_time": time, "duration": 30})).await
    }

    /// Requests a token for the room at this path.
    pub async fn ask_token(&self, room: &str, role: &str) -> Reply {
        self.post(&format!("{room}/tokens"), &new_token(role)).await
    }

    pub async fn token(&self, room: &str, role: &str) -> String {
        self.ask_token(room, role).await.ok()["token"].as_str().unwrap().to_owned()
    }

    /// A user who has joined the session.
    pub async fn joined(&self, room: &str, role: &str) -> SessionUser {
        self.sandbox.join(&self.token(room, role).await).unwrap()
    }

    /// The rows of a report or the entries of an archive, validated against the document.
    pub async fn report(&self, path: &str) -> Vec<Value> {
        let list = self.list(path).await;
        match path.starts_with("/cdr") {
            true => documented("CdrResponse", &json!({"result": "0", "cdr": list})),
            false => documented("ArchiveResponse", &json!({"result": "0", "archive": list})),
        }
        list
    }

    /// The same for many rows, without validation.
    pub async fn list(&self, path: &str) -> Vec<Value> {
        let reply = self.get(path).await;
        assert_eq!(reply.status, 200, "{path} {reply:?}");
        let list = if path.starts_with("/cdr") { "cdr" } else { "archive" };
        let mut json = reply.json();
        assert_eq!((&json["result"], json.as_object().unwrap().len()), (&json!("0"), 2), "{path}");
        serde_json::from_value(json[list].take()).unwrap()
    }

    /// A request for a file with the right credentials.
    pub fn file(&self, method: Method, url: &str) -> RequestBuilder {
        let password = self.sandbox.recording_password();
        self.http.request(method, url).basic_auth(self.sandbox.recording_user(), Some(password))
    }

    /// Moves the clock to noon of the next day in UTC; returns that day.
    pub fn noon(&self) -> String {
        let now = self.sandbox.now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let noon = Duration::from_secs((now.as_secs() / DAY + 1) * DAY + DAY / 2);
        self.sandbox.advance(noon - now);
        day(self.sandbox.now())
    }

    pub fn leave(&self, user: &SessionUser) {
        assert!(self.sandbox.leave(user.session_user_id()));
    }
}

/// Has a session recorded, and fetches its files by the links of the response; returns its token.
pub async fn recorded_session(sandbox: &Sandbox) -> String {
    let client = sandbox.client().unwrap();
    let settings = Settings::new().auto_recording(true);
    let room = NewRoom::permanent("Claims desk", "team-7").settings(settings);
    let room = client.rooms().create(room).await.unwrap();
    let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
    let token = client.room(&room).create_token(request).await.unwrap();
    let user = sandbox.join(token.expose_token()).unwrap();
    sandbox.leave(user.session_user_id());
    let entries = client.archive().room(&room).list().await.unwrap();
    let links: Vec<_> = entries[0].links().collect();
    assert_eq!(links.len(), 4);
    for link in links {
        assert!(client.file(link).write_to(&mut tokio::io::sink()).await.unwrap() > 0);
    }
    token.expose_token().to_owned()
}

pub fn new_room(settings: Value) -> Value {
    json!({"name": "Claims desk", "owner_ref": "team-7", "settings": settings})
}

pub fn new_token(role: &str) -> Value {
    json!({"name": "Asha Rao", "role": role, "user_ref": "emp-1042"})
}

/// Validates a response against its schema in the document; other keys are not allowed.
#[track_caller]
pub fn documented(schema: &str, answer: &Value) {
    static VALIDATORS: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
        let mut document = serde_json::from_str(include_str!("../../generated/document.json")).unwrap();
        close(&mut document);
        let validator = |schema| {
            let path = format!("#/components/schemas/{schema}");
            let root = json!({"$ref": path, "components": document["components"]});
            jsonschema::options().with_draft(Draft::Draft4).build(&root).unwrap()
        };
        ["CdrResponse", "ArchiveResponse", "DialInResponse"].map(|schema| (schema, validator(schema))).into()
    });
    let errors: Vec<_> = VALIDATORS[schema].iter_errors(answer).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// Forbids keys that a schema does not name.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(close);
            if object.get("type") == Some(&json!("object")) && object.contains_key("properties") {
                object.entry("additionalProperties").or_insert(json!(false));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(close),
        _ => {}
    }
}

/// `YYYY-MM-DD`
pub fn day(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string()[..10].to_owned()
}

/// `YYYY-MM-DD HH:MM:SS`
pub fn spelled(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string().replace('T', " ").replace('Z', "")
}
