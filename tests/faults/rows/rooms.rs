//! Operations with their own rules for retries.

use crate::{
    does::{Does, ROOM, done, result, say, word},
    row::{Call, Row, calls, row},
};

pub fn rows() -> Vec<Row> {
    let gone = |status| result(status, 40_001);
    let made = |result: &str| format!(r#"{{{result},"room":{{"room_id":"{ROOM}"}}}}"#);
    let lost = || Does::Silent(Vec::new());
    let delete = |fault: &str, does: Vec<Does>, outcome: &str, attempts, seconds, seen: &str| {
        row(fault, calls([does]), outcome, attempts, seconds, seen).call(Call::DeleteRoom).retryable(false)
    };
    let create = |fault: &str, does: Vec<Does>, outcome: &str, attempts, seconds, seen: &str| {
        row(fault, calls([does]), outcome, attempts, seconds, seen).call(Call::CreateRoom).retryable(false)
    };
    vec![
        delete("40001", vec![gone(404)], "api, HTTP 404, 40001", 1, 0., "1 request"),
        delete("500, then 40001", vec![say(500, ""), gone(404)], "done", 2, 0.25, "2 requests"),
        delete("500, then 40001 with HTTP 200", vec![say(500, ""), gone(200)], "done", 2, 0.25, "2 requests"),
        delete("50005, then 40001", vec![result(500, 50_005), gone(404)], "done", 2, 0.25, "2 requests"),
        delete("silence, then 40001", vec![lost(), gone(404)], "done", 2, 10.25, "2 requests"),
        delete("reset, then 40001", vec![Does::Reset(Vec::new()), gone(404)], "done", 2, 0.25, "2 requests"),
        delete(
            "200 with an empty object, then 40001",
            vec![say(200, "{}"), gone(404)],
            "done",
            2,
            0.25,
            "2 requests",
        ),
        delete(
            "500, then a 404 without a code",
            vec![say(500, ""), say(404, "<html>")],
            "api, HTTP 404",
            2,
            0.25,
            "2 requests",
        ),
        delete(
            "500, then a 404 with `error_code` 0",
            vec![say(500, ""), say(404, r#"{"error_code":0}"#)],
            "api, HTTP 404",
            2,
            0.25,
            "2 requests",
        ),
        delete(
            "500, then 404 with a code that is not published",
            vec![say(500, ""), word(404, "NO_SUCH_ROOM")],
            "done",
            2,
            0.25,
            "2 requests",
        ),
        delete(
            "429, then 40001",
            vec![say(429, ""), gone(404)],
            "api, HTTP 404, 40001",
            2,
            0.25,
            "2 requests",
        ),
        delete(
            "10105, then 40001",
            vec![result(200, 10_105), gone(404)],
            "api, HTTP 404, 40001",
            2,
            0.25,
            "2 requests",
        ),
        delete(
            "RATE_LIMITED, then 40001",
            vec![word(429, "RATE_LIMITED"), gone(404)],
            "api, HTTP 404, 40001",
            2,
            0.25,
            "2 requests",
        ),
        delete(
            "500, then 429, then 40001",
            vec![say(500, ""), say(429, ""), gone(404)],
            "done",
            3,
            0.75,
            "3 requests",
        ),
        delete(
            "429, then 500, then 40001",
            vec![say(429, ""), say(500, ""), gone(404)],
            "done",
            3,
            0.75,
            "3 requests",
        ),
        delete(
            "429, then 429, then 40001",
            vec![say(429, ""), say(429, ""), gone(404)],
            "api, HTTP 404, 40001",
            3,
            0.75,
            "3 requests",
        ),
        delete(
            "500, then 10030",
            vec![say(500, ""), result(409, 10_030)],
            "api, HTTP 409, 10030",
            2,
            0.25,
            "2 requests",
        ),
        row("500, then 40001", [say(500, ""), gone(404)], "api, HTTP 404, 40001", 2, 0.25, "2 requests")
            .call(Call::GetRoom),
        row("500, then 40001", [say(500, ""), gone(404)], "api, HTTP 404, 40001", 2, 0.25, "2 requests")
            .call(Call::UpdateRoom),
        row("500, then an answer", [say(500, ""), done()], "done", 2, 0.25, "2 requests")
            .call(Call::UpdateRoom),
        row("500, then 40001", [say(500, ""), gone(404)], "api, HTTP 404, 40001", 2, 0.25, "2 requests"),
        create("429, then an answer", vec![say(429, ""), done()], "a room", 2, 0.25, "2 requests"),
        create(
            "10105 beside the room",
            vec![say(200, made(r#""result":10105"#))],
            "api, HTTP 200, 10105",
            1,
            0.,
            "1 request",
        ),
        create(
            "RATE_LIMITED beside `result` 0 and the room",
            vec![say(201, made(r#""result":0,"error_code":"RATE_LIMITED""#))],
            "api, HTTP 201, RATE_LIMITED",
            1,
            0.,
            "1 request",
        ),
        create(
            "`result` 0 and 10105 beside the room",
            vec![say(200, made(r#""result":0,"result":10105"#))],
            "api, HTTP 200, 10105",
            1,
            0.,
            "1 request",
        ),
        create(
            "RATE_LIMITED beside `result` 0",
            vec![say(200, r#"{"result":0,"error_code":"RATE_LIMITED"}"#)],
            "api, HTTP 200, RATE_LIMITED",
            1,
            0.,
            "1 request",
        ),
        create(
            "`result` 0 and 10105 without a room",
            vec![say(200, r#"{"result":0,"result":10105}"#)],
            "api, HTTP 200, 10105",
            1,
            0.,
            "1 request",
        ),
        create(
            "RATE_LIMITED beside a room of a wrong shape",
            vec![say(200, r#"{"error_code":"RATE_LIMITED","room":["r"]}"#)],
            "api, HTTP 200, RATE_LIMITED",
            1,
            0.,
            "1 request",
        ),
        create(
            "429 beside `result` 0 and the room",
            vec![say(429, made(r#""result":0"#))],
            "api, HTTP 429",
            1,
            0.,
            "1 request",
        ),
        create("429, then silence", vec![say(429, ""), lost()], "timeout", 2, 10.25, "2 requests"),
        create(
            "429, then a reset",
            vec![say(429, ""), Does::Reset(Vec::new())],
            "transport",
            2,
            0.25,
            "2 requests",
        ),
        create(
            "reset, then an answer",
            vec![Does::Reset(Vec::new()), done()],
            "transport",
            1,
            0.,
            "1 request",
        ),
        create("silence, then an answer", vec![lost(), done()], "timeout", 1, 10., "1 request"),
        create("503, then an answer", vec![say(503, ""), done()], "api, HTTP 503", 1, 0., "1 request"),
        create(
            "50001, then an answer",
            vec![result(500, 50_001), done()],
            "api, HTTP 500, 50001",
            1,
            0.,
            "1 request",
        ),
        create(
            "empty 200, then an answer",
            vec![say(200, ""), done()],
            "unexpected answer, HTTP 200",
            1,
            0.,
            "1 request",
        ),
    ]
}
