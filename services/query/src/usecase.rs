//! What can be asked. Both interfaces call these and nothing else.

pub(crate) mod account;
mod activity;
mod asked;
pub(crate) mod audit;
pub(crate) mod buckets;
pub(crate) mod changes;
pub(crate) mod decide;
pub(crate) mod decision_log;
pub(crate) mod effect;
pub(crate) mod entities;
pub(crate) mod entity_events;
pub(crate) mod erase;
pub(crate) mod events;
pub(crate) mod explain;
pub(crate) mod graph;
pub(crate) mod import;
pub(crate) mod keys;
pub(crate) mod kpis;
pub(crate) mod labels;
pub(crate) mod lists;
pub(crate) mod logbook;
mod look;
pub(crate) mod members;
pub(crate) mod notes;
pub(crate) mod overview;
pub(crate) mod path;
pub(crate) mod person;
mod preview;
pub(crate) mod publish;
pub(crate) mod rescore;
pub(crate) mod retention;
pub(crate) mod review;
pub(crate) mod review_end;
pub(crate) mod rule_set;
pub(crate) mod rules;
pub(crate) mod saved_views;
pub(crate) mod search;
pub(crate) mod second_factor;
pub(crate) mod series;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod tenant;
pub(crate) mod tickets;
pub(crate) mod undo_batch;
pub(crate) mod user_entities;
pub(crate) mod users;
mod wish;

use innerwall_scoring::{Account, Past, Rulebook, needs_history, rebuild};
use innerwall_storage::{StorageError, TenantTx, replay};

use crate::problem::Problem;

const LIMIT_DEFAULT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// Rows of a page.
pub(crate) fn page_limit(limit: Option<i64>) -> Result<i64, Problem> {
    match limit {
        None => Ok(LIMIT_DEFAULT),
        Some(limit) if (1..=LIMIT_MAX).contains(&limit) => Ok(limit),
        Some(limit) => {
            Err(Problem::parameter("limit", &format!("{limit} is not between 1 and {LIMIT_MAX}")))
        }
    }
}

/// Runs what takes long without a break apart from the threads that answer.
pub(crate) async fn computed<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "work for a request ended early");
        Problem::Internal
    })
}

/// The last event of a user, by id and number; what the account counts privately is brought in
/// line with the rule book. `None` when that event is no longer stored.
pub(crate) async fn last_of(
    tx: &TenantTx<'_>,
    (user_id, user_no): (&str, i64),
    account: &mut Account,
    book: &Rulebook,
) -> Result<Option<Past>, StorageError> {
    if needs_history(account, book).is_some() {
        let past = replay::past(tx, user_id, user_no).await?;
        rebuild(account, book, &past);
    }
    replay::last(tx, user_id, user_no).await
}

/// Splits what was read (one row more than the page holds) into the page and whether it goes on.
pub(crate) fn cut_page<T>(mut rows: Vec<T>, limit: i64) -> (Vec<T>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let goes_on = rows.len() > limit;
    rows.truncate(limit);
    (rows, goes_on)
}
