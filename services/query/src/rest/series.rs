//! Series: `/api/v1/series/...`, and those of one user and one thing.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};

use super::refusal::{Guarded, Masking, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::buckets::SeriesQuestion;
use crate::usecase::series;
use crate::view::{KindBucket, Series, SeriesBucket, UsersBucket};

/// Events over time
///
/// Hours are counted anew every 2 seconds, days every 15.
#[utoipa::path(
    get, path = "/api/v1/series/events", tag = "series", params(SeriesQuestion),
    responses(
        (status = 200, description = "Events by severity", body = Series<SeriesBucket>),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_events_series(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<Series<SeriesBucket>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: SeriesQuestion = parameters(&request)?;
    Ok(Json(series::events(&app, &caller, question).await?))
}

/// New users over time
///
/// By when they were first seen and how they score now.
#[utoipa::path(
    get, path = "/api/v1/series/users", tag = "series", params(SeriesQuestion),
    responses(
        (status = 200, description = "Users by band of score", body = Series<UsersBucket>),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_users_series(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<Series<UsersBucket>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: SeriesQuestion = parameters(&request)?;
    Ok(Json(series::users(&app, &caller, question).await?))
}

/// Events of a user over time
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/series", tag = "series",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        SeriesQuestion),
    responses(
        (status = 200, description = "Events by severity", body = Series<SeriesBucket>),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_user_series(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<Series<SeriesBucket>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: SeriesQuestion = parameters(&request)?;
    Ok(Json(series::of_user(&app, &caller, &decoded(&user_id), question).await?))
}

/// Events of a thing over time
///
/// Days of addresses, networks, countries, devices, resources, domains and fields are days of UTC.
/// Anything else is counted event by event, at most 3000: then `complete` is false.
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}/{key}/series", tag = "series",
    params(
        ("kind" = String, Path, description = "Which things"),
        ("key" = String, Path, description = "The key, or the id that begins with `~`"),
        SeriesQuestion),
    responses(
        (status = 200, description = "Events by severity", body = Series<SeriesBucket>),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_entity_series(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<Series<SeriesBucket>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: SeriesQuestion = parameters(&request)?;
    let (kind, key) = path.into_inner();
    Ok(Json(series::of_entity(&app, &caller, (&kind, &decoded(&key)), question).await?))
}

/// Things of a kind over time
///
/// Hours or days; `users` counts users.
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}/series", tag = "series",
    params(("kind" = String, Path, description = "Which things"), SeriesQuestion),
    responses(
        (status = 200, description = "Distinct things, and new ones", body = Series<KindBucket>),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_kind_series(
    app: Data<App>,
    request: HttpRequest,
    kind: Path<String>,
) -> Result<Json<Series<KindBucket>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: SeriesQuestion = parameters(&request)?;
    Ok(Json(series::of_kind(&app, &caller, &kind, question).await?))
}
