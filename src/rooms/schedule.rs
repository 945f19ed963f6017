//! The schedule of a room.

use std::time::{Duration, SystemTime};

use crate::Room;

/// How long before its start a scheduled room opens. Its tokens can be created from then on.
const OPENS_BEFORE: Duration = Duration::from_secs(15 * 60);

/// When a scheduled room starts and ends, as far as that is known. With it
/// [`Error::advice_for`](crate::Error::advice_for) distinguishes "too early" from "over".
///
/// It is made from a [`Room`], or from a start and a duration; also from an `Option` of these, which is
/// `None` for a room that is not scheduled:
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use enablex::Schedule;
///
/// let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_052_200);
/// let schedule = Schedule::from((start, Duration::from_secs(45 * 60)));
/// assert_eq!(schedule.opens_at(), Some(start - Duration::from_secs(15 * 60)));
/// assert_eq!(schedule.ends_at(), Some(start + Duration::from_secs(45 * 60)));
/// assert_eq!(Schedule::from(None::<(SystemTime, Duration)>), Schedule::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    start: Option<SystemTime>,
    end: Option<SystemTime>,
}

impl Schedule {
    /// When the room opens and its tokens can be created: 15 minutes before its start. `None` for a room that
    /// is not scheduled.
    pub fn opens_at(self) -> Option<SystemTime> {
        self.start?.checked_sub(OPENS_BEFORE)
    }

    /// When the room starts.
    pub fn starts_at(self) -> Option<SystemTime> {
        self.start
    }

    /// When the room closes: when its duration is over.
    pub fn ends_at(self) -> Option<SystemTime> {
        self.end
    }
}

/// The start and the end, as [`Room::schedule`] gives them.
impl From<(SystemTime, Option<SystemTime>)> for Schedule {
    fn from((start, end): (SystemTime, Option<SystemTime>)) -> Self {
        Self { start: Some(start), end }
    }
}

/// `None` for a room that is not scheduled.
impl<S: Into<Self>> From<Option<S>> for Schedule {
    fn from(schedule: Option<S>) -> Self {
        schedule.map(Into::into).unwrap_or_default()
    }
}

/// The start and the duration.
impl From<(SystemTime, Duration)> for Schedule {
    fn from((start, duration): (SystemTime, Duration)) -> Self {
        Self { start: Some(start), end: start.checked_add(duration) }
    }
}

/// The schedule of a room; an empty one for a room that is not scheduled.
impl From<&Room> for Schedule {
    fn from(room: &Room) -> Self {
        room.schedule().into()
    }
}
