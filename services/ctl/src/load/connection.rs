//! One kept-alive HTTP/1.1 connection, driven by the task that uses it.

use std::pin::Pin;
use std::time::Duration;

use anyhow::Context;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, StatusCode, Uri, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

const CONNECT_MAX: Duration = Duration::from_secs(5);
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// An answer about 500 events is far smaller.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

type Driver = http1::Connection<TokioIo<TcpStream>, Full<Bytes>>;

/// A host and port to talk HTTP to.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    authority: String,
    path: String,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Bytes,
}

/// A connection. Nothing happens on it between two requests.
pub(crate) struct Connection {
    sender: http1::SendRequest<Full<Bytes>>,
    driver: Pin<Box<Driver>>,
    is_open: bool,
}

impl Address {
    /// Reads `http://host:port/path`; the path goes before that of every request.
    pub(crate) fn parse(url: &str) -> anyhow::Result<Self> {
        let uri: Uri = url.parse().with_context(|| format!("{url} is not a URL"))?;
        anyhow::ensure!(uri.scheme_str() == Some("http"), "{url} does not begin with http://");
        let host = uri.host().with_context(|| format!("{url} names no host"))?;
        let port = uri.port_u16().unwrap_or(80);
        let path = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { authority: format!("{host}:{port}"), path })
    }

    /// A request with this method and path, to be given further headers and a body.
    pub(crate) fn request(&self, method: &str, path: &str) -> hyper::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.path))
            .header(header::HOST, &self.authority)
    }
}

impl Connection {
    pub(crate) async fn open(address: &Address) -> anyhow::Result<Self> {
        let opened = async {
            let stream = TcpStream::connect(&address.authority).await?;
            stream.set_nodelay(true)?;
            Ok(http1::handshake(TokioIo::new(stream)).await?)
        };
        let opened: anyhow::Result<_> = timeout(CONNECT_MAX, opened).await?;
        let (sender, driver) =
            opened.with_context(|| format!("no connection to {}", address.authority))?;
        Ok(Self { sender, driver: Box::pin(driver), is_open: true })
    }

    /// Whether another request may be sent.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Sends a request and reads the answer to its end. After an error the connection is closed.
    pub(crate) async fn send(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Answer> {
        let answer = timeout(ANSWER_MAX, self.exchange(request)).await;
        let answer = answer.context("no answer in time").and_then(|answer| answer);
        self.is_open &= answer.is_ok();
        answer
    }

    async fn exchange(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Answer> {
        let answer = answer(&mut self.sender, request);
        tokio::pin!(answer);
        tokio::select! {
            biased;
            done = &mut answer => return done,
            _ = &mut self.driver => self.is_open = false,
        }
        // The connection ended; what it had received before is still to be read.
        answer.await
    }
}

/// Sends a request on a connection of its own and gives the answer piece by piece as it comes.
pub(crate) async fn stream(
    address: &Address,
    request: hyper::http::request::Builder,
    mut piece: impl FnMut(&[u8]),
) -> anyhow::Result<()> {
    let Connection { mut sender, driver, .. } = Connection::open(address).await?;
    let taken = async {
        let answer = sender.send_request(request.body(Full::new(Bytes::new()))?).await?;
        let (head, mut body) = answer.into_parts();
        anyhow::ensure!(head.status == StatusCode::OK, "answer {}", head.status);
        while let Some(frame) = timeout(ANSWER_MAX, body.frame()).await? {
            if let Some(data) = frame?.data_ref() {
                piece(data);
            }
        }
        Ok(())
    };
    tokio::pin!(taken);
    tokio::select! {
        biased;
        done = &mut taken => return done,
        _ = driver => {}
    }
    // The connection ended; what it had received before is still to be read.
    taken.await
}

async fn answer(
    sender: &mut http1::SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
) -> anyhow::Result<Answer> {
    sender.ready().await?;
    let (head, body) = sender.send_request(request).await?.into_parts();
    let body = Limited::new(body, BODY_BYTES_MAX).collect().await;
    let body = body.map_err(|error| anyhow::anyhow!("answer cannot be read: {error}"))?;
    let retry_after = head.headers.get(header::RETRY_AFTER);
    let retry_after = retry_after.and_then(|value| value.to_str().ok()).map(str::to_owned);
    Ok(Answer { status: head.status, retry_after, body: body.to_bytes() })
}
