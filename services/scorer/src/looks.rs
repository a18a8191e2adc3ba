//! What a transaction has to read before it can think: what is known of things that users share.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::net::IpAddr;

use futures_util::future;
use innerwall_features::{Flags, SharedFacts, SharedFlag};
use innerwall_scoring::{
    Amount, CellId, CustomTexts, RowId, SharedCells, Subject, WantedCell, needs_history, rebuild,
    wanted_cells,
};
use innerwall_storage::accounts::LockedUser;
use innerwall_storage::windows::{self, CellRow};
use innerwall_storage::{StorageError, TenantTx, replay, shared};

use crate::compute::Enriched;
use crate::tenants::Tenant;

type Locked = HashMap<String, LockedUser>;

/// Reads everything the events need: their shared facts are put into them, and the cells of
/// shared windows are given.
pub(crate) async fn look(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    locked: &mut Locked,
    events: &mut [Enriched],
    shard: u16,
) -> Result<SharedCells, StorageError> {
    recall(tx, tenant, locked).await?;
    let (facts, cells) =
        future::join(share(tx, tenant, locked, events), count(tx, tenant, locked, events, shard))
            .await;
    for (enriched, facts) in events.iter_mut().zip(facts?) {
        enriched.around.shared = facts;
    }
    cells
}

/// Fills private windows that a new rule set brought from what users did before.
async fn recall(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    locked: &mut Locked,
) -> Result<(), StorageError> {
    for (user_id, user) in locked.iter_mut() {
        let account = &mut user.account;
        if needs_history(account, &tenant.book).is_none() {
            continue;
        }
        let past = replay::past(tx, user_id, user.user_no).await?;
        rebuild(account, &tenant.book, &past);
    }
    Ok(())
}

/// What others have left on the addresses, phones and lists that the events touch.
async fn share(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    locked: &Locked,
    events: &[Enriched],
) -> Result<Vec<SharedFacts>, StorageError> {
    let ips: BTreeSet<IpAddr> = events.iter().map(|enriched| enriched.event.ip).collect();
    let ips: Vec<IpAddr> = ips.into_iter().collect();
    let phones: BTreeSet<&str> =
        events.iter().filter_map(|enriched| enriched.event.phone.as_deref()).collect();
    let phones: Vec<&str> = phones.into_iter().collect();
    let values: BTreeSet<String> =
        events.iter().flat_map(|enriched| Contacts::of(enriched, locked).values()).collect();
    let values: Vec<String> = if tenant.blocks { values.into_iter().collect() } else { Vec::new() };
    let (addresses, phones, blocked) = future::join3(
        shared::address_users(tx, &ips),
        shared::phone_users(tx, &phones),
        shared::blocked(tx, &values),
    )
    .await;
    let known = Known { addresses: addresses?, phones: phones?, blocked: blocked? };
    Ok(events.iter().map(|enriched| known.facts(enriched, locked)).collect())
}

/// The contact details an event is about: those it carries, else those known of its user.
struct Contacts<'e> {
    ip: IpAddr,
    email: Option<&'e str>,
    phone: Option<&'e str>,
}

impl<'e> Contacts<'e> {
    fn of(enriched: &'e Enriched, locked: &'e Locked) -> Self {
        let event = &enriched.event;
        let known = locked.get(&event.user_id.0).map(|user| &user.account.state);
        let known_email = known.and_then(|state| state.email.as_deref());
        let known_phone = known.and_then(|state| state.phone.as_deref());
        Self {
            ip: event.ip,
            email: event.email.as_deref().or(known_email),
            phone: event.phone.as_deref().or(known_phone),
        }
    }

    fn values(&self) -> impl Iterator<Item = String> + use<> {
        let texts = [self.email.map(str::to_owned), self.phone.map(str::to_owned)];
        std::iter::once(self.ip.to_canonical().to_string()).chain(texts.into_iter().flatten())
    }
}

struct Known {
    addresses: HashMap<IpAddr, i64>,
    phones: HashMap<String, i64>,
    blocked: HashSet<(String, String)>,
}

impl Known {
    fn facts(&self, enriched: &Enriched, locked: &Locked) -> SharedFacts {
        let contacts = Contacts::of(enriched, locked);
        let is_blocked =
            |kind: &str, value: String| self.blocked.contains(&(kind.to_owned(), value));
        let mut flags = Flags::default().with(
            SharedFlag::AddressBlocked as u8,
            is_blocked("address", contacts.ip.to_canonical().to_string()),
        );
        if let Some(email) = contacts.email {
            flags =
                flags.with(SharedFlag::EmailBlocked as u8, is_blocked("email", email.to_owned()));
        }
        if let Some(phone) = contacts.phone {
            flags =
                flags.with(SharedFlag::PhoneBlocked as u8, is_blocked("phone", phone.to_owned()));
        }
        let phone_users = enriched.event.phone.as_ref().map(|phone| self.phones.get(phone));
        SharedFacts {
            address_users: at_least_one(self.addresses.get(&contacts.ip)),
            phone_users: phone_users.map_or(0, at_least_one),
            flags,
        }
    }
}

/// The user of the event is one of them, even when nobody was seen there before.
fn at_least_one(users: Option<&i64>) -> u32 {
    let users = users.copied().unwrap_or_default().clamp(1, 1_000);
    u32::try_from(users).unwrap_or(1)
}

/// Loads the cells of shared windows that rules read for the events.
async fn count(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    locked: &Locked,
    events: &[Enriched],
    shard: u16,
) -> Result<SharedCells, StorageError> {
    let customs: Vec<CustomTexts> =
        events.iter().map(|enriched| CustomTexts::of(&enriched.event)).collect();
    let subjects = events.iter().zip(&customs).map(|(enriched, custom)| {
        let contacts = Contacts::of(enriched, locked);
        Subject {
            event: &enriched.event,
            around: &enriched.around,
            custom,
            known_email: contacts.email,
            known_phone: contacts.phone,
            session: 0,
        }
    });
    let wanted: Vec<windows::WantedCell> =
        wanted_cells(&tenant.book, subjects).into_iter().map(wanted).collect();
    let mut cells = SharedCells::new(shard);
    for row in windows::load(tx, &wanted).await? {
        know(&mut cells, &row);
    }
    Ok(cells)
}

fn wanted(WantedCell { cell, from_bucket }: WantedCell) -> windows::WantedCell {
    windows::WantedCell {
        window: cell.window.cast_signed(),
        key: cell.key.cast_signed(),
        from_bucket: i32::try_from(from_bucket).unwrap_or(i32::MAX),
    }
}

fn know(cells: &mut SharedCells, row: &CellRow) {
    let cell = CellId { window: row.window.cast_unsigned(), key: row.key.cast_unsigned() };
    let place = RowId { bucket: row.bucket.into(), member: row.member.cast_unsigned() };
    cells.know(cell, place, Amount { events: row.events.into(), total: row.total });
}
