//! Users: by id, by number, by how their names begin.

pub mod filter;
pub mod page;

use std::net::IpAddr;

use innerwall_event::Timestamp;
use innerwall_scoring::Account;
use tokio_postgres::Row;

use self::filter::UserPosition;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

macro_rules! user_columns {
    () => {
        "u.user_no, u.user_id, u.email, u.full_name, u.first_name, u.last_name, u.phone, u.trust,
         u.first_seen, u.last_seen, u.created_at, u.event_count, u.country, host(u.last_ip),
         u.rules, u.top_reason, u.rule_set, u.seen_bucket"
    };
}
pub(super) use user_columns;

/// How many columns those are.
pub(super) const COLUMNS: usize = 18;

/// Comparing by bytes is among the few ways of comparing that an index may serve for one tenant.
pub(crate) const FOUND: &str = "
    SELECT array_agg(user_no) FROM (
        (SELECT user_no FROM users WHERE tenant_id = $1 AND trust IS NOT NULL AND user_id >= $2
             AND user_id < $2 || chr(1114111) LIMIT $4)
        UNION
        (SELECT user_no FROM users WHERE $5 AND tenant_id = $1 AND trust IS NOT NULL AND email ~>=~ $3
             AND email ~<~ ($3 || chr(1114111)) LIMIT $4)
        UNION
        (SELECT user_no FROM users WHERE tenant_id = $1 AND trust IS NOT NULL AND name_key IS NOT NULL
             AND name_key >= $3 AND name_key < $3 || chr(1114111) LIMIT $4)) AS found";
pub(crate) const BY_NUMBERS: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users AS u WHERE u.tenant_id = $1 AND u.user_no = ANY($2) AND u.trust IS NOT NULL"
);
pub(crate) const NUMBER: &str = "SELECT user_no FROM users WHERE tenant_id = $1 AND user_id = $2";
pub(crate) const EVENT_COUNT: &str =
    "SELECT user_no, event_count FROM users WHERE tenant_id = $1 AND user_id = $2";
pub(crate) const ONE: &str = concat!(
    "SELECT ",
    user_columns!(),
    ", s.account FROM users AS u JOIN user_state AS s USING (tenant_id, user_no, user_id)
     WHERE u.tenant_id = $1 AND u.user_id = $2"
);
pub(crate) const DEVICES: &str = "
    SELECT device_id, kind, label FROM devices WHERE tenant_id = $1 AND device_id = ANY($2)";

/// A user in a list.
#[derive(Clone, Debug)]
pub struct UserRow {
    pub user_no: i64,
    pub user_id: String,
    pub email: Option<String>,
    pub full_name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub trust: u8,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub created_at: Option<Timestamp>,
    pub event_count: i64,
    pub country: Option<String>,
    pub last_ip: Option<IpAddr>,
    pub rules: Vec<String>,
    pub top_reason: Option<String>,
    pub rule_set: i32,
    seen_bucket: Timestamp,
}

impl UserRow {
    /// The position just after this row.
    pub fn position(&self) -> UserPosition {
        let Self { seen_bucket, last_seen, first_seen, trust, user_no, .. } = *self;
        UserPosition { seen_bucket, last_seen, first_seen, trust, user_no }
    }
}

/// Numbers of the users whose id, e-mail address or name begins with a text; `None` when they are
/// more than a limit.
pub(super) async fn found(
    tx: &TenantTx<'_>,
    prefix: &str,
    in_emails: bool,
    limit: i64,
) -> Result<Option<Vec<i64>>, StorageError> {
    let lower = prefix.to_lowercase();
    let rows =
        tx.query(FOUND, &[&tx.tenant().0, &prefix, &lower, &(limit + 1), &in_emails]).await?;
    let numbers: Option<Vec<i64>> = rows.first().and_then(|row| row.get(0));
    let numbers = numbers.unwrap_or_default();
    Ok(Some(numbers).filter(|numbers| i64::try_from(numbers.len()).is_ok_and(|n| n <= limit)))
}

/// Some of the users whose id, e-mail address or name begins with a text, in no order.
pub async fn beginning_with(
    tx: &TenantTx<'_>,
    prefix: &str,
    in_emails: bool,
    limit: i64,
) -> Result<Vec<UserRow>, StorageError> {
    let lower = prefix.to_lowercase();
    let rows = tx.query(FOUND, &[&tx.tenant().0, &prefix, &lower, &limit, &in_emails]).await?;
    let numbers: Option<Vec<i64>> = rows.first().and_then(|row| row.get(0));
    by_numbers(tx, &numbers.unwrap_or_default()).await
}

/// Users by their numbers, in no order.
pub async fn by_numbers(tx: &TenantTx<'_>, numbers: &[i64]) -> Result<Vec<UserRow>, StorageError> {
    let rows = tx.query(BY_NUMBERS, &[&tx.tenant().0, &numbers]).await?;
    Ok(rows.iter().map(row_of).collect())
}

/// The number of a user.
pub async fn number(tx: &TenantTx<'_>, user_id: &str) -> Result<Option<i64>, StorageError> {
    let rows = tx.query(NUMBER, &[&tx.tenant().0, &user_id]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

/// The number of a user, and how many events the user has.
pub async fn event_count(
    tx: &TenantTx<'_>,
    user_id: &str,
) -> Result<Option<(i64, i64)>, StorageError> {
    let rows = tx.query(EVENT_COUNT, &[&tx.tenant().0, &user_id]).await?;
    Ok(rows.first().map(|row| (row.get(0), row.get(1))))
}

/// One user with the state behind the scores.
pub async fn one(
    tx: &TenantTx<'_>,
    user_id: &str,
) -> Result<Option<(UserRow, Account)>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &user_id]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let account = Account::from_bytes(row.get(18))
        .map_err(|error| StorageError::Corrupt { what: "account", reason: error.to_string() })?;
    Ok(Some((row_of(row), account)))
}

/// Kind and label of devices, by their ids.
pub async fn device_labels(
    tx: &TenantTx<'_>,
    ids: &[i64],
) -> Result<Vec<(i64, String, String)>, StorageError> {
    let rows = tx.query(DEVICES, &[&tx.tenant().0, &ids]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

pub(super) fn row_of(row: &Row) -> UserRow {
    let time = |index| row.get::<_, Option<PgTime>>(index).map(|time| time.0);
    UserRow {
        user_no: row.get(0),
        user_id: row.get(1),
        email: row.get(2),
        full_name: row.get(3),
        first_name: row.get(4),
        last_name: row.get(5),
        phone: row.get(6),
        trust: u8::try_from(row.get::<_, i16>(7)).unwrap_or_default(),
        first_seen: time(8).unwrap_or_default(),
        last_seen: time(9).unwrap_or_default(),
        created_at: time(10),
        event_count: row.get(11),
        country: row.get(12),
        last_ip: row.get::<_, Option<&str>>(13).and_then(|ip| ip.parse().ok()),
        rules: row.get(14),
        top_reason: row.get(15),
        rule_set: row.get::<_, Option<i32>>(16).unwrap_or_default(),
        seen_bucket: time(17).unwrap_or_default(),
    }
}
