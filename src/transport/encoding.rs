//! What an answer or a file comes in.

use reqwest::header::{CONTENT_ENCODING, HeaderMap};

/// Encodings that make other bytes, as they are registered.
const COMPRESSIONS: [&str; 9] =
    ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"];

/// What it says that it is compressed with. Stores keep whatever value a file was uploaded with, as
/// `utf-8` or `aws-chunked`: the bytes are those of the file all the same.
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
