//! What the operator's command line may do. Needs the owner's connection.

use innerwall_event::TenantId;

use crate::error::StorageError;
use crate::pool::Connection;

pub(crate) const FIND_TENANT: &str = "SELECT id FROM tenants WHERE name = $1";
pub(crate) const ADD_TENANT: &str =
    "INSERT INTO tenants (name, time_zone) VALUES ($1, $2) RETURNING id";
pub(crate) const ADD_RULE_SET: &str = "
    INSERT INTO rule_sets (tenant_id, version, content, author, reason)
    VALUES ($1, 1, $2, $3, $4)";
pub(crate) const ADD_OPERATOR: &str = "
    INSERT INTO operators (tenant_id, email, password_hash, role) VALUES ($1, $2, $3, 'owner')
    ON CONFLICT (email) DO UPDATE
        SET password_hash = EXCLUDED.password_hash, password_changed_at = now()
    WHERE operators.tenant_id = EXCLUDED.tenant_id";
pub(crate) const FIND_OPERATOR: &str =
    "SELECT id, tenant_id FROM operators WHERE email = $1 AND disabled_at IS NULL";
pub(crate) const COUNT_EVENTS: &str = "SELECT count(*) FROM events";
pub(crate) const SIZES: &str = "
    SELECT coalesce(parent.relname, pg_class.relname)::text, sum(pg_total_relation_size(pg_class.oid))::bigint
    FROM pg_class
    LEFT JOIN pg_inherits ON pg_inherits.inhrelid = pg_class.oid
    LEFT JOIN pg_class AS parent ON parent.oid = pg_inherits.inhparent
    WHERE pg_class.relkind = 'r' AND pg_class.relnamespace = 'public'::regnamespace
    GROUP BY 1 ORDER BY 2 DESC";
pub(crate) const AUDIT: &str =
    "INSERT INTO audit_log (tenant_id, actor, action, detail) VALUES ($1, $2, $3, $4)";

/// A tenant to be made, with the content of its first rule set as JSON.
#[derive(Clone, Debug)]
pub struct NewTenant<'a> {
    pub name: &'a str,
    pub time_zone: &'a str,
    pub content: serde_json::Value,
    pub reason: &'a str,
}

pub async fn find_tenant(
    connection: &Connection,
    name: &str,
) -> Result<Option<TenantId>, StorageError> {
    let row = connection.0.query_opt(FIND_TENANT, &[&name]).await?;
    Ok(row.map(|row| TenantId(row.get(0))))
}

/// Makes a tenant and its first rule set, or neither.
pub async fn add_tenant(
    connection: &mut Connection,
    new: &NewTenant<'_>,
) -> Result<TenantId, StorageError> {
    let transaction = connection.0.transaction().await?;
    let row = transaction.query_one(ADD_TENANT, &[&new.name, &new.time_zone]).await?;
    let tenant: i32 = row.get(0);
    transaction.execute(ADD_RULE_SET, &[&tenant, &new.content, &"ctl", &new.reason]).await?;
    transaction.commit().await?;
    Ok(TenantId(tenant))
}

/// Adds an owner, or sets the password of the one with this address.
pub async fn set_operator(
    connection: &Connection,
    tenant: TenantId,
    email: &str,
    password_hash: &str,
) -> Result<(), StorageError> {
    connection.0.execute(ADD_OPERATOR, &[&tenant.0, &email, &password_hash]).await?;
    Ok(())
}

/// Number and tenant of the operator with an e-mail address.
pub async fn find_operator(
    connection: &Connection,
    email: &str,
) -> Result<Option<(i32, TenantId)>, StorageError> {
    let row = connection.0.query_opt(FIND_OPERATOR, &[&email]).await?;
    Ok(row.map(|row| (row.get(0), TenantId(row.get(1)))))
}

/// Notes who did what.
pub async fn audit(
    connection: &Connection,
    tenant: Option<TenantId>,
    actor: &str,
    action: &str,
    detail: &str,
) -> Result<(), StorageError> {
    let tenant = tenant.map(|tenant| tenant.0);
    connection.0.execute(AUDIT, &[&tenant, &actor, &action, &detail]).await?;
    Ok(())
}

/// How much room tables take, with indexes and all partitions.
#[derive(Clone, Debug)]
pub struct Sizes {
    pub events: i64,
    /// Table and bytes, the largest first.
    pub tables: Vec<(String, i64)>,
}

pub async fn sizes(connection: &Connection) -> Result<Sizes, StorageError> {
    let events = connection.0.query_one(COUNT_EVENTS, &[]).await?.get(0);
    let rows = connection.0.query(SIZES, &[]).await?;
    Ok(Sizes { events, tables: rows.iter().map(|row| (row.get(0), row.get(1))).collect() })
}
