//! Records what a `tracing` subscriber receives, of every crate and at every level.

use std::{
    io,
    sync::{Arc, Mutex, Once},
};

use tracing_subscriber::{
    fmt::{MakeWriter, format::FmtSpan},
    layer::SubscriberExt,
};

/// Records the events of this thread since its creation.
pub struct Recorded {
    written: Written,
    _guard: tracing::subscriber::DefaultGuard,
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Recorded {
    pub fn begin() -> Self {
        // A span that another thread registers without a subscriber, while one is being installed, is
        // disabled for all threads. So there is always a global subscriber.
        static LISTENS: Once = Once::new();
        LISTENS.call_once(|| {
            let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry());
        });
        let written = Written::default();
        let text = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(written.clone());
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(text));
        tracing::callsite::rebuild_interest_cache();
        Self { written, _guard: guard }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.written.0.lock().unwrap().clone()).unwrap()
    }
}

impl MakeWriter<'_> for Written {
    type Writer = Self;
    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl io::Write for Written {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(text)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
