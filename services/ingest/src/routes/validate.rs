//! `POST /v1/events:validate`: what would become of events, without sending them.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use innerwall_event::{Event, EventError};
use serde::Serialize;
use utoipa::ToSchema;

use super::events::{judge, split};
use super::{key_of, media_type};
use crate::app::App;
use crate::body;
use crate::logbook::Line;
use crate::problem::Problem;

/// What would become of one event.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Validation {
    pub(crate) index: usize,
    pub(crate) valid: bool,
    /// The field at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    /// The event type as it would be stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event_type: Option<String>,
    /// Fields whose absence leaves rules without the facts they need.
    pub(crate) blind_without: Vec<&'static str>,
}

/// The answer to a dry run.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ValidationAnswer {
    pub(crate) events: Vec<Validation>,
}

/// Checks events without sending them
///
/// Takes what `/v1/events` takes; says for each event whether it would be accepted, which field
/// is at fault, and which rules could not judge it for lack of a field.
#[utoipa::path(
    post, path = "/v1/events:validate", tag = "events",
    request_body(content(
        (crate::openapi::EventsBody = "application/json"),
        (String = "application/x-ndjson"))),
    responses(
        (status = 200, description = "One verdict per event", body = ValidationAnswer),
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
        (status = 503, description = "The key cannot be checked", body = Problem,
            content_type = "application/problem+json")),
    security(("api_key" = [])))]
pub(crate) async fn post_validate(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let mut line = Line::begin(&request, "/v1/events:validate");
    let answer = match validate(&app, &request, payload, &mut line).await {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(problem) => {
            line.refused(&problem);
            problem.response()
        }
    };
    app.logbook.keep(line, answer.status().as_u16());
    answer
}

async fn validate(
    app: &App,
    request: &HttpRequest,
    payload: Payload,
    line: &mut Line,
) -> Result<ValidationAnswer, Problem> {
    let key = app.keys.find(&app.database, key_of(request)).await;
    let key = key.map_err(|error| Problem::from(&error))?;
    line.sent_by(&key);
    let body = body::read(request, payload).await.map_err(|error| Problem::from(&error))?;
    line.carries(&body);
    let items = split(&media_type(request), &body)?;
    let verdicts = items.into_iter().enumerate();
    let events = verdicts.map(|(index, item)| verdict(index, judge(item, key.tenant))).collect();
    Ok(ValidationAnswer { events })
}

fn verdict(index: usize, judged: Result<Event, EventError>) -> Validation {
    match judged {
        Ok(event) => Validation {
            index,
            valid: true,
            field: None,
            detail: None,
            event_type: Some(event.kind.name().to_owned()),
            blind_without: blind_without(&event),
        },
        Err(error) => Validation {
            index,
            valid: false,
            field: error.field(),
            detail: Some(error.to_string()),
            event_type: None,
            blind_without: Vec::new(),
        },
    }
}

/// Optional fields that rules look at.
fn blind_without(event: &Event) -> Vec<&'static str> {
    let fields = [
        ("url", event.url.is_none()),
        ("user_agent", event.user_agent.is_none()),
        ("language", event.language.is_none()),
        ("referer", event.referer.is_none()),
        ("http_method", event.http_method.is_none()),
        ("http_code", event.http_code.is_none()),
        ("email", event.email.is_none()),
        ("user_created", event.user_created.is_none()),
    ];
    fields.into_iter().filter(|(_, is_absent)| *is_absent).map(|(field, _)| field).collect()
}
