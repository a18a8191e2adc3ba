//! What commands need from the environment.

use anyhow::Context as _;
use innerwall_broker::{Broker, Topology};
use innerwall_event::TenantId;
use innerwall_runtime::settings::{self, Hidden};
use innerwall_storage::{Connection, Database, DatabaseSettings, Plans, admin};
use serde::Deserialize;

const CONNECTIONS_MAX: usize = 4;

#[derive(Debug, Deserialize)]
pub(crate) struct Settings {
    pub(crate) database_url: Hidden,
    pub(crate) amqp_url: Option<Hidden>,
    pub(crate) role_password: Option<Hidden>,
    #[serde(default)]
    pub(crate) queue_prefix: String,
}

pub(crate) struct Context {
    pub(crate) settings: Settings,
    pub(crate) database: Database,
}

impl Context {
    pub(crate) fn from_environment() -> anyhow::Result<Self> {
        let settings: Settings = settings::load()?;
        let database = Database::new(&DatabaseSettings {
            url: settings.database_url.reveal().to_owned(),
            application: "innerwall-ctl",
            connections_max: CONNECTIONS_MAX,
            plans: Plans::Usual,
        })?;
        Ok(Self { settings, database })
    }

    pub(crate) async fn connection(&self) -> anyhow::Result<Connection> {
        let connection = self.database.connection().await;
        connection.context("cannot reach the database named by INNERWALL_DATABASE_URL")
    }

    /// The tenant of a name.
    pub(crate) async fn tenant(&self, name: &str) -> anyhow::Result<TenantId> {
        let found = admin::find_tenant(&self.connection().await?, name).await?;
        found.with_context(|| {
            format!("there is no tenant {name}; see `innerwall-ctl tenant create`")
        })
    }

    pub(crate) fn broker(&self) -> anyhow::Result<Broker> {
        let url = self.settings.amqp_url.as_ref().context("INNERWALL_AMQP_URL is not set")?;
        let topology = Topology::new(&self.settings.queue_prefix);
        Ok(Broker::new(url.reveal(), "innerwall-ctl", topology))
    }
}
