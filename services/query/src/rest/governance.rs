//! `/api/v1/retention`, `/api/v1/settings` and `/api/v1/erasures`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path, Payload, ServiceConfig, get, patch, post, put};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusal::{Exporting, Guarded, NotAllowed, Unknown, WrongBody, WrongParameter};
use super::users::PageParameters;
use super::{body, caller, decoded, number, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::retention::Wanted;
use crate::usecase::{erase, person, retention, tenant};
use crate::view::{
    ErasurePage, ErasureView, PersonView, RetentionPreviewView, RetentionView, SettingsView,
};

/// How long to keep data.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetentionBody {
    /// Days by kind, such as `{"events": 365, "logbook": 30}`; null keeps for ever, a kind that is
    /// not named stays as it is.
    keep_days: Wanted,
}

/// Settings to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsBody {
    /// IANA name, such as `Europe/Zurich`.
    time_zone: Option<String>,
}

/// The typed confirmation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseBody {
    /// The id of the user once more.
    confirm: String,
}

/// Routes about the data as a whole and about one person's.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/v1/retention", get().to(get_retention))
        .route("/v1/retention", put().to(put_retention))
        .route("/v1/retention:preview", post().to(post_retention_preview))
        .route("/v1/settings", get().to(get_settings))
        .route("/v1/settings", patch().to(patch_settings))
        .route("/v1/users/{user_id}/erase", post().to(post_erase))
        .route("/v1/users/{user_id}/export", get().to(get_person))
        .route("/v1/erasures", get().to(get_erasures))
        .route("/v1/erasures/{erasure_id}", get().to(get_erasure));
}

/// How long data is kept
#[utoipa::path(
    get, path = "/api/v1/retention", tag = "governance",
    responses(
        (status = 200, description = "Settings, their bounds and the last runs",
            body = RetentionView),
        Guarded, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_retention(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<RetentionView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(retention::read(&app, &caller).await?))
}

/// Changes how long data is kept
///
/// Takes the permission `settings`. What is older goes in the background, from now on and for
/// good: look at the preview first.
#[utoipa::path(
    put, path = "/api/v1/retention", tag = "governance", request_body = RetentionBody,
    responses(
        (status = 200, description = "The settings as they are now", body = RetentionView),
        Guarded, NotAllowed, WrongBody),
    security(("bearer" = [])))]
pub(crate) async fn put_retention(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<RetentionView>, Problem> {
    let caller = caller(&app, &request).await?;
    let RetentionBody { keep_days } = body::json(payload).await?;
    Ok(Json(retention::change(&app, &caller, &keep_days).await?))
}

/// Says what settings would remove
///
/// Takes the permission `settings`. Removes nothing.
#[utoipa::path(
    post, path = "/api/v1/retention:preview", tag = "governance", request_body = RetentionBody,
    responses(
        (status = 200, description = "What would go, by kind", body = RetentionPreviewView),
        Guarded, NotAllowed, WrongBody),
    security(("bearer" = [])))]
pub(crate) async fn post_retention_preview(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<RetentionPreviewView>, Problem> {
    let caller = caller(&app, &request).await?;
    let RetentionBody { keep_days } = body::json(payload).await?;
    Ok(Json(retention::preview(&app, &caller, &keep_days).await?))
}

/// Settings of the tenant
#[utoipa::path(
    get, path = "/api/v1/settings", tag = "governance",
    responses(
        (status = 200, description = "The settings", body = SettingsView),
        Guarded, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_settings(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<SettingsView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(tenant::read(&app, &caller).await?))
}

/// Changes settings of the tenant
///
/// Takes the permission `settings`. A time zone counts for events from now on: the hour at which
/// an event happened is judged by the zone it was scored under.
#[utoipa::path(
    patch, path = "/api/v1/settings", tag = "governance", request_body = SettingsBody,
    responses(
        (status = 200, description = "The settings as they are now", body = SettingsView),
        Guarded, NotAllowed, WrongBody),
    security(("bearer" = [])))]
pub(crate) async fn patch_settings(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<SettingsView>, Problem> {
    let caller = caller(&app, &request).await?;
    let SettingsBody { time_zone } = body::json(payload).await?;
    Ok(Json(tenant::change(&app, &caller, time_zone.as_deref()).await?))
}

/// Erases a user everywhere
///
/// Takes the permission `erase`. Done in the background and for good; events that come later make
/// a new user. The audit log names the user by SHA-256 of the id only.
#[utoipa::path(
    post, path = "/api/v1/users/{user_id}/erase", tag = "governance", request_body = EraseBody,
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 202, description = "Will be done; follow it by its id", body = ErasureView),
        Guarded, NotAllowed, WrongBody, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn post_erase(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
    payload: Payload,
) -> Result<(Json<ErasureView>, actix_web::http::StatusCode), Problem> {
    let caller = caller(&app, &request).await?;
    let EraseBody { confirm } = body::json(payload).await?;
    let asked = erase::request(&app, &caller, &decoded(&user_id), &confirm).await?;
    Ok((Json(asked), actix_web::http::StatusCode::ACCEPTED))
}

/// Gives everything held about a user
///
/// Takes the permissions `export` and `personal`; noted in the audit log.
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/export", tag = "governance",
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 200, description = "What is stored, by table", body = PersonView),
        Guarded, NotAllowed, Unknown, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_person(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<PersonView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(person::export(&app, &caller, &decoded(&user_id)).await?))
}

/// Lists erasures of users
///
/// Newest first. Takes the permission `erase`.
#[utoipa::path(
    get, path = "/api/v1/erasures", tag = "governance", params(PageParameters),
    responses(
        (status = 200, description = "A page of erasures", body = ErasurePage),
        Guarded, NotAllowed, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_erasures(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<ErasurePage>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    Ok(Json(erase::list(&app, &caller, limit, cursor.as_deref()).await?))
}

/// How far an erasure is
#[utoipa::path(
    get, path = "/api/v1/erasures/{erasure_id}", tag = "governance",
    params(("erasure_id" = i64, Path, description = "Number of the erasure")),
    responses(
        (status = 200, description = "The erasure", body = ErasureView),
        Guarded, NotAllowed, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_erasure(
    app: Data<App>,
    request: HttpRequest,
    erasure_id: Path<String>,
) -> Result<Json<ErasureView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(erase::one(&app, &caller, number("erasure_id", &erasure_id)?).await?))
}
