//! A scripted server that counts what it receives.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use crate::{
    clock::MovedClock,
    does::{Does, Target, raw},
};

/// What connections carry.
#[derive(Clone)]
pub enum Carries {
    Http,
    /// Bytes that the server does not understand.
    Bytes,
    Tls(TlsAcceptor),
}

/// What the server has received.
#[derive(Default)]
pub struct Seen {
    pub connections: usize,
    /// Every request, from its first byte to its last.
    pub requests: Vec<String>,
    /// Connections for another host.
    pub elsewhere: usize,
    /// Bytes that the client has read.
    pub taken: usize,
}

pub struct Server {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    _tasks: JoinSet<()>,
}

struct Shared {
    clock: Arc<MovedClock>,
    carries: Carries,
    seen: Mutex<Seen>,
    /// The steps for the next requests, in reverse order.
    next: Mutex<Vec<Does>>,
    /// The number of connections that are not idle.
    busy: AtomicUsize,
    addresses: [SocketAddr; 2],
}

impl Server {
    pub async fn start(clock: Arc<MovedClock>, carries: Carries) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            clock,
            carries,
            seen: Mutex::default(),
            next: Mutex::default(),
            busy: AtomicUsize::new(0),
            addresses: [address, other.local_addr().unwrap()],
        });
        let mut tasks = JoinSet::new();
        let seen = shared.clone();
        tasks.spawn(async move {
            while other.accept().await.is_ok() {
                seen.seen.lock().unwrap().elsewhere += 1;
            }
        });
        let accepting = shared.clone();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                accepting.seen.lock().unwrap().connections += 1;
                accepting.busy.fetch_add(1, Relaxed);
                let shared = accepting.clone();
                connections.spawn(async move {
                    shared.connection(stream).await;
                    shared.busy.fetch_sub(1, Relaxed);
                });
            }
        });
        Self { address, shared, _tasks: tasks }
    }

    /// Sets the steps from now on; the last one is repeated.
    pub fn script(&self, mut does: Vec<Does>) {
        does.reverse();
        *self.shared.next.lock().unwrap() = does;
    }

    /// Waits until all connections are idle.
    pub async fn settled(&self) {
        settle().await;
        while self.shared.busy.load(Relaxed) > 0 {
            tokio::task::yield_now().await;
        }
        settle().await;
    }

    pub fn seen<T>(&self, read: impl Fn(&Seen) -> T) -> T {
        read(&self.shared.seen.lock().unwrap())
    }
}

/// Waits until all tasks and sockets are idle.
pub async fn settle() {
    for _ in 0..30 {
        tokio::task::yield_now().await;
    }
}

impl Shared {
    async fn connection(&self, mut stream: TcpStream) {
        if let Carries::Tls(acceptor) = &self.carries {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let does = self.next_for(&mut stream).await;
                if let Some(Does::Say(answer)) = does {
                    let _ = stream.write_all(&answer).await;
                    let _ = stream.shutdown().await;
                }
            }
            return;
        }
        loop {
            if matches!(self.next.lock().unwrap().last(), Some(Does::ResetUnread)) {
                let _ = stream.peek(&mut [0]).await;
                stream.set_zero_linger().unwrap();
                self.take();
                return;
            }
            let Some(does) = self.next_for(&mut stream).await else { return };
            match does {
                Does::Say(answer) => return self.send(&mut stream, &answer).await,
                Does::Keep(answer) => {
                    self.send(&mut stream, &answer).await;
                    // A connection that waits for another request is idle.
                    self.busy.fetch_sub(1, Relaxed);
                    let _ = stream.peek(&mut [0]).await;
                    self.busy.fetch_add(1, Relaxed);
                }
                Does::Idle(answer) => {
                    self.send(&mut stream, &answer).await;
                    settle().await;
                    let _ = stream.shutdown().await;
                    return drain(&mut stream).await;
                }
                Does::Hold(answer) => {
                    self.send(&mut stream, &answer).await;
                    return drain(&mut stream).await;
                }
                Does::Reset(answer) => {
                    self.send(&mut stream, &answer).await;
                    settle().await;
                    return stream.set_zero_linger().unwrap();
                }
                Does::ResetUnread => return stream.set_zero_linger().unwrap(),
                Does::Silent(answer) => {
                    self.send(&mut stream, &answer).await;
                    settle().await;
                    if let Some(limit) = self.clock.limit() {
                        self.clock.step(limit, Duration::MAX / 4);
                    }
                    return drain(&mut stream).await;
                }
                Does::Drip(answer, more) => {
                    self.send(&mut stream, &answer).await;
                    settle().await;
                    if let Some(limit) = self.clock.limit() {
                        while self.clock.step(limit, Duration::from_secs(1)) {
                            self.send(&mut stream, &more).await;
                            settle().await;
                        }
                    }
                    return drain(&mut stream).await;
                }
                Does::Endless(answer, more) => {
                    self.send(&mut stream, &answer).await;
                    while stream.write_all(&more).await.is_ok() {
                        self.seen.lock().unwrap().taken += more.len();
                    }
                    return;
                }
                Does::Redirect(status, target) => {
                    let [same, other] = self.addresses;
                    let to = if matches!(target, Target::SameHost) { same } else { other };
                    let location = format!("Location: http://{to}/video/v2/rooms");
                    let answer = raw(status, &["Connection: close", "Content-Length: 0", &location], "");
                    return self.send(&mut stream, &answer).await;
                }
            }
        }
    }

    /// Reads a request and returns its step.
    async fn next_for(&self, stream: &mut (impl AsyncRead + Unpin)) -> Option<Does> {
        if matches!(self.carries, Carries::Bytes) {
            stream.read(&mut [0; 4096]).await.ok().filter(|length| *length > 0)?;
        } else {
            let request = read(stream).await?;
            self.seen.lock().unwrap().requests.push(request);
        }
        self.take()
    }

    fn take(&self) -> Option<Does> {
        let mut next = self.next.lock().unwrap();
        if next.len() > 1 { next.pop() } else { next.last().cloned() }
    }

    async fn send(&self, stream: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) {
        let _ = stream.write_all(bytes).await;
    }
}

/// Reads until the client closes the connection.
async fn drain(stream: &mut TcpStream) {
    while stream.read(&mut [0; 4096]).await.is_ok_and(|length| length > 0) {}
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut request = Vec::new();
    loop {
        if let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if request.len() >= end + 4 + length.map_or(0, |length| length.parse().unwrap()) {
                return String::from_utf8(request).ok();
            }
        }
        if stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
}
