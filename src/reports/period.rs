//! A period of days.

use std::{convert::Infallible, ops::RangeInclusive};

use super::Date;
use crate::{Error, Violation};

/// A period from one day to another, both in UTC.
///
/// **EnableX does not say whether a period includes its last day.** For one day use
/// [`Reports::day`](crate::Reports::day), which is right either way. For several days, extend the period by
/// one day and leave out the rows of that day. (The sandbox includes the last day or not, as
/// `SandboxBuilder::last_day_counts` says.)
///
/// A function that takes a period takes `from..=to`, `(from, to)` and a single day, too; each day as a
/// [`Date`] or as text:
///
/// ```
/// use enablex::{Date, Period};
///
/// let march = Period::try_from("2026-03-01"..="2026-03-31")?;
/// assert_eq!(march, (Date::new(2026, 3, 1)?..=Date::new(2026, 3, 31)?).try_into()?);
/// assert_eq!(march, ("2026-03-01", "2026-03-31").try_into()?);
/// assert_eq!(march, ("2026-03-01", Date::new(2026, 3, 31)?).try_into()?);
/// assert_eq!(Period::try_from("2026-03-01")?.to_date(), march.from_date());
///
/// let error = Period::try_from("2026-03-31"..="2026-03-01").unwrap_err();
/// assert_eq!(error.violations()[0].field(), "from_date");
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// The first day.
    pub fn from_date(self) -> Date {
        self.from
    }

    /// The last day.
    pub fn to_date(self) -> Date {
        self.to
    }
}

/// The first and the last day. A [`Violation`] names them `from_date` and `to_date`, as EnableX does.
impl<F, T> TryFrom<(F, T)> for Period
where
    F: TryInto<Date, Error: Into<Violation>>,
    T: TryInto<Date, Error: Into<Violation>>,
{
    type Error = Error;
    fn try_from((from, to): (F, T)) -> Result<Self, Error> {
        let from = from.try_into().map_err(|broken| broken.into().of_field("from_date"));
        let to = to.try_into().map_err(|broken| broken.into().of_field("to_date"));
        match (from, to) {
            (Ok(from), Ok(to)) if from <= to => Ok(Self { from, to }),
            (Ok(from), Ok(to)) => {
                let rule = format!("must not be after `to_date`, which is {to}");
                Err(Violation::new("from_date", rule, Some(&from.to_string())).into())
            }
            (from, to) => Err(Error::invalid([from.err(), to.err()].into_iter().flatten().collect())),
        }
    }
}

impl<D> TryFrom<RangeInclusive<D>> for Period
where
    D: TryInto<Date, Error: Into<Violation>>,
{
    type Error = Error;
    fn try_from(days: RangeInclusive<D>) -> Result<Self, Error> {
        days.into_inner().try_into()
    }
}

impl TryFrom<&str> for Period {
    type Error = Error;
    /// A single day.
    fn try_from(day: &str) -> Result<Self, Error> {
        (day, day).try_into()
    }
}

impl From<Date> for Period {
    fn from(day: Date) -> Self {
        Self { from: day, to: day }
    }
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
