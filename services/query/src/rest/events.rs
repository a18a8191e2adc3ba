//! `/api/v1/events`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::refusal::{Exporting, Guarded, NotAllowed, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::events::{self, EventsQuestion, EventsSource};
use crate::view::{EventDetailView, EventView, Page};

/// Lists events
///
/// Newest first, by the time of the event. With filters, looking ends after some 60,000 events or
/// 60 ms: then `complete` is false and `next_cursor` goes on from there.
///
/// With `Accept: text/csv` or `application/x-ndjson` the whole list is streamed from `cursor` on,
/// which takes the permission `export`; `limit` is not looked at. Every row ends with the cursor to
/// go on from. NDJSON ends with the line `{"complete":true,"rows":n}`; a CSV stream that fails is
/// cut off before the end of its transfer. At most two at once per tenant.
#[utoipa::path(
    get, path = "/api/v1/events", tag = "events", params(EventsQuestion),
    responses(
        (status = 200, description = "A page of events", content(
            (Page<EventView> = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, NotAllowed, Unknown, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_events(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let question: EventsQuestion = parameters(&request)?;
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = EventsSource::new(&caller, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(events::list(&app, &caller, question).await?))
}

/// Reads one event
#[utoipa::path(
    get, path = "/api/v1/events/{event_id}", tag = "events",
    params(("event_id" = String, Path, description = "The event's id, or the producer's own")),
    responses(
        (status = 200, description = "Everything stored of the event", body = EventDetailView),
        Guarded, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_event(
    app: Data<App>,
    request: HttpRequest,
    event_id: Path<String>,
) -> Result<Json<EventDetailView>, Problem> {
    let caller = caller(&app, &request).await?;
    Ok(Json(events::one(&app, &caller, &decoded(&event_id)).await?))
}
