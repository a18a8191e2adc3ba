//! Users: locking, loading and storing what is known of them. Their state is locked and loaded by
//! the only index it has; their row in lists is written and never looked up here.

use std::collections::HashMap;
use std::net::IpAddr;

use innerwall_event::Timestamp;
use innerwall_scoring::Account;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Lists are ordered by five-minute buckets of the last event, which keeps most updates away
/// from every index.
const SEEN_BUCKET_US: i64 = 300 * 1_000_000;
/// Separates rule ids in a parameter.
const SEPARATOR: &str = ",";

pub(crate) const EXISTING: &str = "
    SELECT user_id FROM user_state WHERE tenant_id = $1 AND user_id = ANY($2)";
pub(crate) const ADD: &str = "
    INSERT INTO user_state (tenant_id, user_id)
    SELECT $1, user_id FROM unnest($2::text[]) AS user_id ORDER BY user_id COLLATE \"C\"
    ON CONFLICT DO NOTHING";
/// Locks in the order of the ids given, which are sorted. Missing users are added before any lock
/// is taken, also in that order: so no two transactions can wait for each other in a circle.
pub(crate) const LOCK: &str = "
    SELECT found.user_no FROM unnest($2::text[]) AS wanted
    CROSS JOIN LATERAL (
        SELECT user_no FROM user_state
        WHERE tenant_id = $1 AND user_id = wanted COLLATE \"C\" FOR UPDATE) AS found";
/// A statement of its own after the lock: it must see what the last holder committed.
pub(crate) const LOAD: &str = "
    SELECT user_id, user_no, account FROM user_state WHERE tenant_id = $1 AND user_id = ANY($2)";
pub(crate) const STORE_USERS: &str = "
    INSERT INTO users (tenant_id, rule_set, user_no, user_id, first_seen, last_seen, seen_bucket,
        created_at, event_count, trust, email, phone, first_name, last_name, full_name, country,
        last_ip, rules, top_reason)
    SELECT $1, $2, user_no, user_id, first_seen, last_seen, seen_bucket, created_at, event_count,
        trust, email, phone, first_name, last_name, full_name, country, last_ip,
        string_to_array(rules, ','), top_reason
    FROM unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[],
                $8::timestamptz[], $9::bigint[], $10::smallint[], $11::text[], $12::text[],
                $13::text[], $14::text[], $15::text[], $16::text[], $17::inet[], $18::text[],
                $19::text[])
        AS new(user_no, user_id, first_seen, last_seen, seen_bucket, created_at, event_count,
               trust, email, phone, first_name, last_name, full_name, country, last_ip, rules,
               top_reason)
    ON CONFLICT (tenant_id, user_no) DO UPDATE SET
        first_seen = EXCLUDED.first_seen, last_seen = EXCLUDED.last_seen,
        seen_bucket = EXCLUDED.seen_bucket, created_at = EXCLUDED.created_at,
        event_count = EXCLUDED.event_count, rule_set = EXCLUDED.rule_set, trust = EXCLUDED.trust,
        email = EXCLUDED.email, phone = EXCLUDED.phone, first_name = EXCLUDED.first_name,
        last_name = EXCLUDED.last_name, full_name = EXCLUDED.full_name,
        country = coalesce(EXCLUDED.country, users.country), last_ip = EXCLUDED.last_ip,
        rules = EXCLUDED.rules, top_reason = EXCLUDED.top_reason";
pub(crate) const STORE_STATES: &str = "
    INSERT INTO user_state (tenant_id, user_id, account)
    SELECT $1, user_id, account FROM unnest($2::text[], $3::bytea[]) AS new(user_id, account)
    ON CONFLICT (tenant_id, user_id) DO UPDATE SET account = EXCLUDED.account";

pub(crate) const READ: &str = "
    SELECT account FROM user_state WHERE tenant_id = $1 AND user_id = $2";

/// A locked user.
#[derive(Clone, Debug)]
pub struct LockedUser {
    pub user_no: i64,
    pub account: Account,
}

/// A user after its events were scored.
#[derive(Debug)]
pub struct ScoredUser {
    pub user_no: i64,
    pub user_id: String,
    pub account: Account,
    pub trust: u8,
    pub last_ip: IpAddr,
    pub country: Option<String>,
}

/// Locks and loads those of some users that are there: who was erased meanwhile is left out.
pub async fn lock_existing(
    tx: &TenantTx<'_>,
    user_ids: &[&str],
) -> Result<HashMap<String, LockedUser>, StorageError> {
    tx.query(LOCK, &[&tx.tenant().0, &user_ids]).await?;
    loaded(&tx.query(LOAD, &[&tx.tenant().0, &user_ids]).await?)
}

/// Adds the users that are not there yet, in the order of their ids. `user_ids` must be sorted.
pub async fn add_missing(tx: &TenantTx<'_>, user_ids: &[&str]) -> Result<(), StorageError> {
    let rows = tx.query(EXISTING, &[&tx.tenant().0, &user_ids]).await?;
    if rows.len() == user_ids.len() {
        return Ok(());
    }
    let existing: std::collections::HashSet<&str> = rows.iter().map(|row| row.get(0)).collect();
    let missing: Vec<&str> = user_ids.iter().copied().filter(|id| !existing.contains(id)).collect();
    tx.execute(ADD, &[&tx.tenant().0, &missing]).await?;
    Ok(())
}

/// Locks users until the transaction ends and loads what is known of them. Each is named once.
pub async fn lock(
    tx: &TenantTx<'_>,
    user_ids: &[&str],
) -> Result<HashMap<String, LockedUser>, StorageError> {
    add_missing(tx, user_ids).await?;
    // Sent together; the server runs the second after the first has its locks.
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 2] = [&tx.tenant().0, &user_ids];
    let (locked, rows) =
        futures_util::future::join(tx.query(LOCK, &parameters), tx.query(LOAD, &parameters)).await;
    locked?;
    let users = loaded(&rows?)?;
    // Between adding and locking, somebody may have erased one of them.
    if users.len() == user_ids.len() { Ok(users) } else { Err(StorageError::Vanished) }
}

fn loaded(rows: &[tokio_postgres::Row]) -> Result<HashMap<String, LockedUser>, StorageError> {
    let mut users = HashMap::with_capacity(rows.len());
    for row in rows {
        let bytes: Option<&[u8]> = row.get(2);
        let account = bytes.map_or_else(|| Ok(Account::fresh()), Account::from_bytes);
        let account = account.map_err(|error| StorageError::Corrupt {
            what: "account",
            reason: error.to_string(),
        })?;
        users.insert(row.get(0), LockedUser { user_no: row.get(1), account });
    }
    Ok(users)
}

/// What is known of a user, without locking; `None` before its first event is scored.
pub async fn read(tx: &TenantTx<'_>, user_id: &str) -> Result<Option<Account>, StorageError> {
    let rows = tx.query(READ, &[&tx.tenant().0, &user_id]).await?;
    let bytes = rows.first().and_then(|row| row.get::<_, Option<&[u8]>>(0));
    let corrupt = |error: innerwall_scoring::AccountError| StorageError::Corrupt {
        what: "account",
        reason: error.to_string(),
    };
    bytes.map(|bytes| Account::from_bytes(bytes).map_err(corrupt)).transpose()
}

/// Stores users and their states.
pub async fn store(
    tx: &TenantTx<'_>,
    rule_set: i32,
    users: &[ScoredUser],
) -> Result<(), StorageError> {
    let ids: Vec<&str> = users.iter().map(|user| user.user_id.as_str()).collect();
    let accounts: Vec<Vec<u8>> = users.iter().map(|user| user.account.to_bytes()).collect();
    let states = async { tx.execute(STORE_STATES, &[&tx.tenant().0, &ids, &accounts]).await };
    let (rows, states) = futures_util::future::join(store_rows(tx, rule_set, users), states).await;
    rows?;
    states?;
    Ok(())
}

async fn store_rows(
    tx: &TenantTx<'_>,
    rule_set: i32,
    users: &[ScoredUser],
) -> Result<(), StorageError> {
    let time = |micros: i64| PgTime(Timestamp::from_micros(micros));
    let bucket = |micros: i64| micros.div_euclid(SEEN_BUCKET_US) * SEEN_BUCKET_US;
    let columns = Columns::of(users)
        .add(|user| user.user_no)
        .add(|user| user.user_id.as_str())
        .add(|user| time(user.account.state.first_seen_us))
        .add(|user| time(user.account.state.last_seen_us))
        .add(|user| time(bucket(user.account.state.last_seen_us)))
        .add(|user| user.account.state.created_us.map(time))
        .add(|user| i64::from(user.account.state.events))
        .add(|user| i16::from(user.trust))
        .add(|user| user.account.state.email.as_deref())
        .add(|user| user.account.state.phone.as_deref())
        .add(|user| user.account.state.first_name.as_deref())
        .add(|user| user.account.state.last_name.as_deref())
        .add(|user| user.account.state.full_name.as_deref())
        .add(|user| user.country.as_deref())
        .add(|user| user.last_ip)
        .add(rule_ids)
        .add(top_reason);
    tx.execute(STORE_USERS, &columns.after(&[&tx.tenant().0, &rule_set])).await?;
    Ok(())
}

fn rule_ids(user: &ScoredUser) -> String {
    let ids: Vec<&str> = user.account.hits.iter().map(|hit| hit.rule.as_str()).collect();
    ids.join(SEPARATOR)
}

/// The reason of the weightiest hit that speaks against the user.
fn top_reason(user: &ScoredUser) -> Option<&str> {
    let worst =
        user.account.hits.iter().filter(|hit| hit.points > 0).max_by_key(|hit| hit.points)?;
    Some(&worst.reason)
}
