//! The client in programs without async (feature `blocking`).
//!
//! A [`Blocking`] runs the futures of the client, one after the other, on a Tokio runtime of its own. There are
//! no other types: every call is the one that async programs make.
//!
//! ```
//! use enablex::{NewRoom, Role, TokenRequest, blocking::Blocking};
//! # use enablex::sandbox::Sandbox;
//!
//! fn main() -> Result<(), enablex::Error> {
//!     let blocking = Blocking::new()?; // one for the whole process
//!     # let sandbox = blocking.run(Sandbox::start())?;
//!     # let client = sandbox.client()?;
//!     # /*
//!     let client = enablex::Client::from_env()?;
//!     # */
//!     let desk = NewRoom::permanent("Claims desk", "team-7");
//!     let room = blocking.run(client.rooms().get_or_create(desk))?;
//!     let user = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
//!     let token = blocking.run(client.room(&room).create_token(user))?;
//!     println!("{}", token.into_token());
//!     for row in blocking.iter(client.cdr().day("2026-03-31").rows()) {
//!         println!("{:?}", row?.user_ref());
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Several calls at once are one future, as everywhere:
//!
//! ```no_run
//! # use enablex::{Client, Error, TokenRequest, blocking::Blocking};
//! fn invite(blocking: &Blocking, client: &Client, users: Vec<TokenRequest>) -> Result<(), Error> {
//!     blocking.run(async {
//!         let mut tokens = client.room("5b473a40ad3c0a58a4e0e5c1").create_tokens(users);
//!         while let Some((user, token)) = tokens.next().await {
//!             println!("{} {}", user.user_ref(), token?.into_token());
//!         }
//!         Ok(())
//!     })
//! }
//! ```

use std::fmt;

use futures_util::{Stream, StreamExt};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::Error;

/// A Tokio runtime with one thread, which keeps connections alive between calls. Threads may share it.
///
/// Inside of another runtime everything here is refused with [`ErrorKind::Setup`](crate::ErrorKind::Setup), since a
/// task must not block: `.await` the future instead. That includes `spawn_blocking`, where
/// [`Handle::block_on`](tokio::runtime::Handle::block_on) of that runtime runs it. It may be dropped anywhere.
pub struct Blocking {
    handle: Handle,
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
}

impl Blocking {
    /// Starts the runtime.
    ///
    /// # Errors
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) inside of another runtime, and where no thread can be
    /// started.
    pub fn new() -> Result<Self, Error> {
        refuse_inside()?;
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("enablex").enable_all().build();
        let runtime = runtime.map_err(|error| Error::setup("the runtime cannot be started", error))?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Runs a future to its end on this thread.
    ///
    /// # Errors
    /// Those of the future, and [`ErrorKind::Setup`](crate::ErrorKind::Setup) inside of another runtime, where
    /// the future does not run.
    pub fn run<T, E: From<Error>>(&self, future: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        refuse_inside()?;
        self.handle.block_on(future)
    }

    /// The items of a stream, such as [`ReportRows`](crate::ReportRows), each when it is there. Inside of
    /// another runtime the next item is an error, and the last one.
    pub fn iter<T, E: From<Error>>(
        &self,
        stream: impl Stream<Item = Result<T, E>>,
    ) -> impl Iterator<Item = Result<T, E>> {
        let mut stream = Box::pin(stream.fuse());
        let mut is_refused = false;
        std::iter::from_fn(move || {
            if is_refused {
                return None;
            }
            self.run(async { Ok(stream.next().await) }).unwrap_or_else(|refused| {
                is_refused = true;
                Some(Err(refused))
            })
        })
    }
}

fn refuse_inside() -> Result<(), Error> {
    match Handle::try_current() {
        Ok(_) => {
            Err(Error::setup_failed("nothing may block inside of an async runtime: `.await` the call there"))
        }
        Err(error) if error.is_thread_local_destroyed() => Err(Error::setup_failed("the thread is ending")),
        Err(_) => Ok(()),
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        // A plain drop waits for the thread, which panics inside of another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking").finish_non_exhaustive()
    }
}
