//! Ranges of hosters, VPNs, Tor exits and relays, from the packed table of the `iporigin` project.
//!
//! The file: `IPORIGIN`, a version (2 bytes), the time it was built (8), numbers of labels (2), of
//! IPv4 (4) and IPv6 ranges (4); then labels as length and `provider TAB kind`; then the ranges as
//! first address, last address and label. Little-endian, but for IPv6 addresses.

use crate::kinds::{EDGE, HOSTING, RELAY, TOR, VPN};
use crate::ranges::{Overlap, Range, RangeBuilder, RangeTable};

const MAGIC: &[u8] = b"IPORIGIN";
const VERSION: u16 = 1;

/// Providers whose ranges come (also) from lists without a licence.
const UNLICENSED: [&str; 12] = [
    "Akamai", "BunnyCDN", "BuyVM", "CDN77", "Cogent", "Contabo", "DataCamp", "GTHost", "GleSYS",
    "Melbicom", "Scalaxy", "Vercel",
];
/// Content networks that carry privacy relays from the same ranges.
const EDGES: [&str; 2] = ["Cloudflare", "Fastly"];

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum OriginsError {
    #[error("not a table of this kind")]
    NotOne,
    #[error("version {0}, only version {VERSION} is known")]
    Version(u16),
    #[error("ends early")]
    Short,
}

#[derive(Debug)]
pub(crate) struct Origins {
    pub(crate) ranges: RangeTable,
    pub(crate) built_at_s: u64,
}

impl Origins {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, OriginsError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(OriginsError::NotOne)?;
        let version = u16::from_le_bytes(take(&mut rest)?);
        if version != VERSION {
            return Err(OriginsError::Version(version));
        }
        let built_at_s = u64::from_le_bytes(take(&mut rest)?);
        let labels = u16::from_le_bytes(take(&mut rest)?);
        let v4 = u32::from_le_bytes(take(&mut rest)?);
        let v6 = u32::from_le_bytes(take(&mut rest)?);
        let kinds = (0..labels).map(|_| read_label(&mut rest)).collect::<Result<Vec<_>, _>>()?;
        let mut builder = RangeBuilder::default();
        for _ in 0..v4 {
            let (first, last) = (take(&mut rest)?, take(&mut rest)?);
            let range = Range::V4(u32::from_le_bytes(first), u32::from_le_bytes(last));
            add(&mut builder, range, &kinds, take(&mut rest)?);
        }
        for _ in 0..v6 {
            let (first, last) = (take(&mut rest)?, take(&mut rest)?);
            let range = Range::V6(u128::from_be_bytes(first), u128::from_be_bytes(last));
            add(&mut builder, range, &kinds, take(&mut rest)?);
        }
        Ok(Self { ranges: builder.build(Overlap::Union), built_at_s })
    }
}

fn add(builder: &mut RangeBuilder, range: Range, kinds: &[u32], label: [u8; 2]) {
    let kind = kinds.get(usize::from(u16::from_le_bytes(label))).copied().unwrap_or(0);
    let (first, last) = range.ends();
    if kind != 0 && first <= last {
        builder.push(range, kind);
    }
}

fn read_label(rest: &mut &[u8]) -> Result<u32, OriginsError> {
    let length = u16::from_le_bytes(take(rest)?);
    let (label, after) = rest.split_at_checked(length.into()).ok_or(OriginsError::Short)?;
    *rest = after;
    let label = String::from_utf8_lossy(label);
    let (provider, kind) = label.split_once('\t').unwrap_or((&label, ""));
    Ok(kind_of(provider, kind))
}

/// Known crawlers come from data centres as well.
fn kind_of(provider: &str, kind: &str) -> u32 {
    if UNLICENSED.contains(&provider) {
        return 0;
    }
    match kind {
        _ if EDGES.contains(&provider) => EDGE,
        "vpn" if provider.ends_with("Relay") => RELAY,
        "vpn" => VPN,
        "tor" => TOR,
        "hosting" | "cdn" | "bot" => HOSTING,
        _ => 0,
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], OriginsError> {
    let (found, after) = rest.split_first_chunk().ok_or(OriginsError::Short)?;
    *rest = after;
    Ok(*found)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A table with one IPv4 range per label, `n.0.0.0` to `n.0.0.255`, and one for IPv6.
    pub(crate) fn sample(labels: &[&str]) -> Vec<u8> {
        let mut bytes = [MAGIC, &VERSION.to_le_bytes(), &7_u64.to_le_bytes()].concat();
        let count = u16::try_from(labels.len()).unwrap();
        bytes.extend(count.to_le_bytes());
        bytes.extend(u32::from(count).to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        for label in labels {
            bytes.extend(u16::try_from(label.len()).unwrap().to_le_bytes());
            bytes.extend(label.as_bytes());
        }
        for place in 0..count {
            let first = (u32::from(place) + 1) << 24;
            bytes.extend(first.to_le_bytes());
            bytes.extend((first + 255).to_le_bytes());
            bytes.extend(place.to_le_bytes());
        }
        bytes.extend((0x2a00_u128 << 112).to_be_bytes());
        bytes.extend(((0x2a00_u128 << 112) + 1).to_be_bytes());
        bytes.extend(0_u16.to_le_bytes());
        bytes
    }

    #[test]
    fn labels_become_kinds_and_unlicensed_ranges_are_left_out() {
        let labels = [
            "Host\thosting",
            "Apple Private Relay\tvpn",
            "Vee\tvpn",
            "Tor\ttor",
            "Cogent\thosting",
            "Cloudflare\tcdn",
        ];
        let origins = Origins::read(&sample(&labels)).unwrap();
        let kinds: Vec<_> = (1..=6)
            .map(|n| origins.ranges.value(format!("{n}.0.0.255").parse().unwrap()))
            .collect();
        assert_eq!(kinds, [Some(HOSTING), Some(RELAY), Some(VPN), Some(TOR), None, Some(EDGE)]);
        assert_eq!(origins.ranges.value("2a00::1".parse().unwrap()), Some(HOSTING));
        assert_eq!(origins.ranges.value("2a00::2".parse().unwrap()), None);
        assert_eq!(origins.built_at_s, 7);
    }

    #[test]
    fn a_table_that_ends_early_is_refused_wherever_it_ends() {
        let whole = sample(&["A\thosting", "B\tvpn"]);
        for length in MAGIC.len()..whole.len() {
            assert_eq!(
                Origins::read(&whole[..length]).err(),
                Some(OriginsError::Short),
                "{length}"
            );
        }
        assert_eq!(Origins::read(b"IPORIG").err(), Some(OriginsError::NotOne));
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let framed = [MAGIC, &VERSION.to_le_bytes(), &bytes].concat();
            let _outcome = Origins::read(&framed);
        }
    }
}
