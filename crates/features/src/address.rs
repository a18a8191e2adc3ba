//! The user's addresses, and the networks and countries they are in.

use std::net::IpAddr;

use innerwall_event::{Timestamp, fnv1a};
use prost::Message;

use crate::memory::{MEMORY_S, Memory, Noted, seconds};
use crate::state::State;
use crate::suspicion::Suspicion;
use crate::{AddressFlag, SharedFlag, Surroundings};

/// Addresses remembered per user. Beyond it the count of addresses is a lower bound.
pub(crate) const ADDRESSES_MAX: usize = 32;
/// Countries remembered per user.
pub(crate) const COUNTRIES_MAX: usize = 16;
/// Networks remembered per user; the one used longest ago is forgotten first.
pub(crate) const NETWORKS_MAX: usize = 16;

/// A country or network the user was seen in.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct PlaceUse {
    /// Number of the country or network.
    #[prost(uint32, tag = "1")]
    pub number: u32,
    /// Distinct addresses of the user there, as far as addresses are remembered.
    #[prost(uint32, tag = "2")]
    pub addresses: u32,
    /// Seconds since 1970; 0 when it was not noted.
    #[prost(uint32, tag = "3")]
    pub first_s: u32,
    /// Whether the user was seen elsewhere before.
    #[prost(bool, tag = "4")]
    pub is_later: bool,
}

/// What is new about where an event came from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AddressNovelty {
    pub(crate) is_first_seen: bool,
    pub(crate) country: PlaceNovelty,
    pub(crate) network: PlaceNovelty,
}

/// How new a country or network is to the user; never new when it is unknown.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlaceNovelty {
    /// First sight, while the user was seen elsewhere before.
    pub(crate) is_first_seen: bool,
    /// Still new: within 30 days of first sight and with one address only.
    pub(crate) is_new: bool,
}

/// Stable hash of an address, whose values are stored and so may never change.
pub(crate) fn hash(ip: IpAddr) -> u64 {
    match ip {
        IpAddr::V4(v4) => fnv1a(v4.octets()),
        IpAddr::V6(v6) => fnv1a(v6.octets()),
    }
}

/// Notes the address, its country and its network.
pub(crate) fn see(
    state: &mut State,
    address: u64,
    around: &Surroundings,
    time: Timestamp,
) -> AddressNovelty {
    let known = state.addresses.iter().position(|known| *known == address);
    let is_first_seen = known.is_none();
    if let Some(at) = known {
        state.addresses.remove(at);
    } else {
        state.addresses_total += 1;
        if state.addresses.len() >= ADDRESSES_MAX {
            state.addresses.remove(0);
        }
    }
    state.addresses.push(address);
    let sight = Sight { is_new_address: is_first_seen, time_s: seconds(time) };
    let country = sight.of(around.address.country, &mut state.countries, COUNTRIES_MAX);
    let network = sight.of(around.address.asn, &mut state.networks, NETWORKS_MAX);
    AddressNovelty { is_first_seen, country, network }
}

struct Sight {
    is_new_address: bool,
    time_s: u32,
}

impl Sight {
    /// Notes a place among those used, the one used longest ago first.
    fn of(&self, number: u32, places: &mut Vec<PlaceUse>, places_max: usize) -> PlaceNovelty {
        if number == 0 {
            return PlaceNovelty::default();
        }
        let is_later = !places.is_empty();
        let known = places.iter().position(|used| used.number == number);
        let mut used = match known {
            Some(at) => places.remove(at),
            None => PlaceUse { number, addresses: 0, first_s: self.time_s, is_later },
        };
        used.addresses += u32::from(self.is_new_address || known.is_none());
        used.first_s = used.first_s.min(self.time_s);
        if places.len() >= places_max {
            places.remove(0);
        }
        places.push(used);
        let age_s = i64::from(self.time_s) - i64::from(used.first_s);
        PlaceNovelty {
            is_first_seen: known.is_none() && used.is_later,
            is_new: used.is_later && used.addresses == 1 && age_s <= MEMORY_S,
        }
    }
}

/// Notes what kind of address the event came from.
pub(crate) fn note(
    memory: &mut Memory,
    around: &Surroundings,
    suspicion: Suspicion,
    time: Timestamp,
) {
    let flags = around.address.flags;
    for (what, flag) in [
        (Noted::Tor, AddressFlag::Tor),
        (Noted::Vpn, AddressFlag::Vpn),
        (Noted::Hosting, AddressFlag::Hosting),
        (Noted::Relay, AddressFlag::Relay),
        (Noted::Satellite, AddressFlag::Satellite),
        (Noted::Private, AddressFlag::Private),
        (Noted::SpamListed, AddressFlag::SpamListed),
    ] {
        memory.answer(what, flags.get(flag as u8), time);
    }
    if flags.get(AddressFlag::Hosting as u8).is_some() {
        memory.note(Noted::JudgedAddress, time);
    }
    let is_blocked = around.shared.flags.get(SharedFlag::AddressBlocked as u8);
    memory.answer(Noted::BlockedAddress, is_blocked, time);
    memory.answer(Noted::SuspiciousNetwork, suspicion.network, time);
}

/// Whether every address within 30 days is an ordinary one; `None` when none is judged.
pub(crate) fn is_residential_only(memory: &Memory, now: Timestamp) -> Option<bool> {
    let is_remarkable = [
        Noted::Tor,
        Noted::Vpn,
        Noted::Hosting,
        Noted::Relay,
        Noted::Satellite,
        Noted::Private,
        Noted::SpamListed,
        Noted::SuspiciousNetwork,
        Noted::BlockedAddress,
    ]
    .into_iter()
    .any(|what| memory.holds(what, now));
    let is_judged = memory.holds(Noted::JudgedAddress, now);
    (is_remarkable || is_judged).then_some(!is_remarkable)
}
