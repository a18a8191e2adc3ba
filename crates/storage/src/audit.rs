//! Who did what, when and from where. Rows are only ever added; the database chains them at commit.

use innerwall_auth::{AuditEntry, AuditHash};
use innerwall_event::{TenantId, Timestamp};
use tokio_postgres::Row;

use crate::admin;
use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const PAGE: &str = "
    SELECT seq, at, address, actor, action, detail, encode(hash, 'hex') FROM audit_log
    WHERE tenant_id = $1 AND seq < $2
        AND ($3::text IS NULL OR action = $3 OR starts_with(action, $3 || '.'))
        AND ($4::text IS NULL OR actor = $4)
        AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
    ORDER BY seq DESC LIMIT $7";
pub(crate) const CHAIN: &str = "
    SELECT seq, at, coalesce(address, ''), actor, action, detail, hash FROM audit_log
    WHERE coalesce(tenant_id, 0) = $1 AND seq > $2 ORDER BY seq LIMIT $3";
pub(crate) const HEAD: &str = "SELECT seq, hash FROM audit_heads WHERE chain = $1";
pub(crate) const CHAINS: &str = "SELECT chain FROM audit_heads ORDER BY chain";
pub(crate) const OUTSIDE: &str =
    "SELECT count(*) FROM audit_log WHERE coalesce(tenant_id, 0) = $1 AND seq IS NULL";

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    /// E-mail address, or the name of a token or program.
    pub actor: &'a str,
    /// What was done, such as `rule_set.publish`.
    pub action: &'a str,
    /// To what, and why. Never a secret.
    pub detail: &'a str,
}

/// Which rows are asked for.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// The whole action, or its part before a dot.
    pub action: Option<String>,
    pub actor: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// A row as it is read.
#[derive(Clone, Debug)]
pub struct AuditRow {
    pub seq: i64,
    pub at: Timestamp,
    pub address: Option<String>,
    pub actor: String,
    pub action: String,
    pub detail: String,
    /// Hexadecimal.
    pub hash: String,
}

/// Notes what was done, in the transaction that does it. Where from is what the transaction was
/// begun with.
pub async fn note(tx: &TenantTx<'_>, note: &Note<'_>) -> Result<(), StorageError> {
    tx.execute(admin::AUDIT, &[&tx.tenant().0, &note.actor, &note.action, &note.detail]).await?;
    Ok(())
}

/// Rows below a place in the chain, newest first.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &AuditFilter,
    before: i64,
    limit: i64,
) -> Result<Vec<AuditRow>, StorageError> {
    let AuditFilter { action, actor, from, to } = filter;
    let (from, to) = (from.map(PgTime), to.map(PgTime));
    let rows =
        tx.query(PAGE, &[&tx.tenant().0, &before, action, actor, &from, &to, &limit]).await?;
    Ok(rows.iter().map(audit_row).collect())
}

fn audit_row(row: &Row) -> AuditRow {
    AuditRow {
        seq: row.get(0),
        at: row.get::<_, PgTime>(1).0,
        address: row.get(2),
        actor: row.get(3),
        action: row.get(4),
        detail: row.get(5),
        hash: row.get::<_, Option<String>>(6).unwrap_or_default(),
    }
}

/// Chains that have rows: numbers of tenants, and 0. Needs the owner's connection, as do those below.
pub async fn chains(connection: &Connection) -> Result<Vec<i32>, StorageError> {
    let rows = connection.0.query(CHAINS, &[]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Where a chain ends, by the database's own account.
pub async fn head(
    connection: &Connection,
    chain: TenantId,
) -> Result<Option<(i64, AuditHash)>, StorageError> {
    let row = connection.0.query_opt(HEAD, &[&chain.0]).await?;
    Ok(row.map(|row| (row.get(0), row.get(1))))
}

/// Rows that are in no chain: none, unless somebody went around the trigger.
pub async fn outside(connection: &Connection, chain: TenantId) -> Result<i64, StorageError> {
    Ok(connection.0.query_one(OUTSIDE, &[&chain.0]).await?.get(0))
}

/// Rows of a chain after a place, each with its stored hash.
pub async fn chain(
    connection: &Connection,
    chain: TenantId,
    after: i64,
    limit: i64,
) -> Result<Vec<(AuditEntry, AuditHash)>, StorageError> {
    let rows = connection.0.query(CHAIN, &[&chain.0, &after, &limit]).await?;
    let entry = |row: &Row| {
        let entry = AuditEntry {
            chain: chain.0,
            seq: row.get(0),
            at_micros: row.get::<_, PgTime>(1).0.as_micros(),
            address: row.get(2),
            actor: row.get(3),
            action: row.get(4),
            detail: row.get(5),
        };
        (entry, row.get::<_, Option<AuditHash>>(6).unwrap_or_default())
    };
    Ok(rows.iter().map(entry).collect())
}
