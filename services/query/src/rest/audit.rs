//! `/api/v1/audit`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Exporting, Guarded, NotAllowed, WrongParameter};
use super::{caller, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::audit::{self, AuditQuestion, AuditSource};
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
///
/// As a stream of CSV or NDJSON where `Accept` asks for it, like the list of users.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "audit", params(AuditParameters),
    responses(
        (status = 200, description = "A page of the audit log", content(
            (AuditPage = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, NotAllowed, WrongParameter, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_audit(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let AuditParameters { action, actor, from, to, limit, cursor } = parameters(&request)?;
    let question = AuditQuestion { action, actor, from, to, limit, cursor };
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = AuditSource::new(&caller, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(audit::list(&app, &caller, question).await?))
}
