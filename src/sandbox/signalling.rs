//! Signalling over socket.io: how a browser SDK joins a session with a token.
//!
//! There is no media. What a user publishes goes nowhere.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::future::{Ready, ready};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::BodyExt;
use hyper::{body::Incoming, service::Service};
use serde_json::{Value, json};
use socketioxide::{SocketIo, TransportType, extract::SocketRef, service::SocketIoService};
use tokio::{
    sync::mpsc::UnboundedReceiver,
    task::{self, AbortHandle},
    time::{sleep, timeout},
};

use super::{
    connection::{Connection, Handle},
    content::Content,
    join::SessionUser,
    shared::Shared,
};

mod changes;
mod connected;
mod event;
mod refusal;

use changes::Change;
pub(super) use changes::{ChangeKind, Changes};
use connected::{Connected, Joined, end, tell};

/// How many bytes a connection can send in all. The library buffers messages and attachments of any size up
/// to this.
const ALLOWANCE: u64 = 16 * 1024 * 1024;
/// How many packets wait for a client that does not read. Then its connection is closed.
const BUFFERED: usize = 1024;
/// The path that the library serves. Clients of either generation use either of the two [`PATHS`].
const PATH: &str = "/socket.io";
const PATHS: [&str; 2] = ["/v3/socket.io", PATH];

/// Where a request for signalling is served; `None` for any other request.
pub(super) fn uri(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_suffix('/').unwrap_or(uri.path());
    let query = uri.query().unwrap_or_default();
    PATHS.contains(&path).then(|| format!("{PATH}/?{query}").parse().ok()).flatten()
}

pub(super) struct Signalling {
    shared: Arc<Shared>,
    io: SocketIo,
    service: SocketIoService<Nowhere>,
    relay: AbortHandle,
    connections: Mutex<Vec<Handle>>,
}

impl Signalling {
    /// Has to be called on the runtime that serves.
    pub fn start(shared: Arc<Shared>) -> Self {
        let builder = SocketIo::builder()
            .req_path(PATH)
            .transports([TransportType::Websocket])
            .max_buffer_size(BUFFERED);
        let (service, io) = builder.build_with_inner_svc(Nowhere);
        io.ns("/", async |socket: SocketRef| Connected::serve(&socket));
        let relay = tokio::spawn(relay(io.clone(), shared.store().changes.receive())).abort_handle();
        Self { shared, io, service, relay, connections: Mutex::default() }
    }

    pub async fn respond(
        &self,
        connection: &Connection,
        mut request: Request<Incoming>,
        uri: Uri,
    ) -> Response<Content> {
        *request.uri_mut() = uri;
        {
            let mut connections = self.connections();
            connections.retain(Handle::is_open);
            connections.push(connection.handle());
        }
        request.extensions_mut().insert(Connected::new(self.shared.clone(), connection));
        let Ok(response) = self.service.call(request).await;
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            connection.handle().allow(ALLOWANCE);
        }
        let (head, body) = response.into_parts();
        let Ok(body) = body.collect().await;
        Response::from_parts(head, body.to_bytes().into())
    }

    /// Ends all connections. Those that are open when the runtime is dropped would keep the whole sandbox, since
    /// the library's sockets hold each other.
    pub async fn close(&self) {
        self.relay.abort();
        let all: Vec<_> = self.connections().drain(..).collect();
        all.iter().for_each(|connection| connection.close());
        let ended = async {
            while all.iter().any(Handle::is_open) || !self.io.sockets().is_empty() {
                sleep(Duration::from_millis(1)).await;
            }
        };
        _ = timeout(Duration::from_secs(1), ended).await;
    }

    fn connections(&self) -> MutexGuard<'_, Vec<Handle>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells users who comes to their session and who leaves it.
async fn relay(io: SocketIo, mut changes: UnboundedReceiver<Change>) {
    while let Some(Change { number, kind }) = changes.recv().await {
        let (event, user) = match kind {
            ChangeKind::Entered(user) => ("user-connected", user),
            ChangeKind::Left(user) => ("user-disconnected", user),
            ChangeKind::Reset => {
                for socket in io.sockets() {
                    // Others have joined after the reset.
                    if Joined::of(&socket).is_some_and(|joined| joined.since < number) {
                        end(&socket, &ended());
                    }
                }
                continue;
            }
        };
        let json = listed(&user);
        for socket in io.within(user.room_id.clone()).sockets() {
            let Some(other) = Joined::of(&socket) else { continue };
            if other.user.id != user.id && other.since < number {
                tell(&socket, event, &json);
            } else if other.user.id == user.id && event == "user-disconnected" {
                end(&socket, &ended());
            }
        }
        // Lets the connections write what they were told.
        task::yield_now().await;
    }
}

/// After this event the SDK does not connect again.
fn ended() -> Value {
    json!({"cause": {"id": 0, "msg": "the sandbox has ended this connection"}})
}

/// A user as the others see it.
fn listed(user: &SessionUser) -> Value {
    let mut json = json!(user.user);
    json["clientId"] = json!(user.id);
    json["data"] = json!(user.data);
    json
}

/// What is behind the library. Nothing gets there.
#[derive(Clone)]
struct Nowhere;

impl Service<Request<Incoming>> for Nowhere {
    type Response = Response<Content>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn call(&self, _: Request<Incoming>) -> Self::Future {
        let mut response = Response::new(Vec::new().into());
        *response.status_mut() = StatusCode::NOT_FOUND;
        ready(Ok(response))
    }
}
