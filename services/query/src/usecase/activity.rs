//! What of a kind was active, from the sketches kept per hour.

use innerwall_event::Timestamp;
use innerwall_features::{EntityKind, Sketch};
use innerwall_storage::read::series::{self, KindHour};
use innerwall_storage::{StorageError, TenantTx};

/// Distinct things in a range.
#[derive(Clone, Debug, Default)]
pub(super) struct Activity {
    pub(super) active: Sketch,
    /// Those of them that are remarkable.
    pub(super) remarkable: Sketch,
    /// Seen for the first time.
    pub(super) fresh: i64,
}

impl Activity {
    pub(super) fn add(&mut self, hour: &KindHour) -> Result<(), StorageError> {
        let sketch = Sketch::from_bytes(&hour.active)
            .map_err(|error| StorageError::Corrupt { what: "sketch", reason: error.to_string() })?;
        self.active.merge(&sketch);
        if hour.flavour != 0 {
            self.remarkable.merge(&sketch);
        }
        self.fresh += i64::from(hour.fresh);
        Ok(())
    }
}

/// What was active in the hours of a range; users when no kind is named.
pub(super) async fn of_range(
    tx: &TenantTx<'_>,
    kind: Option<EntityKind>,
    (from, to): (Timestamp, Timestamp),
) -> Result<Activity, StorageError> {
    let mut activity = Activity::default();
    for hour in series::kind_hours(tx, kind, from, to).await? {
        activity.add(&hour)?;
    }
    Ok(activity)
}
