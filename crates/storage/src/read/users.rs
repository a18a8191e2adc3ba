//! Lists of users, and one user.

use std::net::IpAddr;

use innerwall_event::Timestamp;
use innerwall_scoring::Account;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

macro_rules! select_users {
    ($rest:literal) => {
        concat!(
            "SELECT user_no, user_id, email, full_name, first_name, last_name, phone, trust,
                first_seen, last_seen, created_at, event_count, country, host(last_ip), rules,
                top_reason, rule_set, seen_bucket
             FROM users WHERE tenant_id = $1 AND trust IS NOT NULL ",
            $rest
        )
    };
}

macro_rules! page_of_users {
    ($position:literal) => {
        concat!(
            select_users!(
                "AND ($2::smallint IS NULL OR trust BETWEEN $2 AND $3::smallint)
                 AND ($4::text IS NULL OR $4 = ANY(rules))
                 AND ($5::text IS NULL OR (user_id >= $5 AND user_id < $5 || chr(1114111))
                      OR email LIKE $6::text) "
            ),
            $position,
            " LIMIT $7"
        )
    };
}

pub(crate) const PAGE_BY_LAST_SEEN: &str = page_of_users!(
    "AND ($8::timestamptz IS NULL OR (seen_bucket, last_seen, user_no) < ($8, $9::timestamptz, $10::bigint))
     ORDER BY seen_bucket DESC, last_seen DESC, user_no DESC"
);
pub(crate) const PAGE_BY_LAST_SEEN_UP: &str = page_of_users!(
    "AND ($8::timestamptz IS NULL OR (seen_bucket, last_seen, user_no) > ($8, $9::timestamptz, $10::bigint))
     ORDER BY seen_bucket, last_seen, user_no"
);
pub(crate) const PAGE_BY_TRUST: &str = page_of_users!(
    "AND ($8::smallint IS NULL OR (trust, user_no) > ($8, $9::bigint)) ORDER BY trust, user_no"
);
pub(crate) const PAGE_BY_TRUST_DOWN: &str = page_of_users!(
    "AND ($8::smallint IS NULL OR (trust, user_no) < ($8, $9::bigint))
     ORDER BY trust DESC, user_no DESC"
);
pub(crate) const ONE: &str = "
    SELECT user_no, user_id, email, full_name, first_name, last_name, phone, trust,
        first_seen, last_seen, created_at, event_count, country, host(last_ip), rules,
        top_reason, rule_set, seen_bucket, account
    FROM users JOIN user_state USING (tenant_id, user_no, user_id)
    WHERE tenant_id = $1 AND user_id = $2";
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
}

/// Which users a list holds.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Lowest and highest trust score.
    pub trust: Option<(u8, u8)>,
    pub rule: Option<String>,
    /// Beginning of the user id or e-mail address.
    pub prefix: Option<String>,
}

/// Where a page of a list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserPosition {
    pub seen_bucket: Timestamp,
    pub last_seen: Timestamp,
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
        let Self { seen_bucket, last_seen, trust, user_no, .. } = *self;
        UserPosition { seen_bucket, last_seen, trust, user_no }
    }
}

/// A page of users.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &UserFilter,
    order: UserOrder,
    after: Option<UserPosition>,
    limit: i64,
) -> Result<Vec<UserRow>, StorageError> {
    let (lowest, highest) = filter.trust.unzip();
    let (lowest, highest) = (lowest.map(i16::from), highest.map(i16::from));
    let pattern = filter.prefix.as_deref().map(like_prefix);
    let tenant = tx.tenant().0;
    let shared: [&(dyn ToSql + Sync); 7] =
        [&tenant, &lowest, &highest, &filter.rule, &filter.prefix, &pattern, &limit];
    let bucket = after.map(|at| PgTime(at.seen_bucket));
    let last_seen = after.map(|at| PgTime(at.last_seen));
    let trust = after.map(|at| i16::from(at.trust));
    let user_no = after.map(|at| at.user_no);
    let by_time: [&(dyn ToSql + Sync); 3] = [&bucket, &last_seen, &user_no];
    let by_trust: [&(dyn ToSql + Sync); 2] = [&trust, &user_no];
    let rows = match order {
        UserOrder::NewestFirst => tx.query(PAGE_BY_LAST_SEEN, &joined(&shared, &by_time)).await?,
        UserOrder::OldestFirst => {
            tx.query(PAGE_BY_LAST_SEEN_UP, &joined(&shared, &by_time)).await?
        }
        UserOrder::WorstFirst => tx.query(PAGE_BY_TRUST, &joined(&shared, &by_trust)).await?,
        UserOrder::BestFirst => tx.query(PAGE_BY_TRUST_DOWN, &joined(&shared, &by_trust)).await?,
    };
    Ok(rows.iter().map(row_of).collect())
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

fn joined<'p>(
    first: &[&'p (dyn ToSql + Sync)],
    second: &[&'p (dyn ToSql + Sync)],
) -> Vec<&'p (dyn ToSql + Sync)> {
    first.iter().chain(second).copied().collect()
}

fn like_prefix(prefix: &str) -> String {
    let escaped =
        prefix.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("{escaped}%")
}

fn row_of(row: &Row) -> UserRow {
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
