//! Which events were taken: in memory, or in Redis, which several servers share.

use std::time::Duration;

use enablex::webhooks::{Seen, SeenInMemory};
use redis::{
    AsyncCommands, ExistenceCheck, RedisError, SetExpiry, SetOptions,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use tokio::time::timeout;

/// How long an event is remembered. EnableX documents no redelivery; a day is more than other services take.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub enum SeenEvents {
    InMemory(SeenInMemory),
    InRedis(SeenInRedis),
}

impl SeenEvents {
    /// In memory without the URL of a Redis.
    pub async fn new(redis: Option<&str>) -> Result<Self, RedisError> {
        Ok(match redis {
            Some(url) => Self::InRedis(SeenInRedis::connect(url).await?),
            None => Self::InMemory(SeenInMemory::new(100_000, DAY)),
        })
    }

    /// Whether the event is to be taken. Where Redis does not say so within a second, it is: to take an event twice is
    /// better than to lose it.
    pub async fn is_new(&self, key: &str) -> bool {
        match self {
            Self::InMemory(seen) => seen.is_new(key).await.unwrap_or_else(|never| match never {}),
            Self::InRedis(seen) => match timeout(Duration::from_secs(1), seen.is_new(key)).await {
                Ok(Ok(is_new)) => is_new,
                Ok(Err(error)) => {
                    tracing::error!(%error, "Redis failed");
                    true
                }
                Err(_) => {
                    tracing::error!("Redis did not respond within a second");
                    true
                }
            },
        }
    }
}

/// One key in Redis for each event. It connects again after a broken connection.
pub struct SeenInRedis(ConnectionManager);

impl SeenInRedis {
    pub async fn connect(url: &str) -> Result<Self, RedisError> {
        let config = ConnectionManagerConfig::new().set_number_of_retries(2);
        Ok(Self(redis::Client::open(url)?.get_connection_manager_with_config(config).await?))
    }
}

impl Seen for SeenInRedis {
    type Error = RedisError;

    /// `SET key 1 NX EX seconds`: of several servers that ask at once, one gets `true`.
    async fn is_new(&self, key: &str) -> Result<bool, RedisError> {
        let once = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::EX(DAY.as_secs()));
        let set: Option<String> = self.0.clone().set_options(name(key), 1, once).await?;
        Ok(set.is_some())
    }

    async fn forget(&self, key: &str) -> Result<(), RedisError> {
        self.0.clone().del(name(key)).await
    }
}

fn name(key: &str) -> String {
    format!("enablex:webhook:{key}")
}
