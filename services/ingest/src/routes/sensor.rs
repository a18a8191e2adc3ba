//! `POST /sensor/`: what the existing trackers send and how they need to be answered.
//!
//! Success is 204 with an empty body; so is every error, because one tracker prints whatever
//! body it gets into the pages of its host. The text of an error is in the header `X-Error`, or
//! in the body for a client that asks for JSON.

use actix_web::http::Method;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use innerwall_event::form::{self, Form};
use innerwall_event::limits::TRACE_ID;
use innerwall_event::{Receipt, Strictness, TenantId, accept};
use innerwall_runtime::clock;
use innerwall_storage::lists::{self, List};
use serde_json::json;

use super::{key_of, media_type};
use crate::app::{App, now};
use crate::body;
use crate::logbook::Line;
use crate::problem::{Code, Problem};

const MULTIPART: &str = "multipart/form-data";

/// Accepts an event of an existing tracker
///
/// Trackers append `sensor/` to whatever base address they are given. Errors have an empty body
/// and their text in the header `X-Error`, unless the client accepts JSON.
#[utoipa::path(
    post, path = "/sensor/", tag = "trackers",
    request_body(content(
        (crate::openapi::SensorForm = "application/x-www-form-urlencoded"),
        (crate::openapi::SensorForm = "multipart/form-data"))),
    responses(
        (status = 204, description = "The event is durable"),
        (status = 200, description = "The event is durable; whether its address is blocked"),
        (status = 400, description = "A required field is missing, or the parts of the form are broken"),
        (status = 401, description = "The key is missing, unknown or revoked"),
        (status = 408, description = "The body took longer than 10 seconds"),
        (status = 413, description = "More than 1 MiB"),
        (status = 415, description = "Unknown media type or encoding"),
        (status = 429, description = "More events per second than the key allows"),
        (status = 503, description = "The event was not accepted; send it again")),
    security(("api_key" = [])))]
#[tracing::instrument(name = "POST /sensor/", skip_all)]
pub(crate) async fn any_sensor(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let mut line = Line::begin(&request, "/sensor/");
    let answer = match take(&app, &request, payload, &mut line).await {
        Ok(answer) => answer,
        Err(problem) => {
            note_sender(&app, &request, &mut line).await;
            line.refused(&problem);
            let is_json = wants_json(&request);
            if is_json { problem.response() } else { problem.silent_response() }
        }
    };
    app.logbook.keep(line, answer.status().as_u16());
    answer
}

/// What is refused before the key was looked for is its producer's all the same.
async fn note_sender(app: &App, request: &HttpRequest, line: &mut Line) {
    if line.has_sender() {
        return;
    }
    if let Ok(key) = app.keys.find(&app.database, key_of(request)).await {
        line.sent_by(&key);
    }
}

async fn take(
    app: &App,
    request: &HttpRequest,
    payload: Payload,
    line: &mut Line,
) -> Result<HttpResponse, Problem> {
    if *request.method() != Method::POST {
        return Err(Problem::wrong_method(request.method(), "POST"));
    }
    let media_type = media_type(request);
    check_media_type(&media_type)?;
    let body = body::read(request, payload).await.map_err(|error| Problem::from(&error))?;
    line.carries(&body);
    let Form { draft, key, wants_blacklisting } = form_of(request, &media_type, &body)?;
    let key = app.keys.find(&app.database, key_of(request).or(key.as_deref())).await;
    let key = key.map_err(|error| Problem::from(&error))?;
    line.sent_by(&key);
    key.admit(1).map_err(|error| Problem::from(&error))?;
    let receipt = Receipt { tenant: key.tenant, at: now(), fresh_id: clock::fresh_id() };
    let mut event = accept(draft, receipt, Strictness::Repair)
        .map_err(|error| Problem::new(Code::EventInvalid, error.to_string()))?;
    event.trace_id = trace_id(request);
    line.corrected(&event);
    let ip = event.ip.to_string();
    let outcomes = app.delivery.deliver(key.tenant, vec![event]).await;
    if let Some(Err(error)) = outcomes.into_iter().next() {
        return Err(Problem::from(&error));
    }
    line.accepted_one();
    if wants_blacklisting {
        return verdict(app, key.tenant, &ip).await;
    }
    Ok(HttpResponse::NoContent().finish())
}

fn check_media_type(media_type: &str) -> Result<(), Problem> {
    if matches!(media_type, "" | "application/x-www-form-urlencoded" | MULTIPART) {
        return Ok(());
    }
    let detail = "send application/x-www-form-urlencoded or multipart/form-data here; JSON goes to \
        /v1/events";
    Err(Problem::new(Code::MediaTypeUnknown, detail))
}

fn form_of(request: &HttpRequest, media_type: &str, body: &[u8]) -> Result<Form, Problem> {
    if media_type != MULTIPART {
        return Ok(form::read(body));
    }
    // Names of boundaries are told apart by case, so the header is taken as it came.
    let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    form::read_multipart(header.unwrap_or_default(), body)
        .map_err(|error| Problem::new(Code::MultipartInvalid, error.to_string()))
}

fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("json"))
}

/// The request id of the host application, cut to what is stored.
fn trace_id(request: &HttpRequest) -> Option<String> {
    let id = request.headers().get("X-Request-Id")?.to_str().ok()?;
    let id: String = id.chars().take(TRACE_ID.bytes_max).collect();
    (!id.is_empty() && id.is_ascii()).then_some(id)
}

async fn verdict(app: &App, tenant: TenantId, ip: &str) -> Result<HttpResponse, Problem> {
    let unavailable = |error: innerwall_storage::StorageError| {
        tracing::warn!(%error, "blocklist cannot be read");
        let detail = "the event is accepted, the blocklist cannot be read right now";
        Problem::new(Code::ListUnavailable, detail)
    };
    let mut connection = app.database.connection().await.map_err(unavailable)?;
    let tx = connection.begin(tenant).await.map_err(unavailable)?;
    let found = lists::search(&tx, ip).await.map_err(unavailable)?;
    let blacklisted = found.winner.is_some_and(|entry| entry.list == List::Block);
    Ok(HttpResponse::Ok().json(json!({"value": ip, "blacklisted": blacklisted})))
}
