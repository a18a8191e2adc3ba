//! The service as a whole: start, serve, stop.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{self, Data};
use actix_web::{App as HttpApp, HttpServer};
use anyhow::Context;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::health::{self, Readiness};
use innerwall_runtime::telemetry::Telemetry;
use innerwall_storage::{Database, DatabaseSettings};
use innerwall_wire::query;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;

use crate::access::{Access, Logins};
use crate::app::App;
use crate::feed::Feeds;
use crate::grpc;
use crate::rest;
use crate::settings::Settings;

const CONNECTIONS_MAX: usize = 8;
const HEADERS_MAX: Duration = Duration::from_secs(5);
const DRAIN_S: u64 = 20;
const CHECK_EVERY: Duration = Duration::from_secs(2);

/// Serves until a signal; gives whether everything ended in order.
pub async fn run(settings: Settings, telemetry: &Telemetry) -> anyhow::Result<bool> {
    let lifecycle = Lifecycle::new();
    let database = Database::new(&DatabaseSettings {
        url: settings.database_url.reveal().to_owned(),
        application: "innerwall-query",
        connections_max: CONNECTIONS_MAX,
        looks_up_only: false,
    })?;
    let readiness = Readiness::waiting_for(&["database"]);
    let app = Data::new(App {
        database: database.clone(),
        access: Access::new(),
        logins: Logins::new(),
        feeds: Feeds::default(),
        lifecycle: lifecycle.clone(),
    });
    lifecycle.spawn("checks", check(database, readiness.clone(), lifecycle.clone()));
    serve_rest(&settings, app.clone(), &readiness, telemetry, &lifecycle)?;
    serve_grpc(&settings, app.into_inner(), &lifecycle).await?;
    Ok(lifecycle.run().await)
}

fn serve_rest(
    settings: &Settings,
    app: Data<App>,
    readiness: &Readiness,
    telemetry: &Telemetry,
    lifecycle: &Lifecycle,
) -> anyhow::Result<()> {
    let (readiness, metrics) = (readiness.clone(), telemetry.metrics.clone());
    let server = HttpServer::new(move || {
        HttpApp::new()
            .app_data(app.clone())
            .configure(health::routes(&readiness, &metrics))
            .configure(rest::routes)
            .default_service(web::to(rest::not_found))
    })
    .workers(settings.threads)
    .client_request_timeout(HEADERS_MAX)
    .shutdown_timeout(DRAIN_S)
    .disable_signals()
    .bind(&settings.listen)
    .with_context(|| format!("cannot listen on {}, set INNERWALL_LISTEN", settings.listen))?;
    for address in server.addrs() {
        tracing::info!(address = %address, "listening for REST");
    }
    innerwall_runtime::http::serve(server.run(), lifecycle);
    Ok(())
}

async fn serve_grpc(
    settings: &Settings,
    app: Arc<App>,
    lifecycle: &Lifecycle,
) -> anyhow::Result<()> {
    let place = &settings.grpc_listen;
    let listener = TcpListener::bind(place).await;
    let listener =
        listener.with_context(|| format!("cannot listen on {place}, set INNERWALL_GRPC_LISTEN"))?;
    tracing::info!(address = %listener.local_addr()?, "listening for gRPC");
    let (health, health_service) = tonic_health::server::health_reporter();
    health.set_serving::<query::query_service_server::QueryServiceServer<grpc::Grpc>>().await;
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(query::DESCRIPTORS)
        .build_v1()?;
    let router = tonic::transport::Server::builder()
        .add_service(health_service)
        .add_service(reflection)
        .add_service(grpc::service(app));
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

/// Keeps readiness true.
async fn check(database: Database, readiness: Readiness, lifecycle: Lifecycle) {
    while !lifecycle.is_stopping() {
        match database.ping().await {
            Ok(()) => readiness.up("database"),
            Err(error) => readiness.down("database", &error),
        }
        tokio::select! {
            () = tokio::time::sleep(CHECK_EVERY) => {}
            () = lifecycle.stopping() => {}
        }
    }
    readiness.down("service", &"stopping");
}
