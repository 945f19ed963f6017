//! The same call, `createToken` with two data keys, by this crate and by its peers.

use std::sync::Arc;

use peers::{Failure, Peer};
use tokio::task::JoinSet;

pub mod allocations;
pub mod peers;
pub mod server;

/// Makes so many calls, by as many tasks as are to be in flight.
pub async fn calls<P: Peer>(peer: &Arc<P>, count: usize, in_flight: usize) -> Result<(), Failure> {
    let mut tasks = JoinSet::new();
    for _ in 0..in_flight {
        let peer = peer.clone();
        tasks.spawn(async move {
            for _ in 0..count / in_flight {
                if peer.create_token().await? != server::TOKEN_LENGTH {
                    return Err("another token than the server's".into());
                }
            }
            Ok::<_, Failure>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}
