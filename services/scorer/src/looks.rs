//! What a transaction has to read before it can think: what is known of things that users share.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use futures_util::future;
use innerwall_features::{Flags, SharedFacts};
use innerwall_scoring::{
    Amount, CellId, CustomTexts, ListKind, RowId, SharedCells, Subject, Touched, WantedCell,
    list_flags, needs_history, rebuild, wanted_cells,
};
use innerwall_storage::accounts::LockedUser;
use innerwall_storage::lists::{self, Found, InUse};
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
    let customs: Vec<CustomTexts> =
        events.iter().map(|enriched| CustomTexts::of(&enriched.event)).collect();
    let subjects: Vec<Subject<'_>> = events
        .iter()
        .zip(&customs)
        .map(|(enriched, custom)| subject(enriched, custom, locked))
        .collect();
    let (facts, cells) =
        future::join(share(tx, tenant, &subjects), count(tx, tenant, &subjects, shard)).await;
    for (enriched, facts) in events.iter_mut().zip(facts?) {
        enriched.around.shared = facts;
    }
    cells
}

/// An event with the contact details it is about: those it carries, else those known of its user.
fn subject<'e>(enriched: &'e Enriched, custom: &'e CustomTexts, locked: &'e Locked) -> Subject<'e> {
    let Enriched { event, around, .. } = enriched;
    let known = locked.get(&event.user_id.0).map(|user| &user.account.state);
    let known_email = known.and_then(|state| state.email.as_deref());
    let known_phone = known.and_then(|state| state.phone.as_deref());
    Subject {
        event,
        around,
        custom,
        known_email: event.email.as_deref().or(known_email),
        known_phone: event.phone.as_deref().or(known_phone),
        session: 0,
    }
}

/// What lists may say something about.
pub(crate) fn touched<'t>(subject: &Subject<'t>) -> Touched<'t> {
    Touched {
        user_id: Some(&subject.event.user_id.0),
        ip: Some(subject.event.ip),
        asn: subject.around.address.asn,
        device: subject.device_hash(),
        email: subject.known_email,
        phone: subject.known_phone,
    }
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
    subjects: &[Subject<'_>],
) -> Result<Vec<SharedFacts>, StorageError> {
    let ips: BTreeSet<IpAddr> = subjects.iter().map(|subject| subject.event.ip).collect();
    let ips: Vec<IpAddr> = ips.into_iter().collect();
    let phones: BTreeSet<&str> =
        subjects.iter().filter_map(|subject| subject.event.phone.as_deref()).collect();
    let phones: Vec<&str> = phones.into_iter().collect();
    let values: BTreeSet<(ListKind, String)> =
        subjects.iter().flat_map(|subject| tenant.lists.values(&touched(subject))).collect();
    let values: Vec<(ListKind, String)> = values.into_iter().collect();
    let (addresses, phones, listed) = future::join3(
        shared::address_users(tx, &ips),
        shared::phone_users(tx, &phones),
        lists::find(tx, &values),
    )
    .await;
    let known = Known { addresses: addresses?, phones: phones?, listed: listed? };
    Ok(subjects.iter().map(|subject| known.facts(tenant, subject)).collect())
}

struct Known {
    addresses: HashMap<IpAddr, i64>,
    phones: HashMap<String, i64>,
    listed: Found,
}

impl Known {
    fn facts(&self, tenant: &Tenant, subject: &Subject<'_>) -> SharedFacts {
        let event = subject.event;
        let phone_users = event.phone.as_ref().map(|phone| self.phones.get(phone));
        SharedFacts {
            address_users: at_least_one(self.addresses.get(&event.ip)),
            phone_users: phone_users.map_or(0, at_least_one),
            flags: answers(&tenant.lists, &self.listed, &touched(subject)),
        }
    }
}

/// What entries say about what an event touches.
pub(crate) fn answers(in_use: &InUse, listed: &Found, touched: &Touched<'_>) -> Flags {
    let values = in_use.values(touched);
    let entries = values.iter().filter_map(|value| listed.get(value)).flatten();
    list_flags(&entries.cloned().collect::<Vec<_>>(), touched)
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
    subjects: &[Subject<'_>],
    shard: u16,
) -> Result<SharedCells, StorageError> {
    let wanted: Vec<windows::WantedCell> =
        wanted_cells(&tenant.book, subjects.iter().copied()).into_iter().map(wanted).collect();
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
