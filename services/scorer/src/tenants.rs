//! Settings and rule sets of tenants, cached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use innerwall_event::TenantId;
use innerwall_rules::{RuleSet, builtin_packs};
use innerwall_runtime::clock;
use innerwall_storage::tenants::{self, TenantSettings};
use innerwall_storage::{Connection, Database, StorageError};

/// A change of rules or settings takes effect within this time.
const FRESH_FOR: Duration = Duration::from_secs(2);

/// What scoring needs to know of a tenant.
pub(crate) struct Tenant {
    pub(crate) rules: RuleSet,
    time_zone: String,
}

impl Tenant {
    /// Seconds east of UTC at the tenant; 0 for a time zone nobody knows.
    pub(crate) fn utc_offset_s(&self, at_micros: i64) -> i32 {
        if self.time_zone == "UTC" {
            return 0;
        }
        clock::utc_offset_s(&self.time_zone, at_micros).unwrap_or(0)
    }
}

/// Loads a tenant's rule set.
async fn load(
    connection: &mut Connection,
    id: TenantId,
    settings: TenantSettings,
) -> Result<Tenant, StorageError> {
    let version = settings.rule_set_version;
    let tx = connection.begin(id).await?;
    let weights = tenants::weights(&tx, version).await?;
    let rules = RuleSet::new(version, builtin_packs(), &weights).map_err(|error| {
        StorageError::Settings(format!("rule set {version} of tenant {}: {error}", id.0))
    })?;
    Ok(Tenant { rules, time_zone: settings.time_zone })
}

#[derive(Default)]
pub(crate) struct Tenants {
    known: Mutex<HashMap<TenantId, (Instant, Arc<Tenant>)>>,
}

impl Tenants {
    /// The tenant, or `None` when there is no such tenant.
    pub(crate) async fn get(
        &self,
        database: &Database,
        id: TenantId,
    ) -> Result<Option<Arc<Tenant>>, StorageError> {
        let known = self.lookup(id);
        if let Some((_, tenant)) = known.as_ref().filter(|known| known.0.elapsed() < FRESH_FOR) {
            return Ok(Some(Arc::clone(tenant)));
        }
        let mut connection = database.connection().await?;
        let Some(settings) = tenants::settings(&connection, id).await? else {
            return Ok(None);
        };
        let unchanged = known.map(|known| known.1).filter(|tenant| {
            tenant.rules.version == settings.rule_set_version
                && tenant.time_zone == settings.time_zone
        });
        let tenant = match unchanged {
            Some(tenant) => tenant,
            None => Arc::new(load(&mut connection, id, settings).await?),
        };
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(id, (Instant::now(), Arc::clone(&tenant)));
        Ok(Some(tenant))
    }

    fn lookup(&self, id: TenantId) -> Option<(Instant, Arc<Tenant>)> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}
