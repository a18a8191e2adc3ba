//! `/api/v1/events`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Guarded, Unknown, WrongParameter};
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::events::{self, EventsQuestion};
use crate::view::{EventDetailView, EventPage};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventsParameters {
    /// RFC 3339.
    from: Option<String>,
    /// RFC 3339, exclusive.
    to: Option<String>,
    event_type: Option<String>,
    /// IPv4 or IPv6 address.
    ip: Option<String>,
    /// 1 to 200, default 50.
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    cursor: Option<String>,
}

/// Lists events
///
/// Newest first, by the time of the event.
#[utoipa::path(
    get, path = "/api/v1/events", tag = "events", params(EventsParameters),
    responses(
        (status = 200, description = "A page of events", body = EventPage),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_events(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<EventPage>, Problem> {
    let caller = caller(&app, &request).await?;
    let EventsParameters { from, to, event_type, ip, limit, cursor } = parameters(&request)?;
    let question = EventsQuestion { from, to, event_type, ip, limit, cursor };
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
