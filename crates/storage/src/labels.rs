//! What turned out to be true of users and events, and how precise that makes rules.

use std::collections::{BTreeSet, HashMap};

use innerwall_event::Timestamp;
use serde_json::Value;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Events looked at to find which rules fired at one of them.
const HISTORY_EVENTS_MAX: i64 = 10_000;

pub(crate) const PUT: &str = "
    INSERT INTO labels (tenant_id, user_no, event_id, label, source, actor, reason, rules)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (tenant_id, user_no, event_id) DO UPDATE SET
        label = EXCLUDED.label, source = EXCLUDED.source, actor = EXCLUDED.actor,
        reason = EXCLUDED.reason, rules = EXCLUDED.rules, labelled_at = now()";
pub(crate) const SNAPSHOT: &str = "
    SELECT to_jsonb(labels) - 'tenant_id' FROM labels
    WHERE tenant_id = $1 AND user_no = $2 AND event_id = $3";
pub(crate) const REMOVE: &str = "
    DELETE FROM labels WHERE tenant_id = $1 AND user_no = $2 AND event_id = $3";
pub(crate) const RESTORE: &str = "
    INSERT INTO labels (tenant_id, user_no, event_id, label, source, actor, reason, labelled_at,
        rules)
    SELECT $1, user_no, event_id, label, source, actor, reason, labelled_at, rules
    FROM jsonb_to_record($2::jsonb) AS old(user_no bigint, event_id uuid, label text, source text,
        actor text, reason text, labelled_at timestamptz, rules text[])
    ON CONFLICT (tenant_id, user_no, event_id) DO UPDATE SET
        label = EXCLUDED.label, source = EXCLUDED.source, actor = EXCLUDED.actor,
        reason = EXCLUDED.reason, rules = EXCLUDED.rules, labelled_at = EXCLUDED.labelled_at";
pub(crate) const BY_RULE: &str = "
    SELECT rule, count(*) FILTER (WHERE label = 'fraud'),
        count(*) FILTER (WHERE label = 'legitimate')
    FROM labels, unnest(rules) AS rule WHERE tenant_id = $1 GROUP BY rule";
pub(crate) const LAST_FIRED: &str = "
    SELECT rule, last_fired FROM rule_activity WHERE tenant_id = $1";
pub(crate) const FIRED: &str = "
    INSERT INTO rule_activity (tenant_id, rule, last_fired)
    SELECT $1, rule, last_fired FROM unnest($2::text[], $3::timestamptz[]) AS new(rule, last_fired)
    ORDER BY rule
    ON CONFLICT (tenant_id, rule) DO UPDATE SET
        last_fired = greatest(rule_activity.last_fired, EXCLUDED.last_fired)";
pub(crate) const RULES_OF_USER: &str = "
    SELECT user_no, rules FROM users WHERE tenant_id = $1 AND user_id = $2";
pub(crate) const EVENT: &str = "
    SELECT user_no, event_id, user_seq, event_hits FROM events
    WHERE tenant_id = $1 AND event_id = $2 LIMIT 1";
pub(crate) const HITS_UNTIL: &str = "
    SELECT hits, hits_ended FROM events
    WHERE tenant_id = $1 AND user_no = $2 AND user_seq <= $3 AND user_seq > $3 - $4::bigint
        AND (hits IS NOT NULL OR hits_ended IS NOT NULL)
    ORDER BY user_seq";

/// A label to be put on a user or an event.
#[derive(Clone, Debug)]
pub struct NewLabel<'l> {
    pub subject: &'l Labelled,
    /// `fraud` or `legitimate`.
    pub label: &'l str,
    pub source: &'l str,
    pub actor: &'l str,
    pub reason: &'l str,
}

/// What a label is put on, and the rules that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    pub user_no: i64,
    /// Of the one event; `None` for the user.
    pub event_id: Option<Uuid>,
    pub rules: Vec<String>,
}

/// Labels of what a rule fired on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    pub fraud: i64,
    pub legitimate: i64,
}

/// Puts a label; one that is there already is replaced.
pub async fn put(tx: &TenantTx<'_>, new: &NewLabel<'_>) -> Result<(), StorageError> {
    let Labelled { user_no, event_id, rules } = new.subject;
    let event_id = event_id.unwrap_or_default();
    let NewLabel { label, source, actor, reason, .. } = new;
    let tenant = tx.tenant().0;
    tx.execute(PUT, &[&tenant, user_no, &event_id, label, source, actor, reason, rules]).await?;
    Ok(())
}

/// A user by its id, to be labelled.
pub async fn user(tx: &TenantTx<'_>, user_id: &str) -> Result<Option<Labelled>, StorageError> {
    let rows = tx.query(RULES_OF_USER, &[&tx.tenant().0, &user_id]).await?;
    let found = |row: &Row| Labelled { user_no: row.get(0), event_id: None, rules: row.get(1) };
    Ok(rows.first().map(found))
}

/// An event, to be labelled, with the rules that fired on it and for its user at that moment.
pub async fn event(tx: &TenantTx<'_>, id: Uuid) -> Result<Option<Labelled>, StorageError> {
    let rows = tx.query(EVENT, &[&tx.tenant().0, &id]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (user_no, event_id): (i64, Uuid) = (row.get(0), row.get(1));
    let mut rules = rules_until(tx, user_no, row.get(2)).await?;
    let hits: Option<Value> = row.get(3);
    let hits = hits.as_ref().and_then(Value::as_array).into_iter().flatten();
    rules.extend(hits.filter_map(|hit| hit["rule"].as_str()).map(str::to_owned));
    Ok(Some(Labelled { user_no, event_id: Some(event_id), rules: rules.into_iter().collect() }))
}

/// Rules that fired for a user after the event of a sequence number.
async fn rules_until(
    tx: &TenantTx<'_>,
    user_no: i64,
    sequence: i32,
) -> Result<BTreeSet<String>, StorageError> {
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&tx.tenant().0, &user_no, &sequence, &HISTORY_EVENTS_MAX];
    let mut firing = BTreeSet::new();
    for row in tx.query(HITS_UNTIL, &parameters).await? {
        let of = |index| row.get::<_, Option<Vec<String>>>(index).unwrap_or_default();
        firing.extend(of(0));
        for ended in of(1) {
            firing.remove(&ended);
        }
    }
    Ok(firing)
}

/// Labels by rule.
pub async fn by_rule(tx: &TenantTx<'_>) -> Result<HashMap<String, Labels>, StorageError> {
    let rows = tx.query(BY_RULE, &[&tx.tenant().0]).await?;
    let labels = |row: &Row| Labels { fraud: row.get(1), legitimate: row.get(2) };
    Ok(rows.iter().map(|row| (row.get(0), labels(row))).collect())
}

/// When each rule last fired.
pub async fn last_fired(tx: &TenantTx<'_>) -> Result<HashMap<String, Timestamp>, StorageError> {
    let rows = tx.query(LAST_FIRED, &[&tx.tenant().0]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get::<_, PgTime>(1).0)).collect())
}

/// Notes when rules last fired.
pub async fn note_fired(
    tx: &TenantTx<'_>,
    fired: &[(String, Timestamp)],
) -> Result<(), StorageError> {
    let rules: Vec<&str> = fired.iter().map(|(rule, _)| rule.as_str()).collect();
    let times: Vec<PgTime> = fired.iter().map(|(_, time)| PgTime(*time)).collect();
    tx.execute(FIRED, &[&tx.tenant().0, &rules, &times]).await?;
    Ok(())
}

/// The label of a user as JSON; null when there is none.
pub(crate) async fn snapshot(tx: &TenantTx<'_>, user_no: i64) -> Result<Value, StorageError> {
    let rows = tx.query(SNAPSHOT, &[&tx.tenant().0, &user_no, &Uuid::nil()]).await?;
    Ok(rows.first().map_or(Value::Null, |row| row.get(0)))
}

/// Brings the label of a user back.
pub(crate) async fn restore(
    tx: &TenantTx<'_>,
    user_no: i64,
    label: &Value,
) -> Result<(), StorageError> {
    if label.is_object() {
        tx.execute(RESTORE, &[&tx.tenant().0, label]).await?;
    } else {
        tx.execute(REMOVE, &[&tx.tenant().0, &user_no, &Uuid::nil()]).await?;
    }
    Ok(())
}
