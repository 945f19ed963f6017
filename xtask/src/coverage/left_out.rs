//! What the facade leaves out on purpose.

/// Schema, field, and why.
pub const LEFT_OUT: &[(&str, &str, &str)] =
    &[("RoomUsersResponse", "total", "how many `users` there are, all of which are handed on")];
