//! What every request may use.

use innerwall_event::Timestamp;
use innerwall_runtime::clock;
use innerwall_storage::Database;

use crate::auth::Keys;
use crate::decide::Decisions;
use crate::delivery::Delivery;

pub(crate) struct App {
    pub(crate) database: Database,
    pub(crate) keys: Keys,
    pub(crate) delivery: Delivery,
    pub(crate) decisions: Decisions,
}

/// The time of receipt of a request.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(clock::now_micros())
}
