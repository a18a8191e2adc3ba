//! Who did what. Rows are only ever added.

use crate::admin;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    /// E-mail address, or the name of a token or program.
    pub actor: &'a str,
    /// What was done, such as `rule_set.publish`.
    pub action: &'a str,
    /// To what, and why. Never a secret.
    pub detail: &'a str,
}

/// Notes what was done, in the transaction that does it.
pub async fn note(tx: &TenantTx<'_>, note: &Note<'_>) -> Result<(), StorageError> {
    tx.execute(admin::AUDIT, &[&tx.tenant().0, &note.actor, &note.action, &note.detail]).await?;
    Ok(())
}
