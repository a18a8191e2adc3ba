//! `/api/v1/rule-set:preview`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Payload};
use innerwall_rules::{RuleSetContent, RuleSetPatch};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusal::{Guarded, Publishing, WrongBody};
use super::{body, caller};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::effect::{self, Asked};
use crate::usecase::publish::Change;
use crate::view::{ContentSchema, Effect, PatchSchema};

/// A change that is only tried: one of `content`, `patch` and `preset`.
#[derive(Deserialize, ToSchema)]
#[schema(as = EffectBody)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewBody {
    /// The version that the change was made from, to be told when another is in use by now.
    base_version: Option<i32>,
    /// A whole new content, as for PUT.
    #[schema(value_type = Option<ContentSchema>)]
    content: Option<RuleSetContent>,
    /// A change of some of the content, as for PATCH.
    #[schema(value_type = Option<PatchSchema>)]
    patch: Option<RuleSetPatch>,
    /// A built-in preset; weights of rules of their own stay and win over it.
    preset: Option<String>,
}

/// Says what a change of the rules would do
///
/// Judges up to 1,000 users, those seen last, as of their last stored event by the changed rules:
/// conditions, private windows, weights, modes and lists are evaluated in full. Conditions that never
/// ran on what is not stored are not estimated: rules about single events, and rules that read a
/// shared window nothing is counted in yet, are named in `not_estimated`. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/rule-set:preview", tag = "rule set", request_body = PreviewBody,
    responses(
        (status = 200, description = "Users per band, up for review and blocked, before and after",
            body = Effect),
        Guarded, WrongBody, Publishing),
    security(("bearer" = [])))]
pub(crate) async fn post_preview(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<Effect>, Problem> {
    let caller = caller(&app, &request).await?;
    let asked = asked(body::json(payload).await?)?;
    Ok(Json(effect::preview(&app, &caller, asked).await?))
}

fn asked(body: PreviewBody) -> Result<Asked, Problem> {
    let PreviewBody { base_version, content, patch, preset } = body;
    let change = match (content, patch, preset) {
        (Some(content), None, None) => Change::Whole(content),
        (None, Some(patch), None) => Change::Part(patch),
        (None, None, Some(preset)) => effect::of_preset(preset),
        _ => return Err(Problem::parameter("patch", "send one of content, patch and preset")),
    };
    Ok(Asked { base_version, change })
}
