//! What was decided about whom: rows are only ever added. Making decisions is in `deciding`.

use innerwall_event::Timestamp;
use innerwall_scoring::{ListKind, Source};
use serde_json::Value;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::lists::NewEntry;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

macro_rules! select_decisions {
    ($rest:literal) => {
        concat!(
            "SELECT id, at, kind, value, action, source, actor, reason, expires_at, event_id, rule,
                case_id, batch, undoes, is_decided, decided_until, before
             FROM decisions WHERE tenant_id = $1 ",
            $rest
        )
    };
}

pub(crate) const ADD: &str = "
    INSERT INTO decisions (tenant_id, kind, value, action, source, actor, reason, expires_at,
        event_id, rule, case_id, batch, undoes, is_decided, decided_until, before)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id";
pub(crate) const NEWEST: &str =
    select_decisions!("AND kind = $2 AND value = $3 ORDER BY id DESC LIMIT 1");
pub(crate) const BEFORE: &str =
    select_decisions!("AND kind = $2 AND value = $3 AND id < $4 ORDER BY id DESC LIMIT 1");
pub(crate) const ONE: &str = select_decisions!("AND id = $2");
pub(crate) const PAGE: &str = select_decisions!(
    "AND ($2::text IS NULL OR (kind = $2 AND value = $3)) AND ($4::text IS NULL OR actor = $4)
     AND ($5::text IS NULL OR action = $5) AND ($6::text IS NULL OR source = $6)
     AND ($7::bigint IS NULL OR id < $7) ORDER BY id DESC LIMIT $8"
);

/// Of one request, the newest first; those that are undone already are left out.
pub(crate) const IN_BATCH: &str = select_decisions!(
    "AND batch = $2 AND id < $3 AND NOT EXISTS (
         SELECT 1 FROM decisions AS later WHERE later.tenant_id = $1 AND later.kind = decisions.kind
             AND later.value = decisions.value AND later.id > decisions.id
             AND later.undoes = decisions.id)
     ORDER BY id DESC LIMIT $4"
);
pub(crate) const BATCH_SIZE: &str =
    "SELECT count(*) FROM decisions WHERE tenant_id = $1 AND batch = $2";

pub(crate) const ADD_IMPORTED: &str = "
    INSERT INTO decisions (tenant_id, batch, kind, value, action, source, actor, reason, expires_at,
        is_decided, decided_until, before)
    SELECT $1, $2, kind, value, list, source, author, reason, expires_at,
        kind = 'user' AND list <> 'watch', expires_at,
        jsonb_build_object('entries', (SELECT coalesce(jsonb_agg(entry), '[]') FROM (
            SELECT to_jsonb(e) - 'tenant_id' AS entry FROM list_entries AS e
            WHERE e.tenant_id = $1 AND e.kind = new.kind AND e.value = new.value
            UNION ALL
            SELECT to_jsonb(e) - 'tenant_id' FROM list_entries AS e
            WHERE e.tenant_id = $1 AND new.kind = 'user' AND e.cause_user = new.value
                AND e.source = 'cascade') AS entries))
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::timestamptz[])
        AS new(kind, value, list, source, author, reason, expires_at)";

/// A decision to be noted.
#[derive(Clone, Debug)]
pub struct NewDecision<'d> {
    pub kind: ListKind,
    pub value: &'d str,
    /// Such as `block`.
    pub action: &'d str,
    pub source: Source,
    pub actor: &'d str,
    pub reason: &'d str,
    pub expires_at: Option<Timestamp>,
    pub event_id: Option<Uuid>,
    pub rule: Option<&'d str>,
    pub case_id: Option<i64>,
    pub batch: Option<Uuid>,
    pub undoes: Option<i64>,
    pub standing: Decided,
    /// What there was before.
    pub before: Value,
}

/// Whether a person has decided about a user, and until when that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    pub is_decided: bool,
    pub until: Option<Timestamp>,
}

/// A decision as it was noted.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    pub id: i64,
    pub at: Timestamp,
    pub kind: String,
    pub value: String,
    pub action: String,
    pub source: String,
    pub actor: String,
    pub reason: String,
    pub expires_at: Option<Timestamp>,
    pub event_id: Option<Uuid>,
    pub rule: Option<String>,
    pub case_id: Option<i64>,
    pub batch: Option<Uuid>,
    pub undoes: Option<i64>,
    pub standing: Decided,
    pub before: Value,
}

/// Which decisions a page holds.
#[derive(Clone, Debug, Default)]
pub struct DecisionFilter {
    /// Kind and value.
    pub subject: Option<(ListKind, String)>,
    pub actor: Option<String>,
    pub action: Option<String>,
    pub source: Option<String>,
}

/// Notes a decision; gives its number.
pub async fn add(tx: &TenantTx<'_>, new: &NewDecision<'_>) -> Result<i64, StorageError> {
    let (kind, source) = (new.kind.name(), new.source.name());
    let (expires_at, until) = (new.expires_at.map(PgTime), new.standing.until.map(PgTime));
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 16] = [
        &tx.tenant().0,
        &kind,
        &new.value,
        &new.action,
        &source,
        &new.actor,
        &new.reason,
        &expires_at,
        &new.event_id,
        &new.rule,
        &new.case_id,
        &new.batch,
        &new.undoes,
        &new.standing.is_decided,
        &until,
        &new.before,
    ];
    let rows = tx.query(ADD, &parameters).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Notes entries that were put on lists together.
pub(crate) async fn add_imported(
    tx: &TenantTx<'_>,
    entries: &[NewEntry],
    batch: Uuid,
) -> Result<(), StorageError> {
    let columns = Columns::of(entries)
        .add(|entry| entry.kind.name())
        .add(|entry| entry.value.as_str())
        .add(|entry| entry.list.name())
        .add(|entry| entry.source.name())
        .add(|entry| entry.author.as_str())
        .add(|entry| entry.reason.as_str())
        .add(|entry| entry.expires_at.map(PgTime));
    tx.execute(ADD_IMPORTED, &columns.after(&[&tx.tenant().0, &batch])).await?;
    Ok(())
}

/// How many decisions one request made.
pub async fn batch_size(tx: &TenantTx<'_>, batch: Uuid) -> Result<i64, StorageError> {
    let rows = tx.query(BATCH_SIZE, &[&tx.tenant().0, &batch]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Decisions of one request below a number that nobody has undone, the newest first.
pub async fn in_batch(
    tx: &TenantTx<'_>,
    batch: Uuid,
    before: i64,
    limit: i64,
) -> Result<Vec<DecisionRow>, StorageError> {
    let rows = tx.query(IN_BATCH, &[&tx.tenant().0, &batch, &before, &limit]).await?;
    Ok(rows.iter().map(row_of).collect())
}

/// The newest decision about a value.
pub async fn newest(
    tx: &TenantTx<'_>,
    kind: ListKind,
    value: &str,
) -> Result<Option<DecisionRow>, StorageError> {
    let rows = tx.query(NEWEST, &[&tx.tenant().0, &kind.name(), &value]).await?;
    Ok(rows.first().map(row_of))
}

/// The decision about the same value before one.
pub(crate) async fn before(
    tx: &TenantTx<'_>,
    kind: ListKind,
    row: &DecisionRow,
) -> Result<Option<DecisionRow>, StorageError> {
    let rows = tx.query(BEFORE, &[&tx.tenant().0, &kind.name(), &row.value, &row.id]).await?;
    Ok(rows.first().map(row_of))
}

/// One decision by its number.
pub async fn one(tx: &TenantTx<'_>, id: i64) -> Result<Option<DecisionRow>, StorageError> {
    Ok(tx.query(ONE, &[&tx.tenant().0, &id]).await?.first().map(row_of))
}

/// Decisions, the newest first, after the one of a number.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &DecisionFilter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<DecisionRow>, StorageError> {
    let kind = filter.subject.as_ref().map(|(kind, _)| kind.name());
    let value = filter.subject.as_ref().map(|(_, value)| value.as_str());
    let DecisionFilter { actor, action, source, .. } = filter;
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
        [&tx.tenant().0, &kind, &value, actor, action, source, &after, &limit];
    Ok(tx.query(PAGE, &parameters).await?.iter().map(row_of).collect())
}

fn row_of(row: &Row) -> DecisionRow {
    let time = |index| row.get::<_, Option<PgTime>>(index).map(|time| time.0);
    DecisionRow {
        id: row.get(0),
        at: row.get::<_, PgTime>(1).0,
        kind: row.get(2),
        value: row.get(3),
        action: row.get(4),
        source: row.get(5),
        actor: row.get(6),
        reason: row.get(7),
        expires_at: time(8),
        event_id: row.get(9),
        rule: row.get(10),
        case_id: row.get(11),
        batch: row.get(12),
        undoes: row.get(13),
        standing: Decided { is_decided: row.get(14), until: time(15) },
        before: row.get::<_, Option<Value>>(16).unwrap_or(Value::Null),
    }
}
