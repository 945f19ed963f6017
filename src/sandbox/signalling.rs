//! Signalling over socket.io: how a browser SDK joins a session with a token.
//!
//! There is no media. What a user publishes goes nowhere.

use std::{convert::Infallible, net::IpAddr, sync::Arc};

use futures_util::future::{Ready, ready};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::BodyExt;
use hyper::{body::Incoming, service::Service};
use serde_json::json;
use socketioxide::{SocketIo, TransportType, extract::SocketRef, service::SocketIoService};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{connection::Connection, content::Content, join::SessionUser, shared::Shared};

mod changes;
mod event;
mod refusal;
mod user;

pub(super) use changes::{Change, Changes};
use user::User;

/// How many bytes a connection can send in all. The library buffers messages and attachments of any size up
/// to this.
const ALLOWANCE: u64 = 16 * 1024 * 1024;
/// The path that the library serves. Clients of either generation use either of the two [`PATHS`].
const PATH: &str = "/socket.io";
const PATHS: [&str; 2] = ["/v3/socket.io", PATH];

/// Where a request for signalling is served; `None` for any other request.
pub(super) fn uri(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_suffix('/').unwrap_or(uri.path());
    let query = uri.query().unwrap_or_default();
    PATHS.contains(&path).then(|| format!("{PATH}/?{query}").parse().ok()).flatten()
}

pub(super) struct Signalling(SocketIoService<Nowhere>);

impl Signalling {
    /// Has to be called on the runtime that serves.
    pub fn start(shared: Arc<Shared>) -> Self {
        let builder = SocketIo::builder().req_path(PATH).transports([TransportType::Websocket]);
        let (service, io) = builder.build_with_inner_svc(Nowhere);
        tokio::spawn(relay(io.clone(), shared.store().changes.receive()));
        io.ns("/", async move |socket: SocketRef| User::serve(&socket, shared));
        Self(service)
    }

    pub async fn respond(
        &self,
        connection: &Connection,
        mut request: Request<Incoming>,
        uri: Uri,
    ) -> Response<Content> {
        *request.uri_mut() = uri;
        if let Some(peer) = connection.peer() {
            request.extensions_mut().insert(Peer(peer));
        }
        let Ok(response) = self.0.call(request).await;
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            connection.allow(ALLOWANCE);
        }
        let (head, body) = response.into_parts();
        let Ok(body) = body.collect().await;
        Response::from_parts(head, body.to_bytes().into())
    }
}

/// The address of a user.
#[derive(Clone, Copy)]
struct Peer(IpAddr);

/// Tells the users of a session who comes and who goes. Each socket of a user is in two rooms of the
/// library: that of the session, named by the id of the EnableX room, and one of its own.
async fn relay(io: SocketIo, mut changes: UnboundedReceiver<Change>) {
    // Fails for a user who does not read; the library drops one who does not answer its pings.
    while let Some(change) = changes.recv().await {
        match change {
            Change::Entered(user) => {
                let others = io.within(user.room_id.clone()).except(user.id.clone());
                _ = others.emit("user-connected", &listed(&user)).await;
            }
            Change::Left(user) => {
                disconnect(&io, &user.id).await;
                let others = io.within(user.room_id.clone());
                _ = others.emit("user-disconnected", &listed(&user)).await;
            }
            Change::Reset => {
                _ = io.emit("room-disconnected", &ended()).await;
                _ = io.disconnect().await;
            }
        }
    }
}

/// Ends the connection of a user who has left by other means.
async fn disconnect(io: &SocketIo, user_id: &str) {
    _ = io.within(user_id.to_owned()).emit("room-disconnected", &ended()).await;
    _ = io.within(user_id.to_owned()).disconnect().await;
}

/// After this event the SDK does not connect again.
fn ended() -> serde_json::Value {
    json!({"cause": {"id": 0, "msg": "the sandbox has ended this connection"}})
}

/// A user as the others see it.
fn listed(user: &SessionUser) -> serde_json::Value {
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
