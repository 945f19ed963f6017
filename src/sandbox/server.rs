//! The loopback port.

use std::{sync::Arc, time::Duration};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinSet};

use super::{service, shared::Shared};

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
