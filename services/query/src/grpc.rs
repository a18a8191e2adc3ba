//! gRPC: the same use cases.

mod convert;
mod decision;
mod entities;
mod entity;
mod event;
mod explanation;
mod insight;
mod lists;
mod logbook;
mod review;
mod rule;
mod rule_set;
mod rules;

use std::pin::Pin;
use std::sync::Arc;

use futures_util::Stream;
use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_wire::query as proto;
use innerwall_wire::query::query_service_server::{QueryService, QueryServiceServer};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use crate::app::App;
use crate::caller::{Asking, Caller};
use crate::feed::{self, FeedItem};
use crate::problem::Problem;
use crate::usecase::events::{self, EventsQuestion};
use crate::usecase::overview;
use crate::usecase::users::{self, UsersQuestion};

pub(crate) use entities::{EntityGrpc, service as entities_service};
pub(crate) use lists::{ListGrpc, service as lists_service};
pub(crate) use logbook::{LogbookGrpc, service as logbook_service};
pub(crate) use review::{ReviewGrpc, service as review_service};
pub(crate) use rules::{RuleGrpc, service as rules_service};

/// The service over the shared use cases.
pub(crate) struct Grpc(pub(crate) Arc<App>);

pub(crate) fn service(app: Arc<App>) -> QueryServiceServer<Grpc> {
    QueryServiceServer::new(Grpc(app))
}

impl Grpc {
    async fn caller(&self, metadata: &MetadataMap) -> Result<Caller, Problem> {
        caller(&self.0, metadata).await
    }
}

async fn caller(app: &App, metadata: &MetadataMap) -> Result<Caller, Problem> {
    let header = metadata.get("authorization").and_then(|value| value.to_str().ok());
    let token = header.and_then(|header| header.strip_prefix("Bearer "));
    let token = token.filter(|token| !token.is_empty()).ok_or(Problem::NoToken)?;
    let bearer = app.access.token(&app.database, token).await?;
    let denials = Some(app.denials.clone());
    let asking = Asking { client: String::new(), route: "gRPC".to_owned(), denials };
    let caller = Caller::of(&bearer).asking(asking);
    // Nothing here takes less than reading.
    caller.may(Permission::Read)?;
    Ok(caller)
}

/// Protobuf has no absent text: empty means not said.
fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn said_number(number: i32) -> Option<i64> {
    (number != 0).then_some(i64::from(number))
}

fn said_time(time: Option<prost_types::Timestamp>) -> Option<String> {
    let time = time?;
    let micros = time.seconds.saturating_mul(1_000_000) + i64::from(time.nanos) / 1_000;
    Some(Timestamp::from_micros(micros).to_rfc3339())
}

#[tonic::async_trait]
impl QueryService for Grpc {
    type StreamEventsStream =
        Pin<Box<dyn Stream<Item = Result<proto::StreamEventsResponse, Status>> + Send>>;

    async fn list_users(
        &self,
        request: Request<proto::ListUsersRequest>,
    ) -> Result<Response<proto::ListUsersResponse>, Status> {
        let caller = self.caller(request.metadata()).await?;
        let sent = request.into_inner();
        let score = |score: Option<u32>| score.map(|score| u8::try_from(score).unwrap_or(u8::MAX));
        let question = UsersQuestion {
            band: said(sent.band),
            min_score: score(sent.min_score),
            max_score: score(sent.max_score),
            rule: said(sent.rule),
            q: said(sent.query),
            country: said(sent.country),
            seen_from: said_time(sent.seen_from),
            seen_to: said_time(sent.seen_to),
            since_from: said_time(sent.since_from),
            since_to: said_time(sent.since_to),
            status: said(sent.status),
            sort: said(sent.sort),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let page = users::list(&self.0, &caller, question).await?;
        Ok(Response::new(proto::ListUsersResponse {
            users: page.items.into_iter().map(proto::UserSummary::from).collect(),
            next_cursor: page.next_cursor.unwrap_or_default(),
        }))
    }

    async fn get_user(
        &self,
        request: Request<proto::GetUserRequest>,
    ) -> Result<Response<proto::GetUserResponse>, Status> {
        let caller = self.caller(request.metadata()).await?;
        let user = users::one(&self.0, &caller, &request.into_inner().user_id).await?;
        Ok(Response::new(proto::GetUserResponse { user: Some(user.into()) }))
    }

    async fn list_events(
        &self,
        request: Request<proto::ListEventsRequest>,
    ) -> Result<Response<proto::ListEventsResponse>, Status> {
        let caller = self.caller(request.metadata()).await?;
        let sent = request.into_inner();
        let small = |number: i32| i16::try_from(number).unwrap_or(i16::MAX);
        let question = EventsQuestion {
            from: said_time(sent.from),
            to: said_time(sent.to),
            event_type: said(sent.event_type),
            user_id: said(sent.user_id),
            ip: said(sent.ip),
            rule: said(sent.rule),
            min_risk: sent.min_risk.map(small),
            max_risk: sent.max_risk.map(small),
            device: said(sent.device_id),
            country: said(sent.country),
            http_code: said_number(sent.http_code).and_then(|code| i16::try_from(code).ok()),
            url: said(sent.url),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let page = match question.only_user() {
            Some(user_id) => {
                let (limit, cursor) = (question.limit, question.cursor.as_deref());
                events::of_user(&self.0, &caller, user_id, limit, cursor).await?
            }
            None => events::list(&self.0, &caller, question).await?,
        };
        Ok(Response::new(proto::ListEventsResponse {
            events: page.items.iter().map(proto::Event::from).collect(),
            next_cursor: page.next_cursor.unwrap_or_default(),
            incomplete: !page.complete,
        }))
    }

    async fn get_event(
        &self,
        request: Request<proto::GetEventRequest>,
    ) -> Result<Response<proto::GetEventResponse>, Status> {
        let caller = self.caller(request.metadata()).await?;
        let event = events::one(&self.0, &caller, &request.into_inner().event_id).await?;
        Ok(Response::new(event.into()))
    }

    async fn stream_events(
        &self,
        request: Request<proto::StreamEventsRequest>,
    ) -> Result<Response<Self::StreamEventsStream>, Status> {
        use proto::stream_events_response::Item;
        let caller = self.caller(request.metadata()).await?;
        caller.may(Permission::Read)?;
        let items = BroadcastStream::new(feed::subscribe(&self.0, caller.tenant));
        let responses = items.map(move |item| {
            let item = match item {
                Ok(FeedItem::Scored(event)) => {
                    Item::Scored((&*FeedItem::shown(&event, &caller)).into())
                }
                Ok(FeedItem::Skipped(events)) | Err(BroadcastStreamRecvError::Lagged(events)) => {
                    Item::Skipped(events)
                }
            };
            Ok(proto::StreamEventsResponse { item: Some(item) })
        });
        Ok(Response::new(Box::pin(responses)))
    }

    async fn get_overview(
        &self,
        request: Request<proto::GetOverviewRequest>,
    ) -> Result<Response<proto::GetOverviewResponse>, Status> {
        let caller = self.caller(request.metadata()).await?;
        let hours = said_number(request.into_inner().hours);
        let overview = overview::overview(&self.0, &caller, hours).await?;
        Ok(Response::new(overview.into()))
    }

    async fn get_ledger(
        &self,
        request: Request<proto::GetLedgerRequest>,
    ) -> Result<Response<proto::GetLedgerResponse>, Status> {
        let caller = self.caller(request.metadata()).await?;
        Ok(Response::new(overview::ledger(&self.0, &caller).await?.into()))
    }
}
