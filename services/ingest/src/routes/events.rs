//! `POST /v1/events`.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use innerwall_event::json::{self, BatchError};
use innerwall_event::{Event, EventError, Receipt, Strictness, TenantId, accept};
use innerwall_runtime::clock;
use serde::Serialize;
use utoipa::ToSchema;

use super::{key_of, media_type};
use crate::app::{App, now};
use crate::body;
use crate::delivery::DeliveryError;
use crate::logbook::Line;
use crate::problem::{Code, Problem};

/// What became of one event of a request.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct EventResult {
    /// Position in the request, from 0.
    pub(crate) index: usize,
    pub(crate) status: EventStatus,
    /// The producer's own id, or the one the gateway made. Send it again with the event when you
    /// retry, and the retry is harmless.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event_id: Option<String>,
    /// The field at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventStatus {
    /// Durable: the event will be scored.
    Accepted,
    /// The event is at fault; sending it again cannot help.
    Invalid,
    /// Not accepted; send it again with the same `event_id`.
    Retry,
}

/// The answer when at least one event was accepted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct EventsAnswer {
    pub(crate) accepted: usize,
    pub(crate) refused: usize,
    pub(crate) events: Vec<EventResult>,
}

/// Accepts events
///
/// Takes a JSON object, a JSON array or newline-delimited JSON of up to 500 events and 1 MiB,
/// plain, gzip or zstd (one frame). Answers once the events are durable. Send an `event_id` of your own to make
/// retries harmless: within seven days the same id has one effect.
#[utoipa::path(
    post, path = "/v1/events", tag = "events",
    request_body(content(
        (crate::openapi::EventsBody = "application/json"),
        (String = "application/x-ndjson"))),
    responses(
        (status = 202, description = "All events are durable", body = EventsAnswer),
        (status = 207, description = "Some events are durable; see each", body = EventsAnswer),
        (status = 400, description = "The body is not JSON", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The key is missing, unknown or revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 408, description = "The body took longer than 10 seconds", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "More than 1 MiB or 500 events", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unknown media type or encoding", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "Every event is at fault; each names its field",
            body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "More events per second than the key allows",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No event was accepted; send them again", body = Problem,
            content_type = "application/problem+json")),
    security(("api_key" = [])))]
#[tracing::instrument(name = "POST /v1/events", skip_all)]
pub(crate) async fn post_events(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let mut line = Line::begin(&request, "/v1/events");
    let answer = take(&app, &request, payload, &mut line).await.unwrap_or_else(|problem| {
        line.refused(&problem);
        problem.response()
    });
    app.logbook.keep(line, answer.status().as_u16());
    answer
}

async fn take(
    app: &App,
    request: &HttpRequest,
    payload: Payload,
    line: &mut Line,
) -> Result<HttpResponse, Problem> {
    let key = app.keys.find(&app.database, key_of(request)).await;
    let key = key.map_err(|error| Problem::from(&error))?;
    line.sent_by(&key);
    let body = body::read(request, payload).await.map_err(|error| Problem::from(&error))?;
    line.carries(&body);
    let items = split(&media_type(request), &body)?;
    key.admit(items.len()).map_err(|error| Problem::from(&error))?;
    let judged: Vec<_> = items.into_iter().map(|item| judge(item, key.tenant)).collect();
    deliver(app, key.tenant, judged, line).await
}

/// Takes a body apart by its media type.
pub(super) fn split<'b>(media_type: &str, body: &'b Bytes) -> Result<Vec<&'b str>, Problem> {
    let items = match media_type {
        "" | "application/json" => json::split_json(body),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => {
            json::split_lines(body)
        }
        other => {
            let detail = format!(
                "media type {other} is not supported, send application/json or application/x-ndjson"
            );
            return Err(Problem::new(Code::MediaTypeUnknown, detail));
        }
    };
    items.map_err(|error| {
        let code = match error {
            BatchError::TooMany => Code::TooManyEvents,
            BatchError::Empty => Code::NoEvents,
            BatchError::NotUtf8 => Code::NotUtf8,
            BatchError::NotJson(_) => Code::NotJson,
        };
        Problem::new(code, error.to_string())
    })
}

/// Reads and judges one event.
pub(crate) fn judge(item: &str, tenant: TenantId) -> Result<Event, EventError> {
    let receipt = Receipt { tenant, at: now(), fresh_id: clock::fresh_id() };
    accept(json::read(item)?, receipt, Strictness::Refuse)
}

async fn deliver(
    app: &App,
    tenant: TenantId,
    judged: Vec<Result<Event, EventError>>,
    line: &mut Line,
) -> Result<HttpResponse, Problem> {
    let mut results = Vec::with_capacity(judged.len());
    let mut events = Vec::with_capacity(judged.len());
    for (index, outcome) in judged.into_iter().enumerate() {
        match outcome {
            Ok(event) => {
                line.corrected(&event);
                results.push(EventResult::accepted(index, &event));
                events.push(event);
            }
            Err(error) => results.push(EventResult::invalid(index, &error)),
        }
    }
    let mut failure = None;
    let outcomes = app.delivery.deliver(tenant, events).await;
    let valid = results.iter_mut().filter(|result| result.status == EventStatus::Accepted);
    for (result, outcome) in valid.zip(outcomes) {
        if let Err(error) = outcome {
            result.retry(&error);
            failure = Some(error);
        }
    }
    line.judged(&results);
    answer(results, failure.as_ref())
}

fn answer(
    results: Vec<EventResult>,
    failure: Option<&DeliveryError>,
) -> Result<HttpResponse, Problem> {
    let accepted = results.iter().filter(|item| item.status == EventStatus::Accepted).count();
    let refused = results.len() - accepted;
    if accepted == 0 {
        let problem = match failure {
            Some(error) => Problem::from(error),
            None => Problem::new(Code::EventsInvalid, first(&results)),
        };
        return Err(Problem { events: results, ..problem });
    }
    let status = if refused == 0 { StatusCode::ACCEPTED } else { StatusCode::MULTI_STATUS };
    Ok(HttpResponse::build(status).json(EventsAnswer { accepted, refused, events: results }))
}

fn first(results: &[EventResult]) -> String {
    results.iter().find_map(|item| item.detail.clone()).unwrap_or_default()
}

impl EventResult {
    pub(crate) fn accepted(index: usize, event: &Event) -> Self {
        let event_id = event.client_id.clone().unwrap_or_else(|| event.id.to_string());
        let status = EventStatus::Accepted;
        Self { index, status, event_id: Some(event_id), field: None, detail: None }
    }

    pub(crate) fn invalid(index: usize, error: &EventError) -> Self {
        let (field, detail) = (error.field(), Some(error.to_string()));
        Self { index, status: EventStatus::Invalid, event_id: None, field, detail }
    }

    /// The result of an event that was not accepted through no fault of its own.
    pub(crate) fn again(self, detail: String) -> Self {
        Self { status: EventStatus::Retry, detail: Some(detail), ..self }
    }

    /// The problem of an event that was not accepted.
    pub(crate) fn into_problem(mut self, error: &DeliveryError) -> Problem {
        self.retry(error);
        Problem { events: vec![self], ..Problem::from(error) }
    }

    fn retry(&mut self, error: &DeliveryError) {
        self.status = EventStatus::Retry;
        self.detail = Some(error.to_string());
    }
}
