//! The second factor of operators: one-time codes and recovery codes.

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

pub(crate) const CHOOSE: &str =
    "UPDATE operators SET totp_waiting = $3 WHERE tenant_id = $1 AND id = $2";
pub(crate) const CONFIRM: &str = "
    UPDATE operators SET totp_secret = totp_waiting, totp_waiting = NULL, totp_step = $3,
        recovery_codes = $4
    WHERE tenant_id = $1 AND id = $2 AND totp_waiting IS NOT NULL";
pub(crate) const REMOVE: &str = "
    UPDATE operators SET totp_secret = NULL, totp_waiting = NULL, recovery_codes = '{}'
    WHERE tenant_id = $1 AND id = $2";
pub(crate) const USE_STEP: &str = "
    UPDATE operators SET totp_step = $3 WHERE tenant_id = $1 AND id = $2 AND totp_step < $3";
pub(crate) const USE_RECOVERY_CODE: &str = "
    UPDATE operators SET recovery_codes = array_remove(recovery_codes, $3)
    WHERE tenant_id = $1 AND id = $2 AND $3 = ANY (recovery_codes)";
pub(crate) const REPLACE_RECOVERY_CODES: &str = "
    UPDATE operators SET recovery_codes = $3
    WHERE tenant_id = $1 AND id = $2 AND totp_secret IS NOT NULL";
pub(crate) const REQUIRED: &str = "SELECT require_totp FROM tenants WHERE id = $1";
pub(crate) const REQUIRE: &str = "UPDATE tenants SET require_totp = $2 WHERE id = $1";

/// Keeps a secret until a code proves that the app has it.
pub async fn choose(tx: &TenantTx<'_>, id: i32, secret: &[u8]) -> Result<(), StorageError> {
    tx.execute(CHOOSE, &[&tx.tenant().0, &id, &secret]).await?;
    Ok(())
}

/// Makes the chosen secret the one in use; gives whether one had been chosen.
pub async fn confirm(
    tx: &TenantTx<'_>,
    id: i32,
    step: i64,
    recovery_codes: &[Vec<u8>],
) -> Result<bool, StorageError> {
    Ok(tx.execute(CONFIRM, &[&tx.tenant().0, &id, &step, &recovery_codes]).await? > 0)
}

/// Takes the second factor away.
pub async fn remove(tx: &TenantTx<'_>, id: i32) -> Result<(), StorageError> {
    tx.execute(REMOVE, &[&tx.tenant().0, &id]).await?;
    Ok(())
}

/// Uses up a step; false when it, or a later one, has been used.
pub async fn use_step(tx: &TenantTx<'_>, id: i32, step: i64) -> Result<bool, StorageError> {
    Ok(tx.execute(USE_STEP, &[&tx.tenant().0, &id, &step]).await? > 0)
}

/// Uses up a recovery code; false when it is none that is left.
pub async fn use_recovery_code(
    tx: &TenantTx<'_>,
    id: i32,
    digest: &[u8],
) -> Result<bool, StorageError> {
    Ok(tx.execute(USE_RECOVERY_CODE, &[&tx.tenant().0, &id, &digest]).await? > 0)
}

/// Puts new recovery codes in the place of all that are left; false without a second factor.
pub async fn replace_recovery_codes(
    tx: &TenantTx<'_>,
    id: i32,
    digests: &[Vec<u8>],
) -> Result<bool, StorageError> {
    Ok(tx.execute(REPLACE_RECOVERY_CODES, &[&tx.tenant().0, &id, &digests]).await? > 0)
}

/// Whether the tenant wants a second factor of everybody.
pub async fn is_required(tx: &TenantTx<'_>) -> Result<bool, StorageError> {
    let rows = tx.query(REQUIRED, &[&tx.tenant().0]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

pub async fn require(tx: &TenantTx<'_>, is_required: bool) -> Result<(), StorageError> {
    tx.execute(REQUIRE, &[&tx.tenant().0, &is_required]).await?;
    Ok(())
}
