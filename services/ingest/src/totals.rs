//! Running totals of what this start of the gateway answered for, reported to the ledger.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_runtime::Lifecycle;
use innerwall_storage::{Database, StorageError, ledger};
use uuid::Uuid;

/// How often totals are reported.
const REPORT_EVERY: Duration = Duration::from_secs(1);
/// Tries of the last report; more than there are connections in the pool.
const LAST_TRIES: u32 = 10;
const LAST_TRY_EVERY: Duration = Duration::from_millis(100);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Total {
    confirmed: i64,
    unconfirmed: i64,
}

/// Totals by tenant.
pub(crate) struct Totals {
    gateway: Uuid,
    by_tenant: Mutex<HashMap<TenantId, Total>>,
}

impl Totals {
    pub(crate) fn new(gateway: Uuid) -> Self {
        Self { gateway, by_tenant: Mutex::new(HashMap::new()) }
    }

    pub(crate) fn gateway(&self) -> Uuid {
        self.gateway
    }

    pub(crate) fn add_confirmed(&self, tenant: TenantId, events: usize) {
        metrics::counter!("innerwall_events_accepted_total").increment(events as u64);
        self.all().entry(tenant).or_default().confirmed += i64::try_from(events).unwrap_or(0);
    }

    pub(crate) fn add_unconfirmed(&self, tenant: TenantId, events: usize) {
        metrics::counter!("innerwall_events_unconfirmed_total").increment(events as u64);
        self.all().entry(tenant).or_default().unconfirmed += i64::try_from(events).unwrap_or(0);
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, Total>> {
        self.by_tenant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reports what has changed every second, and a last time when the service stops.
    pub(crate) async fn report_until_stopped(&self, database: &Database, lifecycle: &Lifecycle) {
        let mut reported = HashMap::new();
        let mut is_last = false;
        while !is_last {
            tokio::select! {
                () = tokio::time::sleep(REPORT_EVERY) => {}
                () = lifecycle.stopping() => is_last = true,
            }
            if let Err(error) = self.report(database, &mut reported).await {
                tracing::warn!(%error, "totals not reported, will be with the next report");
            }
        }
    }

    /// Reports a last time, after every publish has ended. Connections made by threads that have
    /// ended are dead, so a few tries are needed.
    pub(crate) async fn report_all(&self, database: &Database) -> Result<(), StorageError> {
        for _ in 0..LAST_TRIES {
            if self.report(database, &mut HashMap::new()).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(LAST_TRY_EVERY).await;
        }
        self.report(database, &mut HashMap::new()).await
    }

    async fn report(
        &self,
        database: &Database,
        reported: &mut HashMap<TenantId, Total>,
    ) -> Result<(), StorageError> {
        let current: Vec<(TenantId, Total)> =
            self.all().iter().map(|(tenant, total)| (*tenant, *total)).collect();
        for (tenant, total) in current {
            if reported.get(&tenant) == Some(&total) {
                continue;
            }
            let mut connection = database.connection().await?;
            let Total { confirmed, unconfirmed } = total;
            ledger::report(&mut connection, tenant, self.gateway, confirmed, unconfirmed).await?;
            reported.insert(tenant, total);
        }
        Ok(())
    }
}
