//! Without the feature `drift` no answer is looked at again.

use super::{hook::Reply, operations::Operation, outcome::Outcome};

pub(crate) struct Watch;

impl Watch {
    pub fn none() -> Self {
        Self
    }

    pub(super) fn answer(&self, _: Outcome<'_>, _: &Reply) {}

    pub(super) fn report(&self, _: &Operation, _: &str) -> ReportWatch {
        ReportWatch
    }
}

pub(super) struct ReportWatch;

impl ReportWatch {
    pub fn none() -> Self {
        Self
    }

    pub fn row(&self, _: &[u8]) {}

    pub fn envelope(&self, _: &Reply) {}

    pub fn no_json(&self, _: &Reply, _: &[u8]) {}
}
