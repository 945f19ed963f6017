//! The join token.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{Role, RoomId, wire::rfc3339_millis};

/// How long a token can be used to join, by EnableX's page "Create Token".
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// A token that lets one user join one room once, within 15 minutes; from
/// [`RoomHandle::create_token`](crate::RoomHandle::create_token).
///
/// It is a secret: anyone who holds it can join as that user. So `Debug` redacts it, it is zeroed when
/// dropped, and it has neither `Serialize` nor `Clone`. Send it to the user's browser or phone with
/// [`into_exposed`](Self::into_exposed) as JSON, or with [`into_token`](Self::into_token) as text; both
/// consume it.
///
/// ```compile_fail,E0277
/// fn json(token: enablex::JoinToken) -> String {
///     serde_json::to_string(&token).unwrap()
/// }
/// ```
pub struct JoinToken {
    token: SecretString,
    room_id: RoomId,
    role: Role,
    user_ref: String,
    issued_at: SystemTime,
}

impl JoinToken {
    pub(crate) fn new(
        token: SecretString,
        room_id: RoomId,
        role: Role,
        user_ref: String,
        issued_at: SystemTime,
    ) -> Self {
        Self { token, room_id, role, user_ref, issued_at }
    }

    /// The token with its room, role, user and expiry, which serializes to JSON for the browser or phone of
    /// its user. A web handler returns it.
    ///
    /// ```no_run
    /// # use enablex::{Client, Error, ExposedToken, Role, TokenRequest};
    /// // With axum: `Ok(Json(token.into_exposed()))`.
    /// async fn join(client: &Client) -> Result<ExposedToken, Error> {
    ///     let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
    ///     let token = client.room("5b473a40ad3c0a58a4e0e5c1").create_token(request).await?;
    ///     Ok(token.into_exposed())
    /// }
    /// ```
    pub fn into_exposed(self) -> ExposedToken {
        ExposedToken(self)
    }

    /// The token as text, to be sent to its user.
    pub fn into_token(self) -> String {
        self.token.expose_secret().to_owned()
    }

    /// The token as text, without consuming it. Prefer [`into_token`](Self::into_token): a token works once.
    pub fn expose_token(&self) -> &str {
        self.token.expose_secret()
    }

    /// The id of the room to join.
    pub fn room_id(&self) -> &RoomId {
        &self.room_id
    }

    /// The role of the user.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// The application's own reference for the user.
    pub fn user_ref(&self) -> &str {
        &self.user_ref
    }

    /// When its request was sent, by this machine's clock. The service issued the token at that time or
    /// shortly after it.
    pub fn issued_at(&self) -> SystemTime {
        self.issued_at
    }

    /// When the token expires: 15 minutes after [`issued_at`](Self::issued_at).
    pub fn expires_at(&self) -> SystemTime {
        self.issued_at + LIFETIME
    }
}

impl fmt::Debug for JoinToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinToken")
            .field("token", &"[redacted]")
            .field("room_id", &self.room_id)
            .field("role", &self.role)
            .field("user_ref", &self.user_ref)
            .field("expires_at", &rfc3339_millis(self.expires_at()))
            .finish()
    }
}

/// A [`JoinToken`] that can be serialized, to be sent to its user; from [`JoinToken::into_exposed`]. `Debug`
/// redacts the token all the same.
///
/// ```json
/// {"token": "…", "room_id": "…", "role": "participant", "user_ref": "emp-1042",
///  "issued_at": "2026-03-09T10:30:00.000Z", "expires_at": "2026-03-09T10:45:00.000Z"}
/// ```
#[derive(Debug)]
#[must_use]
pub struct ExposedToken(JoinToken);

impl Serialize for ExposedToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(join) = self;
        let mut token = serializer.serialize_struct("ExposedToken", 6)?;
        token.serialize_field("token", join.expose_token())?;
        token.serialize_field("room_id", &join.room_id)?;
        token.serialize_field("role", &join.role)?;
        token.serialize_field("user_ref", &join.user_ref)?;
        token.serialize_field("issued_at", &rfc3339_millis(join.issued_at))?;
        token.serialize_field("expires_at", &rfc3339_millis(join.expires_at()))?;
        token.end()
    }
}
