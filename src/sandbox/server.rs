//! The thread that serves all connections.

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
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    runtime,
    sync::{oneshot, watch},
    task::JoinSet,
};

use super::{connection::Connection, service::Service, shared::Shared};

/// Linux shows 15 characters of a thread's name.
const THREAD: &str = "enablex-sandbox";

/// A thread with a Tokio runtime of its own, so that it depends on no runtime of the caller. Dropping this
/// waits for the end of the thread.
pub(super) struct Server {
    stop: watch::Sender<bool>,
    /// Closed once the listener and all connections are closed.
    ended: watch::Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub async fn start(listener: StdTcpListener, shared: Arc<Shared>) -> io::Result<Self> {
        let (stop, stopped) = watch::channel(false);
        let (ending, ended) = watch::channel(());
        let (started, has_started) = oneshot::channel();
        let run = move || {
            // Dropped last, even on a panic.
            let _ending = ending;
            // A send fails if the future of the start was dropped; the server is then stopped.
            match set_up(listener) {
                Ok((runtime, listener)) => {
                    _ = started.send(Ok(()));
                    runtime.block_on(run(stopped, listener, shared));
                    // Does not wait for the lookup of a webhook's host, which is on another thread.
                    runtime.shutdown_background();
                }
                Err(error) => _ = started.send(Err(error)),
            }
        };
        let thread = thread::Builder::new().name(THREAD.into()).spawn(run)?;
        let server = Self { stop, ended, thread: Some(thread) };
        has_started.await.map_err(io::Error::other)??;
        Ok(server)
    }

    /// Waits until the listener and all connections are closed.
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
    // Long reports yield after each chunk; new events are polled then.
    let runtime =
        runtime::Builder::new_current_thread().enable_io().enable_time().event_interval(1).build()?;
    listener.set_nonblocking(true)?;
    let listener = {
        let _guard = runtime.enter();
        TcpListener::from_std(listener)?
    };
    Ok((runtime, listener))
}

async fn run(mut stopped: watch::Receiver<bool>, listener: TcpListener, shared: Arc<Shared>) {
    let service = Arc::new(Service::new(shared));
    {
        let stopped = async { _ = stopped.wait_for(|stop| *stop).await };
        select(pin!(stopped), pin!(serve(listener, service.clone()))).await;
    }
    service.close().await;
}

/// Serves until it is dropped, which closes every connection. A malformed request closes its own connection
/// alone.
async fn serve(listener: TcpListener, service: Arc<Service>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // For example out of file descriptors; ending connections give some back.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        _ = stream.set_nodelay(true);
        #[cfg(feature = "signalling")]
        let authority = service.shared.authority.clone();
        let service = service.clone();
        connections.spawn(async move {
            let connection = Connection::new(stream);
            #[cfg(feature = "signalling")]
            if let Some(authority) = authority {
                if let Some(stream) = authority.accept(connection.clone()).await {
                    serve_connection(stream, connection, service).await;
                }
                return;
            }
            serve_connection(connection.clone(), connection, service).await;
        });
    }
}

/// Serves a stream of bytes over a connection.
async fn serve_connection<S>(stream: S, connection: Connection, service: Arc<Service>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let respond = service_fn(move |request| {
        let (connection, service) = (connection.clone(), service.clone());
        async move { service.respond(&connection, request).await }
    });
    // A caller may close its sending direction after the request.
    let mut http = http1::Builder::new();
    let connection = http.half_close(true).serve_connection(TokioIo::new(stream), respond);
    _ = connection.with_upgrades().await;
}
