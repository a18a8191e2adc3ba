//! One thing by its key, however it is written.

use std::net::IpAddr;

use innerwall_features::EntityKind;
use innerwall_storage::TenantTx;
use innerwall_storage::read::entities::{self, EntityRow};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::usecase::asked;

/// Finds a thing that users are linked with.
pub(in crate::usecase) async fn linked(
    tx: &TenantTx<'_>,
    caller: &Caller,
    kind: &str,
    key: &str,
) -> Result<EntityRow, Problem> {
    let kind = asked::kind(kind)?;
    with_links(kind)?;
    find(tx, caller, kind, key).await
}

pub(super) fn with_links(kind: EntityKind) -> Result<(), Problem> {
    if kind.has_links() {
        return Ok(());
    }
    Err(Problem::parameter("kind", &format!("{} are not linked with users", kind.plural())))
}

/// Finds a thing by its key, or by `~` and its id.
pub(in crate::usecase) async fn find(
    tx: &TenantTx<'_>,
    caller: &Caller,
    kind: EntityKind,
    key: &str,
) -> Result<EntityRow, Problem> {
    let id = key.strip_prefix('~').filter(|hex| hex.len() == 16);
    let id = id.and_then(|hex| u64::from_str_radix(hex, 16).ok());
    let found = if let Some(id) = id {
        entities::by_id(tx, kind, id.cast_signed()).await?
    } else {
        may_look_up(caller, kind, "key")?;
        let key = asked::text("key", Some(key.to_owned()))?.unwrap_or_default();
        entities::by_key(tx, kind, &folded(kind, &key)).await?
    };
    found.ok_or_else(|| Problem::NotFound { what: format!("{key} among {}", kind.plural()) })
}

pub(super) fn may_look_up(
    caller: &Caller,
    kind: EntityKind,
    field: &'static str,
) -> Result<(), Problem> {
    if kind.is_personal() { caller.may_look_up(field) } else { Ok(()) }
}

/// A key, or its beginning, in the form it is kept in.
pub(in crate::usecase) fn folded(kind: EntityKind, key: &str) -> String {
    match kind {
        EntityKind::Address => {
            key.parse::<IpAddr>().map_or_else(|_| key.to_lowercase(), |ip| ip.to_string())
        }
        EntityKind::Network => {
            let digits = key.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
            digits.to_owned()
        }
        EntityKind::Country => key.to_uppercase(),
        EntityKind::Email | EntityKind::EmailDomain => key.to_lowercase(),
        EntityKind::Device
        | EntityKind::UserAgent
        | EntityKind::Resource
        | EntityKind::Phone
        | EntityKind::Field
        | EntityKind::Payment => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_however_they_are_written() {
        for (kind, sent, kept) in [
            (EntityKind::Address, "2001:DB8:0::1", "2001:db8::1"),
            (EntityKind::Address, "203.0.", "203.0."),
            (EntityKind::Network, "AS64496", "64496"),
            (EntityKind::Country, "de", "DE"),
            (EntityKind::Email, "Anna@Shop.Example", "anna@shop.example"),
            (EntityKind::Resource, "/A", "/A"),
        ] {
            assert_eq!(folded(kind, sent), kept);
        }
    }
}
