//! Block, allow and watch lists over gRPC: the same use cases.

use std::sync::Arc;

use innerwall_wire::query as proto;
use innerwall_wire::query::list_service_server::{ListService, ListServiceServer};
use tonic::{Request, Response, Status};

use super::{caller, said, said_number, said_time};
use crate::app::App;
use crate::usecase::import::{self, ImportAsked, Line};
use crate::usecase::lists::{self, EntryAsked, ListQuestion};

/// The service over the shared use cases.
pub(crate) struct ListGrpc(Arc<App>);

pub(crate) fn service(app: Arc<App>) -> ListServiceServer<ListGrpc> {
    ListServiceServer::new(ListGrpc(app))
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl ListService for ListGrpc {
    async fn list_entries(
        &self,
        request: Request<proto::ListEntriesRequest>,
    ) -> Answer<proto::ListEntriesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = ListQuestion {
            list: said(sent.list),
            kind: said(sent.kind),
            source: said(sent.source),
            prefix: said(sent.query),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let page = caller.show(lists::page(&self.0, &caller, question).await?);
        Ok(Response::new(page.into()))
    }

    async fn get_entry(
        &self,
        request: Request<proto::GetEntryRequest>,
    ) -> Answer<proto::GetEntryResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let found = lists::one(&self.0, &caller, request.into_inner().entry_id).await?;
        let entry = Some(caller.show(found).into());
        Ok(Response::new(proto::GetEntryResponse { entry }))
    }

    async fn put_entry(
        &self,
        request: Request<proto::PutEntryRequest>,
    ) -> Answer<proto::PutEntryResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let expires_at = said_time(sent.expires_at);
        let proto::PutEntryRequest { list, kind, value, reason, .. } = sent;
        let asked = EntryAsked { list, kind, value, reason, expires_at };
        let change = lists::put(&self.0, &caller, asked).await?;
        Ok(Response::new(proto::PutEntryResponse {
            decision_id: change.decision_id,
            judged_again: Some(change.judged_again.into()),
        }))
    }

    async fn remove_entry(
        &self,
        request: Request<proto::RemoveEntryRequest>,
    ) -> Answer<proto::RemoveEntryResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let change = lists::remove(&self.0, &caller, sent.entry_id, &sent.reason).await?;
        Ok(Response::new(proto::RemoveEntryResponse {
            decision_id: change.decision_id,
            judged_again: Some(change.judged_again.into()),
        }))
    }

    async fn import_entries(
        &self,
        request: Request<proto::ImportEntriesRequest>,
    ) -> Answer<proto::ImportEntriesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let line = |(at, sent): (usize, proto::ImportLine)| Line {
            number: at + 1,
            list: said(sent.list),
            kind: sent.kind,
            value: sent.value,
            reason: said(sent.reason),
            expires_at: said_time(sent.expires_at),
        };
        let lines = sent.entries.into_iter().enumerate().map(line).collect();
        let asked = ImportAsked { lines, reason: sent.reason, is_trial: sent.dry_run };
        Ok(Response::new(import::import(&self.0, &caller, asked).await?.into()))
    }
}
