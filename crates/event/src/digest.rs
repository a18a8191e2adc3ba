//! Identity of events: the digest of what was sent, and ids made from the producer's names.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Draft, TenantId};

/// First 16 bytes of the SHA-256 of what the producer sent, before any default or repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventDigest(pub [u8; 16]);

impl EventDigest {
    pub(crate) fn of(draft: &Draft) -> Self {
        let mut hash = Sha256::new();
        for text in draft.texts() {
            // Lengths keep ("ab","c") apart from ("a","bc"); an absent field differs from "".
            let length = text.map_or(u64::MAX, |text| text.len() as u64);
            hash.update(length.to_le_bytes());
            hash.update(text.unwrap_or_default());
        }
        for change in &draft.field_history {
            hash.update(format!("{change:?}"));
        }
        Self(first_16(&hash.finalize()))
    }

    /// The first half, as it is stored: enough to tell a repeated event from a reused id.
    pub fn short(&self) -> i64 {
        i64::from_be_bytes(std::array::from_fn(|at| self.0[at]))
    }
}

/// The id of an event that the producer named: the name itself when it is a UUID, else a
/// version 8 UUID from the SHA-256 of tenant and name.
pub fn event_id_of_name(tenant: TenantId, name: &str) -> Uuid {
    Uuid::try_parse(name).unwrap_or_else(|_| {
        let mut hash = Sha256::new();
        hash.update(tenant.0.to_le_bytes());
        hash.update(name);
        uuid::Builder::from_custom_bytes(first_16(&hash.finalize())).into_uuid()
    })
}

fn first_16(bytes: &[u8]) -> [u8; 16] {
    let mut first = [0; 16];
    first.copy_from_slice(&bytes[..16]);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_always_gives_the_same_id_within_its_tenant() {
        let id = event_id_of_name(TenantId(1), "order-123");
        assert_eq!(id, event_id_of_name(TenantId(1), "order-123"));
        assert_ne!(id, event_id_of_name(TenantId(2), "order-123"));
        assert_ne!(id, event_id_of_name(TenantId(1), "order-124"));
        let uuid = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(event_id_of_name(TenantId(1), uuid).to_string(), uuid);
    }

    #[test]
    fn moving_text_between_fields_changes_the_digest() {
        let first = Draft { first_name: Some("ab".into()), ..Draft::default() };
        let last = Draft { last_name: Some("ab".into()), ..Draft::default() };
        assert_ne!(EventDigest::of(&first), EventDigest::of(&last));
        assert_ne!(EventDigest::of(&first), EventDigest::of(&Draft::default()));
    }
}
