//! What scoring keeps of addresses, devices and contact details.

use super::{Scenery, make_room};
use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// Versions of each user agent.
const VERSIONS: i32 = 6;

pub(crate) const ADD_ADDRESS_USERS: &str = "
    INSERT INTO address_users (tenant_id, ip, user_no)
    SELECT DISTINCT $1::int, ip, user_no FROM events WHERE tenant_id = $1 ORDER BY ip, user_no";
pub(crate) const ADD_ADDRESSES: &str = "
    INSERT INTO addresses (tenant_id, ip, events, users, country, first_seen, last_seen, asn,
        announced)
    SELECT $1, ip, events, users, country, first_seen, last_seen,
        ($2::bigint[])[(1 + (ip - inet '11.0.0.0') / 131072)::int],
        host(network(set_masklen(ip, 15))) || '/15'
    FROM (SELECT ip, count(*) AS events, min(country) AS country, min(event_time) AS first_seen,
              max(event_time) AS last_seen FROM events WHERE tenant_id = $1 GROUP BY ip) AS seen
    JOIN (SELECT ip, count(*) AS users FROM address_users WHERE tenant_id = $1 GROUP BY ip) AS by_ip
        USING (ip)";
pub(crate) const ADD_NETWORKS: &str = "
    INSERT INTO networks (tenant_id, asn, name)
    SELECT DISTINCT ON (asn) $1::int, asn, name
    FROM unnest($2::bigint[], $3::text[]) AS new(asn, name)";
pub(crate) const ADD_DEVICES: &str = "
    INSERT INTO devices (tenant_id, device_id, kind, label, browser, system)
    SELECT $1, id, kind, label, browser, system
    FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
        AS new(id, kind, label, browser, system)";
/// Events name user agents by the place of their device.
pub(crate) const ADD_AGENTS: &str = "
    INSERT INTO user_agents (tenant_id, id, value, language)
    SELECT $1, place * 100 + version, agent || (130 + version) || '.0', language
    FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS new(agent, language, place)
    CROSS JOIN generate_series(1, $4::int) AS version";
pub(crate) const ADD_CONTACTS: &str = "
    INSERT INTO contact_users (tenant_id, kind, value, user_no, first_seen)
    SELECT $1::int, 1::smallint, email, user_no, first_seen FROM users
    WHERE tenant_id = $1 AND email IS NOT NULL
    UNION ALL
    SELECT $1, 2::smallint, phone, user_no, first_seen FROM users
    WHERE tenant_id = $1 AND phone IS NOT NULL";

/// Adds what users and events that are there touched.
pub async fn touch(tx: &TenantTx<'_>, scenery: &Scenery) -> Result<(), StorageError> {
    make_room(tx).await?;
    let tenant = tx.tenant().0;
    let asns: Vec<i64> = scenery.places.iter().map(|place| place.asn).collect();
    tx.execute(ADD_ADDRESS_USERS, &[&tenant]).await?;
    tx.execute(ADD_ADDRESSES, &[&tenant, &asns]).await?;
    let columns =
        Columns::of(&scenery.places).add(|place| place.asn).add(|place| place.network.as_str());
    tx.execute(ADD_NETWORKS, &columns.after(&[&tenant])).await?;
    let columns = Columns::of(&scenery.devices)
        .add(|device| device.id)
        .add(|device| device.kind.as_str())
        .add(|device| device.label.as_str())
        .add(|device| device.browser.as_str())
        .add(|device| device.system.as_str());
    tx.execute(ADD_DEVICES, &columns.after(&[&tenant])).await?;
    let agents: Vec<&str> = scenery.devices.iter().map(|device| &*device.agent).collect();
    let languages: Vec<&str> = scenery.devices.iter().map(|device| &*device.language).collect();
    tx.execute(ADD_AGENTS, &[&tenant, &agents, &languages, &VERSIONS]).await?;
    tx.execute(ADD_CONTACTS, &[&tenant]).await?;
    Ok(())
}
