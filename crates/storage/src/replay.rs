//! Stored events as they can be scored again.

use innerwall_event::{Event, EventDigest, EventKind, HttpMethod, Timestamp, UserId};
use innerwall_features::{Country, DeviceId, Surroundings};
use innerwall_rules::RuleId;
use innerwall_scoring::{Account, Stored};
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const EVENTS: &str = "
    SELECT event_id, event_time, received_at, device_id, user_created, user_seq, session_no,
        utc_offset_s, kind, http_code, http_method, trust, risk, ip, country, custom_kind, language,
        url, referer, email, phone, first_name, last_name, full_name, hits, hits_ended, rule_set
    FROM events WHERE tenant_id = $1 AND user_no = $2 ORDER BY user_seq";
pub(crate) const USERS: &str = "
    SELECT user_id, user_no, account FROM users JOIN user_state USING (tenant_id, user_no)
    WHERE tenant_id = $1 AND user_no > $2 AND ($3::text IS NULL OR user_id = $3)
        AND last_seen >= $4 AND first_seen < $5
    ORDER BY user_no LIMIT $6";

/// A user to be scored again, with the account as stored.
#[derive(Clone, Debug)]
pub struct ReplayUser {
    pub user_id: String,
    pub user_no: i64,
    pub account: Account,
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
        Ok(ReplayUser { user_id: row.get(0), user_no: row.get(1), account })
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

fn corrupt(reason: String) -> StorageError {
    StorageError::Corrupt { what: "event", reason }
}

fn stored(row: &Row, user_id: &str) -> Result<Stored, StorageError> {
    let small = |number: i16| u8::try_from(number).map_err(|error| corrupt(error.to_string()));
    Ok(Stored {
        event: event(row, user_id)?,
        around: Surroundings {
            country: row.get::<_, Option<&str>>(14).and_then(Country::parse),
            device: DeviceId(row.get::<_, i64>(3).cast_unsigned()),
            utc_offset_s: row.get(7),
        },
        sequence: row.get::<_, i32>(5).unsigned_abs(),
        session: row.get::<_, i32>(6).unsigned_abs(),
        trust: small(row.get(11))?,
        risk: row.get::<_, Option<i16>>(12).map(small).transpose()?,
        started: rule_ids(row.get(24))?,
        ended: rule_ids(row.get(25))?,
    })
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
        user_agent: None,
        language: row.get(16),
        http_method: row.get::<_, Option<i16>>(10).and_then(HttpMethod::from_number),
        http_code: row.get::<_, Option<i16>>(9).map(i16::cast_unsigned),
        email: row.get(19),
        phone: row.get(20),
        first_name: row.get(21),
        last_name: row.get(22),
        full_name: row.get(23),
        user_created: row.get::<_, Option<PgTime>>(4).map(|time| time.0),
        session_id: None,
        trace_id: None,
        payload: None,
        field_history: Vec::new(),
        amount_micros: None,
        currency: None,
        custom: None,
        corrections: Vec::new(),
    })
}
