//! Signing in and out.

use actix_web::web::{Data, Json, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body;
use super::identity::{check_origin, identity, signed_in, signed_out, visitor};
use super::refusal::{Away, Guarded, Limited, Refused, WrongBody};
use crate::app::App;
use crate::problem::{Problem, ProblemBody};
use crate::usecase::account;
use crate::usecase::sign_in::{self, Opened, Stage};
use crate::view::Me;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginBody {
    email: String,
    password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeBody {
    /// Six digits of an authenticator app, or a recovery code.
    pub(super) code: String,
}

/// What is missing after a step.
#[derive(Serialize, ToSchema)]
pub(crate) struct StageAnswer {
    /// `open`: signed in; `totp`: send a code to `/login/code`; `enrol`: the tenant requires a
    /// second factor, set it up at `/me/totp`.
    stage: &'static str,
    /// Send it as `X-Innerwall-CSRF` with every write.
    csrf_token: String,
}

impl StageAnswer {
    pub(super) fn of(opened: &Opened) -> Self {
        Self {
            stage: opened.stage.name(),
            csrf_token: innerwall_auth::csrf_of(opened.secret.reveal()),
        }
    }
}

/// Signs in
///
/// Sets the cookie `__Host-innerwall`. Attempts are limited per address and per account.
#[utoipa::path(
    post, path = "/api/v1/login", tag = "session", request_body = LoginBody,
    responses(
        (status = 200, description = "The password is right", body = StageAnswer),
        (status = 401, description = "E-mail address or password is wrong", body = ProblemBody,
            content_type = "application/problem+json"),
        WrongBody, Refused, Limited, Away))]
pub(crate) async fn post_login(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    check_origin(&app, &request, false)?;
    let LoginBody { email, password } = body::small(payload).await?;
    let visitor = visitor(&app, &request);
    let opened = sign_in::with_password(&app, &visitor, &email, password).await?;
    Ok(signed_in(&opened, &StageAnswer::of(&opened)))
}

/// Signs in with a code, after the password
///
/// A code opens once. Sets a new cookie.
#[utoipa::path(
    post, path = "/api/v1/login/code", tag = "session", request_body = CodeBody,
    responses(
        (status = 200, description = "Signed in", body = StageAnswer),
        (status = 422, description = "The code is wrong or has been used", body = ProblemBody,
            content_type = "application/problem+json"),
        Guarded, WrongBody, Refused, Limited),
    security(("cookie" = [])))]
pub(crate) async fn post_code(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Totp])?;
    let CodeBody { code } = body::small(payload).await?;
    let opened = sign_in::with_code(&app, &visitor(&app, &request), session, &code).await?;
    app.access.forget_all();
    Ok(signed_in(&opened, &StageAnswer::of(&opened)))
}

/// Signs out
#[utoipa::path(
    post, path = "/api/v1/logout", tag = "session",
    responses(
        (status = 204, description = "The session has ended"),
        Guarded, Refused),
    security(("cookie" = [])))]
pub(crate) async fn post_logout(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person()?;
    account::end_session(&app, &visitor(&app, &request), session, session.session_no).await?;
    Ok(signed_out())
}

/// Who am I?
#[utoipa::path(
    get, path = "/api/v1/me", tag = "session",
    responses(
        (status = 200, description = "For whom the session or token speaks", body = Me),
        Guarded),
    security(("bearer" = []), ("cookie" = [])))]
pub(crate) async fn get_me(app: Data<App>, request: HttpRequest) -> Result<Json<Me>, Problem> {
    Ok(Json(identity(&app, &request).await?.me()))
}
