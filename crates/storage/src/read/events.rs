//! Lists of events.

use std::net::IpAddr;

use innerwall_event::{EventKind, HttpMethod, Timestamp};
use innerwall_scoring::EventHit;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::{PgTime, end_before};

/// `$more` are columns beside those of [`EventRow`], each after a comma; `$which` chooses events, which
/// are chosen before the rest is looked up for each: nothing is known of how many rows a tenant has, and
/// the planner would begin with all of its users.
macro_rules! select_events {
    ($which:literal, $order:literal) => {
        select_events!("", $which, $order)
    };
    ($more:literal, $which:literal, $order:literal) => {
        select_events!(from "", $more, $which, $order)
    };
    (from $from:literal, $more:literal, $which:literal, $order:literal) => {
        concat!(
            "SELECT events.event_id, events.event_time, events.received_at, users.user_id,
                users.email, events.kind, events.custom_kind, events.url, events.page_title,
                events.ip, events.country, events.device_id, devices.kind, devices.label,
                events.http_method, events.http_code, events.referer, coalesce(user_agents.language, events.language),
                events.session_no, events.trust, events.risk, events.hits, events.corrections,
                events.client_id, events.user_seq, user_agents.value, events.payload,
                events.field_history::text, events.event_hits",
            $more,
            "
             FROM ",
            $from,
            " (SELECT * FROM events WHERE tenant_id = $1 ",
            $which,
            " OFFSET 0) AS events
             CROSS JOIN LATERAL (SELECT user_id, email FROM users
                 WHERE tenant_id = $1 AND user_no = events.user_no OFFSET 0) AS users
             LEFT JOIN LATERAL (SELECT kind, label FROM devices
                 WHERE tenant_id = $1 AND device_id = events.device_id OFFSET 0) AS devices ON true
             LEFT JOIN LATERAL (SELECT value, language FROM user_agents
                 WHERE tenant_id = $1 AND id = events.user_agent_id OFFSET 0) AS user_agents ON true ",
            $order
        )
    };
}
pub(super) use select_events;

pub(crate) const PAGE: &str = select_events!(
    "AND event_time >= $2 AND event_time < $3
     AND ($4::timestamptz IS NULL OR (event_time, event_id) < ($4, $5::uuid))
     ORDER BY event_time DESC, event_id DESC LIMIT $6",
    "ORDER BY events.event_time DESC, events.event_id DESC"
);
pub(crate) const OF_USER: &str = select_events!(
    "AND user_no = (SELECT user_no FROM users WHERE tenant_id = $1 AND user_id = $2)
     AND user_seq < $3
     ORDER BY user_seq DESC LIMIT $4",
    "ORDER BY events.user_seq DESC"
);
/// One by one: for all at once the planner reads whole ranges of time rather than each by its id.
pub(crate) const BY_IDS: &str = select_events!(
    from "unnest($2::uuid[]) AS wanted(id) CROSS JOIN LATERAL", "",
    "AND event_id = wanted.id AND event_time BETWEEN $3 AND $4",
    "ORDER BY events.event_time DESC, events.event_id DESC"
);
pub(crate) const AT_PLACES: &str = select_events!(
    from "unnest($2::timestamptz[], $3::uuid[]) AS wanted(at, id) CROSS JOIN LATERAL", "",
    "AND event_id = wanted.id AND event_time = wanted.at",
    "ORDER BY events.event_time DESC, events.event_id DESC"
);

/// Which events a list holds.
#[derive(Clone, Debug)]
pub struct EventFilter {
    pub from: Timestamp,
    /// Exclusive.
    pub to: Timestamp,
}

/// An event with its answer.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub event_id: Uuid,
    pub event_time: Timestamp,
    pub received_at: Timestamp,
    pub user_id: String,
    pub user_email: Option<String>,
    pub kind: EventKind,
    pub url: Option<String>,
    pub page_title: Option<String>,
    pub ip: IpAddr,
    pub country: Option<String>,
    pub device_id: i64,
    pub device: Option<(String, String)>,
    pub http_method: Option<HttpMethod>,
    pub http_code: Option<i16>,
    pub referer: Option<String>,
    pub language: Option<String>,
    pub session_no: i32,
    pub trust: u8,
    pub risk: Option<u8>,
    pub hits: Vec<String>,
    pub corrections: Vec<String>,
    pub client_id: Option<String>,
    pub user_seq: i32,
    pub user_agent: Option<String>,
    pub payload: Option<String>,
    pub field_history: Option<String>,
    /// Rules about events that fired on it.
    pub event_hits: Vec<EventHit>,
}

/// A page of events of all users, newest first.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &EventFilter,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<EventRow>, StorageError> {
    let from = PgTime(filter.from);
    let to = end_before(filter.to, after.map(|(time, _)| time));
    let (time, id) = after.map(|(time, id)| (PgTime(time), id)).unzip();
    let tenant = tx.tenant().0;
    let rows = tx.query(PAGE, &[&tenant, &from, &to, &time, &id, &limit]).await?;
    Ok(rows.iter().map(row_of).collect())
}

/// A page of one user's events, the last scored first.
pub async fn of_user(
    tx: &TenantTx<'_>,
    user_id: &str,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<EventRow>, StorageError> {
    // Of one user there may be a hundred thousand.
    tx.read_in_order(true).await?;
    let before = before.unwrap_or(i32::MAX);
    let rows = tx.query(OF_USER, &[&tx.tenant().0, &user_id, &before, &limit]).await?;
    Ok(rows.iter().map(row_of).collect())
}

/// Events by their ids within a span of time.
pub async fn by_ids(
    tx: &TenantTx<'_>,
    ids: &[Uuid],
    oldest: Timestamp,
    newest: Timestamp,
) -> Result<Vec<EventRow>, StorageError> {
    let (oldest, newest) = (PgTime(oldest), PgTime(newest));
    let rows = tx.query(BY_IDS, &[&tx.tenant().0, &ids, &oldest, &newest]).await?;
    Ok(rows.iter().map(row_of).collect())
}

/// The events at some times with some ids, the newest first.
pub async fn at_places(
    tx: &TenantTx<'_>,
    places: &[(Timestamp, Uuid)],
) -> Result<Vec<EventRow>, StorageError> {
    let columns = Columns::of(places).add(|(time, _)| PgTime(*time)).add(|(_, id)| *id);
    let rows = tx.query(AT_PLACES, &columns.after(&[&tx.tenant().0])).await?;
    Ok(rows.iter().map(row_of).collect())
}

pub(super) fn row_of(row: &Row) -> EventRow {
    let time = |index| row.get::<_, PgTime>(index).0;
    let small = |number: i16| u8::try_from(number).unwrap_or_default();
    let device_kind: Option<String> = row.get(12);
    EventRow {
        event_id: row.get(0),
        event_time: time(1),
        received_at: time(2),
        user_id: row.get(3),
        user_email: row.get(4),
        kind: EventKind::from_stored(row.get(5), row.get(6)).unwrap_or_default(),
        url: row.get(7),
        page_title: row.get(8),
        ip: row.get(9),
        country: row.get(10),
        device_id: row.get(11),
        device: device_kind.zip(row.get(13)),
        http_method: row.get::<_, Option<i16>>(14).and_then(HttpMethod::from_number),
        http_code: row.get(15),
        referer: row.get(16),
        language: row.get(17),
        session_no: row.get(18),
        trust: small(row.get(19)),
        risk: row.get::<_, Option<i16>>(20).map(small),
        hits: row.get::<_, Option<Vec<String>>>(21).unwrap_or_default(),
        corrections: row.get::<_, Option<Vec<String>>>(22).unwrap_or_default(),
        client_id: row.get(23),
        user_seq: row.get(24),
        user_agent: row.get(25),
        payload: row.get(26),
        field_history: row.get(27),
        event_hits: event_hits(row.get(28)),
    }
}

/// What cannot be read is left out: a list is better than none.
fn event_hits(json: Option<serde_json::Value>) -> Vec<EventHit> {
    json.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default()
}
