//! Putting entries on lists and taking them off.

use innerwall_event::Timestamp;
use innerwall_scoring::{List, ListKind, Source};
use serde_json::Value;
use uuid::Uuid;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// An entry put again takes the newer reason, author and expiry.
pub(crate) const PUT: &str = "
    INSERT INTO list_causes (tenant_id, list, kind, value, source, cause_user, reason, author,
        expires_at, cause_event, cause_rule)
    SELECT $1, list, kind, value, source, cause_user, reason, author, expires_at, cause_event,
        cause_rule
    FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::timestamptz[], $10::uuid[], $11::text[])
        AS new(list, kind, value, source, cause_user, reason, author, expires_at, cause_event,
               cause_rule)
    ORDER BY kind, value, list, source, cause_user
    ON CONFLICT (tenant_id, kind, value, list, source, cause_user) DO UPDATE SET
        reason = EXCLUDED.reason, author = EXCLUDED.author, expires_at = EXCLUDED.expires_at,
        cause_event = EXCLUDED.cause_event, cause_rule = EXCLUDED.cause_rule, created_at = now()";
/// Of the lists and sources named.
pub(crate) const REMOVE: &str = "
    DELETE FROM list_entries WHERE tenant_id = $1 AND kind = $2 AND value = $3
        AND list = ANY($4::text[]) AND source = ANY($5::text[])";
pub(crate) const REMOVE_ONE: &str = "DELETE FROM list_entries WHERE tenant_id = $1 AND id = $2";
pub(crate) const REMOVE_CAUSED: &str = "
    DELETE FROM list_entries WHERE tenant_id = $1 AND cause_user = $2 AND source = 'cascade'";
/// What there is of a value, and what its block has brought.
pub(crate) const SNAPSHOT: &str = "
    SELECT coalesce(jsonb_agg(entry), '[]') FROM (
        SELECT to_jsonb(list_entries) - 'tenant_id' AS entry FROM list_entries
        WHERE tenant_id = $1 AND kind = $2 AND value = $3
        UNION ALL
        SELECT to_jsonb(list_entries) - 'tenant_id' FROM list_entries
        WHERE tenant_id = $1 AND $2 = 'user' AND cause_user = $3 AND source = 'cascade') AS entries";
pub(crate) const RESTORE: &str = "
    INSERT INTO list_causes (tenant_id, list, kind, value, source, cause_user, reason, author,
        created_at, expires_at, cause_event, cause_rule)
    SELECT $1, list, kind, value, source, cause_user, reason, author, created_at, expires_at,
        cause_event, cause_rule
    FROM jsonb_to_recordset($2::jsonb) AS old(list text, kind text, value text, source text,
        cause_user text, reason text, author text, created_at timestamptz, expires_at timestamptz,
        cause_event uuid, cause_rule text)
    ORDER BY kind, value, list, source, cause_user
    ON CONFLICT (tenant_id, kind, value, list, source, cause_user) DO UPDATE SET
        reason = EXCLUDED.reason, author = EXCLUDED.author, expires_at = EXCLUDED.expires_at,
        cause_event = EXCLUDED.cause_event, cause_rule = EXCLUDED.cause_rule";

pub(crate) const END_EXPIRED: &str = "SELECT end_expired_entries($1)";

/// An entry to be put on a list. The value is canonical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub list: List,
    pub kind: ListKind,
    pub value: String,
    pub source: Source,
    /// The user whose block brings the entry.
    pub cause_user: Option<String>,
    pub reason: String,
    pub author: String,
    pub expires_at: Option<Timestamp>,
    pub cause_event: Option<Uuid>,
    pub cause_rule: Option<String>,
}

/// Which entries of a value to take off.
#[derive(Clone, Copy, Debug)]
pub struct Removal<'r> {
    pub kind: ListKind,
    pub value: &'r str,
    pub lists: &'r [List],
    pub sources: &'r [Source],
}

/// Puts entries on lists, in the order of their keys. No two of them may have the same.
pub async fn put(tx: &TenantTx<'_>, entries: &[NewEntry]) -> Result<(), StorageError> {
    if entries.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(entries)
        .add(|entry| entry.list.name())
        .add(|entry| entry.kind.name())
        .add(|entry| entry.value.as_str())
        .add(|entry| entry.source.name())
        .add(|entry| entry.cause_user.as_deref().unwrap_or_default())
        .add(|entry| entry.reason.as_str())
        .add(|entry| entry.author.as_str())
        .add(|entry| entry.expires_at.map(PgTime))
        .add(|entry| entry.cause_event)
        .add(|entry| entry.cause_rule.as_deref());
    tx.execute(PUT, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}

/// Takes entries off; gives how many there were.
pub async fn remove(tx: &TenantTx<'_>, removal: Removal<'_>) -> Result<u64, StorageError> {
    let Removal { kind, value, lists, sources } = removal;
    let lists: Vec<&str> = lists.iter().map(|list| list.name()).collect();
    let sources: Vec<&str> = sources.iter().map(|source| source.name()).collect();
    tx.execute(REMOVE, &[&tx.tenant().0, &kind.name(), &value, &lists, &sources]).await
}

/// Takes one entry off; gives whether there was one.
pub async fn remove_one(tx: &TenantTx<'_>, id: i64) -> Result<bool, StorageError> {
    Ok(tx.execute(REMOVE_ONE, &[&tx.tenant().0, &id]).await? > 0)
}

/// Takes off what the block of a user has brought. Other causes of the same values stay.
pub(crate) async fn remove_caused(tx: &TenantTx<'_>, user_id: &str) -> Result<(), StorageError> {
    tx.execute(REMOVE_CAUSED, &[&tx.tenant().0, &user_id]).await?;
    Ok(())
}

/// Removes entries that have expired and notes the end of each; gives how many there were.
pub async fn end_expired(connection: &Connection, rows_max: i32) -> Result<i64, StorageError> {
    let statement = connection.0.prepare_cached(END_EXPIRED).await?;
    Ok(connection.0.query_one(&statement, &[&rows_max]).await?.get(0))
}

/// What the lists hold of a value, as JSON.
pub(crate) async fn snapshot(
    tx: &TenantTx<'_>,
    kind: ListKind,
    value: &str,
) -> Result<Value, StorageError> {
    let rows = tx.query(SNAPSHOT, &[&tx.tenant().0, &kind.name(), &value]).await?;
    Ok(rows.first().map_or(Value::Null, |row| row.get(0)))
}

/// Brings the lists back to what they held of a value.
pub(crate) async fn restore(
    tx: &TenantTx<'_>,
    kind: ListKind,
    value: &str,
    entries: &Value,
) -> Result<(), StorageError> {
    remove(tx, Removal { kind, value, lists: &List::ALL, sources: &Source::ALL }).await?;
    if kind == ListKind::User {
        remove_caused(tx, value).await?;
    }
    tx.execute(RESTORE, &[&tx.tenant().0, entries]).await?;
    Ok(())
}
