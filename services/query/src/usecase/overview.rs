//! Counts and the ledger.

use std::collections::BTreeMap;
use std::time::Duration;

use innerwall_auth::Permission;
use innerwall_event::{Severity, Timestamp};
use innerwall_storage::ledger;
use innerwall_storage::read::overview::{self, SeriesPoint};

use crate::app::{App, now};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{Bands, LedgerView, Overview, RuleUsers, SeriesBucket, TypeEvents, rule_name};

const HOURS_DEFAULT: i64 = 24;
const HOURS_MAX: i64 = 720;
const TOP_RULES: i64 = 10;
/// Counts over more than two days take a look at most users; they are given again for this time.
const KEPT_FOR: Duration = Duration::from_secs(15);
const SHORT_HOURS: i64 = 48;

/// Counts over the last hours.
pub(crate) async fn overview(
    app: &App,
    caller: &Caller,
    hours: Option<i64>,
) -> Result<Overview, Problem> {
    caller.may(Permission::Read)?;
    let hours = hours.unwrap_or(HOURS_DEFAULT);
    if !(1..=HOURS_MAX).contains(&hours) {
        let reason = format!("{hours} is not between 1 and {HOURS_MAX}");
        return Err(Problem::parameter("hours", &reason));
    }
    let bucket_s = bucket_seconds(hours);
    let to = next_bucket(now(), bucket_s);
    let from = to.plus_seconds(-hours * 3600);
    let key = (caller.tenant, from.as_micros(), to.as_micros(), "");
    if hours > SHORT_HOURS
        && let Some(kept) = app.counts.get(&key, KEPT_FOR)
    {
        return Ok(Overview::clone(&kept));
    }
    let counted = count(app, caller, (from, to, bucket_s)).await?;
    if hours <= SHORT_HOURS {
        return Ok(counted);
    }
    Ok(Overview::clone(&app.counts.keep(key, counted)))
}

async fn count(
    app: &App,
    caller: &Caller,
    (from, to, bucket_s): (Timestamp, Timestamp, i64),
) -> Result<Overview, Problem> {
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let totals = overview::totals(&tx, from).await?;
    let points = overview::series(&tx, from, to, i32::try_from(bucket_s).unwrap_or(60)).await?;
    let top_rules = overview::top_rules(&tx, from, TOP_RULES).await?;
    let book = app.books.for_names(&tx).await?;
    let rule_users = |(rule_id, users): (String, i64)| RuleUsers {
        name: rule_name(&book.rules, &rule_id),
        rule_id,
        users,
    };
    Ok(Overview {
        from: from.to_rfc3339(),
        to: to.to_rfc3339(),
        bucket_seconds: bucket_s,
        events: points.iter().map(|point| point.events).sum(),
        users_active: totals.users_active,
        users_total: totals.users_total,
        addresses_active: totals.addresses_active,
        bands: Bands { low: totals.low, medium: totals.medium, high: totals.high },
        series: series(&points, from, to, bucket_s),
        top_rules: top_rules.into_iter().map(rule_users).collect(),
        events_by_type: by_type(&points),
    })
}

/// Whether every accepted event is accounted for.
pub(crate) async fn ledger(app: &App, caller: &Caller) -> Result<LedgerView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    Ok(LedgerView::new(ledger::read(&tx).await?, now().to_rfc3339()))
}

fn bucket_seconds(hours: i64) -> i64 {
    match hours {
        ..=3 => 60,
        4..=24 => 900,
        25..=96 => 3600,
        _ => 86_400,
    }
}

fn next_bucket(at: Timestamp, bucket_s: i64) -> Timestamp {
    let width = bucket_s * 1_000_000;
    Timestamp::from_micros((at.as_micros().div_euclid(width) + 1) * width)
}

fn series(
    points: &[SeriesPoint],
    from: Timestamp,
    to: Timestamp,
    bucket_s: i64,
) -> Vec<SeriesBucket> {
    let mut filled = BTreeMap::new();
    let mut start = from;
    while start < to {
        filled.insert(start, SeriesBucket { time: start.to_rfc3339(), ..SeriesBucket::default() });
        start = start.plus_seconds(bucket_s);
    }
    for point in points {
        let Some((_, bucket)) = filled.range_mut(..=point.start).next_back() else { continue };
        match point.kind.severity() {
            Severity::Normal => bucket.normal += point.events,
            Severity::Editing => bucket.editing += point.events,
            Severity::Alert => bucket.alert += point.events,
        }
    }
    filled.into_values().collect()
}

fn by_type(points: &[SeriesPoint]) -> Vec<TypeEvents> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for point in points {
        *counts.entry(point.kind.name()).or_default() += point.events;
    }
    let mut types: Vec<TypeEvents> = counts
        .into_iter()
        .map(|(name, events)| TypeEvents { event_type: name.to_owned(), events })
        .collect();
    types.sort_by_key(|kind| std::cmp::Reverse(kind.events));
    types
}

#[cfg(test)]
mod tests {
    use innerwall_event::EventKind;

    use super::*;

    #[test]
    fn series_have_no_gaps_and_lose_nothing() {
        let from = Timestamp::from_micros(0);
        let to = from.plus_seconds(3 * 3600);
        let point =
            |seconds, kind, events| SeriesPoint { start: from.plus_seconds(seconds), kind, events };
        let points =
            [point(0, EventKind::PageView, 5), point(7200, EventKind::AccountLoginFail, 2)];
        let buckets = series(&points, from, to, 3600);
        let found: Vec<_> = buckets.iter().map(|b| (b.normal, b.alert)).collect();
        assert_eq!(found, [(5, 0), (0, 0), (0, 2)]);
    }
}
