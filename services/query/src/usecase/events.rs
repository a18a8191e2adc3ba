//! Events.

use innerwall_auth::Permission;
use innerwall_event::{EventKind, event_id_of_name};
use innerwall_storage::TenantTx;
use innerwall_storage::read::event;
use innerwall_storage::read::events::{self, EventFilter, EventRow};
use innerwall_storage::read::links::LinkSpan;
use innerwall_storage::read::scan::EventScan;
use innerwall_storage::read::users as stored_users;
use serde::Deserialize;
use utoipa::IntoParams;

use super::look::{self, Found, Place, Search, Source};
use super::{asked, page_limit, users};
use crate::app::{App, now};
use crate::caller::Caller;
use crate::cursor;
use crate::export::{self, Chunk};
use crate::problem::Problem;
use crate::view::{EventDetailView, EventView, Page};

const DAY_S: i64 = 86_400;
/// Types in one question.
const TYPES_MAX: usize = 20;
const RISKS: (i16, i16) = (0, 99);
const HTTP_CODES: (i16, i16) = (100, 999);

/// Which events are asked for, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventsQuestion {
    /// RFC 3339.
    pub(crate) from: Option<String>,
    /// RFC 3339, exclusive.
    pub(crate) to: Option<String>,
    /// One type or several with commas between.
    pub(crate) event_type: Option<String>,
    /// As the producer names the user.
    pub(crate) user_id: Option<String>,
    /// IPv4 or IPv6 address.
    pub(crate) ip: Option<String>,
    /// A rule that fired on the event, or began to fire for its user.
    pub(crate) rule: Option<String>,
    /// Lowest risk score, 0 to 99.
    pub(crate) min_risk: Option<i16>,
    /// Highest risk score, 0 to 99.
    pub(crate) max_risk: Option<i16>,
    /// `device_id` of the class of device.
    pub(crate) device: Option<String>,
    /// ISO 3166, two letters.
    pub(crate) country: Option<String>,
    /// 100 to 999.
    pub(crate) http_code: Option<i16>,
    /// Beginning of the URL.
    pub(crate) url: Option<String>,
    /// 1 to 200, default 50.
    pub(crate) limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    pub(crate) cursor: Option<String>,
}

/// A page of events of all users, newest first. Without a range: everything up to now.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    question: EventsQuestion,
) -> Result<Page<EventView>, Problem> {
    caller.may(Permission::Read)?;
    if question.ip.is_some() {
        caller.may_look_up("ip")?;
    }
    let limit = page_limit(question.limit)?;
    let after = question.cursor.as_deref().map(cursor::event).transpose()?;
    scan(question.clone())?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let book = app.books.for_names(&tx).await?;
    let found = find(&tx, question, after, limit + 1).await?;
    let cursor = |row: &EventRow| cursor::of_event(row.event_time, row.event_id);
    let page = Page::cut(found.items, limit, cursor, |row| EventView::new(row, &book.rules));
    let is_full = page.next_cursor.is_some();
    let end = found.ended_at.filter(|_| !is_full);
    Ok(caller.show(page.ended_at(end.map(|(time, id)| cursor::of_event(time, id)))))
}

/// The same events as a stream.
pub(crate) struct EventsSource(EventsQuestion);

impl EventsSource {
    pub(crate) fn new(caller: &Caller, question: EventsQuestion) -> Result<Self, Problem> {
        if question.ip.is_some() {
            caller.may_look_up("ip")?;
        }
        scan(question.clone())?;
        Ok(Self(question))
    }
}

impl export::Source for EventsSource {
    type Row = EventView;
    const NAME: &'static str = "events";

    async fn chunk(
        &self,
        app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<EventView>, Problem> {
        let after = after.map(cursor::event).transpose()?;
        let book = app.books.for_names(tx).await?;
        let found = find(tx, self.0.clone(), after, limit).await?;
        let placed = |row: EventRow| {
            (cursor::of_event(row.event_time, row.event_id), EventView::new(row, &book.rules))
        };
        let chunk = Chunk::read(found.items.into_iter().map(placed).collect(), limit);
        let ended = found.ended_at.map(|(time, id)| cursor::of_event(time, id));
        Ok(Chunk { next: chunk.next.or(ended), ..chunk })
    }
}

/// Events as they are asked for, behind a place.
async fn find(
    tx: &TenantTx<'_>,
    question: EventsQuestion,
    after: Option<Place>,
    limit: i64,
) -> Result<Found<EventRow>, Problem> {
    let (user_id, is_filtered) = (question.user_id.clone(), question.is_filtered());
    let scan = scan(question)?;
    if is_filtered {
        return look_for(tx, scan, user_id, after, limit).await;
    }
    let filter = EventFilter { from: scan.from, to: scan.to };
    let rows = events::page(tx, &filter, after, limit).await?;
    Ok(Found { items: rows, ended_at: None })
}

impl EventsQuestion {
    /// The user, when nothing but the events of one is asked for.
    pub(crate) fn only_user(&self) -> Option<&str> {
        let others = Self { user_id: None, ..self.clone() };
        let is_whole = self.from.is_none() && self.to.is_none() && !others.is_filtered();
        self.user_id.as_deref().filter(|_| is_whole)
    }

    const fn is_filtered(&self) -> bool {
        self.event_type.is_some()
            || self.user_id.is_some()
            || self.ip.is_some()
            || self.rule.is_some()
            || self.min_risk.is_some()
            || self.max_risk.is_some()
            || self.device.is_some()
            || self.country.is_some()
            || self.http_code.is_some()
            || self.url.is_some()
    }
}

fn scan(question: EventsQuestion) -> Result<EventScan, Problem> {
    Ok(EventScan {
        from: asked::time("from", question.from.as_deref())?.unwrap_or_default(),
        // Producers may be ahead of our clock by a day.
        to: asked::time("to", question.to.as_deref())?
            .unwrap_or_else(|| now().plus_seconds(2 * DAY_S)),
        types: question.event_type.as_deref().map(types).transpose()?.unwrap_or_default(),
        ip: question.ip.as_deref().map(asked::ip).transpose()?,
        rule: question.rule.as_deref().map(users::rule).transpose()?,
        risk_min: asked::number("min_risk", question.min_risk, RISKS)?,
        risk_max: asked::number("max_risk", question.max_risk, RISKS)?,
        device_id: question.device.as_deref().map(device).transpose()?,
        country: asked::country(question.country.as_deref())?,
        http_code: asked::number("http_code", question.http_code, HTTP_CODES)?,
        url_prefix: asked::text("url", question.url)?,
        ..EventScan::default()
    })
}

async fn look_for(
    tx: &TenantTx<'_>,
    scan: EventScan,
    user_id: Option<String>,
    after: Option<Place>,
    limit: i64,
) -> Result<Found<EventRow>, Problem> {
    let (first_seen, last_seen) = (scan.from, scan.to);
    let source = match user_id {
        Some(user_id) => {
            let missing = || Problem::NotFound { what: format!("user {user_id}") };
            let found = stored_users::event_count(tx, &user_id).await?;
            let (user_no, event_count) = found.ok_or_else(missing)?;
            Source::Spans(vec![LinkSpan { user_no, first_seen, last_seen, event_count }])
        }
        None => Source::Ranges(vec![(first_seen, last_seen)]),
    };
    Ok(look::look(tx, &Search { scan, source, keep: None }, after, limit).await?)
}

fn types(text: &str) -> Result<Vec<EventKind>, Problem> {
    let types: Vec<EventKind> =
        text.split(',').map(|name| asked::event_type(name.trim())).collect::<Result<_, _>>()?;
    if types.len() > TYPES_MAX {
        let reason = format!("{} types, the limit is {TYPES_MAX}", types.len());
        return Err(Problem::parameter("event_type", &reason));
    }
    Ok(types)
}

/// A device id is 16 hexadecimal digits.
fn device(text: &str) -> Result<i64, Problem> {
    let id = u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 16);
    let wrong = || Problem::parameter("device", "not 16 hexadecimal digits, as in device_id");
    id.map(u64::cast_signed).ok_or_else(wrong)
}

/// A page of one user's events, the last scored first. An unknown user has none.
pub(crate) async fn of_user(
    app: &App,
    caller: &Caller,
    user_id: &str,
    limit: Option<i64>,
    cursor: Option<&str>,
) -> Result<Page<EventView>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let before = cursor.map(cursor::sequence).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let book = app.books.for_names(&tx).await?;
    let rows = events::of_user(&tx, user_id, before, limit + 1).await?;
    let cursor = |row: &EventRow| cursor::of_sequence(row.user_seq);
    Ok(caller.show(Page::cut(rows, limit, cursor, |row| EventView::new(row, &book.rules))))
}

/// One event, by its id or by the producer's own.
pub(crate) async fn one(
    app: &App,
    caller: &Caller,
    event_id: &str,
) -> Result<EventDetailView, Problem> {
    caller.may(Permission::Read)?;
    let id = event_id_of_name(caller.tenant, event_id);
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let missing = || Problem::NotFound { what: format!("event {event_id}") };
    let detail = event::one(&tx, id).await?.ok_or_else(missing)?;
    let network = event::network(&tx, detail.listed.ip).await?;
    let book = app.books.for_names(&tx).await?;
    Ok(caller.show(EventDetailView::new(detail, network, &book.rules)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_with_commas_up_to_a_limit() {
        let both = vec![EventKind::PageView, EventKind::Custom("purchase".to_owned())];
        assert_eq!(types("page_view, purchase"), Ok(both));
        assert!(types("").is_err() && types("page_view,").is_err());
        assert!(types(&["x"; TYPES_MAX].join(",")).is_ok());
        assert!(types(&["x"; TYPES_MAX + 1].join(",")).is_err());
    }

    #[test]
    fn events_of_one_user_alone_are_told_from_filtered_ones() {
        let of_ann = EventsQuestion { user_id: Some("ann".to_owned()), ..Default::default() };
        assert_eq!(of_ann.only_user(), Some("ann"));
        let risky = EventsQuestion { min_risk: Some(1), ..of_ann.clone() };
        let late = EventsQuestion { from: Some(String::new()), ..of_ann };
        assert_eq!((risky.only_user(), late.only_user()), (None, None));
    }

    #[test]
    fn devices_are_named_as_events_name_them() {
        assert_eq!(device("ffffffffffffffff"), Ok(-1));
        assert!(device("ff").is_err() && device("zzzzzzzzzzzzzzzz").is_err());
    }
}
