//! Someone at the dashboard: keeps the cookie, and shows the CSRF token with writes.

use anyhow::{Result, ensure};
use innerwall_testkit::http::{self, Response};
use serde_json::{Value, json};

/// One of the origins that query knows unless told otherwise.
const ORIGIN: &str = "http://127.0.0.1:8083";

/// A browser with a session, or none yet.
#[derive(Clone, Debug)]
pub struct Browser {
    pub url: String,
    pub cookie: String,
    pub csrf: String,
    pub origin: String,
}

impl Browser {
    /// A browser without a session.
    pub fn new(query_url: &str) -> Self {
        let (cookie, csrf) = (String::new(), String::new());
        Self { url: query_url.to_owned(), cookie, csrf, origin: ORIGIN.to_owned() }
    }

    /// A browser whose session is open.
    pub async fn signed_in(query_url: &str, email: &str, password: &str) -> Result<Self> {
        let mut browser = Self::new(query_url);
        let answer = browser.sign_in(email, password).await?;
        ensure!(answer.status == 200, "{email}: {} {}", answer.status, answer.text());
        Ok(browser)
    }

    /// Sends e-mail address and password.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Result<Response> {
        self.send("POST", "/login", &json!({"email": email, "password": password})).await
    }

    /// Reads below `/api/v1`.
    pub async fn get(&mut self, path: &str) -> Result<Response> {
        self.exchange("GET", path, String::new()).await
    }

    /// Sends JSON below `/api/v1`; takes over the session of the answer.
    pub async fn send(&mut self, method: &str, path: &str, body: &Value) -> Result<Response> {
        self.exchange(method, path, body.to_string()).await
    }

    async fn exchange(&mut self, method: &str, path: &str, body: String) -> Result<Response> {
        let url = format!("{}/api/v1{path}", self.url);
        let mut headers = vec![("Content-Type", "application/json"), ("User-Agent", "test")];
        let given = [
            ("Cookie", self.cookie.as_str()),
            ("X-Innerwall-CSRF", self.csrf.as_str()),
            ("Origin", self.origin.as_str()),
        ];
        headers.extend(given.into_iter().filter(|(_, value)| !value.is_empty()));
        let answer = http::request(method, &url, &headers, body).await?;
        self.keep(&answer);
        Ok(answer)
    }

    fn keep(&mut self, answer: &Response) {
        let Some(set) = answer.header("set-cookie") else { return };
        set.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        let body = answer.json().unwrap_or_default();
        body["csrf_token"].as_str().unwrap_or_default().clone_into(&mut self.csrf);
    }
}
