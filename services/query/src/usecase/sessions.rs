//! Sessions of users.

use innerwall_auth::Permission;
use innerwall_storage::TenantTx;
use innerwall_storage::read::sessions::{self, SessionFilter, SessionPosition, SessionRow};
use innerwall_storage::read::users;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{asked, page_limit};
use crate::app::{App, now};
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{Page, SessionView};

const DAY_S: i64 = 86_400;

/// Which sessions are asked for, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionsQuestion {
    /// Started at or after, RFC 3339.
    pub(crate) from: Option<String>,
    /// Started before, RFC 3339.
    pub(crate) to: Option<String>,
    /// As the producer names the user.
    pub(crate) user_id: Option<String>,
    /// The first address.
    pub(crate) ip: Option<String>,
    /// ISO 3166, two letters.
    pub(crate) country: Option<String>,
    /// Only sessions with events that call for attention.
    #[serde(default)]
    pub(crate) has_alerts: bool,
    /// Only sessions whose address or device changed.
    #[serde(default)]
    pub(crate) has_changes: bool,
    /// 1 to 200, default 50.
    pub(crate) limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    pub(crate) cursor: Option<String>,
}

/// A page of sessions, the newest first.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    question: SessionsQuestion,
) -> Result<Page<SessionView>, Problem> {
    caller.may(Permission::Read)?;
    if question.ip.is_some() {
        caller.may_look_up("ip")?;
    }
    let limit = page_limit(question.limit)?;
    let after = question.cursor.as_deref().map(position).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let filter = filter(&tx, &question).await?;
    let rows = sessions::page(&tx, &filter, after, limit + 1).await?;
    let page = Page::cut(rows, limit, cursor_of, SessionView::new);
    let end = match page.next_cursor {
        None => sessions::looked_at(&tx, &filter, after).await?,
        Some(_) => None,
    };
    Ok(caller.show(page.ended_at(end.map(|end| cursor_at(&end)))))
}

/// The same sessions as a stream.
pub(crate) struct SessionsSource(SessionsQuestion);

impl SessionsSource {
    pub(crate) fn new(caller: &Caller, question: SessionsQuestion) -> Result<Self, Problem> {
        if question.ip.is_some() {
            caller.may_look_up("ip")?;
        }
        Ok(Self(question))
    }
}

impl Source for SessionsSource {
    type Row = SessionView;
    const NAME: &'static str = "sessions";

    async fn chunk(
        &self,
        _: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<SessionView>, Problem> {
        let after = after.map(position).transpose()?;
        let filter = filter(tx, &self.0).await?;
        let rows = sessions::page(tx, &filter, after, limit).await?;
        let placed = |row: SessionRow| (cursor_of(&row), SessionView::new(row));
        let mut chunk = Chunk::read(rows.into_iter().map(placed).collect(), limit);
        if chunk.next.is_none() {
            let end = sessions::looked_at(tx, &filter, after).await?;
            chunk.next = end.map(|end| cursor_at(&end));
        }
        Ok(chunk)
    }
}

async fn filter(tx: &TenantTx<'_>, question: &SessionsQuestion) -> Result<SessionFilter, Problem> {
    let user_no = match question.user_id.as_deref() {
        Some(user_id) => Some(user_no(tx, user_id).await?),
        None => None,
    };
    Ok(SessionFilter {
        from: asked::time("from", question.from.as_deref())?.unwrap_or_default(),
        // Producers may be ahead of our clock by a day.
        to: asked::time("to", question.to.as_deref())?
            .unwrap_or_else(|| now().plus_seconds(2 * DAY_S)),
        user_no,
        country: asked::country(question.country.as_deref())?,
        ip: question.ip.as_deref().map(asked::ip).transpose()?,
        has_alerts: question.has_alerts,
        has_changes: question.has_changes,
    })
}

/// One session of a user.
pub(crate) async fn one(
    app: &App,
    caller: &Caller,
    user_id: &str,
    number: i32,
) -> Result<SessionView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let missing = || Problem::NotFound { what: format!("session {number} of user {user_id}") };
    let user_no = users::number(&tx, user_id).await?.ok_or_else(missing)?;
    let row = sessions::one(&tx, user_no, number).await?.ok_or_else(missing)?;
    Ok(caller.show(SessionView::new(row)))
}

/// The number of a user who must be known.
pub(super) async fn user_no(tx: &TenantTx<'_>, user_id: &str) -> Result<i64, Problem> {
    let missing = || Problem::NotFound { what: format!("user {user_id}") };
    users::number(tx, user_id).await?.ok_or_else(missing)
}

pub(super) fn cursor_of(row: &SessionRow) -> String {
    cursor_at(&row.position())
}

fn cursor_at(position: &SessionPosition) -> String {
    let SessionPosition { started_at, user_no, session_no } = *position;
    cursor::of(&[started_at.as_micros(), user_no, session_no.into()])
}

pub(super) fn position(text: &str) -> Result<SessionPosition, Problem> {
    let [started_at, user_no, session_no] = cursor::numbers(text)?;
    Ok(SessionPosition {
        started_at: cursor::moment(started_at)?,
        user_no,
        session_no: cursor::narrow(session_no)?,
    })
}
