//! The thread that serves.

use std::{
    io,
    net::TcpListener as StdTcpListener,
    pin::pin,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use futures_util::future::select;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    runtime,
    sync::{oneshot, watch},
    task::JoinSet,
};

use super::{connection::Connection, service, shared::Shared};

/// As long as Linux shows of the name of a thread.
const THREAD: &str = "enablex-sandbox";

/// A thread with a runtime of its own, so that no runtime of the callers has to turn for it, or to
/// outlive it. When this is dropped, the thread has ended.
pub(super) struct Server {
    stop: watch::Sender<bool>,
    /// Closed once the listener and all connections are.
    ended: watch::Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves on a port that is listened on already.
    pub async fn start(listener: StdTcpListener, shared: Arc<Shared>) -> io::Result<Self> {
        let (stop, stopped) = watch::channel(false);
        let (ending, ended) = watch::channel(());
        let (started, has_started) = oneshot::channel();
        let run = move || {
            // Dropped last, also in a panic.
            let _ending = ending;
            // Nobody hears it where the start is no longer waited for; the stop is set then.
            match set_up(listener) {
                Ok((runtime, listener)) => {
                    _ = started.send(Ok(()));
                    runtime.block_on(until(stopped, listener, shared));
                }
                Err(error) => _ = started.send(Err(error)),
            }
        };
        let thread = thread::Builder::new().name(THREAD.into()).spawn(run)?;
        let server = Self { stop, ended, thread: Some(thread) };
        has_started.await.map_err(io::Error::other)??;
        Ok(server)
    }

    /// Ends it, and waits until the listener and all connections are closed.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            _ = thread.join();
        }
    }
}

fn set_up(listener: StdTcpListener) -> io::Result<(runtime::Runtime, TcpListener)> {
    // Long reports give way after each piece: then it is looked whether others have come.
    let runtime =
        runtime::Builder::new_current_thread().enable_io().enable_time().event_interval(1).build()?;
    listener.set_nonblocking(true)?;
    let listener = {
        let _guard = runtime.enter();
        TcpListener::from_std(listener)?
    };
    Ok((runtime, listener))
}

async fn until(mut stopped: watch::Receiver<bool>, listener: TcpListener, shared: Arc<Shared>) {
    let stopped = async { _ = stopped.wait_for(|stop| *stop).await };
    select(pin!(stopped), pin!(serve(listener, shared))).await;
}

/// Serves until it is dropped, and every connection with it. Whatever comes in on one connection
/// ends that one at most.
async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, for example: some come back when connections end.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        _ = stream.set_nodelay(true);
        let (shared, connection) = (shared.clone(), Connection::new(stream));
        connections.spawn(async move {
            let io = TokioIo::new(connection.clone());
            let answer =
                service_fn(move |request| service::answer(shared.clone(), connection.clone(), request));
            // Whoever has sent all that there is may close that direction, and is answered.
            _ = http1::Builder::new().half_close(true).serve_connection(io, answer).await;
        });
    }
}
