//! Versions of a tenant's rule set: immutable once written, the tenant points to the one in use.

use innerwall_event::Timestamp;
use serde_json::Value;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const CONTENT: &str = "
    SELECT coalesce(content, jsonb_build_object('weights', weights)) FROM rule_sets WHERE tenant_id = $1 AND version = $2";
pub(crate) const LIST_ENTRIES: &str = "
    SELECT digest, entries FROM list_documents WHERE tenant_id = $1 AND digest = ANY($2)";
pub(crate) const HISTORY: &str = "
    SELECT version, author, reason, created_at FROM rule_sets
    WHERE tenant_id = $1 AND ($2::int IS NULL OR version < $2) ORDER BY version DESC LIMIT $3";
/// Moves the tenant on only from the version the author had seen.
pub(crate) const MOVE_ON: &str = "
    UPDATE tenants SET rule_set_version = rule_set_version + 1
    WHERE id = $1 AND rule_set_version = $2 RETURNING rule_set_version";
pub(crate) const ADD_VERSION: &str = "
    INSERT INTO rule_sets (tenant_id, version, content, author, reason) VALUES ($1, $2, $3, $4, $5)";
pub(crate) const ADD_LIST: &str = "
    INSERT INTO list_documents (tenant_id, digest, entries) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING";

/// Who made a version of a rule set, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    pub version: i32,
    pub author: String,
    pub reason: String,
    pub created_at: Timestamp,
}

/// A version to be written.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// The version that the change was made from.
    pub base: i32,
    pub content: &'a Value,
    pub author: &'a str,
    pub reason: &'a str,
}

/// A list by the hash of its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct ListDocument {
    pub digest: Vec<u8>,
    pub entries: Value,
}

/// Content of a version; `None` when there is no such version.
pub async fn content(tx: &TenantTx<'_>, version: i32) -> Result<Option<Value>, StorageError> {
    let rows = tx.query(CONTENT, &[&tx.tenant().0, &version]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

/// Lists by the hashes of their entries.
pub async fn lists(
    tx: &TenantTx<'_>,
    digests: &[Vec<u8>],
) -> Result<Vec<ListDocument>, StorageError> {
    let rows = tx.query(LIST_ENTRIES, &[&tx.tenant().0, &digests]).await?;
    let list = |row: &tokio_postgres::Row| ListDocument { digest: row.get(0), entries: row.get(1) };
    Ok(rows.iter().map(list).collect())
}

/// Versions, newest first, below `before`.
pub async fn history(
    tx: &TenantTx<'_>,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<VersionRow>, StorageError> {
    let rows = tx.query(HISTORY, &[&tx.tenant().0, &before, &limit]).await?;
    let version = |row: &tokio_postgres::Row| VersionRow {
        version: row.get(0),
        author: row.get(1),
        reason: row.get(2),
        created_at: row.get::<_, PgTime>(3).0,
    };
    Ok(rows.iter().map(version).collect())
}

/// Keeps a list.
pub async fn add_list(tx: &TenantTx<'_>, list: &ListDocument) -> Result<(), StorageError> {
    tx.execute(ADD_LIST, &[&tx.tenant().0, &list.digest, &list.entries]).await?;
    Ok(())
}

/// Writes the next version and makes it the one in use. `None` when somebody was faster: the
/// change was made from a version that is no longer in use.
pub async fn publish(tx: &TenantTx<'_>, new: &NewVersion<'_>) -> Result<Option<i32>, StorageError> {
    let moved = tx.query(MOVE_ON, &[&tx.tenant().0, &new.base]).await?;
    let Some(version) = moved.first().map(|row| row.get::<_, i32>(0)) else { return Ok(None) };
    let tenant = tx.tenant().0;
    tx.execute(ADD_VERSION, &[&tenant, &version, new.content, &new.author, &new.reason]).await?;
    Ok(Some(version))
}
