//! The review queue: cases and notes.

mod queue;

use innerwall_event::Timestamp;
use innerwall_scoring::Source;
use serde_json::Value;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) use queue::{COUNT, COUNTS, NEWEST_FIRST, OLDEST_FIRST, WORST_FIRST};
pub use queue::{CaseCounts, CaseFilter, CaseOrder, CasePosition, QueuedCase, count, counts, page};

macro_rules! select_cases {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_no, user_id, opened_at, source, opened_by, reason, event_id, rule, trust,
                state, outcome, assignee, decided_at, decided_by, version
             FROM cases WHERE tenant_id = $1 ",
            $rest
        )
    };
}

pub(crate) const ONE: &str = select_cases!("AND id = $2");
pub(crate) const OPEN_OF: &str = select_cases!("AND user_no = $2 AND state = 'open'");
pub(crate) const OPEN: &str = "
    INSERT INTO cases (tenant_id, user_no, user_id, source, opened_by, reason, event_id, rule, trust)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (tenant_id, user_no) WHERE state = 'open' DO NOTHING RETURNING id";
pub(crate) const DECIDE: &str = "
    UPDATE cases SET state = 'decided', outcome = $3, decided_at = now(), decided_by = $4,
        version = version + 1
    WHERE tenant_id = $1 AND user_no = $2 AND state = 'open' RETURNING id";
pub(crate) const OPEN_AGAIN: &str = "
    UPDATE cases SET state = 'open', outcome = NULL, decided_at = NULL, decided_by = NULL,
        version = version + 1
    WHERE tenant_id = $1 AND id = $2 AND state = 'decided'";
pub(crate) const ASSIGN: &str = "
    UPDATE cases SET assignee = $4, version = version + 1
    WHERE tenant_id = $1 AND id = $2 AND version = $3 AND state = 'open'";
pub(crate) const SNAPSHOT: &str = "
    SELECT to_jsonb(cases) - 'tenant_id' FROM cases
    WHERE tenant_id = $1 AND user_no = $2 ORDER BY id DESC LIMIT 1";

/// A user in review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    pub id: i64,
    pub user_no: i64,
    pub user_id: String,
    pub opened_at: Timestamp,
    pub source: String,
    pub opened_by: String,
    pub reason: String,
    pub event_id: Option<Uuid>,
    pub rule: Option<String>,
    /// Trust score when the case was opened.
    pub trust: Option<u8>,
    pub state: String,
    pub outcome: Option<String>,
    pub assignee: Option<String>,
    pub decided_at: Option<Timestamp>,
    pub decided_by: Option<String>,
    pub version: i32,
}

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct NewCase<'c> {
    pub user_no: i64,
    pub user_id: &'c str,
    pub source: Source,
    pub opened_by: &'c str,
    pub reason: &'c str,
    pub event_id: Option<Uuid>,
    pub rule: Option<&'c str>,
    pub trust: Option<u8>,
}

/// One case by its number.
pub async fn one(tx: &TenantTx<'_>, id: i64) -> Result<Option<CaseRow>, StorageError> {
    Ok(tx.query(ONE, &[&tx.tenant().0, &id]).await?.first().map(row_of))
}

/// The open case of a user.
pub async fn open_of(tx: &TenantTx<'_>, user_no: i64) -> Result<Option<CaseRow>, StorageError> {
    Ok(tx.query(OPEN_OF, &[&tx.tenant().0, &user_no]).await?.first().map(row_of))
}

/// Opens a case; `None` when one is open already. The user is locked.
pub async fn open(tx: &TenantTx<'_>, new: &NewCase<'_>) -> Result<Option<i64>, StorageError> {
    let NewCase { user_no, user_id, opened_by, reason, event_id, rule, trust, .. } = new;
    let (source, trust) = (new.source.name(), trust.map(i16::from));
    let tenant = tx.tenant().0;
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 9] =
        [&tenant, user_no, user_id, &source, opened_by, reason, event_id, rule, &trust];
    Ok(tx.query(OPEN, &parameters).await?.first().map(|row| row.get(0)))
}

/// Ends the open case of a user, if there is one; gives its number. The user is locked.
pub async fn decide(
    tx: &TenantTx<'_>,
    user_no: i64,
    outcome: &str,
    decided_by: &str,
) -> Result<Option<i64>, StorageError> {
    let rows = tx.query(DECIDE, &[&tx.tenant().0, &user_no, &outcome, &decided_by]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

/// Opens a case again whose decision is undone.
pub(crate) async fn open_again(tx: &TenantTx<'_>, id: i64) -> Result<(), StorageError> {
    tx.execute(OPEN_AGAIN, &[&tx.tenant().0, &id]).await?;
    Ok(())
}

/// Gives an open case to somebody or to nobody; `false` when it has changed since `version`.
pub async fn assign(
    tx: &TenantTx<'_>,
    (id, version): (i64, i32),
    assignee: Option<&str>,
) -> Result<bool, StorageError> {
    Ok(tx.execute(ASSIGN, &[&tx.tenant().0, &id, &version, &assignee]).await? > 0)
}

/// The newest case of a user as JSON; null when there never was one.
pub(crate) async fn snapshot(tx: &TenantTx<'_>, user_no: i64) -> Result<Value, StorageError> {
    let rows = tx.query(SNAPSHOT, &[&tx.tenant().0, &user_no]).await?;
    Ok(rows.first().map_or(Value::Null, |row| row.get(0)))
}

/// The first sixteen columns of a row as a case.
fn row_of(row: &Row) -> CaseRow {
    CaseRow {
        id: row.get(0),
        user_no: row.get(1),
        user_id: row.get(2),
        opened_at: row.get::<_, PgTime>(3).0,
        source: row.get(4),
        opened_by: row.get(5),
        reason: row.get(6),
        event_id: row.get(7),
        rule: row.get(8),
        trust: row.get::<_, Option<i16>>(9).and_then(|trust| u8::try_from(trust).ok()),
        state: row.get(10),
        outcome: row.get(11),
        assignee: row.get(12),
        decided_at: row.get::<_, Option<PgTime>>(13).map(|time| time.0),
        decided_by: row.get(14),
        version: row.get(15),
    }
}
