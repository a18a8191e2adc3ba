//! Counts per bucket of time: of all events, of a user, of a thing, of users, of a kind.

use innerwall_auth::Permission;
use innerwall_event::{EventKind, Severity};
use innerwall_storage::TenantTx;
use innerwall_storage::read::entities::EntityRow;
use innerwall_storage::read::scan::{self, Sighting};
use innerwall_storage::read::series::{self, EventCount};

use super::activity::Activity;
use super::buckets::{Buckets, SeriesQuestion, Width};
use super::sessions::user_no;
use super::{asked, entities, entity_events};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{KindBucket, Series, SeriesBucket, UsersBucket};

/// Events of one thing counted one by one.
const COUNTED_MAX: usize = 3_000;
const USERS: &str = "users";
const UTC: &str = "UTC";

/// Events of everybody by severity.
pub(crate) async fn events(
    app: &App,
    caller: &Caller,
    question: SeriesQuestion,
) -> Result<Series<SeriesBucket>, Problem> {
    caller.may(Permission::Read)?;
    let buckets = Buckets::of(&question, &caller.time_zone)?;
    // Kept for the zone of the tenant alone: it is the one that people look at together.
    let (begin, end) = (buckets.begin().as_micros(), buckets.end.as_micros());
    let key = (caller.tenant, begin, end, buckets.width.name());
    if let Some(counts) = app.event_counts.get(&key, buckets.width.kept_for())
        && buckets.zone == caller.time_zone
    {
        return Ok(by_severity(&buckets, &counts));
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let counts = series::events(&tx, buckets.starts()).await?;
    if buckets.zone != caller.time_zone {
        return Ok(by_severity(&buckets, &counts));
    }
    Ok(by_severity(&buckets, &app.event_counts.keep(key, counts)))
}

/// Events of a user by severity.
pub(crate) async fn of_user(
    app: &App,
    caller: &Caller,
    user_id: &str,
    question: SeriesQuestion,
) -> Result<Series<SeriesBucket>, Problem> {
    caller.may(Permission::Read)?;
    let buckets = Buckets::of(&question, &caller.time_zone)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let user_no = user_no(&tx, user_id).await?;
    let counts = series::events_of_user(&tx, buckets.starts(), user_no).await?;
    Ok(by_severity(&buckets, &counts))
}

/// Users by when they were first seen and how they score now.
pub(crate) async fn users(
    app: &App,
    caller: &Caller,
    question: SeriesQuestion,
) -> Result<Series<UsersBucket>, Problem> {
    caller.may(Permission::Read)?;
    let buckets = Buckets::of(&question, &caller.time_zone)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let mut filled: Vec<UsersBucket> = buckets
        .starts
        .iter()
        .map(|start| UsersBucket { time: start.to_rfc3339(), ..UsersBucket::default() })
        .collect();
    for new in series::new_users(&tx, buckets.starts()).await? {
        if let Some(bucket) = filled.get_mut(new.bucket) {
            [bucket.low, bucket.medium, bucket.high] = new.bands;
        }
    }
    Ok(series_of(&buckets, filled))
}

/// Distinct things of a kind, or users.
pub(crate) async fn of_kind(
    app: &App,
    caller: &Caller,
    kind: &str,
    question: SeriesQuestion,
) -> Result<Series<KindBucket>, Problem> {
    caller.may(Permission::Read)?;
    let kind = if kind == USERS { None } else { Some(asked::kind(kind)?) };
    let buckets = Buckets::of(&question, &caller.time_zone)?;
    if buckets.width == Width::Minute {
        return Err(Problem::parameter("bucket", "distinct things are counted per hour or day"));
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let mut sums = vec![Activity::default(); buckets.starts.len()];
    for hour in series::kind_hours(&tx, kind, buckets.begin(), buckets.end).await? {
        if let Some(sum) = buckets.place(hour.hour).and_then(|place| sums.get_mut(place)) {
            sum.add(&hour)?;
        }
    }
    let filled = buckets.starts.iter().zip(&sums).map(|(start, sum)| KindBucket {
        time: start.to_rfc3339(),
        active: sum.active.count(),
        remarkable: sum.remarkable.count(),
        fresh: sum.fresh,
    });
    Ok(series_of(&buckets, filled.collect()))
}

/// Events of a thing by severity. Days of things that are counted per day are days of UTC.
pub(crate) async fn of_entity(
    app: &App,
    caller: &Caller,
    (kind, key): (&str, &str),
    question: SeriesQuestion,
) -> Result<Series<SeriesBucket>, Problem> {
    caller.may(Permission::Read)?;
    let kind = asked::kind(kind)?;
    let mut buckets = Buckets::of(&question, &caller.time_zone)?;
    let has_days = kind.has_days() && buckets.width == Width::Day;
    if has_days && buckets.zone != UTC {
        buckets = Buckets::of(&SeriesQuestion { zone: Some(UTC.to_owned()), ..question }, UTC)?;
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let thing = entities::find(&tx, caller, kind, key).await?;
    if has_days {
        by_day(&tx, &thing, &buckets).await
    } else {
        by_event(&tx, &thing, &buckets).await
    }
}

async fn by_day(
    tx: &TenantTx<'_>,
    thing: &EntityRow,
    buckets: &Buckets,
) -> Result<Series<SeriesBucket>, Problem> {
    let mut filled = empty(buckets);
    let of = (thing.kind, thing.id);
    for day in scan::days(tx, of, buckets.begin(), buckets.end).await? {
        if let Some(bucket) = buckets.place(day.start).and_then(|place| filled.get_mut(place)) {
            bucket.normal += i64::from(day.normal);
            bucket.editing += i64::from(day.editing);
            bucket.alert += i64::from(day.alert);
        }
    }
    Ok(series_of(buckets, filled))
}

async fn by_event(
    tx: &TenantTx<'_>,
    thing: &EntityRow,
    buckets: &Buckets,
) -> Result<Series<SeriesBucket>, Problem> {
    let range = entity_events::range(thing, Some(buckets.begin()), Some(buckets.end));
    let limit = i64::try_from(COUNTED_MAX + 1).unwrap_or(i64::MAX);
    let found = entity_events::sightings(tx, thing, range, limit).await?;
    let is_all = found.ended_at.is_none() && found.items.len() <= COUNTED_MAX;
    let count = |sighting: &Sighting| {
        let bucket = buckets.place(sighting.time)?;
        Some(EventCount { bucket, kind: sighting.kind.clone(), events: 1 })
    };
    let counts: Vec<EventCount> = found.items.iter().filter_map(count).collect();
    let mut series = by_severity(buckets, &counts);
    series.complete = is_all;
    Ok(series)
}

fn by_severity(buckets: &Buckets, counts: &[EventCount]) -> Series<SeriesBucket> {
    let mut filled = empty(buckets);
    for count in counts {
        if let Some(bucket) = filled.get_mut(count.bucket) {
            add(bucket, &count.kind, count.events);
        }
    }
    series_of(buckets, filled)
}

fn add(bucket: &mut SeriesBucket, kind: &EventKind, events: i64) {
    match kind.severity() {
        Severity::Normal => bucket.normal += events,
        Severity::Editing => bucket.editing += events,
        Severity::Alert => bucket.alert += events,
    }
}

fn empty(buckets: &Buckets) -> Vec<SeriesBucket> {
    let bucket = |start: &innerwall_event::Timestamp| SeriesBucket {
        time: start.to_rfc3339(),
        ..SeriesBucket::default()
    };
    buckets.starts.iter().map(bucket).collect()
}

fn series_of<B>(buckets: &Buckets, filled: Vec<B>) -> Series<B> {
    Series {
        from: buckets.begin().to_rfc3339(),
        to: buckets.end.to_rfc3339(),
        bucket: buckets.width.name(),
        zone: buckets.zone.clone(),
        complete: true,
        buckets: filled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_have_no_gaps_and_lose_nothing() {
        let question = SeriesQuestion {
            from: Some("2026-11-25T00:00:00Z".to_owned()),
            to: Some("2026-11-25T03:00:00Z".to_owned()),
            bucket: Some("hour".to_owned()),
            zone: None,
        };
        let buckets = Buckets::of(&question, "UTC").unwrap();
        let count = |bucket, kind, events| EventCount { bucket, kind, events };
        let counts = [count(0, EventKind::PageView, 5), count(2, EventKind::AccountLoginFail, 2)];
        let found: Vec<_> =
            by_severity(&buckets, &counts).buckets.iter().map(|b| (b.normal, b.alert)).collect();
        assert_eq!(found, [(5, 0), (0, 0), (0, 2)]);
    }
}
