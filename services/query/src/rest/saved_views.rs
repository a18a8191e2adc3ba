//! `/api/v1/me/views`.

use actix_web::web::{Data, Json, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body;
use super::identity::identity;
use super::refusal::{Guarded, Refused, Unknown, WrongBody};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::saved_views::{self, SavedAsked};
use crate::usecase::sign_in::Stage;
use crate::view::{SavedViewView, SavedViewsAnswer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedViewBody {
    /// The page of the dashboard, 1 to 100 bytes.
    page: String,
    /// 1 to 100 bytes; a view of the same page and name is replaced.
    name: String,
    /// The query of the page's address, up to 2,000 characters.
    search: String,
}

/// Lists the own saved views
#[utoipa::path(
    get, path = "/api/v1/me/views", tag = "account",
    responses(
        (status = 200, description = "By page and name", body = SavedViewsAnswer),
        Guarded, Refused),
    security(("cookie" = [])))]
pub(crate) async fn get_views(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<SavedViewsAnswer>, Problem> {
    let found = identity(&app, &request).await?;
    Ok(Json(saved_views::list(&app, found.person_at(&[Stage::Open])?).await?))
}

/// Saves a view
///
/// At most 100 per operator; one of the same page and name takes the place of the old one.
#[utoipa::path(
    post, path = "/api/v1/me/views", tag = "account", request_body = SavedViewBody,
    responses(
        (status = 200, description = "The view", body = SavedViewView),
        Guarded, WrongBody, Refused),
    security(("cookie" = [])))]
pub(crate) async fn post_view(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<SavedViewView>, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open])?;
    let SavedViewBody { page, name, search } = body::json(payload).await?;
    let asked = SavedAsked { page, name, search };
    Ok(Json(saved_views::save(&app, session, &asked).await?))
}

/// Removes one of the own saved views
#[utoipa::path(
    delete, path = "/api/v1/me/views/{view_id}", tag = "account",
    params(("view_id" = i64, Path, description = "Number of the view")),
    responses(
        (status = 204, description = "The view is gone"),
        Guarded, Unknown, Refused),
    security(("cookie" = [])))]
pub(crate) async fn delete_view(
    app: Data<App>,
    request: HttpRequest,
    view_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open])?;
    saved_views::remove(&app, session, body::number(&view_id, "view")?).await?;
    Ok(HttpResponse::NoContent().finish())
}
