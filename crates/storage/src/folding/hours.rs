//! How many things of each kind were active per hour, and how many were new.

use std::collections::BTreeMap;

use innerwall_event::{Timestamp, stable_hash64};
use innerwall_features::Sketch;
use innerwall_features::changes::{Changes, hour_of, hour_start};

use super::entities::FirstSeen;
use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Stands for users among the kinds of things.
const USERS: i16 = 0;
/// What carries a remarkable tag is counted apart; `fresh` stands with the ordinary ones, for both.
const ORDINARY: i16 = 0;

pub(crate) const LOAD: &str = "
    SELECT found.kind, found.hour, found.flavour, fresh, active
    FROM unnest($2::smallint[], $3::timestamptz[], $4::smallint[]) AS wanted(kind, hour, flavour)
    CROSS JOIN LATERAL (
        SELECT * FROM kind_hours WHERE tenant_id = $1 AND kind = wanted.kind
            AND hour = wanted.hour AND flavour = wanted.flavour) AS found";
pub(crate) const PUT: &str = "
    INSERT INTO kind_hours (tenant_id, kind, hour, flavour, fresh, active)
    SELECT $1, kind, hour, flavour, fresh, active
    FROM unnest($2::smallint[], $3::timestamptz[], $4::smallint[], $5::int[], $6::bytea[])
        AS new(kind, hour, flavour, fresh, active)
    ON CONFLICT (tenant_id, kind, hour, flavour) DO UPDATE SET
        fresh = EXCLUDED.fresh, active = EXCLUDED.active";

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    kind: i16,
    hour: u32,
    flavour: i16,
}

#[derive(Default)]
struct Activity {
    fresh: i32,
    active: Sketch,
}

/// Writes the hours with what changes add to them.
pub(super) async fn put(
    tx: &TenantTx<'_>,
    changes: &Changes,
    first_seen: &FirstSeen,
) -> Result<(), StorageError> {
    let mut hours = activity(changes);
    count_fresh(&mut hours, changes, first_seen);
    let places: Vec<Place> = hours.keys().copied().collect();
    let columns = with_place(Columns::of(&places), |place| *place);
    for row in tx.query(LOAD, &columns.after(&[&tx.tenant().0])).await? {
        let hour = hour_of(row.get::<_, PgTime>(1).0);
        let place = Place { kind: row.get(0), hour, flavour: row.get(2) };
        let before = Sketch::from_bytes(row.get(4))
            .map_err(|error| StorageError::Corrupt { what: "sketch", reason: error.to_string() })?;
        let activity = hours.entry(place).or_default();
        activity.fresh += row.get::<_, i32>(3);
        activity.active.merge(&before);
    }
    let rows: Vec<(Place, Activity)> = hours.into_iter().collect();
    let columns = with_place(Columns::of(&rows), |(place, _)| *place)
        .add(|(_, activity)| activity.fresh)
        .add(|(_, activity)| activity.active.to_bytes());
    tx.execute(PUT, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}

fn activity(changes: &Changes) -> BTreeMap<Place, Activity> {
    let mut hours: BTreeMap<Place, Activity> = BTreeMap::new();
    for (id, sum) in &changes.entities {
        for (hour, is_remarkable) in sum.hours.keys() {
            let flavour = i16::from(*is_remarkable);
            let place = Place { kind: id.kind.number(), hour: *hour, flavour };
            hours.entry(place).or_default().active.add(id.id.cast_unsigned());
        }
    }
    for (hour, user_no) in &changes.active_users {
        let place = Place { kind: USERS, hour: *hour, flavour: ORDINARY };
        let hash = stable_hash64(&[&user_no.to_le_bytes()]);
        hours.entry(place).or_default().active.add(hash);
    }
    hours
}

/// A thing is new in the hour it was first seen in. When an earlier event comes late, that hour
/// moves, and the count with it: so no order of folding gives other counts.
fn count_fresh(hours: &mut BTreeMap<Place, Activity>, changes: &Changes, first_seen: &FirstSeen) {
    let mut add = |kind: i16, hour: u32, things: i32| {
        hours.entry(Place { kind, hour, flavour: ORDINARY }).or_default().fresh += things;
    };
    for (id, before, now) in first_seen {
        let hour_before = before.map(|before: Timestamp| hour_of(before));
        if hour_before != Some(hour_of(*now)) {
            add(id.kind.number(), hour_of(*now), 1);
            if let Some(hour) = hour_before {
                add(id.kind.number(), hour, -1);
            }
        }
    }
    for (hour, users) in &changes.fresh_users {
        add(USERS, *hour, i32::try_from(*users).unwrap_or(i32::MAX));
    }
}

fn with_place<T>(columns: Columns<'_, T>, place: impl Fn(&T) -> Place) -> Columns<'_, T> {
    columns
        .add(|row| place(row).kind)
        .add(|row| PgTime(hour_start(place(row).hour)))
        .add(|row| place(row).flavour)
}
