//! `/api/v1/rule-set` and `/api/v1/rescore`: reading.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};

use super::refusal::{Guarded, Unknown, WrongParameter};
use super::users::PageParameters;
use super::{caller, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::rule_set;
use crate::view::{DiffAnswer, RescoreView, RuleSetView, VersionPage};

/// The rule set in use
#[utoipa::path(
    get, path = "/api/v1/rule-set", tag = "rule set",
    responses(
        (status = 200, description = "The version in use with its content", body = RuleSetView),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_rule_set(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<RuleSetView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(rule_set::version(&app, &caller, None).await?))
}

/// Lists versions of the rule set
///
/// Newest first.
#[utoipa::path(
    get, path = "/api/v1/rule-set/versions", tag = "rule set", params(PageParameters),
    responses(
        (status = 200, description = "A page of versions", body = VersionPage),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_versions(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<VersionPage>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    Ok(Json(rule_set::versions(&app, &caller, limit, cursor.as_deref()).await?))
}

/// Reads one version of the rule set
#[utoipa::path(
    get, path = "/api/v1/rule-set/versions/{version}", tag = "rule set",
    params(("version" = i32, Path, description = "Number of the version")),
    responses(
        (status = 200, description = "The version with its content", body = RuleSetView),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_version(
    app: Data<App>,
    request: HttpRequest,
    version: Path<String>,
) -> Result<Json<RuleSetView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(rule_set::version(&app, &caller, Some(number(&version)?)).await?))
}

/// Compares two versions of the rule set
#[utoipa::path(
    get, path = "/api/v1/rule-set/versions/{from}/diff/{to}", tag = "rule set",
    params(
        ("from" = i32, Path, description = "Number of a version"),
        ("to" = i32, Path, description = "Number of a version")),
    responses(
        (status = 200, description = "What changed", body = DiffAnswer),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_diff(
    app: Data<App>,
    request: HttpRequest,
    versions: Path<(String, String)>,
) -> Result<Json<DiffAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let (from, to) = versions.into_inner();
    let versions = (number(&from)?, number(&to)?);
    Ok(Json(rule_set::diff(&app, &caller, versions).await?))
}

/// How far judging everybody by the newest rules is
#[utoipa::path(
    get, path = "/api/v1/rescore", tag = "rule set",
    responses(
        (status = 200, description = "The newest job", body = RescoreView),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_rescore(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<RescoreView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(rule_set::rescore(&app, &caller).await?))
}

fn number(text: &str) -> Result<i32, Problem> {
    let wrong = || Problem::parameter("version", &format!("{text} is no number of a version"));
    text.parse().map_err(|_| wrong())
}
