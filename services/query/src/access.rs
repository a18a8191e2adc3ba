//! Who asks: bearer tokens and signing in.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use innerwall_auth::{Secret, SecretDigest, SecretKind, hash_password, verify_password};
use innerwall_storage::operators::{self, Bearer, Operator};
use innerwall_storage::{Database, StorageError};
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use crate::app::now;
use crate::problem::Problem;

/// A token is looked up again after this time, so that a revoked one ends soon.
const FRESH_FOR: Duration = Duration::from_secs(5);
const TOKENS_MAX: usize = 10_000;
/// A person signs in anew at least twice a day.
const SESSION_S: i64 = 12 * 3600;
/// Attempts per minute and address, and per minute and account.
const ATTEMPTS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Password hashes computed at once: each takes 19 MiB.
const HASHES_AT_ONCE: usize = 2;

/// Tokens seen lately.
pub(crate) struct Access {
    known: Cache<SecretDigest, (Instant, Arc<Bearer>)>,
}

impl Access {
    pub(crate) fn new() -> Self {
        Self { known: Cache::new(TOKENS_MAX) }
    }

    /// Who a token speaks for.
    pub(crate) async fn bearer(
        &self,
        database: &Database,
        token: Option<&str>,
    ) -> Result<Arc<Bearer>, Problem> {
        let digest = SecretDigest::of(token.ok_or(Problem::NoToken)?);
        if let Some((at, bearer)) = self.known.get(&digest)
            && at.elapsed() < FRESH_FOR
        {
            return Ok(bearer);
        }
        let found = operators::find_bearer(&database.connection().await?, &digest).await?;
        let bearer = Arc::new(found.ok_or(Problem::BadToken)?);
        self.known.insert(digest, (Instant::now(), Arc::clone(&bearer)));
        Ok(bearer)
    }

    /// Ends a token at once.
    pub(crate) async fn revoke(
        &self,
        database: &Database,
        token: &str,
    ) -> Result<(), StorageError> {
        let digest = SecretDigest::of(token);
        self.known.remove(&digest);
        operators::revoke_token(&database.connection().await?, &digest).await
    }
}

/// A fresh session of someone who has signed in.
pub(crate) struct SignedIn {
    pub(crate) token: Secret,
    pub(crate) expires_at: innerwall_event::Timestamp,
}

/// Attempts to sign in.
pub(crate) struct Logins {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<String>,
    hashing: Semaphore,
}

/// What an unknown account is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_password("nobody has this").unwrap_or_default());

impl Logins {
    pub(crate) fn new() -> Self {
        let quota = Quota::per_minute(ATTEMPTS_PER_MINUTE);
        Self {
            by_address: RateLimiter::keyed(quota),
            by_account: RateLimiter::keyed(quota),
            hashing: Semaphore::new(HASHES_AT_ONCE),
        }
    }

    /// Signs in with e-mail address and password.
    pub(crate) async fn sign_in(
        &self,
        database: &Database,
        client: IpAddr,
        email: &str,
        password: String,
    ) -> Result<SignedIn, Problem> {
        let email = email.trim().to_lowercase();
        self.admit(client, &email)?;
        let found = operators::find(&database.connection().await?, &email).await?;
        let hash =
            found.as_ref().map_or_else(|| NOBODY.clone(), |found| found.password_hash.clone());
        let is_right = self.verify(password, hash).await?;
        let operator = found.filter(|_| is_right).ok_or(Problem::BadLogin)?;
        open_session(database, &operator).await
    }

    fn admit(&self, client: IpAddr, email: &str) -> Result<(), Problem> {
        // Forgetting those who have waited long enough keeps both maps small.
        self.by_address.retain_recent();
        self.by_account.retain_recent();
        let refused = |wait: governor::NotUntil<_>| Problem::TooManyLogins {
            retry_after: wait.wait_time_from(DefaultClock::default().now()),
        };
        self.by_address.check_key(&client).map_err(refused)?;
        self.by_account.check_key(&email.to_owned()).map_err(refused)
    }

    async fn verify(&self, password: String, hash: String) -> Result<bool, Problem> {
        let permit = self.hashing.acquire().await.map_err(|_| Problem::Internal)?;
        let checked = tokio::task::spawn_blocking(move || verify_password(&password, &hash)).await;
        drop(permit);
        match checked {
            Ok(Ok(is_right)) => Ok(is_right),
            Ok(Err(error)) => {
                tracing::error!(%error, "password cannot be checked");
                Err(Problem::Internal)
            }
            Err(error) => {
                tracing::error!(%error, "password check ended early");
                Err(Problem::Internal)
            }
        }
    }
}

async fn open_session(database: &Database, operator: &Operator) -> Result<SignedIn, Problem> {
    let token = Secret::generate(SecretKind::Session, &mut rand::rng());
    let expires_at = now().plus_seconds(SESSION_S);
    let connection = database.connection().await?;
    operators::add_session(&connection, operator, &token.digest(), expires_at).await?;
    Ok(SignedIn { token, expires_at })
}
