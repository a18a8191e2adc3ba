//! Secrets: API keys, tokens and passwords. No I/O; randomness is an argument.

mod password;
mod secret;

pub use password::{PasswordError, hash_password, password_problem, verify_password};
pub use secret::{Secret, SecretDigest, SecretKind};
