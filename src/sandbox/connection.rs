//! A connection that hyper and the call on it share.

#[cfg(feature = "signalling")]
use std::net::IpAddr;
use std::{
    future::pending,
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

#[derive(Clone)]
pub(super) struct Connection {
    stream: Arc<TcpStream>,
    /// How many more bytes are read from it.
    allowance: Arc<AtomicU64>,
}

impl Connection {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream: stream.into(), allowance: AtomicU64::new(u64::MAX).into() }
    }

    /// Sets how many more bytes the caller can send. Then reading fails.
    #[cfg(feature = "signalling")]
    pub fn allow(&self, bytes: u64) {
        self.allowance.store(bytes, Ordering::Relaxed);
    }

    /// The first byte, which stays to be read.
    #[cfg(feature = "signalling")]
    pub async fn first_byte(&self) -> Option<u8> {
        let mut byte = [0];
        let read = self.stream.peek(&mut byte).await.ok()?;
        (read > 0).then_some(byte[0])
    }

    /// The address of this machine.
    #[cfg(feature = "signalling")]
    pub fn local(&self) -> Option<IpAddr> {
        self.stream.local_addr().ok().map(|local| local.ip().to_canonical())
    }

    #[cfg(feature = "signalling")]
    pub fn peer(&self) -> Option<IpAddr> {
        self.stream.peer_addr().ok().map(|peer| peer.ip().to_canonical())
    }

    /// Waits until the caller closes the connection; forever if the caller sends more bytes instead.
    pub async fn closed(&self) {
        if let Ok(1..) = self.stream.peek(&mut [0]).await {
            pending().await
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

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = |stream: &TcpStream| stream.try_read(buf.initialize_unfilled());
        let read = ready!(self.poll_io(|stream| stream.poll_read_ready(cx), read))?;
        buf.advance(read);
        let spend = |left: u64| left.checked_sub(read as u64);
        let spent = self.allowance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend);
        Poll::Ready(spent.map(drop).map_err(|_| io::ErrorKind::QuotaExceeded.into()))
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
