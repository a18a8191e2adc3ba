//! What a transaction adds to the things users share.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use innerwall_enrich::Enricher;
use innerwall_event::TenantId;
use innerwall_features::DeviceFacts;
use innerwall_storage::events::ScoredEvent;
use innerwall_storage::feed::{FeedEntry, SHOWN_MAX};
use innerwall_storage::shared::{ContactKind, ContactLink};
use innerwall_storage::tallies::{DeviceLabel, Network, NewAddress, UserAgent};
use quick_cache::sync::Cache;

use crate::compute::Computed;

/// Texts remembered as stored. Forgetting one costs a needless insert and nothing else.
const SEEN_MAX: usize = 50_000;

/// Which repeated texts are stored already.
pub(crate) struct Seen {
    user_agents: Cache<(TenantId, i64), ()>,
    devices: Cache<(TenantId, i64), ()>,
    networks: Cache<(TenantId, i64), ()>,
}

/// Everything a transaction adds beside users and events.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) links: Vec<(IpAddr, i64)>,
    pub(crate) addresses: Vec<NewAddress>,
    pub(crate) user_agents: Vec<UserAgent>,
    pub(crate) devices: Vec<DeviceLabel>,
    pub(crate) networks: Vec<Network>,
    pub(crate) contacts: Vec<ContactLink>,
    pub(crate) feed: Option<FeedEntry>,
}

impl Seen {
    pub(crate) fn new() -> Self {
        let cache = || Cache::new(SEEN_MAX);
        Self { user_agents: cache(), devices: cache(), networks: cache() }
    }

    /// Remembers what a committed transaction has stored.
    pub(crate) fn remember(&self, tenant: TenantId, tally: &Tally) {
        for agent in &tally.user_agents {
            self.user_agents.insert((tenant, agent.id), ());
        }
        for device in &tally.devices {
            self.devices.insert((tenant, device.device_id), ());
        }
        for network in &tally.networks {
            self.networks.insert((tenant, network.asn), ());
        }
    }
}

impl Tally {
    /// Adds up the events of a transaction.
    pub(crate) fn of(
        tenant: TenantId,
        computed: &Computed,
        seen: &Seen,
        enricher: &Enricher,
    ) -> Self {
        let mut addresses: BTreeMap<IpAddr, NewAddress> = BTreeMap::new();
        let mut agents = BTreeMap::new();
        let mut devices = BTreeMap::new();
        let mut links = Vec::new();
        for row in &computed.events {
            let event = &row.event;
            if row.outcome.folded.address_first_seen {
                links.push((event.ip, row.user_no));
                addresses.entry(event.ip).or_insert_with(|| new_address(row, enricher));
            }
            if let (Some(id), Some(text)) = (row.user_agent_id, &event.user_agent)
                && seen.user_agents.get(&(tenant, id)).is_none()
            {
                agents.insert(
                    id,
                    UserAgent { id, value: text.clone(), language: event.language.clone() },
                );
            }
            let device_id = row.around.device.id.cast_signed();
            if seen.devices.get(&(tenant, device_id)).is_none() {
                devices.insert(device_id, device_label(device_id, &row.around.device));
            }
        }
        Self {
            links,
            addresses: addresses.into_values().collect(),
            user_agents: agents.into_values().collect(),
            devices: devices.into_values().collect(),
            networks: networks(tenant, computed, seen, enricher),
            contacts: contacts(computed),
            feed: feed_entry(computed),
        }
    }
}

/// Contact details that are new to their user; each once, in key order.
fn contacts(computed: &Computed) -> Vec<ContactLink> {
    let mut links = BTreeMap::new();
    for row in computed.events.iter().filter(|row| !row.event.has_failed()) {
        let (event, user_no, first_seen) = (&row.event, row.user_no, row.event.time);
        let sent = [(ContactKind::Email, &event.email), (ContactKind::Phone, &event.phone)];
        for (kind, value) in sent {
            if let Some(value) = value.clone() {
                let link = ContactLink { kind, value: value.clone(), user_no, first_seen };
                links.entry((kind, value, user_no)).or_insert(link);
            }
        }
    }
    links.into_values().collect()
}

fn device_label(device_id: i64, device: &DeviceFacts) -> DeviceLabel {
    DeviceLabel {
        device_id,
        kind: device.kind().name(),
        label: innerwall_enrich::label(device),
        browser: device.browser.clone(),
        system: device.system.clone(),
    }
}

fn new_address(row: &ScoredEvent, enricher: &Enricher) -> NewAddress {
    let ip = row.event.ip;
    let asn = row.around.address.asn;
    NewAddress {
        ip,
        country: row.around.country().map(|country| country.to_string()),
        asn: (asn != 0).then(|| asn.into()),
        announced: enricher.prefix_of(ip),
        seen: row.event.time,
    }
}

/// Networks that are not stored yet, in the order of their numbers.
fn networks(
    tenant: TenantId,
    computed: &Computed,
    seen: &Seen,
    enricher: &Enricher,
) -> Vec<Network> {
    let numbers: BTreeSet<u32> = computed.events.iter().map(|row| row.around.address.asn).collect();
    let is_news = |number: &u32| seen.networks.get(&(tenant, i64::from(*number))).is_none();
    let named = numbers.into_iter().filter(is_news).filter_map(|number| {
        let name = enricher.network_name(number)?.to_owned();
        Some(Network { asn: number.into(), name })
    });
    named.collect()
}

/// Events with hits come first: they must not be the ones left out when there are too many.
fn feed_entry(computed: &Computed) -> Option<FeedEntry> {
    let mut shown: Vec<_> = computed.events.iter().collect();
    shown.sort_by_key(|row| row.outcome.started.is_empty());
    shown.truncate(SHOWN_MAX);
    Some(FeedEntry {
        oldest: shown.iter().map(|row| row.event.time).min()?,
        newest: shown.iter().map(|row| row.event.time).max()?,
        scored: i32::try_from(computed.events.len()).unwrap_or(i32::MAX),
        event_ids: shown.iter().map(|row| row.event.id).collect(),
    })
}
