//! Users to be judged again because lists have changed about them.

use std::net::IpAddr;

use innerwall_event::TenantId;
use innerwall_features::{EntityId, EntityKind};
use innerwall_scoring::ListKind;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;

/// Users judged again for one change; the others are at their next event.
pub const USERS_MAX: i64 = 1_000;

/// Who asks for judgements or takes them does so alone in its tenant until its transaction ends: the
/// rows of many users could otherwise be locked in a circle.
pub(crate) const ALONE: &str = "SELECT pg_advisory_xact_lock(7402, $1)::text";
/// Users who were seen with any of some values, at most so many.
pub(crate) const REQUEST: &str = "
    INSERT INTO pending_judgements (tenant_id, user_no, user_id, reason)
    SELECT $1, users.user_no, users.user_id, $2
    FROM (
        SELECT user_no FROM users WHERE tenant_id = $1 AND user_id = ANY($3::text[])
        UNION
        (SELECT user_no FROM address_users WHERE tenant_id = $1 AND ip = ANY($4::inet[]) LIMIT $8)
        UNION
        (SELECT user_no FROM unnest($5::text[]) AS sought(prefix) JOIN address_users
            ON tenant_id = $1 AND ip BETWEEN network(prefix::inet) AND set_masklen(
                broadcast(prefix::inet), CASE family(prefix::inet) WHEN 4 THEN 32 ELSE 128 END)
         LIMIT $8)
        UNION
        (SELECT user_no FROM contact_users
         WHERE tenant_id = $1 AND kind IN (1, 2) AND value = ANY($6::text[]) LIMIT $8)
        UNION
        (SELECT user_no FROM unnest($7::text[]) AS sought(domain) JOIN contact_users
            ON tenant_id = $1 AND kind = 1
                AND (value LIKE '%@' || domain OR value LIKE '%.' || domain) LIMIT $8)
        UNION
        (SELECT user_no FROM unnest($9::smallint[], $10::bigint[]) AS sought(kind, entity_id)
            JOIN links USING (kind, entity_id) WHERE tenant_id = $1 LIMIT $8)
    ) AS touched JOIN users ON users.tenant_id = $1 AND users.user_no = touched.user_no
    ORDER BY users.user_no LIMIT $8
    ON CONFLICT (tenant_id, user_no) DO UPDATE SET
        reason = EXCLUDED.reason, requested_at = now()";
/// Also blocks what the users alone use.
pub(crate) const REQUEST_CASCADES: &str = "
    INSERT INTO pending_judgements (tenant_id, user_no, user_id, reason, cascades)
    SELECT $1, user_no, user_id, $4, true
    FROM unnest($2::bigint[], $3::text[]) AS new(user_no, user_id)
    ON CONFLICT (tenant_id, user_no) DO UPDATE SET
        reason = EXCLUDED.reason, cascades = true, requested_at = now()";
pub(crate) const TENANTS: &str = "SELECT tenants_to_judge()";
/// Once every scorer has looked at the lists again: an event that a scorer still scores by what it
/// knew before must not be the last word.
pub(crate) const WAITING: &str = "
    SELECT user_id FROM pending_judgements
    WHERE tenant_id = $1 AND requested_at < now() - interval '3 seconds'
    ORDER BY requested_at LIMIT $2";
pub(crate) const TAKE: &str = "
    SELECT user_no, user_id, reason, cascades FROM pending_judgements
    WHERE tenant_id = $1 AND user_no = ANY($2) ORDER BY user_no FOR UPDATE";
pub(crate) const FINISH: &str = "
    DELETE FROM pending_judgements WHERE tenant_id = $1 AND user_no = ANY($2)";

/// How many users a change concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Users that are judged again now.
    pub users: i64,
    /// Whether there may be more, who are judged at their next event.
    pub is_capped: bool,
}

/// A user to be judged again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub user_no: i64,
    pub user_id: String,
    pub reason: String,
    /// Whether what the user alone uses is to be blocked.
    pub cascades: bool,
}

/// Asks for the users seen with some values to be judged again.
pub async fn request(
    tx: &TenantTx<'_>,
    values: &[(ListKind, String)],
    reason: &str,
) -> Result<Concerned, StorageError> {
    let of = |kinds: &[ListKind]| -> Vec<&str> {
        let wanted = values.iter().filter(|(kind, _)| kinds.contains(kind));
        wanted.map(|(_, value)| value.as_str()).collect()
    };
    let ips: Vec<IpAddr> =
        of(&[ListKind::Address]).iter().filter_map(|text| text.parse().ok()).collect();
    let (users, prefixes) = (of(&[ListKind::User]), of(&[ListKind::Prefix]));
    let (contacts, domains) = (of(&[ListKind::Email, ListKind::Phone]), of(&[ListKind::Domain]));
    let (kinds, entities): (Vec<i16>, Vec<i64>) = values.iter().filter_map(entity).unzip();
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 10] = [
        &tx.tenant().0,
        &reason,
        &users,
        &ips,
        &prefixes,
        &contacts,
        &domains,
        &USERS_MAX,
        &kinds,
        &entities,
    ];
    tx.query(ALONE, &[&tx.tenant().0]).await?;
    let requested = tx.execute(REQUEST, &parameters).await?;
    let users = i64::try_from(requested).unwrap_or(i64::MAX);
    Ok(Concerned { users, is_capped: users >= USERS_MAX })
}

/// The number under which users are linked with a network or a device.
fn entity((kind, value): &(ListKind, String)) -> Option<(i16, i64)> {
    let id = match kind {
        ListKind::Network => EntityId::of(EntityKind::Network, value),
        ListKind::Device => {
            let id = u64::from_str_radix(value, 16).ok()?.cast_signed();
            EntityId { kind: EntityKind::Device, id }
        }
        ListKind::User
        | ListKind::Address
        | ListKind::Prefix
        | ListKind::Email
        | ListKind::Domain
        | ListKind::Phone => return None,
    };
    Some((id.kind.number(), id.id))
}

/// Asks for users, by number and id, to be judged again and for what they alone use to be blocked.
pub async fn request_cascades(
    tx: &TenantTx<'_>,
    users: &[(i64, &str)],
    reason: &str,
) -> Result<(), StorageError> {
    if users.is_empty() {
        return Ok(());
    }
    let (numbers, ids): (Vec<i64>, Vec<&str>) = users.iter().copied().unzip();
    tx.query(ALONE, &[&tx.tenant().0]).await?;
    tx.execute(REQUEST_CASCADES, &[&tx.tenant().0, &numbers, &ids, &reason]).await?;
    Ok(())
}

/// Tenants with users to be judged again.
pub async fn tenants(connection: &Connection) -> Result<Vec<TenantId>, StorageError> {
    let statement = connection.0.prepare_cached(TENANTS).await?;
    let rows = connection.0.query(&statement, &[]).await?;
    Ok(rows.iter().map(|row| TenantId(row.get(0))).collect())
}

/// Ids of users that wait, in their order; nothing is locked.
pub async fn waiting(tx: &TenantTx<'_>, limit: i64) -> Result<Vec<String>, StorageError> {
    let rows = tx.query(WAITING, &[&tx.tenant().0, &limit]).await?;
    let mut ids: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Takes what is asked for users, who are locked before. What is asked for from now on waits until the end of the
/// transaction, and is not lost.
pub async fn take(tx: &TenantTx<'_>, user_nos: &[i64]) -> Result<Vec<Judgement>, StorageError> {
    tx.query(ALONE, &[&tx.tenant().0]).await?;
    let rows = tx.query(TAKE, &[&tx.tenant().0, &user_nos]).await?;
    tx.execute(FINISH, &[&tx.tenant().0, &user_nos]).await?;
    let judgement = |row: &tokio_postgres::Row| Judgement {
        user_no: row.get(0),
        user_id: row.get(1),
        reason: row.get(2),
        cascades: row.get(3),
    };
    Ok(rows.iter().map(judgement).collect())
}
