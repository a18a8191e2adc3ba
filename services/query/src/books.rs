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

/// Stands for the rules of a tenant that do not build.
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

    /// The rules in use, for their names alone: nothing may be counted by this book.
    pub(crate) async fn for_names(&self, tx: &TenantTx<'_>) -> Result<Arc<Rulebook>, StorageError> {
        let version = tenants::rule_set_version(tx).await?;
        match self.0.get(&(tx.tenant(), version)) {
            Some(book) => Ok(book),
            None => self.current_or_builtin(tx).await,
        }
    }

    /// The rule book in use. One that does not build must not make users and events unreadable.
    pub(crate) async fn current_or_builtin(
        &self,
        tx: &TenantTx<'_>,
    ) -> Result<Arc<Rulebook>, StorageError> {
        match self.current(tx).await {
            Err(error @ StorageError::Settings(_)) => {
                tracing::warn!(%error, "rule set does not build, the built-in rules stand for it");
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
        // Windows of a fresh version get their numbers when it first scores.
        if let Some(book) = self.0.get(&key).filter(|book| !book.has_uncounted()) {
            return Ok(book);
        }
        let book = Arc::new(rule_sets::rulebook(tx, version).await?);
        self.0.insert(key, Arc::clone(&book));
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
