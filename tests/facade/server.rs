//! A scripted server that records the requests.

use std::{
    sync::{Arc, Mutex},
    time::SystemTime,
};

use enablex::{Client, ClientBuilder, RetryPolicy};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub const APP_ID: &str = "test-app-id";
pub const APP_KEY: &str = "test-app-key-4471";

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Received {
    pub line: String,
    pub head: String,
    pub body: Vec<u8>,
    pub at: SystemTime,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

pub struct Server {
    pub base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Sends every request the same bytes and closes the connection.
    pub async fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::answering(move |_| answer.clone()).await
    }

    /// Sends each request its bytes and closes the connection.
    pub async fn answering(answer: impl Fn(&Received) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/video/v2", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let seen = received.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                if let Some(request) = read(&mut stream).await {
                    let answer = answer(&request);
                    seen.lock().unwrap().push(request);
                    let _ = stream.write_all(&answer).await;
                }
            }
        });
        Self { base_url, received }
    }

    /// Responds with a status and a JSON text.
    pub async fn json(status: u16, body: impl ToString) -> Self {
        Self::saying(http(status, "application/json", body.to_string())).await
    }

    /// A builder for a client that makes one attempt, so that a failure needs no wait.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().credentials(APP_ID, APP_KEY).base_url(&self.base_url).retry(RetryPolicy::none())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

/// A whole HTTP response.
pub fn http(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status} Said\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

pub async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let line = head.lines().next()?.to_owned();
    let mut request = Received { line, head, body: bytes.split_off(head_end), at: SystemTime::now() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await.ok()? == 0 {
            return None;
        }
    }
    Some(request)
}
