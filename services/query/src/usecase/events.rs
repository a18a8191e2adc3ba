//! Events.

use std::net::IpAddr;

use innerwall_event::{EventKind, Timestamp, event_id_of_name};
use innerwall_storage::read::event;
use innerwall_storage::read::events::{self, EventFilter};

use super::{cut_page, page_limit};
use crate::app::{App, now};
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::view::{EventDetailView, EventPage, EventView};

const DAY_S: i64 = 86_400;

/// Which events are asked for, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventsQuestion {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) event_type: Option<String>,
    pub(crate) ip: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

/// A page of events of all users, newest first. Without a range: everything up to now.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    question: EventsQuestion,
) -> Result<EventPage, Problem> {
    let limit = page_limit(question.limit)?;
    let after = question.cursor.as_deref().map(cursor::event).transpose()?;
    let filter = EventFilter {
        from: time("from", question.from.as_deref())?.unwrap_or_default(),
        // Producers may be ahead of our clock by a day.
        to: time("to", question.to.as_deref())?.unwrap_or_else(|| now().plus_seconds(2 * DAY_S)),
        kind: question.event_type.as_deref().map(kind).transpose()?,
        ip: question.ip.as_deref().map(ip).transpose()?,
    };
    let mut connection = app.connection().await?;
    let tx = connection.begin(caller.tenant).await?;
    let book = app.books.for_names(&tx).await?;
    let rows = events::page(&tx, &filter, after, limit + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(EventPage {
        next_cursor: last.map(|row| cursor::of_event(row.event_time, row.event_id)),
        items: rows.into_iter().map(|row| EventView::new(row, &book.rules)).collect(),
    })
}

/// A page of one user's events, the last scored first. An unknown user has none.
pub(crate) async fn of_user(
    app: &App,
    caller: &Caller,
    user_id: &str,
    limit: Option<i64>,
    cursor: Option<&str>,
) -> Result<EventPage, Problem> {
    let limit = page_limit(limit)?;
    let before = cursor.map(cursor::sequence).transpose()?;
    let mut connection = app.connection().await?;
    let tx = connection.begin(caller.tenant).await?;
    let book = app.books.for_names(&tx).await?;
    let rows = events::of_user(&tx, user_id, before, limit + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(EventPage {
        next_cursor: last.map(|row| cursor::of_sequence(row.user_seq)),
        items: rows.into_iter().map(|row| EventView::new(row, &book.rules)).collect(),
    })
}

/// One event, by its id or by the producer's own.
pub(crate) async fn one(
    app: &App,
    caller: &Caller,
    event_id: &str,
) -> Result<EventDetailView, Problem> {
    let id = event_id_of_name(caller.tenant, event_id);
    let mut connection = app.connection().await?;
    let tx = connection.begin(caller.tenant).await?;
    let missing = || Problem::NotFound { what: format!("event {event_id}") };
    let detail = event::one(&tx, id).await?.ok_or_else(missing)?;
    let network = event::network(&tx, detail.listed.ip).await?;
    let book = app.books.for_names(&tx).await?;
    Ok(EventDetailView::new(detail, network, &book.rules))
}

fn time(field: &'static str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let parse = |text| Timestamp::parse_rfc3339(text).map_err(|e| Problem::parameter(field, &e));
    text.map(parse).transpose()
}

fn kind(name: &str) -> Result<EventKind, Problem> {
    EventKind::parse(name).map_err(|error| Problem::parameter("event_type", &error))
}

fn ip(text: &str) -> Result<IpAddr, Problem> {
    text.parse().map_err(|_| Problem::parameter("ip", "not an IPv4 or IPv6 address"))
}
