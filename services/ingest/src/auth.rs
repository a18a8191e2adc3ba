//! API keys and their limits.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use innerwall_auth::SecretDigest;
use innerwall_event::TenantId;
use innerwall_event::limits::BATCH_EVENTS_MAX;
use innerwall_storage::{Database, StorageError, keys};
use quick_cache::sync::Cache;

/// A key is looked up again after this time, so that a revoked one ends within ten seconds.
const FRESH_FOR: Duration = Duration::from_secs(5);
/// While the database is away, known keys stay valid this long: producers must not suffer from
/// it, but a revocation must take effect some day.
const STALE_MAX: Duration = Duration::from_mins(15);
/// Keys remembered, known and unknown ones. Bounds what guessing can fill.
const KEYS_MAX: usize = 10_000;

/// Lines of the logbook per second and key: of requests that were refused, and of the others.
const REFUSED_LINES_PER_S: NonZeroU32 = NonZeroU32::new(20).unwrap();
const ACCEPTED_LINES_PER_S: NonZeroU32 = NonZeroU32::new(1).unwrap();
/// Refused requests come in bursts: the first are the ones worth looking at.
const REFUSED_LINES_BURST: NonZeroU32 = NonZeroU32::new(100).unwrap();

/// A key that may send events.
pub(crate) struct Key {
    pub(crate) tenant: TenantId,
    /// What the tenant calls the producer.
    pub(crate) label: String,
    events_per_second: u32,
    limiter: DefaultDirectRateLimiter,
    refused_lines: DefaultDirectRateLimiter,
    accepted_lines: DefaultDirectRateLimiter,
}

/// Why a request may not send.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthError {
    #[error("the Api-Key header is missing")]
    Missing,
    #[error("the key in the Api-Key header is unknown or revoked")]
    Unknown,
    #[error("the key cannot be checked, the database is away: {0}")]
    Unavailable(#[from] StorageError),
    #[error("more than {limit} events per second for this key")]
    TooMany { limit: u32, retry_after: Duration },
}

struct Known {
    /// `None` for a key that does not exist.
    key: Option<Arc<Key>>,
    looked_up: Instant,
}

/// All keys seen lately.
pub(crate) struct Keys {
    known: Cache<SecretDigest, Arc<Known>>,
}

impl Keys {
    pub(crate) fn new() -> Self {
        Self { known: Cache::new(KEYS_MAX) }
    }

    /// Finds the key behind a secret.
    pub(crate) async fn find(
        &self,
        database: &Database,
        secret: Option<&str>,
    ) -> Result<Arc<Key>, AuthError> {
        let secret = secret.filter(|secret| !secret.is_empty()).ok_or(AuthError::Missing)?;
        let digest = SecretDigest::of(secret);
        let known = self.known.get(&digest);
        let fresh = known.as_ref().filter(|known| known.looked_up.elapsed() < FRESH_FOR);
        if let Some(known) = fresh {
            return known.key.clone().ok_or(AuthError::Unknown);
        }
        let key = match look_up(database, &digest).await {
            Ok(found) => found.map(|found| keep_limiter(found, known.as_deref())),
            Err(error) => return stale(known.as_deref(), error),
        };
        let entry = Known { key: key.clone(), looked_up: Instant::now() };
        self.known.insert(digest, Arc::new(entry));
        key.ok_or(AuthError::Unknown)
    }
}

async fn look_up(
    database: &Database,
    digest: &SecretDigest,
) -> Result<Option<keys::ApiKey>, StorageError> {
    keys::find(&database.connection().await?, digest).await
}

/// A key looked up again keeps its count of events.
fn keep_limiter(found: keys::ApiKey, known: Option<&Known>) -> Arc<Key> {
    let same = known.and_then(|known| known.key.as_ref()).filter(|key| {
        key.tenant == found.tenant
            && key.events_per_second == found.events_per_second
            && key.label == found.label
    });
    same.map_or_else(|| Arc::new(Key::new(found)), Arc::clone)
}

fn stale(known: Option<&Known>, error: StorageError) -> Result<Arc<Key>, AuthError> {
    let usable = known.filter(|known| known.looked_up.elapsed() < STALE_MAX);
    usable.and_then(|known| known.key.clone()).ok_or(AuthError::Unavailable(error))
}

impl Key {
    fn new(found: keys::ApiKey) -> Self {
        let rate = NonZeroU32::new(found.events_per_second).unwrap_or(NonZeroU32::MIN);
        // A whole batch must fit, or it could never be sent.
        let batch = u32::try_from(BATCH_EVENTS_MAX).unwrap_or(u32::MAX);
        let burst = rate.max(NonZeroU32::new(batch).unwrap_or(rate));
        Self {
            tenant: found.tenant,
            events_per_second: rate.get(),
            limiter: RateLimiter::direct(Quota::per_second(rate).allow_burst(burst)),
            label: found.label,
            refused_lines: RateLimiter::direct(
                Quota::per_second(REFUSED_LINES_PER_S).allow_burst(REFUSED_LINES_BURST),
            ),
            accepted_lines: RateLimiter::direct(Quota::per_second(ACCEPTED_LINES_PER_S)),
        }
    }

    /// Whether the logbook takes one more line about the key.
    pub(crate) fn may_log(&self, is_refused: bool) -> bool {
        let limiter = if is_refused { &self.refused_lines } else { &self.accepted_lines };
        limiter.check().is_ok()
    }

    /// Counts events against the limit of the key.
    pub(crate) fn admit(&self, events: usize) -> Result<(), AuthError> {
        let events = u32::try_from(events).unwrap_or(u32::MAX);
        let Some(events) = NonZeroU32::new(events) else {
            return Ok(());
        };
        let limit = self.events_per_second;
        match self.limiter.check_n(events) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(wait)) => {
                let retry_after = wait.wait_time_from(DefaultClock::default().now());
                Err(AuthError::TooMany { limit, retry_after })
            }
            Err(_) => Err(AuthError::TooMany { limit, retry_after: Duration::from_secs(1) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_admits_a_whole_batch_and_then_refuses() {
        let label = "shop".to_owned();
        let key = Key::new(keys::ApiKey { tenant: TenantId(1), events_per_second: 10, label });
        assert!(key.admit(BATCH_EVENTS_MAX).is_ok());
        let Err(AuthError::TooMany { limit, retry_after }) = key.admit(1) else {
            panic!("one more event is too many");
        };
        assert_eq!(limit, 10);
        assert!(retry_after > Duration::ZERO);
    }

    #[test]
    fn the_logbook_takes_a_burst_of_refusals_and_samples_the_rest() {
        let label = "shop".to_owned();
        let key = Key::new(keys::ApiKey { tenant: TenantId(1), events_per_second: 10, label });
        let taken = |is_refused| (0..1_000).filter(|_| key.may_log(is_refused)).count();
        assert!((100..200).contains(&taken(true)));
        assert!((1..10).contains(&taken(false)));
    }
}
