//! Things that users touch: lists, one thing, and what belongs to it. One room for every kind.

use std::net::IpAddr;

use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_features::EntityKind;
use innerwall_storage::read::entities::{
    self, EntityFilter, EntityOrder, EntityPosition, EntityRow, EntitySort, TOTAL_MAX,
};
use innerwall_storage::read::{links, sessions};
use innerwall_storage::{TenantTx, standings};
use serde::Deserialize;
use utoipa::IntoParams;

use super::sessions::{cursor_of, position};
use super::{asked, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{EntityUser, EntityView, Page, RelatedEntity, SessionView, UserSummary};

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

/// A page of the users seen with a thing, the one seen last first.
pub(crate) async fn users(
    app: &App,
    caller: &Caller,
    (kind, key): (&str, &str),
    (limit, cursor): (Option<i64>, Option<&str>),
) -> Result<Page<EntityUser>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let after = cursor.map(link_position).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let thing = linked(&tx, caller, kind, key).await?;
    let book = app.books.for_names(&tx).await?;
    let rows = links::users(&tx, (thing.kind, thing.id), after, limit + 1).await?;
    let ids: Vec<&str> = rows.iter().map(|(user, _)| user.user_id.as_str()).collect();
    let standings = standings::of_users(&tx, &ids).await?;
    let page = Page::cut(
        rows,
        limit,
        |(user, link)| cursor::of(&[link.last_seen.as_micros(), user.user_no]),
        |(user, link)| {
            let standing = standings.get(&user.user_id);
            EntityUser { user: UserSummary::new(&user, &book.rules, standing), link: link.into() }
        },
    );
    Ok(caller.show(page.counted(Some(thing.users.into()), i64::from(USERS_MIN_LIMITS.1) - 1)))
}

/// A page of the sessions of users while they were seen with a thing, the newest first. Looks at
/// the users seen last.
pub(crate) async fn sessions(
    app: &App,
    caller: &Caller,
    (kind, key): (&str, &str),
    (limit, cursor): (Option<i64>, Option<&str>),
) -> Result<Page<SessionView>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let after = cursor.map(position).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let thing = linked(&tx, caller, kind, key).await?;
    let spans = links::spans(&tx, (thing.kind, thing.id), USERS_LOOKED_AT).await?;
    let rows = sessions::of_spans(&tx, &spans, after, limit + 1).await?;
    let mut page = Page::cut(rows, limit, cursor_of, SessionView::new);
    page.complete = i64::from(thing.users) <= USERS_LOOKED_AT;
    Ok(caller.show(page))
}

/// Things of a kind that belong to a thing or share its users. What belongs to it comes as a list
/// in pages; what shares users as one page, the most shared first.
pub(crate) async fn related(
    app: &App,
    caller: &Caller,
    (kind, key): (&str, &str),
    related: &str,
    (limit, cursor): (Option<i64>, Option<&str>),
) -> Result<Page<RelatedEntity>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let related = asked::kind(related)?;
    let order = EntityOrder { by: EntitySort::LastSeen, is_down: true };
    let after = cursor.map(|text| entity_position(text, order)).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let thing = find(&tx, caller, asked::kind(kind)?, key).await?;
    if related.parent() == Some(thing.kind) {
        let filter = EntityFilter { parent: Some(thing.id), ..EntityFilter::of(related) };
        let total = entities::total(&tx, &filter).await?;
        let place = (after.as_ref(), false);
        let rows = entities::page(&tx, &filter, order, place, limit + 1).await?;
        let cursor = |row: &EntityRow| entity_cursor(&row.position(order), order);
        let page = Page::cut(rows, limit, cursor, RelatedEntity::family);
        return Ok(caller.show(page.counted(total, TOTAL_MAX)));
    }
    if thing.kind.parent() == Some(related) {
        let row = match thing.parent {
            Some((id, ..)) => entities::by_id(&tx, related, id).await?,
            None => None,
        };
        let rows = row.into_iter().collect();
        return Ok(caller.show(Page::cut(rows, limit, |_| String::new(), RelatedEntity::family)));
    }
    with_links(thing.kind)?;
    with_links(related)?;
    let of = (thing.kind, thing.id);
    let rows = links::shared(&tx, of, USERS_LOOKED_AT, related, limit).await?;
    let mut page = Page::cut(rows, limit, |_| String::new(), RelatedEntity::shared);
    page.complete = i64::from(thing.users) <= USERS_LOOKED_AT;
    Ok(caller.show(page))
}

/// Finds a thing that users are linked with.
pub(super) async fn linked(
    tx: &TenantTx<'_>,
    caller: &Caller,
    kind: &str,
    key: &str,
) -> Result<EntityRow, Problem> {
    let kind = asked::kind(kind)?;
    with_links(kind)?;
    find(tx, caller, kind, key).await
}

fn with_links(kind: EntityKind) -> Result<(), Problem> {
    if kind.has_links() {
        return Ok(());
    }
    Err(Problem::parameter("kind", &format!("{} are not linked with users", kind.plural())))
}

/// Finds a thing by its key, or by `~` and its id.
pub(super) async fn find(
    tx: &TenantTx<'_>,
    caller: &Caller,
    kind: EntityKind,
    key: &str,
) -> Result<EntityRow, Problem> {
    let id = key.strip_prefix('~').filter(|hex| hex.len() == 16);
    let id = id.and_then(|hex| u64::from_str_radix(hex, 16).ok());
    let found = if let Some(id) = id {
        entities::by_id(tx, kind, id.cast_signed()).await?
    } else {
        may_look_up(caller, kind, "key")?;
        let key = asked::text("key", Some(key.to_owned()))?.unwrap_or_default();
        entities::by_key(tx, kind, &folded(kind, &key)).await?
    };
    found.ok_or_else(|| Problem::NotFound { what: format!("{key} among {}", kind.plural()) })
}

fn may_look_up(caller: &Caller, kind: EntityKind, field: &'static str) -> Result<(), Problem> {
    if kind.is_personal() { caller.may_look_up(field) } else { Ok(()) }
}

/// A key, or its beginning, in the form it is kept in.
pub(super) fn folded(kind: EntityKind, key: &str) -> String {
    match kind {
        EntityKind::Address => {
            key.parse::<IpAddr>().map_or_else(|_| key.to_lowercase(), |ip| ip.to_string())
        }
        EntityKind::Network => {
            let digits = key.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
            digits.to_owned()
        }
        EntityKind::Country => key.to_uppercase(),
        EntityKind::Email | EntityKind::EmailDomain => key.to_lowercase(),
        EntityKind::Device
        | EntityKind::UserAgent
        | EntityKind::Resource
        | EntityKind::Phone
        | EntityKind::Field
        | EntityKind::Payment => key.to_owned(),
    }
}

fn order(sort: Option<&str>) -> Result<EntityOrder, Problem> {
    let sort = sort.unwrap_or("-last_seen");
    let (name, is_down) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
    let by = match name {
        "last_seen" => EntitySort::LastSeen,
        "events" => EntitySort::Events,
        "users" => EntitySort::Users,
        "key" => EntitySort::Key,
        _ => {
            let known = "last_seen, events, users or key, with or without - before it";
            return Err(Problem::parameter("sort", &format!("{sort} is not {known}")));
        }
    };
    Ok(EntityOrder { by, is_down })
}

fn entity_cursor(position: &EntityPosition, order: EntityOrder) -> String {
    if order.by == EntitySort::Key {
        return cursor::of_text(&[position.id], &position.key);
    }
    cursor::of(&[position.number, position.id])
}

fn entity_position(text: &str, order: EntityOrder) -> Result<EntityPosition, Problem> {
    if order.by == EntitySort::Key {
        let ([id], key) = cursor::with_text(text)?;
        return Ok(EntityPosition { number: 0, key, id });
    }
    let [number, id] = cursor::numbers(text)?;
    match order.by {
        EntitySort::LastSeen => drop(cursor::moment(number)?),
        EntitySort::Users => drop(cursor::narrow::<i32>(number)?),
        EntitySort::Events | EntitySort::Key => {}
    }
    Ok(EntityPosition { number, key: String::new(), id })
}

/// Where a page of links ended: a time and an id.
pub(super) fn link_position(text: &str) -> Result<(Timestamp, i64), Problem> {
    let [micros, id] = cursor::numbers(text)?;
    Ok((cursor::moment(micros)?, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_however_they_are_written() {
        for (kind, sent, kept) in [
            (EntityKind::Address, "2001:DB8:0::1", "2001:db8::1"),
            (EntityKind::Address, "203.0.", "203.0."),
            (EntityKind::Network, "AS64496", "64496"),
            (EntityKind::Country, "de", "DE"),
            (EntityKind::Email, "Anna@Shop.Example", "anna@shop.example"),
            (EntityKind::Resource, "/A", "/A"),
        ] {
            assert_eq!(folded(kind, sent), kept);
        }
    }

    #[test]
    fn every_sort_has_two_directions_and_cursors_of_its_own() {
        for name in ["last_seen", "events", "users", "key"] {
            let up = order(Some(name)).unwrap();
            let down = order(Some(&format!("-{name}"))).unwrap();
            assert_eq!((up.by, up.is_down, down.is_down), (down.by, false, true));
            let key = if name == "key" { "k" } else { "" };
            let number = if name == "key" { 0 } else { 7 };
            let position = EntityPosition { number, key: key.to_owned(), id: -3 };
            assert_eq!(entity_position(&entity_cursor(&position, up), up), Ok(position));
        }
        assert!(order(Some("first_seen")).is_err());
    }
}
