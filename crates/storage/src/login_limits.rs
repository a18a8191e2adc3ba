//! Attempts to sign in, counted in the database: limits hold for all processes and survive them.

use std::time::Duration;

use innerwall_auth::SecretDigest;

use crate::error::StorageError;
use crate::pool::Connection;

/// An attempt moves the time at which the limit is whole again; one that would move it too far is
/// refused and moves nothing.
pub(crate) const TAKE: &str = "
    INSERT INTO login_limits (key, full_at) VALUES ($1, now() + make_interval(secs => $2))
    ON CONFLICT (key) DO UPDATE
        SET full_at = greatest(login_limits.full_at, now()) + make_interval(secs => $2)
        WHERE login_limits.full_at <= now() + make_interval(secs => $3)
    RETURNING full_at";
pub(crate) const WAIT: &str = "
    SELECT extract(epoch FROM full_at - now() - make_interval(secs => $2))::float8
    FROM login_limits WHERE key = $1";
pub(crate) const GIVE_BACK: &str = "DELETE FROM login_limits WHERE key = $1";
pub(crate) const FORGET: &str = "
    DELETE FROM login_limits WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM login_limits WHERE full_at < now() LIMIT $1))";

/// Rows forgotten with each attempt: more than one makes, so that the table stays small.
const FORGOTTEN_AT_ONCE: i64 = 8;

/// A bucket of attempts that fills up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginLimit {
    /// Attempts at once.
    pub burst: u32,
    /// Time for one more.
    pub every: Duration,
}

/// Takes an attempt; gives how long to wait when there is none left.
pub async fn take(
    connection: &Connection,
    key: &SecretDigest,
    limit: LoginLimit,
) -> Result<Option<Duration>, StorageError> {
    let (key, every_s) = (key.0.as_slice(), limit.every.as_secs_f64());
    let ahead_s = every_s * f64::from(limit.burst.saturating_sub(1));
    let take = connection.0.prepare_cached(TAKE).await?;
    if connection.0.query_opt(&take, &[&key, &every_s, &ahead_s]).await?.is_some() {
        return Ok(None);
    }
    let wait = connection.0.prepare_cached(WAIT).await?;
    let row = connection.0.query_opt(&wait, &[&key, &ahead_s]).await?;
    let wait_s: f64 = row.map_or(0.0, |row| row.get(0));
    Ok(Some(Duration::from_secs_f64(wait_s.max(0.0))))
}

/// Forgets the attempts of a key: it was the right person.
pub async fn give_back(connection: &Connection, key: &SecretDigest) -> Result<(), StorageError> {
    let statement = connection.0.prepare_cached(GIVE_BACK).await?;
    connection.0.execute(&statement, &[&key.0.as_slice()]).await?;
    Ok(())
}

/// Forgets some limits that are whole again.
pub async fn forget(connection: &Connection) -> Result<(), StorageError> {
    let statement = connection.0.prepare_cached(FORGET).await?;
    connection.0.execute(&statement, &[&FORGOTTEN_AT_ONCE]).await?;
    Ok(())
}
