//! Everything that runs for one scenario.

use anyhow::{Context, bail};
use serde::Deserialize;
use std::time::Duration;
use tokio::time::{Instant, sleep};

use super::cpu::Meter;
use super::ctl::{Ctl, Tenant};
use super::http::Client;
use super::memory::{self, Peak};
use super::service::Service;

/// The weights that throughput is measured with.
pub(super) const PRESET: &str = "recommended";
/// Resolution of the end of a scenario.
const LEDGER_EVERY: Duration = Duration::from_millis(100);
/// Scoring that makes no progress for so long has stopped.
const STALL_MAX: Duration = Duration::from_mins(1);
/// Time to acknowledge what was committed last.
const SETTLE: Duration = Duration::from_millis(300);

/// Ingest, scorers and query with a tenant and queues of their own.
pub(super) struct System {
    pub(super) tenant: Tenant,
    pub(super) ingest: Service,
    pub(super) query: Service,
    scorers: Vec<Service>,
    pub(super) cpu: Meter,
}

/// What became of events, as query tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub(super) struct Ledger {
    scored: u64,
    duplicate: u64,
    conflict: u64,
    parked: u64,
}

impl System {
    /// Starts a system for a new tenant whose rules are in a mode.
    pub(super) async fn start(
        ctl: &Ctl,
        scenario: &str,
        (rules, scorers): (&str, usize),
    ) -> anyhow::Result<Self> {
        let tenant = ctl.tenant(scenario, (PRESET, rules)).await?;
        Self::start_for(ctl, tenant, scenario, scorers).await
    }

    /// Starts what serves a tenant.
    pub(super) async fn start_for(
        ctl: &Ctl,
        tenant: Tenant,
        scenario: &str,
        scorers: usize,
    ) -> anyhow::Result<Self> {
        let prefix = format!("bench-{}-{scenario}-", ctl.run_id);
        let mut ingest = Service::start(ctl, "ingest", &prefix).await?;
        let mut query = Service::start(ctl, "query", &prefix).await?;
        let mut started = Vec::new();
        for _ in 0..scorers {
            started.push(Service::start(ctl, "scorer", &prefix).await?);
        }
        for service in started.iter_mut().chain([&mut ingest, &mut query]) {
            service.wait_ready().await?;
        }
        let services = started.iter().chain([&ingest, &query]);
        let services = services.map(|service| Ok((service.name, service.id()?)));
        let cpu = Meter::new(ctl, services.collect::<anyhow::Result<_>>()?);
        Ok(Self { tenant, ingest, query, scorers: started, cpu })
    }

    /// Waits until so many events are scored; gives the ledger of that moment.
    pub(super) async fn wait_scored(&self, events: u64) -> anyhow::Result<Ledger> {
        let mut client = Client::new(&self.query.address, &self.tenant.api_token);
        let mut last = Ledger::default();
        let mut moved_at = Instant::now();
        loop {
            let ledger: Ledger = client.json("/api/v1/ledger").await.context("ledger")?;
            if ledger.ended() >= events {
                return Ok(ledger);
            }
            if ledger != last {
                (last, moved_at) = (ledger, Instant::now());
            }
            if moved_at.elapsed() > STALL_MAX {
                bail!("scoring stopped: {events} events were accepted, the ledger says {ledger:?}");
            }
            sleep(LEDGER_EVERY).await;
        }
    }

    /// Ends the services; gives the most memory each of them had.
    pub(super) async fn stop(self) -> anyhow::Result<Vec<Peak>> {
        sleep(SETTLE).await;
        let mut peaks = Vec::new();
        for service in self.scorers.into_iter().chain([self.ingest, self.query]) {
            peaks.push(memory::peak(service.name, service.id()?)?);
            service.stop().await?;
        }
        Ok(peaks)
    }
}

impl Ledger {
    /// Events that need nothing more to be done.
    fn ended(self) -> u64 {
        self.scored + self.conflict + self.parked
    }

    pub(super) fn scored(self) -> u64 {
        self.scored
    }
}
