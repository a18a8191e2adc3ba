//! The form of existing trackers, for the API document.

use serde::Serialize;
use utoipa::ToSchema;

/// One event as existing trackers send it. Unknown fields are ignored; what breaks a limit is
/// repaired, except for the two required fields. Nested values have bracketed names:
/// `payload[field_id]`, `fieldHistory[0][new_value]`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SensorForm)]
pub struct SensorForm {
    /// IPv4 or IPv6 address of the user.
    ip_address: String,
    /// Address of the page, up to 2,047 bytes.
    url: String,
    /// The acting account, up to 100 bytes.
    user_name: Option<String>,
    /// Up to 255 bytes.
    email_address: Option<String>,
    /// `2025-12-31 23:59:59.999` in UTC, or RFC 3339. Default: the time of receipt.
    event_time: Option<String>,
    /// Default: `page_view`.
    event_type: Option<String>,
    /// Up to 511 bytes.
    user_agent: Option<String>,
    /// Up to 255 bytes.
    browser_language: Option<String>,
    /// Up to 2,047 bytes.
    http_referer: Option<String>,
    http_method: Option<String>,
    http_code: Option<String>,
    /// Up to 255 bytes.
    page_title: Option<String>,
    /// Up to 19 bytes.
    phone_number: Option<String>,
    /// Up to 100 bytes.
    first_name: Option<String>,
    /// Up to 100 bytes.
    last_name: Option<String>,
    /// Up to 100 bytes.
    full_name: Option<String>,
    /// When the account was made.
    user_created: Option<String>,
    /// `1`, `true`, `yes` or `on`: answer whether the address is blocked.
    blacklisting: Option<String>,
    /// The API key, where the header `Api-Key` cannot be set.
    key: Option<String>,
    /// Of `page_search` and `account_email_change`.
    #[schema(value_type = Option<Object>)]
    payload: Option<serde_json::Value>,
    /// Up to 100 changes of fields of your data.
    #[schema(value_type = Option<Vec<Object>>)]
    field_history: Option<serde_json::Value>,
}
