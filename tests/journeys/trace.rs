//! One trace leads from the request through the queue to the commit.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use innerwall_testkit::{eventually, http};
use innerwall_tests::{Servers, Service, Site, event};
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status};

/// Names of spans by their trace.
type Traces = Arc<Mutex<BTreeMap<Vec<u8>, Vec<String>>>>;

/// A collector that keeps what it gets.
struct Collector(Traces);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let mut traces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let resources = request.into_inner().resource_spans;
        let scopes = resources.into_iter().flat_map(|resource| resource.scope_spans);
        for span in scopes.flat_map(|scope| scope.spans) {
            traces.entry(span.trace_id).or_default().push(span.name);
        }
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

#[tokio::test]
async fn a_trace_leads_from_the_request_to_the_commit() -> Result<()> {
    let (traces, address) = collector().await?;
    let site = Site::prepare(&Servers::default()).await?;
    let tracing = [
        ("INNERWALL_OTLP_ENDPOINT".to_owned(), format!("http://{address}")),
        ("OTEL_BSP_SCHEDULE_DELAY".to_owned(), "200".to_owned()),
    ];
    let mut ingest = Service::start(&site, "ingest", &tracing).await?;
    let mut scorer = Service::start(&site, "scorer", &tracing).await?;
    ingest.wait_ready().await?;
    scorer.wait_ready().await?;
    let url = format!("{}/v1/events", ingest.url);
    let headers = [("Api-Key", site.tenant.api_key.as_str()), ("Content-Type", "application/json")];
    let sent =
        http::request("POST", &url, &headers, event("tracy", "page_view").to_string()).await?;
    assert_eq!(sent.status, 202, "{}", sent.text());

    eventually(Duration::from_secs(20), "one trace holds both ends", async || {
        let traces = traces.lock().unwrap_or_else(PoisonError::into_inner);
        let has = |spans: &[String], name: &str| spans.iter().any(|span| span == name);
        let whole = |spans: &&Vec<String>| has(spans, "POST /v1/events") && has(spans, "score");
        Ok(traces.values().find(whole).map(|_| ()))
    })
    .await
}

async fn collector() -> Result<(Traces, std::net::SocketAddr)> {
    let traces = Traces::default();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let service = TraceServiceServer::new(Collector(Arc::clone(&traces)));
    let server = tonic::transport::Server::builder().add_service(service);
    let serving = server.serve_with_incoming(TcpListenerStream::new(listener));
    #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
    let serving = tokio::spawn(serving);
    drop(serving);
    Ok((traces, address))
}
