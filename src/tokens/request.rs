//! The request for a join token.

use super::UserData;
use crate::{Error, Role, Violation, bindings::types};

/// A request for a join token: who joins, and in which [`Role`]; for
/// [`RoomHandle::create_token`](crate::RoomHandle::create_token).
///
/// It is checked before anything is sent, by the rules of EnableX's page "Create Token": `name`, `role` and
/// `user_ref` are required, and `data` has at most five keys. Blank text counts as missing; any script is
/// allowed. [`check`](Self::check) does the same without sending.
///
/// ```
/// use enablex::{Role, TokenRequest};
///
/// let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042")
///     .data("department", "claims");
/// request.check()?;
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct TokenRequest {
    name: String,
    role: Result<Role, Violation>,
    user_ref: String,
    data: UserData,
}

impl TokenRequest {
    /// A request for a user with this name, which others in the session see. The role is a [`Role`] or its
    /// lower-case word. `user_ref` is the application's own reference for the user, which
    /// [reports](crate::Cdr::user_ref) contain, too.
    pub fn new<R>(name: impl Into<String>, role: R, user_ref: impl Into<String>) -> Self
    where
        R: TryInto<Role, Error: Into<Violation>>,
    {
        Self {
            name: name.into(),
            role: role.try_into().map_err(Into::into),
            user_ref: user_ref.into(),
            data: UserData::new(),
        }
    }

    /// Adds a key and its value to the [`UserData`], which **everyone in the session can read**.
    pub fn data(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.data = self.data.with(key, value);
        self
    }

    /// Sets the whole [`UserData`], which **everyone in the session can read**.
    pub fn user_data(mut self, data: impl Into<UserData>) -> Self {
        self.data = data.into();
        self
    }

    /// The application's own reference for the user.
    pub fn user_ref(&self) -> &str {
        &self.user_ref
    }

    /// Checks the request without sending it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every violation.
    pub fn check(&self) -> Result<(), Error> {
        Error::check(self.violations())
    }

    pub(crate) fn violations(&self) -> Vec<Violation> {
        let mut violations = Vec::new();
        violations.extend(Violation::of_blank("name", &self.name));
        match &self.role {
            Ok(role) => violations.extend(role.violation("role")),
            Err(violation) => violations.push(violation.clone()),
        }
        violations.extend(Violation::of_blank("user_ref", &self.user_ref));
        self.data.violations(&mut violations);
        violations
    }

    /// The body of a valid request.
    pub(crate) fn into_body(self) -> Result<types::CreateTokenRequest, Error> {
        let data = (!self.data.is_empty()).then_some(self.data);
        Ok(types::CreateTokenRequest {
            data,
            ..types::CreateTokenRequest::new(self.name, self.role?, self.user_ref)
        })
    }
}
