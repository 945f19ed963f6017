//! Where a document comes from.

use std::{fs, io::Read, path::Path, time::Duration};

use reqwest::blocking::Client;

use crate::Result;

/// In bytes. The largest public documents have about 40 MiB.
const LARGEST: u64 = 128 * 1024 * 1024;

/// The text behind a path or an http(s) URL.
pub fn fetch(place: &str) -> Result<String> {
    let bytes = match place.split_once("://") {
        Some(("http" | "https", _)) => download(place)?,
        Some((scheme, _)) => return Err(format!("{place}: {scheme} is neither http nor https").into()),
        None => read(Path::new(place)).map_err(|error| format!("{place}: {error}"))?,
    };
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("{place}: byte {}: not UTF-8", error.utf8_error().valid_up_to()))?;
    Ok(text)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    capped(fs::File::open(path)?)
}

fn download(url: &str) -> Result<Vec<u8>> {
    // reqwest needs a provider, and this process is ours alone.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .timeout(Duration::from_secs(120))
        .user_agent(concat!("enablex-xtask/", env!("CARGO_PKG_VERSION")))
        .build()?;
    let response = client.get(url).header("accept", "application/json, application/yaml, */*").send();
    // Its text names the URL.
    let response = response.and_then(|response| response.error_for_status()).map_err(told)?;
    capped(response).map_err(|error| format!("{url}: {error}").into())
}

fn capped(from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("over {LARGEST} bytes").into());
    }
    Ok(bytes)
}

/// An error with its causes.
fn told(error: reqwest::Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}
