//! `/api/v1/entities/{kind}`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::refusal::{Exporting, Guarded, Masking, Unknown, WrongParameter};
use super::users::PageParameters;
use super::{caller, decoded, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::entities::{self, EntitiesQuestion, EntitiesSource};
use crate::usecase::entity_events::{self, EntityEventsQuestion};
use crate::view::{EntityUser, EntityView, EventView, Page, RelatedEntity, SessionView};

/// Lists things of a kind
///
/// Kinds: addresses, networks, countries, devices, user-agents, resources, email-domains, emails,
/// phones, fields, payments.
///
/// With `Accept: text/csv` or `application/x-ndjson` the whole list is streamed from `cursor` on,
/// as that of events is.
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}", tag = "entities",
    params(("kind" = String, Path, description = "Which things"), EntitiesQuestion),
    responses(
        (status = 200, description = "A page of things", content(
            (Page<EntityView> = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, Masking, Unknown, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_entities(
    app: Data<App>,
    request: HttpRequest,
    kind: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let question: EntitiesQuestion = parameters(&request)?;
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = EntitiesSource::new(&caller, &kind, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(entities::list(&app, &caller, &kind, question).await?))
}

/// Reads one thing
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}/{key}", tag = "entities",
    params(
        ("kind" = String, Path, description = "Which things"),
        ("key" = String, Path, description = "The key, or the id that begins with `~`")),
    responses(
        (status = 200, description = "The thing", body = EntityView),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_entity(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<EntityView>, Problem> {
    let caller = caller(&app, &request).await?;
    let (kind, key) = path.into_inner();
    Ok(Json(entities::one(&app, &caller, &kind, &decoded(&key)).await?))
}

/// Lists the users seen with a thing
///
/// The one seen last first, with the strength and the times of the link.
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}/{key}/users", tag = "entities",
    params(
        ("kind" = String, Path, description = "Which things"),
        ("key" = String, Path, description = "The key, or the id that begins with `~`"),
        PageParameters),
    responses(
        (status = 200, description = "A page of users", body = Page<EntityUser>),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_entity_users(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<Page<EntityUser>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let (kind, key) = path.into_inner();
    let place = (limit, cursor.as_deref());
    Ok(Json(entities::users(&app, &caller, (&kind, &decoded(&key)), place).await?))
}

/// Lists the sessions of users while they were seen with a thing
///
/// The newest first, of the 200 users seen last.
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}/{key}/sessions", tag = "entities",
    params(
        ("kind" = String, Path, description = "Which things"),
        ("key" = String, Path, description = "The key, or the id that begins with `~`"),
        PageParameters),
    responses(
        (status = 200, description = "A page of sessions", body = Page<SessionView>),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_entity_sessions(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<Page<SessionView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let (kind, key) = path.into_inner();
    let place = (limit, cursor.as_deref());
    Ok(Json(entities::sessions(&app, &caller, (&kind, &decoded(&key)), place).await?))
}

/// Lists what belongs to a thing or shares its users
///
/// Addresses of a network, the domain of an e-mail address; else things seen with the same users,
/// those that share most first, through the 200 users seen last.
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}/{key}/related/{related}", tag = "entities",
    params(
        ("kind" = String, Path, description = "Which things"),
        ("key" = String, Path, description = "The key, or the id that begins with `~`"),
        ("related" = String, Path, description = "The kind of what is related"),
        PageParameters),
    responses(
        (status = 200, description = "A page of things", body = Page<RelatedEntity>),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_related(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> Result<Json<Page<RelatedEntity>>, Problem> {
    let caller = caller(&app, &request).await?;
    let PageParameters { limit, cursor } = parameters(&request)?;
    let (kind, key, related) = path.into_inner();
    let place = (limit, cursor.as_deref());
    Ok(Json(entities::related(&app, &caller, (&kind, &decoded(&key)), &related, place).await?))
}

/// Lists the events of a thing
///
/// The newest first. Looking ends after some 60,000 events or 60 ms: then `complete` is false and
/// `next_cursor` goes on from there. Of devices, e-mail addresses, domains and phone numbers these
/// are the events of users from the first to the last time they were seen with it.
#[utoipa::path(
    get, path = "/api/v1/entities/{kind}/{key}/events", tag = "entities",
    params(
        ("kind" = String, Path, description = "Which things"),
        ("key" = String, Path, description = "The key, or the id that begins with `~`"),
        EntityEventsQuestion),
    responses(
        (status = 200, description = "A page of events", body = Page<EventView>),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_entity_events(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<Json<Page<EventView>>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: EntityEventsQuestion = parameters(&request)?;
    let (kind, key) = path.into_inner();
    Ok(Json(entity_events::list(&app, &caller, (&kind, &decoded(&key)), question).await?))
}
