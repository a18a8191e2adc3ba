//! What every request may use.

use std::sync::Arc;

use innerwall_event::Timestamp;
use innerwall_runtime::clock;
use innerwall_storage::Database;

use crate::auth::Keys;
use crate::decide::Decisions;
use crate::delivery::Delivery;
use crate::logbook::Logbook;

pub(crate) struct App {
    pub(crate) database: Database,
    pub(crate) keys: Keys,
    pub(crate) delivery: Delivery,
    pub(crate) decisions: Decisions,
    pub(crate) logbook: Arc<Logbook>,
}

/// The time of receipt of a request.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(clock::now_micros())
}
