//! What stood out in a range of time, from sessions and counts.

use innerwall_event::{EventKind, Severity, Timestamp};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::quarters::{Quarters, counted_events};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Users whose addresses are counted one by one, of those with most in their sessions.
const CANDIDATES: i64 = 100;

pub(crate) const EVENTS: &str = concat!(
    "SELECT coalesce(sum(events), 0)::bigint,
        coalesce(sum(events) FILTER (WHERE kind = ANY($6)), 0)::bigint
     FROM ",
    counted_events!()
);
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
pub(crate) const USERS: &str = "
    WITH of_user AS MATERIALIZED (
        SELECT user_no, sum(events)::bigint AS events, sum(login_failures)::bigint AS failures,
            sum(addresses)::bigint AS addresses
        FROM sessions WHERE tenant_id = $1 AND started_at >= $2 AND started_at < $3
        GROUP BY user_no)
    SELECT top.list, users.user_id, users.email, users.trust, top.count FROM (
        (SELECT 0 AS list, user_no, events AS count FROM of_user
         ORDER BY events DESC, user_no LIMIT $4)
        UNION ALL
        (SELECT 1, user_no, failures FROM of_user WHERE failures > 0
         ORDER BY failures DESC, user_no LIMIT $4)
        UNION ALL
        (SELECT 2, user_no, count FROM (
            SELECT user_no, (SELECT count(*) FROM links WHERE links.tenant_id = $1
                AND links.user_no = widest.user_no AND links.kind = 1
                AND links.last_seen >= $2 AND links.first_seen < $3) AS count
            FROM (SELECT user_no FROM of_user ORDER BY addresses DESC, user_no LIMIT $5) AS widest
         ) AS counted WHERE count > 1 ORDER BY count DESC, user_no LIMIT $4)) AS top
    JOIN users ON users.tenant_id = $1 AND users.user_no = top.user_no
    ORDER BY top.list, top.count DESC, top.user_no";

/// Sums over a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub events: i64,
    /// Events that call for attention.
    pub alerts: i64,
    pub sessions: i64,
    pub login_failures: i64,
}

/// A user at the top of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopUser {
    pub user_id: String,
    pub email: Option<String>,
    pub trust: Option<i16>,
    pub count: i64,
}

/// Users that stood out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopUsers {
    pub by_events: Vec<TopUser>,
    pub by_login_failures: Vec<TopUser>,
    pub by_addresses: Vec<TopUser>,
}

/// Sums over a range.
pub async fn sums(tx: &TenantTx<'_>, from: Timestamp, to: Timestamp) -> Result<Sums, StorageError> {
    let alerts = EventKind::named().filter(|kind| kind.severity() == Severity::Alert);
    let alerts: Vec<i16> = alerts.map(|kind| kind.number()).collect();
    let whole = Quarters::of(from, to);
    let (tenant, from, to) = (tx.tenant().0, PgTime(from), PgTime(to));
    let range: [&(dyn ToSql + Sync); 5] = [&tenant, &from, &to, &whole.from, &whole.to];
    let events = tx.query(EVENTS, &[&range[..], &[&alerts]].concat()).await?;
    let sessions = tx.query(SESSIONS, &range).await?;
    let number = |rows: &[Row], at| rows.first().map_or(0, |row| row.get(at));
    Ok(Sums {
        events: number(&events, 0),
        alerts: number(&events, 1),
        sessions: number(&sessions, 0),
        login_failures: number(&sessions, 1),
    })
}

/// At most so many users of each list.
pub async fn users(
    tx: &TenantTx<'_>,
    from: Timestamp,
    to: Timestamp,
    limit: i64,
) -> Result<TopUsers, StorageError> {
    let (from, to) = (PgTime(from), PgTime(to));
    let rows = tx.query(USERS, &[&tx.tenant().0, &from, &to, &limit, &CANDIDATES]).await?;
    let mut tops = TopUsers::default();
    for row in &rows {
        let list = match row.get::<_, i32>(0) {
            0 => &mut tops.by_events,
            1 => &mut tops.by_login_failures,
            _ => &mut tops.by_addresses,
        };
        list.push(TopUser {
            user_id: row.get(1),
            email: row.get(2),
            trust: row.get(3),
            count: row.get(4),
        });
    }
    Ok(tops)
}
