//! API keys, tokens, sessions and tickets: 256 random bits behind a prefix that says what they are.

use std::fmt;

use rand::{CryptoRng, RngExt};
use sha2::{Digest, Sha256};

/// What a secret opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// Sending events.
    ApiKey,
    /// Reading, for a machine.
    ApiToken,
    /// What a browser holds for a person who has signed in.
    Session,
    /// Setting a password once.
    Ticket,
}

impl SecretKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "iwk_",
            Self::ApiToken => "iwt_",
            Self::Session => "iws_",
            Self::Ticket => "iwo_",
        }
    }
}

/// A secret in clear. It is shown once, when it is made, and never stored.
#[derive(Clone)]
pub struct Secret(String);

/// SHA-256 of a secret: what is stored and looked up. The secret has 256 bits of its own, so no
/// slow hash is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecretDigest(pub [u8; 32]);

impl Secret {
    pub fn generate(kind: SecretKind, random: &mut impl CryptoRng) -> Self {
        const ALPHABET: &[u8; 62] =
            b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        // 43 characters of 62 hold 256 bits.
        let random: String =
            (0..43).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).collect();
        Self(format!("{}{random}", kind.prefix()))
    }

    /// The secret in clear, to be shown to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn digest(&self) -> SecretDigest {
        SecretDigest::of(&self.0)
    }
}

impl SecretDigest {
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret).into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_say_their_kind_and_hide_in_logs() {
        let mut random = rand::rng();
        let first = Secret::generate(SecretKind::ApiKey, &mut random);
        let second = Secret::generate(SecretKind::ApiKey, &mut random);
        assert!(first.reveal().starts_with("iwk_") && first.reveal().len() == 47);
        assert_ne!(first.digest(), second.digest());
        assert_eq!(first.digest(), SecretDigest::of(first.reveal()));
        assert_eq!(format!("{first:?}"), "Secret(***)");
    }
}
