//! What a user may do in a session.

use crate::wire::open_enum;

open_enum! {
    /// What a user may do in a session. The token carries it, and it cannot be changed afterwards.
    ///
    /// Spelled in lower case on the wire, and no other spelling is taken. A role that an answer holds
    /// and this crate does not know is kept as [`Role::Other`], which is refused in a request.
    ///
    /// ```
    /// use enablex::Role;
    ///
    /// assert_eq!("moderator".parse::<Role>()?, Role::Moderator);
    /// assert!("MODERATOR".parse::<Role>().is_err());
    /// # Ok::<(), enablex::Error>(())
    /// ```
    pub enum Role as "role" {
        /// Runs the session: publishes and subscribes, starts and stops recording, mutes, drops
        /// users, ends the session. Counted against the room's `moderators`.
        Moderator = "moderator",
        /// Publishes and subscribes; in a `lecture` room only once a moderator has granted the
        /// floor. Counted against the room's `participants`.
        Participant = "participant",
        /// Sees every stream and the chat, publishes nothing. Not counted.
        Viewer = "viewer",
        /// Listens over HLS, in a room whose settings have HLS (`audiences`). Named by EnableX's
        /// newer pages only.
        Audience = "audience",
    }
}
