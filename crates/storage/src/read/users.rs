//! Lists of users, and one user.

use std::net::IpAddr;

use innerwall_event::Timestamp;
use innerwall_scoring::Account;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::entities::TOTAL_MAX;
use super::standing_users::{self, StandingFilter};
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
/// A beginning that more users share is found by reading them in order.
const FOUND_MAX: i64 = 10_000;

/// Who was not seen since a time did not sign up since then either, and the bucket is at most five
/// minutes before the time: so one index serves both.
macro_rules! chosen {
    () => {
        "u.tenant_id = $1 AND u.trust IS NOT NULL
         AND ($2::smallint IS NULL OR u.trust BETWEEN $2 AND $3::smallint)
         AND ($4::text IS NULL OR $4 = ANY(u.rules))
         AND ($5::bigint[] IS NULL OR u.user_no = ANY($5))
         AND ($6::text IS NULL OR u.user_id ^@ $6 OR ($13::bool AND u.email ^@ lower($6))
              OR u.name_key ^@ lower($6))
         AND ($7::text IS NULL OR u.country = $7)
         AND ($8::timestamptz IS NULL
              OR (u.seen_bucket >= $8 - interval '5 minutes' AND u.last_seen >= $8))
         AND ($9::timestamptz IS NULL OR (u.seen_bucket < $9 AND u.last_seen < $9))
         AND ($10::timestamptz IS NULL OR (u.seen_bucket >= $10 - interval '5 minutes'
              AND coalesce(u.created_at, u.first_seen) >= $10))
         AND ($11::timestamptz IS NULL OR coalesce(u.created_at, u.first_seen) < $11)
         AND ($14::text IS NULL OR $14 = CASE
              (SELECT max(CASE l.list WHEN 'allow' THEN 2 WHEN 'block' THEN 1 END
                  + CASE WHEN l.source IN ('person', 'token', 'ctl') THEN 2 ELSE 0 END)
               FROM list_entries AS l WHERE l.tenant_id = $1 AND l.kind = 'user'
                   AND l.value = u.user_id AND (l.expires_at IS NULL OR l.expires_at > now()))
              WHEN 1 THEN 'blocked' WHEN 3 THEN 'blocked' WHEN 2 THEN 'allowed' WHEN 4 THEN 'allowed'
              ELSE CASE WHEN EXISTS (SELECT 1 FROM cases AS c WHERE c.tenant_id = $1
                  AND c.user_no = u.user_no AND c.state = 'open') THEN 'in_review' ELSE 'normal' END
              END) "
    };
}

macro_rules! page_of_users {
    ($position:literal) => {
        concat!(
            "SELECT ",
            user_columns!(),
            " FROM users AS u WHERE ",
            chosen!(),
            $position,
            " LIMIT $12"
        )
    };
}

pub(crate) const PAGE_BY_LAST_SEEN: &str = page_of_users!(
    "AND ($15::timestamptz IS NULL OR (u.seen_bucket, u.last_seen, u.user_no) < ($15, $16::timestamptz, $17::bigint))
     ORDER BY u.seen_bucket DESC, u.last_seen DESC, u.user_no DESC"
);
pub(crate) const PAGE_BY_LAST_SEEN_UP: &str = page_of_users!(
    "AND ($15::timestamptz IS NULL OR (u.seen_bucket, u.last_seen, u.user_no) > ($15, $16::timestamptz, $17::bigint))
     ORDER BY u.seen_bucket, u.last_seen, u.user_no"
);
pub(crate) const PAGE_BY_TRUST: &str = page_of_users!(
    "AND ($15::smallint IS NULL OR (u.trust, u.user_no) > ($15, $16::bigint)) ORDER BY u.trust, u.user_no"
);
pub(crate) const PAGE_BY_TRUST_DOWN: &str = page_of_users!(
    "AND ($15::smallint IS NULL OR (u.trust, u.user_no) < ($15, $16::bigint))
     ORDER BY u.trust DESC, u.user_no DESC"
);
pub(crate) const PAGE_BY_FIRST_SEEN: &str = page_of_users!(
    "AND ($15::timestamptz IS NULL OR (u.first_seen, u.user_no) > ($15, $16::bigint))
     ORDER BY u.first_seen, u.user_no"
);
pub(crate) const PAGE_BY_FIRST_SEEN_DOWN: &str = page_of_users!(
    "AND ($15::timestamptz IS NULL OR (u.first_seen, u.user_no) < ($15, $16::bigint))
     ORDER BY u.first_seen DESC, u.user_no DESC"
);
pub(crate) const TOTAL: &str = concat!(
    "SELECT count(*) FROM (SELECT 1 FROM users AS u WHERE ",
    chosen!(),
    " LIMIT $12) AS counted"
);
/// Comparing by bytes is among the few ways of comparing that an index may serve for one tenant.
pub(crate) const FOUND: &str = "
    SELECT array_agg(user_no) FROM (
        (SELECT user_no FROM users WHERE tenant_id = $1 AND user_id >= $2
             AND user_id < $2 || chr(1114111) LIMIT $4)
        UNION
        (SELECT user_no FROM users WHERE $5 AND tenant_id = $1 AND email ~>=~ $3
             AND email ~<~ ($3 || chr(1114111)) LIMIT $4)
        UNION
        (SELECT user_no FROM users WHERE tenant_id = $1 AND name_key IS NOT NULL
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

/// How a list of users is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserOrder {
    #[default]
    NewestFirst,
    OldestFirst,
    WorstFirst,
    BestFirst,
    /// By the time they were first seen.
    LongestKnownFirst,
    LatestKnownFirst,
}

/// Which users a list holds.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Lowest and highest trust score.
    pub trust: Option<(u8, u8)>,
    pub rule: Option<String>,
    /// Beginning of the user id, the e-mail address or the name.
    pub prefix: Option<String>,
    /// Whether the prefix is looked for in e-mail addresses as well.
    pub in_emails: bool,
    pub country: Option<String>,
    /// Seen last at or after.
    pub seen_from: Option<Timestamp>,
    /// Seen last before.
    pub seen_to: Option<Timestamp>,
    /// Signed up, or else first seen, at or after.
    pub since_from: Option<Timestamp>,
    /// Signed up, or else first seen, before.
    pub since_to: Option<Timestamp>,
    pub standing: Option<StandingFilter>,
}

/// Where a page of a list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserPosition {
    pub seen_bucket: Timestamp,
    pub last_seen: Timestamp,
    pub first_seen: Timestamp,
    pub trust: u8,
    pub user_no: i64,
}

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

/// A page of users. More than [`TOTAL_MAX`] in all are read in their order.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &UserFilter,
    order: UserOrder,
    (after, is_dense): (Option<UserPosition>, bool),
    limit: i64,
) -> Result<Vec<UserRow>, StorageError> {
    tx.read_in_order(is_dense).await?;
    let bucket = after.map(|at| PgTime(at.seen_bucket));
    let last_seen = after.map(|at| PgTime(at.last_seen));
    let first_seen = after.map(|at| PgTime(at.first_seen));
    let trust = after.map(|at| i16::from(at.trust));
    let user_no = after.map(|at| at.user_no);
    let by_time: [&(dyn ToSql + Sync); 3] = [&bucket, &last_seen, &user_no];
    let by_trust: [&(dyn ToSql + Sync); 2] = [&trust, &user_no];
    let by_first: [&(dyn ToSql + Sync); 2] = [&first_seen, &user_no];
    let rows = match order {
        UserOrder::LongestKnownFirst => {
            chosen(tx, PAGE_BY_FIRST_SEEN, filter, limit, &by_first).await?
        }
        UserOrder::LatestKnownFirst => {
            chosen(tx, PAGE_BY_FIRST_SEEN_DOWN, filter, limit, &by_first).await?
        }
        UserOrder::NewestFirst => chosen(tx, PAGE_BY_LAST_SEEN, filter, limit, &by_time).await?,
        UserOrder::OldestFirst => chosen(tx, PAGE_BY_LAST_SEEN_UP, filter, limit, &by_time).await?,
        UserOrder::WorstFirst => chosen(tx, PAGE_BY_TRUST, filter, limit, &by_trust).await?,
        UserOrder::BestFirst => chosen(tx, PAGE_BY_TRUST_DOWN, filter, limit, &by_trust).await?,
    };
    Ok(rows.iter().map(row_of).collect())
}

/// How many users a list holds; at most one more than [`TOTAL_MAX`]. `None` for a
/// rule: counting would read every user.
pub async fn total(tx: &TenantTx<'_>, filter: &UserFilter) -> Result<Option<i64>, StorageError> {
    if filter.rule.is_some() {
        return Ok(None);
    }
    let rows = chosen(tx, TOTAL, filter, TOTAL_MAX + 1, &[]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

async fn chosen(
    tx: &TenantTx<'_>,
    statement: &'static str,
    filter: &UserFilter,
    limit: i64,
    position: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, StorageError> {
    let (lowest, highest) = filter.trust.unzip();
    let (lowest, highest) = (lowest.map(i16::from), highest.map(i16::from));
    let (standing, stand) = match filter.standing {
        Some(standing) => standing_users::among(tx, standing, FOUND_MAX).await?,
        None => (None, None),
    };
    let (prefix, found) = match &filter.prefix {
        Some(prefix) if stand.is_none() => {
            match found(tx, prefix, filter.in_emails, FOUND_MAX).await? {
                Some(numbers) => (None, Some(numbers)),
                None => (Some(prefix), None),
            }
        }
        prefix => (prefix.as_ref(), stand),
    };
    let times = [filter.seen_from, filter.seen_to, filter.since_from, filter.since_to];
    let [seen_from, seen_to, since_from, since_to] = times.map(|time| time.map(PgTime));
    let tenant = tx.tenant().0;
    let shared: [&(dyn ToSql + Sync); 14] = [
        &tenant,
        &lowest,
        &highest,
        &filter.rule,
        &found,
        &prefix,
        &filter.country,
        &seen_from,
        &seen_to,
        &since_from,
        &since_to,
        &limit,
        &filter.in_emails,
        &standing,
    ];
    tx.query(statement, &[&shared, position].concat()).await
}

/// Numbers of the users whose id, e-mail address or name begins with a text; `None` when they are
/// more than a limit.
async fn found(
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
