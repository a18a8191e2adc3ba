//! API keys, with which producers send.

use innerwall_auth::SecretDigest;
use innerwall_event::{TenantId, Timestamp};

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const FIND: &str = "
    SELECT tenant_id, events_per_second, label FROM api_keys
    WHERE digest = $1 AND revoked_at IS NULL";
pub(crate) const ADD: &str = "
    INSERT INTO api_keys (tenant_id, label, digest, events_per_second) VALUES ($1, $2, $3, $4)
    RETURNING key_id";
pub(crate) const REVOKE: &str = "
    UPDATE api_keys SET revoked_at = now()
    WHERE tenant_id = $1 AND key_id = $2 AND revoked_at IS NULL RETURNING label";
pub(crate) const LIST: &str = "
    SELECT key_id, label, events_per_second, created_at, revoked_at FROM api_keys
    WHERE tenant_id = $1 ORDER BY key_id DESC LIMIT $2";
pub(crate) const IN_USE: &str =
    "SELECT count(*) FROM api_keys WHERE tenant_id = $1 AND revoked_at IS NULL";

/// What a key allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub tenant: TenantId,
    pub events_per_second: u32,
    /// What the tenant calls the producer.
    pub label: String,
}

/// A key in a list. The key itself is not stored.
#[derive(Clone, Debug)]
pub struct KeyRow {
    pub id: i32,
    pub label: String,
    pub events_per_second: i32,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// Finds a key that is not revoked.
pub async fn find(
    connection: &Connection,
    digest: &SecretDigest,
) -> Result<Option<ApiKey>, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    let row = connection.0.query_opt(&statement, &[&digest.0.as_slice()]).await?;
    Ok(row.map(|row| ApiKey {
        tenant: TenantId(row.get(0)),
        events_per_second: row.get::<_, i32>(1).unsigned_abs(),
        label: row.get(2),
    }))
}

/// Adds a key. [`StorageError::is_taken`] means that the label is taken.
pub async fn add(
    tx: &TenantTx<'_>,
    label: &str,
    digest: &SecretDigest,
    events_per_second: i32,
) -> Result<i32, StorageError> {
    let digest = digest.0.as_slice();
    let rows = tx.query(ADD, &[&tx.tenant().0, &label, &digest, &events_per_second]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Keys, newest first.
pub async fn list(tx: &TenantTx<'_>, limit: i64) -> Result<Vec<KeyRow>, StorageError> {
    let rows = tx.query(LIST, &[&tx.tenant().0, &limit]).await?;
    let key = |row: &tokio_postgres::Row| KeyRow {
        id: row.get(0),
        label: row.get(1),
        events_per_second: row.get(2),
        created_at: row.get::<_, PgTime>(3).0,
        revoked_at: row.get::<_, Option<PgTime>>(4).map(|time| time.0),
    };
    Ok(rows.iter().map(key).collect())
}

/// Keys that open something.
pub async fn in_use(tx: &TenantTx<'_>) -> Result<i64, StorageError> {
    let rows = tx.query(IN_USE, &[&tx.tenant().0]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Revokes a key; gives its label.
pub async fn revoke(tx: &TenantTx<'_>, id: i32) -> Result<Option<String>, StorageError> {
    let rows = tx.query(REVOKE, &[&tx.tenant().0, &id]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}
