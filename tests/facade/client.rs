//! Building a client.

use enablex::Client;
use progenitor_client::{ClientHooks, OperationInfo};

use crate::{sample, server::Server};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

#[test]
fn it_is_cheap_to_clone_and_can_be_shared() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Client>();
    assert!(std::mem::size_of::<Client>() <= std::mem::size_of::<usize>());
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let client = server.client();
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.rooms().list().await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_base_may_end_in_a_slash() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    for base in [server.base_url.clone(), format!("{}/", server.base_url)] {
        server.builder().base_url(base).build().unwrap().rooms().list().await.unwrap();
    }
    assert!(server.received().iter().all(|request| request.line == "GET /video/v2/rooms HTTP/1.1"));
}

#[tokio::test]
async fn the_user_agent_can_be_added_to() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    server.builder().user_agent("claims-desk/2.1 (linux)").build().unwrap().rooms().list().await.unwrap();
    let expected = format!("enablex-rust/{} claims-desk/2.1 (linux)", env!("CARGO_PKG_VERSION"));
    assert_eq!(server.received()[0].header("user-agent"), Some(expected.as_str()));
}

#[tokio::test]
async fn what_the_caller_shapes_takes_back_none_of_our_promises() {
    let elsewhere = Server::json(200, sample("getRoomList.response")).await;
    let proxy = enablex::reqwest::Proxy::all(&elsewhere.base_url).unwrap();
    let redirect = format!(
        "HTTP/1.1 307 Moved\r\nLocation: {}/rooms\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        elsewhere.base_url
    );
    let server = Server::saying(redirect).await;
    let shaped = server.builder().configure_http(move |http| {
        let mut headers = enablex::reqwest::header::HeaderMap::new();
        headers.insert("authorization", "Basic b3RoZXI=".parse().unwrap());
        headers.insert("x-own", "kept".parse().unwrap());
        headers.insert("host", "gateway.example".parse().unwrap());
        let again = enablex::reqwest::retry::for_host("127.0.0.1")
            .no_budget()
            .classify_fn(|request| request.retryable());
        http.redirect(enablex::reqwest::redirect::Policy::limited(5))
            .retry(again)
            .timeout(std::time::Duration::ZERO)
            .proxy(proxy.clone())
            .user_agent("other")
            .default_headers(headers)
    });
    let error = shaped.build().unwrap().rooms().list().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts(), server.received().len()), (307, 1, 1));
    let request = &server.received()[0];
    assert!(request.header("user-agent").unwrap().starts_with("enablex-rust/"));
    assert!(request.header("authorization").unwrap().starts_with("Basic dGVzdC1"));
    assert_eq!(request.header("x-own"), Some("kept"));
    assert_eq!(request.header("host"), Some("gateway.example"));
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn timeouts_may_be_as_long_as_they_like() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let ever = std::time::Duration::MAX;
    let client = server.builder().connect_timeout(ever).attempt_timeout(ever).timeout(ever).build().unwrap();
    client.rooms().list().await.unwrap();
}

#[tokio::test]
async fn the_bindings_are_reachable_and_carry_the_same_headers() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let client = server.client();
    let answer = client.bindings().get_room_list().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.into_inner().rooms.unwrap().len(), 1);
    let request = &server.received()[0];
    assert!(request.header("authorization").is_some());
    assert_eq!(request.header("api-version"), None);
    assert_eq!(request.header("host"), server.base_url.split('/').nth(2));
}

/// A caller's `read_timeout` is no timeout of a call.
#[tokio::test]
async fn the_pauses_of_a_response_may_be_longer_than_a_shaped_client_allows() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let client = server
        .builder()
        .configure_http(|http| http.read_timeout(std::time::Duration::from_nanos(1)))
        .build()
        .unwrap();
    client.rooms().list().await.unwrap();
    client.bindings().get_room_list().await.unwrap();
}

/// The hook is public with its trait.
#[tokio::test]
async fn the_credentials_go_to_no_other_host_through_the_hook_of_the_bindings() {
    let [server, other] = [(); 2].map(|()| Server::json(200, sample("getRoomList.response")));
    let (server, other) = (server.await, other.await);
    let client = server.client();
    client.rooms().list().await.unwrap();
    for to in [&server, &other] {
        let request = reqwest::Request::new(reqwest::Method::GET, to.base_url.parse().unwrap());
        client.bindings().exec(request, &OperationInfo { operation_id: "any" }).await.unwrap();
    }
    assert!(server.received()[1].header("authorization").is_some());
    assert_eq!(other.received()[0].header("authorization"), None);
    let request = reqwest::Request::new(reqwest::Method::GET, server.base_url.parse().unwrap());
    let dropped = std::thread::spawn(move || {
        drop(client.bindings().exec(request, &OperationInfo { operation_id: "any" }));
    });
    dropped.join().unwrap();
}

#[tokio::test]
async fn a_report_comes_through_the_bindings_as_a_stream() {
    let server = Server::json(200, sample("getPeriodCDR.response")).await;
    let client = server.client();
    let answer = client.bindings().get_cdr_by_room(ROOM).await.unwrap();
    assert_eq!(server.received()[0].line, format!("GET /video/v2/cdr/room/{ROOM} HTTP/1.1"));
    let _: enablex::bindings::ByteStream = answer.into_inner();
}
