//! API keys, tokens and the audit log.

use innerwall_event::Timestamp;
use innerwall_storage::audit::AuditRow;
use innerwall_storage::keys::KeyRow;
use innerwall_storage::tokens::TokenRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// API keys, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeysAnswer {
    pub(crate) items: Vec<KeyView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct KeyView {
    id: i32,
    label: String,
    /// Per gateway.
    events_per_second: i32,
    created_at: String,
    revoked_at: Option<String>,
}

impl From<KeyRow> for KeyView {
    fn from(row: KeyRow) -> Self {
        Self {
            id: row.id,
            label: row.label,
            events_per_second: row.events_per_second,
            created_at: row.created_at.to_rfc3339(),
            revoked_at: row.revoked_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// A fresh key. It is shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyAnswer {
    pub(crate) id: i32,
    pub(crate) api_key: String,
}

/// Tokens, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokensAnswer {
    pub(crate) items: Vec<TokenView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TokenView {
    id: i32,
    label: String,
    /// Permissions; null for a token that may do what an admin may.
    scopes: Option<Vec<String>>,
    /// Null when it was made on the command line.
    created_by: Option<String>,
    created_at: String,
    expires_at: Option<String>,
    revoked_at: Option<String>,
}

impl From<TokenRow> for TokenView {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            label: row.label,
            scopes: row.scopes,
            created_by: row.created_by,
            created_at: row.created_at.to_rfc3339(),
            expires_at: row.expires_at.map(Timestamp::to_rfc3339),
            revoked_at: row.revoked_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// A fresh token. It is shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenAnswer {
    pub(crate) id: i32,
    pub(crate) token: String,
    pub(crate) expires_at: String,
}

/// A page of the audit log, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditPage {
    pub(crate) items: Vec<AuditView>,
    /// For the page after this one; null on the last.
    pub(crate) next_cursor: Option<String>,
}

/// Who did what, when and from where.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditView {
    /// Place in the tenant's chain.
    seq: i64,
    at: String,
    /// Address of the client; null for a program of our own.
    address: Option<String>,
    actor: String,
    action: String,
    detail: String,
    /// SHA-256 over this row and the hash of the row before it.
    hash: String,
}

impl From<AuditRow> for AuditView {
    fn from(row: AuditRow) -> Self {
        let AuditRow { seq, at, address, actor, action, detail, hash } = row;
        Self { seq, at: at.to_rfc3339(), address, actor, action, detail, hash }
    }
}

impl CsvRow for AuditView {
    const COLUMNS: &'static [&'static str] =
        &["seq", "at", "address", "actor", "action", "detail", "hash"];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.number(self.seq);
        line.text(&self.at);
        line.maybe(self.address.as_deref());
        for text in [&self.actor, &self.action, &self.detail, &self.hash] {
            line.text(text);
        }
    }
}

/// A detail may name whom or what was decided about.
impl Masked for AuditView {
    fn mask(&mut self) {
        mask::text(&mut self.detail);
    }
}

impl Masked for AuditPage {
    fn mask(&mut self) {
        self.items.mask();
    }
}
