//! The dial-in numbers.

use serde_json::{Value, json};

use super::api::{Api, documented};

#[tokio::test]
async fn numbers_and_secrets() {
    let api = Api::start().await;
    let sample = include_str!("../samples/getDialIn.response.json");
    for key in [api.sandbox.app_key(), "another-key".to_owned()] {
        api.sandbox.set_app_key(&key).unwrap();
        let reply = api.get("/dialin/").await;
        assert_eq!(reply.status, 200);
        let answer = reply.json();
        documented("DialInResponse", &answer);
        assert_eq!(answer["app_key"], key);
        assert!(!answer["sip"]["password"].as_str().unwrap().is_empty());

        // The rest equals the sample.
        let mut expected: Value = serde_json::from_str(sample).unwrap();
        expected["app_key"] = json!(key);
        for secret in ["username", "password"] {
            expected["sip"][secret] = answer["sip"][secret].clone();
        }
        assert_eq!(answer, expected);
        assert_eq!(api.get("/dialin").await.json(), answer);
    }
}
