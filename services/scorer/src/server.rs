//! The service as a whole: start, serve, stop.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App as HttpApp, HttpServer};
use anyhow::Context;
use innerwall_broker::{Broker, Publisher, SHARDS, Topology, depth};
use innerwall_enrich::Enricher;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::health::{self, Readiness};
use innerwall_runtime::telemetry::Telemetry;
use innerwall_storage::{Database, DatabaseSettings};
use tokio::sync::Semaphore;

use crate::app::App;
use crate::settings::Settings;
use crate::tally::Seen;
use crate::tenants::Tenants;
use crate::{dead, housekeeping, lane};

/// Messages delivered ahead per shard: also what is in doubt when the process dies.
const PREFETCH: u16 = 16;
/// Connections beside those of the transactions: parking, settings, housekeeping.
const SPARE_CONNECTIONS: usize = 4;
const CHECK_EVERY: Duration = Duration::from_secs(2);

/// Scores until a signal; gives whether everything ended in order.
pub async fn run(settings: Settings, telemetry: &Telemetry) -> anyhow::Result<bool> {
    let lifecycle = Lifecycle::new();
    let database = Database::new(&DatabaseSettings {
        url: settings.database_url.reveal().to_owned(),
        application: "innerwall-scorer",
        connections_max: settings.transactions + SPARE_CONNECTIONS,
        looks_up_only: true,
    })?;
    let enricher = Enricher::load(settings.data_dir.as_deref().unwrap_or(Path::new("")))?;
    for set in enricher.data_sets().iter().filter(|set| !set.is_loaded && !set.is_optional) {
        tracing::warn!(path = %set.path.display(), "data file missing, its facts are unknown");
    }
    let topology = Topology::new(&settings.queue_prefix);
    let broker = Arc::new(Broker::new(settings.amqp_url.reveal(), "innerwall-scorer", topology));
    let app = Arc::new(App {
        publisher: Publisher::new(Arc::clone(&broker)),
        broker,
        database,
        enricher,
        tenants: Tenants::default(),
        seen: Seen::new(),
        readiness: Readiness::waiting_for(&["database", "broker"]),
        lifecycle: lifecycle.clone(),
        transactions: Semaphore::new(settings.transactions.max(1)),
    });
    serve_health(&settings, &app, telemetry)?;
    lifecycle.spawn("checks", check(Arc::clone(&app)));
    lifecycle.spawn("housekeeping", housekeeping::run(Arc::clone(&app)));
    lifecycle.spawn("lanes", lanes(Arc::clone(&app)));
    Ok(lifecycle.run().await)
}

/// Opens the suspect lane first and the others once it is empty: while an event that kills
/// scorers is being found, no other may be in flight.
async fn lanes(app: Arc<App>) {
    let suspect = app.broker.topology().suspect();
    app.lifecycle.spawn("suspect lane", lane::run(Arc::clone(&app), suspect.clone(), 1));
    while !matches!(depth(&app.broker, &suspect).await, Ok(0)) {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
            () = app.lifecycle.stopping() => return,
        }
    }
    app.lifecycle.spawn("dead lane", dead::run(Arc::clone(&app)));
    for shard in 0..SHARDS {
        let queue = app.broker.topology().events(shard);
        app.lifecycle.spawn("shard lane", lane::run(Arc::clone(&app), queue, PREFETCH));
    }
    app.lifecycle.stopping().await;
}

/// Keeps readiness true while there is nothing to score.
async fn check(app: Arc<App>) {
    while !app.lifecycle.is_stopping() {
        match app.database.ping().await {
            Ok(()) => app.readiness.up("database"),
            Err(error) => app.readiness.down("database", &error),
        }
        match app.broker.ping().await {
            Ok(()) => app.readiness.up("broker"),
            Err(error) => app.readiness.down("broker", &error),
        }
        tokio::select! {
            () = tokio::time::sleep(CHECK_EVERY) => {}
            () = app.lifecycle.stopping() => {}
        }
    }
    app.readiness.down("service", &"stopping");
}

fn serve_health(settings: &Settings, app: &App, telemetry: &Telemetry) -> anyhow::Result<()> {
    let (readiness, metrics) = (app.readiness.clone(), telemetry.metrics.clone());
    let server =
        HttpServer::new(move || HttpApp::new().configure(health::routes(&readiness, &metrics)))
            .workers(1)
            .disable_signals()
            .bind(&settings.listen)
            .with_context(|| {
                format!("cannot listen on {}, set INNERWALL_LISTEN", settings.listen)
            })?;
    for address in server.addrs() {
        tracing::info!(address = %address, "listening");
    }
    innerwall_runtime::http::serve(server.run(), &app.lifecycle);
    Ok(())
}
