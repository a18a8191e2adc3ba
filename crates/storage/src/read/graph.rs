//! Links followed from many users or things at once.

use innerwall_features::EntityKind;
use tokio_postgres::Row;

use super::entities::{self, EntityRow, entity_columns, with_parents};
use super::links::{Link, link_of};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// Rare things first: what few users share says most.
pub(crate) const OF_USERS: &str = concat!(
    "SELECT ",
    entity_columns!(),
    ", l.first_seen, l.last_seen, l.events, l.user_no
     FROM links AS l
     JOIN entities AS e ON e.tenant_id = $1 AND e.kind = l.kind AND e.entity_id = l.entity_id ",
    with_parents!(),
    " WHERE l.tenant_id = $1 AND l.user_no = ANY($2) AND l.kind = ANY($3)
      ORDER BY e.users = 1, e.users, l.events DESC, l.last_seen DESC, e.entity_id LIMIT $4"
);
pub(crate) const OF_THINGS: &str = "
    SELECT wanted.kind, wanted.id, l.user_no, l.first_seen, l.last_seen, l.events
    FROM unnest($2::smallint[], $3::bigint[]) AS wanted(kind, id)
    CROSS JOIN LATERAL (
        SELECT user_no, first_seen, last_seen, events FROM links
        WHERE tenant_id = $1 AND kind = wanted.kind AND entity_id = wanted.id
        ORDER BY last_seen DESC LIMIT $4) AS l
    LIMIT $5";

/// A user seen with a thing, from the side of the user.
#[derive(Clone, Debug)]
pub struct ThingOfUser {
    pub thing: EntityRow,
    pub user_no: i64,
    pub link: Link,
}

/// A user seen with a thing, from the side of the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserOfThing {
    pub thing: (EntityKind, i64),
    pub user_no: i64,
    pub link: Link,
}

/// Things that users were seen with: those that few users share first, those of one user alone
/// last.
pub async fn things_of_users(
    tx: &TenantTx<'_>,
    users: &[i64],
    kinds: &[EntityKind],
    limit: i64,
) -> Result<Vec<ThingOfUser>, StorageError> {
    let kinds: Vec<i16> = kinds.iter().map(|kind| kind.number()).collect();
    let rows = tx.query(OF_USERS, &[&tx.tenant().0, &users, &kinds, &limit]).await?;
    let at = entities::COLUMNS;
    let thing = |row: &Row| ThingOfUser {
        thing: entities::row_of(row, 0),
        link: link_of(row, at),
        user_no: row.get(at + 3),
    };
    Ok(rows.iter().map(thing).collect())
}

/// Users seen with things, at most so many of each, those seen last.
pub async fn users_of_things(
    tx: &TenantTx<'_>,
    things: &[(EntityKind, i64)],
    users_max: i64,
    limit: i64,
) -> Result<Vec<UserOfThing>, StorageError> {
    let kinds: Vec<i16> = things.iter().map(|(kind, _)| kind.number()).collect();
    let ids: Vec<i64> = things.iter().map(|(_, id)| *id).collect();
    let rows = tx.query(OF_THINGS, &[&tx.tenant().0, &kinds, &ids, &users_max, &limit]).await?;
    let user = |row: &Row| {
        Some(UserOfThing {
            thing: (EntityKind::from_number(row.get(0))?, row.get(1)),
            user_no: row.get(2),
            link: link_of(row, 3),
        })
    };
    Ok(rows.iter().filter_map(user).collect())
}
