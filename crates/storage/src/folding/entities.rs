//! The things themselves.

use std::collections::{HashMap, HashSet};

use innerwall_event::Timestamp;
use innerwall_features::changes::{Changes, EntitySum, Nature, newest};
use innerwall_features::{Country, EntityId, EntityKind, OTHER_KEY, Tags};

use super::links::{FreshLinks, LINKED_USERS_MAX};
use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Kinds whose things anyone can invent without end, and how many of each a tenant keeps.
const LIMITED: [(EntityKind, usize); 3] =
    [(EntityKind::UserAgent, 50_000), (EntityKind::Resource, 20_000), (EntityKind::Field, 20_000)];
/// Separates tags in a parameter; it occurs in none of them.
const SEPARATOR: &str = ",";

pub(crate) const LOAD: &str = "
    SELECT found.kind, found.entity_id, parent_id, events, edits, alerts, first_seen, last_seen,
        users, label, country, tags
    FROM unnest($2::smallint[], $3::bigint[]) AS wanted(kind, entity_id)
    CROSS JOIN LATERAL (
        SELECT * FROM entities WHERE tenant_id = $1 AND kind = wanted.kind
            AND entity_id = wanted.entity_id) AS found";
pub(crate) const COUNT: &str = "
    SELECT count(*) FROM (
        SELECT 1 FROM entities WHERE tenant_id = $1 AND kind = $2 LIMIT $3) AS few";
pub(crate) const PUT: &str = "
    INSERT INTO entities (tenant_id, kind, entity_id, parent_id, events, edits, alerts, first_seen,
        last_seen, users, key, label, country, tags)
    SELECT $1, kind, entity_id, parent_id, events, edits, alerts, first_seen, last_seen, users, key,
        label, country, string_to_array(tags, ',')
    FROM unnest($2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
                $7::bigint[], $8::timestamptz[], $9::timestamptz[], $10::int[], $11::text[],
                $12::text[], $13::text[], $14::text[])
        AS new(kind, entity_id, parent_id, events, edits, alerts, first_seen, last_seen, users, key,
               label, country, tags)
    ON CONFLICT (tenant_id, kind, entity_id) DO UPDATE SET
        parent_id = EXCLUDED.parent_id, events = EXCLUDED.events, edits = EXCLUDED.edits,
        alerts = EXCLUDED.alerts, first_seen = EXCLUDED.first_seen, last_seen = EXCLUDED.last_seen,
        users = EXCLUDED.users, label = EXCLUDED.label, country = EXCLUDED.country,
        tags = EXCLUDED.tags";

/// A thing as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) users: i32,
    events: i64,
    edits: i64,
    alerts: i64,
    first_seen: Timestamp,
    last_seen: Timestamp,
    nature: Nature,
}

pub(super) type Known = HashMap<EntityId, Stored>;

/// When things were first seen: before these changes, and with them.
pub(super) type FirstSeen = Vec<(EntityId, Option<Timestamp>, Timestamp)>;

/// Reads the things that changes are about.
pub(super) async fn load(tx: &TenantTx<'_>, changes: &Changes) -> Result<Known, StorageError> {
    let mut wanted: Vec<EntityId> = changes.entities.keys().copied().collect();
    wanted.extend(LIMITED.map(|(kind, _)| EntityId::of(kind, OTHER_KEY)));
    let columns = Columns::of(&wanted).add(|id| id.kind.number()).add(|id| id.id);
    let rows = tx.query(LOAD, &columns.after(&[&tx.tenant().0])).await?;
    let mut known = HashMap::with_capacity(rows.len());
    for row in rows {
        let Some(kind) = EntityKind::from_number(row.get(0)) else { continue };
        let country: Option<&str> = row.get(10);
        let tags: Vec<&str> = row.get(11);
        let nature = Nature {
            label: row.get(9),
            parent: row.get(2),
            country: country.and_then(Country::parse).map_or(0, Country::number),
            tags: Tags::of_names(tags),
        };
        let stored = Stored {
            users: row.get(8),
            events: row.get(3),
            edits: row.get(4),
            alerts: row.get(5),
            first_seen: row.get::<_, PgTime>(6).0,
            last_seen: row.get::<_, PgTime>(7).0,
            nature,
        };
        known.insert(EntityId { kind, id: row.get(1) }, stored);
    }
    Ok(known)
}

/// Beyond the limit of a kind, what is new is counted together.
pub(super) async fn limit(
    tx: &TenantTx<'_>,
    known: &Known,
    changes: &mut Changes,
) -> Result<(), StorageError> {
    for (kind, most) in LIMITED {
        let is_new = |id: &&EntityId| id.kind == kind && !known.contains_key(id);
        let new: Vec<EntityId> = changes.entities.keys().filter(is_new).copied().collect();
        if new.is_empty() {
            continue;
        }
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = tx.query(COUNT, &[&tx.tenant().0, &kind.number(), &limit]).await?;
        let there = rows.first().map_or(0, |row| row.get::<_, i64>(0));
        let room = most.saturating_sub(usize::try_from(there).unwrap_or(most));
        count_together(changes, kind, &new[room.min(new.len())..]);
    }
    Ok(())
}

fn count_together(changes: &mut Changes, kind: EntityKind, surplus: &[EntityId]) {
    let mut renamed = HashSet::new();
    for id in surplus {
        let Some(sum) = changes.entities.remove(id) else { continue };
        renamed.insert(id.id);
        let sum = EntitySum { key: OTHER_KEY.to_owned(), nature: Nature::default(), ..sum };
        let mut other = Changes::default();
        other.entities.insert(EntityId::of(kind, OTHER_KEY), sum);
        changes.merge(other);
    }
    if kind == EntityKind::Field {
        let other = EntityId::of(kind, OTHER_KEY).id;
        let edits = changes.fields.values_mut().filter(|edit| renamed.contains(&edit.field));
        for edit in edits {
            edit.field = other;
        }
    }
}

/// Writes the things as they are with the changes.
pub(super) async fn put(
    tx: &TenantTx<'_>,
    changes: &Changes,
    known: &mut Known,
    fresh_links: &FreshLinks,
) -> Result<FirstSeen, StorageError> {
    let mut first_seen = FirstSeen::with_capacity(changes.entities.len());
    let mut rows = Vec::with_capacity(changes.entities.len());
    for (id, sum) in &changes.entities {
        let before = known.remove(id);
        let was_first_seen = before.as_ref().map(|stored| stored.first_seen);
        let stored = with(before, sum, fresh_links.get(id).copied().unwrap_or_default());
        first_seen.push((*id, was_first_seen, stored.first_seen));
        rows.push((*id, sum.key.as_str(), stored));
    }
    let columns = Columns::of(&rows)
        .add(|(id, ..)| id.kind.number())
        .add(|(id, ..)| id.id)
        .add(|(.., stored)| stored.nature.parent)
        .add(|(.., stored)| stored.events)
        .add(|(.., stored)| stored.edits)
        .add(|(.., stored)| stored.alerts)
        .add(|(.., stored)| PgTime(stored.first_seen))
        .add(|(.., stored)| PgTime(stored.last_seen))
        .add(|(.., stored)| stored.users)
        .add(|(_, key, _)| *key)
        .add(|(.., stored)| stored.nature.label.as_deref())
        .add(|(.., stored)| Country::from_number(stored.nature.country).map(|it| it.to_string()))
        .add(|(.., stored)| stored.nature.tags.names().join(SEPARATOR));
    tx.execute(PUT, &columns.after(&[&tx.tenant().0])).await?;
    Ok(first_seen)
}

/// A thing with what changes add to it.
fn with(before: Option<Stored>, sum: &EntitySum, fresh_links: i32) -> Stored {
    let total = sum.total();
    let new = Stored {
        users: fresh_links,
        events: total.events().into(),
        edits: total.editing.into(),
        alerts: total.alert.into(),
        first_seen: sum.first_seen,
        last_seen: sum.last_seen,
        nature: sum.nature.clone(),
    };
    let Some(before) = before else { return new };
    let (last_seen, nature) =
        newest((before.last_seen, before.nature), (new.last_seen, new.nature));
    Stored {
        users: before.users + new.users,
        events: before.events + new.events,
        edits: before.edits + new.edits,
        alerts: before.alerts + new.alerts,
        first_seen: before.first_seen.min(new.first_seen),
        last_seen,
        nature,
    }
}

/// How many more users may be linked with a thing.
pub(super) fn room_for_links(kind: EntityKind, known: Option<&Stored>) -> usize {
    let users = usize::try_from(known.map_or(0, |stored| stored.users)).unwrap_or_default();
    match kind {
        EntityKind::Network
        | EntityKind::Country
        | EntityKind::Resource
        | EntityKind::EmailDomain
        | EntityKind::Field => LINKED_USERS_MAX.saturating_sub(users),
        EntityKind::Address
        | EntityKind::Device
        | EntityKind::UserAgent
        | EntityKind::Email
        | EntityKind::Phone
        | EntityKind::Payment => usize::MAX,
    }
}
