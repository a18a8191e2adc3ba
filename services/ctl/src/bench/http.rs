//! Small requests to the services under measurement.

use anyhow::ensure;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::AUTHORIZATION;
use serde::de::DeserializeOwned;

use crate::load::connection::{Address, Answer, Connection};

/// Turns an answer that is not 200 into an error.
pub(super) trait Checked {
    fn ok(self) -> anyhow::Result<Bytes>;
}

impl Checked for Answer {
    fn ok(self) -> anyhow::Result<Bytes> {
        let text = String::from_utf8_lossy(&self.body);
        ensure!(self.status == StatusCode::OK, "answer {}: {text}", self.status);
        Ok(self.body)
    }
}

/// A kept-alive client with a token.
pub(super) struct Client {
    address: Address,
    authorization: String,
    connection: Option<Connection>,
}

impl Client {
    pub(super) fn new(address: &Address, api_token: &str) -> Self {
        let authorization = format!("Bearer {api_token}");
        Self { address: address.clone(), authorization, connection: None }
    }

    pub(super) async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let request = self
            .address
            .request("GET", path)
            .header(AUTHORIZATION, &self.authorization)
            .body(Full::new(Bytes::new()))?;
        let mut connection = match self.connection.take().filter(Connection::is_open) {
            Some(connection) => connection,
            None => Connection::open(&self.address).await?,
        };
        let answer = connection.send(request).await?;
        self.connection = Some(connection);
        Ok(answer)
    }

    pub(super) async fn json<T: DeserializeOwned>(&mut self, path: &str) -> anyhow::Result<T> {
        Ok(serde_json::from_slice(&self.get(path).await?.ok()?)?)
    }
}

/// A request without a token on a connection of its own.
pub(super) async fn get_once(address: &Address, path: &str) -> anyhow::Result<Answer> {
    let request = address.request("GET", path).body(Full::new(Bytes::new()))?;
    Connection::open(address).await?.send(request).await
}
