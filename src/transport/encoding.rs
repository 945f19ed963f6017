//! Content encodings.

use reqwest::header::{CONTENT_ENCODING, HeaderMap};

/// The registered encodings that compress.
const COMPRESSIONS: [&str; 9] =
    ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"];

/// The compression that `Content-Encoding` names. Stores keep the value that a file was uploaded with,
/// such as `utf-8` or `aws-chunked`, which changes no bytes.
pub(super) fn compression(headers: &HeaderMap) -> Option<&'static str> {
    let encodings = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    encodings.into_iter().find_map(|encoding| {
        let is_it = |known: &&&str| encoding.trim_ascii().eq_ignore_ascii_case(known.as_bytes());
        COMPRESSIONS.iter().find(is_it).copied()
    })
}
