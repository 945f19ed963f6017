//! Codes of the service: `result` and `error_code`.

use enablex::ErrorCode;

use crate::{
    does::{TOKEN, result, say, word},
    row::{Call, Case, Row, codes, each, row},
};

/// The published results of rooms, tokens and reports for which a retry does not help.
const OF_ROOMS: &[i64] = &[
    10000, 10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10010, 10011, 10012, 10013, 10014,
    10015, 10016, 10017, 10018, 10019, 10020, 10021, 10022, 10023, 10024, 10025, 10026, 10030, 10106, 40001,
];
const OF_TOKENS: &[i64] = &[10101, 10102, 10103, 10104, 10111, 10112, 10113, 10114, 40002];
const OF_REPORTS: &[i64] = &[10201, 10202, 10203, 10204, 10205];
/// Failures of the service, after which it is unknown whether the call took effect. 50001 is about the
/// creation of a room.
const FAULTS: &[i64] = &[50000, 50001, 50002, 50003, 50004, 50005];
const BUSY: i64 = 10105;
/// A published code takes precedence over the status.
const ANY: &[u16] = &[200, 401, 404, 429, 503];

pub fn rows() -> Vec<Row> {
    every_published_result_is_here();
    let own = "api, its status, its code";
    let quoted = |status, code: i64| result(status, format!("\"{code}\""));
    let words = |words: [&'static str; 4]| codes(ANY, words, word);
    let unknown = |call, status: u16, attempts, seconds, seen| {
        let fault = format!("{status} with a `result` or an `error_code` that is not published");
        let mut cases = codes(&[status], [10199, 1, -1], result);
        cases.extend(codes(&[status], ["NEW"], word));
        row(fault, cases, own, attempts, seconds, seen).call(call)
    };
    vec![
        row(
            "any status with `result` 10000–10104, 10106–10205, 40001 or 40002",
            codes(ANY, [OF_ROOMS, OF_TOKENS, OF_REPORTS].concat(), result),
            own,
            1,
            0.,
            "1 request",
        ),
        row(
            "any status with `result` \"10002\", \"10114\" or \"40001\"",
            codes(ANY, [10002, 10114, 40001], quoted),
            own,
            1,
            0.,
            "1 request",
        ),
        row("any status with `result` 10105", codes(ANY, [BUSY], result), own, 3, 0.75, "3 requests"),
        row("any status with `result` \"10105\"", codes(ANY, [BUSY], quoted), own, 3, 0.75, "3 requests"),
        row("any status with `result` 10105", codes(ANY, [BUSY], result), own, 3, 0.75, "3 requests")
            .call(Call::CreateRoom),
        row(
            "any status with `result` 50000–50005",
            codes(ANY, FAULTS.iter().copied(), result),
            own,
            3,
            0.75,
            "3 requests",
        ),
        row(
            "any status with `result` 50000–50005",
            codes(ANY, FAULTS.iter().copied(), result),
            own,
            3,
            0.75,
            "3 requests",
        )
        .call(Call::DeleteRoom),
        row(
            "any status with `result` 50000–50005",
            codes(ANY, FAULTS.iter().copied(), result),
            own,
            1,
            0.,
            "1 request",
        )
        .call(Call::CreateRoom),
        row(
            "any status with `error_code` RATE_LIMITED",
            codes(ANY, ["RATE_LIMITED"], word),
            own,
            3,
            0.75,
            "3 requests",
        ),
        row(
            "any status with `error_code` RATE_LIMITED",
            codes(ANY, ["RATE_LIMITED"], word),
            own,
            3,
            0.75,
            "3 requests",
        )
        .call(Call::CreateRoom),
        row(
            "any status with `error_code` UNAUTHORIZED, CREDENTIAL_EXPIRED, PROJECT_SUSPENDED or INVALID_PARAM",
            words(["UNAUTHORIZED", "CREDENTIAL_EXPIRED", "PROJECT_SUSPENDED", "INVALID_PARAM"]),
            own,
            1,
            0.,
            "1 request",
        ),
        unknown(Call::CreateToken, 200, 1, 0., "1 request"),
        unknown(Call::CreateToken, 404, 1, 0., "1 request"),
        unknown(Call::CreateToken, 429, 3, 0.75, "3 requests"),
        unknown(Call::CreateToken, 500, 3, 0.75, "3 requests"),
        unknown(Call::CreateRoom, 429, 3, 0.75, "3 requests"),
        unknown(Call::CreateRoom, 500, 1, 0., "1 request"),
        row(
            "`result` 1.5, true, null, missing, an object, a list, \"\", \"0x0\"",
            no_results(),
            "unexpected answer, HTTP 200",
            3,
            0.75,
            "3 requests",
        ),
        row("`result` \"0\"", say(200, body("\"0\"", "")), "a token", 1, 0., "1 request"),
        row(
            "both forms in one, with more keys: `result` 10114, `error_code` RATE_LIMITED",
            codes(&[200, 403, 429, 500], [10114], |status, code| say(status, body(code, FULL))),
            own,
            1,
            0.,
            "1 request",
        ),
        row(
            "both forms in one: `result` 10105, `error_code` INVALID_PARAM",
            codes(&[200, 400, 500], [BUSY], |status, code| say(status, body(code, INVALID))),
            own,
            3,
            0.75,
            "3 requests",
        ),
        row(
            "`result` 0 with a token, and `error_code` INVALID_PARAM",
            codes(&[200, 400, 500], ["INVALID_PARAM"], |status, _| say(status, body(0, INVALID))),
            own,
            1,
            0.,
            "1 request",
        ),
        row(
            "`result` 0 with a token, and `error_code` RATE_LIMITED",
            codes(&[200, 429], ["RATE_LIMITED"], |status, _| say(status, body(0, FULL))),
            own,
            3,
            0.75,
            "3 requests",
        ),
        row(
            "either form with more keys, of any shape",
            codes(&[200, 403], [10114], |status, code| {
                say(
                    status,
                    format!(r#"{{"a":[{{}}],"result":{code},"error":{{"b":1}},"desc":null,"status":7}}"#),
                )
            }),
            own,
            1,
            0.,
            "1 request",
        ),
    ]
}

const FULL: &str = r#","status":"error","error_code":"RATE_LIMITED","message":"m","more":{"a":[1]}"#;
const INVALID: &str = r#","status":"error","error_code":"INVALID_PARAM""#;

fn body(result: impl std::fmt::Display, more: &str) -> String {
    format!(r#"{{"result":{result},"token":"{TOKEN}"{more}}}"#)
}

fn no_results() -> Vec<Case> {
    let odd = ["1.5", "true", "null", "{}", "[0]", "\"\"", "\"0x0\""].map(|odd| say(200, body(odd, "")));
    each(odd.into_iter().chain([say(200, format!(r#"{{"token":"{TOKEN}"}}"#))]))
}

fn every_published_result_is_here() {
    let mut here = [OF_ROOMS, OF_TOKENS, OF_REPORTS, FAULTS, &[BUSY]].concat();
    here.sort_unstable();
    assert_eq!(here, ErrorCode::PUBLISHED_RESULTS);
}
