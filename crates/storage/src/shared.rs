//! What is known of things that users share, read before events are scored.

use std::collections::HashMap;
use std::net::IpAddr;

use innerwall_event::Timestamp;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Users of one contact that are counted; more change no rule.
const USERS_MAX: i64 = 1_000;

pub(crate) const ADDRESS_USERS: &str = "
    SELECT ip, users FROM addresses WHERE tenant_id = $1 AND ip = ANY($2)";
pub(crate) const CONTACT_USERS: &str = "
    SELECT wanted.kind, wanted.value, found.users
    FROM unnest($2::smallint[], $3::text[]) AS wanted(kind, value)
    CROSS JOIN LATERAL (
        SELECT count(*) AS users FROM (
            SELECT 1 FROM contact_users
            WHERE tenant_id = $1 AND kind = wanted.kind AND value = wanted.value COLLATE \"C\"
            LIMIT $4) AS few) AS found";
pub(crate) const ADD_CONTACTS: &str = "
    INSERT INTO contact_users (tenant_id, kind, value, user_no, first_seen)
    SELECT $1, kind, value, user_no, first_seen
    FROM unnest($2::smallint[], $3::text[], $4::bigint[], $5::timestamptz[])
        AS new(kind, value, user_no, first_seen)
    ORDER BY kind, value COLLATE \"C\", user_no
    ON CONFLICT DO NOTHING";

/// Kind of contact detail. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContactKind {
    Email = 1,
    Phone = 2,
}

/// A user seen with a contact detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactLink {
    pub kind: ContactKind,
    pub value: String,
    pub user_no: i64,
    pub first_seen: Timestamp,
}

/// Users ever seen with each of some addresses; addresses nobody was seen with are left out.
pub async fn address_users(
    tx: &TenantTx<'_>,
    ips: &[IpAddr],
) -> Result<HashMap<IpAddr, i64>, StorageError> {
    let rows = tx.query(ADDRESS_USERS, &[&tx.tenant().0, &ips]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Users ever seen with each of some phone numbers, at most a thousand.
pub async fn phone_users(
    tx: &TenantTx<'_>,
    phones: &[&str],
) -> Result<HashMap<String, i64>, StorageError> {
    if phones.is_empty() {
        return Ok(HashMap::new());
    }
    let kinds = vec![ContactKind::Phone as i16; phones.len()];
    let rows = tx.query(CONTACT_USERS, &[&tx.tenant().0, &kinds, &phones, &USERS_MAX]).await?;
    Ok(rows.iter().map(|row| (row.get(1), row.get(2))).collect())
}

/// Links users with contact details.
pub async fn add_contacts(tx: &TenantTx<'_>, links: &[ContactLink]) -> Result<(), StorageError> {
    if links.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(links)
        .add(|link| link.kind as i16)
        .add(|link| link.value.as_str())
        .add(|link| link.user_no)
        .add(|link| PgTime(link.first_seen));
    tx.execute(ADD_CONTACTS, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}
