//! Rule books and settings of tenants, cached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use innerwall_event::TenantId;
use innerwall_rules::{RuleSet, RuleSetContent};
use innerwall_runtime::clock;
use innerwall_scoring::Rulebook;
use innerwall_storage::lists::{self, InUse};
use innerwall_storage::tenants::{self, TenantSettings};
use innerwall_storage::{Connection, Database, StorageError, TenantTx, rule_sets, windows};

/// A change of settings takes effect within this time. A new version of the rules does at once:
/// every transaction checks it.
const FRESH_FOR: Duration = Duration::from_secs(2);

/// What scoring needs to know of a tenant.
pub(crate) struct Tenant {
    pub(crate) book: Rulebook,
    /// What there is on block, allow and watch lists.
    pub(crate) lists: InUse,
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

    pub(crate) fn version(&self) -> i32 {
        self.book.rules.version
    }
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
        let known = known.map(|known| known.1);
        let tenant = Arc::new(load(&mut connection, id, settings, known.as_deref()).await?);
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(id, (Instant::now(), Arc::clone(&tenant)));
        Ok(Some(tenant))
    }

    /// Makes the next look read the tenant anew.
    pub(crate) fn forget(&self, id: TenantId) {
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&id);
    }

    fn lookup(&self, id: TenantId) -> Option<(Instant, Arc<Tenant>)> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}

/// Loads what has changed of a tenant.
async fn load(
    connection: &mut Connection,
    id: TenantId,
    settings: TenantSettings,
    known: Option<&Tenant>,
) -> Result<Tenant, StorageError> {
    let version = settings.rule_set_version;
    let tx = connection.begin(id).await?;
    let in_use = lists::in_use(&tx).await?;
    let book = match known.filter(|tenant| tenant.version() == version) {
        Some(tenant) => tenant.book.clone(),
        None => counted(&tx, book(&tx, id, version, known).await?).await?,
    };
    tx.commit().await?;
    Ok(Tenant { book, lists: in_use, time_zone: settings.time_zone })
}

/// The rule book of a version. One that does not compile never stops scoring: the rules before it
/// go on, else the built-in ones, under the number of the new version.
async fn book(
    tx: &TenantTx<'_>,
    id: TenantId,
    version: i32,
    known: Option<&Tenant>,
) -> Result<Rulebook, StorageError> {
    let content = rule_sets::load(tx, version).await?.unwrap_or_default();
    compile(version, &content).or_else(|error| {
        tracing::error!(
            tenant.id = id.0,
            version,
            error,
            "rule set does not compile, the last good one goes on"
        );
        if let Some(tenant) = known {
            let mut book = tenant.book.clone();
            book.rules.version = version;
            return Ok(book);
        }
        compile(version, &RuleSetContent::default()).map_err(StorageError::Settings)
    })
}

/// Compiles a content; the error says what is wrong with it.
pub(crate) fn compile(version: i32, content: &RuleSetContent) -> Result<Rulebook, String> {
    let rules = RuleSet::build(version, content).map_err(|error| error.to_string())?;
    Rulebook::new(rules).map_err(|error| error.to_string())
}

/// Registers the shared windows of a rule book and takes over the numbers they are counted under.
async fn counted(tx: &TenantTx<'_>, book: Rulebook) -> Result<Rulebook, StorageError> {
    let identities: Vec<i64> = book.shared_windows().into_iter().map(u64::cast_signed).collect();
    let registered = windows::register(tx, book.rules.version, &identities).await?;
    let numbers = registered
        .iter()
        .map(|window| (window.identity.cast_unsigned(), window.number.unsigned_abs()))
        .collect();
    Ok(book.counted_as(&numbers))
}
