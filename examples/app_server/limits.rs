//! How often a caller may ask.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::HashMapStateStore,
};

use crate::{app::App, failure::Failure};

/// How many callers are remembered before those are forgotten that have not asked for a while.
const MANY: usize = 10_000;

/// A number of requests a minute for each address. Behind a proxy all callers have its address: limit them there.
pub struct Limits(Option<RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>>);

impl Limits {
    /// `None` for any number.
    pub fn new(per_minute: Option<NonZeroU32>) -> Self {
        Self(per_minute.map(|number| RateLimiter::hashmap(Quota::per_minute(number))))
    }

    /// How long the caller has to wait.
    fn wait(&self, caller: IpAddr) -> Option<Duration> {
        let limiter = self.0.as_ref()?;
        // Now and then, since it looks at all of them.
        if limiter.len() > MANY && fastrand::u8(..) == 0 {
            limiter.retain_recent();
        }
        let refused = limiter.check_key(&network(caller)).err()?;
        Some(refused.wait_time_from(DefaultClock::default().now()))
    }
}

/// A caller has as many IPv6 addresses as it likes, in one network.
fn network(caller: IpAddr) -> IpAddr {
    match caller.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

pub async fn check(
    State(app): State<Arc<App>>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    match app.limits.wait(caller.ip()) {
        Some(wait) => {
            let text = "You ask too often. Try again in a moment.";
            let failure = Failure::new(StatusCode::TOO_MANY_REQUESTS, "too_many", text);
            failure.retry_after(wait).into_response()
        }
        None => next.run(request).await,
    }
}
