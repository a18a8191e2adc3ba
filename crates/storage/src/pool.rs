//! Connections.

use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use innerwall_event::TenantId;
use tokio_postgres::{Config, IsolationLevel, NoTls};

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// How long to wait for a free or new connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// A silent peer is given up after this time.
const SILENCE_MAX: Duration = Duration::from_secs(15);
/// Limits every statement and every wait for a lock, so that nothing hangs for ever.
const SESSION_OPTIONS: &str = "-c statement_timeout=20s -c lock_timeout=10s \
    -c idle_in_transaction_session_timeout=30s -c timezone=UTC -c jit=off";
/// For sessions that only look up rows by key. A plan made while a table was small would read all
/// of it, and a prepared statement keeps its plan while the table grows.
const LOOK_UPS_ONLY: &str = "-c enable_seqscan=off -c enable_hashjoin=off \
    -c enable_mergejoin=off -c enable_material=off";
/// For sessions whose best plan hangs on the parameters and on how large tables are by now. After
/// five runs a prepared statement may get a plan that serves any parameters, and keeps it: made
/// while tables are small or filters are absent, it reads all of a table that has grown since, for
/// as long as the session lives. Planning each run costs about a millisecond with half a year of
/// partitions, which such reads can afford; the other plan costs hundreds.
const PLANS_ANEW: &str = "-c plan_cache_mode=force_custom_plan";
/// For sessions that read long lists part by part: starting helpers costs more than a part.
const READS_PARTS: &str =
    "-c plan_cache_mode=force_custom_plan -c max_parallel_workers_per_gather=0";

/// The address of a program of our own.
const NOBODY: &str = "";

/// Where the database is and how many connections to keep.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    pub url: String,
    pub application: &'static str,
    pub connections_max: usize,
    pub plans: Plans,
}

/// How the statements of a session are planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plans {
    /// As the database does it.
    Usual,
    /// Every statement finds its rows by key.
    LookUps,
    /// Every run of a statement is planned for its own parameters.
    Anew,
    /// The same, for one part of a long list after the other.
    Parts,
}

impl DatabaseSettings {
    fn session_options(&self) -> String {
        let plans = match self.plans {
            Plans::Usual => "",
            Plans::LookUps => LOOK_UPS_ONLY,
            Plans::Anew => PLANS_ANEW,
            Plans::Parts => READS_PARTS,
        };
        format!("{SESSION_OPTIONS} {plans}")
    }
}

/// A pool of connections. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pool: Pool,
}

/// A connection borrowed from the pool.
pub struct Connection(pub(crate) deadpool_postgres::Object);

impl Database {
    /// Prepares a pool; connections are made when needed.
    pub fn new(settings: &DatabaseSettings) -> Result<Self, StorageError> {
        let invalid = |error: tokio_postgres::Error| StorageError::Settings(error.to_string());
        let mut config = Config::from_str(&settings.url).map_err(invalid)?;
        let options = settings.session_options();
        config
            .application_name(settings.application)
            .options(options)
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_user_timeout(SILENCE_MAX)
            .keepalives_idle(SILENCE_MAX);
        let recycling_method = RecyclingMethod::Fast;
        let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method });
        let pool = Pool::builder(manager)
            .max_size(settings.connections_max)
            .wait_timeout(Some(CONNECT_TIMEOUT))
            .create_timeout(Some(CONNECT_TIMEOUT))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| StorageError::Settings(error.to_string()))?;
        Ok(Self { pool })
    }

    pub async fn connection(&self) -> Result<Connection, StorageError> {
        Ok(Connection(self.pool.get().await?))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StorageError> {
        const PING: &str = "SELECT 1";
        let connection = self.connection().await?;
        connection.0.query_one(PING, &[]).await?;
        Ok(())
    }
}

impl Connection {
    /// Begins a transaction that sees the data of one tenant as it is now, whatever is committed
    /// meanwhile.
    pub async fn begin_snapshot(&mut self, tenant: TenantId) -> Result<TenantTx<'_>, StorageError> {
        self.begin_snapshot_for(tenant, NOBODY).await
    }

    /// Begins a transaction like [`Connection::begin_snapshot`] for a client at an address, which
    /// the audit log then names.
    pub async fn begin_snapshot_for(
        &mut self,
        tenant: TenantId,
        client: &str,
    ) -> Result<TenantTx<'_>, StorageError> {
        let level = IsolationLevel::RepeatableRead;
        let transaction = self.0.build_transaction().isolation_level(level).start().await?;
        TenantTx::begin(transaction, tenant, client).await
    }

    /// Begins a transaction that sees the data of one tenant.
    pub async fn begin(&mut self, tenant: TenantId) -> Result<TenantTx<'_>, StorageError> {
        self.begin_for(tenant, NOBODY).await
    }

    /// Begins a transaction like [`Connection::begin`] for a client at an address, which the audit
    /// log then names.
    pub async fn begin_for(
        &mut self,
        tenant: TenantId,
        client: &str,
    ) -> Result<TenantTx<'_>, StorageError> {
        TenantTx::begin(self.0.transaction().await?, tenant, client).await
    }
}
