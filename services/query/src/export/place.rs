//! How many exports there may be at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_storage::{Connection, Database, StorageError};

use crate::problem::Problem;

/// Exports at once of one tenant, and of all. Each holds at most about 40 MB.
const OF_TENANT_MAX: usize = 2;
const MAX: usize = 6;
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Exports under way, with connections of their own: pages never wait for an export.
pub(crate) struct Exports {
    database: Database,
    running: Arc<Mutex<HashMap<TenantId, usize>>>,
}

/// Leaves when dropped.
pub(crate) struct Place {
    tenant: TenantId,
    running: Arc<Mutex<HashMap<TenantId, usize>>>,
}

impl Exports {
    pub(crate) fn new(database: Database) -> Self {
        Self { database, running: Arc::default() }
    }

    pub(crate) async fn connection(&self) -> Result<Connection, StorageError> {
        self.database.connection().await
    }

    /// Takes a place, or refuses.
    pub(crate) fn enter(&self, tenant: TenantId) -> Result<Place, Problem> {
        enter(&self.running, tenant)
    }
}

fn enter(
    running: &Arc<Mutex<HashMap<TenantId, usize>>>,
    tenant: TenantId,
) -> Result<Place, Problem> {
    let mut counts = locked(running);
    let total: usize = counts.values().sum();
    let own = counts.entry(tenant).or_default();
    if *own >= OF_TENANT_MAX || total >= MAX {
        return Err(Problem::TooManyExports { retry_after: RETRY_AFTER });
    }
    *own += 1;
    Ok(Place { tenant, running: Arc::clone(running) })
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = locked(&self.running);
        if let Some(own) = counts.get_mut(&self.tenant) {
            *own = own.saturating_sub(1);
        }
        counts.retain(|_, own| *own > 0);
    }
}

fn locked(running: &Mutex<HashMap<TenantId, usize>>) -> MutexGuard<'_, HashMap<TenantId, usize>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_limited_per_tenant_and_in_all_and_given_back() {
        let running = Arc::default();
        let mut taken = Vec::new();
        for tenant in [1, 1, 2, 2, 3, 3] {
            taken.push(enter(&running, TenantId(tenant)).map_err(|_| tenant));
        }
        assert!(taken.iter().all(Result::is_ok));
        assert!(enter(&running, TenantId(1)).is_err(), "two of a tenant");
        assert!(enter(&running, TenantId(4)).is_err(), "six of all");
        taken.clear();
        assert!(enter(&running, TenantId(1)).is_ok());
        assert!(locked(&running).is_empty());
    }
}
