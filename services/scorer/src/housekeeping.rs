//! What has to be done now and then: forgetting old claims and lines of the logbook, making
//! partitions ahead of time, finding who stood out on days.

use std::sync::Arc;
use std::time::Duration;

use innerwall_event::Timestamp;
use innerwall_runtime::clock;
use innerwall_storage::{
    Connection, StorageError, claims, day_tops, lists, logbook, partitions, verdicts,
};

use crate::app::App;

const EVERY: Duration = Duration::from_mins(1);
/// Rows of one kind removed per call: bounds how long a call holds its locks.
const ROWS_MAX: i32 = 5_000;
/// Calls per round.
const CALLS_MAX: u32 = 200;
/// Lines of the logbook kept per tenant.
const LINES_KEPT: i32 = 10_000;
const WEEK_S: i64 = 7 * 24 * 3600;

/// Keeps house until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    while !app.lifecycle.is_stopping() {
        if let Err(error) = once(&app).await {
            tracing::warn!(%error, "housekeeping failed, will try again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = app.lifecycle.stopping() => {}
        }
    }
}

async fn once(app: &App) -> Result<(), StorageError> {
    let connection = app.database.connection().await?;
    let now = Timestamp::from_micros(clock::now_micros());
    for weeks_ahead in 0..=2 {
        partitions::ensure(&connection, now.plus_seconds(weeks_ahead * WEEK_S)).await?;
    }
    for chore in Chore::ALL {
        for _ in 0..CALLS_MAX {
            if !chore.call(&connection).await? {
                break;
            }
        }
    }
    Ok(())
}

/// What is done in many small calls.
#[derive(Clone, Copy, Debug)]
enum Chore {
    ForgetClaims,
    ForgetVerdicts,
    EndListEntries,
    TrimLogbook,
    FindDayTops,
}

impl Chore {
    const ALL: [Self; 5] = [
        Self::ForgetClaims,
        Self::ForgetVerdicts,
        Self::EndListEntries,
        Self::TrimLogbook,
        Self::FindDayTops,
    ];

    /// Does some of it; gives whether more may be left.
    async fn call(self, connection: &Connection) -> Result<bool, StorageError> {
        let is_full = |rows: i64| rows >= i64::from(ROWS_MAX);
        Ok(match self {
            Self::ForgetClaims => is_full(claims::forget_old(connection, ROWS_MAX).await?),
            Self::ForgetVerdicts => is_full(verdicts::forget_old(connection, ROWS_MAX).await?),
            Self::EndListEntries => is_full(lists::end_expired(connection, ROWS_MAX).await?),
            Self::TrimLogbook => logbook::trim(connection, LINES_KEPT, ROWS_MAX).await? > 0,
            Self::FindDayTops => day_tops::find(connection).await?,
        })
    }
}
