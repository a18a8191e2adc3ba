//! Hashes whose values are stored, and so may never change.

use sha2::{Digest, Sha256};

/// First 8 bytes of the SHA-256 of the parts, each with its length before it. For whatever others
/// may choose the text of: nobody can make two texts share a hash by trying cheaply.
pub fn stable_hash64(parts: &[&[u8]]) -> u64 {
    let mut hash = Sha256::new();
    for part in parts {
        // Lengths keep ("ab","c") apart from ("a","bc").
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let bytes = hash.finalize();
    u64::from_be_bytes(std::array::from_fn(|at| bytes[at]))
}

/// FNV-1a. Kept for shards, addresses and devices, which are stored under its values; anything
/// new uses [`stable_hash64`].
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_hashes_never_change() {
        assert_eq!(fnv1a(*b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(*b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(*b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(stable_hash64(&[]), 0xe3b0_c442_98fc_1c14);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(stable_hash64(&[b"ab", b"c"]), stable_hash64(&[b"a", b"bc"]));
        assert_ne!(stable_hash64(&[b"ab"]), stable_hash64(&[b"ab", b""]));
    }
}
