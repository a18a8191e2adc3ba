//! Settings of tenants as the scorer and query need them.

use innerwall_event::TenantId;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;

pub(crate) const VERSION: &str = "
    SELECT tenants.rule_set_version, tenants.time_zone FROM tenants WHERE tenants.id = $1";

pub(crate) const SET_TIME_ZONE: &str = "UPDATE tenants SET time_zone = $2 WHERE id = $1";

/// What scoring needs to know of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantSettings {
    pub rule_set_version: i32,
    pub time_zone: String,
}

/// Settings of a tenant; `None` when there is no such tenant.
pub async fn settings(
    connection: &Connection,
    tenant: TenantId,
) -> Result<Option<TenantSettings>, StorageError> {
    let statement = connection.0.prepare_cached(VERSION).await?;
    let row = connection.0.query_opt(&statement, &[&tenant.0]).await?;
    Ok(row.map(|row| TenantSettings { rule_set_version: row.get(0), time_zone: row.get(1) }))
}

/// The time zone of the tenant, by its IANA name.
pub async fn time_zone(tx: &TenantTx<'_>) -> Result<String, StorageError> {
    let rows = tx.query(VERSION, &[&tx.tenant().0]).await?;
    Ok(rows.first().map_or_else(|| "UTC".to_owned(), |row| row.get(1)))
}

/// The version in use, as this transaction sees it.
pub async fn rule_set_version(tx: &TenantTx<'_>) -> Result<i32, StorageError> {
    let rows = tx.query(VERSION, &[&tx.tenant().0]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Changes the time zone of the tenant.
pub async fn set_time_zone(tx: &TenantTx<'_>, zone: &str) -> Result<(), StorageError> {
    tx.execute(SET_TIME_ZONE, &[&tx.tenant().0, &zone]).await?;
    Ok(())
}
