//! Reading lists: a page of entries, or one.

use innerwall_event::Timestamp;
use innerwall_scoring::{Entry, List, ListKind, Source};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{entry_of, time};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const PAGE: &str = "
    SELECT id, list, kind, value, source, cause_user, reason, author, created_at, expires_at,
        cause_event, cause_rule
    FROM list_entries WHERE tenant_id = $1 AND ($2::text IS NULL OR list = $2)
        AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR source = $4)
        AND ($5::text IS NULL OR starts_with(value, $5)) AND ($6::bigint IS NULL OR id < $6)
        AND (expires_at IS NULL OR expires_at > now())
    ORDER BY id DESC LIMIT $7";
pub(crate) const ONE: &str = "
    SELECT id, list, kind, value, source, cause_user, reason, author, created_at, expires_at,
        cause_event, cause_rule
    FROM list_entries WHERE tenant_id = $1 AND id = $2";

/// Which entries a page holds.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    pub list: Option<List>,
    pub kind: Option<ListKind>,
    pub source: Option<Source>,
    /// Beginning of the value.
    pub prefix: Option<String>,
}

/// An entry with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    pub entry: Entry,
    pub reason: String,
    pub author: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub cause_event: Option<Uuid>,
    pub cause_rule: Option<String>,
}

/// Live entries, the newest first, after the entry of an id.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &ListFilter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<ListRow>, StorageError> {
    let list = filter.list.map(List::name);
    let kind = filter.kind.map(ListKind::name);
    let source = filter.source.map(Source::name);
    let tenant = tx.tenant().0;
    let rows =
        tx.query(PAGE, &[&tenant, &list, &kind, &source, &filter.prefix, &after, &limit]).await?;
    rows.iter().map(row_of).collect()
}

/// One entry by its id.
pub async fn one(tx: &TenantTx<'_>, id: i64) -> Result<Option<ListRow>, StorageError> {
    tx.query(ONE, &[&tx.tenant().0, &id]).await?.first().map(row_of).transpose()
}

fn row_of(row: &Row) -> Result<ListRow, StorageError> {
    Ok(ListRow {
        entry: entry_of(row)?,
        reason: row.get(6),
        author: row.get(7),
        created_at: row.get::<_, PgTime>(8).0,
        expires_at: time(row, 9),
        cause_event: row.get(10),
        cause_rule: row.get(11),
    })
}
