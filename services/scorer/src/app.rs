//! What every lane may use.

use std::sync::Arc;

use innerwall_broker::{Broker, Publisher, Replies};
use innerwall_enrich::Reloading;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::health::Readiness;
use innerwall_storage::Database;
use quick_cache::sync::Cache;

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
}
