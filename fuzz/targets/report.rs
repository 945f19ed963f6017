//! The splitter against serde_json.

use bytes::Bytes;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

use super::splitter::{Broken, Found, Splitter};

/// Splits a body in chunks of the size that its first byte gives. The rows do not depend on the chunks. Rows and
/// envelope are JSON if and only if the whole is, and the same JSON.
pub(crate) fn report(data: &[u8]) {
    let Some((&size, body)) = data.split_first() else { return };
    let split = split(body, body.len().max(1), false);
    for (size, whole) in
        [(usize::from(size).max(1), false), (usize::from(size).max(1), true), (body.len().max(1), true)]
    {
        assert_eq!(self::split(body, size, whole), split, "{size} {whole}");
    }

    // Part of a byte order mark is skipped as well.
    let begin = body.iter().position(|byte| !b" \t\n\r\xef\xbb\xbf".contains(byte));
    let body = &body[begin.unwrap_or(body.len())..];
    let parsed = serde_json::from_slice::<Value>(body);
    if let (Ok(Value::Object(mut object)), Ok(_)) = (parsed, serde_json::from_slice::<Once>(body)) {
        let (rows, envelope) = split.unwrap();
        let rows: Vec<Value> = rows.iter().map(|row| serde_json::from_slice(row).unwrap()).collect();
        match object.get_mut("cdr") {
            Some(Value::Array(list)) => assert_eq!(std::mem::take(list), rows),
            _ => assert!(rows.is_empty()),
        }
        assert_eq!(serde_json::from_slice::<Value>(&envelope).unwrap(), Value::Object(object));
    } else if let Ok((rows, envelope)) = split {
        let is_json = |text| serde_json::from_slice::<Value>(text).is_ok();
        let is_twice = serde_json::from_slice::<Once>(&envelope).is_err();
        let too_deep = |error: serde_json::Error| error.to_string().contains("recursion limit");
        assert!(
            is_twice
                || !is_json(&envelope)
                || !rows.iter().all(|row| is_json(row))
                || serde_json::from_slice::<Value>(body).is_err_and(too_deep)
        );
    }
}

/// A report that has its list once at most.
#[derive(Deserialize)]
struct Once {
    #[allow(dead_code, reason = "only whether it is there twice matters")]
    cdr: Option<IgnoredAny>,
}

type Split = Result<(Vec<Bytes>, Bytes), Broken>;

/// `whole`: serde_json finds rows that lie in one chunk, as a stream does.
fn split(body: &[u8], size: usize, whole: bool) -> Split {
    let mut splitter = Splitter::new("cdr", 1024 * 1024);
    let mut rows = Vec::new();
    for chunk in body.chunks(size) {
        let mut chunk = Bytes::copy_from_slice(chunk);
        loop {
            let mut row = None;
            let found = splitter.next(&mut chunk, |bytes| {
                let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
                values.next().filter(|_| whole)?.ok()?;
                row = Some(Bytes::copy_from_slice(&bytes[..values.byte_offset()]));
                Some(values.byte_offset())
            })?;
            match found {
                Some(Found::Whole(_)) => rows.extend(row),
                Some(Found::Row(row)) => rows.push(row),
                None => break,
            }
        }
    }
    Ok((rows, splitter.end()?))
}
