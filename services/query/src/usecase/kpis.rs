//! What happened in a range of time, beside the range before it.

use std::time::Duration;

use futures_util::try_join;
use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_features::EntityKind;
use innerwall_storage::TenantTx;
use innerwall_storage::read::entities::{self, EntityFilter, EntityOrder, EntitySort};
use innerwall_storage::read::sums::{self, Sums};
use innerwall_storage::read::tops;
use innerwall_storage::standings;
use serde::Deserialize;
use utoipa::IntoParams;

use super::activity::{self, Activity};
use super::asked;
use crate::app::{App, now};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{Active, Compared, EntityView, Kpis, StandingKpi, TopUserView, Tops};

const DAY_S: i64 = 86_400;
const MINUTE_US: i64 = 60_000_000;
/// Longest range: twice as much is read.
const DAYS_MAX: i64 = 31;
const TOP: i64 = 10;
/// Answers are given again for this time, and for longer where they took longer to find.
const KEPT_FOR: (Duration, Duration) = (Duration::from_secs(5), Duration::from_mins(1));
/// A range beyond this takes longer.
const SHORT_S: i64 = 2 * DAY_S;

/// A range of time, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct KpisQuestion {
    /// RFC 3339; without it, a day before `to`. At most 31 days.
    pub(crate) from: Option<String>,
    /// RFC 3339, exclusive; without it, now.
    pub(crate) to: Option<String>,
}

type Range = (Timestamp, Timestamp);

/// Numbers and top tens.
pub(crate) async fn read(
    app: &App,
    caller: &Caller,
    question: KpisQuestion,
) -> Result<Kpis, Problem> {
    caller.may(Permission::Read)?;
    let (from, to) = range(&question)?;
    let key = (caller.tenant, from.as_micros(), to.as_micros(), "");
    let keep = if to.seconds_since(from) > SHORT_S { KEPT_FOR.1 } else { KEPT_FOR.0 };
    if let Some(kept) = app.kpis.get(&key, keep) {
        return Ok(caller.show(Kpis::clone(&kept)));
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let found = app.kpis.keep(key, Box::pin(compute(&tx, (from, to))).await?);
    Ok(caller.show(Kpis::clone(&found)))
}

fn range(question: &KpisQuestion) -> Result<Range, Problem> {
    // Whole minutes, so that those who look at the same time share an answer.
    let next_minute = (now().as_micros().div_euclid(MINUTE_US) + 1) * MINUTE_US;
    let to = asked::time("to", question.to.as_deref())?;
    let to = to.unwrap_or_else(|| Timestamp::from_micros(next_minute));
    let from = asked::time("from", question.from.as_deref())?;
    let from = from.unwrap_or_else(|| to.plus_seconds(-DAY_S));
    let seconds = to.seconds_since(from);
    if from >= to || seconds > DAYS_MAX * DAY_S {
        let reason = format!("not before to, or more than {DAYS_MAX} days before it");
        return Err(Problem::parameter("from", &reason));
    }
    Ok((from, to))
}

async fn compute(tx: &TenantTx<'_>, (from, to): Range) -> Result<Kpis, Problem> {
    let before = (from.plus_seconds(-to.seconds_since(from)), from);
    let ranges = [(from, to), before];
    let of = |kind: EntityKind| active(tx, Some(kind), ranges);
    // Asked for at once: the database finds the next while what it found is added up.
    let (sums, came, totals, users, addresses, networks, countries, devices, resources) = try_join!(
        both(ranges, |(from, to)| async move { Ok(sums::of_range(tx, from, to).await?) }),
        both(ranges, |(from, to)| async move { Ok(standings::came(tx, from, to).await?) }),
        async { Ok(standings::totals(tx).await?) },
        active(tx, None, ranges),
        of(EntityKind::Address),
        of(EntityKind::Network),
        of(EntityKind::Country),
        of(EntityKind::Device),
        of(EntityKind::Resource),
    )?;
    let compared = |of: fn(&Sums) -> i64| Compared { now: of(&sums.0), before: of(&sums.1) };
    Ok(Kpis {
        from: from.to_rfc3339(),
        to: to.to_rfc3339(),
        before_from: before.0.to_rfc3339(),
        as_of: now().to_rfc3339(),
        events: compared(|sums| sums.events),
        alerts: compared(|sums| sums.alerts),
        sessions: compared(|sums| sums.sessions),
        login_failures: compared(|sums| sums.login_failures),
        in_review: StandingKpi::new(totals.in_review, came.0.0, came.1.0),
        blocked: StandingKpi::new(totals.blocked, came.0.1, came.1.1),
        users,
        addresses,
        networks,
        countries,
        devices,
        resources,
        tops: top_tens(tx, (from, to)).await?,
    })
}

/// The same of a range and of the one before it.
async fn both<T, F>([range, before]: [Range; 2], of: impl Fn(Range) -> F) -> Result<(T, T), Problem>
where
    F: Future<Output = Result<T, Problem>>,
{
    try_join!(of(range), of(before))
}

async fn active(
    tx: &TenantTx<'_>,
    kind: Option<EntityKind>,
    ranges: [Range; 2],
) -> Result<Active, Problem> {
    let of_range = |range| async move { Ok(activity::of_range(tx, kind, range).await?) };
    let (now, before) = both(ranges, of_range).await?;
    let count = |activity: &Activity| i64::try_from(activity.active.count()).unwrap_or(i64::MAX);
    Ok(Active {
        active: Compared { now: count(&now), before: count(&before) },
        fresh: Compared { now: now.fresh, before: before.fresh },
    })
}

async fn top_tens(tx: &TenantTx<'_>, (from, to): Range) -> Result<Tops, Problem> {
    let users = tops::users(tx, from, to, TOP).await?;
    let views = |users: Vec<tops::TopUser>| users.into_iter().map(TopUserView::from).collect();
    Ok(Tops {
        users_by_events: views(users.by_events),
        users_by_login_failures: views(users.by_login_failures),
        users_by_addresses: views(users.by_addresses),
        countries_by_users: most_users(tx, EntityKind::Country, from, 1).await?,
        resources_by_users: most_users(tx, EntityKind::Resource, from, 1).await?,
        shared_addresses: most_users(tx, EntityKind::Address, from, 2).await?,
    })
}

async fn most_users(
    tx: &TenantTx<'_>,
    kind: EntityKind,
    from: Timestamp,
    users_min: i32,
) -> Result<Vec<EntityView>, Problem> {
    let filter =
        EntityFilter { from: Some(from), users_min: Some(users_min), ..EntityFilter::of(kind) };
    let order = EntityOrder { by: EntitySort::Users, is_down: true };
    let rows = entities::page(tx, &filter, order, (None, true), TOP).await?;
    Ok(rows.into_iter().map(EntityView::new).collect())
}
