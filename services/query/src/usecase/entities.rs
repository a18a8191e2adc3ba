//! Things that users touch: lists, one thing, and what belongs to it. One room for every kind.

mod find;
mod order;
mod parts;

use innerwall_auth::Permission;
use innerwall_features::EntityKind;
use innerwall_storage::TenantTx;
use innerwall_storage::read::entities::{
    self, EntityFilter, EntityOrder, EntityRow, EntitySort, TOTAL_MAX,
};
use serde::Deserialize;
use utoipa::IntoParams;

use self::find::may_look_up;
pub(super) use self::find::{find, folded, linked};
pub(super) use self::order::link_position;
use self::order::{entity_cursor, entity_position, order};
pub(crate) use self::parts::{related, sessions, users};
use super::{asked, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{EntityView, Page};

/// Users looked at for what is related through them, and for sessions and events of a thing.
pub(super) const USERS_LOOKED_AT: i64 = 200;
const USERS_MIN_LIMITS: (i32, i32) = (1, 1_000);

/// Which things are asked for, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntitiesQuestion {
    /// Beginning of the key.
    pub(crate) q: Option<String>,
    /// Only with this tag, such as `vpn`.
    pub(crate) tag: Option<String>,
    /// ISO 3166, two letters.
    pub(crate) country: Option<String>,
    /// Key or id of the network of addresses, of the domain of e-mail addresses.
    pub(crate) parent: Option<String>,
    /// Seen last at or after, RFC 3339.
    pub(crate) from: Option<String>,
    /// Seen last before, RFC 3339.
    pub(crate) to: Option<String>,
    /// Only things with so many users, 1 to 1000.
    pub(crate) min_users: Option<i32>,
    /// `-last_seen` (default), `last_seen`, `-events`, `events`, `-users`, `users`, `key`, `-key`.
    pub(crate) sort: Option<String>,
    /// 1 to 200, default 50.
    pub(crate) limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter and sort.
    pub(crate) cursor: Option<String>,
}

/// A page of things of a kind.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    kind: &str,
    question: EntitiesQuestion,
) -> Result<Page<EntityView>, Problem> {
    caller.may(Permission::Read)?;
    let kind = asked::kind(kind)?;
    let limit = page_limit(question.limit)?;
    let order = order(question.sort.as_deref())?;
    if order.by == EntitySort::Key {
        may_look_up(caller, kind, "sort")?;
    }
    let after = question.cursor.as_deref().map(|text| entity_position(text, order)).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let mut filter = filter(&tx, caller, kind, question).await?;
    entities::narrow(&tx, &mut filter).await?;
    let total = entities::total(&tx, &filter).await?;
    let place = (after.as_ref(), total.is_none_or(|total| total > TOTAL_MAX));
    let rows = entities::page(&tx, &filter, order, place, limit + 1).await?;
    let cursor = |row: &EntityRow| entity_cursor(&row.position(order), order);
    Ok(caller.show(Page::cut(rows, limit, cursor, EntityView::new).counted(total, TOTAL_MAX)))
}

/// The same things as a stream.
pub(crate) struct EntitiesSource {
    caller: Caller,
    kind: EntityKind,
    order: EntityOrder,
    question: EntitiesQuestion,
}

impl EntitiesSource {
    pub(crate) fn new(
        caller: &Caller,
        kind: &str,
        question: EntitiesQuestion,
    ) -> Result<Self, Problem> {
        let (kind, order) = (asked::kind(kind)?, order(question.sort.as_deref())?);
        if order.by == EntitySort::Key {
            may_look_up(caller, kind, "sort")?;
        }
        Ok(Self { caller: caller.clone(), kind, order, question })
    }
}

impl Source for EntitiesSource {
    type Row = EntityView;
    const NAME: &'static str = "entities";

    async fn chunk(
        &self,
        _: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<EntityView>, Problem> {
        let after = after.map(|text| entity_position(text, self.order)).transpose()?;
        let filter = filter(tx, &self.caller, self.kind, self.question.clone()).await?;
        let place = (after.as_ref(), true);
        let rows = entities::page(tx, &filter, self.order, place, limit).await?;
        let placed = |row: EntityRow| {
            (entity_cursor(&row.position(self.order), self.order), EntityView::new(row))
        };
        Ok(Chunk::read(rows.into_iter().map(placed).collect(), limit))
    }
}

/// The filter of a list.
async fn filter(
    tx: &TenantTx<'_>,
    caller: &Caller,
    kind: EntityKind,
    question: EntitiesQuestion,
) -> Result<EntityFilter, Problem> {
    let prefix = asked::text("q", question.q)?;
    if prefix.is_some() {
        may_look_up(caller, kind, "q")?;
    }
    let parent = match question.parent.as_deref() {
        Some(key) => {
            let of = kind.parent().ok_or_else(|| {
                Problem::parameter("parent", &format!("{} belong to nothing", kind.plural()))
            })?;
            Some(find(tx, caller, of, key).await?.id)
        }
        None => None,
    };
    Ok(EntityFilter {
        kind,
        prefix: prefix.map(|prefix| folded(kind, &prefix)),
        tag: asked::text("tag", question.tag)?,
        ids: None,
        country: asked::country(question.country.as_deref())?,
        parent,
        from: asked::time("from", question.from.as_deref())?,
        to: asked::time("to", question.to.as_deref())?,
        users_min: asked::number("min_users", question.min_users, USERS_MIN_LIMITS)?,
    })
}

/// One thing, by key or id.
pub(crate) async fn one(
    app: &App,
    caller: &Caller,
    kind: &str,
    key: &str,
) -> Result<EntityView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let row = find(&tx, caller, asked::kind(kind)?, key).await?;
    Ok(caller.show(EntityView::new(row)))
}
