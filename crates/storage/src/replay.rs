//! Stored events as they can be scored again.

pub(crate) mod until;

use std::collections::HashMap;

use innerwall_event::{Event, EventDigest, EventKind, FieldChange, HttpMethod, Timestamp, UserId};
use innerwall_features::{AddressFacts, Country, Surroundings};
use innerwall_rules::RuleId;
use innerwall_scoring::{Account, EventHit, HISTORY_EVENTS_MAX, Past, Stored};
use prost::Message;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub use until::{Place, place, until};

macro_rules! select_stored {
    ($rest:literal) => {
        concat!(
            "SELECT event_id, event_time, received_at, events.device_id, user_created, user_seq,
                session_no, utc_offset_s, events.kind, http_code, http_method, trust, risk, ip,
                country, custom_kind, coalesce(user_agents.language, events.language), url,
                referer, email, phone, first_name, last_name, full_name, hits, hits_ended,
                rule_set, surroundings, user_agents.value, session_id, custom, amount_micros,
                currency, payload, field_history, devices.browser, devices.system, event_hits,
                events.user_no
             FROM events
             LEFT JOIN user_agents ON user_agents.tenant_id = events.tenant_id
                 AND user_agents.id = events.user_agent_id
             LEFT JOIN devices ON devices.tenant_id = events.tenant_id
                 AND devices.device_id = events.device_id
             WHERE events.tenant_id = $1 ",
            $rest
        )
    };
}

pub(crate) use select_stored;

pub(crate) const EVENTS: &str = select_stored!("AND user_no = $2 ORDER BY user_seq");
pub(crate) const PAST: &str = select_stored!("AND user_no = $2 ORDER BY user_seq DESC LIMIT $3");
/// Events that rules before a version judged, over a time range, a page at a time.
pub(crate) const JUDGED_BEFORE: &str = select_stored!(
    "AND event_time >= $2 AND event_time < $3 AND rule_set < $4
     AND ($5::timestamptz IS NULL OR (event_time, event_id) > ($5, $6::uuid))
     ORDER BY event_time, event_id LIMIT $7"
);
/// Ids and contact details of users by their numbers.
pub(crate) const NAMES: &str = "
    SELECT user_no, user_id, email, phone FROM users WHERE tenant_id = $1 AND user_no = ANY($2)";
pub(crate) const USERS: &str = "
    SELECT user_id, user_no, account, rule_set
    FROM users JOIN user_state USING (tenant_id, user_no, user_id)
    WHERE tenant_id = $1 AND user_no > $2 AND ($3::text IS NULL OR user_id = $3)
        AND last_seen >= $4 AND first_seen < $5
    ORDER BY user_no LIMIT $6";

/// A user to be scored again, with the account as stored.
#[derive(Clone, Debug)]
pub struct ReplayUser {
    pub user_id: String,
    pub user_no: i64,
    pub account: Account,
    /// Version of the rules that judged the user last, with an event or without.
    pub rule_set: i32,
}

/// Which users to score again.
#[derive(Clone, Debug)]
pub struct ReplayRange {
    pub user_id: Option<String>,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// The next users of a range after `after`, in the order of their numbers.
pub async fn users(
    tx: &TenantTx<'_>,
    range: &ReplayRange,
    after: i64,
    limit: i64,
) -> Result<Vec<ReplayUser>, StorageError> {
    let (from, to) = (PgTime(range.from), PgTime(range.to));
    let rows =
        tx.query(USERS, &[&tx.tenant().0, &after, &range.user_id, &from, &to, &limit]).await?;
    let user = |row: &Row| {
        let account =
            Account::from_bytes(row.get(2)).map_err(|error| corrupt(error.to_string()))?;
        Ok(ReplayUser {
            user_id: row.get(0),
            user_no: row.get(1),
            account,
            rule_set: row.get::<_, Option<i32>>(3).unwrap_or_default(),
        })
    };
    rows.iter().map(user).collect()
}

/// All stored events of a user in the order they were scored, each with the version of the rule
/// set that judged it.
pub async fn events(
    tx: &TenantTx<'_>,
    user: &ReplayUser,
) -> Result<Vec<(i32, Stored)>, StorageError> {
    let rows = tx.query(EVENTS, &[&tx.tenant().0, &user.user_no]).await?;
    rows.iter().map(|row| Ok((row.get(26), stored(row, &user.user_id)?))).collect()
}

/// The newest events of a user, the oldest of them first.
pub async fn past(
    tx: &TenantTx<'_>,
    user_id: &str,
    user_no: i64,
) -> Result<Vec<Past>, StorageError> {
    newest(tx, user_id, user_no, HISTORY_EVENTS_MAX).await
}

/// The last event of a user; `None` when it is no longer stored.
pub async fn last(
    tx: &TenantTx<'_>,
    user_id: &str,
    user_no: i64,
) -> Result<Option<Past>, StorageError> {
    Ok(newest(tx, user_id, user_no, 1).await?.pop())
}

async fn newest(
    tx: &TenantTx<'_>,
    user_id: &str,
    user_no: i64,
    most: usize,
) -> Result<Vec<Past>, StorageError> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = tx.query(PAST, &[&tx.tenant().0, &user_no, &limit]).await?;
    rows.iter().rev().map(|row| Ok(past_of(stored(row, user_id)?))).collect()
}

/// Which stored events to count in windows that are new.
#[derive(Clone, Copy, Debug)]
pub struct JudgedBefore {
    pub from: Timestamp,
    pub to: Timestamp,
    /// Version of the rules that count for themselves.
    pub version: i32,
}

/// The next page of events that older rules judged, oldest first, after a position.
pub async fn judged_before(
    tx: &TenantTx<'_>,
    range: JudgedBefore,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<Past>, StorageError> {
    let JudgedBefore { from, to, version } = range;
    let (time, id) = after.map(|(time, id)| (PgTime(time), id)).unzip();
    let tenant = tx.tenant().0;
    let (from, to) = (PgTime(from), PgTime(to));
    let rows =
        tx.query(JUDGED_BEFORE, &[&tenant, &from, &to, &version, &time, &id, &limit]).await?;
    let numbers: Vec<i64> = rows.iter().map(|row| row.get(38)).collect();
    let users = tx.query(NAMES, &[&tenant, &numbers]).await?;
    let users: HashMap<i64, &Row> = users.iter().map(|row| (row.get(0), row)).collect();
    let past = |(row, number): (&Row, &i64)| {
        let user = users.get(number).ok_or_else(|| corrupt(format!("user {number}")))?;
        let mut past = past_of(stored(row, user.get(1))?);
        // Stored only where they changed: what is known now stands for them.
        past.event.email = past.event.email.or_else(|| user.get(2));
        past.event.phone = past.event.phone.or_else(|| user.get(3));
        Ok(past)
    };
    rows.iter().zip(&numbers).map(past).collect()
}

fn past_of(stored: Stored) -> Past {
    Past { event: stored.event, around: stored.around, session: stored.session }
}

pub(crate) fn corrupt(reason: String) -> StorageError {
    StorageError::Corrupt { what: "event", reason }
}

pub(crate) fn stored(row: &Row, user_id: &str) -> Result<Stored, StorageError> {
    let small = |number: i16| u8::try_from(number).map_err(|error| corrupt(error.to_string()));
    Ok(Stored {
        event: event(row, user_id)?,
        around: surroundings(row)?,
        sequence: row.get::<_, i32>(5).unsigned_abs(),
        session: row.get::<_, i32>(6).unsigned_abs(),
        trust: small(row.get(11))?,
        risk: row.get::<_, Option<i16>>(12).map(small).transpose()?,
        event_hits: event_hits(row)?,
        started: rule_ids(row.get(24))?,
        ended: rule_ids(row.get(25))?,
    })
}

fn surroundings(row: &Row) -> Result<Surroundings, StorageError> {
    let mut around = match row.get::<_, Option<&[u8]>>(27) {
        Some(bytes) => Surroundings::decode(bytes).map_err(|error| corrupt(error.to_string()))?,
        None => surroundings_in_columns(row),
    };
    around.device.id = row.get::<_, i64>(3).cast_unsigned();
    around.device.browser = row.get::<_, Option<String>>(35).unwrap_or_default();
    around.device.system = row.get::<_, Option<String>>(36).unwrap_or_default();
    Ok(around)
}

/// Those of events stored before surroundings had a column of their own.
fn surroundings_in_columns(row: &Row) -> Surroundings {
    let country = row.get::<_, Option<&str>>(14).and_then(Country::parse);
    let address =
        AddressFacts { country: country.map_or(0, Country::number), ..AddressFacts::default() };
    let utc_offset_s = row.get::<_, Option<i32>>(7).unwrap_or_default();
    Surroundings { utc_offset_s, address, ..Surroundings::default() }
}

fn rule_ids(ids: Option<Vec<String>>) -> Result<Vec<RuleId>, StorageError> {
    let parse = |id: &String| RuleId::parse(id).ok_or_else(|| corrupt(format!("rule id {id}")));
    ids.unwrap_or_default().iter().map(parse).collect()
}

fn event(row: &Row, user_id: &str) -> Result<Event, StorageError> {
    let time = |index| row.get::<_, PgTime>(index).0;
    let kind = EventKind::from_stored(row.get(8), row.get(15));
    Ok(Event {
        id: row.get(0),
        client_id: None,
        digest: EventDigest([0; 16]),
        received_at: time(2),
        time: time(1),
        user_id: UserId(user_id.to_owned()),
        ip: row.get(13),
        kind: kind.ok_or_else(|| corrupt("event type".to_owned()))?,
        url: row.get(17),
        page_title: None,
        referer: row.get(18),
        user_agent: row.get(28),
        language: row.get(16),
        http_method: row.get::<_, Option<i16>>(10).and_then(HttpMethod::from_number),
        http_code: row.get::<_, Option<i16>>(9).map(i16::cast_unsigned),
        email: row.get(19),
        phone: row.get(20),
        first_name: row.get(21),
        last_name: row.get(22),
        full_name: row.get(23),
        user_created: row.get::<_, Option<PgTime>>(4).map(|time| time.0),
        session_id: row.get(29),
        trace_id: None,
        payload: row.get(33),
        field_history: field_history(row)?,
        amount_micros: row.get(31),
        currency: row.get(32),
        custom: row.get(30),
        corrections: Vec::new(),
    })
}

fn field_history(row: &Row) -> Result<Vec<FieldChange>, StorageError> {
    let Some(json) = row.get::<_, Option<serde_json::Value>>(34) else { return Ok(Vec::new()) };
    serde_json::from_value(json).map_err(|error| corrupt(error.to_string()))
}

fn event_hits(row: &Row) -> Result<Vec<EventHit>, StorageError> {
    let Some(json) = row.get::<_, Option<serde_json::Value>>(37) else { return Ok(Vec::new()) };
    serde_json::from_value(json).map_err(|error| corrupt(error.to_string()))
}
