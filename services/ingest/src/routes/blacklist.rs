//! `POST /api/v1/blacklist/search`: whether a user, address, e-mail or phone is blocked, and
//! `POST /v1/lists:check`, which also says by what.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use innerwall_event::TenantId;
use innerwall_storage::StorageError;
use innerwall_storage::lists::{self, List};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::key_of;
use crate::app::App;
use crate::auth::AuthError;
use crate::body;
use crate::logbook::Line;
use crate::problem::Problem;

/// Longest value anyone may ask for: an e-mail address.
const VALUE_BYTES_MAX: usize = 255;

#[derive(Deserialize, ToSchema)]
pub(crate) struct SearchBody {
    /// A user id, IP address, e-mail address or phone number.
    #[schema(value_type = ValueSchema)]
    value: serde_json::Value,
}

/// Numbers are read as their digits.
#[derive(ToSchema)]
#[schema(as = BlockedValue)]
#[serde(untagged)]
#[expect(dead_code, reason = "only describes bodies")]
pub(crate) enum ValueSchema {
    Text(String),
    Number(f64),
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SearchAnswer {
    value: String,
    blacklisted: bool,
}

/// What the lists say about a value.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckAnswer {
    value: String,
    /// `block`, `allow`, or null when no entry decides.
    list: Option<&'static str>,
    watched: bool,
    /// What kind of entry decides: `user`, `address`, `prefix`, `network`, `device`, `email`,
    /// `domain` or `phone`.
    kind: Option<&'static str>,
    /// The value of the entry that decides.
    entry: Option<String>,
    /// Where that entry came from: `person`, `threshold`, `cascade`, `policy`, `token` or `ctl`.
    source: Option<&'static str>,
}

impl CheckAnswer {
    fn new(value: String, found: &lists::SearchAnswer) -> Self {
        let winner = found.winner.as_ref();
        Self {
            value,
            list: winner.map(|entry| entry.list.name()),
            watched: found.is_watched,
            kind: winner.map(|entry| entry.kind.name()),
            entry: winner.map(|entry| entry.value.clone()),
            source: winner.map(|entry| entry.source.name()),
        }
    }
}

/// The error form that existing clients of this route know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchError {
    /// 900 no key, 901 wrong key, 400 bad request, 429 too many, 500 cannot answer now.
    code: u16,
    message: String,
}

/// Whether a value is blocked
#[utoipa::path(
    post, path = "/api/v1/blacklist/search", tag = "lists", request_body = SearchBody,
    responses(
        (status = 200, description = "Whether the value is on the blocklist", body = SearchAnswer),
        (status = 400, description = "No key (code 900) or no usable value (code 400)",
            body = SearchError),
        (status = 401, description = "Unknown key (code 901)", body = SearchError),
        (status = 429, description = "Too many requests", body = SearchError),
        (status = 503, description = "Cannot answer right now", body = SearchError)),
    security(("api_key" = [])))]
pub(crate) async fn post_search(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let mut line = Line::begin(&request, "/api/v1/blacklist/search");
    let answer = match search(&app, &request, payload, &mut line).await {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err((status, error)) => {
            line.refused_as("search_refused", &error.message);
            HttpResponse::build(status).json(error)
        }
    };
    app.logbook.keep(line, answer.status().as_u16());
    answer
}

type Refusal = (StatusCode, SearchError);

fn refusal(status: StatusCode, code: u16, message: impl Into<String>) -> Refusal {
    (status, SearchError { code, message: message.into() })
}

async fn search(
    app: &App,
    request: &HttpRequest,
    payload: Payload,
    line: &mut Line,
) -> Result<SearchAnswer, Refusal> {
    let tenant = admitted(app, request, line).await.map_err(|error| auth_refusal(&error))?;
    let (value, found) = ask(app, tenant, request, payload, line).await?;
    let blacklisted = found.winner.is_some_and(|entry| entry.list == List::Block);
    Ok(SearchAnswer { value, blacklisted })
}

/// What lists say about a value
///
/// The value may name a user, an address (also found through ranges and its network), an e-mail
/// address (also through its domains) or a phone number. People's entries win over automatic ones,
/// allow over block, the more specific over the wider.
#[utoipa::path(
    post, path = "/v1/lists:check", tag = "lists", request_body = SearchBody,
    responses(
        (status = 200, description = "What the lists say", body = CheckAnswer),
        (status = 400, description = "No usable value (code 400)", body = SearchError),
        (status = 401, description = "The key is missing, unknown or revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Cannot answer right now", body = SearchError)),
    security(("api_key" = [])))]
pub(crate) async fn post_check(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let mut line = Line::begin(&request, "/v1/lists:check");
    let answer = check(&app, &request, payload, &mut line).await;
    app.logbook.keep(line, answer.status().as_u16());
    answer
}

async fn check(
    app: &App,
    request: &HttpRequest,
    payload: Payload,
    line: &mut Line,
) -> HttpResponse {
    let tenant = match admitted(app, request, line).await {
        Ok(tenant) => tenant,
        Err(error) => {
            let problem = Problem::from(&error);
            line.refused_as(problem.code.name(), &problem.detail);
            return problem.response();
        }
    };
    match ask(app, tenant, request, payload, line).await {
        Ok((value, found)) => HttpResponse::Ok().json(CheckAnswer::new(value, &found)),
        Err((status, error)) => {
            line.refused_as("search_refused", &error.message);
            HttpResponse::build(status).json(error)
        }
    }
}

/// Who asks, if the key is good and has not asked too often.
async fn admitted(
    app: &App,
    request: &HttpRequest,
    line: &mut Line,
) -> Result<TenantId, AuthError> {
    let key = app.keys.find(&app.database, key_of(request)).await?;
    line.sent_by(&key);
    key.admit(1)?;
    Ok(key.tenant)
}

async fn ask(
    app: &App,
    tenant: TenantId,
    request: &HttpRequest,
    payload: Payload,
    line: &mut Line,
) -> Result<(String, lists::SearchAnswer), Refusal> {
    let bad_request = |message: &str| refusal(StatusCode::BAD_REQUEST, 400, message);
    let body =
        body::read(request, payload).await.map_err(|error| bad_request(&error.to_string()))?;
    line.carries(&body);
    let body: SearchBody = serde_json::from_slice(&body)
        .map_err(|_| bad_request("send a JSON object such as {\"value\": \"alice\"}"))?;
    let text = body.value.as_str().map(str::to_owned);
    let value = text.or_else(|| body.value.as_number().map(ToString::to_string));
    let value = value.ok_or_else(|| bad_request("value is neither a text nor a number"))?;
    if value.is_empty() || value.len() > VALUE_BYTES_MAX || value.contains('\0') {
        return Err(bad_request("value must hold 1 to 255 bytes"));
    }
    let found = look_up(app, tenant, &value).await.map_err(|error| {
        tracing::warn!(%error, "lists cannot be read");
        refusal(StatusCode::SERVICE_UNAVAILABLE, 500, "the lists cannot be read right now")
    })?;
    Ok((value, found))
}

async fn look_up(
    app: &App,
    tenant: TenantId,
    value: &str,
) -> Result<lists::SearchAnswer, StorageError> {
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(tenant).await?;
    lists::search(&tx, value).await
}

fn auth_refusal(error: &AuthError) -> Refusal {
    match error {
        AuthError::Missing => {
            refusal(StatusCode::BAD_REQUEST, 900, "API key could not be found in the headers")
        }
        AuthError::Unknown => refusal(StatusCode::UNAUTHORIZED, 901, "API key is incorrect"),
        AuthError::TooMany { .. } => refusal(StatusCode::TOO_MANY_REQUESTS, 429, error.to_string()),
        AuthError::Unavailable(_) => {
            refusal(StatusCode::SERVICE_UNAVAILABLE, 500, "the key cannot be checked right now")
        }
    }
}
