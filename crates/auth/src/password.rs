//! Passwords of operators: argon2id, and which ones are good enough.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

/// Shortest password, in characters.
pub const PASSWORD_LENGTH_MIN: usize = 8;
/// Longest password, in bytes; bounds the work of one attempt.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Shorter words are part of too many good passwords.
const CONTEXT_WORD_MIN: usize = 4;
const PRODUCT: &str = "innerwall";
/// How every hash of today begins; one that begins otherwise is made anew at the next login.
const HASH_OF_TODAY: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// A password that takes fewer guesses falls to the lists that are tried first.
const GUESSES_MIN: u64 = 1_000_000;

/// Why a password cannot be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("password hash: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("argon2 parameters: {0}")]
    Parameters(argon2::Error),
}

/// What is wrong with a new password, in words for its owner. `context` is what an attacker knows:
/// the e-mail address, the name of the tenant. No kinds of characters are asked for.
pub fn password_problem(password: &str, context: &[&str]) -> Option<String> {
    let lower = password.to_lowercase();
    if password.chars().count() < PASSWORD_LENGTH_MIN {
        return Some(format!("password is shorter than {PASSWORD_LENGTH_MIN} characters"));
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Some(format!("password is longer than {PASSWORD_BYTES_MAX} bytes"));
    }
    if zxcvbn::zxcvbn(password, context).guesses() < GUESSES_MIN {
        return Some("password is among those that are tried first, or close to one".to_owned());
    }
    let rest = without_words(lower, context);
    (rest.chars().count() < PASSWORD_LENGTH_MIN)
        .then(|| "password is little more than your address, the tenant or the product".to_owned())
}

/// The password without what an attacker knows anyway.
fn without_words(password: String, context: &[&str]) -> String {
    let words = context.iter().flat_map(|text| text.split(|sign: char| !sign.is_alphanumeric()));
    let words = words.chain([PRODUCT]).filter(|word| word.chars().count() >= CONTEXT_WORD_MIN);
    words.fold(password, |rest, word| rest.replace(&word.to_lowercase(), ""))
}

/// Hashes a password with 19 MiB of memory and two passes. Takes tens of milliseconds: call it
/// on a thread that may block.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let hash = hasher()?.hash_password(password.as_bytes())?;
    Ok(hash.to_string())
}

/// Whether the password is the one that was hashed. Blocks like [`hash_password`].
pub fn verify_password(password: &str, hash: &str) -> Result<bool, PasswordError> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Ok(false);
    }
    let parsed = PasswordHash::new(hash).map_err(argon2::password_hash::Error::from)?;
    match hasher()?.verify_password(password.as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whether a hash was made with other parameters than those of today.
pub fn is_outdated(hash: &str) -> bool {
    !hash.starts_with(HASH_OF_TODAY)
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(PasswordError::Parameters)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_only_its_own_hash() {
        let hash = hash_password("correct horse").unwrap();
        assert!(!is_outdated(&hash), "{hash}");
        assert!(verify_password("correct horse", &hash).unwrap());
        assert!(!verify_password("wrong horse", &hash).unwrap());
        assert!(verify_password("x", "not a hash").is_err());
    }

    #[test]
    fn hashes_of_weaker_days_still_open_and_are_told_apart() {
        let params = Params::new(1024, 1, 1, None).unwrap();
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = weak.hash_password(b"correct horse").unwrap().to_string();
        assert!(verify_password("correct horse", &hash).unwrap());
        assert!(is_outdated(&hash));
    }

    #[test]
    fn length_is_checked_on_both_sides() {
        assert!(password_problem("1x7Q!p2", &[]).is_some());
        assert_eq!(password_problem("1x7Q!p2k", &[]), None);
        let mut long: String = (1..100_u32).map(|n| (n * n * 7_919 % 9_973).to_string()).collect();
        long.truncate(PASSWORD_BYTES_MAX);
        assert_eq!(password_problem(&long, &[]), None);
        assert!(password_problem(&format!("{long}c"), &[]).is_some());
        assert_eq!(password_problem("éöüßáñçø", &[]), None, "characters count, not bytes");
    }

    #[test]
    fn common_and_obvious_passwords_are_refused_and_nothing_else_is_asked_for() {
        let context = ["ann.smith@acme-shop.example", "Acme Shop"];
        for bad in ["Password1", "12345678", "Innerwall2026", "smith-Acme-1", "acmesmithinnerwall"]
        {
            assert!(password_problem(bad, &context).is_some(), "{bad}");
        }
        for good in ["all lower case words", "90817263548", "annoying acme horses run"] {
            assert_eq!(password_problem(good, &context), None, "{good}");
        }
    }
}
