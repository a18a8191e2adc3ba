//! The OpenAPI document of the gateway.

mod form;

use actix_web::HttpResponse;
use innerwall_event::FieldChange;
use serde::Serialize;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

use crate::routes;

pub use form::SensorForm;

/// One event. Unknown fields are refused. Lengths are bytes of UTF-8; an event may hold 32 KiB.
#[derive(Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventBody {
    /// Your own id of the event: within seven days the same id has one effect. A UUID or any text
    /// of up to 64 bytes.
    event_id: Option<String>,
    /// `page_view` (default), `page_edit`, `page_delete`, `page_search`, `account_login`,
    /// `account_logout`, `account_login_fail`, `account_registration`, `account_email_change`,
    /// `account_password_change`, `account_edit`, `page_error`, `field_edit`, or a name of your
    /// own of up to 64 of `a-z 0-9 _ - . :`.
    event_type: Option<String>,
    /// RFC 3339, at most one day ahead and three years back. Default: the time of receipt.
    event_time: Option<String>,
    /// The acting account, up to 100 bytes. Required unless `email` is given; `N/A` stands for
    /// all visitors who are not signed in.
    user_id: Option<String>,
    /// IPv4 or IPv6 address of the user. Required.
    ip: String,
    /// Address of the page, up to 2,047 bytes, with its query.
    url: Option<String>,
    /// Up to 255 bytes.
    page_title: Option<String>,
    /// Up to 2,047 bytes.
    referer: Option<String>,
    /// Up to 511 bytes.
    user_agent: Option<String>,
    /// The `Accept-Language` header of the user, up to 255 bytes.
    language: Option<String>,
    /// GET, POST, HEAD, PUT, DELETE, PATCH, TRACE, CONNECT, OPTIONS, LINK or UNLINK.
    http_method: Option<String>,
    /// The code your product answered with, 100 to 999.
    #[schema(minimum = 100, maximum = 999)]
    http_code: Option<u16>,
    /// Up to 255 bytes.
    email: Option<String>,
    /// Up to 19 bytes.
    phone: Option<String>,
    /// Up to 100 bytes.
    first_name: Option<String>,
    /// Up to 100 bytes.
    last_name: Option<String>,
    /// Up to 100 bytes.
    full_name: Option<String>,
    /// When the account was made, RFC 3339.
    user_created: Option<String>,
    /// Your own session id, up to 128 bytes. Innerwall finds sessions by itself as well.
    session_id: Option<String>,
    /// Any JSON of up to 8 KiB and 16 levels.
    payload: Option<serde_json::Value>,
    /// Up to 100 changes of fields of your data.
    #[schema(value_type = Option<Vec<FieldChangeBody>>)]
    field_history: Option<Vec<FieldChange>>,
    /// A decimal of up to 12 digits and 6 decimals in the main unit of `currency`, as a number or
    /// a text.
    amount: Option<String>,
    /// ISO 4217, three letters.
    currency: Option<String>,
    /// Fields of your own: JSON of up to 4 KiB and 16 levels.
    custom: Option<serde_json::Value>,
}

/// One event or up to 500.
#[derive(Serialize, ToSchema)]
#[schema(as = Events)]
#[serde(untagged)]
pub enum EventsBody {
    One(Box<EventBody>),
    Many(Vec<EventBody>),
}

/// A change of one field of your data. Texts hold up to 2 KiB.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldChange)]
pub struct FieldChangeBody {
    field_id: String,
    field_name: Option<String>,
    old_value: Option<String>,
    new_value: String,
    parent_id: Option<String>,
    parent_name: Option<String>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Innerwall ingest",
        description = "Sending events. Existing trackers use `POST /sensor/`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        routes::events::post_events,
        routes::decide::post_decide,
        routes::decide::get_decision,
        routes::sensor::any_sensor,
        routes::validate::post_validate,
        routes::blacklist::post_search,
        routes::blacklist::post_check
    ),
    modifiers(&KeyScheme)
)]
struct Document;

struct KeyScheme;

impl Modify for KeyScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let key = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("Api-Key")));
        document.components.get_or_insert_default().add_security_scheme("api_key", key);
    }
}

/// The document as JSON text.
pub fn document() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default()
}

pub(crate) async fn get_document() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(document())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_document_is_the_one_that_is_served() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/ingest.openapi.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        let served = super::document() + "\n";
        if committed != served {
            std::fs::write(path, served).unwrap();
            panic!("docs/api/ingest.openapi.json was out of date and has been written anew");
        }
    }
}
