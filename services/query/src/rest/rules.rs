//! `/api/v1/rules`, `/api/v1/presets` and `/api/v1/data-sets`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path, Payload};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusal::{Guarded, Unknown, WrongBody};
use super::{body, caller, decoded};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::rules;
use crate::view::{
    DataSetsAnswer, PackCheckView, PresetsAnswer, RuleDetailView, RuleLanguage, RulesAnswer,
};

/// A pack to be checked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckBody {
    /// The pack in YAML.
    text: String,
}

/// The rules, what each weighs and for how many users it fires
#[utoipa::path(
    get, path = "/api/v1/rules", tag = "rules",
    responses(
        (status = 200, description = "All rules", body = RulesAnswer),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_rules(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<RulesAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(rules::list(&app, &caller).await?))
}

/// The words of the rule language
///
/// For editors that complete and explain. What stands in a pack around expressions is described by
/// the JSON Schema of packs.
#[utoipa::path(
    get, path = "/api/v1/rules/schema", tag = "rules",
    responses(
        (status = 200, description = "Facts, functions, windows and the form of packs",
            body = RuleLanguage),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_schema(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<RuleLanguage>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(rules::language(&app, &caller).await?))
}

/// Reads one rule
#[utoipa::path(
    get, path = "/api/v1/rules/{rule_id}", tag = "rules",
    params(("rule_id" = String, Path, description = "Such as A01")),
    responses(
        (status = 200, description = "The rule and what it depends on", body = RuleDetailView),
        Guarded, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_rule(
    app: Data<App>,
    request: HttpRequest,
    rule_id: Path<String>,
) -> Result<Json<RuleDetailView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(rules::one(&app, &caller, &decoded(&rule_id)).await?))
}

/// Checks a pack
///
/// Changes nothing. A pack with faults is answered with 200 as well.
#[utoipa::path(
    post, path = "/api/v1/rules:check", tag = "rules", request_body = CheckBody,
    responses(
        (status = 200, description = "Faults, warnings, what it reads and costs",
            body = PackCheckView),
        Guarded, WrongBody),
    security(("bearer" = [])))]
pub(crate) async fn post_check(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<PackCheckView>, Problem> {
    caller(&app, &request).await?;
    let CheckBody { text } = body::json(payload).await?;
    Ok(Json(rules::check(text).await?))
}

/// The built-in presets
#[utoipa::path(
    get, path = "/api/v1/presets", tag = "rules",
    responses(
        (status = 200, description = "Named choices of weights", body = PresetsAnswer),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_presets(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<PresetsAnswer>, Problem> {
    caller(&app, &request).await?;
    Ok(Json(rules::presets()))
}

/// The data files that enrichment reads
#[utoipa::path(
    get, path = "/api/v1/data-sets", tag = "data",
    responses(
        (status = 200, description = "Source, licence and date of every file",
            body = DataSetsAnswer),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_data_sets(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<DataSetsAnswer>, Problem> {
    caller(&app, &request).await?;
    Ok(Json(rules::data_sets(&app).await?))
}
