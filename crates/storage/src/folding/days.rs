//! Counts that are only added to: events of things per day, and of all per minute.

use std::collections::BTreeMap;

use innerwall_event::Timestamp;
use innerwall_features::EntityId;
use innerwall_features::changes::{Changes, HourCounts, hour_start, minute_start};

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

const DAY_HOURS: u32 = 24;

pub(crate) const ADD_DAYS: &str = "
    INSERT INTO entity_days (tenant_id, kind, entity_id, day, normal, editing, alert)
    SELECT $1, kind, entity_id, (day AT TIME ZONE 'UTC')::date, normal, editing, alert
    FROM unnest($2::smallint[], $3::bigint[], $4::timestamptz[], $5::int[], $6::int[], $7::int[])
        AS new(kind, entity_id, day, normal, editing, alert)
    ON CONFLICT (tenant_id, kind, entity_id, day) DO UPDATE SET
        normal = entity_days.normal + EXCLUDED.normal,
        editing = entity_days.editing + EXCLUDED.editing,
        alert = entity_days.alert + EXCLUDED.alert";
/// Shard 0: scoring transactions of the release before count by theirs.
pub(crate) const ADD_MINUTES: &str = "
    INSERT INTO event_counts (tenant_id, shard, minute, kind, events)
    SELECT $1, 0, minute, kind, events
    FROM unnest($2::timestamptz[], $3::smallint[], $4::bigint[]) AS new(minute, kind, events)
    ORDER BY minute, kind
    ON CONFLICT (tenant_id, minute, kind, shard) DO UPDATE SET
        events = event_counts.events + EXCLUDED.events";

/// Adds the events of things per day.
pub(super) async fn add(tx: &TenantTx<'_>, changes: &Changes) -> Result<(), StorageError> {
    let mut days: BTreeMap<(EntityId, u32), HourCounts> = BTreeMap::new();
    for (id, sum) in changes.entities.iter().filter(|(id, _)| id.kind.has_days()) {
        for ((hour, _), counts) in &sum.hours {
            days.entry((*id, hour / DAY_HOURS)).or_default().add(*counts);
        }
    }
    let rows: Vec<(EntityId, Timestamp, HourCounts)> = days
        .into_iter()
        .map(|((id, day), counts)| (id, hour_start(day * DAY_HOURS), counts))
        .collect();
    let count = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let columns = Columns::of(&rows)
        .add(|(id, ..)| id.kind.number())
        .add(|(id, ..)| id.id)
        .add(|(_, day, _)| PgTime(*day))
        .add(|(.., counts)| count(counts.normal))
        .add(|(.., counts)| count(counts.editing))
        .add(|(.., counts)| count(counts.alert));
    tx.execute(ADD_DAYS, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}

/// Adds the events per minute and type.
pub(super) async fn add_minutes(tx: &TenantTx<'_>, changes: &Changes) -> Result<(), StorageError> {
    let rows: Vec<((u32, i16), u32)> =
        changes.minutes.iter().map(|(id, events)| (*id, *events)).collect();
    let columns = Columns::of(&rows)
        .add(|((minute, _), _)| PgTime(minute_start(*minute)))
        .add(|((_, kind), _)| *kind)
        .add(|(_, events)| i64::from(*events));
    tx.execute(ADD_MINUTES, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}
