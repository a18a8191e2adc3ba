//! `/api/v1/rule-set`: changing.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Payload};
use innerwall_auth::Permission;
use innerwall_rules::{RuleSetContent, RuleSetPatch};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusal::{Guarded, Publishing, Unknown, WrongBody};
use super::{body, caller};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::publish::{self, Asked, Change};
use crate::view::{ChangeAnswer, ContentSchema, PatchSchema};

/// A whole new content.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutBody {
    /// The version that the change was made from; it must still be in use.
    base_version: i32,
    /// Why the rules change, 1 to 500 bytes.
    reason: String,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
    #[schema(value_type = ContentSchema)]
    content: RuleSetContent,
}

/// A change of some of the content.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatchBody {
    /// The version that the change was made from; it must still be in use.
    base_version: i32,
    /// Why the rules change, 1 to 500 bytes.
    reason: String,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
    #[schema(value_type = PatchSchema)]
    patch: RuleSetPatch,
}

/// A way back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RollbackBody {
    /// The version whose content is to be in use again, under a new number.
    version: i32,
    /// The version in use.
    base_version: i32,
    /// Why, 1 to 500 bytes.
    reason: String,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// Replaces the rule set
///
/// Takes the role owner or admin, or a token. Makes a new version and has everybody judged again.
#[utoipa::path(
    put, path = "/api/v1/rule-set", tag = "rule set", request_body = PutBody,
    responses(
        (status = 200, description = "The new version, or what a trial found",
            body = ChangeAnswer),
        Guarded, WrongBody, Publishing),
    security(("bearer" = [])))]
pub(crate) async fn put_rule_set(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<ChangeAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    caller.may(Permission::Rules)?;
    let PutBody { base_version, reason, dry_run: is_trial, content } = body::json(payload).await?;
    let asked = Asked { base_version, reason, change: Change::Whole(content), is_trial };
    Ok(Json(publish::change(&app, &caller, asked).await?))
}

/// Changes some of the rule set
///
/// Takes the role owner or admin, or a token. Makes a new version and has everybody judged again.
#[utoipa::path(
    patch, path = "/api/v1/rule-set", tag = "rule set", request_body = PatchBody,
    responses(
        (status = 200, description = "The new version, or what a trial found",
            body = ChangeAnswer),
        Guarded, WrongBody, Publishing),
    security(("bearer" = [])))]
pub(crate) async fn patch_rule_set(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<ChangeAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    caller.may(Permission::Rules)?;
    let PatchBody { base_version, reason, dry_run: is_trial, patch } = body::json(payload).await?;
    let asked = Asked { base_version, reason, change: Change::Part(patch), is_trial };
    Ok(Json(publish::change(&app, &caller, asked).await?))
}

/// Goes back to the content of a version
///
/// Takes the role owner or admin, or a token. The content gets a new number.
#[utoipa::path(
    post, path = "/api/v1/rule-set/rollback", tag = "rule set", request_body = RollbackBody,
    responses(
        (status = 200, description = "The new version, or what a trial found",
            body = ChangeAnswer),
        Guarded, Unknown, WrongBody, Publishing),
    security(("bearer" = [])))]
pub(crate) async fn post_rollback(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<ChangeAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    caller.may(Permission::Rules)?;
    let RollbackBody { version, base_version, reason, dry_run: is_trial } =
        body::json(payload).await?;
    let asked = Asked { base_version, reason, change: Change::Rollback(version), is_trial };
    Ok(Json(publish::change(&app, &caller, asked).await?))
}
