//! Rule books of tenants, compiled once per version.

use std::sync::{Arc, LazyLock};

use innerwall_event::TenantId;
use innerwall_rules::{RuleSet, RuleSetContent};
use innerwall_scoring::Rulebook;
use innerwall_storage::{StorageError, TenantTx, rule_sets, tenants};
use quick_cache::sync::Cache;

/// Versions kept compiled; each takes a few hundred kilobytes.
const BOOKS_MAX: usize = 64;

pub(crate) struct Books(Cache<(TenantId, i32), Arc<Rulebook>>);

/// Names rules where those of the tenant cannot be read.
static BUILTIN: LazyLock<Arc<Rulebook>> = LazyLock::new(|| {
    let rules = RuleSet::build(0, &RuleSetContent::default());
    let book = rules.map(Rulebook::new).expect("a test builds the built-in rules");
    Arc::new(book.expect("a test reads the built-in lists"))
});

impl Books {
    pub(crate) fn new() -> Self {
        Self(Cache::new(BOOKS_MAX))
    }

    /// The rule book in use.
    pub(crate) async fn current(&self, tx: &TenantTx<'_>) -> Result<Arc<Rulebook>, StorageError> {
        let version = tenants::rule_set_version(tx).await?;
        self.of_version(tx, version).await
    }

    /// The rule book in use, for the names of rules alone: one that does not build must not make
    /// users and events unreadable.
    pub(crate) async fn for_names(&self, tx: &TenantTx<'_>) -> Result<Arc<Rulebook>, StorageError> {
        match self.current(tx).await {
            Err(error @ StorageError::Settings(_)) => {
                tracing::warn!(%error, "rules of the tenant cannot be named");
                Ok(Arc::clone(&BUILTIN))
            }
            found => found,
        }
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
        // Windows of a fresh version get their numbers when it first scores.
        if !book.has_uncounted() {
            self.0.insert(key, Arc::clone(&book));
        }
        Ok(book)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rules_are_named_without_a_tenant() {
        assert!(BUILTIN.rules.rule("A01").is_some());
    }
}
