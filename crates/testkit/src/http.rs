//! A small HTTP/1.1 client: it sends exactly what a test says and follows nothing.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{HOST, HeaderMap};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Longer than any answer of ours may take, shorter than a test.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Response {
    /// The body as JSON; the error shows what it was instead.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| {
            format!("{} with a body that is no JSON: {}", self.status, self.text())
        })
    }

    /// The body as text, bytes that are not UTF-8 replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// One header as text, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Sends one request over a connection of its own.
pub async fn request(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Result<Response> {
    let uri: Uri = url.parse().with_context(|| format!("{url} is no URL"))?;
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let exchange = async {
        let mut connection = Connection::open(url).await?;
        connection.send(method, target, headers, body).await
    };
    match timeout(REQUEST_TIMEOUT, exchange).await {
        Ok(answer) => answer.with_context(|| format!("{method} {url}")),
        Err(_) => bail!("{method} {url}: no answer within {REQUEST_TIMEOUT:?}"),
    }
}

/// One connection that is kept open between requests.
#[derive(Debug)]
pub struct Connection {
    authority: String,
    sender: SendRequest<Full<Bytes>>,
    /// Moves the bytes; ends with this value.
    _driver: JoinSet<()>,
}

impl Connection {
    /// Connects to the host and port of an `http://` URL.
    pub async fn open(url: &str) -> Result<Self> {
        let uri: Uri = url.parse().with_context(|| format!("{url} is no URL"))?;
        ensure!(uri.scheme_str() == Some("http"), "{url} does not begin with http://");
        let authority = uri.authority().context("the URL names no host")?.to_string();
        let host = uri.host().context("the URL names no host")?;
        let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(80)))
            .await
            .with_context(|| format!("cannot connect to {authority}"))?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let mut driver = JoinSet::new();
        driver.spawn(async move {
            // The request in flight fails with the same error: nobody needs it twice.
            connection.await.ok();
        });
        Ok(Self { authority, sender, _driver: driver })
    }

    /// Sends one request and reads its answer; waits as long as the caller does.
    pub async fn send(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Response> {
        let mut request =
            Request::builder().method(method).uri(target).header(HOST, &self.authority);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body.into()))?;
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Response { status: head.status.as_u16(), headers: head.headers, body })
    }
}

#[cfg(test)]
pub(crate) mod tests;
