//! `/api/v1/users`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Exporting, Guarded, NotAllowed, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::events;
use crate::usecase::users::{self, UsersQuestion, UsersSource};
use crate::view::{EventView, Page, UserSummary, UserView};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageParameters {
    /// 1 to 200, default 50.
    pub(super) limit: Option<i64>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// Lists users
///
/// With `Accept: text/csv` or `application/x-ndjson` the whole list is streamed from `cursor` on,
/// which takes the permission `export`; `limit` is not looked at. Every row ends with the cursor to
/// go on from. NDJSON ends with the line `{"complete":true,"rows":n}`; a CSV stream that fails is
/// cut off before the end of its transfer. At most two at once per tenant.
#[utoipa::path(
    get, path = "/api/v1/users", tag = "users", params(UsersQuestion),
    responses(
        (status = 200, description = "A page of users", content(
            (Page<UserSummary> = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, NotAllowed, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_users(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let question: UsersQuestion = parameters(&request)?;
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = UsersSource::new(&caller, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(users::list(&app, &caller, question).await?))
}

/// Reads one user
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}", tag = "users",
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 200, description = "Scores, hits with reasons, counters", body = UserView),
        Guarded, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_user(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<UserView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(users::one(&app, &caller, &decoded(&user_id)).await?))
}

/// Lists the events of a user
///
/// The last scored first.
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/events", tag = "users",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        PageParameters),
    responses(
        (status = 200, description = "A page of events", body = Page<EventView>),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_user_events(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<Page<EventView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let user_id = decoded(&user_id);
    Ok(Json(events::of_user(&app, &caller, &user_id, limit, cursor.as_deref()).await?))
}
