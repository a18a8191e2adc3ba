//! How long data is kept.

use std::collections::BTreeMap;

use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_storage::TenantTx;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::retention::{self, Kind, Preview};

use crate::app::{App, now};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{KindPreview, KindView, RetentionPreviewView, RetentionView};

const DAY_S: i64 = 86_400;
/// Rows of a preview that are counted, per table.
const ROWS_MAX: i64 = 1_000_000;
/// What goes by itself: ids of batches and events, the live feed.
const FIXED_DAYS: [(&str, i32); 3] = [("batch_ids", 7), ("event_ids", 7), ("live_feed", 1)];

/// Days by kind; null keeps for ever, and a kind that is not named stays as it is.
pub(crate) type Wanted = BTreeMap<String, Option<i32>>;

/// The settings and the last runs.
pub(crate) async fn read(app: &App, caller: &Caller) -> Result<RetentionView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    view(&tx).await
}

/// Changes settings. What is old by them is removed from now on.
pub(crate) async fn change(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
) -> Result<RetentionView, Problem> {
    caller.may(Permission::Settings)?;
    let wanted = checked(wanted)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let before: BTreeMap<Kind, i32> = retention::settings(&tx).await?.into_iter().collect();
    for (kind, days) in &wanted {
        if before.get(kind) == days.as_ref() {
            continue;
        }
        retention::set(&tx, *kind, *days).await?;
        let said =
            |days: Option<i32>| days.map_or("for ever".to_owned(), |it| format!("{it} days"));
        let detail = format!(
            "{}: {} instead of {}",
            kind.name(),
            said(*days),
            said(before.get(kind).copied())
        );
        let note = Note { actor: &caller.name, action: "retention.change", detail: &detail };
        audit::note(&tx, &note).await?;
    }
    let changed = view(&tx).await?;
    tx.commit().await?;
    Ok(changed)
}

/// What settings would remove; nothing is removed.
pub(crate) async fn preview(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
) -> Result<RetentionPreviewView, Problem> {
    caller.may(Permission::Settings)?;
    let wanted = checked(wanted)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let mut kinds = Vec::new();
    for (kind, days) in wanted {
        let cutoff = days.map(|days| cutoff(now(), days));
        // Of what is kept for ever nothing is old, but the oldest is told all the same.
        let before = cutoff.unwrap_or(Timestamp::from_micros(0));
        let mut found = retention::preview(&tx, kind, before, ROWS_MAX).await?;
        if cutoff.is_none() {
            found = Preview { rows: 0, bytes: 0, ..found };
        }
        kinds.push(KindPreview::new(kind, days, cutoff, (found, ROWS_MAX)));
    }
    Ok(RetentionPreviewView { kinds })
}

async fn view(tx: &TenantTx<'_>) -> Result<RetentionView, Problem> {
    let settings: BTreeMap<Kind, i32> = retention::settings(tx).await?.into_iter().collect();
    let runs = retention::runs(tx).await?;
    let kind = |kind: Kind| {
        let run = runs.iter().find(|run| run.kind == kind);
        KindView::new(kind, settings.get(&kind).copied(), run)
    };
    Ok(RetentionView {
        kinds: Kind::ALL.into_iter().map(kind).collect(),
        fixed_days: FIXED_DAYS.into_iter().collect(),
    })
}

fn cutoff(now: Timestamp, days: i32) -> Timestamp {
    now.plus_seconds(-i64::from(days) * DAY_S)
}

fn checked(wanted: &Wanted) -> Result<BTreeMap<Kind, Option<i32>>, Problem> {
    let mut checked = BTreeMap::new();
    for (name, days) in wanted {
        let known = || Kind::ALL.map(Kind::name).join(", ");
        let kind = Kind::parse(name).ok_or_else(|| {
            Problem::parameter("keep_days", &format!("{name} is not one of {}", known()))
        })?;
        let (least, most) = kind.days();
        if let Some(days) = days.filter(|days| !(least..=most).contains(days)) {
            let reason = format!("{name}: {days} is not between {least} and {most} days");
            return Err(Problem::parameter("keep_days", &reason));
        }
        checked.insert(kind, *days);
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: &str, days: Option<i32>) -> Result<BTreeMap<Kind, Option<i32>>, Problem> {
        checked(&Wanted::from([(name.to_owned(), days)]))
    }

    #[test]
    fn bounds_are_checked_on_both_sides() {
        for kind in Kind::ALL {
            let (least, most) = kind.days();
            let table = [(least - 1, false), (least, true), (most, true), (most + 1, false)];
            for (days, is_good) in table {
                assert_eq!(asked(kind.name(), Some(days)).is_ok(), is_good, "{kind:?} {days}");
            }
            assert!(asked(kind.name(), None).is_ok());
        }
        assert!(asked("users", Some(30)).is_err());
    }
}
