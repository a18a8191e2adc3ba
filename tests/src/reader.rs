//! A reader of scores: the query service, seen through its REST interface.

use anyhow::{Context, Result, ensure};
use innerwall_testkit::http::{self, Response};
use serde_json::Value;

/// Someone with a token.
#[derive(Clone, Debug)]
pub struct Reader {
    pub url: String,
    token: String,
}

impl Reader {
    /// A reader of the service at this address.
    pub fn new(url: &str, token: &str) -> Self {
        Self { url: url.to_owned(), token: token.to_owned() }
    }

    /// What the reader proves itself with.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// Reads below `/api/v1`, whatever the answer.
    pub async fn get(&self, path: &str) -> Result<Response> {
        let url = format!("{}/api/v1{path}", self.url);
        http::request("GET", &url, &[("Authorization", &self.authorization())], "").await
    }

    /// Sends JSON below `/api/v1`, whatever the answer.
    pub async fn send(&self, method: &str, path: &str, body: &Value) -> Result<Response> {
        let url = format!("{}/api/v1{path}", self.url);
        let authorization = self.authorization();
        let headers = [("Authorization", &*authorization), ("Content-Type", "application/json")];
        http::request(method, &url, &headers, body.to_string()).await
    }

    /// Reads what must be there.
    pub async fn read(&self, path: &str) -> Result<Value> {
        let answer = self.get(path).await?;
        ensure!(answer.status == 200, "{path}: {} {}", answer.status, answer.text());
        answer.json()
    }

    /// A user, if it is known.
    pub async fn user(&self, user_id: &str) -> Result<Option<Value>> {
        let answer = self.get(&format!("/users/{user_id}")).await?;
        match answer.status {
            404 => Ok(None),
            200 => answer.json().map(Some),
            status => anyhow::bail!("user {user_id}: {status} {}", answer.text()),
        }
    }

    /// All events of a user, newest first.
    pub async fn events_of(&self, user_id: &str) -> Result<Vec<Value>> {
        let page = self.read(&format!("/users/{user_id}/events?limit=200")).await?;
        let items = page["items"].as_array().with_context(|| format!("no items in {page}"))?;
        Ok(items.clone())
    }
}
