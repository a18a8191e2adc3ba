//! `/api/v1/events`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};

use super::refusal::{Guarded, Masking, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::events::{self, EventsQuestion};
use crate::view::{EventDetailView, EventView, Page};

/// Lists events
///
/// Newest first, by the time of the event. With filters, looking ends after some 60,000 events or
/// 60 ms: then `complete` is false and `next_cursor` goes on from there.
#[utoipa::path(
    get, path = "/api/v1/events", tag = "events", params(EventsQuestion),
    responses(
        (status = 200, description = "A page of events", body = Page<EventView>),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_events(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<Page<EventView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: EventsQuestion = parameters(&request)?;
    Ok(Json(events::list(&app, &caller, question).await?))
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
