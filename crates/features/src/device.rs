//! The user's devices, addresses and countries.

use std::hash::Hasher;
use std::net::IpAddr;

use innerwall_event::Timestamp;

use crate::state::{ADDRESSES_MAX, COUNTRIES_MAX, CountryUse, DEVICES_MAX, Device, State};
use crate::{Country, DeviceId};

/// A device counts as new for this long after it was first seen with the user.
const NEW_US: i64 = 10_800 * 1_000_000;

/// What is new about where an event came from.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
pub(crate) struct Novelty {
    /// First sight of this address, as far as addresses are remembered.
    pub(crate) address_first_seen: bool,
    pub(crate) device_first_seen: bool,
    /// The device was first seen less than three hours before the event.
    pub(crate) device_is_new: bool,
    /// The device is new and no other device of the user has its language.
    pub(crate) language_is_new: bool,
    /// The user has other countries, and just this address in this one.
    pub(crate) country_is_new: bool,
}

/// Main language of an `Accept-Language` value: `de-CH,de;q=0.9` gives `de`.
pub fn main_language(accept_language: Option<&str>) -> String {
    let first = accept_language.unwrap_or_default().split(',').next().unwrap_or_default();
    let tag = first.split(';').next().unwrap_or_default();
    let primary = tag.split('-').next().unwrap_or_default().trim();
    primary.chars().take(8).collect::<String>().to_lowercase()
}

/// Stable hash of an address: FNV-1a, whose values are stored and so may never change.
pub(crate) fn address_hash(ip: IpAddr) -> u64 {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    match ip {
        IpAddr::V4(v4) => hash.write(&v4.octets()),
        IpAddr::V6(v6) => hash.write(&v6.octets()),
    }
    hash.finish()
}

struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

pub(crate) fn see_device(
    state: &mut State,
    id: DeviceId,
    language: &str,
    time: Timestamp,
) -> Novelty {
    let time_us = time.as_micros();
    let known = state.devices.iter().position(|device| device.id == id.0);
    let at = known.unwrap_or_else(|| add_device(state, id, language, time_us));
    let device = &mut state.devices[at];
    device.first_us = device.first_us.min(time_us);
    device.last_us = device.last_us.max(time_us);
    let device_is_new = time_us - device.first_us < NEW_US;
    let others = || state.devices.iter().enumerate().filter(|(other, _)| *other != at);
    let is_lone =
        others().next().is_some() && others().all(|(_, other)| other.language != language);
    Novelty {
        device_first_seen: known.is_none(),
        device_is_new,
        language_is_new: device_is_new && is_lone,
        ..Novelty::default()
    }
}

fn add_device(state: &mut State, id: DeviceId, language: &str, time_us: i64) -> usize {
    if state.devices.len() >= DEVICES_MAX {
        let oldest = state.devices.iter().enumerate().min_by_key(|(_, device)| device.last_us);
        if let Some((oldest, _)) = oldest {
            state.devices.remove(oldest);
        }
    }
    state.devices_total += 1;
    let language = language.to_owned();
    state.devices.push(Device { id: id.0, first_us: time_us, last_us: time_us, language });
    state.devices.len() - 1
}

/// Notes the address and its country; gives whether each is new to the user.
pub(crate) fn see_address(
    state: &mut State,
    address: u64,
    country: Option<Country>,
) -> (bool, bool) {
    let known = state.addresses.iter().position(|known| *known == address);
    if let Some(at) = known {
        state.addresses.remove(at);
    } else {
        state.addresses_total += 1;
        if state.addresses.len() >= ADDRESSES_MAX {
            state.addresses.remove(0);
        }
    }
    state.addresses.push(address);
    let Some(country) = country else {
        return (known.is_none(), false);
    };
    let addresses_there = see_country(state, country, known.is_none());
    (known.is_none(), addresses_there == 1 && state.countries.len() > 1)
}

fn see_country(state: &mut State, country: Country, address_is_new: bool) -> u32 {
    let number = country.number();
    if let Some(used) = state.countries.iter_mut().find(|used| used.country == number) {
        used.addresses += u32::from(address_is_new);
        return used.addresses;
    }
    if state.countries.len() < COUNTRIES_MAX {
        state.countries.push(CountryUse { country: number, addresses: 1 });
    }
    1
}
