//! The peers: each a client, and the call as one would write it with that client.

use std::{error::Error, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use enablex::{Client, Role, TokenRequest, bindings};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy, rt::TokioExecutor};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};

pub type Failure = Box<dyn Error + Send + Sync>;

const APP_ID: &str = "5b473a40ad3c0a58a4e0e5c2";
const APP_KEY: &str = "eSyXaYgyRuWedaneZyZuXezupaBaZyby";
const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";
const TIMEOUT: Duration = Duration::from_secs(15);

/// A client that can create a join token.
pub trait Peer: Send + Sync + 'static {
    const NAME: &'static str;

    fn new(base_url: &str) -> Result<Self, Failure>
    where
        Self: Sized;

    /// The length of the token.
    fn create_token(&self) -> impl Future<Output = Result<usize, Failure>> + Send;
}

#[derive(Serialize)]
struct Request<'a> {
    name: &'a str,
    role: &'a str,
    user_ref: &'a str,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    department: &'a str,
    locale: &'a str,
}

const REQUEST: Request<'_> = Request {
    name: "Asha Rao",
    role: "participant",
    user_ref: "emp-1042",
    data: Data { department: "claims", locale: "en-IN" },
};

#[derive(Deserialize)]
struct Response {
    token: String,
}

/// reqwest has no provider of cryptography of its own here. Nothing is encrypted on loopback.
fn with_timeout() -> Result<reqwest::Client, Failure> {
    // It is an error that one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(reqwest::Client::builder().timeout(TIMEOUT).tls_certs_only([]).build()?)
}

/// reqwest as its documentation shows it, with a timeout.
pub struct Idiomatic {
    client: reqwest::Client,
    base_url: String,
}

impl Peer for Idiomatic {
    const NAME: &'static str = "reqwest";

    fn new(base_url: &str) -> Result<Self, Failure> {
        Ok(Self { client: with_timeout()?, base_url: base_url.to_owned() })
    }

    async fn create_token(&self) -> Result<usize, Failure> {
        let response: Response = self
            .client
            .post(format!("{}/rooms/{ROOM}/tokens", self.base_url))
            .basic_auth(APP_ID, Some(APP_KEY))
            .json(&REQUEST)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        Ok(response.token.len())
    }
}

/// Headers and URL made once.
fn prepared(base_url: &str) -> Result<(String, HeaderMap), Failure> {
    let mut headers = HeaderMap::new();
    let authorization = format!("Basic {}", BASE64_STANDARD.encode(format!("{APP_ID}:{APP_KEY}")));
    headers.insert(AUTHORIZATION, authorization.parse()?);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok((format!("{base_url}/rooms/{ROOM}/tokens"), headers))
}

/// reqwest with a prepared URL and prepared headers.
pub struct Prepared {
    client: reqwest::Client,
    url: reqwest::Url,
    headers: HeaderMap,
}

impl Peer for Prepared {
    const NAME: &'static str = "reqwest-prepared";

    fn new(base_url: &str) -> Result<Self, Failure> {
        let (url, headers) = prepared(base_url)?;
        Ok(Self { client: with_timeout()?, url: url.parse()?, headers })
    }

    async fn create_token(&self) -> Result<usize, Failure> {
        let mut request = reqwest::Request::new(reqwest::Method::POST, self.url.clone());
        *request.headers_mut() = self.headers.clone();
        *request.body_mut() = Some(serde_json::to_vec(&REQUEST)?.into());
        let body = self.client.execute(request).await?.error_for_status()?.bytes().await?;
        Ok(serde_json::from_slice::<Response>(&body)?.token.len())
    }
}

/// hyper-util alone, which is below reqwest.
pub struct HyperUtil {
    client: legacy::Client<legacy::connect::HttpConnector, Full<Bytes>>,
    uri: http::Uri,
    headers: HeaderMap,
}

impl Peer for HyperUtil {
    const NAME: &'static str = "hyper-util";

    fn new(base_url: &str) -> Result<Self, Failure> {
        let (url, headers) = prepared(base_url)?;
        let client = legacy::Client::builder(TokioExecutor::new()).build_http();
        Ok(Self { client, uri: url.parse()?, headers })
    }

    async fn create_token(&self) -> Result<usize, Failure> {
        let mut request = http::Request::new(Full::from(serde_json::to_vec(&REQUEST)?));
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        let response = self.client.request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().to_string().into());
        }
        let body = response.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice::<Response>(&body)?.token.len())
    }
}

fn client(base_url: &str) -> Result<Client, Failure> {
    Ok(Client::builder().credentials(APP_ID, APP_KEY).base_url(base_url).build()?)
}

/// This crate.
pub struct Enablex(Client);

impl Peer for Enablex {
    const NAME: &'static str = "enablex";

    fn new(base_url: &str) -> Result<Self, Failure> {
        client(base_url).map(Self)
    }

    async fn create_token(&self) -> Result<usize, Failure> {
        let request = TokenRequest::new(REQUEST.name, Role::Participant, REQUEST.user_ref)
            .data("department", REQUEST.data.department)
            .data("locale", REQUEST.data.locale);
        let token = self.0.room(ROOM).create_token(request).await?;
        Ok(token.expose_token().len())
    }
}

/// The generated bindings of this crate, without what stands above them.
pub struct Bindings(Client);

impl Peer for Bindings {
    const NAME: &'static str = "enablex-bindings";

    fn new(base_url: &str) -> Result<Self, Failure> {
        client(base_url).map(Self)
    }

    async fn create_token(&self) -> Result<usize, Failure> {
        let data = [("department", REQUEST.data.department), ("locale", REQUEST.data.locale)].into();
        let mut request = bindings::types::CreateTokenRequest::new(
            REQUEST.name.to_owned(),
            Role::Participant,
            REQUEST.user_ref.to_owned(),
        );
        request.data = Some(data);
        let response = self.0.bindings().create_token(ROOM, &request).await?.into_inner();
        Ok(if response.token.is_some() { 400 } else { 0 })
    }
}
