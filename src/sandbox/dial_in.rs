//! The dial-in numbers.

use serde_json::{Value, json};

/// The response; its numbers and addresses are reserved for documentation.
pub(super) fn json(app_key: &str) -> Value {
    json!({
        "_id": "66a2000bcc",
        "app_key": app_key,
        "settings": {"sip": true},
        "sip": {
            "server_url": "sip://sip.example.com:5060",
            "username": "sandbox-sip-user",
            "password": "sandbox-sip-password",
            "sig_servers": ["192.0.2.1"],
            "media_servers": ["192.0.2.2", "192.0.2.3"],
        },
        "dialin": [
            {"country": "Singapore", "country_code": "SG", "phone": "+6500000000", "toll": false},
            {"country": "India", "country_code": "IN", "phone": "+910000000000", "toll": true},
        ],
    })
}
