//! Which users were seen with which things.

use innerwall_event::Timestamp;
use innerwall_features::EntityKind;
use tokio_postgres::Row;

use super::entities::{self, EntityRow, entity_columns, with_parents};
use super::users::{self, UserRow, user_columns};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const USERS: &str = concat!(
    "SELECT ",
    user_columns!(),
    ", l.first_seen, l.last_seen, l.events
     FROM (SELECT user_no, first_seen, last_seen, events FROM links
           WHERE tenant_id = $1 AND kind = $2 AND entity_id = $3
               AND ($4::timestamptz IS NULL OR (last_seen, user_no) < ($4, $5::bigint))
           ORDER BY last_seen DESC, user_no DESC LIMIT $6) AS l
     JOIN users AS u ON u.tenant_id = $1 AND u.user_no = l.user_no AND u.trust IS NOT NULL
     ORDER BY l.last_seen DESC, l.user_no DESC"
);
pub(crate) const SPANS: &str = "
    SELECT l.user_no, l.first_seen, l.last_seen, u.event_count
    FROM (SELECT user_no, first_seen, last_seen FROM links
          WHERE tenant_id = $1 AND kind = $2 AND entity_id = $3
          ORDER BY last_seen DESC LIMIT $4) AS l
    JOIN users AS u ON u.tenant_id = $1 AND u.user_no = l.user_no";
pub(crate) const OF_USER: &str = concat!(
    "SELECT ",
    entity_columns!(),
    ", l.first_seen, l.last_seen, l.events
     FROM (SELECT kind, entity_id, first_seen, last_seen, events FROM links
           WHERE tenant_id = $1 AND user_no = $2 AND kind = $3
               AND ($4::timestamptz IS NULL OR (last_seen, entity_id) < ($4, $5::bigint))
           ORDER BY last_seen DESC, entity_id DESC LIMIT $6) AS l
     JOIN entities AS e ON e.tenant_id = $1 AND e.kind = l.kind AND e.entity_id = l.entity_id ",
    with_parents!(),
    " ORDER BY l.last_seen DESC, l.entity_id DESC"
);
pub(crate) const SHARED: &str = concat!(
    "SELECT ",
    entity_columns!(),
    ", s.users_shared, s.first_seen, s.last_seen
     FROM (SELECT l.entity_id, count(*)::int AS users_shared, min(l.first_seen) AS first_seen,
               max(l.last_seen) AS last_seen
           FROM (SELECT user_no FROM links WHERE tenant_id = $1 AND kind = $2 AND entity_id = $3
                 ORDER BY last_seen DESC LIMIT $4) AS seen
           JOIN links AS l ON l.tenant_id = $1 AND l.user_no = seen.user_no AND l.kind = $5
           WHERE l.kind <> $2 OR l.entity_id <> $3
           GROUP BY l.entity_id ORDER BY 2 DESC, 4 DESC, 1 LIMIT $6) AS s
     JOIN entities AS e ON e.tenant_id = $1 AND e.kind = $5 AND e.entity_id = s.entity_id ",
    with_parents!(),
    " ORDER BY s.users_shared DESC, s.last_seen DESC, s.entity_id"
);

/// From when to when a user was seen with a thing, and in how many events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub events: i32,
}

/// When a user was seen with a thing, and how many events the user has in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSpan {
    pub user_no: i64,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub event_count: i64,
}

/// A page of the users seen with a thing, the one seen last first.
pub async fn users(
    tx: &TenantTx<'_>,
    (kind, id): (EntityKind, i64),
    after: Option<(Timestamp, i64)>,
    limit: i64,
) -> Result<Vec<(UserRow, Link)>, StorageError> {
    let (time, user_no) = after.map(|(time, user_no)| (PgTime(time), user_no)).unzip();
    let tenant = tx.tenant().0;
    let rows = tx.query(USERS, &[&tenant, &kind.number(), &id, &time, &user_no, &limit]).await?;
    Ok(rows.iter().map(|row| (users::row_of(row), link_of(row, users::COLUMNS))).collect())
}

/// The users seen last with a thing, in no order.
pub async fn spans(
    tx: &TenantTx<'_>,
    (kind, id): (EntityKind, i64),
    limit: i64,
) -> Result<Vec<LinkSpan>, StorageError> {
    let rows = tx.query(SPANS, &[&tx.tenant().0, &kind.number(), &id, &limit]).await?;
    let span = |row: &Row| LinkSpan {
        user_no: row.get(0),
        first_seen: row.get::<_, PgTime>(1).0,
        last_seen: row.get::<_, PgTime>(2).0,
        event_count: row.get(3),
    };
    Ok(rows.iter().map(span).collect())
}

/// A page of the things of a kind that a user was seen with, the one seen last first.
pub async fn of_user(
    tx: &TenantTx<'_>,
    (user_no, kind): (i64, EntityKind),
    after: Option<(Timestamp, i64)>,
    limit: i64,
) -> Result<Vec<(EntityRow, Link)>, StorageError> {
    let (time, id) = after.map(|(time, id)| (PgTime(time), id)).unzip();
    let tenant = tx.tenant().0;
    let rows = tx.query(OF_USER, &[&tenant, &user_no, &kind.number(), &time, &id, &limit]).await?;
    let entity = |row: &Row| (entities::row_of(row, 0), link_of(row, entities::COLUMNS));
    Ok(rows.iter().map(entity).collect())
}

/// A thing that shares users with another.
#[derive(Clone, Debug)]
pub struct SharedRow {
    pub entity: EntityRow,
    pub users_shared: i32,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

/// Things of a kind seen with the same users, those that share most first. Looks at the users
/// seen last, at most `users_max`.
pub async fn shared(
    tx: &TenantTx<'_>,
    (kind, id): (EntityKind, i64),
    users_max: i64,
    related: EntityKind,
    limit: i64,
) -> Result<Vec<SharedRow>, StorageError> {
    let (tenant, number, related) = (tx.tenant().0, kind.number(), related.number());
    let rows = tx.query(SHARED, &[&tenant, &number, &id, &users_max, &related, &limit]).await?;
    let at = entities::COLUMNS;
    let shared = |row: &Row| SharedRow {
        entity: entities::row_of(row, 0),
        users_shared: row.get(at),
        first_seen: row.get::<_, PgTime>(at + 1).0,
        last_seen: row.get::<_, PgTime>(at + 2).0,
    };
    Ok(rows.iter().map(shared).collect())
}

pub(super) fn link_of(row: &Row, at: usize) -> Link {
    Link {
        first_seen: row.get::<_, PgTime>(at).0,
        last_seen: row.get::<_, PgTime>(at + 1).0,
        events: row.get(at + 2),
    }
}
