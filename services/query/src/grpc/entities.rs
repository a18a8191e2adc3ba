//! What users touch, over gRPC: the same use cases.

use std::sync::Arc;

use innerwall_wire::query as proto;
use innerwall_wire::query::entity_service_server::{EntityService, EntityServiceServer};
use tonic::{Request, Response, Status};

use super::{caller, said, said_number, said_time};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::buckets::SeriesQuestion;
use crate::usecase::changes::{self, ChangesQuestion};
use crate::usecase::entities::{self, EntitiesQuestion};
use crate::usecase::entity_events::{self, EntityEventsQuestion};
use crate::usecase::graph::{self, GraphQuestion};
use crate::usecase::kpis::{self, KpisQuestion};
use crate::usecase::path::{self, PathQuestion};
use crate::usecase::sessions::{self, SessionsQuestion};
use crate::usecase::{search, series, user_entities};

/// The service over the shared use cases.
pub(crate) struct EntityGrpc(Arc<App>);

pub(crate) fn service(app: Arc<App>) -> EntityServiceServer<EntityGrpc> {
    EntityServiceServer::new(EntityGrpc(app))
}

type Answer<T> = Result<Response<T>, Status>;

fn buckets(sent: Option<proto::Buckets>) -> SeriesQuestion {
    let sent = sent.unwrap_or_default();
    SeriesQuestion {
        from: said_time(sent.from),
        to: said_time(sent.to),
        bucket: said(sent.bucket),
        zone: said(sent.zone),
    }
}

#[tonic::async_trait]
impl EntityService for EntityGrpc {
    async fn list_entities(
        &self,
        request: Request<proto::ListEntitiesRequest>,
    ) -> Answer<proto::ListEntitiesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = EntitiesQuestion {
            q: said(sent.query),
            tag: said(sent.tag),
            country: said(sent.country),
            parent: said(sent.parent),
            from: said_time(sent.from),
            to: said_time(sent.to),
            min_users: Some(sent.min_users).filter(|users| *users != 0),
            sort: said(sent.sort),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let page = entities::list(&self.0, &caller, &sent.kind, question).await?;
        Ok(Response::new(page.into()))
    }

    async fn get_entity(
        &self,
        request: Request<proto::GetEntityRequest>,
    ) -> Answer<proto::GetEntityResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let entity = entities::one(&self.0, &caller, &sent.kind, &sent.key).await?;
        Ok(Response::new(proto::GetEntityResponse { entity: Some(entity.into()) }))
    }

    async fn list_entity_users(
        &self,
        request: Request<proto::ListEntityUsersRequest>,
    ) -> Answer<proto::ListEntityUsersResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let cursor = said(sent.cursor);
        let place = (said_number(sent.limit), cursor.as_deref());
        let thing = (sent.kind.as_str(), sent.key.as_str());
        Ok(Response::new(entities::users(&self.0, &caller, thing, place).await?.into()))
    }

    async fn list_entity_events(
        &self,
        request: Request<proto::ListEntityEventsRequest>,
    ) -> Answer<proto::ListEntityEventsResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = EntityEventsQuestion {
            from: said_time(sent.from),
            to: said_time(sent.to),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let thing = (sent.kind.as_str(), sent.key.as_str());
        Ok(Response::new(entity_events::list(&self.0, &caller, thing, question).await?.into()))
    }

    async fn list_user_entities(
        &self,
        request: Request<proto::ListUserEntitiesRequest>,
    ) -> Answer<proto::ListUserEntitiesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let cursor = said(sent.cursor);
        let place = (said_number(sent.limit), cursor.as_deref());
        let of = (sent.user_id.as_str(), sent.kind.as_str());
        Ok(Response::new(user_entities::list(&self.0, &caller, of, place).await?.into()))
    }

    async fn get_series(
        &self,
        request: Request<proto::GetSeriesRequest>,
    ) -> Answer<proto::GetSeriesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = buckets(sent.buckets);
        let series = match (said(sent.user_id), said(sent.kind)) {
            (None, None) => series::events(&self.0, &caller, question).await?,
            (Some(user_id), None) => series::of_user(&self.0, &caller, &user_id, question).await?,
            (None, Some(kind)) => {
                series::of_entity(&self.0, &caller, (&kind, &sent.key), question).await?
            }
            (Some(_), Some(_)) => {
                let reason = "name a user or a thing, not both";
                return Err(Problem::parameter("user_id", reason).into());
            }
        };
        Ok(Response::new(series.into()))
    }

    async fn get_kind_series(
        &self,
        request: Request<proto::GetKindSeriesRequest>,
    ) -> Answer<proto::GetKindSeriesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = buckets(sent.buckets);
        let series = series::of_kind(&self.0, &caller, &sent.kind, question).await?;
        Ok(Response::new(series.into()))
    }

    async fn get_graph(
        &self,
        request: Request<proto::GetGraphRequest>,
    ) -> Answer<proto::GetGraphResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let depth = Some(sent.depth).filter(|depth| *depth != 0);
        let question = GraphQuestion {
            kind: sent.kind,
            key: sent.key,
            depth: depth.map(|depth| u8::try_from(depth).unwrap_or(u8::MAX)),
            kinds: said(sent.kinds.join(",")),
            limit: said_number(sent.limit),
        };
        Ok(Response::new(graph::around(&self.0, &caller, question).await?.into()))
    }

    async fn find_path(
        &self,
        request: Request<proto::FindPathRequest>,
    ) -> Answer<proto::FindPathResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let depth = Some(sent.depth).filter(|depth| *depth != 0);
        let question = PathQuestion {
            from_kind: sent.from_kind,
            from_key: sent.from_key,
            to_kind: sent.to_kind,
            to_key: sent.to_key,
            depth: depth.map(|depth| u8::try_from(depth).unwrap_or(u8::MAX)),
            kinds: said(sent.kinds.join(",")),
        };
        Ok(Response::new(path::between(&self.0, &caller, question).await?.into()))
    }

    async fn search(
        &self,
        request: Request<proto::SearchRequest>,
    ) -> Answer<proto::SearchResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let text = said(request.into_inner().query);
        Ok(Response::new(search::search(&self.0, &caller, text).await?.into()))
    }

    async fn list_sessions(
        &self,
        request: Request<proto::ListSessionsRequest>,
    ) -> Answer<proto::ListSessionsResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = SessionsQuestion {
            from: said_time(sent.from),
            to: said_time(sent.to),
            user_id: said(sent.user_id),
            ip: said(sent.ip),
            country: said(sent.country),
            has_alerts: sent.has_alerts,
            has_changes: sent.has_changes,
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        Ok(Response::new(sessions::list(&self.0, &caller, question).await?.into()))
    }

    async fn list_field_changes(
        &self,
        request: Request<proto::ListFieldChangesRequest>,
    ) -> Answer<proto::ListFieldChangesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = ChangesQuestion {
            field: said(sent.field),
            user_id: said(sent.user_id),
            from: said_time(sent.from),
            to: said_time(sent.to),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        Ok(Response::new(changes::fields(&self.0, &caller, question).await?.into()))
    }

    async fn list_score_changes(
        &self,
        request: Request<proto::ListScoreChangesRequest>,
    ) -> Answer<proto::ListScoreChangesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let limit = said_number(sent.limit);
        let page = changes::scores(&self.0, &caller, &sent.user_id, limit).await?;
        Ok(Response::new(page.into()))
    }

    async fn get_kpis(
        &self,
        request: Request<proto::GetKpisRequest>,
    ) -> Answer<proto::GetKpisResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = KpisQuestion { from: said_time(sent.from), to: said_time(sent.to) };
        Ok(Response::new(kpis::read(&self.0, &caller, question).await?.into()))
    }
}
