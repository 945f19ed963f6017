//! What is handed out.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{Role, RoomId, wire::rfc3339_millis};

/// How long a token can be used to join, by EnableX's page "Create Token".
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// The right to join a room once, as one user.
///
/// A secret: whoever holds it can join as that user until it is used or 15 minutes old. It is
/// opaque, redacted in `Debug`, zeroed when dropped, and cannot be cloned, since it works once. It has no
/// `Serialize`, so it gets into no log and no response by accident: hand it to the browser or phone with
/// [`into_exposed`](Self::into_exposed) as JSON, or alone with [`into_token`](Self::into_token).
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

    /// The token with its room, role, user and expiry, as JSON for the browser or phone of its user: what a
    /// handler returns.
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

    /// Hands the token out, to be sent to its user.
    pub fn into_token(self) -> String {
        self.token.expose_secret().to_owned()
    }

    /// Shows the token and keeps it. It works once: [`into_token`](Self::into_token) says so.
    pub fn expose_token(&self) -> &str {
        self.token.expose_secret()
    }

    /// The room that it opens.
    pub fn room_id(&self) -> &RoomId {
        &self.room_id
    }

    /// The role that it gives.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// The application's reference for the user it was created for.
    pub fn user_ref(&self) -> &str {
        &self.user_ref
    }

    /// When its request was sent, by this machine's clock: the service has issued it no earlier, so
    /// what is counted from here is on the safe side.
    pub fn issued_at(&self) -> SystemTime {
        self.issued_at
    }

    /// Until when it can be used: 15 minutes from [`issued_at`](Self::issued_at).
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

/// A join token on its way to its user; from [`JoinToken::into_exposed`]. `Serialize` shows the token,
/// `Debug` does not.
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
