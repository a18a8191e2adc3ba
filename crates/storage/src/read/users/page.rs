//! Pages of users.

use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::filter::{UserFilter, UserOrder, UserPosition};
use super::{UserRow, found, row_of, user_columns};
use crate::error::StorageError;
use crate::read::entities::TOTAL_MAX;
use crate::read::standing_users;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// A beginning that more users share is found by reading them in order.
const FOUND_MAX: i64 = TOTAL_MAX;
/// So many users are read and sorted for a page sooner than others are passed over in order.
const READ_AT_ONCE_MAX: i64 = 25_000;

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
/// A filter, with those of its users who were looked up beforehand.
#[derive(Clone, Debug)]
pub struct Chosen {
    filter: UserFilter,
    /// How each user is tested to stand.
    standing: Option<&'static str>,
    /// Only these.
    numbers: Option<Vec<i64>>,
    /// By which each user is tested.
    prefix: Option<String>,
}

/// Looks up the users whom a filter names, where they are few.
pub async fn choose(tx: &TenantTx<'_>, filter: UserFilter) -> Result<Chosen, StorageError> {
    let (standing, stand) = match filter.standing {
        Some(standing) => standing_users::among(tx, standing, FOUND_MAX).await?,
        None => (None, None),
    };
    let (prefix, numbers) = match &filter.prefix {
        Some(prefix) if stand.is_none() => {
            match found(tx, prefix, filter.in_emails, FOUND_MAX).await? {
                Some(numbers) => (None, Some(numbers)),
                None => (Some(prefix.clone()), None),
            }
        }
        prefix => (prefix.clone(), stand),
    };
    Ok(Chosen { filter, standing, numbers, prefix })
}

/// A page of users. More than [`TOTAL_MAX`] in all are read in their order.
pub async fn read(
    tx: &TenantTx<'_>,
    chosen: &Chosen,
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
            query(tx, PAGE_BY_FIRST_SEEN, chosen, limit, &by_first).await?
        }
        UserOrder::LatestKnownFirst => {
            query(tx, PAGE_BY_FIRST_SEEN_DOWN, chosen, limit, &by_first).await?
        }
        UserOrder::NewestFirst => query(tx, PAGE_BY_LAST_SEEN, chosen, limit, &by_time).await?,
        UserOrder::OldestFirst => query(tx, PAGE_BY_LAST_SEEN_UP, chosen, limit, &by_time).await?,
        UserOrder::WorstFirst => query(tx, PAGE_BY_TRUST, chosen, limit, &by_trust).await?,
        UserOrder::BestFirst => query(tx, PAGE_BY_TRUST_DOWN, chosen, limit, &by_trust).await?,
    };
    Ok(rows.iter().map(row_of).collect())
}

/// How many users a list holds; at most one more than [`TOTAL_MAX`]. `None` for a
/// rule: counting would read every user.
pub async fn total(tx: &TenantTx<'_>, chosen: &Chosen) -> Result<Option<i64>, StorageError> {
    if chosen.filter.rule.is_some() {
        return Ok(None);
    }
    let is_tested = chosen.prefix.is_some() || chosen.standing.is_some();
    match &chosen.numbers {
        Some(numbers) if !is_tested && chosen.filter.narrows_nothing() => {
            Ok(Some(i64::try_from(numbers.len()).unwrap_or(i64::MAX)))
        }
        _ => Ok(Some(count(tx, chosen, TOTAL_MAX + 1).await?)),
    }
}

/// Whether so many users are in a list that those of a page are soon found in its order. For a rule
/// the rest of the filter is counted: those few are read at once rather than everybody in order.
pub async fn is_dense(
    tx: &TenantTx<'_>,
    chosen: &Chosen,
    total: Option<i64>,
) -> Result<bool, StorageError> {
    if let Some(total) = total {
        return Ok(total > TOTAL_MAX);
    }
    let filter = UserFilter { rule: None, ..chosen.filter.clone() };
    if chosen.numbers.is_none() && chosen.prefix.is_none() && filter.narrows_nothing() {
        return Ok(true);
    }
    Ok(count(tx, &Chosen { filter, ..chosen.clone() }, READ_AT_ONCE_MAX + 1).await?
        > READ_AT_ONCE_MAX)
}

async fn count(tx: &TenantTx<'_>, chosen: &Chosen, limit: i64) -> Result<i64, StorageError> {
    let rows = query(tx, TOTAL, chosen, limit, &[]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

async fn query(
    tx: &TenantTx<'_>,
    statement: &'static str,
    chosen: &Chosen,
    limit: i64,
    position: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, StorageError> {
    let Chosen { filter, standing, numbers, prefix } = chosen;
    let (lowest, highest) = filter.trust.unzip();
    let (lowest, highest) = (lowest.map(i16::from), highest.map(i16::from));
    let times = [filter.seen_from, filter.seen_to, filter.since_from, filter.since_to];
    let [seen_from, seen_to, since_from, since_to] = times.map(|time| time.map(PgTime));
    let tenant = tx.tenant().0;
    let shared: [&(dyn ToSql + Sync); 14] = [
        &tenant,
        &lowest,
        &highest,
        &filter.rule,
        numbers,
        prefix,
        &filter.country,
        &seen_from,
        &seen_to,
        &since_from,
        &since_to,
        &limit,
        &filter.in_emails,
        standing,
    ];
    tx.query(statement, &[&shared, position].concat()).await
}
