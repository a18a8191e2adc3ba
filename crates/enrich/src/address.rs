//! What the data files say about an address, put together.

use std::collections::HashMap;
use std::net::IpAddr;

use innerwall_features::{AddressFacts, AddressFlag, Country, Flags, Place};

use crate::kinds::{self, EDGE, HOSTING, ORDINARY, RELAY, SATELLITE, SPAM, TOR, VPN};
use crate::load::Loaded;
use crate::locations::Location;
use crate::places::Places;
use crate::private::is_private;
use crate::ranges::Range;

/// Flags and the kinds they stand for.
const FLAGS: [(AddressFlag, u32); 6] = [
    (AddressFlag::Hosting, HOSTING),
    (AddressFlag::Vpn, VPN),
    (AddressFlag::Tor, TOR),
    (AddressFlag::Relay, RELAY),
    (AddressFlag::Satellite, SATELLITE),
    (AddressFlag::SpamListed, SPAM),
];

/// What is known without any file.
#[derive(Debug)]
pub(crate) struct Kept {
    places: Places,
    network_kinds: HashMap<u32, u32>,
}

impl Kept {
    pub(crate) fn new() -> Self {
        Self { places: Places::new(), network_kinds: kinds::of_networks() }
    }
}

/// Facts of an address in its canonical form.
pub(crate) fn facts(loaded: &Loaded, kept: &Kept, ip: IpAddr) -> AddressFacts {
    if is_private(ip) {
        return AddressFacts { flags: private_flags(), ..AddressFacts::default() };
    }
    let asn = network(loaded, ip).map_or(0, |(_, number)| number);
    let (country, place) = location(loaded, ip);
    let country = country.map_or(0, Country::number);
    AddressFacts {
        country,
        asn,
        flags: flags(loaded, kept, ip, asn),
        place: place.or_else(|| kept.places.of(country)),
    }
}

/// The announced range around an address, and the number of its network.
pub(crate) fn network(loaded: &Loaded, ip: IpAddr) -> Option<(Range, u32)> {
    let pinned = || loaded.networks.as_ref().and_then(|networks| networks.find(ip));
    loaded.own.networks.find(ip).or_else(pinned)
}

/// The name of the city, where a database knows it.
pub(crate) fn city(loaded: &Loaded, ip: IpAddr) -> Option<String> {
    databases(loaded, ip).find_map(|found| found.city)
}

/// Own lists and databases first, then what knows cities. The place is only taken from a database
/// that agrees on the country.
fn location(loaded: &Loaded, ip: IpAddr) -> (Option<Country>, Option<Place>) {
    let listed = loaded.own.countries.value(ip).and_then(Country::from_number);
    let country = listed.or_else(|| databases(loaded, ip).find_map(|found| found.country));
    let mut agreeing = databases(loaded, ip).filter(|found| found.country == country);
    (country, agreeing.find_map(|found| found.place))
}

fn databases(loaded: &Loaded, ip: IpAddr) -> impl Iterator<Item = Location> {
    let pinned = loaded.cities.iter().chain(&loaded.countries);
    loaded.own.locations.iter().chain(pinned).filter_map(move |database| database.of(ip))
}

fn flags(loaded: &Loaded, kept: &Kept, ip: IpAddr, asn: u32) -> Flags {
    let of_range = loaded.origins.as_ref().and_then(|origins| origins.ranges.value(ip));
    let of_range = of_range.unwrap_or(0);
    let of_network = kept.network_kinds.get(&asn).copied().unwrap_or(0);
    let own_range = loaded.own.kinds.value(ip);
    let own_network = loaded.own.network_kinds.get(&asn).copied();
    let own = own_range.or(own_network).unwrap_or(0);
    let known = known(loaded);
    let set = if own & ORDINARY != 0 { own & !ORDINARY } else { own | of_range | of_network };
    // An edge may carry a relay that the lists do not know yet.
    let unsure = if set & (EDGE | RELAY) == EDGE { HOSTING | RELAY } else { 0 };
    FLAGS.into_iter().fold(
        Flags::default().with(AddressFlag::Private as u8, false),
        |flags, (flag, bit)| {
            let is_set = set & bit != 0;
            if is_set || (known & bit != 0 && unsure & bit == 0) {
                flags.with(flag as u8, is_set)
            } else {
                flags
            }
        },
    )
}

/// Kinds that some loaded file can deny.
fn known(loaded: &Loaded) -> u32 {
    let of_ranges = if loaded.origins.is_some() { HOSTING | VPN | TOR | RELAY } else { 0 };
    let of_networks = if loaded.networks.is_some() { HOSTING | SATELLITE } else { 0 };
    of_ranges | of_networks | loaded.own.covered_kinds
}

/// What is not routed on the internet is nobody's exit.
fn private_flags() -> Flags {
    FLAGS
        .into_iter()
        .fold(Flags::default().with(AddressFlag::Private as u8, true), |flags, (flag, _)| {
            flags.with(flag as u8, false)
        })
}
