//! `/api/v1/review`: the review queue.

use actix_web::web::{Data, Json, Path, Payload, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::refusal::{
    Deciding, Exporting, Guarded, NotAllowed, Unknown, WrongBody, WrongParameter,
};
use super::{body, caller, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::review::{self, CasesQuestion, CasesSource};
use crate::usecase::review_end::{self, BulkAsked, EndAsked};
use crate::view::{BulkAnswer, CaseCountsView, CaseDetailView, CasePage, DecidedView};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/v1/review", get().to(get_cases))
        .route("/v1/review:decide", post().to(post_decide_many))
        .route("/v1/review/counts", get().to(get_counts))
        .route("/v1/review/{case_id}", get().to(get_case))
        .route("/v1/review/{case_id}/assign", post().to(post_assign))
        .route("/v1/review/{case_id}/notes", post().to(post_note))
        .route("/v1/review/{case_id}/decide", post().to(post_decide));
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CasesParameters {
    /// `open` (default) or `decided`.
    state: Option<String>,
    /// An e-mail address, `me`, or `none` for cases that are nobody's.
    assignee: Option<String>,
    /// A rule that fires for the user now.
    rule: Option<String>,
    /// Lowest trust score now, 0 to 99.
    trust_from: Option<i64>,
    /// Highest trust score now, 0 to 99.
    trust_to: Option<i64>,
    /// RFC 3339.
    opened_from: Option<String>,
    /// RFC 3339; what was opened earlier.
    opened_before: Option<String>,
    /// `opened_at` (default), `-opened_at` or `trust_score`.
    sort: Option<String>,
    /// 1 to 200, default 50.
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter and sort.
    cursor: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignBody {
    /// An e-mail address, `me`, or null for nobody.
    assignee: Option<String>,
    /// Of the case as seen.
    version: i32,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteBody {
    /// 1 to 4,000 bytes.
    text: String,
}

/// What a review found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndBody {
    /// `legitimate` allows the user, `fraud` blocks the user and what the user alone uses, `close`
    /// only ends the review.
    outcome: String,
    /// 1 to 500 bytes.
    reason: String,
    /// Until when the user is allowed or blocked (RFC 3339); for good if absent.
    expires_at: Option<String>,
    /// Of the case as seen.
    version: i32,
}

/// What many reviews found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndManyBody {
    /// 1 to 100 different cases.
    cases: Vec<CaseSeen>,
    /// `legitimate`, `fraud` or `close`.
    outcome: String,
    /// 1 to 500 bytes.
    reason: String,
    /// Until when the users are allowed or blocked (RFC 3339); for good if absent.
    expires_at: Option<String>,
}

/// A case as it was seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseSeen {
    case_id: i64,
    version: i32,
}

/// Lists users in review
///
/// As a stream of CSV or NDJSON where `Accept` asks for it, like the list of users.
#[utoipa::path(
    get, path = "/api/v1/review", tag = "review", params(CasesParameters),
    responses(
        (status = 200, description = "A page of cases", content(
            (CasePage = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, NotAllowed, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_cases(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let sent: CasesParameters = parameters(&request)?;
    let question = CasesQuestion {
        state: sent.state,
        assignee: sent.assignee,
        rule: sent.rule,
        trust_from: sent.trust_from,
        trust_to: sent.trust_to,
        opened_from: sent.opened_from,
        opened_before: sent.opened_before,
        sort: sent.sort,
        limit: sent.limit,
        cursor: sent.cursor,
    };
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = CasesSource::new(&caller, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(caller.show(review::queue(&app, &caller, question).await?)))
}

/// Counts open cases, for badges
#[utoipa::path(
    get, path = "/api/v1/review/counts", tag = "review",
    responses(
        (status = 200, description = "Counts", body = CaseCountsView),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_counts(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<CaseCountsView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(review::counts(&app, &caller).await?))
}

/// Reads one case with its notes and the decisions about its user
#[utoipa::path(
    get, path = "/api/v1/review/{case_id}", tag = "review",
    params(("case_id" = i64, Path, description = "Number of the case")),
    responses(
        (status = 200, description = "The case", body = CaseDetailView),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_case(
    app: Data<App>,
    request: HttpRequest,
    case_id: Path<String>,
) -> Result<Json<CaseDetailView>, Problem> {
    let caller = caller(&app, &request).await?;
    let case_id = number("case_id", &case_id)?;
    Ok(Json(caller.show(review::one(&app, &caller, case_id).await?)))
}

/// Gives an open case to somebody or to nobody
#[utoipa::path(
    post, path = "/api/v1/review/{case_id}/assign", tag = "review", request_body = AssignBody,
    params(("case_id" = i64, Path, description = "Number of the case")),
    responses(
        (status = 200, description = "The case", body = CaseDetailView),
        Guarded, WrongBody, Unknown, Deciding),
    security(("bearer" = [])))]
pub(crate) async fn post_assign(
    app: Data<App>,
    request: HttpRequest,
    case_id: Path<String>,
    payload: Payload,
) -> Result<Json<CaseDetailView>, Problem> {
    let caller = caller(&app, &request).await?;
    let case_id = number("case_id", &case_id)?;
    let AssignBody { assignee, version } = body::json(payload).await?;
    let case = (case_id, version);
    Ok(Json(caller.show(review::assign(&app, &caller, case, assignee.as_deref()).await?)))
}

/// Adds a note to a case
#[utoipa::path(
    post, path = "/api/v1/review/{case_id}/notes", tag = "review", request_body = NoteBody,
    params(("case_id" = i64, Path, description = "Number of the case")),
    responses(
        (status = 200, description = "The case", body = CaseDetailView),
        Guarded, WrongBody, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn post_note(
    app: Data<App>,
    request: HttpRequest,
    case_id: Path<String>,
    payload: Payload,
) -> Result<Json<CaseDetailView>, Problem> {
    let caller = caller(&app, &request).await?;
    let case_id = number("case_id", &case_id)?;
    let NoteBody { text } = body::json(payload).await?;
    Ok(Json(caller.show(review::add_note(&app, &caller, case_id, &text).await?)))
}

/// Ends a review
#[utoipa::path(
    post, path = "/api/v1/review/{case_id}/decide", tag = "review", request_body = EndBody,
    params(("case_id" = i64, Path, description = "Number of the case")),
    responses(
        (status = 200, description = "What the decision did", body = DecidedView),
        Guarded, WrongBody, Unknown, Deciding),
    security(("bearer" = [])))]
pub(crate) async fn post_decide(
    app: Data<App>,
    request: HttpRequest,
    case_id: Path<String>,
    payload: Payload,
) -> Result<Json<DecidedView>, Problem> {
    let caller = caller(&app, &request).await?;
    let case_id = number("case_id", &case_id)?;
    let EndBody { outcome, reason, expires_at, version } = body::json(payload).await?;
    let asked = EndAsked { outcome, reason, expires_at };
    Ok(Json(caller.show(review_end::one(&app, &caller, (case_id, version), asked).await?)))
}

/// Ends many reviews in the same way
///
/// Cases that somebody else was faster with are named and left alone. What the users alone use is
/// blocked within seconds.
#[utoipa::path(
    post, path = "/api/v1/review:decide", tag = "review", request_body = EndManyBody,
    params(("Idempotency-Key" = Option<String>, Header,
        description = "1 to 64 bytes; the same request with the same key has one effect in 7 days")),
    responses(
        (status = 200, description = "What became of each case", body = BulkAnswer),
        Guarded, WrongBody, Deciding),
    security(("bearer" = [])))]
pub(crate) async fn post_decide_many(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<BulkAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let key = request.headers().get("Idempotency-Key").map(|value| value.to_str());
    let not_text = |_| Problem::parameter("Idempotency-Key", "is not plain text");
    let key = key.transpose().map_err(not_text)?.map(str::to_owned);
    let sent: EndManyBody = body::json(payload).await?;
    let EndManyBody { cases, outcome, reason, expires_at } = sent;
    let cases = cases.into_iter().map(|seen| (seen.case_id, seen.version)).collect();
    let asked = BulkAsked { cases, end: EndAsked { outcome, reason, expires_at }, key };
    Ok(Json(review_end::many(&app, &caller, asked).await?))
}

pub(super) fn number(field: &'static str, text: &str) -> Result<i64, Problem> {
    let wrong = || Problem::parameter(field, &format!("{text} is no number"));
    text.parse().map_err(|_| wrong())
}
