//! Sums over a range of time, from sessions and counts.

use innerwall_event::{EventKind, Severity, Timestamp};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::quarters::{Days, Quarters};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Of a range from `$2` to `$3` with whole quarters from `$4` to `$5`, and in those whole days from `$6`
/// to `$7`.
pub(crate) const EVENTS: &str = "
    SELECT coalesce(sum(events), 0)::bigint,
        coalesce(sum(events) FILTER (WHERE kind = ANY($8)), 0)::bigint
    FROM (SELECT kind, events FROM event_days
          WHERE tenant_id = $1 AND day >= day_of($6) AND day < day_of($7)
          UNION ALL
          SELECT kind, events FROM event_quarters
          WHERE tenant_id = $1 AND quarter >= $4 AND quarter < $6
          UNION ALL
          SELECT kind, events FROM event_quarters
          WHERE tenant_id = $1 AND quarter >= $7 AND quarter < $5
          UNION ALL
          SELECT kind, events FROM event_counts
          WHERE tenant_id = $1 AND minute >= $2 AND minute < least($3, $4)
          UNION ALL
          SELECT kind, events FROM event_counts
          WHERE tenant_id = $1 AND minute >= $5 AND minute < $3) AS counted";
pub(crate) const SESSIONS: &str = "
    SELECT coalesce(sum(sessions), 0)::bigint, coalesce(sum(login_failures), 0)::bigint
    FROM (SELECT sessions, login_failures FROM session_quarters
          WHERE tenant_id = $1 AND quarter >= $4 AND quarter < $5
          UNION ALL
          SELECT 1, login_failures FROM sessions
          WHERE tenant_id = $1 AND started_at >= $2 AND started_at < least($3, $4)
          UNION ALL
          SELECT 1, login_failures FROM sessions
          WHERE tenant_id = $1 AND started_at >= $5 AND started_at < $3) AS counted";

/// Sums over a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub events: i64,
    /// Events that call for attention.
    pub alerts: i64,
    pub sessions: i64,
    pub login_failures: i64,
}

/// Sums over a range.
pub async fn of_range(
    tx: &TenantTx<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Sums, StorageError> {
    let alerts = EventKind::named().filter(|kind| kind.severity() == Severity::Alert);
    let alerts: Vec<i16> = alerts.map(|kind| kind.number()).collect();
    let whole = Quarters::of(from, to);
    let days = Days::of(whole);
    let (tenant, from, to) = (tx.tenant().0, PgTime(from), PgTime(to));
    let range: [&(dyn ToSql + Sync); 5] = [&tenant, &from, &to, &whole.from, &whole.to];
    let events = tx.query(EVENTS, &[&range[..], &[&days.from, &days.to, &alerts]].concat()).await?;
    let sessions = tx.query(SESSIONS, &range).await?;
    let number = |rows: &[Row], at| rows.first().map_or(0, |row| row.get(at));
    Ok(Sums {
        events: number(&events, 0),
        alerts: number(&events, 1),
        sessions: number(&sessions, 0),
        login_failures: number(&sessions, 1),
    })
}
