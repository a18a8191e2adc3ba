//! Which users were seen with which thing.

use std::collections::HashMap;

use innerwall_features::changes::{Changes, LinkSum};
use innerwall_features::{EntityId, EntityKind};

use super::entities::{Known, room_for_links};
use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Users linked with a thing of a kind that everybody shares; of more nothing more follows.
pub(super) const LINKED_USERS_MAX: usize = 1_000;

pub(crate) const LOAD: &str = "
    SELECT found.kind, found.entity_id, found.user_no, events, first_seen, last_seen
    FROM unnest($2::smallint[], $3::bigint[], $4::bigint[]) AS wanted(kind, entity_id, user_no)
    CROSS JOIN LATERAL (
        SELECT * FROM links WHERE tenant_id = $1 AND kind = wanted.kind
            AND entity_id = wanted.entity_id AND user_no = wanted.user_no) AS found";
pub(crate) const PUT: &str = "
    INSERT INTO links (tenant_id, kind, entity_id, user_no, events, first_seen, last_seen)
    SELECT $1, kind, entity_id, user_no, events, first_seen, last_seen
    FROM unnest($2::smallint[], $3::bigint[], $4::bigint[], $5::int[], $6::timestamptz[],
                $7::timestamptz[])
        AS new(kind, entity_id, user_no, events, first_seen, last_seen)
    ON CONFLICT (tenant_id, kind, entity_id, user_no) DO UPDATE SET
        events = EXCLUDED.events, first_seen = EXCLUDED.first_seen, last_seen = EXCLUDED.last_seen";

/// How many links of each thing are new.
pub(super) type FreshLinks = HashMap<EntityId, i32>;

struct Link {
    id: EntityId,
    user_no: i64,
    sum: LinkSum,
}

/// Writes the links of changes; those beyond the limit of a thing are left out.
pub(super) async fn put(
    tx: &TenantTx<'_>,
    changes: &Changes,
    known: &Known,
) -> Result<FreshLinks, StorageError> {
    let links = changes.entities.iter().flat_map(|(id, sum)| {
        sum.links.iter().map(|(user_no, sum)| Link { id: *id, user_no: *user_no, sum: *sum })
    });
    let mut links: Vec<Link> = links.collect();
    let stored = load(tx, &links).await?;
    let mut fresh = FreshLinks::new();
    links.retain_mut(|link| {
        if let Some(before) = stored.get(&(link.id, link.user_no)) {
            link.sum.merge(*before);
            return true;
        }
        let new = fresh.entry(link.id).or_default();
        let room = room_for_links(link.id.kind, known.get(&link.id));
        let is_kept = usize::try_from(*new).is_ok_and(|new| new < room);
        *new += i32::from(is_kept);
        is_kept
    });
    let columns = with_key(Columns::of(&links))
        .add(|link| i32::try_from(link.sum.events).unwrap_or(i32::MAX))
        .add(|link| PgTime(link.sum.first_seen))
        .add(|link| PgTime(link.sum.last_seen));
    tx.execute(PUT, &columns.after(&[&tx.tenant().0])).await?;
    Ok(fresh)
}

async fn load(
    tx: &TenantTx<'_>,
    links: &[Link],
) -> Result<HashMap<(EntityId, i64), LinkSum>, StorageError> {
    let columns = with_key(Columns::of(links));
    let rows = tx.query(LOAD, &columns.after(&[&tx.tenant().0])).await?;
    let mut stored = HashMap::with_capacity(rows.len());
    for row in rows {
        let Some(kind) = EntityKind::from_number(row.get(0)) else { continue };
        let sum = LinkSum {
            events: row.get::<_, i32>(3).unsigned_abs(),
            first_seen: row.get::<_, PgTime>(4).0,
            last_seen: row.get::<_, PgTime>(5).0,
        };
        stored.insert((EntityId { kind, id: row.get(1) }, row.get(2)), sum);
    }
    Ok(stored)
}

fn with_key(columns: Columns<'_, Link>) -> Columns<'_, Link> {
    columns.add(|link| link.id.kind.number()).add(|link| link.id.id).add(|link| link.user_no)
}
