//! The live stream of scored events.

use anyhow::{Context, Result, ensure};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, HOST};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::reader::Reader;

/// An open stream. Events that happened before it was opened are not in it.
#[derive(Debug)]
pub struct EventStream {
    body: Incoming,
    received: String,
    /// Moves the bytes; ends with this value.
    _driver: JoinSet<()>,
}

impl EventStream {
    /// Opens the stream; the server has accepted it when this returns.
    pub async fn open(reader: &Reader) -> Result<Self> {
        let uri: Uri = format!("{}/api/v1/events/stream", reader.url).parse()?;
        let authority = uri.authority().context("the URL names no host")?.to_string();
        let stream = TcpStream::connect(&authority).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let mut driver = JoinSet::new();
        driver.spawn(async move {
            // Whoever reads the stream sees its end.
            connection.await.ok();
        });
        let request = Request::get(uri.path())
            .header(HOST, authority)
            .header(AUTHORIZATION, reader.authorization())
            .header(ACCEPT, "text/event-stream")
            .body(Empty::<Bytes>::new())?;
        let answer = sender.send_request(request).await?;
        ensure!(answer.status() == 200, "stream: {}", answer.status());
        let media = answer.headers().get("content-type").map(|value| value.to_str());
        let is_stream = matches!(media, Some(Ok(text)) if text.starts_with("text/event-stream"));
        ensure!(is_stream, "the stream has media type {media:?}");
        Ok(Self { body: answer.into_body(), received: String::new(), _driver: driver })
    }

    /// The data of the next message of a kind; messages of other kinds are passed over.
    pub async fn next(&mut self, kind: &str) -> Result<Value> {
        loop {
            let message = self.message().await?;
            let field = |name: &str| message.lines().find_map(|line| line.strip_prefix(name));
            if field("event:").map(str::trim) == Some(kind) {
                let data = field("data:").with_context(|| format!("no data in {message:?}"))?;
                return Ok(serde_json::from_str(data.trim())?);
            }
        }
    }

    /// Messages end with an empty line.
    async fn message(&mut self) -> Result<String> {
        loop {
            if let Some((message, rest)) = self.received.split_once("\n\n") {
                let (message, rest) = (message.to_owned(), rest.to_owned());
                self.received = rest;
                return Ok(message);
            }
            let frame = self.body.frame().await.context("the stream has ended")??;
            let Ok(bytes) = frame.into_data() else { continue };
            self.received.push_str(std::str::from_utf8(&bytes).context("not UTF-8")?);
        }
    }
}
