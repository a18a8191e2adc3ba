//! Folding in the background: takes up what scoring transactions left about the things users
//! touch, and writes it into the tables that are read. Any number of scorers may try; one at a
//! time works for a tenant.

mod pace;
mod round;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_storage::{StorageError, folding};

use crate::app::App;
use crate::patience::Patience;
use pace::Pace;
use tokio::time::Instant;

/// How long it rests when it has caught up: at least this, and at most that. What changes again
/// meanwhile is written once.
const REST_MIN: Duration = Duration::from_secs(1);
const REST_MAX: Duration = Duration::from_secs(4);
/// So many times as long as it worked.
const REST_PER_WORK: f64 = 3.0;
/// So far behind, it no longer rests.
const BEHIND_MAX_S: f64 = 60.0;

/// How many rows each tenant's next round takes; only those are remembered that had to be slowed.
type Paces = HashMap<TenantId, Pace>;

/// Folds until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    let mut patience = Patience::new();
    let mut paces = Paces::new();
    while !app.lifecycle.is_stopping() {
        let started = Instant::now();
        match pass(&app, &mut paces).await {
            Ok(left) => {
                patience = Patience::new();
                tokio::select! {
                    () = tokio::time::sleep(left.rest(started.elapsed())) => {}
                    () = app.lifecycle.stopping() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "folding failed, will go on");
                if !patience.wait(&app.lifecycle).await {
                    return;
                }
            }
        }
    }
}

/// What a pass left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Left {
    has_more: bool,
    /// How long the oldest changes had waited, in seconds.
    oldest: f64,
}

impl Left {
    /// How long to wait before the next pass. After a burst, those who wait for verdicts come
    /// before lists that are some seconds behind; the further behind, the less it rests.
    fn rest(self, worked: Duration) -> Duration {
        let behind = if self.has_more { self.oldest / BEHIND_MAX_S } else { 0.0 };
        let rest = worked.mul_f64(REST_PER_WORK * (1.0 - behind).max(0.0)).min(REST_MAX);
        if self.has_more { rest } else { rest.max(REST_MIN) }
    }
}

/// One round for every tenant with changes that wait.
async fn pass(app: &App, paces: &mut Paces) -> Result<Left, StorageError> {
    let waiting = folding::waiting(&app.database.connection().await?).await?;
    let oldest = waiting.iter().map(|waiting| waiting.seconds).fold(0.0, f64::max);
    metrics::gauge!("innerwall_fold_oldest_seconds").set(oldest);
    let mut has_more = false;
    for tenant in waiting.into_iter().map(|waiting| waiting.tenant) {
        if app.lifecycle.is_stopping() {
            break;
        }
        let pace = paces.remove(&tenant).unwrap_or_default();
        let (is_left, pace) = tenant_round(app, tenant, pace).await?;
        has_more |= is_left;
        if pace != Pace::default() {
            paces.insert(tenant, pace);
        }
    }
    Ok(Left { has_more, oldest })
}

/// One round of a tenant; gives whether more waits, and the pace of the next.
async fn tenant_round(
    app: &App,
    tenant: TenantId,
    pace: Pace,
) -> Result<(bool, Pace), StorageError> {
    match round::fold(app, tenant, pace.rows()).await {
        Ok(done) => Ok((done.has_more, pace.faster())),
        // Fewer rows at a time find the one at fault, which is then set aside.
        Err(error) if round::is_about_data(&error) => {
            tracing::warn!(%error, tenant.id = tenant.0, "changes cannot be folded, taking fewer");
            Ok((true, pace.slower()))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKED: Duration = Duration::from_millis(200);

    #[test]
    fn with_nothing_left_it_rests_longer_the_longer_it_worked() {
        let left = Left { has_more: false, oldest: 900.0 };
        assert_eq!(left.rest(Duration::ZERO), REST_MIN);
        assert_eq!(left.rest(2 * WORKED), 6 * WORKED);
        assert_eq!(left.rest(60 * WORKED), REST_MAX);
    }

    #[test]
    fn the_further_behind_the_less_it_rests() {
        let rest = |oldest| Left { has_more: true, oldest }.rest(WORKED);
        assert_eq!(rest(0.0), 3 * WORKED);
        assert_eq!(rest(BEHIND_MAX_S / 2.0), 3 * WORKED / 2);
        assert_eq!(rest(BEHIND_MAX_S), Duration::ZERO);
        assert_eq!(rest(10.0 * BEHIND_MAX_S), Duration::ZERO);
    }
}
