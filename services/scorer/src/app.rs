//! What every lane may use.

use std::sync::Arc;

use innerwall_broker::{Broker, Publisher, Replies};
use innerwall_enrich::Reloading;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::health::Readiness;
use innerwall_storage::Database;
use quick_cache::sync::Cache;
use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};

use crate::fired::Fired;
use crate::tally::Seen;
use crate::tenants::Tenants;

pub(crate) struct App {
    pub(crate) broker: Arc<Broker>,
    pub(crate) publisher: Publisher,
    pub(crate) replies: Replies,
    pub(crate) database: Database,
    pub(crate) enricher: Reloading,
    pub(crate) tenants: Tenants,
    pub(crate) seen: Seen,
    pub(crate) fired: Fired,
    /// Weeks whose partition of the events table is there.
    pub(crate) partitions: Cache<i64, ()>,
    pub(crate) readiness: Readiness,
    pub(crate) lifecycle: Lifecycle,
    /// Limits the transactions at once: more would only wait for each other.
    pub(crate) transactions: Semaphore,
    /// The same for events whose producers wait: they never queue behind the others.
    pub(crate) decide_transactions: Semaphore,
}

/// What a lane is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Many events at a time.
    Events,
    /// Events whose producers wait for the verdict.
    Decide,
}

impl App {
    /// Waits for leave to run a transaction.
    pub(crate) async fn permit(
        &self,
        purpose: Purpose,
    ) -> Result<SemaphorePermit<'_>, AcquireError> {
        match purpose {
            Purpose::Events => self.transactions.acquire().await,
            Purpose::Decide => self.decide_transactions.acquire().await,
        }
    }
}
