//! `/api/v1/graph` and `/api/v1/search`.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use utoipa::IntoParams;

use super::refusal::{Guarded, Masking, Unknown, WrongParameter};
use super::{caller, parameters};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::graph::{self, GraphQuestion};
use crate::usecase::path::{self, PathQuestion};
use crate::usecase::search;
use crate::view::{Graph, GraphPath, SearchAnswer};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchParameters {
    /// Beginning of a user id, e-mail address, name, key of a thing or rule; or a whole address,
    /// range of addresses, network such as `AS64496`, event id or `user id/number of a session`.
    q: Option<String>,
}

/// Follows links from a user or a thing
///
/// Users are linked by what they share. What few users share comes first; of a thing with many
/// users, 25 are followed and the node says `truncated`.
#[utoipa::path(
    get, path = "/api/v1/graph", tag = "entities", params(GraphQuestion),
    responses(
        (status = 200, description = "Users, things and the links between them", body = Graph),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_graph(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<Graph>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: GraphQuestion = parameters(&request)?;
    Ok(Json(graph::around(&app, &caller, question).await?))
}

/// Finds the shortest way between two users or things
///
/// Looks from both ends over at most 5,000 users and things for at most half a second; of a thing
/// with many users, the 200 seen last are followed. Of ways of the same length, one is given.
#[utoipa::path(
    get, path = "/api/v1/graph/path", tag = "entities", params(PathQuestion),
    responses(
        (status = 200, description = "The way, with each user and thing on it", body = GraphPath),
        Guarded, WrongParameter, Masking, Unknown),
    security(("bearer" = [])))]
pub(crate) async fn get_path(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<GraphPath>, Problem> {
    let caller = caller(&app, &request).await?;
    let question: PathQuestion = parameters(&request)?;
    Ok(Json(path::between(&app, &caller, question).await?))
}

/// Searches everything
#[utoipa::path(
    get, path = "/api/v1/search", tag = "search", params(SearchParameters),
    responses(
        (status = 200, description = "What begins with the text", body = SearchAnswer),
        Guarded, WrongParameter),
    security(("bearer" = [])))]
pub(crate) async fn get_search(
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<SearchAnswer>, Problem> {
    let caller = caller(&app, &request).await?;
    let SearchParameters { q } = parameters(&request)?;
    Ok(Json(search::search(&app, &caller, q).await?))
}
