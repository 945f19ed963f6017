//! A file under way: what has come of it, and how it goes on.

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
    Fault,
    version::{Version, content_range},
};

const NOT_AS_LONG: &str = "the file is not as long as was said";

/// How far a file has come.
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
    /// What was written can be taken back.
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

/// What has come of a file, and where it goes.
pub(crate) struct Download<'s, 'p> {
    sink: Sink<'s>,
    on_progress: Box<dyn FnMut(Progress) + Send + 'p>,
    written: Seen,
    /// How far it has come in any attempt.
    furthest: u64,
    version: Version,
    /// What comes once more of what was written already, and of which version.
    again: Option<(Seen, Version)>,
    /// The server has answered a range with something else, or it came again from the beginning and
    /// broke off before it was known whether it is the same.
    no_ranges: bool,
}

/// Bytes that have passed, and a hash of them (FNV-1a).
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    length: u64,
    hash: u64,
}

impl Seen {
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
        let (written, again) = (Seen::NOTHING, None);
        Self { sink, on_progress, written, furthest: 0, version, again, no_ranges: false }
    }

    /// Where nothing tells one version of the file from another one, no part is put to another.
    fn is_resumed(&self) -> bool {
        self.written.length > 0 && !self.no_ranges && self.version.is_known()
    }

    /// Asks for the rest alone, where some of it is there.
    pub fn ask(&self, headers: &mut HeaderMap) -> Result<(), Fault> {
        if self.is_resumed() {
            let range = format!("bytes={}-", self.written.length);
            headers.insert(RANGE, HeaderValue::try_from(range).map_err(|_| Fault::Odd("no range".into()))?);
            headers.extend(self.version.strong().map(|validator| (IF_RANGE, validator.clone())));
        }
        Ok(())
    }

    /// Takes the head of an answer; `false` where there is nothing left to come.
    pub async fn begin(&mut self, status: StatusCode, headers: &HeaderMap) -> Result<bool, Fault> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let range = text(&CONTENT_RANGE).and_then(content_range);
        self.again = None;
        if let Some(encoding) = compression(headers).filter(|_| status.is_success()) {
            let odd = format!("the file comes compressed with {encoding}, which was not asked for");
            return Err(Fault::Odd(odd.into()));
        }
        match status {
            StatusCode::PARTIAL_CONTENT if self.is_resumed() => {
                let (first, total) = range.unwrap_or_default();
                let version = Version::of(headers, total);
                if first != Some(self.written.length) || !self.version.takes(&version) {
                    self.no_ranges = true;
                    return Err(Fault::Odd("the server sent another part than it was asked for".into()));
                }
                // Without it nobody knows where the end is.
                self.version.total = self.version.total.or(total);
                self.version.total.map(|_| true).ok_or_else(|| {
                    self.no_ranges = true;
                    Fault::Odd("the server does not say how long the file is".into())
                })
            }
            StatusCode::RANGE_NOT_SATISFIABLE if self.is_resumed() => {
                if range == Some((None, Some(self.written.length))) {
                    return Ok(false);
                }
                self.no_ranges = true;
                Err(Fault::Odd("the server does not have the part that it was asked for".into()))
            }
            StatusCode::OK => {
                let total = text(&CONTENT_LENGTH).and_then(|length| length.parse().ok());
                self.begin_whole(Version::of(headers, total)).await.map(|()| true)
            }
            _ if status.is_success() => Err(Fault::Odd("the answer is not the file".into())),
            _ => Err(Fault::Refused),
        }
    }

    /// All of the file comes, for the first time or once more.
    async fn begin_whole(&mut self, version: Version) -> Result<(), Fault> {
        if self.written.length > 0 && !self.sink.rewind().await.map_err(Fault::Target)? {
            if !self.version.may_be(&version) {
                return Err(Fault::Changed);
            }
            self.no_ranges |= self.version.validator.is_none();
            self.again = Some((Seen::NOTHING, version));
            return Ok(());
        }
        let is_same = self.version.validator.is_some() && self.version.validator == version.validator;
        let total = version.total.or(self.version.total.filter(|_| is_same));
        self.version = Version { total, ..version };
        self.written = Seen::NOTHING;
        Ok(())
    }

    /// Takes more of the file; `true` where no attempt has come as far.
    pub async fn add(&mut self, mut bytes: &[u8]) -> Result<bool, Fault> {
        if let Some((again, version)) = &mut self.again {
            let missing = usize::try_from(self.written.length - again.length).unwrap_or(usize::MAX);
            let (before, new) = bytes.split_at(bytes.len().min(missing));
            again.add(before);
            if again.length < self.written.length {
                return Ok(false);
            }
            if *again != self.written {
                return Err(Fault::Changed);
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
            return Err(Fault::Odd(NOT_AS_LONG.into()));
        }
        self.sink.write(bytes).await.map_err(Fault::Target)?;
        self.written.add(bytes);
        (self.on_progress)(Progress { received: length, total: self.version.total });
        let is_new = length > self.furthest;
        self.furthest = self.furthest.max(length);
        Ok(is_new)
    }

    /// The answer has ended.
    pub async fn end(&mut self) -> Result<u64, Fault> {
        if self.again.is_some() {
            return Err(Fault::Changed);
        }
        if self.version.total.is_some_and(|total| total != self.written.length) {
            return Err(Fault::Odd(NOT_AS_LONG.into()));
        }
        self.sink.flush().await.map_err(Fault::Target)?;
        Ok(self.written.length)
    }
}
