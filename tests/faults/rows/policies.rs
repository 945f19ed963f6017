//! Other settings than the defaults.

use std::time::Duration;

use enablex::RetryPolicy;

use crate::{
    does::{Does, done, say},
    row::{Call, Row, row},
};

pub fn rows() -> Vec<Row> {
    let failing = |fault: &str, attempts, seconds, seen: &str| {
        row(fault, say(500, ""), "api, HTTP 500", attempts, seconds, seen).retryable(true)
    };
    let silent = |fault: &str, attempts, seconds, seen: &str| {
        row(fault, Does::Silent(Vec::new()), "timeout", attempts, seconds, seen).retryable(true)
    };
    vec![
        failing("500, `RetryPolicy::none()`", 1, 0., "1 request")
            .client(|builder| builder.retry(RetryPolicy::none())),
        silent("silence, `RetryPolicy::none()`", 1, 10., "1 request")
            .client(|builder| builder.retry(RetryPolicy::none())),
        row(
            "429, then an answer, `RetryPolicy::none()`",
            [say(429, ""), done()],
            "api, HTTP 429",
            1,
            0.,
            "1 request",
        )
        .client(|builder| builder.retry(RetryPolicy::none()))
        .call(Call::CreateRoom)
        .retryable(true),
        failing("500, at most 2 attempts", 2, 0.25, "2 requests")
            .client(|builder| builder.retry(RetryPolicy::standard().max_attempts(2))),
        // 0.25 + 0.5 + 1 + 2
        failing("500, at most 5 attempts", 5, 3.75, "5 requests")
            .client(|builder| builder.retry(RetryPolicy::standard().max_attempts(5))),
        // 0.25 + 0.5 + 1 + 2 + 4 + 4 + 4
        failing("500, at most 8 attempts", 8, 15.75, "8 requests")
            .client(|builder| builder.retry(RetryPolicy::standard().max_attempts(8))),
        // 1 ns doubled to 2^31 ns, then 4 s three times
        failing("500, at most 36 attempts, backoffs from 2 ns", 36, 16.294_967_295, "36 requests").client(
            |builder| {
                let policy = RetryPolicy::standard().max_attempts(36);
                builder.retry(policy.initial_backoff(Duration::from_nanos(2)))
            },
        ),
        // 0.5 + 1 + 1.5 + 1.5
        failing("500, at most 5 attempts, backoffs of 1 s to 3 s", 5, 4.5, "5 requests").client(|builder| {
            let policy = RetryPolicy::standard().max_attempts(5).initial_backoff(Duration::from_secs(1));
            builder.retry(policy.max_backoff(Duration::from_secs(3)))
        }),
        failing("500, none of every backoff", 3, 0., "3 requests").client(|builder| builder.jitter(|| 0.)),
        failing("500, three quarters of every backoff", 3, 1.125, "3 requests")
            .client(|builder| builder.jitter(|| 0.75)),
        // 6 + 0.25 + 6 + 0.5 + 6
        silent("silence, attempts of 6 s", 3, 18.75, "3 requests")
            .client(|builder| builder.attempt_timeout(Duration::from_secs(6))),
        silent("silence, a call of 8 s with attempts of 8 s", 1, 8., "1 request").client(|builder| {
            builder.timeout(Duration::from_secs(8)).attempt_timeout(Duration::from_secs(8))
        }),
        silent("silence, a call of 10.25 s: the wait would reach the deadline", 1, 10., "1 request")
            .client(|builder| builder.timeout(Duration::from_millis(10_250))),
        // 10 + 0.25 + 5
        silent("silence, a call of 15.25 s", 2, 15.25, "2 requests")
            .client(|builder| builder.timeout(Duration::from_millis(15_250))),
        // 10 + 0.25 + 10
        silent("silence, a call of 20.5 s", 2, 20.25, "2 requests")
            .client(|builder| builder.timeout(Duration::from_millis(20_500))),
        row(
            "silence, a call of 8 s with attempts of 8 s",
            Does::Silent(Vec::new()),
            "timeout",
            1,
            8.,
            "1 request",
        )
        .client(|builder| builder.timeout(Duration::from_secs(8)).attempt_timeout(Duration::from_secs(8)))
        .call(Call::CreateRoom),
    ]
}
