//! A whole system: gateway, scorers and query on a site of their own.

use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::eventually;
use innerwall_testkit::http::{self, Response};
use serde_json::Value;

use crate::environment;
use crate::reader::Reader;
use crate::service::Service;
use crate::site::{Servers, Site};

/// The promise: from the answer to the producer until the score can be read.
pub const VISIBLE_WITHIN: Duration = Duration::from_secs(2);

/// Of each service, newest first.
const COMPLAINTS_SHOWN: usize = 10;

/// Which services a system has, and which servers it stands on.
#[derive(Clone, Debug)]
pub struct Plan {
    pub servers: Servers,
    pub scorers: usize,
    /// Whether scorers load the data files for enrichment, which takes a debug build seconds.
    pub has_data: bool,
    /// Host and port at which scorers find the broker, when not its own: a link that can break.
    pub scorer_broker: Option<String>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { servers: Servers::default(), scorers: 1, has_data: false, scorer_broker: None }
    }
}

/// Real processes that work together. Dropping it ends them and removes what they stored.
#[derive(Debug)]
pub struct System {
    pub ingest: Service,
    pub scorers: Vec<Service>,
    pub query: Service,
    pub reader: Reader,
    pub site: Site,
}

impl System {
    /// Starts one of each service and waits until all are ready.
    pub async fn start() -> Result<Self> {
        Self::start_as(&Plan::default()).await
    }

    /// Starts the services of a plan and waits until all are ready.
    pub async fn start_as(plan: &Plan) -> Result<Self> {
        let site = Site::prepare(&plan.servers).await?;
        let mut ingest = Service::start(&site, "ingest", &[]).await?;
        let mut query = Service::start(&site, "query", &[]).await?;
        let mut scorers = Vec::new();
        let data = environment::data_dir().filter(|_| plan.has_data);
        let data = data.map(|directory| ("INNERWALL_DATA_DIR".to_owned(), directory));
        let link = plan.scorer_broker.as_ref().map(|link| site.amqp_url_through(link));
        let link = link.map(|url| ("INNERWALL_AMQP_URL".to_owned(), url));
        let more: Vec<_> = data.into_iter().chain(link).collect();
        for _ in 0..plan.scorers {
            scorers.push(Service::start(&site, "scorer", &more).await?);
        }
        ingest.wait_ready().await?;
        query.wait_ready().await?;
        for scorer in &mut scorers {
            scorer.wait_ready().await?;
        }
        let reader = Reader::new(&query.url, &site.tenant.api_token);
        Ok(Self { ingest, scorers, query, reader, site })
    }

    /// Sends a body to `POST /v1/events` with the tenant's key.
    pub async fn send(
        &self,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Result<Response> {
        let url = format!("{}/v1/events", self.ingest.url);
        let mut all = vec![("Api-Key", self.site.tenant.api_key.as_str())];
        all.extend_from_slice(headers);
        http::request("POST", &url, &all, body.into()).await
    }

    /// Asks for a verdict about an event, with the tenant's key.
    pub async fn decide(&self, event: &Value, within_ms: u32) -> Result<Response> {
        self.decide_as(&self.site.tenant.api_key, event, within_ms).await
    }

    /// Asks for a verdict with some key.
    pub async fn decide_as(&self, key: &str, event: &Value, within_ms: u32) -> Result<Response> {
        let url = format!("{}/v1/decide", self.ingest.url);
        let within = within_ms.to_string();
        let headers = [
            ("Api-Key", key),
            ("Content-Type", "application/json"),
            ("Innerwall-Deadline-Ms", &within),
        ];
        http::request("POST", &url, &headers, event.to_string()).await
    }

    /// Asks for a verdict that was not there in time, at the path of its answer.
    pub async fn decision(&self, key: &str, path: &str) -> Result<Response> {
        let url = format!("{}{path}", self.ingest.url);
        http::request("GET", &url, &[("Api-Key", key)], "").await
    }

    /// Sends a JSON object or array.
    pub async fn send_json(&self, value: &Value) -> Result<Response> {
        self.send(&[("Content-Type", "application/json")], value.to_string()).await
    }

    /// Waits, as long as the promise allows, until so many events of a user count in its score.
    pub async fn visible(&self, user_id: &str, events: u64) -> Result<Value> {
        let what = format!("{events} events of {user_id} are scored and visible");
        eventually(VISIBLE_WITHIN, &what, async || {
            let Some(user) = self.reader.user(user_id).await? else {
                return Ok(None);
            };
            let is_scored = user["trust_score"].is_i64();
            Ok((is_scored && user["event_count"] == events).then_some(user))
        })
        .await
        .with_context(|| self.complaints())
    }

    /// What the services warned of, for the message of a failed check.
    pub(crate) fn complaints(&self) -> String {
        let mut text = String::from("the services complain of:");
        for service in [&self.ingest, &self.query].into_iter().chain(&self.scorers) {
            let lines = [service.log_lines("\"WARN\""), service.log_lines("\"ERROR\"")].concat();
            for line in lines.iter().rev().take(COMPLAINTS_SHOWN) {
                text.push('\n');
                text.push_str(line);
            }
        }
        text
    }
}
