//! One producer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::Journal;
use innerwall_testkit::http::{self, Response};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::{Broken, LoadReport, LoadShape};
use crate::events::random_event;
use crate::seed::Dice;

/// Shorter than the gateway asks for: a test has no time, and the gateway must bear it.
const RETRY_AFTER: Duration = Duration::from_millis(200);

pub(super) struct Client {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) api_key: String,
    pub(super) shape: LoadShape,
    pub(super) dice: Dice,
    pub(super) journal: Arc<Journal>,
    pub(super) stop: Arc<AtomicBool>,
    pub(super) report: LoadReport,
}

impl Client {
    pub(super) async fn run(mut self) -> Result<LoadReport> {
        let mut number = 0;
        while !self.stop.load(Ordering::Relaxed) {
            let mut waiting = Vec::new();
            for _ in 0..=self.dice.below(self.shape.events_per_request_max) {
                number += 1;
                let event_id = format!("{}-{number}", self.name);
                let user_id = format!("user-{}", self.dice.below(self.shape.users));
                let event = random_event(&mut self.dice, &user_id, &event_id);
                self.journal.sent(&event_id)?;
                waiting.push((event_id, event));
            }
            self.send_until_accepted(waiting).await?;
            sleep(self.shape.pause).await;
        }
        Ok(self.report)
    }

    async fn send_until_accepted(&mut self, mut waiting: Vec<(String, Value)>) -> Result<()> {
        while !waiting.is_empty() {
            let started = Instant::now();
            match self.post(&waiting).await {
                Ok(answer) => {
                    self.report.note(answer.status, started.elapsed());
                    let accepted = accepted_ids(&answer)?;
                    for event_id in &accepted {
                        self.journal.accepted(event_id)?;
                    }
                    waiting.retain(|(event_id, _)| !accepted.contains(event_id));
                }
                Err(error) => {
                    let reason = format!("{error:#}");
                    self.report.broken.push(Broken { begun: started, reason });
                }
            }
            if !waiting.is_empty() {
                sleep(RETRY_AFTER).await;
            }
        }
        Ok(())
    }

    async fn post(&self, waiting: &[(String, Value)]) -> Result<Response> {
        let lines: Vec<String> = waiting.iter().map(|(_, event)| event.to_string()).collect();
        let headers =
            [("Api-Key", self.api_key.as_str()), ("Content-Type", "application/x-ndjson")];
        http::request("POST", &self.url, &headers, lines.join("\n")).await
    }
}

/// Ids for which the gateway took responsibility.
fn accepted_ids(answer: &Response) -> Result<Vec<String>> {
    if !matches!(answer.status, 202 | 207) {
        return Ok(Vec::new());
    }
    let answer = answer.json()?;
    let events = answer["events"].as_array().with_context(|| format!("no events in {answer}"))?;
    let accepted = events.iter().filter(|event| event["status"] == "accepted");
    Ok(accepted.filter_map(|event| event["event_id"].as_str().map(str::to_owned)).collect())
}
