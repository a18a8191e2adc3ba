//! Lists of things that users touch, and one thing.

use innerwall_event::Timestamp;
use innerwall_features::EntityKind;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Totals are counted up to this.
pub const TOTAL_MAX: i64 = 10_000;
/// A tag on more things than this is found by reading them in order.
const TAGGED_MAX: i32 = 2_000;

macro_rules! entity_columns {
    () => {
        "e.kind, e.entity_id, e.key, e.label, e.country, e.tags, e.events, e.edits, e.alerts,
         e.users, e.first_seen, e.last_seen, e.parent_id, p.key, p.label"
    };
}
pub(super) use entity_columns;

/// How many columns those are.
pub(super) const COLUMNS: usize = 15;

macro_rules! with_parents {
    () => {
        "LEFT JOIN entities AS p ON p.tenant_id = $1 AND p.entity_id = e.parent_id
            AND p.kind = CASE e.kind WHEN 1 THEN 2 WHEN 8 THEN 7 END"
    };
}
pub(super) use with_parents;

macro_rules! chosen {
    () => {
        "e.tenant_id = $1 AND e.kind = $2
         AND ($3::text IS NULL OR (e.key >= $3 AND e.key < $3 || chr(1114111)))
         AND ($4::text IS NULL OR e.country = $4)
         AND ($5::bigint IS NULL OR e.parent_id = $5)
         AND ($6::text IS NULL OR e.tags @> ARRAY[$6])
         AND ($7::bigint[] IS NULL OR e.entity_id = ANY($7))
         AND ($8::timestamptz IS NULL OR e.last_seen >= $8)
         AND ($9::timestamptz IS NULL OR e.last_seen < $9)
         AND ($10::int IS NULL OR e.users >= $10) "
    };
}

macro_rules! page_of_entities {
    ($position:literal) => {
        concat!(
            "SELECT ",
            entity_columns!(),
            " FROM entities AS e ",
            with_parents!(),
            " WHERE ",
            chosen!(),
            $position,
            " LIMIT $11"
        )
    };
}

pub(crate) const BY_LAST_SEEN: &str = page_of_entities!(
    "AND ($12::timestamptz IS NULL OR (e.last_seen, e.entity_id) > ($12, $13::bigint))
     ORDER BY e.last_seen, e.entity_id"
);
pub(crate) const BY_LAST_SEEN_DOWN: &str = page_of_entities!(
    "AND ($12::timestamptz IS NULL OR (e.last_seen, e.entity_id) < ($12, $13::bigint))
     ORDER BY e.last_seen DESC, e.entity_id DESC"
);
pub(crate) const BY_EVENTS: &str = page_of_entities!(
    "AND ($12::bigint IS NULL OR (e.events, e.entity_id) > ($12, $13::bigint))
     ORDER BY e.events, e.entity_id"
);
pub(crate) const BY_EVENTS_DOWN: &str = page_of_entities!(
    "AND ($12::bigint IS NULL OR (e.events, e.entity_id) < ($12, $13::bigint))
     ORDER BY e.events DESC, e.entity_id DESC"
);
pub(crate) const BY_USERS: &str = page_of_entities!(
    "AND ($12::bigint IS NULL OR (e.users, e.entity_id) > ($12::int, $13::bigint))
     ORDER BY e.users, e.entity_id"
);
pub(crate) const BY_USERS_DOWN: &str = page_of_entities!(
    "AND ($12::bigint IS NULL OR (e.users, e.entity_id) < ($12::int, $13::bigint))
     ORDER BY e.users DESC, e.entity_id DESC"
);
pub(crate) const BY_KEY: &str = page_of_entities!(
    "AND ($12::text IS NULL OR (e.key, e.entity_id) > ($12, $13::bigint))
     ORDER BY e.key, e.entity_id"
);
pub(crate) const BY_KEY_DOWN: &str = page_of_entities!(
    "AND ($12::text IS NULL OR (e.key, e.entity_id) < ($12, $13::bigint))
     ORDER BY e.key DESC, e.entity_id DESC"
);
pub(crate) const TOTAL: &str = concat!(
    "SELECT count(*) FROM (SELECT 1 FROM entities AS e WHERE ",
    chosen!(),
    " LIMIT $11) AS counted"
);
pub(crate) const TAGGED: &str = "SELECT array_agg(id) FROM entities_tagged($1, $2, $3) AS id";
pub(crate) const ONE: &str = concat!(
    "SELECT ",
    entity_columns!(),
    " FROM entities AS e ",
    with_parents!(),
    " WHERE e.tenant_id = $1 AND e.kind = $2 AND ($3::bigint IS NULL OR e.entity_id = $3)
        AND ($4::text IS NULL OR e.key = $4) LIMIT 1"
);
pub(crate) const BY_IDS: &str = concat!(
    "SELECT ",
    entity_columns!(),
    " FROM unnest($2::smallint[], $3::bigint[]) AS wanted(kind, id)
      JOIN entities AS e ON e.tenant_id = $1 AND e.kind = wanted.kind AND e.entity_id = wanted.id ",
    with_parents!()
);

/// By what a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EntitySort {
    #[default]
    LastSeen,
    Events,
    Users,
    Key,
}

/// How a list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityOrder {
    pub by: EntitySort,
    /// The greatest first.
    pub is_down: bool,
}

/// Which things of a kind a list holds.
#[derive(Clone, Debug)]
pub struct EntityFilter {
    pub kind: EntityKind,
    /// Beginning of the key.
    pub prefix: Option<String>,
    pub tag: Option<String>,
    /// Only these, by their ids.
    pub ids: Option<Vec<i64>>,
    pub country: Option<String>,
    /// Id of what they belong to.
    pub parent: Option<i64>,
    /// Seen last at or after.
    pub from: Option<Timestamp>,
    /// Seen last before.
    pub to: Option<Timestamp>,
    pub users_min: Option<i32>,
}

impl EntityFilter {
    /// All things of a kind.
    pub const fn of(kind: EntityKind) -> Self {
        Self {
            kind,
            prefix: None,
            tag: None,
            ids: None,
            country: None,
            parent: None,
            from: None,
            to: None,
            users_min: None,
        }
    }
}

/// Where a page ended: what the list is ordered by, and the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityPosition {
    /// Time in microseconds or a count; unused where the list is ordered by key.
    pub number: i64,
    pub key: String,
    pub id: i64,
}

/// A thing that users touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRow {
    pub kind: EntityKind,
    pub id: i64,
    pub key: String,
    /// In words, where the key is none.
    pub label: Option<String>,
    pub country: Option<String>,
    pub tags: Vec<String>,
    pub events: i64,
    pub edits: i64,
    pub alerts: i64,
    /// Exact up to 1,000.
    pub users: i32,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// Id, key and label of what it belongs to.
    pub parent: Option<(i64, String, Option<String>)>,
}

impl EntityRow {
    /// The position just after this row.
    pub fn position(&self, order: EntityOrder) -> EntityPosition {
        let number = match order.by {
            EntitySort::LastSeen => self.last_seen.as_micros(),
            EntitySort::Events => self.events,
            EntitySort::Users => self.users.into(),
            EntitySort::Key => 0,
        };
        EntityPosition { number, key: self.key.clone(), id: self.id }
    }
}

/// A page of things of a kind. More than [`TOTAL_MAX`] in all are read in their order: then those
/// of a page are found soon.
pub async fn page(
    tx: &TenantTx<'_>,
    filter: &EntityFilter,
    order: EntityOrder,
    (after, is_dense): (Option<&EntityPosition>, bool),
    limit: i64,
) -> Result<Vec<EntityRow>, StorageError> {
    tx.read_in_order(is_dense).await?;
    let statement = match (order.by, order.is_down) {
        (EntitySort::LastSeen, false) => BY_LAST_SEEN,
        (EntitySort::LastSeen, true) => BY_LAST_SEEN_DOWN,
        (EntitySort::Events, false) => BY_EVENTS,
        (EntitySort::Events, true) => BY_EVENTS_DOWN,
        (EntitySort::Users, false) => BY_USERS,
        (EntitySort::Users, true) => BY_USERS_DOWN,
        (EntitySort::Key, false) => BY_KEY,
        (EntitySort::Key, true) => BY_KEY_DOWN,
    };
    let id = after.map(|at| at.id);
    let number = after.map(|at| at.number);
    let time = number.map(|micros| PgTime(Timestamp::from_micros(micros)));
    let key = after.map(|at| at.key.as_str());
    let position: [&(dyn ToSql + Sync); 2] = match order.by {
        EntitySort::LastSeen => [&time, &id],
        EntitySort::Events | EntitySort::Users => [&number, &id],
        EntitySort::Key => [&key, &id],
    };
    let rows = chosen(tx, statement, filter, limit, &position).await?;
    Ok(rows.iter().map(|row| row_of(row, 0)).collect())
}

/// How many things a list holds; at most one more than [`TOTAL_MAX`]. `None` for a tag that many
/// have: counting would read them all.
pub async fn total(tx: &TenantTx<'_>, filter: &EntityFilter) -> Result<Option<i64>, StorageError> {
    if filter.tag.is_some() {
        return Ok(None);
    }
    let rows = chosen(tx, TOTAL, filter, TOTAL_MAX + 1, &[]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

async fn chosen(
    tx: &TenantTx<'_>,
    statement: &'static str,
    filter: &EntityFilter,
    limit: i64,
    position: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, StorageError> {
    let (from, to) = (filter.from.map(PgTime), filter.to.map(PgTime));
    let (tenant, number) = (tx.tenant().0, filter.kind.number());
    let shared: [&(dyn ToSql + Sync); 11] = [
        &tenant,
        &number,
        &filter.prefix,
        &filter.country,
        &filter.parent,
        &filter.tag,
        &filter.ids,
        &from,
        &to,
        &filter.users_min,
        &limit,
    ];
    tx.query(statement, &[&shared, position].concat()).await
}

/// Puts ids in the place of a tag that few things have; any other is looked for in order.
pub async fn narrow(tx: &TenantTx<'_>, filter: &mut EntityFilter) -> Result<(), StorageError> {
    let Some(tag) = &filter.tag else { return Ok(()) };
    let rows = tx.query(TAGGED, &[&filter.kind.number(), &tag, &(TAGGED_MAX + 1)]).await?;
    let ids: Option<Vec<i64>> = rows.first().and_then(|row| row.get(0));
    let ids = ids.unwrap_or_default();
    if i32::try_from(ids.len()).is_ok_and(|found| found <= TAGGED_MAX) {
        filter.tag = None;
        filter.ids = Some(ids);
    }
    Ok(())
}

/// One thing, by its key.
pub async fn by_key(
    tx: &TenantTx<'_>,
    kind: EntityKind,
    key: &str,
) -> Result<Option<EntityRow>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &kind.number(), &None::<i64>, &key]).await?;
    Ok(rows.first().map(|row| row_of(row, 0)))
}

/// One thing, by its id.
pub async fn by_id(
    tx: &TenantTx<'_>,
    kind: EntityKind,
    id: i64,
) -> Result<Option<EntityRow>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &kind.number(), &id, &None::<&str>]).await?;
    Ok(rows.first().map(|row| row_of(row, 0)))
}

/// Things by kind and id, in no order.
pub async fn by_ids(
    tx: &TenantTx<'_>,
    ids: &[(EntityKind, i64)],
) -> Result<Vec<EntityRow>, StorageError> {
    let kinds: Vec<i16> = ids.iter().map(|(kind, _)| kind.number()).collect();
    let ids: Vec<i64> = ids.iter().map(|(_, id)| *id).collect();
    let rows = tx.query(BY_IDS, &[&tx.tenant().0, &kinds, &ids]).await?;
    Ok(rows.iter().map(|row| row_of(row, 0)).collect())
}

/// Reads the columns of a thing, from one on.
pub(super) fn row_of(row: &Row, at: usize) -> EntityRow {
    let time = |index: usize| row.get::<_, PgTime>(at + index).0;
    let parent_key: Option<String> = row.get(at + 13);
    let parent_id: Option<i64> = row.get(at + 12);
    EntityRow {
        // The database holds no other kinds: the fold that writes them knows the same.
        kind: EntityKind::from_number(row.get(at)).unwrap_or(EntityKind::Address),
        id: row.get(at + 1),
        key: row.get(at + 2),
        label: row.get(at + 3),
        country: row.get(at + 4),
        tags: row.get(at + 5),
        events: row.get(at + 6),
        edits: row.get(at + 7),
        alerts: row.get(at + 8),
        users: row.get(at + 9),
        first_seen: time(10),
        last_seen: time(11),
        parent: parent_id.zip(parent_key).map(|(id, key)| (id, key, row.get(at + 14))),
    }
}
