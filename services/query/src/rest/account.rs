//! `/api/v1/me`: the own password, sessions and second factor.

use actix_web::web::{Data, Json, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body;
use super::identity::{identity, signed_in, visitor};
use super::refusal::{Conflicting, Guarded, Limited, Refused, Unknown, WrongBody, WrongSecret};
use super::session::{CodeBody, StageAnswer};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::sign_in::Stage;
use crate::usecase::{account, second_factor};
use crate::view::{BrowserSessionsAnswer, RecoveryCodesAnswer, TotpSecretAnswer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordBody {
    current_password: String,
    /// 8 characters to 256 bytes, not a common one; no kinds of characters are asked for.
    new_password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProofBody {
    /// The own password, once more.
    password: String,
}

/// A second factor that is on now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConfirmedAnswer {
    #[serde(flatten)]
    stage: StageAnswer,
    #[serde(flatten)]
    codes: RecoveryCodesAnswer,
}

/// Changes the own password
///
/// Ends all other sessions and sets a new cookie.
#[utoipa::path(
    post, path = "/api/v1/me/password", tag = "account", request_body = PasswordBody,
    responses(
        (status = 200, description = "The password has changed", body = StageAnswer),
        Guarded, WrongBody, WrongSecret, Refused, Limited),
    security(("cookie" = [])))]
pub(crate) async fn post_password(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open])?;
    let PasswordBody { current_password, new_password } = body::small(payload).await?;
    let passwords = (current_password, new_password);
    let visitor = visitor(&app, &request);
    let opened = account::change_password(&app, &visitor, session, passwords).await?;
    Ok(signed_in(&opened, &StageAnswer::of(&opened)))
}

/// Lists where one is signed in
#[utoipa::path(
    get, path = "/api/v1/me/sessions", tag = "account",
    responses(
        (status = 200, description = "Sessions in use, newest first", body = BrowserSessionsAnswer),
        Guarded, Refused),
    security(("cookie" = [])))]
pub(crate) async fn get_own_sessions(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<BrowserSessionsAnswer>, Problem> {
    let found = identity(&app, &request).await?;
    Ok(Json(account::sessions(&app, found.person_at(&[Stage::Open])?).await?))
}

/// Ends one of the own sessions
#[utoipa::path(
    delete, path = "/api/v1/me/sessions/{session_no}", tag = "account",
    params(("session_no" = i64, Path, description = "Number of the session")),
    responses(
        (status = 204, description = "The session has ended"),
        Guarded, Unknown, Refused),
    security(("cookie" = [])))]
pub(crate) async fn delete_session(
    app: Data<App>,
    request: HttpRequest,
    session_no: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open])?;
    let session_no = body::number(&session_no, "session")?;
    account::end_session(&app, &visitor(&app, &request), session, session_no).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Chooses a secret for one-time codes
///
/// It opens nothing before it is confirmed.
#[utoipa::path(
    post, path = "/api/v1/me/totp", tag = "account", request_body = ProofBody,
    responses(
        (status = 200, description = "For the authenticator app", body = TotpSecretAnswer),
        Guarded, WrongBody, WrongSecret, Refused, Conflicting, Limited),
    security(("cookie" = [])))]
pub(crate) async fn post_totp(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<TotpSecretAnswer>, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open, Stage::Enrol])?;
    let ProofBody { password } = body::small(payload).await?;
    Ok(Json(second_factor::choose(&app, session, password).await?))
}

/// Turns one-time codes on
///
/// Ends all other sessions and sets a new cookie. The recovery codes are shown once.
#[utoipa::path(
    post, path = "/api/v1/me/totp/confirm", tag = "account", request_body = CodeBody,
    responses(
        (status = 200, description = "On from now", body = ConfirmedAnswer),
        Guarded, WrongBody, WrongSecret, Refused, Conflicting, Limited),
    security(("cookie" = [])))]
pub(crate) async fn post_confirm(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open, Stage::Enrol])?;
    let CodeBody { code } = body::small(payload).await?;
    let visitor = visitor(&app, &request);
    let (opened, codes) = second_factor::confirm(&app, &visitor, session, &code).await?;
    let stage = StageAnswer::of(&opened);
    Ok(signed_in(&opened, &ConfirmedAnswer { stage, codes }))
}

/// Turns one-time codes off
#[utoipa::path(
    post, path = "/api/v1/me/totp/remove", tag = "account", request_body = ProofBody,
    responses(
        (status = 204, description = "Off from now"),
        Guarded, WrongBody, WrongSecret, Refused, Conflicting, Limited),
    security(("cookie" = [])))]
pub(crate) async fn post_remove(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open])?;
    let ProofBody { password } = body::small(payload).await?;
    second_factor::remove(&app, &visitor(&app, &request), session, password).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Makes new recovery codes
///
/// They take the place of the old ones and are shown once.
#[utoipa::path(
    post, path = "/api/v1/me/totp/recovery-codes", tag = "account", request_body = ProofBody,
    responses(
        (status = 200, description = "Ten codes", body = RecoveryCodesAnswer),
        Guarded, WrongBody, WrongSecret, Refused, Conflicting, Limited),
    security(("cookie" = [])))]
pub(crate) async fn post_recovery_codes(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<RecoveryCodesAnswer>, Problem> {
    let found = identity(&app, &request).await?;
    let session = found.person_at(&[Stage::Open])?;
    let ProofBody { password } = body::small(payload).await?;
    let visitor = visitor(&app, &request);
    Ok(Json(second_factor::renew_codes(&app, &visitor, session, password).await?))
}
