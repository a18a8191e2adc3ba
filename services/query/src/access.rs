//! Who asks: sessions of browsers and tokens of machines, looked up and kept for a moment.

use std::sync::Arc;
use std::time::{Duration, Instant};

use innerwall_auth::SecretDigest;
use innerwall_event::TenantId;
use innerwall_storage::browser_sessions::{self, Session};
use innerwall_storage::tokens::{self, Token};
use innerwall_storage::{Database, StorageError};
use quick_cache::sync::Cache;

use crate::problem::Problem;

/// Whoever is known is looked up again after this time, so that what is revoked ends soon.
const FRESH_FOR: Duration = Duration::from_secs(5);
const KNOWN_MAX: usize = 10_000;

/// For whom a request speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bearer {
    Person(Session),
    Machine(Token),
}

impl Bearer {
    /// Number, name and time zone of the tenant.
    pub(crate) fn tenant(&self) -> (TenantId, &str, &str) {
        match self {
            Self::Person(session) => (session.tenant, &session.tenant_name, &session.time_zone),
            Self::Machine(token) => (token.tenant, &token.tenant_name, &token.time_zone),
        }
    }
}

/// Sessions and tokens seen lately.
pub(crate) struct Access {
    known: Cache<SecretDigest, (Instant, Arc<Bearer>)>,
}

impl Access {
    pub(crate) fn new() -> Self {
        Self { known: Cache::new(KNOWN_MAX) }
    }

    /// For whom a token speaks.
    pub(crate) async fn token(
        &self,
        database: &Database,
        token: &str,
    ) -> Result<Arc<Bearer>, Problem> {
        let digest = SecretDigest::of(token);
        if let Some(bearer) = self.fresh(&digest) {
            return Ok(bearer);
        }
        let found = tokens::find(&database.connection().await?, &digest).await?;
        self.keep(digest, found.map(Bearer::Machine))
    }

    /// For whom the secret in a cookie speaks.
    pub(crate) async fn session(
        &self,
        database: &Database,
        secret: &str,
    ) -> Result<Arc<Bearer>, Problem> {
        let digest = SecretDigest::of(secret);
        if let Some(bearer) = self.fresh(&digest) {
            return Ok(bearer);
        }
        let found = browser_sessions::find(&database.connection().await?, &digest).await?;
        self.keep(digest, found.map(Bearer::Person))
    }

    /// Whether a bearer would still be let in, as the database says now.
    pub(crate) async fn still(
        &self,
        database: &Database,
        digest: &SecretDigest,
        bearer: &Bearer,
    ) -> Result<bool, StorageError> {
        let connection = database.connection().await?;
        Ok(match bearer {
            Bearer::Person(_) => browser_sessions::find(&connection, digest).await?.is_some(),
            Bearer::Machine(_) => tokens::find(&connection, digest).await?.is_some(),
        })
    }

    /// Forgets everybody: roles or sessions have changed.
    pub(crate) fn forget_all(&self) {
        self.known.clear();
    }

    fn fresh(&self, digest: &SecretDigest) -> Option<Arc<Bearer>> {
        let (at, bearer) = self.known.get(digest)?;
        (at.elapsed() < FRESH_FOR).then_some(bearer)
    }

    fn keep(&self, digest: SecretDigest, found: Option<Bearer>) -> Result<Arc<Bearer>, Problem> {
        let Some(bearer) = found else {
            self.known.remove(&digest);
            return Err(Problem::BadToken);
        };
        let bearer = Arc::new(bearer);
        self.known.insert(digest, (Instant::now(), Arc::clone(&bearer)));
        Ok(bearer)
    }
}
