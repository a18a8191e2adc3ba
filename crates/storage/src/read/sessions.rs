//! Lists of sessions.

use std::net::IpAddr;

use innerwall_event::Timestamp;
use tokio_postgres::Row;

use super::links::LinkSpan;
use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::{PgTime, end_before};

macro_rules! session_columns {
    () => {
        "s.user_no, s.session_no, u.user_id, u.email, u.trust, s.started_at, s.ended_at, s.events,
         s.alerts, s.login_failures, s.addresses, s.devices, host(s.ip), s.country, s.device_id,
         d.kind, d.label "
    };
}

macro_rules! with_names {
    () => {
        " CROSS JOIN LATERAL (SELECT user_id, email, trust FROM users
              WHERE tenant_id = $1 AND user_no = s.user_no OFFSET 0) AS u
          LEFT JOIN LATERAL (SELECT kind, label FROM devices
              WHERE tenant_id = $1 AND device_id = s.device_id OFFSET 0) AS d ON true "
    };
}

/// The newest `$10` are looked at, so that a filter few sessions pass ends in time.
pub(crate) const PAGE: &str = concat!(
    "SELECT ",
    session_columns!(),
    "FROM (SELECT * FROM (
             SELECT * FROM sessions
             WHERE tenant_id = $1 AND started_at >= $2 AND started_at < $3
                 AND ($4::bigint IS NULL OR user_no = $4)
                 AND ($7::timestamptz IS NULL
                      OR (started_at, user_no, session_no) < ($7, $8::bigint, $9::int))
             ORDER BY started_at DESC, user_no DESC, session_no DESC LIMIT $10) AS looked_at
           WHERE ($5::text IS NULL OR country = $5) AND (NOT $6::bool OR alerts > 0)
               AND ($12::inet IS NULL OR ip = $12)
               AND (NOT $13::bool OR addresses > 1 OR devices > 1)
           ORDER BY started_at DESC, user_no DESC, session_no DESC LIMIT $11) AS s",
    with_names!(),
    "ORDER BY s.started_at DESC, s.user_no DESC, s.session_no DESC"
);
pub(crate) const LOOKED_AT: &str = "
    SELECT started_at, user_no, session_no FROM sessions
    WHERE tenant_id = $1 AND started_at >= $2 AND started_at < $3
        AND ($4::bigint IS NULL OR user_no = $4)
        AND ($5::timestamptz IS NULL
             OR (started_at, user_no, session_no) < ($5, $6::bigint, $7::int))
    ORDER BY started_at DESC, user_no DESC, session_no DESC OFFSET $8 LIMIT 1";
pub(crate) const OF_SPANS: &str = concat!(
    "SELECT ",
    session_columns!(),
    "FROM (SELECT sessions.*
           FROM unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[])
               AS seen(user_no, first_seen, last_seen)
           JOIN sessions ON sessions.tenant_id = $1 AND sessions.user_no = seen.user_no
               AND sessions.started_at <= seen.last_seen AND sessions.ended_at >= seen.first_seen
           WHERE $5::timestamptz IS NULL OR (sessions.started_at, sessions.user_no,
               sessions.session_no) < ($5, $6::bigint, $7::int)
           ORDER BY started_at DESC, user_no DESC, session_no DESC LIMIT $8) AS s",
    with_names!(),
    "ORDER BY s.started_at DESC, s.user_no DESC, s.session_no DESC"
);
pub(crate) const ONE: &str = concat!(
    "SELECT ",
    session_columns!(),
    "FROM sessions AS s",
    with_names!(),
    "WHERE s.tenant_id = $1 AND s.user_no = $2 AND s.session_no = $3"
);

/// Sessions looked at for one page.
pub const LOOKED_AT_MAX: i64 = 10_000;

/// Which sessions a list holds.
#[derive(Clone, Debug, Default)]
pub struct SessionFilter {
    /// Started at or after.
    pub from: Timestamp,
    /// Started before.
    pub to: Timestamp,
    pub user_no: Option<i64>,
    pub country: Option<String>,
    /// The first address.
    pub ip: Option<IpAddr>,
    /// Only sessions with an event that calls for attention.
    pub has_alerts: bool,
    /// Only sessions whose address or device changed.
    pub has_changes: bool,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionPosition {
    pub started_at: Timestamp,
    pub user_no: i64,
    pub session_no: i32,
}

/// A session in a list.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub user_no: i64,
    pub session_no: i32,
    pub user_id: String,
    pub user_email: Option<String>,
    pub trust: Option<i16>,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    pub events: i32,
    pub alerts: i32,
    pub login_failures: i32,
    /// Distinct addresses.
    pub addresses: i16,
    /// Distinct devices.
    pub devices: i16,
    /// The first.
    pub ip: String,
    pub country: Option<String>,
    pub device_id: i64,
    /// Kind and label.
    pub device: Option<(String, String)>,
}

impl SessionRow {
    /// The position just after this row.
    pub fn position(&self) -> SessionPosition {
        let Self { started_at, user_no, session_no, .. } = *self;
        SessionPosition { started_at, user_no, session_no }
    }
}

/// A page of sessions, the newest first.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &SessionFilter,
    after: Option<SessionPosition>,
    limit: i64,
) -> Result<Vec<SessionRow>, StorageError> {
    let SessionFilter { from, to, user_no, country, ip, has_alerts, has_changes } = filter;
    let (from, to) = (PgTime(*from), end_before(*to, after.map(|at| at.started_at)));
    let (time, after_user, number) = parts(after);
    let tenant = tx.tenant().0;
    let is_filtered = country.is_some() || ip.is_some() || *has_alerts || *has_changes;
    let looked_at_max = if is_filtered { LOOKED_AT_MAX.max(limit) } else { limit };
    let rows = tx
        .query(
            PAGE,
            &[
                &tenant,
                &from,
                &to,
                user_no,
                country,
                has_alerts,
                &time,
                &after_user,
                &number,
                &looked_at_max,
                &limit,
                ip,
                has_changes,
            ],
        )
        .await?;
    Ok(rows.iter().map(row_of).collect())
}

/// Where the look for a page ended that was not filled; `None` when it saw all there are.
pub async fn looked_at(
    tx: &TenantTx<'_>,
    filter: &SessionFilter,
    after: Option<SessionPosition>,
) -> Result<Option<SessionPosition>, StorageError> {
    let from = PgTime(filter.from);
    let to = end_before(filter.to, after.map(|at| at.started_at));
    let (time, user_no, number) = parts(after);
    let (tenant, skipped) = (tx.tenant().0, LOOKED_AT_MAX - 1);
    let rows = tx
        .query(
            LOOKED_AT,
            &[&tenant, &from, &to, &filter.user_no, &time, &user_no, &number, &skipped],
        )
        .await?;
    let position = |row: &Row| SessionPosition {
        started_at: row.get::<_, PgTime>(0).0,
        user_no: row.get(1),
        session_no: row.get(2),
    };
    Ok(rows.first().map(position))
}

/// A page of the sessions of users within spans, the newest first.
pub async fn of_spans(
    tx: &TenantTx<'_>,
    spans: &[LinkSpan],
    after: Option<SessionPosition>,
    limit: i64,
) -> Result<Vec<SessionRow>, StorageError> {
    let columns = Columns::of(spans)
        .add(|span| span.user_no)
        .add(|span| PgTime(span.first_seen))
        .add(|span| PgTime(span.last_seen));
    let (time, user_no, number) = parts(after);
    let tenant = tx.tenant().0;
    let mut parameters = columns.after(&[&tenant]);
    parameters.extend::<[&(dyn tokio_postgres::types::ToSql + Sync); 4]>([
        &time, &user_no, &number, &limit,
    ]);
    let rows = tx.query(OF_SPANS, &parameters).await?;
    Ok(rows.iter().map(row_of).collect())
}

/// One session of a user.
pub async fn one(
    tx: &TenantTx<'_>,
    user_no: i64,
    session_no: i32,
) -> Result<Option<SessionRow>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &user_no, &session_no]).await?;
    Ok(rows.first().map(row_of))
}

fn parts(after: Option<SessionPosition>) -> (Option<PgTime>, Option<i64>, Option<i32>) {
    let time = after.map(|at| PgTime(at.started_at));
    (time, after.map(|at| at.user_no), after.map(|at| at.session_no))
}

fn row_of(row: &Row) -> SessionRow {
    let device_kind: Option<String> = row.get(15);
    SessionRow {
        user_no: row.get(0),
        session_no: row.get(1),
        user_id: row.get(2),
        user_email: row.get(3),
        trust: row.get(4),
        started_at: row.get::<_, PgTime>(5).0,
        ended_at: row.get::<_, PgTime>(6).0,
        events: row.get(7),
        alerts: row.get(8),
        login_failures: row.get(9),
        addresses: row.get(10),
        devices: row.get(11),
        ip: row.get(12),
        country: row.get(13),
        device_id: row.get(14),
        device: device_kind.zip(row.get(16)),
    }
}
