//! Addresses that are not routed on the internet.

use std::net::IpAddr;

/// Blocks of RFC 6890 and its like: this network, private use, shared, loopback, link-local,
/// examples, benchmarks, multicast, reserved; for IPv6 also the retired forms.
const V4: [([u8; 4], u32); 14] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];
const V6: [([u16; 8], u32); 10] = [
    ([0; 8], 96),
    ([0, 0, 0, 0, 0, 0xffff, 0, 0], 96),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64),
    ([0x2001, 0x10, 0, 0, 0, 0, 0, 0], 28),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8),
];

pub(crate) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => V4.iter().any(|(block, length)| {
            (v4.to_bits() ^ u32::from_be_bytes(*block)) >> (32 - length) == 0
        }),
        IpAddr::V6(v6) => V6.iter().any(|(block, length)| {
            let block = std::net::Ipv6Addr::from(*block).to_bits();
            (v6.to_bits() ^ block) >> (128 - length) == 0
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn blocks_are_private_up_to_their_last_address() {
        let cases = [
            ("0.0.0.0", true),
            ("9.255.255.255", false),
            ("10.0.0.0", true),
            ("11.0.0.0", false),
            ("100.63.255.255", false),
            ("100.127.255.255", true),
            ("100.128.0.0", false),
            ("172.31.255.255", true),
            ("172.32.0.0", false),
            ("198.19.255.255", true),
            ("198.20.0.0", false),
            ("223.255.255.255", false),
            ("224.0.0.0", true),
            ("255.255.255.255", true),
            ("::", true),
            ("::1", true),
            ("::1:0:0", false),
            ("100::1", true),
            ("100:0:0:1::", false),
            ("2001:1f:ffff::", true),
            ("2001:20::", false),
            ("2001:db8:ffff::", true),
            ("2a00::1", false),
            ("fdff::1", true),
            ("fe00::1", false),
            ("febf::1", true),
            ("ff02::1", true),
        ];
        for (ip, expected) in cases {
            assert_eq!(is_private(ip.parse().unwrap()), expected, "{ip}");
        }
    }
}
