//! Events of a thing. No index leads from things to events: those of few users are found through
//! the users, others by looking through the days that have any.

use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_features::{EntityKind, resource_key};
use innerwall_storage::TenantTx;
use innerwall_storage::read::changes;
use innerwall_storage::read::entities::EntityRow;
use innerwall_storage::read::events::{self, EventRow};
use innerwall_storage::read::links::{self, LinkSpan};
use innerwall_storage::read::scan::{self, EventScan, Sighting};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entities::{USERS_LOOKED_AT, find};
use super::look::{self, Found, Place, Search, Source};
use super::{asked, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::view::{EventView, Page};

/// Users whose events are looked at one and all have at most so many together.
const EVENTS_OF_USERS_MAX: i64 = 20_000;
const DAY_S: i64 = 86_400;
/// Stands for what changes from one page to the next.
const PLACEHOLDER: &str = "{id}";

/// Which events of a thing are asked for, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntityEventsQuestion {
    /// At or after, RFC 3339.
    pub(crate) from: Option<String>,
    /// Before, RFC 3339.
    pub(crate) to: Option<String>,
    /// 1 to 200, default 50.
    pub(crate) limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    pub(crate) cursor: Option<String>,
}

/// A page of the events of a thing, the newest first.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    (kind, key): (&str, &str),
    question: EntityEventsQuestion,
) -> Result<Page<EventView>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(question.limit)?;
    let after = question.cursor.as_deref().map(cursor::event).transpose()?;
    let from = asked::time("from", question.from.as_deref())?;
    let to = asked::time("to", question.to.as_deref())?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let thing = find(&tx, caller, asked::kind(kind)?, key).await?;
    let range = range(&thing, from, to);
    let found = if thing.kind == EntityKind::Field {
        edits(&tx, &thing, range, after, limit + 1).await?
    } else {
        look::look(&tx, &search(&tx, &thing, range).await?, after, limit + 1).await?
    };
    let book = app.books.for_names(&tx).await?;
    let cursor = |row: &EventRow| cursor::of_event(row.event_time, row.event_id);
    let page = Page::cut(found.items, limit, cursor, |row| EventView::new(row, &book.rules));
    let is_full = page.next_cursor.is_some();
    let end = found.ended_at.filter(|_| !is_full);
    Ok(caller.show(page.ended_at(end.map(|(time, id)| cursor::of_event(time, id)))))
}

/// What is asked for of the time in which a thing was seen.
pub(super) fn range(
    thing: &EntityRow,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> (Timestamp, Timestamp) {
    // The fold may be a second behind the events.
    let seen_until = thing.last_seen.plus_seconds(DAY_S);
    let from = from.unwrap_or(thing.first_seen).max(thing.first_seen);
    (from, to.unwrap_or(seen_until).min(seen_until))
}

/// The newest events of a thing within a range: when they were and of what type.
pub(super) async fn sightings(
    tx: &TenantTx<'_>,
    thing: &EntityRow,
    range: (Timestamp, Timestamp),
    limit: i64,
) -> Result<Found<Sighting>, Problem> {
    if thing.kind != EntityKind::Field {
        return Ok(look::sight(tx, &search(tx, thing, range).await?, None, limit).await?);
    }
    let Found { items, ended_at } = edits(tx, thing, range, None, limit).await?;
    let sighting =
        |row: EventRow| Sighting { time: row.event_time, id: row.event_id, kind: row.kind };
    Ok(Found { items: items.into_iter().map(sighting).collect(), ended_at })
}

/// Events that changed a field, the newest first, behind a place.
async fn edits(
    tx: &TenantTx<'_>,
    field: &EntityRow,
    range: (Timestamp, Timestamp),
    after: Option<Place>,
    limit: i64,
) -> Result<Found<EventRow>, Problem> {
    let places = changes::events_of_field(tx, field.id, range, after, limit).await?;
    Ok(Found { items: events::at_places(tx, &places).await?, ended_at: None })
}

/// How the events of a thing are looked for.
async fn search<'t>(
    tx: &TenantTx<'_>,
    thing: &'t EntityRow,
    (from, to): (Timestamp, Timestamp),
) -> Result<Search<'t>, Problem> {
    let is_checked = thing.kind == EntityKind::Resource;
    Ok(Search {
        scan: EventScan { from, to, ..mark(thing) },
        source: source(tx, thing, (from, to)).await?,
        keep: is_checked.then(|| Box::new(|row: &EventRow| fits(thing, row)) as look::Keep<'_>),
    })
}

/// By what the database tells events of a thing.
fn mark(thing: &EntityRow) -> EventScan {
    let mut scan = EventScan::default();
    let key = thing.key.as_str();
    match thing.kind {
        EntityKind::Address => scan.ip = key.parse().ok(),
        EntityKind::Network => scan.asn = key.parse().ok(),
        EntityKind::Country => scan.country = Some(key.to_owned()),
        EntityKind::UserAgent => scan.user_agent = Some(key.to_owned()),
        EntityKind::Resource => scan.url_part = Some(fixed_part(key).to_owned()),
        EntityKind::Payment => {
            scan.custom_part = key.split_once(':').map(|(_, value)| value.to_owned());
        }
        // A user's events while the user was seen with it.
        EntityKind::Device
        | EntityKind::EmailDomain
        | EntityKind::Email
        | EntityKind::Phone
        | EntityKind::Field => {}
    }
    scan
}

/// The longest part of a path that is the same for every page it stands for.
fn fixed_part(path: &str) -> &str {
    path.split(PLACEHOLDER).max_by_key(|part| part.len()).unwrap_or_default()
}

/// What is checked on the whole event.
fn fits(thing: &EntityRow, row: &EventRow) -> bool {
    row.url.as_deref().is_some_and(|url| resource_key(url) == thing.key)
}

async fn source(
    tx: &TenantTx<'_>,
    thing: &EntityRow,
    (from, to): (Timestamp, Timestamp),
) -> Result<Source, Problem> {
    let of = (thing.kind, thing.id);
    if thing.kind.has_links() {
        let spans = links::spans(tx, of, USERS_LOOKED_AT).await?;
        if is_few(thing, &spans) || !is_marked(thing.kind) {
            return Ok(Source::Spans(spans));
        }
    }
    if !thing.kind.has_days() {
        return Ok(Source::Ranges(vec![(from, to)]));
    }
    let days = scan::days(tx, of, from, to).await?;
    let mut ranges = joined(days.iter().map(|day| day.start));
    // What is not folded yet has no day.
    let folded_until = ranges.first().map_or(from, |(_, end)| *end);
    if folded_until < to {
        ranges.insert(0, (folded_until, to));
    }
    Ok(Source::Ranges(ranges))
}

fn is_few(thing: &EntityRow, spans: &[LinkSpan]) -> bool {
    let events: i64 = spans.iter().map(|span| span.event_count).sum();
    i64::from(thing.users) <= USERS_LOOKED_AT && events <= EVENTS_OF_USERS_MAX
}

/// Whether an event itself says that it is of the thing.
const fn is_marked(kind: EntityKind) -> bool {
    match kind {
        EntityKind::Address
        | EntityKind::Network
        | EntityKind::Country
        | EntityKind::UserAgent
        | EntityKind::Resource
        | EntityKind::Payment => true,
        EntityKind::Device
        | EntityKind::EmailDomain
        | EntityKind::Email
        | EntityKind::Phone
        | EntityKind::Field => false,
    }
}

/// Days, the newest first, as ranges without the days between that have nothing.
fn joined(days: impl Iterator<Item = Timestamp>) -> Vec<(Timestamp, Timestamp)> {
    let mut ranges: Vec<(Timestamp, Timestamp)> = Vec::new();
    for start in days {
        let end = start.plus_seconds(DAY_S);
        match ranges.last_mut() {
            Some(range) if range.0 == end => range.0 = start,
            Some(_) | None => ranges.push((start, end)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_events_are_passed_over() {
        let day = |day: i64| Timestamp::default().plus_seconds(day * DAY_S);
        let ranges = joined([9, 8, 5, 3, 2, 1].into_iter().map(day));
        assert_eq!(ranges, [(day(8), day(10)), (day(5), day(6)), (day(1), day(4))]);
        assert_eq!(joined(std::iter::empty()), []);
    }

    #[test]
    fn a_page_is_looked_for_by_its_longest_fixed_part() {
        assert_eq!(fixed_part("/a/{id}/longer/{id}"), "/longer/");
        assert_eq!(fixed_part("/{id}"), "/");
    }
}
