//! Accessors of a CDR row.

use std::time::{Duration, SystemTime};

use super::ConfNum;
use crate::{
    Cdr, Role, RoomId,
    accessors::{copied, text, value},
};

impl Cdr {
    /// The id of the row.
    pub fn id(&self) -> Option<&str> {
        text(&self.cdr_id)
    }

    /// The time of the row. EnableX does not say which moment it marks.
    pub fn trans_date(&self) -> Option<SystemTime> {
        copied(&self.trans_date)
    }

    /// The conference number of the session.
    pub fn conf_num(&self) -> Option<&ConfNum> {
        value(&self.conf_num)
    }

    /// The id of the room.
    pub fn room_id(&self) -> Option<&RoomId> {
        value(&self.room.as_ref()?.room_id)
    }

    /// When the user joined.
    pub fn connected_at(&self) -> Option<SystemTime> {
        copied(&self.room.as_ref()?.connect_dt)
    }

    /// When the user left.
    pub fn disconnected_at(&self) -> Option<SystemTime> {
        copied(&self.room.as_ref()?.disconnect_dt)
    }

    /// How long the user was in the room. The field [`CdrRoom::duration`](crate::CdrRoom::duration) holds the
    /// number of seconds as the service sent it.
    pub fn duration(&self) -> Option<Duration> {
        let seconds = copied(&self.room.as_ref()?.duration)?;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// The name of the user.
    pub fn user_name(&self) -> Option<&str> {
        text(&self.user.as_ref()?.name)
    }

    /// Your own reference for the user, from the [`TokenRequest`](crate::TokenRequest).
    pub fn user_ref(&self) -> Option<&str> {
        text(&self.user.as_ref()?.ref_)
    }

    /// The role of the user.
    pub fn role(&self) -> Option<&Role> {
        self.user.as_ref()?.role.as_ref()
    }

    /// How many minutes of media the user received.
    pub fn subscribed_minutes(&self) -> Option<f64> {
        copied(&self.usage.as_ref()?.subscribed_minutes)
    }

    /// How many minutes of media the user sent.
    pub fn published_minutes(&self) -> Option<f64> {
        copied(&self.usage.as_ref()?.published_minutes)
    }
}
