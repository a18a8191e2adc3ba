//! What every request may use.

use std::path::PathBuf;

use innerwall_event::Timestamp;
use innerwall_runtime::{Lifecycle, clock};
use innerwall_storage::read::rules::FiredUsers;
use innerwall_storage::read::series::EventCount;
use innerwall_storage::{Connection, Database, StorageError};
use tokio::sync::Semaphore;

use crate::access::Access;
use crate::books::Books;
use crate::denials::Denials;
use crate::export::Exports;
use crate::feed::Feeds;
use crate::kept::Kept;
use crate::origins::PublicOrigins;
use crate::proxies::TrustedProxies;
use crate::view::{Kpis, Overview};

pub(crate) struct App {
    pub(crate) database: Database,
    pub(crate) access: Access,
    /// Password hashes that may be computed at once.
    pub(crate) hashing: Semaphore,
    pub(crate) denials: Denials,
    pub(crate) origins: PublicOrigins,
    pub(crate) proxies: TrustedProxies,
    pub(crate) feeds: Feeds,
    pub(crate) books: Books,
    pub(crate) kpis: Kept<Kpis>,
    pub(crate) counts: Kept<Overview>,
    pub(crate) fired: Kept<FiredUsers>,
    pub(crate) event_counts: Kept<Vec<EventCount>>,
    pub(crate) exports: Exports,
    /// Where the data files for enrichment are.
    pub(crate) data_dir: Option<PathBuf>,
    pub(crate) lifecycle: Lifecycle,
}

impl App {
    pub(crate) async fn connection(&self) -> Result<Connection, StorageError> {
        self.database.connection().await
    }
}

/// The time of a request.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(clock::now_micros())
}
