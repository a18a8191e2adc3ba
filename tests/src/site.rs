//! Where a system of processes stands: database, queues, one tenant.

use anyhow::{Context, Result};
use innerwall_testkit::sql::SqlSession;
use innerwall_testkit::{TestDatabase, amqp};
use serde::Deserialize;
use uuid::Uuid;

use crate::ctl::{self, Answer};
use crate::environment;
use crate::turn::{self, Turn};

/// Roles belong to the server: all tests give them the same password.
const ROLE_PASSWORD: &str = "rolepw";
const TENANT: &str = "acme";
const EMAIL: &str = "owner@acme.example";
const PASSWORD: &str = "correct horse battery";
const SET_TENANT: &str = "SELECT set_config('innerwall.tenant_id', $1::int::text, false)";
/// As many as the broker has shards.
const SHARDS: u16 = 8;
const DECIDE_SHARDS: u16 = 4;

/// Servers to stand on; those that tests share unless named.
#[derive(Clone, Debug, Default)]
pub struct Servers {
    pub database_url: Option<String>,
    pub amqp_url: Option<String>,
}

/// The tenant whose events are sent.
#[derive(Clone, Debug)]
pub struct Tenant {
    pub id: i32,
    pub name: String,
    pub email: String,
    pub password: String,
    pub api_key: String,
    pub api_token: String,
}

#[derive(Deserialize)]
struct Created {
    tenant_id: i32,
    api_key: String,
    api_token: String,
}

/// A migrated database, a prefix for queues, and a tenant. Dropping it removes both.
#[derive(Debug)]
pub struct Site {
    pub tenant: Tenant,
    pub database: TestDatabase,
    pub amqp_url: String,
    queue_prefix: String,
    _turn: Turn,
}

impl Site {
    /// Prepares everything that processes need.
    pub async fn prepare(servers: &Servers) -> Result<Self> {
        let turn = turn::wait().await;
        let database = match &servers.database_url {
            Some(url) => TestDatabase::create_on(url).await?,
            None => TestDatabase::create().await?,
        };
        let amqp_url = match &servers.amqp_url {
            Some(url) => url.clone(),
            None => environment::amqp_url()?,
        };
        let queue_prefix = format!("test-{}.", Uuid::new_v4().simple());
        let variables = variables(&database.url(), &amqp_url, &queue_prefix);
        ctl::run(&["migrate"], &variables).await?.success()?;
        let tenant = create_tenant(TENANT, EMAIL, &variables).await?;
        Ok(Self { tenant, database, amqp_url, queue_prefix, _turn: turn })
    }

    /// Runs a command of the operator's command line.
    pub async fn ctl(&self, arguments: &[&str]) -> Result<Answer> {
        ctl::run(arguments, &self.variables()).await
    }

    /// Makes another tenant.
    pub async fn create_tenant(&self, name: &str) -> Result<Tenant> {
        create_tenant(name, &format!("owner@{name}.example"), &self.variables()).await
    }

    /// Address of the database for a service role: ingest, scorer or query.
    pub async fn role_url(&self, role: &str) -> Result<String> {
        self.ctl(&["url", "--role", role]).await?.success()
    }

    /// What `url` prints for an owner's address and a password of the roles.
    pub async fn role_url_with(owner_url: &str, password: &str) -> Result<String> {
        let mut variables = variables(owner_url, "", "");
        variables.push(("INNERWALL_ROLE_PASSWORD".to_owned(), password.to_owned()));
        ctl::run(&["url", "--role", "query"], &variables).await?.success()
    }

    /// The owner's connection, which sees the rows of the tenant.
    pub async fn sql(&self) -> Result<SqlSession> {
        let session = self.database.connect().await?;
        session.query_one(SET_TENANT, &[&self.tenant.id]).await?;
        Ok(session)
    }

    /// Address of the broker through a link in front of it.
    pub(crate) fn amqp_url_through(&self, link: &str) -> String {
        self.amqp_url.replace(host_of(&self.amqp_url), link)
    }

    /// Name of the queue of one shard.
    pub fn events_queue(&self, shard: u16) -> String {
        format!("{}events.v1.{shard}", self.queue_prefix)
    }

    /// Name of the queue of one shard of events whose producers wait.
    pub fn decide_queue(&self, shard: u16) -> String {
        format!("{}decide.v1.{shard}", self.queue_prefix)
    }

    /// Name of the queue of messages that killed every scorer.
    pub fn dead_queue(&self) -> String {
        format!("{}events.dead.v1", self.queue_prefix)
    }

    /// Settings that every process of the site shares.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        variables(&self.database.url(), &self.amqp_url, &self.queue_prefix)
    }

    async fn delete_queues(&self) -> Result<()> {
        let suspect = format!("{}events.suspect.v1", self.queue_prefix);
        let shards = (0..SHARDS).map(|shard| self.events_queue(shard));
        let decide = (0..DECIDE_SHARDS).map(|shard| self.decide_queue(shard));
        for queue in shards.chain(decide).chain([suspect, self.dead_queue()]) {
            amqp::delete(&self.amqp_url, &queue).await?;
        }
        Ok(())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // A destructor cannot wait inside the runtime that runs the test.
        let removal = || -> Result<()> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(self.delete_queues())
        };
        let outcome = std::thread::scope(|scope| scope.spawn(removal).join());
        if let Ok(Err(error)) = outcome {
            eprintln!("queues {}* stay behind: {error:#}", self.queue_prefix);
        }
    }
}

/// Host and port of the broker that tests share.
pub fn broker_address() -> Result<String> {
    Ok(host_of(&environment::amqp_url()?).to_owned())
}

fn host_of(amqp_url: &str) -> &str {
    let rest = amqp_url.rsplit('@').next().unwrap_or_default();
    rest.trim_start_matches("amqp://").split('/').next().unwrap_or_default()
}

fn variables(database_url: &str, amqp_url: &str, queue_prefix: &str) -> Vec<(String, String)> {
    [
        ("INNERWALL_DATABASE_URL", database_url),
        ("INNERWALL_AMQP_URL", amqp_url),
        ("INNERWALL_QUEUE_PREFIX", queue_prefix),
        ("INNERWALL_ROLE_PASSWORD", ROLE_PASSWORD),
        ("INNERWALL_LOG", "info"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

async fn create_tenant(name: &str, email: &str, variables: &[(String, String)]) -> Result<Tenant> {
    let arguments = [
        "tenant",
        "create",
        "--json",
        "--name",
        name,
        "--operator-email",
        email,
        "--operator-password",
        PASSWORD,
    ];
    let output = ctl::run(&arguments, variables).await?.success()?;
    let created: Created =
        serde_json::from_str(&output).with_context(|| format!("`tenant create` said {output}"))?;
    Ok(Tenant {
        id: created.tenant_id,
        name: name.to_owned(),
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        api_key: created.api_key,
        api_token: created.api_token,
    })
}
