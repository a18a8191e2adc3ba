//! Rule books of tenants, compiled once per version.

use std::sync::Arc;

use innerwall_event::TenantId;
use innerwall_scoring::Rulebook;
use innerwall_storage::{StorageError, TenantTx, rule_sets, tenants};
use quick_cache::sync::Cache;

/// Versions kept compiled; each takes a few hundred kilobytes.
const BOOKS_MAX: usize = 64;

pub(crate) struct Books(Cache<(TenantId, i32), Arc<Rulebook>>);

impl Books {
    pub(crate) fn new() -> Self {
        Self(Cache::new(BOOKS_MAX))
    }

    /// The rule book in use.
    pub(crate) async fn current(&self, tx: &TenantTx<'_>) -> Result<Arc<Rulebook>, StorageError> {
        let version = tenants::rule_set_version(tx).await?;
        self.of_version(tx, version).await
    }

    /// The rule book of a version.
    pub(crate) async fn of_version(
        &self,
        tx: &TenantTx<'_>,
        version: i32,
    ) -> Result<Arc<Rulebook>, StorageError> {
        let key = (tx.tenant(), version);
        if let Some(book) = self.0.get(&key) {
            return Ok(book);
        }
        let book = Arc::new(rule_sets::rulebook(tx, version).await?);
        self.0.insert(key, Arc::clone(&book));
        Ok(book)
    }
}
