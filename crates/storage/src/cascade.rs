//! What a block of a user brings with it: the addresses, e-mail addresses and phone numbers that
//! the user alone uses. What others use as well is left alone and named.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use innerwall_event::{Timestamp, is_email_placeholder};
use innerwall_features::{AddressFlag, Flags};
use innerwall_scoring::{List, ListKind, Past, Source, canonical};

use crate::error::StorageError;
use crate::lists::NewEntry;
use crate::tenant_tx::TenantTx;
use crate::{accounts, replay};

/// With so many other users within thirty days, something is shared: a family may be three.
pub const OTHER_USERS_MAX: i64 = 3;
/// Values of one kind that one block brings, those used last first.
pub const VALUES_MAX: usize = 50;

pub(crate) const OTHERS_AT_ADDRESSES: &str = "
    SELECT wanted.ip, found.users FROM unnest($2::inet[]) AS wanted(ip)
    CROSS JOIN LATERAL (
        SELECT count(*) AS users FROM (
            SELECT 1 FROM address_users JOIN users USING (tenant_id, user_no)
            WHERE tenant_id = $1 AND ip = wanted.ip AND user_no <> $3
                AND users.last_seen > now() - interval '30 days'
            LIMIT $4) AS few) AS found";
pub(crate) const OTHERS_WITH_CONTACTS: &str = "
    SELECT wanted.value, found.users FROM unnest($2::text[]) AS wanted(value)
    CROSS JOIN LATERAL (
        SELECT count(*) AS users FROM (
            SELECT 1 FROM contact_users JOIN users USING (tenant_id, user_no)
            WHERE tenant_id = $1 AND kind IN (1, 2) AND value = wanted.value COLLATE \"C\"
                AND user_no <> $3 AND users.last_seen > now() - interval '30 days'
            LIMIT $4) AS few) AS found";

/// What a block brings with it, and what it leaves alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cascade {
    pub blocks: Vec<(ListKind, String)>,
    pub skipped: Vec<Skipped>,
}

/// A value that a block leaves alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub kind: ListKind,
    pub value: String,
    pub reason: String,
}

/// What stands behind the entries that a block brings.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'c> {
    pub user_id: &'c str,
    pub author: &'c str,
    pub reason: &'c str,
    pub expires_at: Option<Timestamp>,
}

impl Cascade {
    /// As entries of the blocklist.
    pub fn entries(&self, cause: Cause<'_>) -> Vec<NewEntry> {
        let entry = |(kind, value): &(ListKind, String)| NewEntry {
            list: List::Block,
            kind: *kind,
            value: value.clone(),
            source: Source::Cascade,
            cause_user: Some(cause.user_id.to_owned()),
            reason: cause.reason.to_owned(),
            author: cause.author.to_owned(),
            expires_at: cause.expires_at,
            cause_event: None,
            cause_rule: None,
        };
        self.blocks.iter().map(entry).collect()
    }
}

/// What the block of a user would bring with it.
pub async fn plan(tx: &TenantTx<'_>, user_id: &str, user_no: i64) -> Result<Cascade, StorageError> {
    let past = replay::past(tx, user_id, user_no).await?;
    let account = accounts::read(tx, user_id).await?;
    let mut cascade = Cascade::default();
    addresses(tx, user_no, &past, &mut cascade).await?;
    let newest_first = || past.iter().rev();
    let state = account.as_ref().map(|account| &account.state);
    let emails = state.and_then(|state| state.email.as_ref()).into_iter();
    let emails = emails.chain(newest_first().filter_map(|known| known.event.email.as_ref()));
    contacts(tx, user_no, ListKind::Email, distinct(emails.cloned()), &mut cascade).await?;
    let phones = state.and_then(|state| state.phone.as_ref()).into_iter();
    let phones = phones.chain(newest_first().filter_map(|known| known.event.phone.as_ref()));
    contacts(tx, user_no, ListKind::Phone, distinct(phones.cloned()), &mut cascade).await?;
    Ok(cascade)
}

/// Addresses the user came from, the newest first.
async fn addresses(
    tx: &TenantTx<'_>,
    user_no: i64,
    past: &[Past],
    cascade: &mut Cascade,
) -> Result<(), StorageError> {
    let mut known: BTreeMap<IpAddr, Flags> = BTreeMap::new();
    for event in past {
        known.insert(event.event.ip, event.around.address.flags);
    }
    let ips = distinct(past.iter().rev().map(|known| known.event.ip));
    let rows =
        tx.query(OTHERS_AT_ADDRESSES, &[&tx.tenant().0, &ips, &user_no, &OTHER_USERS_MAX]).await?;
    let others: HashMap<IpAddr, i64> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for ip in ips {
        let flags = known.get(&ip).copied().unwrap_or_default();
        let others = others.get(&ip).copied().unwrap_or_default();
        let reason = many_at(flags).map(str::to_owned).or_else(|| used_by(others));
        cascade.add(ListKind::Address, ip.to_canonical().to_string(), reason);
    }
    Ok(())
}

async fn contacts(
    tx: &TenantTx<'_>,
    user_no: i64,
    kind: ListKind,
    texts: Vec<String>,
    cascade: &mut Cascade,
) -> Result<(), StorageError> {
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&tx.tenant().0, &texts, &user_no, &OTHER_USERS_MAX];
    let rows = tx.query(OTHERS_WITH_CONTACTS, &parameters).await?;
    let others: HashMap<String, i64> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for text in texts {
        // A placeholder is nobody's.
        let Some(value) = canonical(kind, &text).ok().filter(|_| !is_email_placeholder(&text))
        else {
            continue;
        };
        cascade.add(kind, value, used_by(others.get(&text).copied().unwrap_or_default()));
    }
    Ok(())
}

impl Cascade {
    fn add(&mut self, kind: ListKind, value: String, skipped: Option<String>) {
        match skipped {
            Some(reason) => self.skipped.push(Skipped { kind, value, reason }),
            None if self.blocks.iter().any(|known| known.0 == kind && known.1 == value) => {}
            None => self.blocks.push((kind, value)),
        }
    }
}

/// Why an address is many people's, whoever was seen there so far.
fn many_at(flags: Flags) -> Option<&'static str> {
    let kinds = [
        (AddressFlag::Hosting, "belongs to a data centre"),
        (AddressFlag::Vpn, "is the exit of a VPN"),
        (AddressFlag::Tor, "is a Tor exit"),
        (AddressFlag::Relay, "is the exit of a privacy relay"),
        (AddressFlag::Satellite, "belongs to a satellite network"),
        (AddressFlag::Private, "is not routed on the internet"),
    ];
    let holds = |(flag, _): &(AddressFlag, &str)| flags.get(*flag as u8) == Some(true);
    kinds.into_iter().find(holds).map(|(_, reason)| reason)
}

fn used_by(others: i64) -> Option<String> {
    let reason = || format!("{OTHER_USERS_MAX} or more other users within 30 days");
    (others >= OTHER_USERS_MAX).then(reason)
}

/// The first of each, as far as the limit goes.
fn distinct<T: Clone + Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values.filter(|value| seen.insert(value.clone())).take(VALUES_MAX).collect()
}
