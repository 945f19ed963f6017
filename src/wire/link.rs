//! An address in a response.

use std::fmt;

use serde_json::Value;

use super::Scalar;
use crate::client::printable_url;

/// An address in a response, as the service sent it. `Debug` leaves out its query and any credentials, since
/// either may be enough to fetch the file.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Link(String);

impl Link {
    /// The whole address.
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
