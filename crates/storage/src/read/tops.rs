//! Users that stood out in a range of time. Of whole days that are over the first two hundred are
//! known; of the rest of the range they are found out from sessions. Those with most by these are then
//! counted exactly. Whoever is among the first on no day at all is not found, however much it adds up to.

use innerwall_event::Timestamp;
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Users of each list that are counted exactly.
const CANDIDATES: i64 = 50;

/// Joins are lateral and kept from being turned into others: each brings a few rows of a large table,
/// and the planner knows nothing of how many rows a tenant has.
pub(crate) const USERS: &str = "
    WITH days AS MATERIALIZED (
        SELECT day::date AS day, day AT TIME ZONE 'UTC' AS from_time,
            (day + interval '1 day') AT TIME ZONE 'UTC' AS to_time
        FROM generate_series(date_trunc('day', $2::timestamptz AT TIME ZONE 'UTC'),
            $3::timestamptz AT TIME ZONE 'UTC', interval '1 day') AS day),
    known AS MATERIALIZED (
        SELECT days.day FROM days CROSS JOIN LATERAL (
            SELECT FROM day_tops WHERE tenant_id = $1 AND day = days.day LIMIT 1) AS found
        WHERE from_time >= $2 AND to_time <= $3),
    unknown AS MATERIALIZED (
        SELECT user_no, sum(events) AS events, sum(login_failures) AS failures,
            sum(addresses) AS addresses
        FROM days CROSS JOIN LATERAL (
            SELECT * FROM sessions WHERE tenant_id = $1
                AND started_at >= greatest(from_time, $2) AND started_at < least(to_time, $3)
            OFFSET 0) AS begun
        WHERE days.day NOT IN (SELECT day FROM known) GROUP BY user_no),
    high AS (
        SELECT list, user_no, count FROM known CROSS JOIN LATERAL (
            SELECT list, user_no, count FROM day_tops
            WHERE tenant_id = $1 AND day = known.day OFFSET 0) AS tops
        UNION ALL
        (SELECT 0, user_no, events FROM unknown ORDER BY events DESC, user_no LIMIT $5)
        UNION ALL
        (SELECT 1, user_no, failures FROM unknown WHERE failures > 0
         ORDER BY failures DESC, user_no LIMIT $5)
        UNION ALL
        (SELECT 2, user_no, addresses FROM unknown ORDER BY addresses DESC, user_no LIMIT $5)),
    ranked AS (
        SELECT list, user_no,
            row_number() OVER (PARTITION BY list ORDER BY sum(count) DESC, user_no) AS place
        FROM high GROUP BY list, user_no),
    counted AS MATERIALIZED (
        SELECT ranked.list, ranked.user_no, exact.count FROM ranked CROSS JOIN LATERAL (
            SELECT CASE ranked.list
                WHEN 2 THEN (SELECT count(*) FROM links WHERE tenant_id = $1
                    AND user_no = ranked.user_no AND kind = 1 AND last_seen >= $2 AND first_seen < $3)
                ELSE (SELECT sum(CASE ranked.list WHEN 0 THEN events ELSE login_failures END)
                    FROM sessions WHERE tenant_id = $1 AND user_no = ranked.user_no
                    AND started_at >= $2 AND started_at < $3) END AS count) AS exact
        WHERE place <= $5),
    placed AS (
        SELECT list, user_no, count,
            row_number() OVER (PARTITION BY list ORDER BY count DESC, user_no) AS place
        FROM counted WHERE count > CASE list WHEN 2 THEN 1 ELSE 0 END)
    SELECT placed.list, found.user_id, found.email, found.trust, placed.count
    FROM placed CROSS JOIN LATERAL (
        SELECT user_id, email, trust FROM users
        WHERE tenant_id = $1 AND user_no = placed.user_no) AS found
    WHERE placed.place <= $4 ORDER BY placed.list, placed.place";

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
        list.push(top_user(row));
    }
    Ok(tops)
}

fn top_user(row: &Row) -> TopUser {
    TopUser { user_id: row.get(1), email: row.get(2), trust: row.get(3), count: row.get(4) }
}
