//! The OpenAPI document, generated from the handlers.

use actix_web::HttpResponse;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::rest::{events, overview, session, stream, users};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Innerwall query",
        description = "Reading scores, events and what became of them.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        session::post_login,
        session::post_logout,
        session::get_me,
        users::get_users,
        users::get_user,
        users::get_user_events,
        events::get_events,
        events::get_event,
        stream::get_stream,
        overview::get_overview,
        overview::get_ledger,
        overview::get_rules
    ),
    modifiers(&BearerScheme)
)]
struct Document;

struct BearerScheme;

impl Modify for BearerScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
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
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/query.openapi.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        let served = super::document() + "\n";
        if committed != served {
            std::fs::write(path, served).unwrap();
            panic!("docs/api/query.openapi.json was out of date and has been written anew");
        }
    }
}
