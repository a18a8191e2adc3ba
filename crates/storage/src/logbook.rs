//! The logbook: one line per request to a gateway.

use std::net::IpAddr;

use innerwall_event::{TenantId, Timestamp};
use tokio_postgres::Row;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const ADD: &str = "
    INSERT INTO logbook (tenant_id, at, source, producer, endpoint, status, code, field, detail,
        accepted, refused, corrections, body)
    SELECT $1, at, source, producer, endpoint, status, code, field, detail, accepted, refused,
        corrections, body
    FROM unnest($2::timestamptz[], $3::inet[], $4::text[], $5::text[], $6::smallint[], $7::text[],
                $8::text[], $9::text[], $10::int[], $11::int[], $12::int[], $13::text[])
        AS new(at, source, producer, endpoint, status, code, field, detail, accepted, refused,
               corrections, body)";
pub(crate) const TRIM: &str = "SELECT trim_logbook($1, $2)";
pub(crate) const PAGE: &str = "
    SELECT id, at, source, producer, endpoint, status, code, field, detail, accepted, refused,
        corrections, body
    FROM logbook WHERE tenant_id = $1 AND ($2::bigint IS NULL OR id < $2)
        AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at < $4)
        AND ($5::smallint IS NULL OR status / 100 = $5) AND ($6::text IS NULL OR endpoint = $6)
        AND ($7::text IS NULL OR strpos(lower(concat_ws(' ', producer, endpoint, code, field,
            detail, body, host(source))), lower($7)) > 0)
    ORDER BY id DESC LIMIT $8";
pub(crate) const ONE: &str = "
    SELECT id, at, source, producer, endpoint, status, code, field, detail, accepted, refused,
        corrections, body
    FROM logbook WHERE tenant_id = $1 AND id = $2";
pub(crate) const SERIES: &str = "
    SELECT date_bin(make_interval(secs => $4::int), at, 'epoch'::timestamptz),
        count(*) FILTER (WHERE status < 400), count(*) FILTER (WHERE status BETWEEN 400 AND 499),
        count(*) FILTER (WHERE status >= 500)
    FROM logbook WHERE tenant_id = $1 AND at >= $2 AND at < $3 GROUP BY 1 ORDER BY 1";

/// A line to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    pub at: Timestamp,
    pub source: Option<IpAddr>,
    pub producer: String,
    pub endpoint: &'static str,
    pub status: u16,
    pub code: Option<&'static str>,
    pub field: Option<&'static str>,
    pub detail: Option<String>,
    pub accepted: i32,
    pub refused: i32,
    pub corrections: i32,
    pub body: Option<String>,
}

/// A line as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub at: Timestamp,
    pub source: Option<IpAddr>,
    pub producer: String,
    pub endpoint: String,
    pub status: i16,
    pub code: Option<String>,
    pub field: Option<String>,
    pub detail: Option<String>,
    pub accepted: i32,
    pub refused: i32,
    pub corrections: i32,
    pub body: Option<String>,
}

/// Which lines a list holds.
#[derive(Clone, Debug, Default)]
pub struct LineFilter {
    pub from: Option<Timestamp>,
    /// Exclusive.
    pub to: Option<Timestamp>,
    /// 2, 4 or 5.
    pub status_class: Option<i16>,
    pub endpoint: Option<String>,
    /// Looked for in all texts of a line.
    pub text: Option<String>,
}

/// Lines of one bucket of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCounts {
    pub start: Timestamp,
    pub accepted: i64,
    pub refused: i64,
    pub failed: i64,
}

/// Adds lines of one tenant.
pub async fn add(
    connection: &mut Connection,
    tenant: TenantId,
    lines: &[NewLine],
) -> Result<(), StorageError> {
    let tx = connection.begin(tenant).await?;
    let columns = Columns::of(lines)
        .add(|line| PgTime(line.at))
        .add(|line| line.source)
        .add(|line| line.producer.as_str())
        .add(|line| line.endpoint)
        .add(|line| line.status.cast_signed())
        .add(|line| line.code)
        .add(|line| line.field)
        .add(|line| line.detail.as_deref())
        .add(|line| line.accepted)
        .add(|line| line.refused)
        .add(|line| line.corrections)
        .add(|line| line.body.as_deref());
    tx.execute(ADD, &columns.after(&[&tenant.0])).await?;
    tx.commit().await
}

/// Removes all but the newest lines of each tenant, bounded per tenant; gives how many went.
pub async fn trim(
    connection: &Connection,
    lines_kept: i32,
    rows_max: i32,
) -> Result<i64, StorageError> {
    let statement = connection.0.prepare_cached(TRIM).await?;
    Ok(connection.0.query_one(&statement, &[&lines_kept, &rows_max]).await?.get(0))
}

/// A page of lines, newest first.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &LineFilter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Line>, StorageError> {
    let (from, to) = (filter.from.map(PgTime), filter.to.map(PgTime));
    let LineFilter { status_class, endpoint, text, .. } = filter;
    let tenant = tx.tenant().0;
    let rows = tx
        .query(PAGE, &[&tenant, &before, &from, &to, status_class, endpoint, text, &limit])
        .await?;
    Ok(rows.iter().map(line_of).collect())
}

/// One line.
pub async fn one(tx: &TenantTx<'_>, id: i64) -> Result<Option<Line>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &id]).await?;
    Ok(rows.first().map(line_of))
}

/// Lines per bucket of time, without those that have none.
pub async fn series(
    tx: &TenantTx<'_>,
    from: Timestamp,
    to: Timestamp,
    bucket_s: i32,
) -> Result<Vec<LineCounts>, StorageError> {
    let rows = tx.query(SERIES, &[&tx.tenant().0, &PgTime(from), &PgTime(to), &bucket_s]).await?;
    let counts = |row: &Row| LineCounts {
        start: row.get::<_, PgTime>(0).0,
        accepted: row.get(1),
        refused: row.get(2),
        failed: row.get(3),
    };
    Ok(rows.iter().map(counts).collect())
}

fn line_of(row: &Row) -> Line {
    Line {
        id: row.get(0),
        at: row.get::<_, PgTime>(1).0,
        source: row.get(2),
        producer: row.get(3),
        endpoint: row.get(4),
        status: row.get(5),
        code: row.get(6),
        field: row.get(7),
        detail: row.get(8),
        accepted: row.get(9),
        refused: row.get(10),
        corrections: row.get(11),
        body: row.get(12),
    }
}
