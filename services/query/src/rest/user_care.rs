//! `/api/v1/users/{user_id}/notes` and `/rescore`.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json, Path, Payload, ServiceConfig, get, post};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusal::{Guarded, NotAllowed, Unknown, WrongBody, WrongParameter};
use super::users::PageParameters;
use super::{body, caller, decoded, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::{notes, rescore};
use crate::view::{JudgedAgain, NoteView, Page};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/v1/users/{user_id}/notes", get().to(get_notes))
        .route("/v1/users/{user_id}/notes", post().to(post_user_note))
        .route("/v1/users/{user_id}/rescore", post().to(post_rescore));
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserNoteBody {
    /// 1 to 4,000 bytes.
    text: String,
}

/// Lists the notes about a user
///
/// Newest first; those written in reviews are among them.
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/notes", tag = "users",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        PageParameters),
    responses(
        (status = 200, description = "A page of notes", body = Page<NoteView>),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_notes(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<Page<NoteView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let place = (limit, cursor.as_deref());
    Ok(Json(notes::list(&app, &caller, &decoded(&user_id), place).await?))
}

/// Adds a note about a user
///
/// Apart from any review; noted in the audit log.
#[utoipa::path(
    post, path = "/api/v1/users/{user_id}/notes", tag = "users", request_body = UserNoteBody,
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 200, description = "The note", body = NoteView),
        Guarded, WrongBody, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn post_user_note(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
    payload: Payload,
) -> Result<Json<NoteView>, Problem> {
    let caller = caller(&app, &request).await?;
    let UserNoteBody { text } = body::json(payload).await?;
    Ok(Json(notes::add(&app, &caller, &decoded(&user_id), &text).await?))
}

/// Has a user judged anew
///
/// By the newest rules and by what lists say now, in the background within seconds; the user's
/// `rule_set_version` and score changes tell when it is done. Noted in the audit log.
#[utoipa::path(
    post, path = "/api/v1/users/{user_id}/rescore", tag = "users",
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 202, description = "Will be done", body = JudgedAgain),
        Guarded, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn post_rescore(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<(Json<JudgedAgain>, StatusCode), Problem> {
    let caller = caller(&app, &request).await?;
    let judged = rescore::user(&app, &caller, &decoded(&user_id)).await?;
    Ok((Json(judged), StatusCode::ACCEPTED))
}
