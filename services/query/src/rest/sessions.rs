//! `/api/v1/sessions`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};

use super::refusal::{Guarded, Masking, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::sessions::{self, SessionsQuestion};
use crate::view::{Page, SessionView};

/// Lists sessions
///
/// The newest first. Looks at 10,000 sessions per page; if these hold too few that fit,
/// `complete` is false and `next_cursor` goes on from there.
#[utoipa::path(
    get, path = "/api/v1/sessions", tag = "sessions", params(SessionsQuestion),
    responses(
        (status = 200, description = "A page of sessions", body = Page<SessionView>),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_sessions(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<Page<SessionView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: SessionsQuestion = parameters(&request)?;
    Ok(Json(sessions::list(&app, &caller, question).await?))
}

/// Reads one session
#[utoipa::path(
    get, path = "/api/v1/sessions/{user_id}/{number}", tag = "sessions",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        ("number" = String, Path, description = "Sessions of a user are numbered from 1")),
    responses(
        (status = 200, description = "The session", body = SessionView),
        Guarded, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_session(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<SessionView>, Problem> {
    let caller = caller(&app, &request).await?;
    let (user_id, number) = path.into_inner();
    // What is no number names no session.
    let number = number.parse().unwrap_or_default();
    Ok(Json(sessions::one(&app, &caller, &decoded(&user_id), number).await?))
}
