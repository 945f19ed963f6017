//! The address of a sandbox, and the one that it gives in responses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use base64::{Engine, prelude::BASE64_STANDARD};
use enablex::{
    ErrorKind,
    sandbox::{Sandbox, SandboxBuilder},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::api::recorded_session;

async fn listening(address: impl Into<IpAddr>) -> Sandbox {
    Sandbox::builder().listen(address).start().await.unwrap()
}

fn port(sandbox: &Sandbox) -> u16 {
    sandbox.host().parse::<SocketAddr>().unwrap().port()
}

#[tokio::test]
async fn every_address_is_named_by_loopback() {
    let [v4, v6] = [IpAddr::from(Ipv4Addr::UNSPECIFIED), Ipv6Addr::UNSPECIFIED.into()];
    let mapped = Ipv4Addr::UNSPECIFIED.to_ipv6_mapped().into();
    for (address, host) in [(v4, "127.0.0.1"), (v6, "[::1]"), (mapped, "127.0.0.1")] {
        let sandbox = listening(address).await;
        let port = port(&sandbox);
        assert_eq!(sandbox.host(), format!("{host}:{port}"));
        assert_eq!(sandbox.base_url(), format!("http://{host}:{port}/video/v2"));
        recorded_session(&sandbox).await;
        // Another address of this machine.
        if address.is_ipv4() {
            TcpStream::connect(("127.0.0.2", port)).await.unwrap();
        }
        sandbox.stop().await;
        assert!(TcpStream::connect(sandbox.host()).await.is_err());
    }
}

#[tokio::test]
async fn one_address_alone() {
    for (address, other) in [("127.0.0.2", "127.0.0.1"), ("::1", "127.0.0.1"), ("127.0.0.1", "127.0.0.2")] {
        let sandbox = listening(address.parse::<IpAddr>().unwrap()).await;
        let host = sandbox.host().parse::<SocketAddr>().unwrap();
        assert_eq!(host.ip().to_string(), address);
        recorded_session(&sandbox).await;
        assert!(TcpStream::connect((other, host.port())).await.is_err(), "{address}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_be() {
    for bad in ["224.0.0.1", "255.255.255.255", "ff02::1"] {
        let builder: SandboxBuilder = Sandbox::builder().listen(bad.parse::<IpAddr>().unwrap());
        let error = builder.start().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{bad}");
        assert_eq!((error.violations()[0].field(), error.violations()[0].value()), ("listen", Some(bad)));
    }
    // An address for documentation, which no machine has.
    let error = Sandbox::builder().listen(Ipv4Addr::new(192, 0, 2, 1)).start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setup);
}

/// The JSON response to a request with these `Host` lines.
async fn asked(sandbox: &Sandbox, method: &str, path: &str, hosts: &[&str], body: &str) -> Value {
    let pair = BASE64_STANDARD.encode(format!("{}:{}", sandbox.app_id(), sandbox.app_key()));
    let hosts: String = hosts.iter().map(|host| format!("host: {host}\r\n")).collect();
    let request = format!(
        "{method} /video/v2{path} HTTP/1.1\r\n{hosts}authorization: Basic {pair}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", port(sandbox))).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[tokio::test]
async fn links_have_the_host_by_which_they_were_asked_for() {
    let sandbox = listening(Ipv4Addr::UNSPECIFIED).await;
    recorded_session(&sandbox).await;
    let own = sandbox.host();
    let name = "n".repeat(253);
    let (longest, too_long) = (format!("{name}:8080"), format!("{name}n"));
    let good = [
        "sandbox:8080",
        "sandbox",
        "my_sandbox-1.internal:80",
        "192.0.2.7:1",
        "[2001:db8::1]:8080",
        "[::1]",
        "SANDBOX:65535",
        &*longest,
    ];
    let bad = [
        "",
        ":8080",
        "sandbox:",
        "sandbox:0",
        "sandbox:65536",
        "sandbox:+80",
        "sandbox:80:80",
        "sandbox/..",
        "a b",
        "user@sandbox",
        "sandbox?a",
        "sandbox#a",
        "a\"b",
        "[::1",
        "::1",
        "[sandbox]:80",
        "[::1]80",
        "[::1]:",
        "sändbox",
        &*too_long,
    ];
    let table = good.map(|host| (vec![host], host)).into_iter();
    let table = table.chain(bad.map(|host| (vec![host], &*own)));
    let table = table.chain([(vec![], &*own), (vec!["a", "b"], &*own)]);

    let room = asked(&sandbox, "GET", "/rooms", &["a"], "").await["rooms"][0]["room_id"].take();
    let room = room.as_str().unwrap();
    let user = json!({"name": "Asha Rao", "role": "participant", "user_ref": "emp-1042"}).to_string();
    for (hosts, expected) in table {
        let archive = asked(&sandbox, "GET", &format!("/archive/room/{room}"), &hosts, "").await;
        let entry = &archive["archive"][0];
        let links = [
            &entry["recording"][0]["url"],
            &entry["transcoded"][0]["url"],
            &entry["chatdata"],
            &entry["metadata"],
        ];
        for link in links {
            assert!(
                link.as_str().unwrap().starts_with(&format!("http://{expected}/archive/")),
                "{hosts:?}: {link}"
            );
        }
        let answer = asked(&sandbox, "POST", &format!("/rooms/{room}/tokens"), &hosts, &user).await;
        let token = BASE64_STANDARD.decode(answer["token"].as_str().unwrap()).unwrap();
        let token: Value = serde_json::from_slice(&token).unwrap();
        let named = (&token["host"], &token["eventServer"]["url"]);
        assert_eq!(named, (&json!(expected), &json!(expected)), "{hosts:?}");
    }
}
