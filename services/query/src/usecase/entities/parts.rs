//! What belongs to one thing: its users, their sessions, and what it is related with.

use innerwall_auth::Permission;
use innerwall_storage::read::entities::{
    self, EntityFilter, EntityOrder, EntityRow, EntitySort, TOTAL_MAX,
};
use innerwall_storage::read::{links, sessions};
use innerwall_storage::standings;

use super::find::{find, linked, with_links};
use super::order::{entity_cursor, entity_position, link_position};
use super::{USERS_LOOKED_AT, USERS_MIN_LIMITS};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::usecase::sessions::{cursor_of, position};
use crate::usecase::{asked, page_limit};
use crate::view::{EntityUser, Page, RelatedEntity, SessionView, UserSummary};

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
