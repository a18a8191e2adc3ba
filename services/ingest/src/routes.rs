//! The HTTP interface.

pub(crate) mod blacklist;
pub(crate) mod events;
pub(crate) mod sensor;
pub(crate) mod validate;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};

use crate::openapi;
use crate::problem::Problem;

pub(crate) fn all(config: &mut ServiceConfig) {
    config
        .service(
            resource("/v1/events")
                .route(post().to(events::post_events))
                .default_service(actix_web::web::to(method_not_allowed)),
        )
        .service(
            resource("/v1/events:validate")
                .route(post().to(validate::post_validate))
                .default_service(actix_web::web::to(method_not_allowed)),
        )
        .service(
            resource(["/api/v1/blacklist/search", "/api/v1/blacklist/search/"])
                .route(post().to(blacklist::post_search))
                .default_service(actix_web::web::to(method_not_allowed)),
        )
        .route("/openapi.json", get().to(openapi::get_document))
        // Trackers append this to whatever base address they are given.
        .service(
            resource(["/{prefix:.*}sensor", "/{prefix:.*}sensor/", "/{prefix:.*}sensor/index.php"])
                .default_service(actix_web::web::to(sensor::any_sensor)),
        );
}

pub(crate) async fn not_found(request: HttpRequest) -> HttpResponse {
    let detail = format!(
        "there is nothing at {}; events go to POST /v1/events or POST /sensor/",
        request.path()
    );
    Problem::new(StatusCode::NOT_FOUND, "not_found", detail).response()
}

async fn method_not_allowed(request: HttpRequest) -> HttpResponse {
    let detail = format!("{} is not possible here, use POST", request.method());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail).response()
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
