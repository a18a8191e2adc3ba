//! `/api/v1/members`, `/api/v1/invitations`, `/api/v1/sign-in-policy`.

use actix_web::web::{Data, Json, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusal::{Conflicting, Guarded, NotAllowed, Unknown, WrongBody};
use super::{body, caller};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::members::{self, MemberChange};
use crate::view::{InvitationAnswer, InvitationsAnswer, MembersAnswer, PolicyView};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberBody {
    /// `viewer`, `analyst`, `admin` or `owner`.
    role: Option<String>,
    /// Whether they may not sign in.
    disabled: Option<bool>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationBody {
    email: String,
    /// `viewer`, `analyst`, `admin` or `owner`.
    role: String,
}

/// Lists the members
#[utoipa::path(
    get, path = "/api/v1/members", tag = "people",
    responses(
        (status = 200, description = "All members", body = MembersAnswer),
        Guarded, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_members(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<MembersAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(members::list(&app, &caller).await?))
}

/// Changes a member's role, or whether they may sign in
///
/// Ends their sessions. The last owner stays one.
#[utoipa::path(
    patch, path = "/api/v1/members/{operator_id}", tag = "people", request_body = MemberBody,
    params(("operator_id" = i32, Path, description = "Number of the member")),
    responses(
        (status = 200, description = "All members", body = MembersAnswer),
        Guarded, NotAllowed, WrongBody, Unknown, Conflicting),
    security(("bearer" = [])))]
pub(crate) async fn patch_member(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
) -> Result<Json<MembersAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let id = body::number(&id, "member")?;
    let MemberBody { role, disabled: is_disabled } = body::small(payload).await?;
    Ok(Json(members::change(&app, &caller, id, MemberChange { role, is_disabled }).await?))
}

/// Lists invitations that wait
#[utoipa::path(
    get, path = "/api/v1/invitations", tag = "people",
    responses(
        (status = 200, description = "Newest first", body = InvitationsAnswer),
        Guarded, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_invitations(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<InvitationsAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(members::invitations(&app, &caller).await?))
}

/// Invites someone
///
/// Good for 48 hours. A new one for the same address takes the place of the old one.
#[utoipa::path(
    post, path = "/api/v1/invitations", tag = "people", request_body = InvitationBody,
    responses(
        (status = 200, description = "The ticket, shown once", body = InvitationAnswer),
        Guarded, NotAllowed, WrongBody, Conflicting),
    security(("bearer" = [])))]
pub(crate) async fn post_invitation(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<InvitationAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let InvitationBody { email, role } = body::small(payload).await?;
    Ok(Json(members::invite(&app, &caller, (&email, &role)).await?))
}

/// Takes an invitation back
#[utoipa::path(
    delete, path = "/api/v1/invitations/{invitation_id}", tag = "people",
    params(("invitation_id" = i32, Path, description = "Number of the invitation")),
    responses(
        (status = 204, description = "It opens nothing any more"),
        Guarded, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn delete_invitation(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    members::take_back(&app, &caller, body::number(&id, "invitation")?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Reads what the tenant asks of everybody who signs in
#[utoipa::path(
    get, path = "/api/v1/sign-in-policy", tag = "people",
    responses(
        (status = 200, description = "The policy", body = PolicyView),
        Guarded, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_policy(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<PolicyView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(members::policy(&app, &caller).await?))
}

/// Changes what the tenant asks of everybody who signs in
///
/// Takes effect when people sign in the next time.
#[utoipa::path(
    put, path = "/api/v1/sign-in-policy", tag = "people", request_body = PolicyView,
    responses(
        (status = 200, description = "The policy", body = PolicyView),
        Guarded, NotAllowed, WrongBody),
    security(("bearer" = [])))]
pub(crate) async fn put_policy(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<PolicyView>, Problem> {
    let caller = caller(&app, &request).await?;
    let policy: PolicyView = body::small(payload).await?;
    Ok(Json(members::set_policy(&app, &caller, policy).await?))
}
