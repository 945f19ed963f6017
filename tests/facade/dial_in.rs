//! Dial-in numbers and the secrets beside them.

use enablex::{ErrorCode, ErrorKind, wire::Lenient};
use serde_json::{Value, json};

use crate::{
    recorded::Recorded,
    sample,
    server::{Server, http},
};

const KEY: &str = "marked-key-of-another-app";
const PASSWORD: &str = "marked-sip/\"pass\"";

fn answer() -> Value {
    let mut answer = sample("getDialIn.response");
    answer["app_key"] = KEY.into();
    answer["sip"]["password"] = PASSWORD.into();
    answer
}

#[tokio::test]
async fn the_sample() {
    let recorded = Recorded::begin();
    let server = Server::json(200, answer()).await;
    let dial_in = server.client().dial_in().get().await.unwrap();
    assert_eq!(server.received()[0].line, "GET /video/v2/dialin/ HTTP/1.1");
    assert_eq!(dial_in.app_key.as_ref().unwrap().expose(), KEY);
    let sip = dial_in.sip.as_ref().unwrap();
    assert_eq!(sip.password.as_ref().unwrap().expose(), PASSWORD);
    assert_eq!(sip.media_servers.as_ref().unwrap()[1].to_string(), "192.0.2.3");
    assert_eq!(dial_in.settings.as_ref().unwrap().sip, Some(Lenient::Read(true)));
    let numbers = dial_in.dialin.as_ref().unwrap();
    assert_eq!(numbers[0].country.as_ref().unwrap().to_string(), "Singapore");
    assert_eq!(
        (&numbers[0].toll, &numbers[1].toll),
        (&Some(Lenient::Read(false)), &Some(Lenient::Read(true)))
    );

    let printed = format!("{dial_in:?} {dial_in:#?} {} {}", json!(dial_in), recorded.text());
    assert!(!printed.contains("marked"), "{printed}");
    let mut written = answer();
    written["app_key"] = "[redacted]".into();
    written["sip"]["password"] = "[redacted]".into();
    assert_eq!(json!(dial_in), written);
}

#[tokio::test]
async fn what_is_an_answer() {
    for body in [
        json!({"dialin": []}),
        json!({"dialin": [], "result": "0"}),
        json!({"_id": "a", "dialin": null, "error_code": ""}),
        json!({"sip": {"password": 5}}),
    ] {
        let server = Server::json(200, &body).await;
        server.client().dial_in().get().await.unwrap_or_else(|error| panic!("{body}: {error:?}"));
    }
    for body in [
        json!({}),
        json!({"more": 1}),
        json!([]),
        json!({"dialin": "none"}),
        json!({"dialin": [], "result": "none"}),
    ] {
        let server = Server::json(200, &body).await;
        let error = server.client().dial_in().get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer, "{body}");
    }
    for body in [json!({"dialin": [], "result": 50000}), json!({"dialin": [], "error_code": "INVALID_PARAM"})]
    {
        let server = Server::json(200, &body).await;
        let error = server.client().dial_in().get().await.unwrap_err();
        assert_eq!((error.kind(), error.code().is_some()), (ErrorKind::Api, true), "{body}");
    }
}

/// No error quotes the response.
#[tokio::test]
async fn secrets_stay_secret_in_errors() {
    let recorded = Recorded::begin();
    let whole = answer().to_string();
    let mut bodies: Vec<String> = (0..whole.len()).map(|end| whole[..end].to_owned()).collect();
    let texts = format!("echo: {KEY} and {PASSWORD}");
    for refusal in [
        json!({"result": 50000, "error": texts, "desc": texts}),
        json!({"error_code": "INVALID_PARAM", "message": texts}),
    ] {
        let mut body = answer();
        body.as_object_mut().unwrap().extend(refusal.as_object().unwrap().clone());
        bodies.push(body.to_string());
    }
    for body in bodies {
        for status in [200, 500] {
            let server = Server::saying(http(status, "application/json", &body)).await;
            let error = server.client().dial_in().get().await.unwrap_err();
            let chain = std::iter::successors(std::error::Error::source(&error), |error| error.source());
            let chain: Vec<_> = chain.map(|error| format!("{error} {error:?}")).collect();
            let printed = format!("{error} {error:?} {chain:?} {:?}", error.body_excerpt());
            assert!(!printed.contains("marked"), "{body}: {printed}");
        }
    }
    let mut odd = answer();
    odd["sip"] = json!([PASSWORD]);
    let dial_in = Server::json(200, odd).await.client().dial_in().get().await.unwrap();
    assert_eq!(dial_in.extra["sip"], json!([PASSWORD]));
    assert!(!format!("{dial_in:?}").contains("marked"));
    assert!(recorded.text().contains("getDialInNumbers"));
    assert!(!recorded.text().contains("marked"));
    let server = Server::json(200, json!({"error_code": "UNAUTHORIZED", "message": "no"})).await;
    let error = server.client().dial_in().get().await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::Unauthorized));
}
