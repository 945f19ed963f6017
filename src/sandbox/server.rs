//! The loopback port.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinSet};

use super::{auth::Auth, check::Checks, service, store::Store};

/// What all connections share.
pub(super) struct Shared {
    pub checks: &'static Checks,
    pub auth: Auth,
    store: Mutex<Store>,
}

impl Shared {
    pub fn new(checks: &'static Checks, auth: Auth, address: SocketAddr) -> Self {
        Self { checks, auth, store: Mutex::new(Store::new(address)) }
    }

    /// The state, for one step.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves until it is aborted, and every connection with it. Whatever comes in on one connection
/// ends that one at most.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, for example: some come back when connections end.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        _ = stream.set_nodelay(true);
        let shared = shared.clone();
        connections.spawn(async move {
            let answer = service_fn(move |request| service::answer(shared.clone(), request));
            _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}
