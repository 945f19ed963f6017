//! Who may become moderator: a moderator records, mutes and removes people, so the server decides, not the page.

use axum::http::{HeaderMap, StatusCode, header::AUTHORIZATION};

use crate::failure::Failure;

pub enum Moderators {
    /// On the sandbox, to try things out.
    Anybody,
    Nobody,
    /// Who sends this key as a bearer token. An application asks its own login instead.
    WithKey(String),
}

impl Moderators {
    /// As the page reads it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Anybody => "anybody",
            Self::Nobody => "nobody",
            Self::WithKey(_) => "key",
        }
    }

    pub fn check(&self, headers: &HeaderMap) -> Result<(), Failure> {
        let may = match self {
            Self::Anybody => true,
            Self::Nobody => false,
            Self::WithKey(key) => {
                let given = headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
                let given = given.and_then(|header| header.split_once(' '));
                given.is_some_and(|(scheme, given)| {
                    scheme.eq_ignore_ascii_case("bearer") && is_same(given, key)
                })
            }
        };
        if may {
            return Ok(());
        }
        Err(Failure::new(StatusCode::FORBIDDEN, "no_moderator", "You may not be moderator here."))
    }
}

/// Compares in a time that does not depend on where the texts differ.
fn is_same(given: &str, key: &str) -> bool {
    let differing = given.bytes().zip(key.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
    given.len() == key.len() && std::hint::black_box(differing) == 0
}
