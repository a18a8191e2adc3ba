//! What every lane may use.

use std::sync::Arc;

use innerwall_broker::{Broker, Publisher};
use innerwall_enrich::Reloading;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::health::Readiness;
use innerwall_storage::Database;
use tokio::sync::Semaphore;

use crate::tally::Seen;
use crate::tenants::Tenants;

pub(crate) struct App {
    pub(crate) broker: Arc<Broker>,
    pub(crate) publisher: Publisher,
    pub(crate) database: Database,
    pub(crate) enricher: Reloading,
    pub(crate) tenants: Tenants,
    pub(crate) seen: Seen,
    pub(crate) readiness: Readiness,
    pub(crate) lifecycle: Lifecycle,
    /// Limits the transactions at once: more would only wait for each other.
    pub(crate) transactions: Semaphore,
}
