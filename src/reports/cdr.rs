//! What a CDR row says.

use std::time::{Duration, SystemTime};

use super::ConfNum;
use crate::{
    Cdr, Role, RoomId,
    wire::{Lenient, Number, Text, Time},
};

impl Cdr {
    /// The id of the row.
    pub fn id(&self) -> Option<&str> {
        text(&self.cdr_id)
    }

    /// The time of the row; which moment it marks is not documented.
    pub fn trans_date(&self) -> Option<SystemTime> {
        time(&self.trans_date)
    }

    /// The number of the session.
    pub fn conf_num(&self) -> Option<&ConfNum> {
        self.conf_num.as_ref()?.get()
    }

    /// The room.
    pub fn room_id(&self) -> Option<&RoomId> {
        self.room.as_ref()?.room_id.as_ref()?.get()
    }

    /// When the user came in.
    pub fn connected_at(&self) -> Option<SystemTime> {
        time(&self.room.as_ref()?.connect_dt)
    }

    /// When the user left.
    pub fn disconnected_at(&self) -> Option<SystemTime> {
        time(&self.room.as_ref()?.disconnect_dt)
    }

    /// How long the user was in the room. `room.duration` has it in seconds, as it came.
    pub fn duration(&self) -> Option<Duration> {
        let seconds = number(&self.room.as_ref()?.duration)?;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// The name of the user.
    pub fn user_name(&self) -> Option<&str> {
        text(&self.user.as_ref()?.name)
    }

    /// Your own reference for the user, from the token request.
    pub fn user_ref(&self) -> Option<&str> {
        text(&self.user.as_ref()?.ref_)
    }

    /// The role that the user had.
    pub fn role(&self) -> Option<&Role> {
        self.user.as_ref()?.role.as_ref()
    }

    /// Minutes that the user received.
    pub fn subscribed_minutes(&self) -> Option<f64> {
        number(&self.usage.as_ref()?.subscribed_minutes)
    }

    /// Minutes that the user sent.
    pub fn published_minutes(&self) -> Option<f64> {
        number(&self.usage.as_ref()?.published_minutes)
    }
}

fn text(text: &Option<Text>) -> Option<&str> {
    text.as_ref()?.get().map(String::as_str)
}

fn time(time: &Option<Time>) -> Option<SystemTime> {
    time.as_ref().and_then(Lenient::get).copied()
}

fn number(number: &Option<Number>) -> Option<f64> {
    number.as_ref().and_then(Lenient::get).copied()
}
