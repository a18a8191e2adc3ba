//! Ranges of addresses in words: `192.0.2.0/24`, `192.0.2.1-192.0.2.9`, a single address, or the
//! numbers that some lists use instead.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::ranges::Range;

/// Reads a range; `None` for anything else.
pub(crate) fn parse(text: &str) -> Option<Range> {
    let text = text.trim();
    if let Some((address, length)) = text.split_once('/') {
        return block(parse_end(address)?, length.trim().parse().ok()?);
    }
    match text.split_once('-') {
        Some((first, last)) => Range::between(parse_end(first)?, parse_end(last)?),
        None => parse_end(text).and_then(|only| Range::between(only, only)),
    }
}

/// Reads one end of a range: an address, or its number.
pub(crate) fn parse_end(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let number: u128 = text.parse().ok()?;
    Some(match u32::try_from(number) {
        Ok(bits) => IpAddr::V4(Ipv4Addr::from_bits(bits)),
        Err(_) => IpAddr::V6(Ipv6Addr::from_bits(number)),
    })
}

/// Writes a range, as a block where it is one.
pub(crate) fn write(range: Range) -> String {
    let (first, last) = range.ends();
    let (zeros, bits) = match range {
        Range::V4(a, b) => (block_zeros(u128::from(a), u128::from(b)), 32),
        Range::V6(a, b) => (block_zeros(a, b), 128),
    };
    match zeros {
        Some(zeros) => format!("{first}/{}", bits - zeros),
        None => format!("{first}-{last}"),
    }
}

/// The block of a prefix length around an address.
fn block(address: IpAddr, length: u32) -> Option<Range> {
    match address {
        IpAddr::V4(v4) => {
            let host = u32::MAX.checked_shr(length).unwrap_or(0);
            (length <= 32).then(|| Range::V4(v4.to_bits() & !host, v4.to_bits() | host))
        }
        IpAddr::V6(v6) => {
            let host = u128::MAX.checked_shr(length).unwrap_or(0);
            (length <= 128).then(|| Range::V6(v6.to_bits() & !host, v6.to_bits() | host))
        }
    }
}

/// How many low bits a block leaves free; `None` when the range is no block.
fn block_zeros(first: u128, last: u128) -> Option<u32> {
    let host = first ^ last;
    let is_block = host & host.wrapping_add(1) == 0 && first & host == 0;
    is_block.then(|| host.count_ones())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_to_write_a_range_is_read() {
        let cases = [
            ("192.0.2.9/24", Some("192.0.2.0/24")),
            ("192.0.2.1 - 192.0.2.9", Some("192.0.2.1-192.0.2.9")),
            ("3221225984", Some("192.0.2.0/32")),
            ("2001:db8::/32", Some("2001:db8::/32")),
            ("0.0.0.0/0", Some("0.0.0.0/0")),
            ("::/0", Some("::/0")),
            ("192.0.2.0/33", None),
            ("192.0.2.9-192.0.2.1", None),
            ("192.0.2.1-2001:db8::", None),
            ("", None),
            ("here", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(write).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_written_range_reads_as_itself(first: u128, last: u128, low: u32, high: u32) {
            let ranges = [
                Range::V6(first.min(last).max(1 << 40), first.max(last).max(1 << 40)),
                Range::V4(low.min(high), low.max(high)),
            ];
            for range in ranges {
                prop_assert_eq!(parse(&write(range)), Some(range));
            }
        }
    }
}
