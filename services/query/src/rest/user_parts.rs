//! `/api/v1/users/{user_id}/...`: what belongs to one user; and `/api/v1/field-changes`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Exporting, Guarded, Masking, Unknown, WrongParameter};
use super::users::PageParameters;
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::changes::{self, ChangesQuestion, ChangesSource};
use crate::usecase::sessions::{self, SessionsQuestion};
use crate::usecase::user_entities;
use crate::view::{FieldChangeView, Page, ScoreChangeView, SessionView, UserEntity};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitParameters {
    /// 1 to 200, default 50.
    limit: Option<i64>,
}

/// Lists the sessions of a user
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/sessions", tag = "users",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        PageParameters),
    responses(
        (status = 200, description = "A page of sessions", body = Page<SessionView>),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_user_sessions(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<Page<SessionView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let user_id = Some(decoded(&user_id));
    let question = SessionsQuestion { user_id, limit, cursor, ..SessionsQuestion::default() };
    Ok(Json(sessions::list(&app, &caller, question).await?))
}

/// Lists what a user touches
///
/// Things of a kind, the one seen last first.
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/entities/{kind}", tag = "users",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        ("kind" = String, Path, description = "Which things, such as addresses"),
        PageParameters),
    responses(
        (status = 200, description = "A page of things", body = Page<UserEntity>),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_user_entities(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<Page<UserEntity>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let (user_id, kind) = path.into_inner();
    let place = (limit, cursor.as_deref());
    Ok(Json(user_entities::list(&app, &caller, (&decoded(&user_id), &kind), place).await?))
}

/// Lists how the score of a user came about
///
/// The newest change first: those of the newest 1000 events, and those that new rules brought.
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/scores", tag = "users",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        LimitParameters),
    responses(
        (status = 200, description = "Changes of the score", body = Page<ScoreChangeView>),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_user_scores(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<Page<ScoreChangeView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let LimitParameters { limit } = parameters(&request)?;
    Ok(Json(changes::scores(&app, &caller, &decoded(&user_id), limit).await?))
}

/// Lists the changes of fields that a user made
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/fields", tag = "users",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        PageParameters),
    responses(
        (status = 200, description = "A page of changes", content(
            (Page<FieldChangeView> = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_user_fields(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<Page<FieldChangeView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let user_id = Some(decoded(&user_id));
    let question = ChangesQuestion { user_id, limit, cursor, ..ChangesQuestion::default() };
    Ok(Json(changes::fields(&app, &caller, question).await?))
}

/// Lists changes of fields
///
/// The newest first.
///
/// As a stream of CSV or NDJSON where `Accept` asks for it, like the list of users.
#[utoipa::path(
    get, path = "/api/v1/field-changes", tag = "entities", params(ChangesQuestion),
    responses(
        (status = 200, description = "A page of changes", body = Page<FieldChangeView>),
        Guarded, WrongParameter, Masking, Unknown, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_field_changes(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let question: ChangesQuestion = parameters(&request)?;
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = ChangesSource::new(&caller, question);
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(changes::fields(&app, &caller, question).await?))
}
