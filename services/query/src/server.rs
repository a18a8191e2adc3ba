//! The service as a whole: start, serve, stop.

use std::sync::Arc;

use actix_web::web::{self, Data};
use anyhow::Context;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::checks::{self, Check};
use innerwall_runtime::http::Http;
use innerwall_runtime::telemetry::Telemetry;
use innerwall_storage::{Database, DatabaseSettings, Plans, StorageError};
use innerwall_wire::query;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_stream::wrappers::TcpListenerStream;

use crate::access::Access;
use crate::app::App;
use crate::books::Books;
use crate::denials::{self, Denials};
use crate::export::Exports;
use crate::feed::Feeds;
use crate::grpc;
use crate::headers::SECURITY_HEADERS;
use crate::kept::Kept;
use crate::rest;
use crate::settings::Settings;

const CONNECTIONS_MAX: usize = 8;
/// Password hashes computed at once: each takes 19 MiB.
const HASHES_AT_ONCE: usize = 2;
/// Connections that exports share among them.
const EXPORT_CONNECTIONS: usize = 2;

/// Serves until a signal; gives whether everything ended in order.
pub async fn run(settings: Settings, telemetry: &Telemetry) -> anyhow::Result<bool> {
    let lifecycle = Lifecycle::new();
    let database = database_of(&settings, "innerwall-query", CONNECTIONS_MAX, Plans::Anew)?;
    let exports =
        database_of(&settings, "innerwall-query-exports", EXPORT_CONNECTIONS, Plans::Parts)?;
    let check = Check::new("database", &database, |database| async move { database.ping().await });
    let readiness = checks::start(vec![check], &lifecycle);
    for origin in settings.public_origins.without_cookies() {
        tracing::warn!(
            origin,
            "browsers keep no secure cookie here, nobody can sign in: use HTTPS"
        );
    }
    let (denials, refused) = Denials::channel();
    let app = Data::new(App {
        database,
        access: Access::new(),
        hashing: Semaphore::new(HASHES_AT_ONCE),
        denials,
        origins: settings.public_origins.clone(),
        proxies: settings.trusted_proxies.clone(),
        feeds: Feeds::default(),
        books: Books::new(),
        kpis: Kept::new(),
        counts: Kept::new(),
        fired: Kept::new(),
        event_counts: Kept::new(),
        exports: Exports::new(exports),
        data_dir: settings.data_dir.clone(),
        lifecycle: lifecycle.clone(),
    });
    let follower = app.clone().into_inner();
    lifecycle.spawn("denials", async move { denials::follow(follower, refused).await });
    let rest_app = app.clone();
    let (listen, threads) = (settings.listen.as_str(), settings.threads);
    let headers = SECURITY_HEADERS;
    let http = Http { listen, threads, readiness: &readiness, telemetry, headers };
    http.serve(&lifecycle, move |config| {
        config.app_data(rest_app.clone()).configure(rest::routes);
        config.default_service(web::to(rest::not_found));
    })?;
    serve_grpc(&settings, app.into_inner(), &lifecycle).await?;
    Ok(lifecycle.run().await)
}

fn database_of(
    settings: &Settings,
    application: &'static str,
    connections_max: usize,
    plans: Plans,
) -> Result<Database, StorageError> {
    Database::new(&DatabaseSettings {
        url: settings.database_url.reveal().to_owned(),
        application,
        connections_max,
        plans,
    })
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
    health.set_serving::<query::rule_service_server::RuleServiceServer<grpc::RuleGrpc>>().await;
    health
        .set_serving::<query::entity_service_server::EntityServiceServer<grpc::EntityGrpc>>()
        .await;
    health
        .set_serving::<query::review_service_server::ReviewServiceServer<grpc::ReviewGrpc>>()
        .await;
    health.set_serving::<query::list_service_server::ListServiceServer<grpc::ListGrpc>>().await;
    health
        .set_serving::<query::logbook_service_server::LogbookServiceServer<grpc::LogbookGrpc>>()
        .await;
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(query::DESCRIPTORS)
        .build_v1()?;
    let router = tonic::transport::Server::builder()
        .add_service(health_service)
        .add_service(reflection)
        .add_service(grpc::entities_service(Arc::clone(&app)))
        .add_service(grpc::rules_service(Arc::clone(&app)))
        .add_service(grpc::review_service(Arc::clone(&app)))
        .add_service(grpc::lists_service(Arc::clone(&app)))
        .add_service(grpc::logbook_service(Arc::clone(&app)))
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
