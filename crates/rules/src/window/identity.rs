//! Identity of a window: a hash of what it counts, whatever it is called and however written.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{WindowKey, WindowKind};
use crate::lang::Condition;

/// The definition of a window in its one spelling.
pub(super) fn spelled(
    kind: &WindowKind,
    filter: &Condition,
    by: &[WindowKey],
    over_s: u32,
) -> String {
    let measured = match kind {
        WindowKind::Distinct(key) => key.to_string(),
        WindowKind::Sum(amount) => amount.canonical(),
        WindowKind::Ratio(condition) => condition.canonical(),
        WindowKind::Count | WindowKind::FirstSeen | WindowKind::LastSeen => String::new(),
    };
    let mut spelled = format!("{} {measured} where {} by", kind.word(), filter.canonical());
    for key in by {
        write!(spelled, " {key}").expect("writing to a text cannot fail");
    }
    write!(spelled, " over {over_s}").expect("writing to a text cannot fail");
    spelled
}

/// First eight bytes of SHA-256: stable, and nobody can choose definitions that collide.
pub(super) fn hash(spelled: &str) -> u64 {
    let digest = Sha256::digest(spelled.as_bytes());
    u64::from_be_bytes(std::array::from_fn(|at| digest[at]))
}
