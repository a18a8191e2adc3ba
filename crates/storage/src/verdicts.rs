//! Verdicts that producers asked for.

use std::collections::HashMap;

use innerwall_event::{EventDigest, Timestamp};
use innerwall_rules::Verdict;
use innerwall_scoring::{DecidedHit, EventHit};
use serde_json::Value;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub use innerwall_scoring::Decided;

pub(crate) const ADD: &str = "
    INSERT INTO verdicts (tenant_id, rule_set, event_id, event_time, user_no, content, verdict,
        trust, risk, policy, reason, hits)
    SELECT $1, $2, event_id, event_time, user_no, content, verdict, trust, risk, policy, reason,
        hits
    FROM unnest($3::uuid[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::smallint[],
                $8::smallint[], $9::smallint[], $10::text[], $11::text[], $12::jsonb[])
        AS new(event_id, event_time, user_no, content, verdict, trust, risk, policy, reason, hits)
    ORDER BY event_id
    ON CONFLICT DO NOTHING";
pub(crate) const FIND: &str = "
    SELECT event_id, content, rule_set, verdict, trust, risk, policy, reason, hits
    FROM verdicts WHERE tenant_id = $1 AND event_id = ANY($2)";
/// An event may have been scored without anybody asking for a verdict.
pub(crate) const SCORED: &str = "
    SELECT event_time, user_no, rule_set, trust, risk, event_hits FROM events
    WHERE tenant_id = $1 AND event_id = $2";
pub(crate) const IS_PARKED: &str = "SELECT is_parked($1, $2)";
pub(crate) const AWAIT: &str = "
    INSERT INTO awaited_verdicts (tenant_id, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
pub(crate) const IS_AWAITED: &str = "
    SELECT EXISTS (SELECT 1 FROM awaited_verdicts WHERE tenant_id = $1 AND event_id = $2)";
pub(crate) const FORGET_OLD: &str = "SELECT forget_old_verdicts($1)";

/// A verdict with what it is about.
#[derive(Clone, Debug)]
pub struct NewVerdict {
    pub event_id: Uuid,
    pub event_time: Timestamp,
    pub user_no: i64,
    pub digest: EventDigest,
    pub decided: Decided,
}

/// A stored verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredVerdict {
    content: i64,
    pub decided: Decided,
}

/// An event that was scored without a verdict.
#[derive(Clone, Debug)]
pub struct Scored {
    pub event_time: Timestamp,
    pub user_no: i64,
    pub rule_set: i32,
    pub trust: u8,
    pub risk: Option<u8>,
    pub event_hits: Vec<EventHit>,
}

impl StoredVerdict {
    /// Whether the verdict is about this content.
    pub fn is_about(&self, digest: EventDigest) -> bool {
        self.content == digest.short()
    }
}

/// Stores verdicts by one version of the rules.
pub async fn add(
    tx: &TenantTx<'_>,
    rule_set: i32,
    verdicts: &[NewVerdict],
) -> Result<(), StorageError> {
    if verdicts.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(verdicts)
        .add(|row| row.event_id)
        .add(|row| PgTime(row.event_time))
        .add(|row| row.user_no)
        .add(|row| row.digest.short())
        .add(|row| row.decided.verdict.number())
        .add(|row| i16::from(row.decided.trust))
        .add(|row| row.decided.risk.map(i16::from))
        .add(|row| row.decided.policy.as_str())
        .add(|row| row.decided.reason.as_str())
        .add(|row| hits_json(&row.decided.hits));
    tx.execute(ADD, &columns.after(&[&tx.tenant().0, &rule_set])).await?;
    Ok(())
}

fn hits_json(hits: &[DecidedHit]) -> Option<Value> {
    (!hits.is_empty()).then(|| serde_json::json!(hits))
}

/// Verdicts by the ids of their events; those without one are left out.
pub async fn find(
    tx: &TenantTx<'_>,
    event_ids: &[Uuid],
) -> Result<HashMap<Uuid, StoredVerdict>, StorageError> {
    if event_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = tx.query(FIND, &[&tx.tenant().0, &event_ids]).await?;
    rows.iter().map(|row| Ok((row.get(0), verdict_of(row)?))).collect()
}

fn verdict_of(row: &Row) -> Result<StoredVerdict, StorageError> {
    let corrupt = |reason: String| StorageError::Corrupt { what: "verdict", reason };
    let number: i16 = row.get(3);
    let verdict = Verdict::from_number(number);
    let hits: Option<Value> = row.get(8);
    let hits = hits.map(serde_json::from_value).transpose();
    let decided = Decided {
        verdict: verdict.ok_or_else(|| corrupt(format!("{number} is no verdict")))?,
        policy: row.get(6),
        reason: row.get(7),
        trust: score_of(row.get(4)),
        risk: row.get::<_, Option<i16>>(5).map(score_of),
        hits: hits.map_err(|error| corrupt(error.to_string()))?.unwrap_or_default(),
        rule_set: row.get(2),
    };
    Ok(StoredVerdict { content: row.get(1), decided })
}

fn score_of(stored: i16) -> u8 {
    u8::try_from(stored).unwrap_or_default()
}

/// What is stored of an event; `None` when it was not scored.
pub async fn scored(tx: &TenantTx<'_>, event_id: Uuid) -> Result<Option<Scored>, StorageError> {
    let rows = tx.query(SCORED, &[&tx.tenant().0, &event_id]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let hits: Option<Value> = row.get(5);
    let hits = hits.map(serde_json::from_value).transpose();
    let hits = hits.map_err(|error| StorageError::Corrupt {
        what: "hits of an event",
        reason: error.to_string(),
    })?;
    Ok(Some(Scored {
        event_time: row.get::<_, PgTime>(0).0,
        user_no: row.get(1),
        rule_set: row.get(2),
        trust: score_of(row.get(3)),
        risk: row.get::<_, Option<i16>>(4).map(score_of),
        event_hits: hits.unwrap_or_default(),
    }))
}

/// Whether an event is parked.
pub async fn is_parked(tx: &TenantTx<'_>, event_id: Uuid) -> Result<bool, StorageError> {
    let rows = tx.query(IS_PARKED, &[&tx.tenant().0, &event_id]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// Remembers that somebody waits for the verdict about an event.
pub async fn awaited(tx: &TenantTx<'_>, event_id: Uuid) -> Result<(), StorageError> {
    tx.execute(AWAIT, &[&tx.tenant().0, &event_id]).await?;
    Ok(())
}

/// Whether somebody waits for the verdict about an event.
pub async fn is_awaited(tx: &TenantTx<'_>, event_id: Uuid) -> Result<bool, StorageError> {
    let rows = tx.query(IS_AWAITED, &[&tx.tenant().0, &event_id]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// Drops verdicts nobody asks for any more; gives how many rows went.
pub async fn forget_old(connection: &Connection, rows_max: i32) -> Result<i64, StorageError> {
    let statement = connection.0.prepare_cached(FORGET_OLD).await?;
    Ok(connection.0.query_one(&statement, &[&rows_max]).await?.get(0))
}
