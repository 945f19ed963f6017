//! The role of a user.

use crate::wire::open_enum;

open_enum! {
    /// The role of a user, which decides what the user may do in the session. It is part of the join token
    /// and cannot be changed later.
    ///
    /// Its text is in lower case, and no other spelling is accepted. A role in a response that this crate
    /// does not know is a [`Role::Other`], which is refused in a request.
    ///
    /// ```
    /// use enablex::Role;
    ///
    /// assert_eq!("moderator".parse::<Role>()?, Role::Moderator);
    /// assert!("MODERATOR".parse::<Role>().is_err());
    /// # Ok::<(), enablex::Error>(())
    /// ```
    pub enum Role as "role" {
        /// Runs the session: publishes and subscribes, starts and stops recording, mutes and removes
        /// users, ends the session. Counts towards the room's [`moderators`](crate::Settings::moderators).
        Moderator = "moderator",
        /// Publishes and subscribes; in a [lecture](crate::Mode::Lecture) only when a moderator has given the
        /// floor. Counts towards the room's [`participants`](crate::Settings::participants).
        Participant = "participant",
        /// Receives every stream and the chat, and publishes nothing. Not counted.
        Viewer = "viewer",
        /// Listens over HLS, in a room with [`audiences`](crate::Settings::audiences). Only EnableX's newer
        /// pages have this role.
        Audience = "audience",
    }
}
