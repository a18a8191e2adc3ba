//! What users share: addresses, devices, user agents, networks. Added to, never read and rewritten;
//! every statement takes its rows in key order.

use std::net::IpAddr;

use innerwall_event::Timestamp;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Links users with addresses; an address counts the users that are new to it. Events are counted
/// with the things users touch (`folding`); here only what rules read is kept.
pub(crate) const ADD_ADDRESSES: &str = "
    WITH fresh AS (
        INSERT INTO address_users (tenant_id, ip, user_no)
        SELECT $1, ip, user_no FROM unnest($2::inet[], $3::bigint[]) AS new(ip, user_no)
        ORDER BY ip, user_no
        ON CONFLICT DO NOTHING RETURNING ip),
    counted AS (SELECT ip, count(*) AS users FROM fresh GROUP BY ip)
    INSERT INTO addresses
        (tenant_id, ip, events, users, country, first_seen, last_seen, asn, announced)
    SELECT $1, ip, 0, counted.users, country, seen, seen, asn, announced
    FROM unnest($4::inet[], $5::text[], $6::timestamptz[], $7::bigint[], $8::text[])
        AS new(ip, country, seen, asn, announced)
    JOIN counted USING (ip)
    ORDER BY ip
    ON CONFLICT (tenant_id, ip) DO UPDATE SET
        users = addresses.users + EXCLUDED.users,
        country = coalesce(EXCLUDED.country, addresses.country),
        asn = coalesce(EXCLUDED.asn, addresses.asn),
        announced = coalesce(EXCLUDED.announced, addresses.announced),
        first_seen = least(addresses.first_seen, EXCLUDED.first_seen),
        last_seen = greatest(addresses.last_seen, EXCLUDED.last_seen)";
pub(crate) const ADD_USER_AGENTS: &str = "
    INSERT INTO user_agents (tenant_id, id, value, language)
    SELECT $1, id, value, language
    FROM unnest($2::bigint[], $3::text[], $4::text[]) AS new(id, value, language) ORDER BY id
    ON CONFLICT DO NOTHING";
pub(crate) const ADD_DEVICES: &str = "
    INSERT INTO devices (tenant_id, device_id, kind, label, browser, system)
    SELECT $1, device_id, kind, label, browser, system
    FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
        AS new(device_id, kind, label, browser, system)
    ORDER BY device_id
    ON CONFLICT DO NOTHING";
pub(crate) const ADD_NETWORKS: &str = "
    INSERT INTO networks (tenant_id, asn, name)
    SELECT $1, asn, name FROM unnest($2::bigint[], $3::text[]) AS new(asn, name) ORDER BY asn
    ON CONFLICT DO NOTHING";
/// An address that a user was seen with for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    pub ip: IpAddr,
    pub country: Option<String>,
    /// Number of the network.
    pub asn: Option<i64>,
    /// Range in which the network announces the address.
    pub announced: Option<String>,
    pub seen: Timestamp,
}

/// A network by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    pub asn: i64,
    pub name: String,
}

/// A user agent with the language sent beside it, and the hash both are known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserAgent {
    pub id: i64,
    pub value: String,
    pub language: Option<String>,
}

/// A class of device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceLabel {
    pub device_id: i64,
    pub kind: &'static str,
    pub label: String,
    pub browser: String,
    pub system: String,
}

/// Links users with addresses they were not seen with before: how many of the links are new is
/// what the count of users grows by.
pub async fn add_addresses(
    tx: &TenantTx<'_>,
    links: &[(IpAddr, i64)],
    addresses: &[NewAddress],
) -> Result<(), StorageError> {
    if links.is_empty() {
        return Ok(());
    }
    let (tenant, of_links) =
        (tx.tenant().0, Columns::of(links).add(|link| link.0).add(|link| link.1));
    let columns = Columns::of(addresses)
        .add(|address| address.ip)
        .add(|address| address.country.as_deref())
        .add(|address| PgTime(address.seen))
        .add(|address| address.asn)
        .add(|address| address.announced.as_deref());
    tx.execute(ADD_ADDRESSES, &columns.after(&of_links.after(&[&tenant]))).await?;
    Ok(())
}

pub async fn add_user_agents(tx: &TenantTx<'_>, agents: &[UserAgent]) -> Result<(), StorageError> {
    if agents.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(agents)
        .add(|agent| agent.id)
        .add(|agent| agent.value.as_str())
        .add(|agent| agent.language.as_deref());
    tx.execute(ADD_USER_AGENTS, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}

pub async fn add_devices(tx: &TenantTx<'_>, devices: &[DeviceLabel]) -> Result<(), StorageError> {
    if devices.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(devices)
        .add(|device| device.device_id)
        .add(|device| device.kind)
        .add(|device| device.label.as_str())
        .add(|device| device.browser.as_str())
        .add(|device| device.system.as_str());
    tx.execute(ADD_DEVICES, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}

pub async fn add_networks(tx: &TenantTx<'_>, networks: &[Network]) -> Result<(), StorageError> {
    if networks.is_empty() {
        return Ok(());
    }
    let columns =
        Columns::of(networks).add(|network| network.asn).add(|network| network.name.as_str());
    tx.execute(ADD_NETWORKS, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}
