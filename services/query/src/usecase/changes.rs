//! Changes of fields, and of scores.

use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_features::EntityKind;
use innerwall_storage::TenantTx;
use innerwall_storage::read::changes::{self, ChangeFilter, ChangePosition, ChangeRow};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::entities::find;
use super::sessions::user_no;
use super::{asked, page_limit};
use crate::app::{App, now};
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{FieldChangeView, Page, ScoreChangeView};

const DAY_S: i64 = 86_400;
/// Events of a user looked at for changes of the score.
const SCORED_EVENTS_MAX: i64 = 1_000;

/// Which changes of fields are asked for, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangesQuestion {
    /// Key or id of the field.
    pub(crate) field: Option<String>,
    /// As the producer names the user.
    pub(crate) user_id: Option<String>,
    /// At or after, RFC 3339.
    pub(crate) from: Option<String>,
    /// Before, RFC 3339.
    pub(crate) to: Option<String>,
    /// 1 to 200, default 50.
    pub(crate) limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    pub(crate) cursor: Option<String>,
}

/// A page of changes of fields, the newest first.
pub(crate) async fn fields(
    app: &App,
    caller: &Caller,
    question: ChangesQuestion,
) -> Result<Page<FieldChangeView>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(question.limit)?;
    let after = question.cursor.as_deref().map(position).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let filter = filter(&tx, caller, &question).await?;
    let rows = changes::fields(&tx, &filter, after, limit + 1).await?;
    Ok(caller.show(Page::cut(rows, limit, cursor_of, FieldChangeView::new)))
}

/// The same changes as a stream.
pub(crate) struct ChangesSource {
    caller: Caller,
    question: ChangesQuestion,
}

impl ChangesSource {
    pub(crate) fn new(caller: &Caller, question: ChangesQuestion) -> Self {
        Self { caller: caller.clone(), question }
    }
}

impl Source for ChangesSource {
    type Row = FieldChangeView;
    const NAME: &'static str = "field-changes";

    async fn chunk(
        &self,
        _app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<FieldChangeView>, Problem> {
        let after = after.map(position).transpose()?;
        let filter = filter(tx, &self.caller, &self.question).await?;
        let rows = changes::fields(tx, &filter, after, limit).await?;
        let placed = |row: ChangeRow| (cursor_of(&row), FieldChangeView::new(row));
        Ok(Chunk::read(rows.into_iter().map(placed).collect(), limit))
    }
}

async fn filter(
    tx: &TenantTx<'_>,
    caller: &Caller,
    question: &ChangesQuestion,
) -> Result<ChangeFilter, Problem> {
    let field = match question.field.as_deref() {
        Some(key) => Some(find(tx, caller, EntityKind::Field, key).await?.id),
        None => None,
    };
    let user_no = match question.user_id.as_deref() {
        Some(user_id) => Some(user_no(tx, user_id).await?),
        None => None,
    };
    Ok(ChangeFilter {
        from: asked::time("from", question.from.as_deref())?.unwrap_or_default(),
        // Producers may be ahead of our clock by a day.
        to: asked::time("to", question.to.as_deref())?
            .unwrap_or_else(|| now().plus_seconds(2 * DAY_S)),
        field,
        user_no,
    })
}

/// How the score of a user came about, the newest change first.
pub(crate) async fn scores(
    app: &App,
    caller: &Caller,
    user_id: &str,
    limit: Option<i64>,
) -> Result<Page<ScoreChangeView>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let user_no = user_no(&tx, user_id).await?;
    let rows = changes::scores(&tx, user_no, SCORED_EVENTS_MAX, limit + 1).await?;
    let book = app.books.for_names(&tx).await?;
    let mut page =
        Page::cut(rows, limit, |_| String::new(), |row| ScoreChangeView::new(&row, &book.rules));
    // Older changes are not kept apart from the events that brought them.
    page.complete = page.next_cursor.take().is_none();
    Ok(caller.show(page))
}

fn cursor_of(row: &ChangeRow) -> String {
    let numbers = [row.event_time.as_micros(), row.place.into()];
    cursor::of_text(&numbers, &row.event_id.simple().to_string())
}

fn position(text: &str) -> Result<ChangePosition, Problem> {
    let ([time, place], id) = cursor::with_text(text)?;
    let event_time: Timestamp = cursor::moment(time)?;
    let wrong = |_| Problem::parameter("cursor", "not a cursor of this list");
    let event_id = Uuid::try_parse(&id).map_err(wrong)?;
    Ok(ChangePosition { event_time, event_id, place: cursor::narrow(place)? })
}
