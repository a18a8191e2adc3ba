//! The logbook over gRPC: the same use cases.

use std::sync::Arc;

use innerwall_wire::query as proto;
use innerwall_wire::query::logbook_service_server::{LogbookService, LogbookServiceServer};
use tonic::{Request, Response, Status};

use super::convert::time;
use super::{caller, said, said_number, said_time};
use crate::app::App;
use crate::usecase::logbook::{self, LinesQuestion};
use crate::view::{LineBucket, LineView};

/// The service over the shared use cases.
pub(crate) struct LogbookGrpc(Arc<App>);

pub(crate) fn service(app: Arc<App>) -> LogbookServiceServer<LogbookGrpc> {
    LogbookServiceServer::new(LogbookGrpc(app))
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl LogbookService for LogbookGrpc {
    async fn list_requests(
        &self,
        request: Request<proto::ListRequestsRequest>,
    ) -> Answer<proto::ListRequestsResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = LinesQuestion {
            from: said_time(sent.from),
            to: said_time(sent.to),
            status: said(sent.status),
            endpoint: said(sent.endpoint),
            text: said(sent.query),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let page = logbook::list(&self.0, &caller, question).await?;
        Ok(Response::new(proto::ListRequestsResponse {
            requests: page.items.into_iter().map(proto::LoggedRequest::from).collect(),
            next_cursor: page.next_cursor.unwrap_or_default(),
        }))
    }

    async fn get_request(
        &self,
        request: Request<proto::GetRequestRequest>,
    ) -> Answer<proto::GetRequestResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let line = logbook::one(&self.0, &caller, request.into_inner().line_id).await?;
        Ok(Response::new(proto::GetRequestResponse { request: Some(line.into()) }))
    }

    async fn get_request_series(
        &self,
        request: Request<proto::GetRequestSeriesRequest>,
    ) -> Answer<proto::GetRequestSeriesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let (from, to, bucket) = (said_time(sent.from), said_time(sent.to), said(sent.bucket));
        let range = (from.as_deref(), to.as_deref());
        let series = logbook::series(&self.0, &caller, range, bucket.as_deref()).await?;
        Ok(Response::new(proto::GetRequestSeriesResponse {
            from: time(&series.from),
            to: time(&series.to),
            bucket_seconds: series.bucket_seconds,
            buckets: series.buckets.into_iter().map(proto::RequestBucket::from).collect(),
        }))
    }
}

impl From<LineView> for proto::LoggedRequest {
    fn from(line: LineView) -> Self {
        Self {
            line_id: line.line_id,
            time: time(&line.time),
            source: line.source.unwrap_or_default(),
            producer: line.producer,
            endpoint: line.endpoint,
            status: line.status,
            code: line.code.unwrap_or_default(),
            field: line.field.unwrap_or_default(),
            detail: line.detail.unwrap_or_default(),
            events_accepted: line.events_accepted,
            events_refused: line.events_refused,
            corrections: line.corrections,
            body: line.body.unwrap_or_default(),
        }
    }
}

impl From<LineBucket> for proto::RequestBucket {
    fn from(bucket: LineBucket) -> Self {
        let LineBucket { accepted, refused, failed, .. } = bucket;
        Self { start: time(&bucket.time), accepted, refused, failed }
    }
}
