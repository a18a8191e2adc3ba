//! The numbers that devices and user agents are stored under.

use innerwall_event::fnv1a;

/// FNV-1a over the parts, each closed by a byte that occurs in no text.
pub(crate) fn hash_of(parts: &[&str]) -> u64 {
    fnv1a(parts.iter().flat_map(|part| part.bytes().chain([0xff])))
}

#[cfg(test)]
mod tests {
    use super::hash_of;

    #[test]
    fn stored_numbers_never_change() {
        assert_eq!(hash_of(&["desktop", "Chrome", "Windows", "en"]), 4_136_102_511_998_930_359);
        assert_ne!(hash_of(&["ab", "c"]), hash_of(&["a", "bc"]));
    }
}
