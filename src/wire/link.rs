//! An address in an answer.

use std::fmt;

use serde_json::Value;

use super::Scalar;
use crate::client::printable_url;

/// An address in an answer, as it came. `Debug` leaves out its query and any credentials: either may be
/// all that it takes to fetch what lies there.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Link(String);

impl Link {
    /// The whole of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&printable_url(&self.0), f)
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for Link {
    fn read(value: &Value) -> Option<Self> {
        String::read(value).map(Self)
    }
    fn write(&self) -> Value {
        self.0.clone().into()
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        String::schema()
    }
}
