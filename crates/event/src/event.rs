//! The event as the rest of the system sees it.

use std::net::IpAddr;

use uuid::Uuid;

use crate::{EventDigest, EventKind, HttpMethod, Timestamp, fnv1a};

/// Number of a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(pub i32);

/// The acting account as the producer names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub String);

impl UserId {
    /// The shared account of visitors who are not signed in.
    pub const ANONYMOUS: &'static str = "N/A";

    /// Whether this is the shared account of visitors who are not signed in.
    pub fn is_anonymous(&self) -> bool {
        self.0 == Self::ANONYMOUS
    }

    /// The shard of the user among `shards`: the same for every gateway and for ever (FNV-1a).
    pub fn shard(&self, shards: u16) -> u16 {
        let hash = fnv1a(self.0.bytes());
        u16::try_from(hash % u64::from(shards.max(1))).unwrap_or_default()
    }
}

/// One change of a field of the product's own data.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    pub field_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_value: Option<String>,
    pub new_value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_name: Option<String>,
}

/// An accepted event: every field within its limit, every text valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: Uuid,
    /// The producer's own id as sent; absent when the gateway made the id.
    pub client_id: Option<String>,
    /// What the producer sent, to tell a repeated event from a reused id.
    pub digest: EventDigest,
    pub received_at: Timestamp,
    pub time: Timestamp,
    pub user_id: UserId,
    pub ip: IpAddr,
    pub kind: EventKind,
    pub url: Option<String>,
    pub page_title: Option<String>,
    pub referer: Option<String>,
    pub user_agent: Option<String>,
    pub language: Option<String>,
    pub http_method: Option<HttpMethod>,
    pub http_code: Option<u16>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub full_name: Option<String>,
    pub user_created: Option<Timestamp>,
    /// The producer's own session id; ours is derived from gaps in time.
    pub session_id: Option<String>,
    pub trace_id: Option<String>,
    /// JSON text.
    pub payload: Option<String>,
    pub field_history: Vec<FieldChange>,
    /// Millionths of the currency's main unit.
    pub amount_micros: Option<i64>,
    pub currency: Option<String>,
    /// JSON text of an object.
    pub custom: Option<String>,
    pub corrections: Vec<String>,
}

impl Event {
    /// Whether the product answered this event with an error: the action was tried, not done.
    pub fn has_failed(&self) -> bool {
        self.http_code.is_some_and(|code| code >= 400)
    }
}
