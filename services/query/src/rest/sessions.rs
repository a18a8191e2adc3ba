//! `/api/v1/sessions`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::refusal::{Exporting, Guarded, Masking, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::sessions::{self, SessionsQuestion, SessionsSource};
use crate::view::{Page, SessionView};

/// Lists sessions
///
/// The newest first. Looks at 10,000 sessions per page; if these hold too few that fit,
/// `complete` is false and `next_cursor` goes on from there.
///
/// With `Accept: text/csv` or `application/x-ndjson` the whole list is streamed from `cursor` on,
/// as that of events is.
#[utoipa::path(
    get, path = "/api/v1/sessions", tag = "sessions", params(SessionsQuestion),
    responses(
        (status = 200, description = "A page of sessions", content(
            (Page<SessionView> = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, Masking, Unknown, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_sessions(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let question: SessionsQuestion = parameters(&request)?;
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = SessionsSource::new(&caller, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(sessions::list(&app, &caller, question).await?))
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
