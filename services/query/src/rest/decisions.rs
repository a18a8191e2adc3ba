//! `/api/v1/decisions`, decisions about users, and labels.

use actix_web::web::{Data, Json, Path, Payload, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::refusal::{
    Deciding, Exporting, Guarded, NotAllowed, NotUndoable, Unknown, WrongBody, WrongParameter,
};
use super::review::number;
use super::users::PageParameters;
use super::{body, caller, decoded, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::decide::{self, UserAsked};
use crate::usecase::decision_log::{self, DecisionsQuestion, DecisionsSource};
use crate::usecase::labels::{self, LabelAsked};
use crate::usecase::undo_batch;
use crate::view::{
    DecidedView, DecisionPage, DecisionView, LabelsAnswer, StandingTotalsView, StandingView,
    UndoneBatch,
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/v1/decisions", get().to(get_decisions))
        .route("/v1/decisions/{decision_id}/undo", post().to(post_undo))
        .route("/v1/decisions/batches/{batch_id}/undo", post().to(post_undo_batch))
        .route("/v1/users/{user_id}/decisions", get().to(get_user_decisions))
        .route("/v1/users/{user_id}/decisions", post().to(post_user_decision))
        .route("/v1/users/{user_id}/standing", get().to(get_standing))
        .route("/v1/stats/standings", get().to(get_totals))
        .route("/v1/labels", post().to(post_labels));
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionsParameters {
    /// `user`, `address`, `prefix`, `network`, `device`, `email`, `domain` or `phone`; with `value`.
    kind: Option<String>,
    /// Whom or what the decisions are about; with `kind`.
    value: Option<String>,
    /// E-mail address, or `token <name>`.
    actor: Option<String>,
    /// Such as `block`.
    action: Option<String>,
    /// `person`, `threshold`, `cascade`, `policy`, `token` or `ctl`.
    source: Option<String>,
    /// 1 to 200, default 50.
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    cursor: Option<String>,
}

/// A decision about a user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserDecisionBody {
    /// `block`, `allow`, `watch`, `unwatch`, `review`, `clear` (neither blocked nor allowed) or
    /// `close` (ends a review).
    action: String,
    /// 1 to 500 bytes.
    reason: String,
    /// Until when it holds (RFC 3339); for good if absent.
    expires_at: Option<String>,
    /// Say what would happen, and leave everything as it is.
    #[serde(default)]
    dry_run: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoBody {
    /// 1 to 500 bytes.
    reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelsBody {
    /// 1 to 1,000.
    labels: Vec<LabelBody>,
}

/// What turned out to be true of a user or of an event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Label)]
pub(crate) struct LabelBody {
    /// Either this or `event_id`.
    user_id: Option<String>,
    /// The event's id, or the producer's own.
    event_id: Option<String>,
    /// `fraud` or `legitimate`.
    label: String,
    /// Where it is known from, such as `chargeback`: 1 to 32 of a-z and _; `person` if absent.
    source: Option<String>,
    /// 1 to 500 bytes.
    reason: String,
}

/// Lists decisions
///
/// Newest first.
///
/// As a stream of CSV or NDJSON where `Accept` asks for it, like the list of users.
#[utoipa::path(
    get, path = "/api/v1/decisions", tag = "decisions", params(DecisionsParameters),
    responses(
        (status = 200, description = "A page of decisions", content(
            (DecisionPage = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, NotAllowed, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_decisions(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let DecisionsParameters { kind, value, actor, action, source, limit, cursor } =
        parameters(&request)?;
    let question = DecisionsQuestion { kind, value, actor, action, source, limit, cursor };
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = DecisionsSource::new(&caller, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(caller.show(decision_log::page(&app, &caller, question).await?)))
}

/// Lists the decisions about a user
///
/// Newest first.
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/decisions", tag = "decisions",
    params(
        ("user_id" = String, Path, description = "As the producer names the user"),
        PageParameters),
    responses(
        (status = 200, description = "A page of decisions", body = DecisionPage),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_user_decisions(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<DecisionPage>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let (kind, value) = (Some("user".to_owned()), Some(decoded(&user_id)));
    let question = DecisionsQuestion { kind, value, limit, cursor, ..DecisionsQuestion::default() };
    Ok(Json(caller.show(decision_log::page(&app, &caller, question).await?)))
}

/// How a user stands with lists and the review queue
#[utoipa::path(
    get, path = "/api/v1/users/{user_id}/standing", tag = "decisions",
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 200, description = "Also of users nobody has seen yet", body = StandingView),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_standing(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
) -> Result<Json<StandingView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(decide::standing(&app, &caller, &decoded(&user_id)).await?))
}

/// How many users are in review, blocked, allowed and watched
#[utoipa::path(
    get, path = "/api/v1/stats/standings", tag = "decisions",
    responses(
        (status = 200, description = "Counts", body = StandingTotalsView),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_totals(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<StandingTotalsView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(decide::totals(&app, &caller).await?))
}

/// Decides about a user
///
/// A block also blocks the addresses, e-mail addresses and phone numbers that the user alone uses;
/// what others use as well is left alone and named. With `dry_run` nothing changes.
#[utoipa::path(
    post, path = "/api/v1/users/{user_id}/decisions", tag = "decisions",
    request_body = UserDecisionBody,
    params(("user_id" = String, Path, description = "As the producer names the user")),
    responses(
        (status = 200, description = "What the decision did, or would do", body = DecidedView),
        Guarded, WrongBody, Unknown, Deciding),
    security(("bearer" = [])))]
pub(crate) async fn post_user_decision(
    app: Data<App>,
    request: HttpRequest,
    user_id: Path<String>,
    payload: Payload,
) -> Result<Json<DecidedView>, Problem> {
    let caller = caller(&app, &request).await?;
    let UserDecisionBody { action, reason, expires_at, dry_run: is_trial } =
        body::json(payload).await?;
    let asked = UserAsked { action, reason, expires_at, is_trial };
    Ok(Json(caller.show(decide::user(&app, &caller, &decoded(&user_id), asked).await?)))
}

/// Undoes a decision
///
/// A new decision restores what there was before. Refused when a later one about the same stands.
#[utoipa::path(
    post, path = "/api/v1/decisions/{decision_id}/undo", tag = "decisions",
    request_body = UndoBody,
    params(("decision_id" = i64, Path, description = "Number of the decision")),
    responses(
        (status = 200, description = "The decision that undid the other", body = DecisionView),
        Guarded, WrongBody, Unknown, Deciding, NotUndoable),
    security(("bearer" = [])))]
pub(crate) async fn post_undo(
    app: Data<App>,
    request: HttpRequest,
    decision_id: Path<String>,
    payload: Payload,
) -> Result<Json<DecisionView>, Problem> {
    let caller = caller(&app, &request).await?;
    let decision_id = number("decision_id", &decision_id)?;
    let UndoBody { reason } = body::json(payload).await?;
    Ok(Json(caller.show(decide::undo(&app, &caller, decision_id, &reason).await?)))
}

/// Takes in what turned out to be true
///
/// Also weeks later, such as chargebacks. A newer label of the same user or event replaces the one
/// before. Labels make the precision of rules.
#[utoipa::path(
    post, path = "/api/v1/labels", tag = "decisions", request_body = LabelsBody,
    responses(
        (status = 200, description = "What became of each label", body = LabelsAnswer),
        Guarded, WrongBody, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn post_labels(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<LabelsAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let LabelsBody { labels } = body::json(payload).await?;
    let asked = |sent: LabelBody| {
        let LabelBody { user_id, event_id, label, source, reason } = sent;
        LabelAsked { user_id, event_id, label, source, reason }
    };
    let labels = labels.into_iter().map(asked).collect();
    Ok(Json(labels::put(&app, &caller, labels).await?))
}

/// Undoes everything that one request decided
///
/// The decisions of `POST /api/v1/review:decide` and `POST /api/v1/lists:import` carry the batch. Each
/// that can be undone is, the newest first; those about which somebody has decided since, and those of
/// which nothing was kept, stand and are named. Up to 20 seconds; asking again goes on.
#[utoipa::path(
    post, path = "/api/v1/decisions/batches/{batch_id}/undo", tag = "decisions",
    request_body = UndoBody,
    params(("batch_id" = String, Path, description = "The batch that the decisions carry")),
    responses(
        (status = 200, description = "What was undone, and what stands", body = UndoneBatch),
        Guarded, WrongBody, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn post_undo_batch(
    app: Data<App>,
    request: HttpRequest,
    batch_id: Path<String>,
    payload: Payload,
) -> Result<Json<UndoneBatch>, Problem> {
    let caller = caller(&app, &request).await?;
    let UndoBody { reason } = body::json(payload).await?;
    let undone = undo_batch::undo(&app, &caller, &decoded(&batch_id), &reason).await?;
    Ok(Json(caller.show(undone)))
}
