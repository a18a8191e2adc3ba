//! `/api/v1/lists`: block, allow and watch lists.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, Json, Path, Payload, ServiceConfig, delete, get, post};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::refusal::{Exporting, Guarded, NotAllowed, Unknown, WrongBody, WrongParameter};
use super::review::number;
use super::{body, caller, parameters};
use crate::app::App;
use crate::export;
use crate::problem::Problem;
use crate::usecase::import::{self, ImportAsked, Line, csv_lines};
use crate::usecase::lists::{self, EntryAsked, ListQuestion, ListsSource};
use crate::view::{ImportAnswer, ListChange, ListEntryView, ListPage};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/v1/lists", get().to(get_lists))
        .route("/v1/lists", post().to(post_entry))
        .route("/v1/lists:import", post().to(post_import))
        .route("/v1/lists/{entry_id}", get().to(get_entry))
        .route("/v1/lists/{entry_id}", delete().to(delete_entry));
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListParameters {
    /// `block`, `allow` or `watch`.
    list: Option<String>,
    /// `user`, `address`, `prefix`, `network`, `device`, `email`, `domain` or `phone`.
    kind: Option<String>,
    /// `person`, `threshold`, `cascade`, `policy`, `token` or `ctl`.
    source: Option<String>,
    /// Beginning of the value.
    q: Option<String>,
    /// 1 to 200, default 50.
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter.
    cursor: Option<String>,
}

/// A value to be put on a list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryBody {
    /// `block`, `allow` or `watch`.
    list: String,
    /// `user`, `address`, `prefix`, `network`, `device`, `email`, `domain` or `phone`.
    kind: String,
    value: String,
    /// 1 to 500 bytes.
    reason: String,
    /// Until when (RFC 3339); for good if absent.
    expires_at: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemoveParameters {
    /// 1 to 500 bytes.
    reason: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportParameters {
    /// Of a CSV file, 1 to 500 bytes; of lines without a reason of their own.
    reason: Option<String>,
    /// Of a CSV file: say what would happen, and leave everything as it is.
    #[serde(default)]
    dry_run: bool,
}

/// Values to be put on lists.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportBody {
    /// 1 to 10,000.
    entries: Vec<ImportLine>,
    /// 1 to 500 bytes; of entries without a reason of their own.
    reason: String,
    /// Say what would happen, and leave everything as it is.
    #[serde(default)]
    dry_run: bool,
}

/// One value of an import.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportLine {
    /// `block` (default), `allow` or `watch`.
    list: Option<String>,
    kind: String,
    value: String,
    reason: Option<String>,
    expires_at: Option<String>,
}

/// Lists entries
///
/// Newest first; those that have expired are left out.
///
/// As a stream of CSV or NDJSON where `Accept` asks for it, like the list of users.
#[utoipa::path(
    get, path = "/api/v1/lists", tag = "lists", params(ListParameters),
    responses(
        (status = 200, description = "A page of entries", content(
            (ListPage = "application/json"), (String = "text/csv"),
            (String = "application/x-ndjson"))),
        Guarded, WrongParameter, NotAllowed, Exporting),
    security(("bearer" = [])))]
pub(crate) async fn get_lists(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    let ListParameters { list, kind, source, q, limit, cursor } = parameters(&request)?;
    let question = ListQuestion { list, kind, source, prefix: q, limit, cursor };
    if let Some(format) = export::asked(&request) {
        let cursor = question.cursor.clone();
        let source = ListsSource::new(&caller, question)?;
        return export::start(&app.into_inner(), &caller, source, (format, cursor)).await;
    }
    Ok(HttpResponse::Ok().json(caller.show(lists::page(&app, &caller, question).await?)))
}

/// Reads one entry
#[utoipa::path(
    get, path = "/api/v1/lists/{entry_id}", tag = "lists",
    params(("entry_id" = i64, Path, description = "Number of the entry")),
    responses(
        (status = 200, description = "The entry", body = ListEntryView),
        Guarded, WrongParameter, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_entry(
    app: Data<App>,
    request: HttpRequest,
    entry_id: Path<String>,
) -> Result<Json<ListEntryView>, Problem> {
    let caller = caller(&app, &request).await?;
    let entry_id = number("entry_id", &entry_id)?;
    Ok(Json(caller.show(lists::one(&app, &caller, entry_id).await?)))
}

/// Puts a value on a list
///
/// A value that is there from the same source takes the newer reason and expiry.
#[utoipa::path(
    post, path = "/api/v1/lists", tag = "lists", request_body = EntryBody,
    responses(
        (status = 200, description = "What the change did", body = ListChange),
        Guarded, WrongBody, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn post_entry(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<ListChange>, Problem> {
    let caller = caller(&app, &request).await?;
    let EntryBody { list, kind, value, reason, expires_at } = body::json(payload).await?;
    let asked = EntryAsked { list, kind, value, reason, expires_at };
    Ok(Json(lists::put(&app, &caller, asked).await?))
}

/// Takes an entry off its list
///
/// Other causes of the same value stay.
#[utoipa::path(
    delete, path = "/api/v1/lists/{entry_id}", tag = "lists",
    params(("entry_id" = i64, Path, description = "Number of the entry"), RemoveParameters),
    responses(
        (status = 200, description = "What the change did", body = ListChange),
        Guarded, WrongParameter, NotAllowed, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn delete_entry(
    app: Data<App>,
    request: HttpRequest,
    entry_id: Path<String>,
) -> Result<Json<ListChange>, Problem> {
    let caller = caller(&app, &request).await?;
    let entry_id = number("entry_id", &entry_id)?;
    let RemoveParameters { reason } = parameters(&request)?;
    Ok(Json(lists::remove(&app, &caller, entry_id, &reason).await?))
}

/// Puts many values on lists
///
/// JSON, or `text/csv` with a header of `kind`, `value` and, if wanted, `list`, `reason` and
/// `expires_at`. Lines that are not understood are named and harm no other.
#[utoipa::path(
    post, path = "/api/v1/lists:import", tag = "lists", params(ImportParameters),
    request_body(content(
        (ImportBody = "application/json"),
        (String = "text/csv"))),
    responses(
        (status = 200, description = "What the import did, or would do", body = ImportAnswer),
        Guarded, WrongBody, NotAllowed),
    security(("bearer" = [])))]
pub(crate) async fn post_import(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<ImportAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let ImportParameters { reason, dry_run: is_trial } = parameters(&request)?;
    let asked = if media.is_some_and(|media| media.starts_with("text/csv")) {
        let lines = csv_lines(&body::text(payload).await?)?;
        ImportAsked { lines, reason: reason.unwrap_or_default(), is_trial }
    } else {
        let ImportBody { entries, reason, dry_run: is_trial } = body::json(payload).await?;
        let lines = entries.into_iter().enumerate().map(line).collect();
        ImportAsked { lines, reason, is_trial }
    };
    Ok(Json(import::import(&app, &caller, asked).await?))
}

fn line((at, sent): (usize, ImportLine)) -> Line {
    let ImportLine { list, kind, value, reason, expires_at } = sent;
    Line { number: at + 1, list, kind, value, reason, expires_at }
}
