//! The conference number of a session.

use crate::path_segment::path_segment;

path_segment! {
    /// The conference number of a session, from `conf_num` of a report or a webhook.
    ///
    /// Opaque text, and not a number: EnableX's samples have hexadecimal digits. It becomes a segment of the
    /// request's path, so the rules of [`RoomId`](crate::RoomId) apply.
    ///
    /// ```
    /// use enablex::ConfNum;
    ///
    /// let number: ConfNum = "65e5900f1c".parse()?;
    /// assert!("a/b".parse::<ConfNum>().is_err());
    /// # Ok::<(), enablex::Error>(())
    /// ```
    pub struct ConfNum as "conf_num";
}
