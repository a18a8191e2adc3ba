//! The HTTP interface.

pub(crate) mod blacklist;
pub(crate) mod decide;
pub(crate) mod events;
pub(crate) mod sensor;
pub(crate) mod validate;

use std::sync::LazyLock;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};
use innerwall_runtime::methods::Methods;

use crate::openapi;
use crate::problem::{Code, Problem};

pub(crate) fn all(config: &mut ServiceConfig) {
    config
        .route("/v1/events", post().to(events::post_events))
        .route("/v1/events:validate", post().to(validate::post_validate))
        .route("/api/v1/blacklist/search", post().to(blacklist::post_search))
        .route("/api/v1/blacklist/search/", post().to(blacklist::post_search))
        .route("/v1/decide", post().to(decide::post_decide))
        .route("/v1/decisions/{event_id}", get().to(decide::get_decision))
        .route("/v1/lists:check", post().to(blacklist::post_check))
        .route("/openapi.json", get().to(openapi::get_document))
        // Trackers append this to whatever base address they are given.
        .service(
            resource(["/{prefix:.*}sensor", "/{prefix:.*}sensor/", "/{prefix:.*}sensor/index.php"])
                .default_service(actix_web::web::to(sensor::any_sensor)),
        );
}

/// Answers where no route fits path and method.
pub(crate) async fn not_found(request: HttpRequest) -> HttpResponse {
    static METHODS: LazyLock<Methods> = LazyLock::new(|| Methods::of(&openapi::document()));
    if let Some(allowed) = METHODS.allowed(request.path()) {
        return Problem::wrong_method(request.method(), allowed).response();
    }
    let detail = format!(
        "there is nothing at {}; events go to POST /v1/events, POST /v1/decide or POST /sensor/",
        request.path()
    );
    Problem::new(Code::NotFound, detail).response()
}

/// The key from the header trackers use, or from a bearer token.
pub(crate) fn key_of(request: &HttpRequest) -> Option<&str> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    header("Api-Key").or_else(|| header("Authorization")?.strip_prefix("Bearer "))
}

/// The media type of the body without its parameters, in lower case.
pub(crate) fn media_type(request: &HttpRequest) -> String {
    let value = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = value.unwrap_or_default().split(';').next().unwrap_or_default();
    media.trim().to_ascii_lowercase()
}
