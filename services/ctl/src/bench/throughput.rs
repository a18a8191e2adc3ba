//! How many events per second go all the way: sent, accepted, scored, committed and in the
//! ledger that query shows.

use std::future::pending;

use anyhow::ensure;
use tokio::time::Instant;

use super::report::Run;
use super::system::System;
use crate::load::{self, LoadOptions};

const USERS: u32 = 10_000;
/// All rules run and act.
pub(super) const LIVE: &str = "live";

/// A way of sending.
pub(super) struct Scenario {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) scorers: usize,
    /// Mode of every rule.
    pub(super) rules: &'static str,
    connections: usize,
    batch: usize,
}

impl Scenario {
    pub(super) const SINGLE: Self = Self {
        name: "single",
        title: "one event per request, 32 connections, 1 scorer",
        scorers: 1,
        rules: LIVE,
        connections: 32,
        batch: 1,
    };
    pub(super) const BATCH: Self = Self {
        name: "batch",
        title: "NDJSON batches of 100, 8 connections, 1 scorer",
        scorers: 1,
        rules: LIVE,
        connections: 8,
        batch: 100,
    };
    pub(super) const BATCH_TWO_SCORERS: Self = Self {
        name: "batch2",
        title: "NDJSON batches of 100, 8 connections, 2 scorers",
        scorers: 2,
        ..Self::BATCH
    };

    pub(super) const BATCH_NO_RULES: Self = Self {
        name: "batch0",
        title: "the same without any rule or window",
        rules: "off",
        ..Self::BATCH
    };

    /// The load of the scenario; `rate` 0 is as fast as possible.
    pub(super) fn load(&self, system: &System, rate: f64, seconds: u64) -> LoadOptions {
        LoadOptions {
            url: system.ingest.url.clone(),
            api_key: system.tenant.api_key.clone(),
            rate,
            seconds,
            connections: self.connections,
            batch: self.batch,
            users: USERS,
            seed: 1,
            labels: None,
            labelled: None,
            history_days: 0,
            scenes: 0,
        }
    }
}

/// Sends as fast as possible and waits until everything accepted is scored.
pub(super) async fn measure(
    scenario: &Scenario,
    system: &System,
    seconds: u64,
) -> anyhow::Result<Run> {
    let before = system.cpu.read();
    let started = Instant::now();
    let load = load::run_until(scenario.load(system, 0.0, seconds), pending()).await?;
    ensure!(load.refused == 0, "{} events of the generator were refused", load.refused);
    let ledger = system.wait_scored(load.accepted).await?;
    let elapsed_s = started.elapsed().as_secs_f64();
    let cpu = system.cpu.read().since(&before);
    Ok(Run::new(&load, ledger.scored(), elapsed_s, &cpu))
}
