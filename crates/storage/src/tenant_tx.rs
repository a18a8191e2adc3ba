//! A transaction of one tenant.

use deadpool_postgres::Transaction;
use innerwall_event::TenantId;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Row, Statement};

use crate::error::StorageError;

const SET_TENANT: &str = "
    SELECT set_config('innerwall.tenant_id', $1::int::text, true),
        (SELECT rule_set_version FROM tenants WHERE id = $1),
        set_config('innerwall.client', $2, true)";
const READ_IN_ORDER: &str = "SELECT set_config('enable_sort', 'off', true)";
const READ_AS_PLANNED: &str = "SELECT set_config('enable_sort', 'on', true)";

/// A transaction in which only one tenant's rows exist. Dropped without [`TenantTx::commit`], it
/// is rolled back.
pub struct TenantTx<'c> {
    transaction: Transaction<'c>,
    tenant: TenantId,
    rule_set_version: i32,
}

impl<'c> TenantTx<'c> {
    pub(crate) async fn begin(
        transaction: Transaction<'c>,
        tenant: TenantId,
        client: &str,
    ) -> Result<Self, StorageError> {
        let mut tx = Self { transaction, tenant, rule_set_version: 0 };
        let rows = tx.query(SET_TENANT, &[&tenant.0, &client]).await?;
        tx.rule_set_version = rows.first().and_then(|row| row.get(1)).unwrap_or_default();
        Ok(tx)
    }

    /// Version of the tenant's rule set in use when the transaction began; 0 without a tenant.
    pub fn rule_set_version(&self) -> i32 {
        self.rule_set_version
    }

    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Whether statements from here on follow an index in its order rather than sort what a filter
    /// finds. Nothing is known of how many rows a tenant has, so the planner takes every filter for
    /// a narrow one; whoever has counted knows better.
    pub(crate) async fn read_in_order(&self, is_dense: bool) -> Result<(), StorageError> {
        let statement = if is_dense { READ_IN_ORDER } else { READ_AS_PLANNED };
        self.query(statement, &[]).await?;
        Ok(())
    }

    /// Makes everything done in the transaction last.
    pub async fn commit(self) -> Result<(), StorageError> {
        Ok(self.transaction.commit().await?)
    }

    /// Undoes everything done in the transaction.
    pub async fn rollback(self) -> Result<(), StorageError> {
        Ok(self.transaction.rollback().await?)
    }

    /// Begins a part of the transaction that can be undone alone.
    pub async fn savepoint(&mut self) -> Result<TenantTx<'_>, StorageError> {
        let (tenant, rule_set_version) = (self.tenant, self.rule_set_version);
        let transaction = self.transaction.transaction().await?;
        Ok(TenantTx { transaction, tenant, rule_set_version })
    }

    pub(crate) async fn query(
        &self,
        statement: &'static str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, StorageError> {
        let prepared = self.prepared(statement).await?;
        Ok(self.transaction.query(&prepared, parameters).await?)
    }

    pub(crate) async fn execute(
        &self,
        statement: &'static str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, StorageError> {
        let prepared = self.prepared(statement).await?;
        Ok(self.transaction.execute(&prepared, parameters).await?)
    }

    pub(crate) async fn prepared(
        &self,
        statement: &'static str,
    ) -> Result<Statement, StorageError> {
        Ok(self.transaction.prepare_cached(statement).await?)
    }
}
