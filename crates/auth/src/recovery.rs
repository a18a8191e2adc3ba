//! Recovery codes: what lets someone in who has lost the second factor. Each opens once.

use rand::{CryptoRng, RngExt};

use crate::base32;
use crate::secret::SecretDigest;

/// Codes made at once.
pub const RECOVERY_CODES: usize = 10;
/// Fifteen bytes are 24 characters and 120 bits: too many to guess, so a fast hash is enough.
const BYTES: usize = 15;
const GROUP: usize = 6;

/// Makes a code such as `ABCDEF-GHIJKL-MNOPQR-STUVWX`.
pub fn recovery_code(random: &mut impl CryptoRng) -> String {
    let bytes: [u8; BYTES] = random.random();
    let characters: Vec<char> = base32::encode(&bytes).chars().collect();
    let groups: Vec<String> =
        characters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// What is stored of a code. Case, spaces and dashes do not matter when it is typed.
pub fn recovery_digest(code: &str) -> SecretDigest {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    SecretDigest::of(&plain.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_are_known_however_they_are_typed() {
        let mut random = rand::rng();
        let (first, second) = (recovery_code(&mut random), recovery_code(&mut random));
        assert_eq!((first.len(), first.matches('-').count()), (27, 3));
        assert_ne!(recovery_digest(&first), recovery_digest(&second));
        let typed = format!(" {} ", first.to_lowercase().replace('-', " "));
        assert_eq!(recovery_digest(&first), recovery_digest(&typed));
    }
}
