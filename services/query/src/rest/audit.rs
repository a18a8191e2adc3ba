//! `/api/v1/audit`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Guarded, NotAllowed, WrongParameter};
use super::{caller, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::audit::{self, AuditQuestion};
use crate::view::AuditPage;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuditParameters {
    /// Only this action, or all that begin with it: `login` or `login.failed`.
    action: Option<String>,
    /// Only what this person, token or program did.
    actor: Option<String>,
    /// Not before, RFC 3339.
    from: Option<String>,
    /// Before, RFC 3339.
    to: Option<String>,
    /// 1 to 200, default 50.
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    cursor: Option<String>,
}

/// Lists who did what
///
/// Newest first. Rows are chained: `innerwall-ctl audit verify` tells when one was changed.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "audit", params(AuditParameters),
    responses(
        (status = 200, description = "A page of the audit log", body = AuditPage),
        Guarded, NotAllowed, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_audit(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<AuditPage>, Problem> {
    let caller = caller(&app, &request).await?;
    let AuditParameters { action, actor, from, to, limit, cursor } = parameters(&request)?;
    let question = AuditQuestion { action, actor, from, to, limit, cursor };
    Ok(Json(audit::list(&app, &caller, question).await?))
}
