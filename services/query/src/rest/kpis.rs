//! `/api/v1/overview`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json};

use super::refusal::{Guarded, WrongParameter};
use super::{caller, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::kpis::{self, KpisQuestion};
use crate::view::Kpis;

/// Numbers of a range beside the range before, and top tens
///
/// Answers are kept for 5 seconds, of ranges over two days for a minute: `as_of` says from when.
#[utoipa::path(
    get, path = "/api/v1/overview", tag = "stats", params(KpisQuestion),
    responses(
        (status = 200, description = "Numbers and top tens", body = Kpis),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_kpis(app: Data<App>, request: HttpRequest) -> Result<Json<Kpis>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: KpisQuestion = parameters(&request)?;
    Ok(Json(kpis::read(&app, &caller, question).await?))
}
