//! Short names for long texts.

use ring::digest::{SHA256, digest};

/// 128 bits of SHA-256, in hexadecimal digits.
pub(crate) fn hex(text: &str) -> String {
    digest(&SHA256, text.as_bytes()).as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
