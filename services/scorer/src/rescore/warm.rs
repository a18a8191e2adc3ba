//! Shared windows that a rule set brings are filled from stored events, so that an edit never
//! restarts at zero.

use innerwall_event::Timestamp;
use innerwall_runtime::clock;
use innerwall_scoring::{SharedCells, count_past};
use innerwall_storage::replay::{self, JudgedBefore};
use innerwall_storage::windows::{self, RegisteredWindow};
use innerwall_storage::{StorageError, TenantTx};

use crate::tenants::Tenant;
use crate::transaction::cell_deltas;

/// Events counted for one window; the newest matter most, and so many fill any window that a rule
/// can read to its cap.
const EVENTS_MAX: usize = 300_000;
const PAGE: i64 = 2_000;
/// Stands for the shard of these counts, apart from those of live transactions.
const SHARD: u16 = 255;

/// Fills the windows that are not warm yet. Events under the version that brought a window have
/// counted themselves; only those before it are counted here.
pub(super) async fn fill(tx: &TenantTx<'_>, tenant: &Tenant) -> Result<(), StorageError> {
    let identities: Vec<i64> =
        tenant.book.shared_windows().into_iter().map(u64::cast_signed).collect();
    windows::retire_others(tx, &identities).await?;
    let known = windows::in_use(tx, &identities).await?;
    for window in known.iter().filter(|window| !window.is_warm) {
        count(tx, tenant, window).await?;
        windows::set_warm(tx, &[window.number]).await?;
    }
    Ok(())
}

async fn count(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    window: &RegisteredWindow,
) -> Result<(), StorageError> {
    let Some(over_s) = tenant.book.over_s(window.identity.cast_unsigned()) else { return Ok(()) };
    let now = Timestamp::from_micros(clock::now_micros());
    let range = JudgedBefore {
        from: now.plus_seconds(-i64::from(over_s)),
        to: now.plus_seconds(86_400),
        version: window.since_version,
    };
    let mut cells = SharedCells::new(SHARD);
    let (mut after, mut counted) = (None, 0);
    while counted < EVENTS_MAX {
        let page = replay::judged_before(tx, range, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.event.time, last.event.id));
        counted += page.len();
        for past in &page {
            count_past(&tenant.book, past, &[window.number.unsigned_abs()], &mut cells);
        }
    }
    tracing::info!(tenant.id = tx.tenant().0, events = counted, "window filled from stored events");
    windows::add(tx, &cell_deltas(&cells)).await
}
