//! Block, allow and watch lists: looking up and changing. Which entry wins is decided in
//! `innerwall_scoring::standing`.

mod change;
mod page;

use std::collections::HashMap;
use std::net::IpAddr;

use innerwall_event::Timestamp;
use innerwall_scoring::{Entry, ListKind, PrefixLengths, Source, Standing, Touched, standing};
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub use change::{NewEntry, Removal, end_expired, put, remove, remove_one};
// For those who may not know the rest of scoring.
pub use innerwall_scoring::List;

pub(crate) use change::{END_EXPIRED, PUT, REMOVE, REMOVE_CAUSED, REMOVE_ONE, RESTORE, SNAPSHOT};
pub(crate) use change::{remove_caused, restore, snapshot};
pub use page::{ListFilter, ListRow, one, page};
pub(crate) use page::{ONE, PAGE};

pub(crate) const FIND: &str = "
    SELECT found.id, found.list, found.kind, found.value, found.source, found.cause_user
    FROM unnest($2::text[], $3::text[]) AS sought(kind, value)
    CROSS JOIN LATERAL (
        SELECT id, list, kind, value, source, cause_user FROM list_entries
        WHERE tenant_id = $1 AND kind = sought.kind AND value = sought.value
            AND (expires_at IS NULL OR expires_at > now())) AS found";
pub(crate) const KINDS_IN_USE: &str = "
    SELECT kinds.kind FROM unnest($2::text[]) AS kinds(kind) WHERE EXISTS (
        SELECT 1 FROM list_entries WHERE tenant_id = $1 AND list_entries.kind = kinds.kind)";
pub(crate) const PREFIX_LENGTHS: &str = "
    SELECT DISTINCT family(value::inet)::smallint, masklen(value::inet)::smallint
    FROM list_entries WHERE tenant_id = $1 AND kind = 'prefix'";
pub(crate) const CAUSED: &str = "
    SELECT kind, value FROM list_entries
    WHERE tenant_id = $1 AND cause_user = $2 AND source = 'cascade'";
pub(crate) const NETWORK_OF: &str = "
    SELECT asn FROM addresses WHERE tenant_id = $1 AND ip = $2";

/// Entries by kind and value.
pub type Found = HashMap<(ListKind, String), Vec<Entry>>;

/// What there is on a tenant's lists: only that is looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InUse {
    pub kinds: Vec<ListKind>,
    pub prefixes: PrefixLengths,
}

/// The answer to a question about a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchAnswer {
    /// The list of the entry that wins, with that entry.
    pub winner: Option<Entry>,
    pub is_watched: bool,
}

impl InUse {
    /// The values of these that can be on a list.
    pub fn values(&self, touched: &Touched<'_>) -> Vec<(ListKind, String)> {
        let mut values = touched.values(&self.prefixes);
        values.retain(|(kind, _)| self.kinds.contains(kind));
        values
    }
}

/// What is on the tenant's lists.
pub async fn in_use(tx: &TenantTx<'_>) -> Result<InUse, StorageError> {
    let names: Vec<&str> = ListKind::ALL.iter().map(|kind| kind.name()).collect();
    let rows = tx.query(KINDS_IN_USE, &[&tx.tenant().0, &names]).await?;
    let kinds: Vec<ListKind> = rows.iter().filter_map(|row| ListKind::parse(row.get(0))).collect();
    let mut prefixes = PrefixLengths::default();
    if kinds.contains(&ListKind::Prefix) {
        for row in tx.query(PREFIX_LENGTHS, &[&tx.tenant().0]).await? {
            let bits = u8::try_from(row.get::<_, i16>(1)).unwrap_or_default();
            let is_v4 = row.get::<_, i16>(0) == 4;
            if is_v4 { prefixes.v4.push(bits) } else { prefixes.v6.push(bits) }
        }
    }
    Ok(InUse { kinds, prefixes })
}

/// The live entries of some values.
pub async fn find(tx: &TenantTx<'_>, values: &[(ListKind, String)]) -> Result<Found, StorageError> {
    let mut found = Found::new();
    if values.is_empty() {
        return Ok(found);
    }
    let kinds: Vec<&str> = values.iter().map(|(kind, _)| kind.name()).collect();
    let texts: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
    for row in tx.query(FIND, &[&tx.tenant().0, &kinds, &texts]).await? {
        let entry = entry_of(&row)?;
        found.entry((entry.kind, entry.value.clone())).or_default().push(entry);
    }
    Ok(found)
}

/// What the block of a user has brought, by kind and value.
pub async fn caused(
    tx: &TenantTx<'_>,
    user_id: &str,
) -> Result<Vec<(ListKind, String)>, StorageError> {
    let rows = tx.query(CAUSED, &[&tx.tenant().0, &user_id]).await?;
    let value = |row: &Row| Some((ListKind::parse(row.get(0))?, row.get(1)));
    Ok(rows.iter().filter_map(value).collect())
}

/// What the lists say about a text that may name a user, an address, an e-mail address or a phone
/// number.
pub async fn search(tx: &TenantTx<'_>, text: &str) -> Result<SearchAnswer, StorageError> {
    let mut touched = Touched::named(text);
    if let Some(ip) = touched.ip {
        touched.asn = network_of(tx, ip.to_canonical()).await?;
    }
    let found = find(tx, &touched.values(&PrefixLengths::all())).await?;
    let entries: Vec<Entry> = found.into_values().flatten().collect();
    let Standing { winner, is_watched } = standing(&entries, None);
    Ok(SearchAnswer { winner: winner.cloned(), is_watched })
}

/// Number of the network an address was last seen in; 0 when unknown.
async fn network_of(tx: &TenantTx<'_>, ip: IpAddr) -> Result<u32, StorageError> {
    let rows = tx.query(NETWORK_OF, &[&tx.tenant().0, &ip]).await?;
    let asn = rows.first().and_then(|row| row.get::<_, Option<i64>>(0));
    Ok(asn.and_then(|asn| u32::try_from(asn).ok()).unwrap_or_default())
}

/// The first six columns of a row as an entry.
fn entry_of(row: &Row) -> Result<Entry, StorageError> {
    let corrupt =
        |text: &str| StorageError::Corrupt { what: "list entry", reason: text.to_owned() };
    let (list, kind, source): (&str, &str, &str) = (row.get(1), row.get(2), row.get(4));
    let cause_user: String = row.get(5);
    Ok(Entry {
        id: row.get(0),
        list: List::parse(list).ok_or_else(|| corrupt(list))?,
        kind: ListKind::parse(kind).ok_or_else(|| corrupt(kind))?,
        value: row.get(3),
        source: Source::parse(source).ok_or_else(|| corrupt(source))?,
        cause_user: Some(cause_user).filter(|user| !user.is_empty()),
    })
}

fn time(row: &Row, index: usize) -> Option<Timestamp> {
    row.get::<_, Option<PgTime>>(index).map(|time| time.0)
}
