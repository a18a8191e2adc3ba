//! Erasing a user, and giving a person everything.

use std::collections::BTreeMap;

use innerwall_event::Timestamp;
use innerwall_storage::erasure::Progress;
use serde::Serialize;
use utoipa::ToSchema;

use super::UserView;

/// How far erasing a user is. The id of the user is not kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Erasure)]
pub(crate) struct ErasureView {
    pub(crate) erasure_id: i64,
    /// SHA-256 of the user id, in hexadecimal.
    pub(crate) subject_sha256: String,
    /// `waiting`, `running` or `done`.
    pub(crate) state: String,
    pub(crate) rows_erased: i64,
    pub(crate) requested_by: String,
    pub(crate) requested_at: String,
    pub(crate) started_at: Option<String>,
    pub(crate) finished_at: Option<String>,
}

/// A page of erasures, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ErasurePage)]
pub(crate) struct ErasurePage {
    pub(crate) items: Vec<ErasureView>,
    /// Null on the last page.
    pub(crate) next_cursor: Option<String>,
}

/// Everything held about a user.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub(crate) struct PersonView {
    /// RFC 3339.
    pub(crate) exported_at: String,
    pub(crate) user: UserView,
    /// Rows about the user by table, as they are stored; at most 10,000 of each.
    #[schema(value_type = std::collections::BTreeMap<String, Vec<Object>>)]
    pub(crate) tables: BTreeMap<String, Vec<serde_json::Value>>,
    /// Tables with more rows than are given here; events are listed in full by
    /// `/api/v1/users/{user_id}/events`.
    pub(crate) cut: Vec<String>,
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

impl From<Progress> for ErasureView {
    fn from(progress: Progress) -> Self {
        Self {
            erasure_id: progress.id,
            subject_sha256: hex(&progress.subject),
            state: progress.state,
            rows_erased: progress.rows_erased,
            requested_by: progress.requested_by,
            requested_at: progress.requested_at.to_rfc3339(),
            started_at: progress.started_at.map(Timestamp::to_rfc3339),
            finished_at: progress.finished_at.map(Timestamp::to_rfc3339),
        }
    }
}
