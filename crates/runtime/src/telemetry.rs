//! Logs, traces and metrics.
//!
//! Logs are JSON lines on standard output. Traces go to an OTLP collector when one is configured.
//! Nothing here ever sees bodies, tokens, e-mail addresses or IP addresses.

use std::collections::HashMap;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::WithExportConfig;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

const TRACE_CONTEXT: &str = "traceparent";
/// Would log what a client got wrong as an error of ours.
const BROKEN_REQUESTS: &str = "actix_http::h1::dispatcher=off";
/// Seconds; from a fast answer to a hung one.
const DURATION_BUCKETS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// Why telemetry cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("log filter: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    #[error("trace exporter: {0}")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
    #[error("metrics: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
}

/// Running telemetry; dropped at the very end, which flushes what is left.
pub struct Telemetry {
    pub metrics: PrometheusHandle,
    traces: Option<SdkTracerProvider>,
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        let Some(traces) = self.traces.take() else {
            return;
        };
        if let Err(error) = traces.shutdown() {
            tracing::warn!(%error, "traces were not flushed");
        }
    }
}

/// Starts logs and metrics, and traces when `otlp_endpoint` is set.
pub fn start(
    service: &'static str,
    filter: Option<&str>,
    otlp_endpoint: Option<&str>,
) -> Result<Telemetry, TelemetryError> {
    let filter =
        EnvFilter::try_new(filter.unwrap_or("info"))?.add_directive(BROKEN_REQUESTS.parse()?);
    let traces = otlp_endpoint.map(|endpoint| exporter(service, endpoint)).transpose()?;
    let trace_layer = traces.as_ref().map(|provider| {
        tracing_opentelemetry::layer().with_tracer(provider.tracer(service)).boxed()
    });
    let logs = tracing_subscriber::fmt::layer().json().flatten_event(true).with_current_span(true);
    tracing_subscriber::registry().with(trace_layer).with(filter).with(logs).init();
    let suffix = Matcher::Suffix("_seconds".to_owned());
    let metrics = PrometheusBuilder::new()
        .set_buckets_for_metric(suffix, &DURATION_BUCKETS)?
        .install_recorder()?;
    tracing::info!(service, version = env!("CARGO_PKG_VERSION"), "starting");
    Ok(Telemetry { metrics, traces })
}

fn exporter(service: &'static str, endpoint: &str) -> Result<SdkTracerProvider, TelemetryError> {
    let exporter =
        opentelemetry_otlp::SpanExporter::builder().with_tonic().with_endpoint(endpoint).build()?;
    let resource = Resource::builder().with_service_name(service).build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

/// The W3C trace context of a span, to travel with a message; `None` when traces are off.
pub fn trace_context(span: &Span) -> Option<String> {
    let mut carrier = HashMap::new();
    TraceContextPropagator::new().inject_context(&span.context(), &mut carrier);
    carrier.remove(TRACE_CONTEXT)
}

/// Makes a span the child of one that travelled with a message.
pub fn follow(span: &Span, trace_context: Option<&str>) {
    let Some(context) = trace_context else { return };
    let carrier = HashMap::from([(TRACE_CONTEXT.to_owned(), context.to_owned())]);
    if let Err(error) = span.set_parent(TraceContextPropagator::new().extract(&carrier)) {
        tracing::debug!(?error, "trace context not followed");
    }
}
