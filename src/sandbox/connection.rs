//! A connection that hyper and the call on it share.

#[cfg(feature = "signalling")]
use std::sync::Weak;
use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::task::AtomicWaker;
use tokio::{
    io::{AsyncRead, AsyncWrite, Interest, ReadBuf},
    net::TcpStream,
    time::sleep,
};

#[derive(Clone)]
pub(super) struct Connection {
    stream: Arc<TcpStream>,
    gate: Arc<Gate>,
}

/// How much more is read from a connection.
struct Gate {
    /// In bytes.
    allowance: AtomicU64,
    reader: AtomicWaker,
}

/// A connection from outside.
#[cfg(feature = "signalling")]
pub(super) struct Handle {
    stream: Weak<TcpStream>,
    gate: Arc<Gate>,
}

#[cfg(feature = "signalling")]
impl Handle {
    pub fn is_open(&self) -> bool {
        self.stream.strong_count() > 0
    }

    /// Sets how many more bytes the caller can send. Then reading fails.
    pub fn allow(&self, bytes: u64) {
        self.gate.allowance.store(bytes, Ordering::Relaxed);
        self.gate.reader.wake();
    }

    /// Makes reading fail.
    pub fn close(&self) {
        self.allow(0);
    }
}

impl Connection {
    pub fn new(stream: TcpStream) -> Self {
        let gate = Gate { allowance: AtomicU64::new(u64::MAX), reader: AtomicWaker::new() };
        Self { stream: stream.into(), gate: gate.into() }
    }

    /// Waits until the caller closes the connection, also after bytes that nobody reads, as TLS sends them.
    pub async fn closed(&self) {
        while self.stream.ready(Interest::READABLE).await.is_ok_and(|ready| !ready.is_read_closed()) {
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Repeats a non-blocking operation until it is done or the stream is not ready.
    fn poll_io<T>(
        &self,
        mut ready: impl FnMut(&TcpStream) -> Poll<io::Result<()>>,
        mut operation: impl FnMut(&TcpStream) -> io::Result<T>,
    ) -> Poll<io::Result<T>> {
        loop {
            ready!(ready(&self.stream))?;
            match operation(&self.stream) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }
}

#[cfg(feature = "signalling")]
impl Connection {
    pub fn handle(&self) -> Handle {
        Handle { stream: Arc::downgrade(&self.stream), gate: self.gate.clone() }
    }

    /// The first byte, which stays to be read.
    pub async fn first_byte(&self) -> Option<u8> {
        let mut byte = [0];
        let read = self.stream.peek(&mut byte).await.ok()?;
        (read > 0).then_some(byte[0])
    }

    /// The address of this machine.
    pub fn local(&self) -> Option<std::net::IpAddr> {
        self.stream.local_addr().ok().map(|local| local.ip().to_canonical())
    }

    pub fn peer(&self) -> Option<std::net::IpAddr> {
        self.stream.peer_addr().ok().map(|peer| peer.ip().to_canonical())
    }
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.gate.reader.register(cx.waker());
        if self.gate.allowance.load(Ordering::Relaxed) == 0 {
            return Poll::Ready(Err(io::ErrorKind::QuotaExceeded.into()));
        }
        let read = |stream: &TcpStream| stream.try_read(buf.initialize_unfilled());
        let read = ready!(self.poll_io(|stream| stream.poll_read_ready(cx), read))?;
        buf.advance(read);
        let spend = |left: u64| Some(left.saturating_sub(read as u64));
        _ = self.gate.allowance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_io(|stream| stream.poll_write_ready(cx), |stream| stream.try_write(buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_io(|stream| stream.poll_write_ready(cx), |stream| stream.try_write_vectored(bufs))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Dropping the stream closes it.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
