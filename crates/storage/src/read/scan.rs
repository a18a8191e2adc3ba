//! Looking through events for those that fit, as far as a budget allows.

use std::cmp::Reverse;
use std::net::IpAddr;

use innerwall_event::{EventKind, Timestamp};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::links::LinkSpan;
use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::{PgTime, end_before};

macro_rules! look {
    ($events:literal) => {
        concat!(
            "WITH looked_at AS MATERIALIZED (
                SELECT e.event_time, e.event_id, e.kind, coalesce(
                    (($4::smallint[] IS NULL AND $5::text[] IS NULL)
                        OR e.kind = ANY($4) OR e.custom_kind = ANY($5))
                    AND ($6::inet IS NULL OR e.ip = $6)
                    AND ($7::text IS NULL OR e.hits @> ARRAY[$7]
                        OR e.event_hits @> jsonb_build_array(jsonb_build_object('rule', $7)))
                    AND ($8::smallint IS NULL OR e.risk >= $8)
                    AND ($9::smallint IS NULL OR e.risk <= $9)
                    AND ($10::bigint IS NULL OR e.device_id = $10)
                    AND ($11::text IS NULL OR e.country = $11)
                    AND ($12::smallint IS NULL OR e.http_code = $12)
                    AND ($13::text IS NULL OR e.url ^@ $13)
                    AND ($14::text IS NULL OR strpos(e.url, $14) > 0)
                    AND ($15::text IS NULL OR e.user_agent_id IN (
                        SELECT id FROM user_agents WHERE tenant_id = $1 AND value = $15))
                    AND ($16::bigint IS NULL OR EXISTS (
                        SELECT FROM addresses AS a
                        WHERE a.tenant_id = $1 AND a.ip = e.ip AND a.asn = $16))
                    AND ($17::text IS NULL OR strpos(e.custom, $17) > 0), false) AS fits
                FROM (",
            $events,
            ") AS e)
             SELECT event_time, event_id, kind, fits, (SELECT count(*) FROM looked_at) FROM (
                (SELECT event_time, event_id, kind, fits FROM looked_at WHERE fits
                 ORDER BY event_time DESC, event_id DESC LIMIT $20)
                UNION ALL
                (SELECT event_time, event_id, kind, false FROM looked_at
                 ORDER BY event_time, event_id LIMIT 1)) AS found"
        )
    };
}

/// The newest `$21` events of everybody.
pub(crate) const BY_TIME: &str = look!(
    "SELECT * FROM events
     WHERE tenant_id = $1 AND event_time >= $2 AND event_time < $3
         AND ($18::timestamptz IS NULL OR (event_time, event_id) < ($18, $19::uuid))
     ORDER BY event_time DESC, event_id DESC LIMIT $21"
);
/// All events of some users. Without the offset the planner would follow the order of time and
/// pass over everybody else's.
pub(crate) const BY_SPANS: &str = look!(
    "SELECT v.* FROM unnest($21::bigint[], $22::timestamptz[], $23::timestamptz[])
         AS span(user_no, first_seen, last_seen)
     JOIN events AS v ON v.tenant_id = $1 AND v.user_no = span.user_no
         AND v.event_time >= span.first_seen AND v.event_time <= span.last_seen
     WHERE v.event_time >= $2 AND v.event_time < $3
         AND ($18::timestamptz IS NULL OR (v.event_time, v.event_id) < ($18, $19::uuid))
     OFFSET 0"
);
pub(crate) const DAYS: &str = "
    SELECT day::timestamp AT TIME ZONE 'UTC', normal, editing, alert FROM entity_days
    WHERE tenant_id = $1 AND kind = $2 AND entity_id = $3
        AND day >= ($4::timestamptz AT TIME ZONE 'UTC')::date
        AND day < ($5::timestamptz AT TIME ZONE 'UTC' + interval '1 day' - interval '1 us')::date
    ORDER BY day DESC";

/// What events must be like to fit.
#[derive(Clone, Debug, Default)]
pub struct EventScan {
    pub from: Timestamp,
    /// Exclusive.
    pub to: Timestamp,
    /// Any of these types; empty for all.
    pub types: Vec<EventKind>,
    pub ip: Option<IpAddr>,
    /// A rule that began to fire for the user, or fired on the event.
    pub rule: Option<String>,
    pub risk_min: Option<i16>,
    pub risk_max: Option<i16>,
    /// The class of the device.
    pub device_id: Option<i64>,
    pub country: Option<String>,
    pub http_code: Option<i16>,
    /// Beginning of the URL.
    pub url_prefix: Option<String>,
    /// Text somewhere in the URL.
    pub url_part: Option<String>,
    pub user_agent: Option<String>,
    /// Number of the network.
    pub asn: Option<i64>,
    /// Text somewhere in the producer's own fields.
    pub custom_part: Option<String>,
}

/// An event that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub time: Timestamp,
    pub id: Uuid,
    /// Custom types are not told apart.
    pub kind: EventKind,
}

impl Sighting {
    /// Where in the list of all events.
    pub const fn place(&self) -> (Timestamp, Uuid) {
        (self.time, self.id)
    }
}

/// What a look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The newest first.
    pub found: Vec<Sighting>,
    /// The oldest event looked at.
    pub last: Option<(Timestamp, Uuid)>,
    pub looked_at: i64,
}

/// Events of one day, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCounts {
    pub start: Timestamp,
    pub normal: i32,
    pub editing: i32,
    pub alert: i32,
}

/// Looks through the newest events of everybody.
pub async fn by_time(
    tx: &TenantTx<'_>,
    scan: &EventScan,
    after: Option<(Timestamp, Uuid)>,
    looked_at_max: i64,
    limit: i64,
) -> Result<Look, StorageError> {
    look(tx, BY_TIME, scan, (after, limit), &[&looked_at_max]).await
}

/// Looks through the events of users within spans of time.
pub async fn by_spans(
    tx: &TenantTx<'_>,
    scan: &EventScan,
    spans: &[LinkSpan],
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Look, StorageError> {
    let columns = Columns::of(spans)
        .add(|span| span.user_no)
        .add(|span| PgTime(span.first_seen))
        .add(|span| PgTime(span.last_seen));
    look(tx, BY_SPANS, scan, (after, limit), &columns.after(&[])).await
}

async fn look(
    tx: &TenantTx<'_>,
    statement: &'static str,
    scan: &EventScan,
    (after, limit): (Option<(Timestamp, Uuid)>, i64),
    source: &[&(dyn ToSql + Sync)],
) -> Result<Look, StorageError> {
    let named = scan.types.iter().filter(|kind| kind.custom_name().is_none());
    let named: Vec<i16> = named.map(EventKind::number).collect();
    let custom: Vec<&str> = scan.types.iter().filter_map(EventKind::custom_name).collect();
    let is_any = scan.types.is_empty();
    let (named, custom) = ((!is_any).then_some(named), (!is_any).then_some(custom));
    let (time, id) = after.map(|(time, id)| (PgTime(time), id)).unzip();
    let (tenant, from) = (tx.tenant().0, PgTime(scan.from));
    let to = end_before(scan.to, after.map(|(time, _)| time));
    let shared: [&(dyn ToSql + Sync); 20] = [
        &tenant,
        &from,
        &to,
        &named,
        &custom,
        &scan.ip,
        &scan.rule,
        &scan.risk_min,
        &scan.risk_max,
        &scan.device_id,
        &scan.country,
        &scan.http_code,
        &scan.url_prefix,
        &scan.url_part,
        &scan.user_agent,
        &scan.asn,
        &scan.custom_part,
        &time,
        &id,
        &limit,
    ];
    let rows = tx.query(statement, &[&shared, source].concat()).await?;
    Ok(look_of(&rows))
}

fn look_of(rows: &[Row]) -> Look {
    let mut look = Look::default();
    for row in rows {
        let (time, id) = (row.get::<_, PgTime>(0).0, row.get(1));
        if row.get(3) {
            look.found.push(Sighting { time, id, kind: super::kind_of(row.get(2)) });
        } else {
            look.last = Some((time, id));
        }
        look.looked_at = row.get(4);
    }
    look.found.sort_unstable_by_key(|sighting| Reverse(sighting.place()));
    look
}

/// Days with events of a thing that overlap a range, the newest first.
pub async fn days(
    tx: &TenantTx<'_>,
    (kind, id): (innerwall_features::EntityKind, i64),
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<DayCounts>, StorageError> {
    let (from, to) = (PgTime(from), PgTime(to));
    let rows = tx.query(DAYS, &[&tx.tenant().0, &kind.number(), &id, &from, &to]).await?;
    let day = |row: &Row| DayCounts {
        start: row.get::<_, PgTime>(0).0,
        normal: row.get(1),
        editing: row.get(2),
        alert: row.get(3),
    };
    Ok(rows.iter().map(day).collect())
}
