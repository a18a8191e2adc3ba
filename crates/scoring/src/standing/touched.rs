//! What an event or a question touches, and the values of lists that say something about it.

use std::net::IpAddr;

use super::{ListKind, canonical};

/// Labels of a domain that are looked up, from the right.
const DOMAIN_LABELS_MAX: usize = 8;

/// A user and what it uses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Touched<'t> {
    pub user_id: Option<&'t str>,
    pub ip: Option<IpAddr>,
    /// Number of the address's network; 0 when unknown.
    pub asn: u32,
    /// Hash of the device as windows tell devices apart.
    pub device: Option<u64>,
    pub email: Option<&'t str>,
    pub phone: Option<&'t str>,
}

/// Lengths of the ranges on the lists: only those are looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrefixLengths {
    pub v4: Vec<u8>,
    pub v6: Vec<u8>,
}

impl PrefixLengths {
    /// Every length there is.
    pub fn all() -> Self {
        Self { v4: (0..=32).collect(), v6: (0..=128).collect() }
    }
}

impl<'t> Touched<'t> {
    /// What a text may name: a user, an address, an e-mail address or a phone number.
    pub fn named(text: &'t str) -> Self {
        let trimmed = text.trim();
        let ip: Option<IpAddr> = trimmed.parse().ok();
        Self {
            user_id: Some(text),
            ip,
            email: canonical(ListKind::Email, trimmed).is_ok().then_some(trimmed),
            phone: canonical(ListKind::Phone, trimmed)
                .ok()
                .filter(|_| ip.is_none())
                .map(|_| trimmed),
            ..Self::default()
        }
    }

    /// The values to look up, with their kinds.
    pub fn values(&self, lengths: &PrefixLengths) -> Vec<(ListKind, String)> {
        let mut values = Vec::new();
        values.extend(self.user_id.map(|id| (ListKind::User, id.to_owned())));
        if let Some(ip) = self.ip.map(|ip| ip.to_canonical()) {
            values.push((ListKind::Address, ip.to_string()));
            let lengths = if ip.is_ipv4() { &lengths.v4 } else { &lengths.v6 };
            let ranges = lengths.iter().filter_map(|bits| prefix_text(ip, *bits));
            values.extend(ranges.map(|range| (ListKind::Prefix, range)));
        }
        if self.asn != 0 {
            values.push((ListKind::Network, self.asn.to_string()));
        }
        values.extend(self.device.map(|id| (ListKind::Device, format!("{id:016x}"))));
        if let Some(email) = self.email.map(str::to_lowercase) {
            let domains = email.rsplit_once('@').map(|(_, domain)| domains(domain));
            let domains = domains.unwrap_or_default().into_iter();
            values.extend(domains.map(|domain| (ListKind::Domain, domain.to_owned())));
            values.push((ListKind::Email, email));
        }
        values.extend(self.phone.map(|phone| (ListKind::Phone, phone_folded(phone))));
        values
    }
}

/// A domain and the domains above it, those of one label left out.
fn domains(domain: &str) -> Vec<&str> {
    let dots = domain.match_indices('.').map(|(at, _)| &domain[at + 1..]);
    let mut found: Vec<&str> = std::iter::once(domain).chain(dots).collect();
    found.retain(|name| name.contains('.'));
    let surplus = found.len().saturating_sub(DOMAIN_LABELS_MAX);
    found.split_off(surplus)
}

/// The range of a length that an address is in.
pub(super) fn prefix_text(ip: IpAddr, bits: u8) -> Option<String> {
    match ip.to_canonical() {
        IpAddr::V4(v4) if bits <= 32 => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            Some(format!("{}/{bits}", std::net::Ipv4Addr::from_bits(v4.to_bits() & mask)))
        }
        IpAddr::V6(v6) if bits <= 128 => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            Some(format!("{}/{bits}", std::net::Ipv6Addr::from_bits(v6.to_bits() & mask)))
        }
        IpAddr::V4(_) | IpAddr::V6(_) => None,
    }
}

pub(super) fn prefix_bits(range: &str) -> Option<u8> {
    range.rsplit_once('/')?.1.parse().ok()
}

/// Digits and a leading plus: people write the rest as they like.
pub(super) fn phone_folded(text: &str) -> String {
    let plus = text.trim_start().starts_with('+').then_some('+');
    plus.into_iter().chain(text.chars().filter(char::is_ascii_digit)).collect()
}
