//! Secrets, passwords, one-time codes, and who may do what. No I/O; time and randomness are
//! arguments.

mod audit;
mod base32;
mod csrf;
mod password;
mod recovery;
mod role;
mod secret;
mod totp;

pub use audit::{AuditEntry, AuditHash, chain_hash};
pub use csrf::{csrf_of, is_csrf_of};
pub use password::{
    PASSWORD_BYTES_MAX, PASSWORD_LENGTH_MIN, PasswordError, hash_password, is_outdated,
    password_problem, verify_password,
};
pub use recovery::{RECOVERY_CODES, recovery_code, recovery_digest};
pub use role::{Permission, Role};
pub use secret::{Secret, SecretDigest, SecretKind};
pub use totp::{TOTP_STEP_S, TotpSecret};
