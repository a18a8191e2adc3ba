//! `/api/v1/stats/overview` and `/api/v1/ledger`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Guarded, WrongParameter};
use super::{caller, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::overview;
use crate::view::{LedgerView, Overview};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverviewParameters {
    /// 1 to 720, default 24.
    hours: Option<i64>,
}

/// Counts over the last hours
///
/// Counts over more than 48 hours may be 15 seconds old.
#[utoipa::path(
    get, path = "/api/v1/stats/overview", tag = "stats", params(OverviewParameters),
    responses(
        (status = 200, description = "Counts and a series without gaps", body = Overview),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_overview(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<Overview>, Problem> {
    let caller = caller(&app, &request).await?;
    let OverviewParameters { hours } = parameters(&request)?;
    Ok(Json(overview::overview(&app, &caller, hours).await?))
}

/// Whether every accepted event is accounted for
#[utoipa::path(
    get, path = "/api/v1/ledger", tag = "stats",
    responses(
        (status = 200, description = "What became of all accepted events", body = LedgerView),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_ledger(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<LedgerView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(overview::ledger(&app, &caller).await?))
}
