//! Kinds of addresses as bits, and which networks have them.

use std::collections::HashMap;

pub(crate) const HOSTING: u32 = 1;
pub(crate) const VPN: u32 = 1 << 1;
pub(crate) const TOR: u32 = 1 << 2;
pub(crate) const RELAY: u32 = 1 << 3;
pub(crate) const SATELLITE: u32 = 1 << 4;
pub(crate) const SPAM: u32 = 1 << 5;
/// Nothing of the above, whatever other lists say.
pub(crate) const ORDINARY: u32 = 1 << 6;
/// Edges of the content networks that also carry privacy relays: neither hosting nor home.
pub(crate) const EDGE: u32 = 1 << 7;

const NAMES: [(&str, u32); 8] = [
    ("hosting", HOSTING),
    ("vpn", VPN),
    ("tor", TOR),
    ("relay", RELAY),
    ("satellite", SATELLITE),
    ("spam", SPAM),
    ("ordinary", ORDINARY),
    ("edge", EDGE),
];

/// Kept by hand: networks that rent out servers, sell anonymity, run Tor exits or satellites, and
/// the edges.
const NETWORKS: &str = include_str!("../data/networks.csv");

/// The bits of a kind; `None` when there is no such kind.
pub(crate) fn named(name: &str) -> Option<u32> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, bits)| *bits)
}

/// Names of all kinds, for messages.
pub(crate) fn names() -> String {
    NAMES.map(|(name, _)| name).join(", ")
}

/// The networks kept by hand.
pub(crate) fn of_networks() -> HashMap<u32, u32> {
    let rows = NETWORKS.lines().skip(1).map(crate::csv::fields::<3>);
    rows.filter_map(|[number, kind, _]| Some((number.parse().ok()?, named(kind)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::{NETWORKS, of_networks};

    #[test]
    fn every_row_kept_by_hand_has_a_number_and_a_kind() {
        assert_eq!(of_networks().len(), NETWORKS.lines().count() - 1);
        assert_eq!(of_networks().get(&14_593), Some(&super::SATELLITE));
    }
}
