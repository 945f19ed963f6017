//! A file that is being fetched: what was written, and how the next attempt goes on.

use std::io;

use reqwest::{
    StatusCode,
    header::{CONTENT_LENGTH, CONTENT_RANGE, HeaderMap, HeaderValue, IF_RANGE, RANGE},
};
use tokio::{
    fs::File,
    io::{AsyncSeekExt, AsyncWrite, AsyncWriteExt},
};

use super::{
    super::encoding::compression,
    FetchFailure,
    version::{Version, content_range},
};

const NOT_AS_LONG: &str = "the file is not as long as was said";

/// How much of a file has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes that have been written.
    pub received: u64,
    /// Bytes of the whole file, where the server says so.
    pub total: Option<u64>,
}

/// Where a file is written.
pub(crate) enum Sink<'a> {
    /// Can be truncated.
    File(&'a mut File),
    Writer(&'a mut (dyn AsyncWrite + Send + Unpin)),
}

impl Sink<'_> {
    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::File(file) => file.write_all(bytes).await,
            Self::Writer(writer) => writer.write_all(bytes).await,
        }
    }

    async fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush().await,
            Self::Writer(writer) => writer.flush().await,
        }
    }

    /// Takes back what was written; `false` where that cannot be.
    async fn rewind(&mut self) -> io::Result<bool> {
        let Self::File(file) = self else { return Ok(false) };
        file.flush().await?;
        file.set_len(0).await?;
        file.rewind().await?;
        Ok(true)
    }
}

/// A file, as far as it was written, and its target.
pub(crate) struct Download<'s, 'p> {
    sink: Sink<'s>,
    on_progress: Box<dyn FnMut(Progress) + Send + 'p>,
    written: Hashed,
    /// The most bytes that any attempt has written.
    furthest: u64,
    version: Version,
    /// What is received again of what was written already, and its version.
    again: Option<(Hashed, Version)>,
    /// The server does not serve ranges, or a file that was sent again from the beginning broke off
    /// before it was known to be the same.
    no_ranges: bool,
}

/// The length of some bytes, and their hash (FNV-1a).
#[derive(Clone, Copy, PartialEq)]
struct Hashed {
    length: u64,
    hash: u64,
}

impl Hashed {
    const NOTHING: Self = Self { length: 0, hash: 0xcbf2_9ce4_8422_2325 };

    fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        self.hash = bytes.iter().fold(self.hash, step);
    }
}

impl<'s, 'p> Download<'s, 'p> {
    pub fn new(sink: Sink<'s>, on_progress: Box<dyn FnMut(Progress) + Send + 'p>) -> Self {
        let version = Version::default();
        let (written, again) = (Hashed::NOTHING, None);
        Self { sink, on_progress, written, furthest: 0, version, again, no_ranges: false }
    }

    /// Parts are joined only if something identifies the version of the file.
    fn is_resumed(&self) -> bool {
        self.written.length > 0 && !self.no_ranges && self.version.is_known()
    }

    /// Requests the rest alone if some of it was written.
    pub fn set_range(&self, headers: &mut HeaderMap) -> Result<(), FetchFailure> {
        if self.is_resumed() {
            let range = format!("bytes={}-", self.written.length);
            headers.insert(
                RANGE,
                HeaderValue::try_from(range).map_err(|_| FetchFailure::Unexpected("no range".into()))?,
            );
            headers.extend(self.version.strong().map(|validator| (IF_RANGE, validator.clone())));
        }
        Ok(())
    }

    /// Checks the head of a response. `false`: the file is complete.
    pub async fn begin(&mut self, status: StatusCode, headers: &HeaderMap) -> Result<bool, FetchFailure> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let range = text(&CONTENT_RANGE).and_then(content_range);
        self.again = None;
        if let Some(encoding) = compression(headers).filter(|_| status.is_success()) {
            let odd = format!("the file comes compressed with {encoding}, which was not asked for");
            return Err(FetchFailure::Unexpected(odd.into()));
        }
        match status {
            StatusCode::PARTIAL_CONTENT if self.is_resumed() => {
                let (first, total) = range.unwrap_or_default();
                let version = Version::of(headers, total);
                if first != Some(self.written.length) || !self.version.takes(&version) {
                    self.no_ranges = true;
                    return Err(FetchFailure::Unexpected(
                        "the server sent another part than it was asked for".into(),
                    ));
                }
                // Without the length the end is unknown.
                self.version.total = self.version.total.or(total);
                self.version.total.map(|_| true).ok_or_else(|| {
                    self.no_ranges = true;
                    FetchFailure::Unexpected("the server does not say how long the file is".into())
                })
            }
            StatusCode::RANGE_NOT_SATISFIABLE if self.is_resumed() => {
                if range == Some((None, Some(self.written.length))) {
                    return Ok(false);
                }
                self.no_ranges = true;
                Err(FetchFailure::Unexpected(
                    "the server does not have the part that it was asked for".into(),
                ))
            }
            StatusCode::OK => {
                let total = text(&CONTENT_LENGTH).and_then(|length| length.parse().ok());
                self.begin_whole(Version::of(headers, total)).await.map(|()| true)
            }
            _ if status.is_success() => Err(FetchFailure::Unexpected("the answer is not the file".into())),
            _ => Err(FetchFailure::Refused),
        }
    }

    /// The whole file is sent, for the first time or again.
    async fn begin_whole(&mut self, version: Version) -> Result<(), FetchFailure> {
        if self.written.length > 0 && !self.sink.rewind().await.map_err(FetchFailure::Target)? {
            if !self.version.may_be(&version) {
                return Err(FetchFailure::Changed);
            }
            self.no_ranges |= self.version.validator.is_none();
            self.again = Some((Hashed::NOTHING, version));
            return Ok(());
        }
        let is_same = self.version.validator.is_some() && self.version.validator == version.validator;
        let total = version.total.or(self.version.total.filter(|_| is_same));
        self.version = Version { total, ..version };
        self.written = Hashed::NOTHING;
        Ok(())
    }

    /// Writes a chunk. `true`: no attempt got this far before.
    pub async fn add(&mut self, mut bytes: &[u8]) -> Result<bool, FetchFailure> {
        if let Some((again, version)) = &mut self.again {
            let missing = usize::try_from(self.written.length - again.length).unwrap_or(usize::MAX);
            let (before, new) = bytes.split_at(bytes.len().min(missing));
            again.add(before);
            if again.length < self.written.length {
                return Ok(false);
            }
            if *again != self.written {
                return Err(FetchFailure::Changed);
            }
            let total = version.total.or(self.version.total);
            let validator = version.validator.take().or(self.version.validator.take());
            self.version = Version { validator, total };
            self.again = None;
            bytes = new;
        }
        if bytes.is_empty() {
            return Ok(false);
        }
        let length = self.written.length + bytes.len() as u64;
        if self.version.total.is_some_and(|total| length > total) {
            return Err(FetchFailure::Unexpected(NOT_AS_LONG.into()));
        }
        self.sink.write(bytes).await.map_err(FetchFailure::Target)?;
        self.written.add(bytes);
        (self.on_progress)(Progress { received: length, total: self.version.total });
        let is_new = length > self.furthest;
        self.furthest = self.furthest.max(length);
        Ok(is_new)
    }

    /// The response has ended. Returns the length of the file.
    pub async fn end(&mut self) -> Result<u64, FetchFailure> {
        if self.again.is_some() {
            return Err(FetchFailure::Changed);
        }
        if self.version.total.is_some_and(|total| total != self.written.length) {
            return Err(FetchFailure::Unexpected(NOT_AS_LONG.into()));
        }
        self.sink.flush().await.map_err(FetchFailure::Target)?;
        Ok(self.written.length)
    }
}
