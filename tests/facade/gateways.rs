//! Gateways, proxies and others between the client and the service.

use std::sync::Arc;

use enablex::{Advice, CallOptions, Client, Error, ErrorKind, NewRoom, RetryPolicy, reqwest::Proxy};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket},
};

use crate::{
    clock::MovedClock,
    example, sample,
    server::{Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

async fn of_room(server: &Server) -> Error {
    server.client().room(ROOM).get().await.unwrap_err()
}

/// Only a failure of the service itself says that a room is gone.
#[tokio::test]
async fn a_404_of_a_gateway_is_no_room_that_is_gone() {
    for (content_type, body) in [
        ("text/html", "<html><h1>404 Not Found</h1></html>"),
        ("text/plain", "404 page not found"),
        ("application/json", ""),
        ("application/json", "{}"),
        ("application/json", "[]"),
        ("application/json", r#"{"message":"no Route matched with those values"}"#),
        ("application/json", r#"{"timestamp":1,"status":404,"error":"Not Found","path":"/rooms"}"#),
        ("application/json", r#"{"detail":"Not Found"}"#),
        ("application/json", r#"{"error":{"code":404,"status":"NOT_FOUND"}}"#),
        ("application/json", r#"{"result":0,"room":{}}"#),
        ("application/json", r#"{"status":"error","message":"no such page"}"#),
        ("application/json", r#"{"result":404,"message":"no route"}"#),
        ("application/json", r#"{"error_code":404}"#),
    ] {
        let server = Server::saying(http(404, content_type, body)).await;
        let client = server.client();
        let listed = client.rooms().list().await.unwrap_err();
        let deleted = client.room(ROOM).delete().await.unwrap_err();
        for error in [of_room(&server).await, listed, deleted] {
            assert!(!error.is_not_found() && !error.is_retryable(), "{body}");
            assert_eq!((error.kind(), error.advice()), (ErrorKind::Api, Some(Advice::CheckSetup)), "{body}");
            let text = error.to_string();
            assert!(text.contains("not the service's") && text.contains("base URL"), "{text}");
        }
    }
    for body in [
        json!({"result": 40_001}),
        json!({"result": "40001", "error": "No room"}),
        json!({"result": 40_999, "error": "No room"}),
        json!({"status": "error", "error_code": "ROOM_NOT_FOUND", "request_id": "req_1"}),
        json!({"status": "error", "message": "No room", "request_id": "req_1"}),
    ] {
        let error = of_room(&Server::json(404, &body).await).await;
        assert!(error.is_not_found(), "{body}");
        assert_eq!(error.advice(), Some(Advice::RoomGone), "{body}");
        assert!(!error.to_string().contains("base URL"), "{error}");
    }
}

#[tokio::test]
async fn other_answers_that_are_not_the_services() {
    for (status, advice) in [
        (400, Advice::FixRequest { field: None }),
        (401, Advice::CheckCredentials),
        (403, Advice::CheckCredentials),
        (405, Advice::CheckSetup),
        (407, Advice::CheckSetup),
        (410, Advice::CheckSetup),
        (429, Advice::Wait),
    ] {
        let error = of_room(&Server::saying(http(status, "text/html", "<html>No</html>")).await).await;
        assert_eq!(error.advice(), Some(advice), "{status}");
        assert!(error.to_string().contains("not the service's"), "{error}");
    }
    let error = of_room(&Server::saying(http(502, "text/html", "<html>Bad gateway</html>")).await).await;
    assert!(error.to_string().contains("a gateway before it"), "{error}");
    let error = of_room(&Server::saying(http(200, "text/html", "<html>Welcome</html>")).await).await;
    assert_eq!(error.advice(), Some(Advice::CheckSetup));
    assert!(error.to_string().contains("it is a page; check that the base URL"), "{error}");
}

/// A redirect is not followed; the error names its target.
#[tokio::test]
async fn redirects() {
    for (location, target) in [
        ("/video/v2/rooms/", "HOST/video/v2/rooms/"),
        ("rooms/?a=1#b", "HOST/video/v2/rooms/rooms/"),
        ("https://login.example.com/sign-in?state=marked&u=1", "https://login.example.com/sign-in"),
        ("https://user:marked@login.example.com/", "https://login.example.com/"),
        ("//other.example.com:8443/x", "http://other.example.com:8443/x"),
    ] {
        for status in [301, 302, 303, 307, 308] {
            let head = format!("HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n");
            let server = Server::saying(format!("{head}Connection: close\r\n\r\n")).await;
            let client = server.builder().retry(RetryPolicy::standard()).build().unwrap();
            let new = NewRoom::permanent("Claims desk", "team-7");
            for error in
                [client.room(ROOM).get().await.unwrap_err(), client.rooms().create(new).await.unwrap_err()]
            {
                let text = error.to_string();
                let host = server.base_url.trim_end_matches("/video/v2");
                let target = target.replace("HOST", host);
                let target = if error.operation() == Some("createRoom") {
                    target.replace("rooms/rooms", "rooms")
                } else {
                    target
                };
                assert!(text.contains(&format!("redirected to {target}, ")), "{text} {target}");
                assert!(!format!("{text}{error:?}{error:#?}").contains("marked"), "{text}");
                assert_eq!((error.attempts(), error.is_retryable()), (1, false));
                assert_eq!((error.kind(), error.advice()), (ErrorKind::Api, Some(Advice::CheckSetup)));
                assert_eq!(error.status().unwrap().as_u16(), status);
            }
            assert_eq!(server.received().len(), 2);
        }
    }
    for head in
        ["Content-Length: 0", "Location: \r\nContent-Length: 0", "Location: http://\r\nContent-Length: 0"]
    {
        let server =
            Server::saying(format!("HTTP/1.1 302 Moved\r\n{head}\r\nConnection: close\r\n\r\n")).await;
        let error = of_room(&server).await;
        assert!(error.to_string().contains("redirected, without saying where to"), "{error}");
        assert_eq!((error.attempts(), error.advice()), (1, Some(Advice::CheckSetup)));
    }
    // Its body repeats the address with its secrets.
    let body = r#"<html>Found <a href="https://login.example.com/?session=marked">here</a></html>"#;
    let head =
        "HTTP/1.1 302 Found\r\nLocation: https://login.example.com/?session=marked\r\nConnection: close";
    let server = Server::saying(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())).await;
    let error = of_room(&server).await;
    assert!(!format!("{error} {error:?} {error:#?}").contains("marked"), "{error:?}");
}

/// A compressed response is an error that says so.
#[tokio::test]
async fn an_encoding_that_was_not_asked_for() {
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (status, coding) in [(200, "gzip"), (200, "br"), (403, "zstd"), (404, "deflate")] {
        let head = format!("HTTP/1.1 {status} Said\r\nContent-Encoding: {coding}\r\nContent-Length: 20\r\n");
        let answer = [format!("{head}Connection: close\r\n\r\n").as_bytes(), &gzip].concat();
        let server = Server::saying(answer).await;
        let streamed = server.client().cdr().room(ROOM).rows().next().await.unwrap().unwrap_err();
        for error in [of_room(&server).await, streamed] {
            assert!(error.to_string().contains(&format!("compressed ({coding})")), "{error}");
            assert!(!error.is_not_found());
        }
    }
    // Also without a header that announces it.
    let server = Server::saying(http(200, "application/json", gzip)).await;
    let streamed = server.client().cdr().room(ROOM).rows().next().await.unwrap().unwrap_err();
    for error in [of_room(&server).await, streamed] {
        assert!(error.to_string().contains("compressed (gzip)"), "{error}");
    }
    // A response that is not compressed is not called so.
    for coding in ["Identity", "utf-8", "aws-chunked"] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: 4\r\n");
        let error = of_room(&Server::saying(format!("{head}Connection: close\r\n\r\nsome")).await).await;
        assert!(!error.to_string().contains("compressed"), "{error}");
    }
    // An unknown encoding hides nothing.
    let body = sample("createRoom.response").to_string();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: utf-8\r\nContent-Length: {}\r\n", body.len());
    let server = Server::saying(format!("{head}Connection: close\r\n\r\n{body}")).await;
    server.client().room(ROOM).get().await.unwrap();
}

/// A proxy that sends these bytes to every request, and the number of requests.
async fn proxy(answer: &'static str) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, received) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let length = stream.read(&mut request).await.unwrap_or_default();
            let _ = sender.send(String::from_utf8_lossy(&request[..length]).into_owned());
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, received)
}

fn certificate() -> String {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.pem()
}

/// Retries without a delay.
fn https(base: &str) -> enablex::ClientBuilder {
    let builder =
        Client::builder().credentials("id", "key").base_url(base).root_certificates_pem(certificate());
    builder.clock(Arc::new(MovedClock::new())).jitter(|| 0.)
}

#[tokio::test]
async fn a_proxy_that_wants_credentials_is_asked_once() {
    let (url, mut received) =
        proxy("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n").await;
    let through = Proxy::all(url.replace("//", "//proxy-user:marked@")).unwrap();
    let builder = https("https://api.example.com/video/v2");
    let client = builder.configure_http(move |http| http.proxy(through.clone())).build().unwrap();
    let error = client.rooms().create(NewRoom::permanent("n", "o")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert_eq!((error.advice(), error.is_retryable()), (Some(Advice::CheckSetup), false));
    assert!(
        error
            .to_string()
            .contains("to api.example.com: the proxy wants credentials, or other ones (HTTP 407)"),
        "{error}"
    );
    assert!(!format!("{error} {error:?} {error:#?}").contains("marked"));
    assert!(received.recv().await.unwrap().starts_with("CONNECT api.example.com:443"));
    assert!(received.try_recv().is_err());
}

#[tokio::test]
async fn every_failed_connection_says_why() {
    let (refusing, _kept) = proxy("HTTP/1.1 403 Forbidden\r\n\r\n").await;
    let (closing, _kept) = proxy("").await;
    // A socket that occupies its port without listening.
    let deaf = TcpSocket::new_v4().unwrap();
    deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let deaf = deaf.local_addr().unwrap();
    let through = |proxy: String| {
        let proxy = Proxy::all(proxy).unwrap();
        let builder = https("https://api.example.com/video/v2");
        builder.configure_http(move |http| http.proxy(proxy.clone()))
    };
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tls = format!("https://{}/", plain.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    for (builder, words, advice) in [
        (https(&format!("https://{deaf}/")), &["refused"][..], Advice::Wait),
        (https("https://name.invalid/"), &["to name.invalid: dns error"], Advice::Wait),
        (https(&tls), &["no secure connection", "speaks no TLS"], Advice::CheckSetup),
        (through(refusing), &["the proxy refused the tunnel"], Advice::Wait),
        (through(closing), &["the tunnel of the proxy", "unexpected end of file"], Advice::Wait),
        (through(format!("http://{deaf}")), &["the proxy cannot be reached", "refused"], Advice::Wait),
    ] {
        let error = builder.build().unwrap().room(ROOM).get().await.unwrap_err();
        assert_eq!((error.kind(), error.advice()), (ErrorKind::Connect, Some(advice)), "{error}");
        assert!(words.iter().all(|word| error.to_string().contains(word)), "{error}");
        assert!(!error.to_string().contains(ROOM), "{error}");
    }
}

/// An unreadable variable is an error; otherwise the call would bypass the proxy.
#[test]
fn a_proxy_variable_that_cannot_be_read() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/proxies.pem");
    std::fs::write(file, certificate()).unwrap();
    let run = |variables: &[(&str, &str)]| {
        let mut command = example("join_token");
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
            command.env_remove(name);
        }
        command.envs(variables.iter().copied()).env("SSL_CERT_FILE", file);
        let output = command.arg("--json").output().unwrap();
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let real = [("ENABLEX_APP_ID", "id"), ("ENABLEX_APP_KEY", "key")];
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        for value in [
            "http://user:marked word@proxy.example.com:3128",
            "http://user:marked%zz^@proxy.example.com:3128 ",
            "http://",
            "marked proxy",
            "ftp://marked.example.com",
            "http://user:marked@word@127.0.0.1:1",
            "http://user:marked#word@127.0.0.1:1",
            "http://user:marked/word@127.0.0.1:1",
            "http://user:marked?word@127.0.0.1:1",
            "http://user:marked%zz@127.0.0.1:1",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:marked",
            "http://127.0.0.1:0",
            "http://user:marked@:3128",
            "socks5h://127.0.0.1:1080",
            " ",
        ] {
            let (code, printed) = run(&[&real[..], &[(name, value)]].concat());
            assert_eq!(code, Some(2), "{name} {value}: {printed}");
            assert!(printed.contains(name) && printed.contains("URL of an http or https proxy"), "{printed}");
            assert!(!printed.contains("marked"), "{printed}");
            // No proxy is used for the sandbox on loopback.
            assert_eq!(run(&[(name, value)]).0, Some(0));
        }
    }
    // An empty variable counts as not set; a variable after the first one that is set is not read.
    // A socket that occupies its port without listening; a port that is free may soon have another server.
    let deaf = TcpSocket::new_v4().unwrap();
    deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let proxy = format!("http://{}", deaf.local_addr().unwrap());
    for variables in [
        [("HTTPS_PROXY", proxy.as_str()), ("ALL_PROXY", "a b")],
        [("HTTPS_PROXY", ""), ("ALL_PROXY", proxy.trim_start_matches("http://"))],
        [("https_proxy", &proxy.replace("//", "//user:p%40%23s@")), ("ALL_PROXY", "")],
    ] {
        let (code, printed) = run(&[&real[..], &variables].concat());
        assert_eq!(code, Some(1), "{printed}");
        assert!(printed.contains("the proxy cannot be reached"), "{printed}");
    }
}

/// Plain http is sent to a permitted host and to no other.
#[tokio::test]
async fn plain_http_to_a_permitted_host() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let address: std::net::SocketAddr =
        server.base_url["http://".len()..].trim_end_matches("/video/v2").parse().unwrap();
    let port = address.port();
    let build = |base: &str, permitted: &[&str]| {
        let builder = Client::builder().credentials("id", "key").base_url(base);
        let builder = permitted.iter().fold(builder, |builder, host| builder.allow_plain_http(*host));
        builder.configure_http(move |http| http.resolve("sandbox", address)).build()
    };
    let base = format!("http://sandbox:{port}/video/v2");
    for permitted in
        [&[][..], &["sandbox"], &["sandbox:1"], &["other", "127.0.0.1"], &["sandbox.example.com"]]
    {
        let error = build(&base, permitted).unwrap_err();
        assert_eq!(error.violations()[0].field(), "base_url");
        assert!(error.to_string().contains("allow_plain_http"), "{error}");
    }
    for odd in ["", "http://sandbox", "sandbox/", "a b", "*", "user@sandbox"] {
        let error = build(&base, &[odd]).unwrap_err();
        assert!(error.violations().iter().any(|broken| broken.field() == "allow_plain_http"), "{odd}");
    }
    build("http://sandbox/video/v2", &["sandbox"]).unwrap();
    let client = build(&base, &["other", &format!("SANDBOX:{port}")]).unwrap();
    client.rooms().list().await.unwrap();
    assert_eq!(server.received()[0].header("host"), Some(&*format!("sandbox:{port}")));
    // No proxy sees the credentials.
    let (proxy_url, mut asked) = proxy("").await;
    let through = Proxy::all(proxy_url).unwrap();
    let client = Client::builder()
        .credentials("id", "key")
        .base_url(&base)
        .allow_plain_http(format!("sandbox:{port}"))
        .configure_http(move |http| http.resolve("sandbox", address).proxy(through.clone()))
        .build()
        .unwrap();
    client.rooms().with(CallOptions::new()).list().await.unwrap();
    assert!(asked.try_recv().is_err());
}
