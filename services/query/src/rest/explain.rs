//! `/api/v1/users/{user_id}/explain` and `/api/v1/events/{event_id}/explain`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};

use super::refusal::{Guarded, TooLong, Unknown};
use super::{caller, decoded};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::explain;
use crate::view::ExplanationView;

/// Explains the verdict of a user
///
/// By the rules in use, as of the user's last event.
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/explain", tag = "users",
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 200, description = "Every rule, and what would flip the verdict",
            body = ExplanationView),
        Guarded, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_user_explanation(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<ExplanationView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(explain::user(&app, &caller, &decoded(&user_id)).await?))
}

/// Explains the verdict of an event
///
/// By the rules that judged it, with everything before it scored again; at most 10000 events.
#[utoipa::path(
    get, path = "/api/v1/events/{event_id}/explain", tag = "events",
    params(("event_id" = String, Path, description = "The event's id, or the producer's own")),
    responses(
        (status = 200, description = "Every rule, and what would flip the verdict",
            body = ExplanationView),
        Guarded, Unknown, TooLong),
    security(("bearer" = [])))]
pub(crate) async fn get_event_explanation(
    app: Data<App>,
    request: HttpRequest,
    event_id: Path<String>,
) -> Result<Json<ExplanationView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(explain::event(&app, &caller, &decoded(&event_id)).await?))
}
