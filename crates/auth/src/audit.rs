//! The chain of the audit log: each row's hash covers the row and the hash before it, so that a
//! changed, missing or moved row breaks everything after it. The database computes the same when a
//! row is committed (`chain_audit_row`); this is for checking it from outside.

use sha2::{Digest, Sha256};

/// SHA-256 of a row and all before it; nothing before the first.
pub type AuditHash = Vec<u8>;

/// A row as its hash covers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Number of the tenant; 0 for what belongs to none.
    pub chain: i32,
    pub seq: i64,
    pub at_micros: i64,
    pub address: String,
    pub actor: String,
    pub action: String,
    pub detail: String,
}

/// The hash of a row after the hash of the row before it.
pub fn chain_hash(previous: &[u8], entry: &AuditEntry) -> AuditHash {
    let AuditEntry { chain, seq, at_micros, address, actor, action, detail } = entry;
    let mut digest = Sha256::new();
    digest.update(previous);
    digest.update(format!("{chain}:{seq}:{at_micros}:"));
    for part in [address, actor, action, detail] {
        // The length in front: no two rows have the same text.
        digest.update(format!("{}:{part}", part.len()));
    }
    digest.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(actor: &str, action: &str) -> AuditEntry {
        AuditEntry {
            chain: 1,
            seq: 1,
            at_micros: 7,
            address: String::new(),
            actor: actor.to_owned(),
            action: action.to_owned(),
            detail: "-".to_owned(),
        }
    }

    #[test]
    fn a_hash_covers_each_part_its_place_and_what_came_before() {
        let plain = chain_hash(b"", &entry("ann", "key.create"));
        assert_eq!(plain.len(), 32);
        assert_ne!(plain, chain_hash(b"x", &entry("ann", "key.create")), "another row before");
        assert_ne!(plain, chain_hash(b"", &entry("annk", "ey.create")), "a moved border");
        let later = AuditEntry { seq: 2, ..entry("ann", "key.create") };
        assert_ne!(plain, chain_hash(b"", &later));
    }
}
