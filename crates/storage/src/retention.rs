//! How long data is kept, and removing what is older. The settings are the tenant's; what is old
//! by them is removed by functions of the owner (`migrations/V10__governance.sql`).

use innerwall_event::{TenantId, Timestamp};

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const SETTINGS: &str = "
    SELECT kind, keep_days FROM retention WHERE tenant_id = $1 ORDER BY kind";
pub(crate) const SET: &str = "
    INSERT INTO retention (tenant_id, kind, keep_days) VALUES ($1, $2, $3)
    ON CONFLICT (tenant_id, kind) DO UPDATE SET keep_days = EXCLUDED.keep_days";
pub(crate) const KEEP: &str = "DELETE FROM retention WHERE tenant_id = $1 AND kind = $2";
pub(crate) const RUNS: &str = "
    SELECT kind, state, cutoff, rows_removed, started_at, finished_at FROM retention_runs
    WHERE tenant_id = $1";
pub(crate) const PREVIEW: &str = "
    SELECT rows, oldest, bytes FROM preview_purge($1, $2, $3, $4, $5)";
pub(crate) const TENANTS: &str = "SELECT tenants_with_retention()";
pub(crate) const DROP_PARTITIONS: &str = "SELECT drop_old_event_partitions()";
/// One scorer at a time works on a tenant; the others leave it alone.
pub(crate) const TRY_LOCK: &str = "SELECT pg_try_advisory_xact_lock(7402, $1)";
/// A run begins when the last one ended long enough ago, or was about other data.
pub(crate) const BEGIN: &str = "
    INSERT INTO retention_runs (tenant_id, kind, cutoff, state) VALUES ($1, $2, $3, 'running')
    ON CONFLICT (tenant_id, kind) DO UPDATE SET
        cutoff = EXCLUDED.cutoff, state = 'running', rows_removed = 0, started_at = now(),
        finished_at = NULL, at_table = 0, at_page = 0
    WHERE retention_runs.state = 'done' AND retention_runs.cutoff < $4";
pub(crate) const UNDER_WAY: &str = "
    SELECT cutoff, at_table, at_page FROM retention_runs
    WHERE tenant_id = $1 AND kind = $2 AND state = 'running'";
pub(crate) const ADVANCE: &str = "
    UPDATE retention_runs SET rows_removed = rows_removed + $3, at_table = $4, at_page = $5
    WHERE tenant_id = $1 AND kind = $2";
pub(crate) const FINISH: &str = "
    UPDATE retention_runs SET state = 'done', finished_at = now()
    WHERE tenant_id = $1 AND kind = $2";
pub(crate) const PURGE_EVENTS: &str = "SELECT purge_events($1, $2, $3)";
pub(crate) const PURGE_PAGES: &str = "
    SELECT removed, next_page FROM purge_pages($1, $2, $3, $4, $5)";

/// What is kept for a time of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Events,
    Sessions,
    /// What users touch, with links, days and hours.
    Entities,
    FieldChanges,
    /// Trust scores that changed without an event.
    ScoreHistory,
    /// Decisions, closed cases and their notes.
    Decisions,
    Logbook,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Events,
        Self::Sessions,
        Self::Entities,
        Self::FieldChanges,
        Self::ScoreHistory,
        Self::Decisions,
        Self::Logbook,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Sessions => "sessions",
            Self::Entities => "entities",
            Self::FieldChanges => "field_changes",
            Self::ScoreHistory => "score_history",
            Self::Decisions => "decisions",
            Self::Logbook => "logbook",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Shortest and longest time in days. Scoring reads a week back; partitions of events reach
    /// three years back.
    pub const fn days(self) -> (i32, i32) {
        match self {
            Self::Events => (7, 1_095),
            Self::Sessions | Self::Entities | Self::FieldChanges | Self::ScoreHistory => (7, 3_650),
            Self::Decisions => (30, 3_650),
            Self::Logbook => (1, 365),
        }
    }

    /// Tables with rows of the kind, and the column that tells their age.
    pub const fn tables(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Events => &[("events", "event_time")],
            Self::Sessions => &[("sessions", "started_at")],
            Self::Entities => &[
                ("links", "last_seen"),
                ("entities", "last_seen"),
                ("entity_days", "day"),
                ("kind_hours", "hour"),
            ],
            Self::FieldChanges => &[("field_changes", "event_time")],
            Self::ScoreHistory => &[("score_changes", "at")],
            Self::Decisions => &[("decisions", "at"), ("cases", "decided_at"), ("notes", "at")],
            Self::Logbook => &[("logbook", "at")],
        }
    }

    /// Whether folding writes the tables too: its lock is taken before they are touched.
    pub const fn is_folded(self) -> bool {
        matches!(self, Self::Sessions | Self::Entities | Self::FieldChanges)
    }
}

/// The run of a kind under way, or else the last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub kind: Kind,
    pub is_running: bool,
    pub cutoff: Timestamp,
    pub rows_removed: i64,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// What a setting would remove.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// At most as many as were asked for.
    pub rows: i64,
    /// The oldest row of all.
    pub oldest: Option<Timestamp>,
    pub bytes: i64,
}

/// Where a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub cutoff: Timestamp,
    pub table: usize,
    pub page: i64,
}

/// The tenant's settings; kinds without one are kept for ever.
pub async fn settings(tx: &TenantTx<'_>) -> Result<Vec<(Kind, i32)>, StorageError> {
    let rows = tx.query(SETTINGS, &[&tx.tenant().0]).await?;
    Ok(rows.iter().filter_map(|row| Some((Kind::parse(row.get(0))?, row.get(1)))).collect())
}

/// Keeps a kind for some days, or for ever.
pub async fn set(tx: &TenantTx<'_>, kind: Kind, days: Option<i32>) -> Result<(), StorageError> {
    match days {
        Some(days) => tx.execute(SET, &[&tx.tenant().0, &kind.name(), &days]).await?,
        None => tx.execute(KEEP, &[&tx.tenant().0, &kind.name()]).await?,
    };
    Ok(())
}

/// Runs of the tenant, one per kind at most.
pub async fn runs(tx: &TenantTx<'_>) -> Result<Vec<Run>, StorageError> {
    let rows = tx.query(RUNS, &[&tx.tenant().0]).await?;
    let run = |row: &tokio_postgres::Row| {
        Some(Run {
            kind: Kind::parse(row.get(0))?,
            is_running: row.get::<_, &str>(1) == "running",
            cutoff: row.get::<_, PgTime>(2).0,
            rows_removed: row.get(3),
            started_at: row.get::<_, PgTime>(4).0,
            finished_at: row.get::<_, Option<PgTime>>(5).map(|time| time.0),
        })
    };
    Ok(rows.iter().filter_map(run).collect())
}

/// What of a kind happened before a time; rows are counted up to a limit per table.
pub async fn preview(
    tx: &TenantTx<'_>,
    kind: Kind,
    cutoff: Timestamp,
    rows_max: i64,
) -> Result<Preview, StorageError> {
    let mut sum = Preview::default();
    for (table, column) in kind.tables() {
        let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
            [&tx.tenant().0, table, column, &PgTime(cutoff), &rows_max];
        let rows = tx.query(PREVIEW, &parameters).await?;
        let Some(row) = rows.first() else { continue };
        let oldest = row.get::<_, Option<PgTime>>(1).map(|time| time.0);
        sum.rows += row.get::<_, i64>(0);
        sum.oldest = sum.oldest.into_iter().chain(oldest).min();
        sum.bytes += row.get::<_, i64>(2);
    }
    Ok(sum)
}

/// Tenants that do not keep everything.
pub async fn tenants(connection: &Connection) -> Result<Vec<TenantId>, StorageError> {
    let statement = connection.0.prepare_cached(TENANTS).await?;
    let rows = connection.0.query(&statement, &[]).await?;
    Ok(rows.iter().map(|row| TenantId(row.get(0))).collect())
}

/// Drops partitions of events that nobody needs; gives how many.
pub async fn drop_partitions(connection: &Connection) -> Result<i32, StorageError> {
    let statement = connection.0.prepare_cached(DROP_PARTITIONS).await?;
    Ok(connection.0.query_one(&statement, &[]).await?.get(0))
}

/// Takes the tenant for this transaction; `false` when another scorer has it.
pub async fn try_lock(tx: &TenantTx<'_>) -> Result<bool, StorageError> {
    let rows = tx.query(TRY_LOCK, &[&tx.tenant().0]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// Where the run of a kind goes on. One begins when the last one removed less than what would
/// go by a cutoff of `due`; `None` when there is nothing to do.
pub async fn place(
    tx: &TenantTx<'_>,
    kind: Kind,
    (cutoff, due): (Timestamp, Timestamp),
) -> Result<Option<Place>, StorageError> {
    let (tenant, name) = (tx.tenant().0, kind.name());
    tx.execute(BEGIN, &[&tenant, &name, &PgTime(cutoff), &PgTime(due)]).await?;
    let rows = tx.query(UNDER_WAY, &[&tenant, &name]).await?;
    Ok(rows.first().map(|row| Place {
        cutoff: row.get::<_, PgTime>(0).0,
        table: usize::try_from(row.get::<_, i32>(1)).unwrap_or_default(),
        page: row.get(2),
    }))
}

/// Notes how far the run of a kind is.
pub async fn advance(
    tx: &TenantTx<'_>,
    kind: Kind,
    removed: i64,
    place: Place,
) -> Result<(), StorageError> {
    let table = i32::try_from(place.table).unwrap_or(i32::MAX);
    tx.execute(ADVANCE, &[&tx.tenant().0, &kind.name(), &removed, &table, &place.page]).await?;
    Ok(())
}

/// Ends the run of a kind.
pub async fn finish(tx: &TenantTx<'_>, kind: Kind) -> Result<(), StorageError> {
    tx.execute(FINISH, &[&tx.tenant().0, &kind.name()]).await?;
    Ok(())
}

/// Removes some old events; gives how many.
pub async fn purge_events(
    tx: &TenantTx<'_>,
    cutoff: Timestamp,
    rows_max: i32,
) -> Result<i64, StorageError> {
    let rows = tx.query(PURGE_EVENTS, &[&tx.tenant().0, &PgTime(cutoff), &rows_max]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Removes old rows from some pages of a table; gives how many, and the page to go on from.
pub async fn purge_pages(
    tx: &TenantTx<'_>,
    table: &str,
    place: Place,
    pages: i32,
) -> Result<(i64, Option<i64>), StorageError> {
    let cutoff = PgTime(place.cutoff);
    let rows =
        tx.query(PURGE_PAGES, &[&tx.tenant().0, &table, &cutoff, &place.page, &pages]).await?;
    Ok(rows.first().map_or((0, None), |row| (row.get(0), row.get(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_back_as_written_and_have_bounds() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
            assert!(kind.days().0 >= 1 && kind.days().0 < kind.days().1, "{kind:?}");
            assert!(!kind.tables().is_empty(), "{kind:?}");
        }
        assert_eq!(Kind::parse("users"), None);
    }
}
