//! The logbook: one line per request, for producers who want to know what became of it.
//!
//! The path of events only looks at a limit and, now and then, adds a line to a list in memory; a
//! task writes the list to the database. Lines are a help and no promise: what is beyond a limit,
//! and what could not be written before the service ended, is counted and gone.

mod line;
mod secrets;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_runtime::Lifecycle;
use innerwall_storage::logbook::{self, NewLine};
use innerwall_storage::{Database, StorageError};

pub(crate) use line::{Line, PARTLY};

/// Lines that wait to be written: at most about 4 MiB.
const WAITING_MAX: usize = 4_096;
const WRITE_EVERY: Duration = Duration::from_secs(1);
/// Lines written in one statement.
const WRITTEN_MAX: usize = 500;

/// Lines that wait to be written.
#[derive(Default)]
pub(crate) struct Logbook {
    waiting: Mutex<Vec<(TenantId, NewLine)>>,
}

impl Logbook {
    /// Keeps the line of a request, if its producer is known and the limits allow it.
    pub(crate) fn keep(&self, line: Line, status: u16) {
        let Some(kept) = line.kept(status) else { return };
        let mut waiting = self.all();
        if waiting.len() < WAITING_MAX {
            waiting.push(kept);
        } else {
            metrics::counter!("innerwall_logbook_lines_lost_total").increment(1);
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<(TenantId, NewLine)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what waits every second, and a last time when the service stops.
    pub(crate) async fn write_until_stopped(&self, database: &Database, lifecycle: &Lifecycle) {
        let mut is_last = false;
        while !is_last {
            tokio::select! {
                () = tokio::time::sleep(WRITE_EVERY) => {}
                () = lifecycle.stopping() => is_last = true,
            }
            if let Err(error) = self.write(database).await {
                tracing::warn!(%error, "logbook not written, lines wait");
            }
        }
    }

    async fn write(&self, database: &Database) -> Result<(), StorageError> {
        let lines = std::mem::take(&mut *self.all());
        let mut by_tenant: BTreeMap<TenantId, Vec<NewLine>> = BTreeMap::new();
        for (tenant, line) in lines {
            by_tenant.entry(tenant).or_default().push(line);
        }
        let mut failure = None;
        for (tenant, lines) in by_tenant {
            for chunk in lines.chunks(WRITTEN_MAX) {
                if let Err(error) = write_chunk(database, tenant, chunk).await {
                    self.put_back(tenant, chunk);
                    failure = Some(error);
                }
            }
        }
        failure.map_or(Ok(()), Err)
    }

    fn put_back(&self, tenant: TenantId, lines: &[NewLine]) {
        let mut waiting = self.all();
        let room = WAITING_MAX.saturating_sub(waiting.len());
        waiting.extend(lines.iter().take(room).map(|line| (tenant, line.clone())));
    }
}

async fn write_chunk(
    database: &Database,
    tenant: TenantId,
    lines: &[NewLine],
) -> Result<(), StorageError> {
    logbook::add(&mut database.connection().await?, tenant, lines).await
}
