//! What every request may use.

use innerwall_event::{TenantId, Timestamp};
use innerwall_runtime::{Lifecycle, clock};
use innerwall_storage::{Connection, Database, StorageError};

use crate::access::{Access, Logins};
use crate::books::Books;
use crate::feed::Feeds;
use crate::proxies::TrustedProxies;

pub(crate) struct App {
    pub(crate) database: Database,
    pub(crate) access: Access,
    pub(crate) logins: Logins,
    pub(crate) proxies: TrustedProxies,
    pub(crate) feeds: Feeds,
    pub(crate) books: Books,
    pub(crate) lifecycle: Lifecycle,
}

impl App {
    pub(crate) async fn connection(&self) -> Result<Connection, StorageError> {
        self.database.connection().await
    }
}

/// Who asks for whose data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    pub(crate) tenant: TenantId,
}

/// The time of a request.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(clock::now_micros())
}
