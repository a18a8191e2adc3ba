//! gRPC: what the gateway offers over HTTP, for those who speak protobuf.

mod convert;
mod stream;

use std::sync::Arc;

use anyhow::Context;
use innerwall_event::EventError;
use innerwall_event::limits::BODY_BYTES_MAX;
use innerwall_runtime::Lifecycle;
use innerwall_wire::Reply;
use innerwall_wire::ingest as proto;
use innerwall_wire::ingest::ingest_service_server::{IngestService, IngestServiceServer};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status, Streaming};

use crate::app::App;
use crate::auth::Key;
use crate::decide::{Deadline, Decision, Found, Looked, named};
use crate::logbook::{Line, PARTLY};
use crate::problem::Problem;
use crate::routes::decide::DecisionAnswer;
use crate::routes::events::EventResult;

/// What the logbook calls a call that went well: it speaks of all calls in the codes of HTTP.
const OK: u16 = 200;

/// The service over the shared parts.
struct Grpc {
    app: Arc<App>,
    lifecycle: Lifecycle,
}

/// Serves until the service stops.
pub(crate) async fn serve(place: &str, app: Arc<App>, lifecycle: &Lifecycle) -> anyhow::Result<()> {
    let listener = TcpListener::bind(place).await;
    let listener =
        listener.with_context(|| format!("cannot listen on {place}, set INNERWALL_GRPC_LISTEN"))?;
    tracing::info!(address = %listener.local_addr()?, "listening for gRPC");
    let (health, health_service) = tonic_health::server::health_reporter();
    health.set_serving::<IngestServiceServer<Grpc>>().await;
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(proto::DESCRIPTORS)
        .build_v1()?;
    let service = IngestServiceServer::new(Grpc { app, lifecycle: lifecycle.clone() })
        .max_decoding_message_size(BODY_BYTES_MAX);
    let router = tonic::transport::Server::builder()
        .add_service(health_service)
        .add_service(reflection)
        .add_service(service);
    let stop = lifecycle.clone();
    lifecycle.spawn("grpc", async move {
        let incoming = TcpListenerStream::new(listener);
        let served = router.serve_with_incoming_shutdown(incoming, stop.stopping()).await;
        if let Err(error) = served {
            tracing::error!(%error, "grpc server failed");
        }
    });
    Ok(())
}

impl Grpc {
    async fn key(&self, metadata: &MetadataMap) -> Result<Arc<Key>, Problem> {
        let text = |name: &str| metadata.get(name).and_then(|value| value.to_str().ok());
        let secret = text("api-key").or_else(|| text("authorization")?.strip_prefix("Bearer "));
        let key = self.app.keys.find(&self.app.database, secret).await;
        key.map_err(|error| Problem::from(&error))
    }

    async fn ask(
        &self,
        key: &Key,
        request: proto::DecideRequest,
        line: &mut Line,
    ) -> Result<proto::DecideResponse, Problem> {
        let deadline = Deadline::of_number(Instant::now(), request.deadline_ms);
        let deadline = deadline.map_err(|error| Problem::deadline_invalid(&error))?;
        let invalid = |error: EventError| Problem::event_invalid(&error);
        let event = request.event.ok_or(EventError::Missing { field: "event" }).map_err(invalid)?;
        let text = convert::json_of(event).map_err(invalid)?;
        let event = innerwall_event::json::read(&text);
        let event = event.and_then(|draft| named(draft, key.tenant)).map_err(invalid)?;
        line.corrected(&event);
        let (id, result) = (event.id, EventResult::accepted(0, &event));
        let name = result.event_id.clone().unwrap_or_default();
        let decided = self.app.decisions.decide(key.tenant, event, deadline.at()).await;
        let (decision, _) = decided.map_err(|error| result.into_problem(&error))?;
        let answer = match decision {
            Decision::Known(Reply::Verdict(verdict)) => {
                Ok(DecisionAnswer::new((key.tenant, id), name.clone(), verdict))
            }
            Decision::Known(Reply::Conflict) => return Err(Problem::event_conflict(&name)),
            Decision::Known(Reply::Parked) => Err(proto::DecisionStatus::Parked),
            Decision::Pending => Err(proto::DecisionStatus::Pending),
        };
        line.accepted_one();
        Ok(convert::response(name, answer))
    }

    async fn look(&self, key: &Key, name: String) -> Result<proto::DecideResponse, Problem> {
        let looked = self.app.decisions.look(key.tenant, &name).await;
        let looked = looked.map_err(|error| Problem::verdicts_unavailable(&error))?;
        let Looked { event_id, found } = looked.ok_or_else(Problem::decision_unknown)?;
        let answer = match found {
            Found::Decided(decided) => {
                Ok(DecisionAnswer::stored((key.tenant, event_id), name.clone(), *decided))
            }
            Found::Parked => Err(proto::DecisionStatus::Parked),
            Found::Pending => Err(proto::DecisionStatus::Pending),
        };
        Ok(convert::response(name, answer))
    }
}

#[tonic::async_trait]
impl IngestService for Grpc {
    async fn decide(
        &self,
        request: Request<proto::DecideRequest>,
    ) -> Result<Response<proto::DecideResponse>, Status> {
        let mut line = Line::begin_from(request.remote_addr(), "grpc Decide");
        let key = self.key(request.metadata()).await?;
        line.sent_by(&key);
        let answer = match key.admit(1) {
            Ok(()) => self.ask(&key, request.into_inner(), &mut line).await,
            Err(error) => Err(Problem::from(&error)),
        };
        let status = answer.as_ref().map_or_else(|problem| problem.status, |_| OK);
        if let Err(problem) = &answer {
            line.refused(problem);
        }
        self.app.logbook.keep(line, status);
        Ok(Response::new(answer?))
    }

    async fn get_decision(
        &self,
        request: Request<proto::GetDecisionRequest>,
    ) -> Result<Response<proto::GetDecisionResponse>, Status> {
        let key = self.key(request.metadata()).await?;
        key.admit(1).map_err(|error| Problem::from(&error))?;
        let found = self.look(&key, request.into_inner().event_id).await?;
        let proto::DecideResponse { status, event_id, decision } = found;
        Ok(Response::new(proto::GetDecisionResponse { status, event_id, decision }))
    }

    async fn ingest(
        &self,
        request: Request<Streaming<proto::IngestRequest>>,
    ) -> Result<Response<proto::IngestResponse>, Status> {
        let mut line = Line::begin_from(request.remote_addr(), "grpc Ingest");
        let key = self.key(request.metadata()).await?;
        line.sent_by(&key);
        let (taken, ended) =
            stream::take(&self.app, &key, request.into_inner(), &self.lifecycle).await;
        line.streamed(&taken);
        if let Err(status) = &ended {
            line.refused_as("stream_broken", status.message());
        }
        let is_whole = ended.is_ok() && taken.refused == 0;
        self.app.logbook.keep(line, if is_whole { OK } else { PARTLY });
        ended?;
        Ok(Response::new(taken))
    }
}
