//! The review queue as a list.

use innerwall_event::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::{CaseRow, row_of};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Cases and users are joined: what a case is looked at for is the user as it is now.
macro_rules! of_cases {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM cases LEFT JOIN users
                 ON users.tenant_id = cases.tenant_id AND users.user_no = cases.user_no
             WHERE cases.tenant_id = $1 AND cases.state = $2
                 AND ($3::text IS NULL OR cases.assignee = $3)
                 AND (NOT $4::boolean OR cases.assignee IS NULL)
                 AND ($5::text IS NULL OR $5 = ANY(users.rules))
                 AND ($6::smallint IS NULL OR coalesce(users.trust, cases.trust, 0)
                     BETWEEN $6 AND $7::smallint)
                 AND ($8::timestamptz IS NULL OR cases.opened_at >= $8)
                 AND ($9::timestamptz IS NULL OR cases.opened_at < $9) ",
            $rest
        )
    };
}

macro_rules! page_of_cases {
    ($rest:literal) => {
        of_cases!(
            "cases.id, cases.user_no, cases.user_id, cases.opened_at, cases.source, cases.opened_by,
             cases.reason, cases.event_id, cases.rule, cases.trust, cases.state, cases.outcome,
             cases.assignee, cases.decided_at, cases.decided_by, cases.version,
             coalesce(users.trust, cases.trust, 0)::smallint, users.email, users.top_reason,
             coalesce(users.rules, '{}')",
            $rest
        )
    };
}

pub(crate) const OLDEST_FIRST: &str = page_of_cases!(
    "AND ($11::timestamptz IS NULL OR (cases.opened_at, cases.id) > ($11, $12::bigint))
     ORDER BY cases.opened_at, cases.id LIMIT $10"
);
pub(crate) const NEWEST_FIRST: &str = page_of_cases!(
    "AND ($11::timestamptz IS NULL OR (cases.opened_at, cases.id) < ($11, $12::bigint))
     ORDER BY cases.opened_at DESC, cases.id DESC LIMIT $10"
);
pub(crate) const WORST_FIRST: &str = page_of_cases!(
    "AND ($11::smallint IS NULL OR (coalesce(users.trust, cases.trust, 0), cases.id)
         > ($11, $12::bigint))
     ORDER BY coalesce(users.trust, cases.trust, 0), cases.id LIMIT $10"
);
pub(crate) const COUNT: &str =
    concat!("SELECT count(*) FROM (", of_cases!("1", "LIMIT $10"), ") AS counted");
pub(crate) const COUNTS: &str = "
    SELECT count(*), count(*) FILTER (WHERE assignee IS NULL),
        count(*) FILTER (WHERE assignee = $2),
        count(*) FILTER (WHERE opened_at < now() - interval '1 day')
    FROM cases WHERE tenant_id = $1 AND state = 'open'";

/// How the queue is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseOrder {
    #[default]
    OldestFirst,
    NewestFirst,
    WorstFirst,
}

/// Which cases the queue shows.
#[derive(Clone, Debug, Default)]
pub struct CaseFilter {
    pub is_decided: bool,
    pub assignee: Option<String>,
    /// Only cases that are nobody's.
    pub is_unassigned: bool,
    /// A rule that fires for the user now.
    pub rule: Option<String>,
    /// Lowest and highest trust score now.
    pub trust: Option<(u8, u8)>,
    pub opened_from: Option<Timestamp>,
    pub opened_before: Option<Timestamp>,
}

/// Where a page of the queue ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CasePosition {
    pub opened_at: Timestamp,
    pub trust: u8,
    pub id: i64,
}

/// A case in the queue, with its user as it is now.
#[derive(Clone, Debug)]
pub struct QueuedCase {
    pub case: CaseRow,
    pub trust_now: u8,
    pub email: Option<String>,
    pub top_reason: Option<String>,
    pub rules: Vec<String>,
}

/// Open cases, for badges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseCounts {
    pub open: i64,
    pub unassigned: i64,
    pub mine: i64,
    /// Open for more than a day.
    pub old: i64,
}

impl QueuedCase {
    /// The position just after this case.
    pub fn position(&self) -> CasePosition {
        CasePosition { opened_at: self.case.opened_at, trust: self.trust_now, id: self.case.id }
    }
}

/// A page of the queue.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &CaseFilter,
    order: CaseOrder,
    after: Option<CasePosition>,
    limit: i64,
) -> Result<Vec<QueuedCase>, StorageError> {
    let opened_at = after.map(|at| PgTime(at.opened_at));
    let trust = after.map(|at| i16::from(at.trust));
    let id = after.map(|at| at.id);
    let rows = match order {
        CaseOrder::OldestFirst => ask(tx, OLDEST_FIRST, filter, limit, &[&opened_at, &id]).await?,
        CaseOrder::NewestFirst => ask(tx, NEWEST_FIRST, filter, limit, &[&opened_at, &id]).await?,
        CaseOrder::WorstFirst => ask(tx, WORST_FIRST, filter, limit, &[&trust, &id]).await?,
    };
    let queued = |row: &Row| QueuedCase {
        case: row_of(row),
        trust_now: u8::try_from(row.get::<_, i16>(16)).unwrap_or_default(),
        email: row.get(17),
        top_reason: row.get(18),
        rules: row.get(19),
    };
    Ok(rows.iter().map(queued).collect())
}

/// How many cases there are, counted up to a limit.
pub async fn count(
    tx: &TenantTx<'_>,
    filter: &CaseFilter,
    limit: i64,
) -> Result<i64, StorageError> {
    let rows = ask(tx, COUNT, filter, limit, &[]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

async fn ask(
    tx: &TenantTx<'_>,
    statement: &'static str,
    filter: &CaseFilter,
    limit: i64,
    position: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, StorageError> {
    let state = if filter.is_decided { "decided" } else { "open" };
    let (lowest, highest) = filter.trust.unzip();
    let (lowest, highest) = (lowest.map(i16::from), highest.map(i16::from));
    let from = filter.opened_from.map(PgTime);
    let before = filter.opened_before.map(PgTime);
    let tenant = tx.tenant().0;
    let first: [&(dyn ToSql + Sync); 10] = [
        &tenant,
        &state,
        &filter.assignee,
        &filter.is_unassigned,
        &filter.rule,
        &lowest,
        &highest,
        &from,
        &before,
        &limit,
    ];
    let parameters: Vec<&(dyn ToSql + Sync)> = first.iter().chain(position).copied().collect();
    tx.query(statement, &parameters).await
}

/// Open cases, and how many of them are somebody's.
pub async fn counts(tx: &TenantTx<'_>, assignee: &str) -> Result<CaseCounts, StorageError> {
    let rows = tx.query(COUNTS, &[&tx.tenant().0, &assignee]).await?;
    Ok(rows.first().map_or_else(CaseCounts::default, |row| CaseCounts {
        open: row.get(0),
        unassigned: row.get(1),
        mine: row.get(2),
        old: row.get(3),
    }))
}
