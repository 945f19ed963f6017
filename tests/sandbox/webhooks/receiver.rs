//! A receiver of webhooks that the test drives by hand.

use std::time::Duration;

use enablex::sandbox::{Sandbox, WebhookDelivery, WebhookTarget};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};

/// Far more than anything here takes.
pub const LIMIT: Duration = Duration::from_secs(20);

pub struct Receiver(TcpListener);

/// A request that has no response yet.
pub struct Request {
    /// The request line and the headers, in lower case.
    pub head: String,
    pub event: Value,
    stream: TcpStream,
}

impl Receiver {
    pub async fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.0.local_addr().unwrap())
    }

    pub fn target(&self) -> WebhookTarget {
        WebhookTarget::new(self.url("/webhooks"))
    }

    /// The next request.
    pub async fn request(&self) -> Request {
        timeout(LIMIT, async {
            let (mut stream, _) = self.0.accept().await.unwrap();
            let mut bytes = Vec::new();
            let (head, length) = loop {
                assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "the request ends early");
                let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
                let head = str::from_utf8(&bytes[..end]).unwrap().to_owned();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                break (head.clone(), end + 4 + length.unwrap().parse::<usize>().unwrap());
            };
            while bytes.len() < length {
                assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "the body ends early");
            }
            let event = serde_json::from_slice(&bytes[head.len() + 4..]).unwrap();
            Request { head, event, stream }
        })
        .await
        .expect("a request")
    }

    /// Responds to the next request; returns its event.
    pub async fn event(&self) -> Value {
        let request = self.request().await;
        let event = request.event.clone();
        request.respond("200 OK").await;
        event
    }

    /// The types of the next events.
    pub async fn types<const N: usize>(&self) -> [String; N] {
        let mut types = [const { String::new() }; N];
        for one in &mut types {
            *one = self.event().await["type"].as_str().unwrap().to_owned();
        }
        types
    }

    /// Asserts that no request waits, after what the sandbox has sent.
    pub async fn is_left_alone(&self) {
        let request = timeout(Duration::from_millis(20), self.0.accept()).await;
        assert!(request.is_err(), "a request");
    }
}

impl Request {
    pub async fn respond(mut self, status: &str) {
        let response = format!("HTTP/1.1 {status}\r\nlocation: /elsewhere\r\ncontent-length: 2\r\n\r\n{{}}");
        self.stream.write_all(response.as_bytes()).await.unwrap();
    }

    /// Waits until the sandbox closes the connection.
    pub async fn given_up(mut self) {
        let read = timeout(LIMIT, self.stream.read(&mut [0])).await.expect("the end");
        assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    }
}

/// The deliveries, once there are so many and each has its outcome.
pub async fn deliveries(sandbox: &Sandbox, number: usize) -> Vec<WebhookDelivery> {
    let wait = async {
        loop {
            let all = sandbox.webhooks();
            let done = all.iter().filter(|one| one.status.is_some() || one.error.is_some());
            if done.count() == number {
                return all;
            }
            sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(LIMIT, wait).await.unwrap_or_else(|_| panic!("{number}: {:?}", sandbox.webhooks()))
}
