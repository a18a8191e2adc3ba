//! Signing in and out.

use actix_web::web::{Data, Json, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refusal::Guarded;
use super::{bearer, token_of};
use crate::app::App;
use crate::problem::{Problem, ProblemBody};

/// E-mail address and password are small.
const BODY_BYTES_MAX: usize = 4 * 1024;

#[derive(Deserialize, ToSchema)]
pub(crate) struct LoginBody {
    email: String,
    password: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct LoginAnswer {
    /// Send it as `Authorization: Bearer <token>`.
    token: String,
    expires_at: String,
    #[serde(flatten)]
    me: Me,
}

/// Who a token speaks for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// Null for a machine.
    operator: Option<OperatorView>,
    tenant: TenantView,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct OperatorView {
    email: String,
    role: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TenantView {
    id: i32,
    name: String,
    /// IANA name.
    time_zone: String,
}

/// Signs in
///
/// At most ten attempts per minute and address, and per minute and account.
#[utoipa::path(
    post, path = "/api/v1/login", tag = "session", request_body = LoginBody,
    responses(
        (status = 200, description = "A token for twelve hours", body = LoginAnswer),
        (status = 400, description = "The body is not what is expected", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 401, description = "E-mail address or password is wrong", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 503, description = "The database is away", body = ProblemBody,
            content_type = "application/problem+json")))]
pub(crate) async fn post_login(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<LoginAnswer>, Problem> {
    let invalid =
        || Problem::parameter("body", "expected {\"email\": \"..\", \"password\": \"..\"}");
    let body = payload.to_bytes_limited(BODY_BYTES_MAX).await.map_err(|_| invalid())?;
    let body = body.map_err(|_| invalid())?;
    let LoginBody { email, password } = serde_json::from_slice(&body).map_err(|_| invalid())?;
    let client = app.proxies.client(&request);
    let signed_in = app.logins.sign_in(&app.database, client, &email, password).await?;
    let token = signed_in.token.reveal();
    let bearer = app.access.bearer(&app.database, Some(token)).await?;
    Ok(Json(LoginAnswer {
        token: token.to_owned(),
        expires_at: signed_in.expires_at.to_rfc3339(),
        me: Me::of(&bearer),
    }))
}

/// Signs out
#[utoipa::path(
    post, path = "/api/v1/logout", tag = "session",
    responses(
        (status = 204, description = "The token is worthless now"),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn post_logout(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    bearer(&app, &request).await?;
    let token = token_of(&request).ok_or(Problem::NoToken)?;
    app.access.revoke(&app.database, token).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Who am I?
#[utoipa::path(
    get, path = "/api/v1/me", tag = "session",
    responses(
        (status = 200, description = "Who the token speaks for", body = Me),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_me(app: Data<App>, request: HttpRequest) -> Result<Json<Me>, Problem> {
    Ok(Json(Me::of(&*bearer(&app, &request).await?)))
}

impl Me {
    fn of(bearer: &innerwall_storage::operators::Bearer) -> Self {
        let operator = bearer.operator.clone();
        Self {
            operator: operator.map(|(email, role)| OperatorView { email, role }),
            tenant: TenantView {
                id: bearer.tenant.0,
                name: bearer.tenant_name.clone(),
                time_zone: bearer.time_zone.clone(),
            },
        }
    }
}
