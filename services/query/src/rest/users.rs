//! `/api/v1/users`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Guarded, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::events;
use crate::usecase::users::{self, UsersQuestion};
use crate::view::{EventPage, UserPage, UserView};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct UsersParameters {
    /// `low` (0-32), `medium` (33-66) or `high` (67-99).
    band: Option<String>,
    /// Only users for whom this rule fires.
    rule: Option<String>,
    /// Beginning of the user id or e-mail address.
    q: Option<String>,
    /// `-last_seen` (default), `last_seen`, `trust_score` or `-trust_score`.
    sort: Option<String>,
    /// 1 to 200, default 50.
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter and sort.
    cursor: Option<String>,
}

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
#[utoipa::path(
    get, path = "/api/v1/users", tag = "users", params(UsersParameters),
    responses(
        (status = 200, description = "A page of users", body = UserPage),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_users(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<UserPage>, Problem> {
    let caller = caller(&app, &request).await?;
    let UsersParameters { band, rule, q, sort, limit, cursor } = parameters(&request)?;
    let question = UsersQuestion { band, rule, prefix: q, sort, limit, cursor };
    Ok(Json(caller.show(users::list(&app, &caller, question).await?)))
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
    Ok(Json(caller.show(users::one(&app, &caller, &decoded(&user_id)).await?)))
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
        (status = 200, description = "A page of events", body = EventPage),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_user_events(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<EventPage>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let user_id = decoded(&user_id);
    Ok(Json(events::of_user(&app, &caller, &user_id, limit, cursor.as_deref()).await?))
}
