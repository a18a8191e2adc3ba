//! Changes of fields, and of scores.

use innerwall_event::Timestamp;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const FIELDS: &str = "
    SELECT c.place, c.entity_id, e.key, e.label, c.user_no, u.user_id, u.email, u.trust,
        c.event_time, c.event_id, c.old_value, c.new_value, c.parent_id, c.parent_name
    FROM (SELECT * FROM field_changes
          WHERE tenant_id = $1 AND event_time >= $2 AND event_time < $3
              AND ($4::bigint IS NULL OR entity_id = $4)
              AND ($5::bigint IS NULL OR user_no = $5)
              AND ($6::timestamptz IS NULL
                   OR (event_time, event_id, place) < ($6, $7::uuid, $8::smallint))
          ORDER BY event_time DESC, event_id DESC, place DESC LIMIT $9) AS c
    JOIN users AS u ON u.tenant_id = $1 AND u.user_no = c.user_no
    LEFT JOIN entities AS e ON e.tenant_id = $1 AND e.kind = 10 AND e.entity_id = c.entity_id
    ORDER BY c.event_time DESC, c.event_id DESC, c.place DESC";
pub(crate) const EVENTS_OF_FIELD: &str = "
    SELECT DISTINCT event_time, event_id FROM field_changes
    WHERE tenant_id = $1 AND entity_id = $2 AND event_time >= $3 AND event_time < $4
        AND ($5::timestamptz IS NULL OR (event_time, event_id) < ($5, $6::uuid))
    ORDER BY event_time DESC, event_id DESC LIMIT $7";
pub(crate) const SCORES_BY_EVENTS: &str = "
    SELECT event_time, event_id, trust, before, hits, hits_ended, rule_set FROM (
        SELECT event_time, event_id, trust, hits, hits_ended, rule_set,
            lag(trust) OVER (ORDER BY user_seq) AS before
        FROM (SELECT event_time, event_id, trust, hits, hits_ended, rule_set, user_seq FROM events
              WHERE tenant_id = $1 AND user_no = $2 ORDER BY user_seq DESC LIMIT $3) AS newest
    ) AS scored
    WHERE before IS DISTINCT FROM trust OR hits IS NOT NULL OR hits_ended IS NOT NULL
    ORDER BY event_time DESC";
pub(crate) const SCORES_BY_RULES: &str = "
    SELECT at, trust_after, trust_before, started, ended, rule_set, reason FROM score_changes
    WHERE tenant_id = $1 AND user_no = $2 ORDER BY at DESC LIMIT $3";

/// Which changes a list holds.
#[derive(Clone, Copy, Debug)]
pub struct ChangeFilter {
    pub from: Timestamp,
    /// Exclusive.
    pub to: Timestamp,
    /// Id of the field.
    pub field: Option<i64>,
    pub user_no: Option<i64>,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangePosition {
    pub event_time: Timestamp,
    pub event_id: Uuid,
    pub place: i16,
}

/// A change of a field.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Place among the changes of the event.
    pub place: i16,
    pub field: i64,
    pub field_key: Option<String>,
    pub field_label: Option<String>,
    pub user_no: i64,
    pub user_id: String,
    pub user_email: Option<String>,
    pub trust: Option<i16>,
    pub event_time: Timestamp,
    pub event_id: Uuid,
    pub old_value: Option<String>,
    pub new_value: String,
    pub parent_id: Option<String>,
    pub parent_name: Option<String>,
}

/// A change of the trust score of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreRow {
    pub at: Timestamp,
    /// The event that brought it; `None` for a change of rules.
    pub event_id: Option<Uuid>,
    pub trust: i16,
    /// `None` where it is not known any more.
    pub before: Option<i16>,
    /// Rules that began to fire.
    pub started: Vec<String>,
    pub ended: Vec<String>,
    pub rule_set: i32,
    /// Why, where no event brought it.
    pub reason: Option<String>,
}

/// A page of changes of fields, the newest first.
pub async fn fields(
    tx: &TenantTx<'_>,
    filter: &ChangeFilter,
    after: Option<ChangePosition>,
    limit: i64,
) -> Result<Vec<ChangeRow>, StorageError> {
    let (from, to) = (PgTime(filter.from), PgTime(filter.to));
    let time = after.map(|at| PgTime(at.event_time));
    let (id, place) = (after.map(|at| at.event_id), after.map(|at| at.place));
    let tenant = tx.tenant().0;
    let rows = tx
        .query(
            FIELDS,
            &[&tenant, &from, &to, &filter.field, &filter.user_no, &time, &id, &place, &limit],
        )
        .await?;
    Ok(rows.iter().map(change_of).collect())
}

/// Events that changed a field, the newest first.
pub async fn events_of_field(
    tx: &TenantTx<'_>,
    field: i64,
    (from, to): (Timestamp, Timestamp),
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<(Timestamp, Uuid)>, StorageError> {
    let (from, to) = (PgTime(from), PgTime(to));
    let (time, id) = after.map(|(time, id)| (PgTime(time), id)).unzip();
    let tenant = tx.tenant().0;
    let rows =
        tx.query(EVENTS_OF_FIELD, &[&tenant, &field, &from, &to, &time, &id, &limit]).await?;
    Ok(rows.iter().map(|row| (row.get::<_, PgTime>(0).0, row.get(1))).collect())
}

/// Changes of the trust score of a user, the newest first: those that its newest events brought,
/// at most `events_max` looked at, and those that changes of rules brought.
pub async fn scores(
    tx: &TenantTx<'_>,
    user_no: i64,
    events_max: i64,
    limit: i64,
) -> Result<Vec<ScoreRow>, StorageError> {
    let tenant = tx.tenant().0;
    let by_events = tx.query(SCORES_BY_EVENTS, &[&tenant, &user_no, &events_max]).await?;
    let by_rules = tx.query(SCORES_BY_RULES, &[&tenant, &user_no, &limit]).await?;
    let by_event = |row: &Row| ScoreRow {
        at: row.get::<_, PgTime>(0).0,
        event_id: Some(row.get(1)),
        trust: row.get(2),
        before: row.get(3),
        started: texts(row, 4),
        ended: texts(row, 5),
        rule_set: row.get(6),
        reason: None,
    };
    let by_rule = |row: &Row| ScoreRow {
        at: row.get::<_, PgTime>(0).0,
        event_id: None,
        trust: row.get(1),
        before: Some(row.get(2)),
        started: texts(row, 3),
        ended: texts(row, 4),
        rule_set: row.get(5),
        reason: Some(row.get(6)),
    };
    let mut rows: Vec<ScoreRow> =
        by_events.iter().map(by_event).chain(by_rules.iter().map(by_rule)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

fn texts(row: &Row, at: usize) -> Vec<String> {
    row.get::<_, Option<Vec<String>>>(at).unwrap_or_default()
}

fn change_of(row: &Row) -> ChangeRow {
    ChangeRow {
        place: row.get(0),
        field: row.get(1),
        field_key: row.get(2),
        field_label: row.get(3),
        user_no: row.get(4),
        user_id: row.get(5),
        user_email: row.get(6),
        trust: row.get(7),
        event_time: row.get::<_, PgTime>(8).0,
        event_id: row.get(9),
        old_value: row.get(10),
        new_value: row.get(11),
        parent_id: row.get(12),
        parent_name: row.get(13),
    }
}
