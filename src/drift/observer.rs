//! The observer of a client, to which each difference is reported once.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    Drift, DriftKind, Inspection,
    reported::{Novelty, Reported},
};
use crate::transport::Scrub;

pub(crate) struct Observer {
    callback: Box<dyn Fn(&Drift) + Send + Sync>,
    reported: Reported,
}

impl Observer {
    pub fn new(callback: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        Self { callback: Box::new(callback), reported: Reported::default() }
    }

    /// Inspects a response of an operation, or a part of one, and reports the differences that are new.
    pub fn inspect(&self, operation: &'static str, scrub: &Scrub, run: impl FnOnce(&mut Inspection<'_>)) {
        if self.reported.is_full() {
            return;
        }
        let mut inspection = Inspection::new(operation, scrub, &self.reported);
        run(&mut inspection);
        for (hash, drift) in inspection.into_found() {
            let drift = match self.reported.add(hash, &drift) {
                Novelty::New => drift,
                Novelty::Known => continue,
                Novelty::TooMany => too_many(drift),
            };
            // A panic of the observer must not lose the response, which may be a room that was created. The
            // panic hook has reported it already.
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| (self.callback)(&drift))) {
                // Dropping the payload may panic again.
                std::mem::forget(payload);
            }
        }
    }
}

/// Reported in place of a difference that is one too many.
fn too_many(drift: Drift) -> Drift {
    let (at, schema, documented, seen, code) = Default::default();
    Drift { at, schema, kind: DriftKind::TooMany, documented, seen, code, ..drift }
}
