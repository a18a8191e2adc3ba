//! Secrets, and who may do what. No I/O; randomness is an argument.

mod password;
mod role;
mod secret;

pub use password::{PasswordError, hash_password, password_problem, verify_password};
pub use role::{Permission, Role};
pub use secret::{Secret, SecretDigest, SecretKind};
