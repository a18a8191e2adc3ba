//! `POST /v1/decide` and `GET /v1/decisions/{event_id}`.

mod view;

use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use innerwall_wire::Reply;
use tokio::time::Instant;

use super::events::{EventResult, split};
use super::{key_of, media_type};
use crate::app::App;
use crate::body;
use crate::decide::{Deadline, Decision, Found, Looked, named};
use crate::logbook::Line;
use crate::problem::{Code, Problem};

pub(crate) use view::{DecisionAnswer, PendingAnswer, PendingStatus};

/// Says how long the producer waits.
const DEADLINE: &str = "Innerwall-Deadline-Ms";
const JSON: &str = "application/json";

/// Decides about an event
///
/// Takes one event, stores and scores it like any other, and answers what to do: `allow`,
/// `review`, `challenge` or `deny`. The same event again gets the same answer, for seven days: send
/// an `event_id` of your own, or the one of the answer. When the verdict is not there in time, the
/// answer is 202 and says where to ask for it; a verdict is never made up.
#[utoipa::path(
    post, path = "/v1/decide", tag = "decisions",
    request_body(content((crate::openapi::EventBody = "application/json"))),
    params(("Innerwall-Deadline-Ms" = Option<u32>, Header, minimum = 20, maximum = 2000,
        description = "How many milliseconds to wait; 300 unless said")),
    responses(
        (status = 200, description = "The verdict", body = DecisionAnswer,
            headers(("Server-Timing" = String,
                description = "Milliseconds of `parse`, `publish`, `score` and `total`"))),
        (status = 202, description = "The event is durable; the verdict is not there yet, or an \
            operator has to look at the event first", body = PendingAnswer,
            headers(("Location" = String, description = "Where to ask for the verdict"),
                ("Server-Timing" = String,
                    description = "Milliseconds of `parse`, `publish`, `score` and `total`"))),
        (status = 400, description = "The body is not one JSON event, or the deadline is wrong",
            body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The key is missing, unknown or revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem,
            content_type = "application/problem+json"),
        (status = 409, description = "The id belongs to an event with other content",
            body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 1 MiB", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unknown media type or encoding", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "The event is at fault; its field is named",
            body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "More events per second than the key allows",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The event was not accepted; send it again under the same id",
            body = Problem, content_type = "application/problem+json")),
    security(("api_key" = [])))]
#[tracing::instrument(name = "POST /v1/decide", skip_all)]
pub(crate) async fn post_decide(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let mut line = Line::begin(&request, "/v1/decide");
    let answer = match decide(&app, &request, payload, &mut line).await {
        Ok(answer) => answer,
        Err(problem) => {
            line.refused(&problem);
            problem.response()
        }
    };
    app.logbook.keep(line, answer.status().as_u16());
    answer
}

async fn decide(
    app: &App,
    request: &HttpRequest,
    payload: Payload,
    line: &mut Line,
) -> Result<HttpResponse, Problem> {
    let deadline = deadline(request)?;
    let key = app.keys.find(&app.database, key_of(request)).await;
    let key = key.map_err(|error| Problem::from(&error))?;
    line.sent_by(&key);
    let body = body::read(request, payload).await.map_err(|error| Problem::from(&error))?;
    line.carries(&body);
    let item = one(&media_type(request), &body)?;
    key.admit(1).map_err(|error| Problem::from(&error))?;
    let read = innerwall_event::json::read(item);
    let event = read.and_then(|draft| named(draft, key.tenant));
    let event = event.map_err(|error| Problem::event_invalid(&error))?;
    line.corrected(&event);
    let parse = deadline.elapsed();
    let (result, event_id) = (EventResult::accepted(0, &event), event.id);
    let name = result.event_id.clone().unwrap_or_default();
    let decided = app.decisions.decide(key.tenant, event, deadline.at()).await;
    let (decision, took) = decided.map_err(|error| result.into_problem(&error))?;
    let mut answer = match decision {
        Decision::Known(Reply::Verdict(verdict)) => {
            HttpResponse::Ok().json(DecisionAnswer::new((key.tenant, event_id), name, verdict))
        }
        Decision::Known(Reply::Conflict) => return Err(Problem::event_conflict(&name)),
        Decision::Known(Reply::Parked) => waiting(PendingStatus::Parked, name),
        Decision::Pending => waiting(PendingStatus::Pending, name),
    };
    line.accepted_one();
    let timing = view::server_timing(parse, took, deadline.elapsed());
    answer.headers_mut().insert(view::SERVER_TIMING, timing);
    Ok(answer)
}

fn deadline(request: &HttpRequest) -> Result<Deadline, Problem> {
    let began = Instant::now();
    let said = request.headers().get(DEADLINE);
    let said = said.map(|value| value.to_str().unwrap_or("not text"));
    Deadline::of(began, said).map_err(|error| Problem::deadline_invalid(&error))
}

/// The one event of a body.
fn one<'b>(media_type: &str, body: &'b Bytes) -> Result<&'b str, Problem> {
    if !matches!(media_type, "" | JSON) {
        let detail = format!("media type {media_type} is not supported here, send {JSON}");
        return Err(Problem::new(Code::MediaTypeUnknown, detail));
    }
    let items = split(JSON, body)?;
    let [item] = items.as_slice() else {
        let detail = format!("a verdict is about one event, the body holds {}", items.len());
        return Err(Problem::new(Code::OneEventExpected, detail));
    };
    Ok(item)
}

fn waiting(status: PendingStatus, event_id: String) -> HttpResponse {
    let answer = PendingAnswer::new(status, event_id);
    HttpResponse::Accepted().insert_header((LOCATION, answer.poll.clone())).json(answer)
}

/// Tells a verdict that was asked for
///
/// Verdicts are kept for eight days.
#[utoipa::path(
    get, path = "/v1/decisions/{event_id}", tag = "decisions",
    params(("event_id" = String, Path, description = "The id of the event, yours or ours")),
    responses(
        (status = 200, description = "The verdict", body = DecisionAnswer),
        (status = 202, description = "The verdict is not there yet, or an operator has to look at \
            the event first", body = PendingAnswer,
            headers(("Location" = String, description = "Where to ask again"))),
        (status = 401, description = "The key is missing, unknown or revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No verdict about such an event was asked for", body = Problem,
            content_type = "application/problem+json"),
        (status = 429, description = "More requests per second than the key allows",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Verdicts cannot be read right now", body = Problem,
            content_type = "application/problem+json")),
    security(("api_key" = [])))]
#[tracing::instrument(name = "GET /v1/decisions", skip_all)]
pub(crate) async fn get_decision(
    app: Data<App>,
    request: HttpRequest,
    event_id: Path<String>,
) -> HttpResponse {
    match look(&app, &request, event_id.into_inner()).await {
        Ok(answer) => answer,
        Err(problem) => problem.response(),
    }
}

async fn look(app: &App, request: &HttpRequest, name: String) -> Result<HttpResponse, Problem> {
    let key = app.keys.find(&app.database, key_of(request)).await;
    let key = key.map_err(|error| Problem::from(&error))?;
    key.admit(1).map_err(|error| Problem::from(&error))?;
    let looked = app.decisions.look(key.tenant, &name).await;
    let looked = looked.map_err(|error| Problem::verdicts_unavailable(&error))?;
    let Looked { event_id, found } = looked.ok_or_else(Problem::decision_unknown)?;
    Ok(match found {
        Found::Decided(decided) => {
            let answer = DecisionAnswer::stored((key.tenant, event_id), name, *decided);
            HttpResponse::Ok().json(answer)
        }
        Found::Pending => waiting(PendingStatus::Pending, name),
        Found::Parked => waiting(PendingStatus::Parked, name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_event_is_decided_about() {
        let body = |text: &'static str| Bytes::from_static(text.as_bytes());
        assert!(one("", &body(r#"{"ip":"192.0.2.1"}"#)).is_ok());
        assert!(one(JSON, &body(r#"[{"ip":"192.0.2.1"}]"#)).is_ok());
        for (media, text, code) in [
            (JSON, r#"[{"a":1},{"a":2}]"#, Code::OneEventExpected),
            (JSON, "[nonsense", Code::NotJson),
            ("application/x-ndjson", "{}", Code::MediaTypeUnknown),
        ] {
            let problem = one(media, &body(text)).unwrap_err();
            assert_eq!(problem.code, code);
        }
    }
}
