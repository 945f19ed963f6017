//! An observer of responses: the feature `drift` has one.

use std::sync::Arc;

use super::{Scrub, authorized::AuthorizedClient, operations::Operation, response::RawResponse};

/// Sees responses after the call has read them.
pub(crate) trait Observe: Send + Sync {
    /// A response that was read to its end. A file is not described by the document.
    fn response(&self, operation: &'static Operation, scrub: &Scrub, response: &RawResponse);

    /// A row of the list `list` of a report.
    fn row(&self, operation: &'static Operation, scrub: &Scrub, list: &'static str, row: &[u8]);

    /// A report that is not JSON. `all` is its body where nothing of it could be split.
    fn not_json(&self, operation: &'static Operation, scrub: &Scrub, response: &RawResponse, all: &[u8]);
}

/// The observer of one report.
pub(super) struct ReportObserver {
    pub observer: Arc<dyn Observe>,
    pub operation: &'static Operation,
    pub client: Arc<AuthorizedClient>,
    pub list: &'static str,
}

impl ReportObserver {
    pub fn row(&self, row: &[u8]) {
        self.observer.row(self.operation, &self.client.scrub, self.list, row);
    }

    /// What is left of a report without its rows.
    pub fn envelope(&self, response: &RawResponse) {
        self.observer.response(self.operation, &self.client.scrub, response);
    }

    pub fn not_json(&self, response: &RawResponse, all: &[u8]) {
        self.observer.not_json(self.operation, &self.client.scrub, response, all);
    }
}
