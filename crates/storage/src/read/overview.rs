//! Counts over a range of time.

use innerwall_event::{EventKind, Timestamp};
use tokio_postgres::types::ToSql;

use super::quarters::{Quarters, counted_events};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Of the users, only those of the first bucket are looked at for the time itself.
pub(crate) const TOTALS: &str = "
    SELECT (SELECT count(*) FROM users WHERE tenant_id = $1 AND seen_bucket >= $2::timestamptz)
           + (SELECT count(*) FROM users WHERE tenant_id = $1 AND seen_bucket < $2
                AND seen_bucket >= $2::timestamptz - interval '5 minutes' AND last_seen >= $2),
           (SELECT count(*) FROM entities WHERE tenant_id = $1 AND kind = 1 AND last_seen >= $2)";
pub(crate) const BANDS: &str = "
    SELECT count(*) FILTER (WHERE trust <= 32), count(*) FILTER (WHERE trust BETWEEN 33 AND 66),
           count(*) FILTER (WHERE trust >= 67)
    FROM users WHERE tenant_id = $1 AND trust IS NOT NULL";
pub(crate) const SERIES: &str = concat!(
    "SELECT date_bin(make_interval(secs => $6::int), at, 'epoch'::timestamptz), kind,
        sum(events)::bigint
     FROM ",
    counted_events!(),
    " GROUP BY 1, 2"
);
/// Few combinations of rules fire: they are counted first, and then taken apart.
pub(crate) const RULES: &str = "
    SELECT rule, sum(users)::bigint FROM (
        SELECT rules, count(*) AS users FROM users
        WHERE tenant_id = $1 AND seen_bucket >= $2::timestamptz - interval '5 minutes'
            AND rules <> '{}' GROUP BY rules) AS combinations, unnest(rules) AS rule
    GROUP BY rule ORDER BY 2 DESC, 1 LIMIT $3";

/// Counts of users and addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub users_active: i64,
    pub users_total: i64,
    pub addresses_active: i64,
    pub low: i64,
    pub medium: i64,
    pub high: i64,
}

/// Events of one type in one bucket of time. Custom types are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPoint {
    pub start: Timestamp,
    pub kind: EventKind,
    pub events: i64,
}

pub async fn totals(tx: &TenantTx<'_>, from: Timestamp) -> Result<Totals, StorageError> {
    let from = PgTime(from);
    let totals = tx.query(TOTALS, &[&tx.tenant().0, &from]).await?;
    let bands = tx.query(BANDS, &[&tx.tenant().0]).await?;
    let number = |rows: &[tokio_postgres::Row], index| rows.first().map_or(0, |row| row.get(index));
    let (low, medium, high) = (number(&bands, 0), number(&bands, 1), number(&bands, 2));
    Ok(Totals {
        users_active: number(&totals, 0),
        users_total: low + medium + high,
        addresses_active: number(&totals, 1),
        low,
        medium,
        high,
    })
}

pub async fn series(
    tx: &TenantTx<'_>,
    from: Timestamp,
    to: Timestamp,
    bucket_s: i32,
) -> Result<Vec<SeriesPoint>, StorageError> {
    let whole = Quarters::cut(from, to, &[from, from.plus_seconds(bucket_s.into())]);
    let (from, to) = (PgTime(from), PgTime(to));
    let parameters: [&(dyn ToSql + Sync); 6] =
        [&tx.tenant().0, &from, &to, &whole.from, &whole.to, &bucket_s];
    let rows = tx.query(SERIES, &parameters).await?;
    let point = |row: &tokio_postgres::Row| SeriesPoint {
        start: row.get::<_, PgTime>(0).0,
        kind: super::kind_of(row.get(1)),
        events: row.get(2),
    };
    Ok(rows.iter().map(point).collect())
}

/// Rules that fire for most users active since `from`.
pub async fn top_rules(
    tx: &TenantTx<'_>,
    from: Timestamp,
    limit: i64,
) -> Result<Vec<(String, i64)>, StorageError> {
    let rows = tx.query(RULES, &[&tx.tenant().0, &PgTime(from), &limit]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}
