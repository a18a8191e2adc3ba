//! Versions of a tenant's rule set: immutable once written, the tenant points to the one in use.

use std::collections::BTreeMap;

use innerwall_event::Timestamp;
use innerwall_rules::{RuleSet, RuleSetContent};
use innerwall_scoring::Rulebook;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;
use crate::windows;

pub(crate) const CONTENT: &str = "
    SELECT coalesce(content, jsonb_build_object('weights', weights)) FROM rule_sets WHERE tenant_id = $1 AND version = $2";
pub(crate) const LIST_ENTRIES: &str = "
    SELECT digest, entries FROM list_documents WHERE tenant_id = $1 AND digest = ANY($2)";
pub(crate) const HISTORY: &str = "
    SELECT version, author, reason, created_at FROM rule_sets
    WHERE tenant_id = $1 AND ($2::int IS NULL OR version < $2) ORDER BY version DESC LIMIT $3";
pub(crate) const VERSION: &str = "
    SELECT version, author, reason, created_at FROM rule_sets
    WHERE tenant_id = $1 AND version = $2";
/// Moves the tenant on only from the version the author had seen.
pub(crate) const MOVE_ON: &str = "
    UPDATE tenants SET rule_set_version = rule_set_version + 1
    WHERE id = $1 AND rule_set_version = $2 RETURNING rule_set_version";
pub(crate) const ADD_VERSION: &str = "
    INSERT INTO rule_sets (tenant_id, version, content, author, reason) VALUES ($1, $2, $3, $4, $5)";
pub(crate) const ADD_LIST: &str = "
    INSERT INTO list_documents (tenant_id, digest, entries) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING";

/// Where a content names its lists: in the database by the hashes of their entries.
const LISTS: &str = "lists";

/// Who made a version of a rule set, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    pub version: i32,
    pub author: String,
    pub reason: String,
    pub created_at: Timestamp,
}

/// A version to be written.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// The version that the change was made from.
    pub base: i32,
    pub content: &'a Value,
    pub author: &'a str,
    pub reason: &'a str,
}

/// A list by the hash of its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct ListDocument {
    pub digest: Vec<u8>,
    pub entries: Value,
}

/// Content of a version; `None` when there is no such version.
pub async fn content(tx: &TenantTx<'_>, version: i32) -> Result<Option<Value>, StorageError> {
    let rows = tx.query(CONTENT, &[&tx.tenant().0, &version]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

/// Lists by the hashes of their entries.
pub async fn lists(
    tx: &TenantTx<'_>,
    digests: &[Vec<u8>],
) -> Result<Vec<ListDocument>, StorageError> {
    let rows = tx.query(LIST_ENTRIES, &[&tx.tenant().0, &digests]).await?;
    let list = |row: &tokio_postgres::Row| ListDocument { digest: row.get(0), entries: row.get(1) };
    Ok(rows.iter().map(list).collect())
}

/// Versions, newest first, below `before`.
pub async fn history(
    tx: &TenantTx<'_>,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<VersionRow>, StorageError> {
    let rows = tx.query(HISTORY, &[&tx.tenant().0, &before, &limit]).await?;
    Ok(rows.iter().map(version_of).collect())
}

/// Who made a version; `None` when there is no such version.
pub async fn made(tx: &TenantTx<'_>, version: i32) -> Result<Option<VersionRow>, StorageError> {
    let rows = tx.query(VERSION, &[&tx.tenant().0, &version]).await?;
    Ok(rows.first().map(version_of))
}

fn version_of(row: &tokio_postgres::Row) -> VersionRow {
    VersionRow {
        version: row.get(0),
        author: row.get(1),
        reason: row.get(2),
        created_at: row.get::<_, PgTime>(3).0,
    }
}

/// Keeps a list.
pub async fn add_list(tx: &TenantTx<'_>, list: &ListDocument) -> Result<(), StorageError> {
    tx.execute(ADD_LIST, &[&tx.tenant().0, &list.digest, &list.entries]).await?;
    Ok(())
}

/// Writes the next version and makes it the one in use. `None` when somebody was faster: the
/// change was made from a version that is no longer in use.
pub async fn publish(tx: &TenantTx<'_>, new: &NewVersion<'_>) -> Result<Option<i32>, StorageError> {
    let moved = tx.query(MOVE_ON, &[&tx.tenant().0, &new.base]).await?;
    let Some(version) = moved.first().map(|row| row.get::<_, i32>(0)) else { return Ok(None) };
    let tenant = tx.tenant().0;
    tx.execute(ADD_VERSION, &[&tenant, &version, new.content, &new.author, &new.reason]).await?;
    Ok(Some(version))
}

/// The whole content of a version, with its lists; `None` when there is no such version.
pub async fn load(tx: &TenantTx<'_>, version: i32) -> Result<Option<RuleSetContent>, StorageError> {
    let Some(mut stored) = content(tx, version).await? else { return Ok(None) };
    let digests: BTreeMap<String, String> = match stored.get_mut(LISTS).map(Value::take) {
        Some(names) => serde_json::from_value(names).map_err(|error| corrupt(&error))?,
        None => BTreeMap::new(),
    };
    let wanted: Vec<Vec<u8>> = digests.values().map(|digest| bytes(digest)).collect();
    let documents = if wanted.is_empty() { Vec::new() } else { lists(tx, &wanted).await? };
    let entries = |digest: &str| {
        let found = documents.iter().find(|list| list.digest == bytes(digest));
        found.map_or(Value::Null, |list| list.entries.clone())
    };
    let by_name: BTreeMap<&String, Value> =
        digests.iter().map(|(name, digest)| (name, entries(digest))).collect();
    if let Some(fields) = stored.as_object_mut() {
        fields.insert(LISTS.to_owned(), json!(by_name));
    }
    serde_json::from_value(stored).map(Some).map_err(|error| corrupt(&error))
}

/// The rule book of a version, ready to score or explain again what it judged.
pub async fn rulebook(tx: &TenantTx<'_>, version: i32) -> Result<Rulebook, StorageError> {
    let content = load(tx, version).await?.unwrap_or_default();
    let unusable = |error: String| StorageError::Settings(format!("rule set {version}: {error}"));
    let rules = RuleSet::build(version, &content).map_err(|error| unusable(error.to_string()))?;
    let book = Rulebook::new(rules).map_err(|error| unusable(error.to_string()))?;
    counted(tx, book).await
}

/// A rule book with the numbers under which its shared windows are counted.
pub async fn counted(tx: &TenantTx<'_>, book: Rulebook) -> Result<Rulebook, StorageError> {
    let identities: Vec<i64> = book.shared_windows().into_iter().map(u64::cast_signed).collect();
    let numbers = windows::numbers(tx, book.rules.version, &identities).await?;
    Ok(book.counted_as(&numbers))
}

/// Writes a content as the next version; see [`publish`].
pub async fn publish_content(
    tx: &TenantTx<'_>,
    content: &RuleSetContent,
    (base, author, reason): (i32, &str, &str),
) -> Result<Option<i32>, StorageError> {
    let mut stored = serde_json::to_value(content).map_err(|error| corrupt(&error))?;
    let mut digests = BTreeMap::new();
    for (name, entries) in &content.lists {
        let entries = serde_json::to_value(entries).map_err(|error| corrupt(&error))?;
        let digest = Sha256::digest(entries.to_string()).to_vec();
        digests.insert(name, hex(&digest));
        add_list(tx, &ListDocument { digest, entries }).await?;
    }
    if let Some(fields) = stored.as_object_mut() {
        fields.insert(LISTS.to_owned(), json!(digests));
    }
    publish(tx, &NewVersion { base, content: &stored, author, reason }).await
}

fn corrupt(error: &serde_json::Error) -> StorageError {
    StorageError::Corrupt { what: "rule set", reason: error.to_string() }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of a hexadecimal text; what is none gives no bytes and so no list.
fn bytes(hex: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (0..hex.len()).step_by(2).filter_map(byte).collect()
}
