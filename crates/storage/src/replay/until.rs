//! The events of a user up to one of them.

use innerwall_event::Timestamp;
use innerwall_scoring::Stored;
use uuid::Uuid;

use super::{select_stored, stored};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const PLACES: &str = "
    SELECT users.user_id, events.user_no, events.user_seq, events.event_time
    FROM events JOIN users ON users.tenant_id = events.tenant_id AND users.user_no = events.user_no
    WHERE events.tenant_id = $1 AND events.event_id = $2";
pub(crate) const UNTIL: &str = select_stored!(
    "AND user_no = $2 AND user_seq > $3 AND user_seq <= $4 ORDER BY user_seq LIMIT $5"
);

/// Where an event stands among those of its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub user_id: String,
    pub user_no: i64,
    /// From 1 on.
    pub sequence: u32,
}

/// Finds an event; of several under one id the newest is meant, as in [`crate::read::event`].
pub async fn place(tx: &TenantTx<'_>, event_id: Uuid) -> Result<Option<Place>, StorageError> {
    let rows = tx.query(PLACES, &[&tx.tenant().0, &event_id]).await?;
    let time = |row: &&tokio_postgres::Row| -> Timestamp { row.get::<_, PgTime>(3).0 };
    let newest = rows.iter().max_by_key(time);
    Ok(newest.map(|row| Place {
        user_id: row.get(0),
        user_no: row.get(1),
        sequence: row.get::<_, i32>(2).unsigned_abs(),
    }))
}

/// The next events of a user after a sequence number and up to a place, each with the version of
/// the rules that judged it.
pub async fn until(
    tx: &TenantTx<'_>,
    place: &Place,
    after: u32,
    limit: i64,
) -> Result<Vec<(i32, Stored)>, StorageError> {
    let sequence = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let (after, last) = (sequence(after), sequence(place.sequence));
    let rows = tx.query(UNTIL, &[&tx.tenant().0, &place.user_no, &after, &last, &limit]).await?;
    rows.iter().map(|row| Ok((row.get(26), stored(row, &place.user_id)?))).collect()
}
