//! `/api/v1/keys` and `/api/v1/tokens`.

use actix_web::web::{Data, Json, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusal::{Conflicting, Guarded, NotAllowed, Unknown, WrongBody};
use super::{body, caller};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::keys;
use crate::view::{KeyAnswer, KeysAnswer, TokenAnswer, TokensAnswer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyBody {
    /// What the key is for, 1 to 100 bytes; no two keys of a tenant share it.
    label: String,
    /// 1 to 1,000,000, per gateway.
    events_per_second: i32,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenBody {
    /// What the token is for, 1 to 100 bytes.
    label: String,
    /// Permissions, out of those of whoever makes the token.
    scopes: Vec<String>,
    /// Good for so many days, 1 to 366.
    days: i64,
}

/// Lists API keys
#[utoipa::path(
    get, path = "/api/v1/keys", tag = "keys",
    responses(
        (status = 200, description = "Newest first, revoked ones too", body = KeysAnswer),
        Guarded, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_keys(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<KeysAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(keys::keys(&app, &caller).await?))
}

/// Makes an API key, with which a producer sends events
#[utoipa::path(
    post, path = "/api/v1/keys", tag = "keys", request_body = KeyBody,
    responses(
        (status = 200, description = "The key, shown once", body = KeyAnswer),
        Guarded, NotAllowed, WrongBody, Conflicting),
    security(("bearer" = [])))]
pub(crate) async fn post_key(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<KeyAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let KeyBody { label, events_per_second } = body::small(payload).await?;
    Ok(Json(keys::add_key(&app, &caller, (&label, events_per_second)).await?))
}

/// Revokes an API key
///
/// Gateways notice within ten seconds.
#[utoipa::path(
    delete, path = "/api/v1/keys/{key_id}", tag = "keys",
    params(("key_id" = i32, Path, description = "Number of the key")),
    responses(
        (status = 204, description = "It opens nothing any more"),
        Guarded, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn delete_key(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    keys::revoke_key(&app, &caller, body::number(&id, "key")?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists tokens
#[utoipa::path(
    get, path = "/api/v1/tokens", tag = "keys",
    responses(
        (status = 200, description = "Newest first, revoked ones too", body = TokensAnswer),
        Guarded, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn get_tokens(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<TokensAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(keys::tokens(&app, &caller).await?))
}

/// Makes a token, with which a machine uses this API
///
/// It may do what its scopes say, as far as its maker may do the same at that moment.
#[utoipa::path(
    post, path = "/api/v1/tokens", tag = "keys", request_body = TokenBody,
    responses(
        (status = 200, description = "The token, shown once", body = TokenAnswer),
        Guarded, NotAllowed, WrongBody, Conflicting),
    security(("bearer" = [])))]
pub(crate) async fn post_token(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<TokenAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let TokenBody { label, scopes, days } = body::small(payload).await?;
    Ok(Json(keys::add_token(&app, &caller, (&label, &scopes), days).await?))
}

/// Revokes a token
#[utoipa::path(
    delete, path = "/api/v1/tokens/{token_id}", tag = "keys",
    params(("token_id" = i32, Path, description = "Number of the token")),
    responses(
        (status = 204, description = "It opens nothing any more"),
        Guarded, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn delete_token(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    keys::revoke_token(&app, &caller, body::number(&id, "token")?).await?;
    Ok(HttpResponse::NoContent().finish())
}
