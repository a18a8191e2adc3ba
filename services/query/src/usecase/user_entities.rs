//! What one user touches.

use innerwall_auth::Permission;
use innerwall_storage::read::links;

use super::entities::link_position;
use super::sessions::user_no;
use super::{asked, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::view::{EntityView, Page, UserEntity};

/// A page of the things of a kind that a user was seen with, the one seen last first.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    (user_id, kind): (&str, &str),
    (limit, cursor): (Option<i64>, Option<&str>),
) -> Result<Page<UserEntity>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let kind = asked::kind(kind)?;
    let after = cursor.map(link_position).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let user_no = user_no(&tx, user_id).await?;
    let rows = links::of_user(&tx, (user_no, kind), after, limit + 1).await?;
    let page = Page::cut(
        rows,
        limit,
        |(entity, link)| cursor::of(&[link.last_seen.as_micros(), entity.id]),
        |(entity, link)| UserEntity { entity: EntityView::new(entity), link: link.into() },
    );
    Ok(caller.show(page))
}
