//! Producers that send events under ids of their own and retry until each is accepted.

mod client;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::Journal;
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use self::client::Client;
use crate::seed::Dice;
use crate::system::System;

/// Producers end their last request within this, or the gateway does not recover.
const FINISHES_WITHIN: Duration = Duration::from_secs(30);

/// Tells the events of the load from others.
const ID_PREFIX: &str = "load-";

/// How much is sent.
#[derive(Clone, Copy, Debug)]
pub struct LoadShape {
    pub clients: u64,
    pub users: u64,
    pub events_per_request_max: u64,
    /// Between two requests of a client.
    pub pause: Duration,
}

impl Default for LoadShape {
    /// Some hundred events per second: the machine also runs what is tested, in debug builds.
    fn default() -> Self {
        Self { clients: 4, users: 40, events_per_request_max: 6, pause: Duration::from_millis(40) }
    }
}

/// What the producers saw.
#[derive(Clone, Debug, Default)]
pub struct LoadReport {
    /// Number of answers and the slowest one, by status.
    pub answers: BTreeMap<u16, (u64, Duration)>,
    /// Requests that ended without an answer.
    pub broken: Vec<Broken>,
}

/// A request that ended without an answer.
#[derive(Clone, Debug)]
pub struct Broken {
    pub begun: Instant,
    pub reason: String,
}

impl LoadReport {
    /// Answers with this status.
    pub fn count(&self, status: u16) -> u64 {
        self.answers.get(&status).map_or(0, |(count, _)| *count)
    }

    /// Statuses seen, in order.
    pub fn statuses(&self) -> Vec<u16> {
        self.answers.keys().copied().collect()
    }

    fn note(&mut self, status: u16, took: Duration) {
        let (count, slowest) = self.answers.entry(status).or_default();
        *count += 1;
        *slowest = took.max(*slowest);
    }

    fn merge(&mut self, other: Self) {
        for (status, (count, slowest)) in other.answers {
            let sum = self.answers.entry(status).or_default();
            *sum = (sum.0 + count, sum.1.max(slowest));
        }
        self.broken.extend(other.broken);
    }
}

/// Producers at work.
#[derive(Debug)]
pub struct Load {
    journal: Arc<Journal>,
    stop: Arc<AtomicBool>,
    clients: JoinSet<Result<LoadReport>>,
    _directory: TempDir,
}

impl Load {
    /// Starts producers that send with the tenant's key.
    pub fn start(system: &System, shape: LoadShape, seed: u64) -> Result<Self> {
        let directory = tempfile::tempdir().context("no directory for the journal")?;
        let journal = Arc::new(Journal::open(directory.path().join("journal"))?);
        let stop = Arc::new(AtomicBool::new(false));
        let mut clients = JoinSet::new();
        for number in 0..shape.clients {
            let client = Client {
                name: format!("{ID_PREFIX}{seed}-{number}"),
                url: format!("{}/v1/events", system.ingest.url),
                api_key: system.site.tenant.api_key.clone(),
                shape,
                dice: Dice::new(seed + number),
                journal: Arc::clone(&journal),
                stop: Arc::clone(&stop),
                report: LoadReport::default(),
            };
            clients.spawn(client.run());
        }
        Ok(Self { journal, stop, clients, _directory: directory })
    }

    /// Whether an event id is one that these producers give.
    pub fn is_of_load(&self, event_id: &str) -> bool {
        event_id.starts_with(ID_PREFIX)
    }

    /// What was sent and accepted so far.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Ends the load: every producer retries its last request until it is accepted.
    pub async fn finish(&mut self) -> Result<LoadReport> {
        self.stop.store(true, Ordering::Relaxed);
        let mut report = LoadReport::default();
        let gather = async {
            while let Some(client) = self.clients.join_next().await {
                report.merge(client.context("a producer panicked")??);
            }
            Ok::<(), anyhow::Error>(())
        };
        let gathered = timeout(FINISHES_WITHIN, gather).await;
        gathered.context("producers still wait for their last request to be accepted")??;
        Ok(report)
    }
}
