//! Finding things by the beginning of their keys, kind after kind.

use std::net::IpAddr;

use innerwall_features::EntityKind;

use super::entities::{self, EntityRow, entity_columns, with_parents};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// Both ends of each range come from outside: an end that is computed from a row serves no index
/// under row-level security.
pub(crate) const BY_PREFIXES: &str = concat!(
    "SELECT ",
    entity_columns!(),
    " FROM unnest($2::smallint[], $3::text[], $5::text[]) WITH ORDINALITY
          AS wanted(kind, prefix, beyond, place)
      CROSS JOIN LATERAL (
          SELECT * FROM entities WHERE tenant_id = $1 AND kind = wanted.kind
              AND key >= wanted.prefix AND key < wanted.beyond
          ORDER BY key LIMIT $4) AS e ",
    with_parents!(),
    " ORDER BY wanted.place, e.key"
);
pub(crate) const IN_RANGE: &str = "
    SELECT host(ip) FROM addresses
    WHERE tenant_id = $1 AND ip >= $2 AND ip <= $3 ORDER BY ip LIMIT $4";
pub(crate) const ADDRESSES: &str = concat!(
    "SELECT ",
    entity_columns!(),
    " FROM entities AS e ",
    with_parents!(),
    " WHERE e.tenant_id = $1 AND e.kind = 1 AND e.key = ANY($2) ORDER BY e.key"
);

/// At most so many things of each kind whose key begins with a text, in the order of keys: what
/// fits exactly comes first.
pub async fn by_prefixes(
    tx: &TenantTx<'_>,
    prefixes: &[(EntityKind, String)],
    limit: i64,
) -> Result<Vec<EntityRow>, StorageError> {
    let kinds: Vec<i16> = prefixes.iter().map(|(kind, _)| kind.number()).collect();
    let texts: Vec<&str> = prefixes.iter().map(|(_, prefix)| prefix.as_str()).collect();
    let beyond: Vec<String> = texts.iter().map(|text| format!("{text}{}", char::MAX)).collect();
    tx.read_in_order(true).await?;
    let rows = tx.query(BY_PREFIXES, &[&tx.tenant().0, &kinds, &texts, &limit, &beyond]).await?;
    Ok(rows.iter().map(|row| entities::row_of(row, 0)).collect())
}

/// Addresses from one to another.
pub async fn in_range(
    tx: &TenantTx<'_>,
    first: IpAddr,
    last: IpAddr,
    limit: i64,
) -> Result<Vec<EntityRow>, StorageError> {
    let rows = tx.query(IN_RANGE, &[&tx.tenant().0, &first, &last, &limit]).await?;
    let keys: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let rows = tx.query(ADDRESSES, &[&tx.tenant().0, &keys]).await?;
    Ok(rows.iter().map(|row| entities::row_of(row, 0)).collect())
}
