//! Counts per bucket of time. Buckets are named by their starts, so that days of any zone will do.

use innerwall_event::{EventKind, Timestamp};
use innerwall_features::EntityKind;
use tokio_postgres::Row;

use super::quarters::{Quarters, counted_events};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const EVENTS: &str = concat!(
    "SELECT width_bucket(at, $6::timestamptz[]), kind, sum(events)::bigint FROM ",
    counted_events!(),
    " GROUP BY 1, 2"
);
pub(crate) const EVENTS_OF_USER: &str = "
    SELECT width_bucket(event_time, $2::timestamptz[]), kind, count(*)
    FROM (SELECT event_time, kind FROM events
          WHERE tenant_id = $1 AND user_no = $5 AND event_time >= $3 AND event_time < $4
          OFFSET 0) AS of_user GROUP BY 1, 2";
/// Who was first seen in the range was not seen before it.
pub(crate) const NEW_USERS: &str = "
    SELECT width_bucket(first_seen, $2::timestamptz[]),
        count(*) FILTER (WHERE trust <= 32), count(*) FILTER (WHERE trust BETWEEN 33 AND 66),
        count(*) FILTER (WHERE trust >= 67)
    FROM users WHERE tenant_id = $1 AND seen_bucket >= $3::timestamptz - interval '5 minutes'
        AND first_seen >= $3 AND first_seen < $4 AND trust IS NOT NULL GROUP BY 1";
pub(crate) const KIND_HOURS: &str = "
    SELECT hour, flavour, fresh, active FROM kind_hours
    WHERE tenant_id = $1 AND kind = $2 AND hour >= $3 AND hour < $4";

/// Buckets that follow each other without a gap.
#[derive(Clone, Copy, Debug)]
pub struct Starts<'b> {
    /// When each begins; the first is the beginning of the range.
    pub starts: &'b [Timestamp],
    /// When the last ends.
    pub end: Timestamp,
}

/// Events of one type in one bucket. Custom types are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventCount {
    /// Place of the bucket, from 0.
    pub bucket: usize,
    pub kind: EventKind,
    pub events: i64,
}

/// Users first seen in one bucket, by the band of their score now: low, medium, high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewUsers {
    pub bucket: usize,
    pub bands: [i64; 3],
}

/// What of a kind was active in an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindHour {
    pub hour: Timestamp,
    /// Part of the kind that is counted apart: 0 is the plain one.
    pub flavour: i16,
    /// Seen for the first time.
    pub fresh: i32,
    /// A sketch, encoded.
    pub active: Vec<u8>,
}

/// Events of everybody.
pub async fn events(
    tx: &TenantTx<'_>,
    buckets: Starts<'_>,
) -> Result<Vec<EventCount>, StorageError> {
    let (starts, from, end) = parts(buckets);
    let [first, later @ ..] = buckets.starts else { return Ok(Vec::new()) };
    let whole = Quarters::cut(*first, buckets.end, later);
    let rows =
        tx.query(EVENTS, &[&tx.tenant().0, &from, &end, &whole.from, &whole.to, &starts]).await?;
    Ok(rows.iter().map(event_count).collect())
}

/// Events of one user.
pub async fn events_of_user(
    tx: &TenantTx<'_>,
    buckets: Starts<'_>,
    user_no: i64,
) -> Result<Vec<EventCount>, StorageError> {
    let (starts, from, end) = parts(buckets);
    let rows = tx.query(EVENTS_OF_USER, &[&tx.tenant().0, &starts, &from, &end, &user_no]).await?;
    Ok(rows.iter().map(event_count).collect())
}

/// Users by when they were first seen.
pub async fn new_users(
    tx: &TenantTx<'_>,
    buckets: Starts<'_>,
) -> Result<Vec<NewUsers>, StorageError> {
    let (starts, from, end) = parts(buckets);
    let rows = tx.query(NEW_USERS, &[&tx.tenant().0, &starts, &from, &end]).await?;
    let users =
        |row: &Row| NewUsers { bucket: place(row), bands: [row.get(1), row.get(2), row.get(3)] };
    Ok(rows.iter().map(users).collect())
}

/// What was active per hour; users when no kind is named.
pub async fn kind_hours(
    tx: &TenantTx<'_>,
    kind: Option<EntityKind>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<KindHour>, StorageError> {
    let (from, to) = (PgTime(from), PgTime(to));
    let number = kind.map_or(0, EntityKind::number);
    let rows = tx.query(KIND_HOURS, &[&tx.tenant().0, &number, &from, &to]).await?;
    let hour = |row: &Row| KindHour {
        hour: row.get::<_, PgTime>(0).0,
        flavour: row.get(1),
        fresh: row.get(2),
        active: row.get(3),
    };
    Ok(rows.iter().map(hour).collect())
}

fn parts(buckets: Starts<'_>) -> (Vec<PgTime>, Option<PgTime>, PgTime) {
    let starts: Vec<PgTime> = buckets.starts.iter().copied().map(PgTime).collect();
    let from = starts.first().copied();
    (starts, from, PgTime(buckets.end))
}

/// The database counts buckets from 1.
fn place(row: &Row) -> usize {
    usize::try_from(row.get::<_, i32>(0) - 1).unwrap_or_default()
}

fn event_count(row: &Row) -> EventCount {
    EventCount { bucket: place(row), kind: super::kind_of(row.get(1)), events: row.get(2) }
}
