//! The version of the crate, and the next one.

use std::{error::Error, fmt, str::FromStr};

use serde::{Serialize, Serializer};

use super::Step;

/// A version of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// The version after a step, as cargo understands steps: before 1.0 the second number stands for
    /// what breaks, and the third one for all else.
    pub fn after(self, step: Step) -> Self {
        let Self { major, minor, patch } = self;
        let up = |number: u64| number.saturating_add(1);
        match (major, step) {
            (0, Step::Major) => Self { major, minor: up(minor), patch: 0 },
            (0, Step::Minor | Step::Patch) | (_, Step::Patch) => Self { major, minor, patch: up(patch) },
            (_, Step::Major) => Self { major: up(major), minor: 0, patch: 0 },
            (_, Step::Minor) => Self { major, minor: up(minor), patch: 0 },
        }
    }
}

impl FromStr for Version {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let numbers: Option<Vec<u64>> = text.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some([major, minor, patch]) => Ok(Self { major: *major, minor: *minor, patch: *patch }),
            _ => Err(BadVersion(text.to_owned())),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text that is no version of three numbers.
#[derive(Debug)]
pub struct BadVersion(String);

impl fmt::Display for BadVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no version of three numbers", self.0)
    }
}

impl Error for BadVersion {}
