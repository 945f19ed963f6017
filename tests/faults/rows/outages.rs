//! Many calls of one client.

use crate::{
    does::{Does, done, result, say},
    row::{Call, Place, Row, calls, row},
};

/// What the server does in this many calls.
fn times(calls: usize, does: &[Does]) -> Vec<Vec<Does>> {
    vec![does.to_vec(); calls]
}

/// The budget is 500. A retry costs 14, or 5 if the service is busy.
pub fn rows() -> Vec<Row> {
    let failing = |calls| times(calls, &[say(500, "")]);
    let busy = |calls| times(calls, &[say(429, "")]);
    let good = |calls| times(calls, &[done()]);
    let second = |calls, status: u16| times(calls, &[say(status, ""), done()]);
    // With a budget the call would have made more than one attempt.
    let poor = |fault: &str, does: Vec<Vec<Vec<Does>>>, outcome: &str, seconds, seen: &str| {
        row(fault, calls(does.concat()), outcome, 1, seconds, seen).retryable(true)
    };
    let rich = |fault: &str, does: Vec<Vec<Vec<Does>>>, seconds, seen: &str| {
        row(fault, calls(does.concat()), "a token", 2, seconds, seen)
    };
    vec![
        // 35 retries: 17 calls of three attempts, one of two.
        poor("500 for 1,000 calls", vec![failing(1000)], "api, HTTP 500", 13., "1035 requests"),
        // 10 are left, and every success returns 1.
        rich(
            "500 for 1,000 calls, 4 good ones, then a 500 and an answer",
            vec![failing(1000), good(4), second(1, 500)],
            13.25,
            "1041 requests",
        ),
        poor(
            "500 for 20 calls, 3 good ones, then a 500 and an answer",
            vec![failing(20), good(3), second(1, 500)],
            "api, HTTP 500",
            13.,
            "59 requests",
        ),
        // A success returns the cost of its retry.
        rich(
            "500 for 20 calls, 4 good ones, then 10 with a 500 and an answer",
            vec![failing(20), good(4), second(10, 500)],
            15.5,
            "79 requests",
        ),
        poor("connection refused for 20 calls", vec![times(20, &[])], "connect", 13., "nothing")
            .at(Place::Refused),
        // 100 retries: 50 calls of three attempts.
        poor("429 for 1,000 calls", vec![busy(1000)], "api, HTTP 429", 37.5, "1100 requests"),
        poor(
            "`result` 10105 for 60 calls",
            vec![times(60, &[result(200, 10105)])],
            "api, HTTP 200, 10105",
            37.5,
            "160 requests",
        ),
        poor(
            "429 for 60 calls, 4 good ones, then a 429 and an answer",
            vec![busy(60), good(4), second(1, 429)],
            "api, HTTP 429",
            37.5,
            "165 requests",
        ),
        rich(
            "429 for 60 calls, 5 good ones, then a 429 and an answer",
            vec![busy(60), good(5), second(1, 429)],
            37.75,
            "167 requests",
        ),
        rich("100 calls with a 500 and an answer", vec![second(100, 500)], 25., "200 requests"),
        // So does a deletion whose room is already gone.
        row(
            "100 calls with a 500 and a 40001",
            calls(times(100, &[say(500, ""), result(404, 40001)])),
            "done",
            2,
            25.,
            "200 requests",
        )
        .call(Call::DeleteRoom),
        // The budget never exceeds 500: 35 retries, as without earlier calls.
        poor(
            "20 good calls, then 500 for 20",
            vec![good(20), failing(20)],
            "api, HTTP 500",
            13.,
            "75 requests",
        ),
        // Failures that are not retried neither cost nor return anything.
        rich(
            "403 for 100 calls, then a 500 and an answer",
            vec![times(100, &[say(403, "")]), second(1, 500)],
            0.25,
            "102 requests",
        ),
        poor(
            "500 for 20 calls, 403 for 20, then a 500 and an answer",
            vec![failing(20), times(20, &[say(403, "")]), second(1, 500)],
            "api, HTTP 500",
            13.,
            "76 requests",
        ),
    ]
}
