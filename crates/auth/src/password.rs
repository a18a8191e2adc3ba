//! Passwords of operators: argon2id.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

/// Shortest password, in characters.
const LENGTH_MIN: usize = 10;
/// Longest password, in bytes; bounds the work of one attempt.
const BYTES_MAX: usize = 256;

/// Why a password cannot be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("password hash: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("argon2 parameters: {0}")]
    Parameters(argon2::Error),
}

/// What is wrong with a new password, in words for its owner.
pub fn password_problem(password: &str) -> Option<String> {
    if password.chars().count() < LENGTH_MIN {
        return Some(format!("password is shorter than {LENGTH_MIN} characters"));
    }
    (password.len() > BYTES_MAX).then(|| format!("password is longer than {BYTES_MAX} bytes"))
}

/// Hashes a password with 19 MiB of memory and two passes. Takes tens of milliseconds: call it
/// on a thread that may block.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let hash = hasher()?.hash_password(password.as_bytes())?;
    Ok(hash.to_string())
}

/// Whether the password is the one that was hashed. Blocks like [`hash_password`].
pub fn verify_password(password: &str, hash: &str) -> Result<bool, PasswordError> {
    if password.len() > BYTES_MAX {
        return Ok(false);
    }
    let parsed = PasswordHash::new(hash).map_err(argon2::password_hash::Error::from)?;
    match hasher()?.verify_password(password.as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(error.into()),
    }
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
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_password("correct horse", &hash).unwrap());
        assert!(!verify_password("wrong horse", &hash).unwrap());
        assert!(verify_password("x", "not a hash").is_err());
    }

    #[test]
    fn length_is_checked_on_both_sides() {
        assert!(password_problem("123456789").is_some());
        assert_eq!(password_problem("1234567890"), None);
        assert_eq!(password_problem(&"x".repeat(BYTES_MAX)), None);
        assert!(password_problem(&"x".repeat(BYTES_MAX + 1)).is_some());
    }
}
