//! How rules do, and users to try rules on.

use std::collections::HashMap;

use innerwall_scoring::Account;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// Few combinations of rules fire: they are counted first, and then taken apart.
pub(crate) const USERS_BY_RULE: &str = "
    SELECT rule, sum(users)::bigint FROM (
        SELECT rules, count(*) AS users FROM users WHERE tenant_id = $1 AND rules <> '{}'
        GROUP BY rules) AS combinations, unnest(rules) AS rule
    GROUP BY rule";
pub(crate) const USERS_TOTAL: &str =
    "SELECT count(*) FROM users WHERE tenant_id = $1 AND trust IS NOT NULL";
pub(crate) const NEWEST_USERS: &str = "
    SELECT user_id, user_no, account FROM users JOIN user_state USING (tenant_id, user_no, user_id)
    WHERE tenant_id = $1 AND trust IS NOT NULL
    ORDER BY seen_bucket DESC, last_seen DESC, user_no DESC LIMIT $2";

/// A user to try rules on.
#[derive(Clone, Debug)]
pub struct SampleUser {
    pub user_id: String,
    pub user_no: i64,
    pub account: Account,
}

/// For how many users rules fire.
#[derive(Clone, Debug, Default)]
pub struct FiredUsers {
    pub by_rule: HashMap<String, i64>,
    /// All users.
    pub total: i64,
}

/// For how many users each rule fires, and how many users there are.
pub async fn users_by_rule(tx: &TenantTx<'_>) -> Result<FiredUsers, StorageError> {
    let rows = tx.query(USERS_BY_RULE, &[&tx.tenant().0]).await?;
    let total = tx.query(USERS_TOTAL, &[&tx.tenant().0]).await?;
    Ok(FiredUsers {
        by_rule: rows.iter().map(|row| (row.get(0), row.get(1))).collect(),
        total: total.first().map_or(0, |row| row.get(0)),
    })
}

/// The users seen last.
pub async fn newest_users(tx: &TenantTx<'_>, limit: i64) -> Result<Vec<SampleUser>, StorageError> {
    let rows = tx.query(NEWEST_USERS, &[&tx.tenant().0, &limit]).await?;
    let user = |row: &tokio_postgres::Row| {
        let account = Account::from_bytes(row.get(2)).map_err(|error| StorageError::Corrupt {
            what: "account",
            reason: error.to_string(),
        })?;
        Ok(SampleUser { user_id: row.get(0), user_no: row.get(1), account })
    };
    rows.iter().map(user).collect()
}
