//! `/api/v1/logbook`.

use actix_web::web::{Data, Json, Path, ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Exporting, Guarded, NotAllowed, Unknown, WrongParameter};
use super::{caller, number, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::logbook::{self, LinesQuestion, LinesSource};
use crate::view::{LinePage, LineSeries, LineView};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinesParameters {
    /// RFC 3339.
    from: Option<String>,
    /// RFC 3339, exclusive.
    to: Option<String>,
    /// `2xx`, `4xx` or `5xx`.
    status: Option<String>,
    /// Such as `/v1/events`.
    endpoint: Option<String>,
    /// Text in any field of a line. Takes the permission `personal`.
    q: Option<String>,
    /// 1 to 200, default 50.
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeriesParameters {
    /// RFC 3339; default a day before the end.
    from: Option<String>,
    /// RFC 3339; default now.
    to: Option<String>,
    /// `minute`, `hour` (default) or `day`, in UTC.
    bucket: Option<String>,
}

/// Routes of the logbook.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/v1/logbook", get().to(get_lines))
        .route("/v1/logbook/series", get().to(get_series))
        .route("/v1/logbook/{line_id}", get().to(get_line));
}

/// Lists requests to the gateways
///
/// Newest first: up to 20 refused requests per second and producer (100 at once), and one accepted
/// one. The newest 10,000 lines are kept. Requests without a valid key belong to nobody and have
/// no line.
///
/// With `Accept: text/csv` or `application/x-ndjson` the whole list is streamed from `cursor` on,
/// which takes the permission `export`; `limit` is not looked at. Every row ends with the cursor to
/// go on from. NDJSON ends with the line `{"complete":true,"rows":n}`; a CSV stream that fails is
/// cut off before the end of its transfer. At most two at once per tenant.
#[utoipa::path(
    get, path = "/api/v1/logbook", tag = "logbook", params(LinesParameters),
    responses(
        (status = 200, description = "A page of lines", content(
            (LinePage = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, NotAllowed, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_lines(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let LinesParameters { from, to, status, endpoint, q, limit, cursor } = parameters(&request)?;
    let question = LinesQuestion { from, to, status, endpoint, text: q, limit, cursor };
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = LinesSource::new(&caller, &question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(logbook::list(&app, &caller, question).await?))
}

/// Counts requests to the gateways over time
#[utoipa::path(
    get, path = "/api/v1/logbook/series", tag = "logbook", params(SeriesParameters),
    responses(
        (status = 200, description = "Lines per bucket, without gaps", body = LineSeries),
        Guarded, WrongParameter, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_series(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<LineSeries>, Problem> {
    let caller = caller(&app, &request).await?;
    let SeriesParameters { from, to, bucket } = parameters(&request)?;
    let range = (from.as_deref(), to.as_deref());
    Ok(Json(logbook::series(&app, &caller, range, bucket.as_deref()).await?))
}

/// Reads one line of the logbook
#[utoipa::path(
    get, path = "/api/v1/logbook/{line_id}", tag = "logbook",
    params(("line_id" = i64, Path, description = "Number of the line")),
    responses(
        (status = 200, description = "The line", body = LineView),
        Guarded, WrongParameter, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_line(
    app: Data<App>,
    request: HttpRequest,
    line_id: Path<String>,
) -> Result<Json<LineView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(logbook::one(&app, &caller, number("line_id", &line_id)?).await?))
}
