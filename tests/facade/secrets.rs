//! Nothing prints the app key and tokens.

use std::error::Error as _;

use enablex::{
    AnswerSlot, CallOptions, Client, Credentials, Error, ErrorKind, Role, TokenRequest, sandbox::Sandbox,
};
use serde_json::json;

use crate::{
    recorded::Recorded,
    server::{Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";
const ID: &str = "marked-app-id";
const KEY: &str = r#"marked/key+44?71=~<&">\x"#;
const TOKEN: &str = "marked-token-0815";

/// The forms in which a key may be echoed: base64 of `id:key` in both alphabets and of the key alone,
/// URL-encoded wholly or in part, and escaped as in JSON (also by PHP and Go) and HTML.
const SPELLINGS: [&str; 16] = [
    KEY,
    r##"bWFya2VkLWFwcC1pZDptYXJrZWQva2V5KzQ0PzcxPX48JiI+XHg"##,
    r##"bWFya2VkLWFwcC1pZDptYXJrZWQva2V5KzQ0PzcxPX48JiI-XHg"##,
    r##"bWFya2VkL2tleSs0ND83MT1+PCYiPlx4"##,
    r##"bWFya2VkLWFwcC1pZDptYXJrZWQva2V5KzQ0PzcxPX48JiI%2BXHg"##,
    r##"marked%2Fkey%2B44%3F71%3D~%3C%26%22%3E%5Cx"##,
    r##"marked/key+44?71=~<&\">\\x"##,
    r##"marked\/key+44?71=~<&\">\\x"##,
    r##"marked/key+44?71=~&lt;&amp;&quot;&gt;\x"##,
    r##"marked/key+44?71=~\u003c\u0026\"\u003e\\x"##,
    r##"marked\u002fkey\u002B44?71=~<&\">\\x"##,
    r##"marked/key&#43;44?71=~&lt;&#38;&#34;&gt;\x"##,
    r##"marked&#x2F;key&#x2b;44?71=~&lt;&amp;&quot;&gt;\x"##,
    r##"marked/key%2B44%3F71%3D~%3C%26%22%3E%5Cx"##,
    r##"bWFya2VkLWFwcC1pZDptYXJrZWQva2V5KzQ0PzcxPX48JiI\u002bXHg"##,
    TOKEN,
];

fn client(server: &Server) -> Client {
    server.builder().credentials(ID, KEY).build().unwrap()
}

fn request() -> TokenRequest {
    TokenRequest::new("Asha Rao", Role::Moderator, "emp-1042")
}

/// Everything that an error prints.
fn printed(error: &Error) -> String {
    let chain = std::iter::successors(error.source(), |error| (*error).source());
    let chain: Vec<_> = chain.map(|error| format!("{error} {error:?} {error:#?}")).collect();
    format!(
        "{error} {error:?} {error:#?} {:?} {:?} {:?} {chain:?}",
        error.code(),
        error.request_id(),
        error.body_excerpt()
    )
}

fn assert_clean(text: &str) {
    for secret in SPELLINGS {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn types() {
    let recorded = Recorded::begin();
    let server = Server::json(200, json!({"result": 0, "token": TOKEN})).await;
    let credentials = Credentials::new(ID, KEY).unwrap();
    assert_clean(&format!("{credentials:?} {credentials:#?}"));
    let provided = server.builder().credentials_provider(move || {
        let credentials = credentials.clone();
        async { Ok::<_, Error>(credentials) }
    });
    assert_clean(&format!("{provided:?}"));
    let builder = server.builder().credentials(ID, KEY);
    assert_clean(&format!("{builder:?}"));
    let client = builder.build().unwrap();
    assert_clean(&format!("{client:?} {client:#?} {:?}", client.bindings()));
    assert_clean(&format!("{:?} {:?}", client.rooms(), client.room(ROOM)));

    let slot = AnswerSlot::new();
    let options = CallOptions::new().keep_answer(&slot).header("x-own", KEY);
    let room = client.room(ROOM).with(options.clone());
    let token = room.create_token(request()).await.unwrap();
    assert_clean(&format!("{options:?} {room:?} {slot:?}"));
    assert_clean(&format!("{:?}", slot.take().unwrap()));
    provided.build().unwrap().room(ROOM).create_token(request()).await.unwrap();
    assert!(server.received().iter().all(|sent| !sent.header("user-agent").unwrap().contains(KEY)));
    assert_clean(&format!("{token:?} {token:#?}"));
    let mut tokens = room.create_tokens([request()]);
    let created = tokens.next().await.unwrap();
    assert_eq!(created.1.as_ref().unwrap().expose_token(), TOKEN);
    assert_clean(&format!("{tokens:?} {tokens:#?} {created:?} {created:#?}"));
    let (room_id, secret) = (token.room_id().to_string(), token.expose_token().to_owned());
    let exposed = token.into_exposed();
    assert_clean(&format!("{exposed:?} {exposed:#?}"));
    let serialized = serde_json::to_value(&exposed).unwrap();
    assert_eq!((&serialized["token"], &serialized["room_id"]), (&secret.into(), &room_id.into()));

    let raw = client
        .bindings()
        .create_token(
            ROOM,
            &serde_json::from_value(json!({
                "name": "n", "role": "viewer", "user_ref": "u"
            }))
            .unwrap(),
        )
        .await
        .unwrap();
    assert_clean(&format!("{raw:?} {}", serde_json::to_string(&*raw).unwrap()));

    // The values of unknown keys may be secrets.
    let more = json!({"result": 0, "room": {"room_id": ROOM, "token": TOKEN, "more": [KEY]}});
    let room = Server::json(200, more).await.client().room(ROOM).get().await.unwrap();
    assert_eq!(room.extra["more"], json!([KEY]));
    assert_clean(&format!("{room:?} {room:#?}"));

    let sandbox = Sandbox::builder().strict(true).app_id(ID).app_key(KEY);
    assert_clean(&format!("{sandbox:?}"));
    assert_clean(&format!("{:?}", sandbox.start().await.unwrap()));
    assert!(recorded.text().contains("createToken"));
    assert_clean(&recorded.text());
}

/// The replaced key stays secret.
#[tokio::test]
async fn a_pair_that_was_replaced() {
    let recorded = Recorded::begin();
    let body = json!({"error_code": "UNAUTHORIZED", "message": SPELLINGS[..15].join(" ")});
    let server = Server::json(401, body).await;
    let pairs = std::sync::Mutex::new(vec!["other-key", KEY]);
    let provider = move || {
        let key = pairs.lock().unwrap().pop().unwrap();
        async move { Credentials::new(ID, key) }
    };
    let client = server.builder().credentials_provider(provider).build().unwrap();
    let error = client.room(ROOM).get().await.unwrap_err();
    assert_eq!(server.received().len(), 2);
    assert_clean(&printed(&error));
    assert_clean(&recorded.text());
}

#[tokio::test]
async fn failures_that_echo_the_credentials() {
    let recorded = Recorded::begin();
    let echo = SPELLINGS[..15].join(" ");
    for body in [
        json!({"result": 10_000, "error": echo, "desc": echo}).to_string(),
        json!({"error_code": echo, "message": echo, "request_id": echo}).to_string(),
        format!("<html>{echo}"),
        echo.clone(),
        json!(echo).to_string(),
    ] {
        for status in [200, 401, 502] {
            let server = Server::saying(http(status, "text/plain", &body)).await;
            let error = client(&server).room(ROOM).get().await.unwrap_err();
            assert_clean(&printed(&error));
            assert!(printed(&error).contains("[redacted]"));
        }
    }
    assert!(recorded.text().contains("the attempt failed"));
    assert_clean(&recorded.text());
}

#[tokio::test]
async fn answers_that_hold_a_token_and_are_not_understood() {
    let recorded = Recorded::begin();
    for body in [
        format!("{{\"result\":0,\"token\":\"{TOKEN}\""),
        format!("{{\"result\":0,\"token\":\"{TOKEN}"),
        format!("{{\"result\":0,\"token\":[\"{TOKEN}\"]}}"),
        format!("{{\"result\":0,\"token\":{{\"{TOKEN}\":1}}}}"),
        format!("{{\"result\":\"{TOKEN}\",\"token\":\"{TOKEN}\"}}"),
        format!("{{\"token\":\"{TOKEN}\"}}"),
        format!("[0,\"{TOKEN}\"]"),
        format!("\"{TOKEN}\""),
        TOKEN.to_owned(),
        format!("<html>{TOKEN}"),
    ] {
        for status in [200, 500].into_iter().filter(|status| !(*status == 500 && body.starts_with('<'))) {
            let server = Server::saying(http(status, "application/json", &body)).await;
            let error = client(&server).room(ROOM).create_token(request()).await.unwrap_err();
            assert_clean(&printed(&error));
        }
    }
    assert_clean(&recorded.text());
}

/// A key is redacted before the text is cut, so that no part of it remains.
#[tokio::test]
async fn nothing_is_left_where_a_text_is_cut() {
    let body = format!("<html>{}", KEY.repeat(400));
    let server = Server::saying(http(502, "text/html", body)).await;
    let error = client(&server).room(ROOM).get().await.unwrap_err();
    assert!(!printed(&error).contains("marked/"), "{error:?}");
}

/// Nor if the connection cuts it.
#[tokio::test]
async fn nothing_is_left_where_an_answer_breaks_off() {
    let whole = SPELLINGS[1];
    for echo in [
        &whole[..whole.len() - 3],
        &KEY[..KEY.len() - 2],
        "marked%2Fkey%2B44%3",
        "marked&#x2F;key&#x2",
        "marked/key+44?71=~&lt;&am",
        "marked/key%2B44?71=~<&%22>%5",
        r#"marked/key+44?71=~<&\">\u005"#,
    ] {
        let answer =
            format!("HTTP/1.1 502 Bad\r\nContent-Length: 500\r\nConnection: close\r\n\r\n<html>echo: {echo}");
        let error = client(&Server::saying(answer).await).room(ROOM).get().await.unwrap_err();
        assert_eq!(error.body_excerpt(), Some("<html>echo: [redacted]"), "{echo}");
    }
}

/// A key that starts like the previous one.
#[tokio::test]
async fn a_longer_key_that_was_replaced() {
    let server =
        Server::json(401, json!({"error_code": "UNAUTHORIZED", "message": "marked-key-of-before"})).await;
    let keys = std::sync::Mutex::new(vec!["marked-key", "marked-key-of-before"]);
    let provider = move || {
        let key = keys.lock().unwrap().pop().unwrap();
        async move { Credentials::new(ID, key) }
    };
    let client = server.builder().credentials_provider(provider).build().unwrap();
    let error = client.room(ROOM).get().await.unwrap_err();
    assert!(error.to_string().contains("[redacted] ("), "{error}");
}

#[test]
fn bad_settings() {
    for key in ["marked key", "marked-kéy", "marked-key\n"] {
        let error = Client::new("id", key).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(!printed(&error).contains("marked"));
    }
    for url in [
        "https://user:marked@host/",
        "https://host/?key=marked",
        "nonsense:marked@host",
        "https://host/?key=a@marked",
        "https://user:marked?x@host/",
        "https://user:marked#x@host/",
        "https:user:marked@host//path",
        "user:marked@host//path",
        "https:\\\\user:marked@host//path",
        "https://host/#marked",
    ] {
        let error = Client::builder().credentials("id", "key").base_url(url).build().unwrap_err();
        assert!(!printed(&error).contains("marked"), "{error}");
    }
}
