//! Guards against libraries that recurse deeply or panic on unusual documents.

use std::{panic, sync::Once, thread};

use crate::Result;

const STACK: usize = 512 * 1024 * 1024;
const NAME: &str = "document";

/// Runs a function on a large stack of its own. Returns the message of a panic and does not print it.
pub fn guarded<T: Send>(what: impl FnOnce() -> Result<T, String> + Send) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(NAME) {
                hook(panic);
            }
        }));
    });
    thread::scope(|scope| {
        let builder = thread::Builder::new().name(NAME.into()).stack_size(STACK);
        let thread = builder.spawn_scoped(scope, what).map_err(|error| error.to_string())?;
        thread.join().unwrap_or_else(|words| {
            let text = words.downcast_ref::<String>().cloned();
            let text = text.or_else(|| words.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(format!("it cannot be read: {}", text.unwrap_or_default()))
        })
    })
}
